//! `/console`: the services of the account, and what can be set on one.

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
};
use countersign_protocol::{
    form::Form,
    plain,
    resources::service::{MAX_REPORT_PAUSE, ServiceParameters},
    sid::ServiceSid,
};
use maud::{Markup, html};

use super::{
    action::{Action, Query},
    page::{self, Page},
    paths,
    session::{Session, Stop},
};
use crate::{
    answer::Refusal,
    app::App,
    app::SharedApp,
    paging::Listing,
    request::At,
    store::services::{Service, Settings},
};

/// The pages that a service has.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Tab {
    Identities,
    Challenges,
    Webhooks,
    Code,
    Settings,
}

/// The heading of a service's page, and the ways to the others.
pub(super) fn heading(service: &Service, here: Tab) -> Markup {
    let sid = &service.sid;
    let tabs = [
        (Tab::Identities, "Identities", paths::service(sid)),
        (Tab::Challenges, "Challenges", paths::challenges(sid)),
        (Tab::Webhooks, "Webhooks", paths::webhooks(sid)),
        (Tab::Code, "Code", paths::code(sid)),
        (Tab::Settings, "Settings", paths::settings(sid)),
    ];
    html! {
        h1 { bdi { (plain::line(&service.friendly_name)) } }
        p.under { (page::copyable("service-sid", "the service SID", sid.as_str())) }
        nav.tabs aria-label="Pages of this service" {
            ul {
                @for (tab, name, path) in tabs {
                    li { a href=(path) aria-current=[(tab == here).then_some("page")] { (name) } }
                }
            }
        }
    }
}

/// The service, if it is the account's.
pub(super) async fn load(app: &App, session: &Session, sid: &ServiceSid) -> Result<Service, Refusal> {
    app.store
        .load_service(&session.account, sid)
        .await?
        .ok_or(Refusal::NotFound)
}

/// One page of a console's list: the paging of the API, with a page size of ours.
pub(super) fn listing<'a>(
    app: &'a App,
    path: String,
    query: &Form,
    filters: Form,
) -> Result<Listing<'a>, Refusal> {
    let mut page = Form::default();
    page.push("PageSize", page::ROWS);
    page.push_some("PageToken", query.one("PageToken").ok().flatten());
    Listing::read(&app.key, path, &page, filters)
}

pub(super) async fn list(
    session: Session,
    State(app): State<SharedApp>,
    Query(query): Query,
) -> Result<Markup, Stop> {
    show_list(&app, &session, &query, None).await
}

async fn show_list(
    app: &App,
    session: &Session,
    query: &Form,
    trouble: Option<String>,
) -> Result<Markup, Stop> {
    let listing = listing(app, paths::PATH.to_owned(), query, Form::default())?;
    let found = app
        .store
        .list_services(&session.account, listing.position, listing.size)
        .await?;
    let meta = listing.meta("services", &found);
    let rows = html! {
        @for service in &found.items {
            tr {
                th scope="row" { a href=(paths::service(&service.sid)) { bdi { (plain::line(&service.friendly_name)) } } }
                td { code { (service.sid) } }
                td { (page::time(service.created_at)) }
            }
        }
    };
    let body = html! {
        h1 { "Services" }
        @if found.items.is_empty() {
            (page::empty("No services yet.", &html! {
                "A service is one product, with its own people and settings. Create your first one below."
            }))
        } @else {
            (page::table("Services", &["Name", "SID", "Created"], &rows))
            (page::pager(&meta))
        }
        section.card {
            h2 { "New service" }
            form.stack method="post" action=(paths::PATH) {
                (page::form_token(session))
                (settings_fields(query.one("FriendlyName").ok().flatten().unwrap_or_default(), &Settings::default()))
                button.primary { "Create service" }
            }
        }
    };
    Ok(Page::new(app, session, "Services")
        .after(query)
        .because(trouble)
        .show(&body))
}

pub(super) async fn create(State(app): State<SharedApp>, action: Action) -> Result<Response, Stop> {
    let Action { session, form } = action;
    let given = match ServiceParameters::for_creation(&parameters(&form)) {
        Ok(given) => given,
        Err(error) => {
            let page = show_list(&app, &session, &form, Some(nothing_changed(&error.message))).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    let mut settings = Settings::default();
    settings.apply(&given);
    let name = given.friendly_name.unwrap_or_default();
    let service = app
        .store
        .create_service(&session.account, &name, settings, app.now())
        .await?;
    let path = format!("{}?done=created", paths::service(&service.sid));
    Ok(Redirect::to(&path).into_response())
}

pub(super) async fn settings(
    session: Session,
    State(app): State<SharedApp>,
    At(sid): At<ServiceSid>,
    Query(query): Query,
) -> Result<Markup, Stop> {
    let service = load(&app, &session, &sid).await?;
    Ok(show_settings(&app, &session, &service, &query, None))
}

fn show_settings(
    app: &App,
    session: &Session,
    service: &Service,
    query: &Form,
    trouble: Option<String>,
) -> Markup {
    let body = html! {
        (heading(service, Tab::Settings))
        section.card {
            h2 { "Name and push settings" }
            form.stack method="post" action=(paths::settings(&service.sid)) {
                (page::form_token(session))
                (settings_fields(&service.friendly_name, &service.settings))
                button.primary { "Save" }
            }
        }
        p.small.muted { "Created " (page::time(service.created_at)) ", last changed " (page::time(service.updated_at)) "." }
    };
    Page::new(app, session, format!("Settings of {}", service.friendly_name))
        .below(&*service.friendly_name, paths::service(&service.sid))
        .after(query)
        .because(trouble)
        .show(&body)
}

pub(super) async fn change(
    State(app): State<SharedApp>,
    At(sid): At<ServiceSid>,
    action: Action,
) -> Result<Response, Stop> {
    let Action { session, form } = action;
    let service = load(&app, &session, &sid).await?;
    match ServiceParameters::from_form(&parameters(&form)) {
        Ok(given) => {
            let changed = app
                .store
                .update_service(&session.account, &sid, &given, app.now())
                .await?;
            changed.ok_or(Refusal::NotFound)?;
            Ok(Redirect::to(&format!("{}?done=saved", paths::settings(&sid))).into_response())
        }
        Err(error) => {
            let why = Some(nothing_changed(&error.message));
            let page = show_settings(&app, &session, &service, &Form::default(), why);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
    }
}

/// What the API calls the fields of the form. A box that is not ticked is not sent, and means no.
fn parameters(form: &Form) -> Form {
    let mut parameters = Form::default();
    for name in [
        "FriendlyName",
        "Countersign.ReportPause",
        "Push.ApnCredentialSid",
        "Push.FcmCredentialSid",
    ] {
        parameters.push_some(name, form.one(name).ok().flatten());
    }
    let is_ticked = form.all("Push.IncludeDate").next().is_some();
    parameters.push("Push.IncludeDate", is_ticked.to_string());
    parameters
}

fn settings_fields(name: &str, settings: &Settings) -> Markup {
    let push = &settings.push;
    let sid = |sid: Option<&countersign_protocol::sid::CredentialSid>| sid.map(ToString::to_string);
    html! {
        label for="name" { "Name" }
        input id="name" name="FriendlyName" value=(name) required maxlength="32" autocomplete="off" aria-describedby="name-hint";
        p.hint id="name-hint" { "People see it when they are asked. At most 32 characters." }
        div.tick {
            input id="date" name="Push.IncludeDate" type="checkbox" value="true" checked[push.include_date];
            label for="date" { "Put the date into each challenge" }
        }
        label for="pause" { "Pause after a report" }
        input id="pause" name="Countersign.ReportPause" type="number" min="0" max=(MAX_REPORT_PAUSE) value=(settings.report_pause)
            aria-describedby="pause-hint";
        p.hint id="pause-hint" {
            "For how many seconds a device is not asked again after its person reported that a request was not theirs. 0 for none."
        }
        details {
            summary { "Credentials of other push services" }
            div.stack {
                p.hint { "Kept for clients that read them. This server sends nothing through Apple or Google." }
                label for="apn" { "APN credential SID" }
                input id="apn" name="Push.ApnCredentialSid" value=[sid(push.apn_credential_sid.as_ref())] autocomplete="off" placeholder="CR…";
                label for="fcm" { "FCM credential SID" }
                input id="fcm" name="Push.FcmCredentialSid" value=[sid(push.fcm_credential_sid.as_ref())] autocomplete="off" placeholder="CR…";
            }
        }
    }
}

/// A refusal of the API in a sentence for the top of a form.
pub(super) fn nothing_changed(message: &str) -> String {
    format!("Nothing was changed. {message}.")
}
