//! `/console/services/{VA}/webhooks`: who is told of what.

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
};
use countersign_protocol::{
    form::Form,
    plain,
    resources::webhook::{CreateWebhook, EVENT_TYPES, UpdateWebhook, WebhookStatus, WebhookVersion},
    sid::{ServiceSid, WebhookSid},
};
use maud::{Markup, html};

use super::{
    action::{Action, Query},
    deliveries,
    live::{self, Sight},
    page::{self, Page},
    paths,
    services::{self, Tab, nothing_changed},
    session::{Session, Stop},
};
use crate::{
    answer::Refusal,
    app::{App, SharedApp},
    request::At,
    store::{services::Service, webhooks::Webhook},
    waiting::Wish,
};

pub(super) async fn list(
    session: Session,
    State(app): State<SharedApp>,
    At(sid): At<ServiceSid>,
    Query(query): Query,
) -> Result<Markup, Stop> {
    let service = services::load(&app, &session, &sid).await?;
    show_list(&app, &session, &service, &query, None).await
}

async fn show_list(
    app: &App,
    session: &Session,
    service: &Service,
    form: &Form,
    trouble: Option<String>,
) -> Result<Markup, Stop> {
    let sid = &service.sid;
    let listing = services::listing(app, paths::webhooks(sid), form, Form::default())?;
    let found = app
        .store
        .list_webhooks(&session.account, sid, listing.position, listing.size)
        .await?;
    let found = found.ok_or(Refusal::NotFound)?;
    let meta = listing.meta("webhooks", &found);
    let rows = html! { @for webhook in &found.items { (row(webhook)) } };
    let body = html! {
        (services::heading(service, Tab::Webhooks))
        @if found.items.is_empty() {
            (page::empty("No webhooks yet.", &html! {
                "A webhook tells your backend of enrolments and answers the moment they happen. Create one below."
            }))
        } @else {
            (page::table("Webhooks", &["Name", "Status", "Told of", "URL"], &rows))
            (page::pager(&meta))
        }
        section.card {
            h2 { "New webhook" }
            form.stack method="post" action=(paths::webhooks(sid)) {
                (page::form_token(session))
                (fields(form))
                button.primary { "Create webhook" }
            }
        }
    };
    Ok(
        Page::new(app, session, format!("Webhooks of {}", service.friendly_name))
            .below(&*service.friendly_name, paths::service(sid))
            .after(form)
            .because(trouble)
            .show(&body),
    )
}

fn row(webhook: &Webhook) -> Markup {
    html! {
        tr {
            th scope="row" {
                a href=(paths::webhook(&webhook.service_sid, &webhook.sid)) { bdi { (plain::line(&webhook.friendly_name)) } }
                br; code.small.muted { (webhook.sid) }
            }
            td { (status(webhook)) }
            td { (told_of(webhook)) }
            td.long { code { (plain::line(&webhook.webhook_url)) } }
        }
    }
}

fn status(webhook: &Webhook) -> Markup {
    match webhook.status {
        WebhookStatus::Enabled => page::chip("good", "Enabled"),
        WebhookStatus::Disabled => page::chip("over", "Disabled"),
    }
}

/// `*` is not everything: the events of our own are told to those who name them.
fn told_of(webhook: &Webhook) -> String {
    let named = webhook.event_types.iter().map(|event| match event.as_str() {
        "*" => "the five usual events",
        event => event,
    });
    named.collect::<Vec<_>>().join(", ")
}

pub(super) async fn create(
    State(app): State<SharedApp>,
    At(sid): At<ServiceSid>,
    Action { session, form }: Action,
) -> Result<Response, Stop> {
    let service = services::load(&app, &session, &sid).await?;
    match CreateWebhook::from_form(&form) {
        Ok(new) => {
            let made = app
                .store
                .create_webhook(&session.account, &sid, new, app.now())
                .await?;
            let webhook = made.ok_or(Refusal::NotFound)?;
            Ok(Redirect::to(&format!("{}?done=created", paths::webhook(&sid, &webhook.sid))).into_response())
        }
        Err(error) => {
            let why = Some(nothing_changed(&error.message));
            let page = show_list(&app, &session, &service, &form, why).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
    }
}

/// One webhook, and live what it was told.
pub(super) async fn show(
    session: Session,
    State(app): State<SharedApp>,
    At((sid, webhook)): At<(ServiceSid, WebhookSid)>,
    Query(query): Query,
    wish: Wish,
) -> Result<Response, Stop> {
    let service = services::load(&app, &session, &sid).await?;
    let watch = app.store.watch_service(&sid);
    let key = format!("console {webhook}");
    live::answer(&app, wish, &key, watch, async || {
        let webhook = load(&app, &session, &sid, &webhook).await?;
        let form = as_form(&webhook);
        show_one(&app, &session, &service, &webhook, &form, &query, None).await
    })
    .await
}

async fn load(
    app: &App,
    session: &Session,
    service: &ServiceSid,
    sid: &WebhookSid,
) -> Result<Webhook, Refusal> {
    let webhook = app.store.load_webhook(&session.account, service, sid).await?;
    webhook.ok_or(Refusal::NotFound)
}

async fn show_one(
    app: &App,
    session: &Session,
    service: &Service,
    webhook: &Webhook,
    form: &Form,
    query: &Form,
    trouble: Option<String>,
) -> Result<Sight, Stop> {
    let told = deliveries::load(app, session, webhook, query).await?;
    let tag = told.tag();
    let path = paths::webhook(&service.sid, &webhook.sid);
    let body = html! {
        h1 { bdi { (plain::line(&webhook.friendly_name)) } " " (status(webhook)) }
        p.under { (page::copyable("webhook-sid", "the webhook SID", webhook.sid.as_str())) }
        section {
            h2 { "Deliveries" }
            (live::part(&tag, "What the webhook was told has changed.", &told.list(session, webhook)))
        }
        section.card {
            h2 { "What it is told, and where" }
            form.stack method="post" action=(path) {
                (page::form_token(session))
                (fields(form))
                button.primary { "Save" }
            }
        }
        section.card {
            h2 { "Delete" }
            p { "It is told nothing any more, what is still to be delivered to it included. This cannot be undone." }
            form.stack method="post" action={ (path) "/delete" } {
                (page::form_token(session))
                div.tick {
                    input id="sure" name="sure" type="checkbox" value="yes" required;
                    label for="sure" { "Delete this webhook and its deliveries" }
                }
                button.danger { "Delete" }
            }
        }
        p.small.muted { "Created " (page::time(webhook.created_at)) ", last changed " (page::time(webhook.updated_at)) "." }
    };
    let page = Page::new(app, session, webhook.friendly_name.as_str())
        .below(&*service.friendly_name, paths::service(&service.sid))
        .below("Webhooks", paths::webhooks(&service.sid))
        .after(query)
        .because(trouble)
        .show(&body);
    Ok(Sight {
        tag,
        ends: None,
        page,
    })
}

pub(super) async fn change(
    State(app): State<SharedApp>,
    At((sid, webhook)): At<(ServiceSid, WebhookSid)>,
    Action { session, form }: Action,
) -> Result<Response, Stop> {
    let service = services::load(&app, &session, &sid).await?;
    let webhook = load(&app, &session, &sid, &webhook).await?;
    // The form shows everything that a webhook has, so that what is empty in it is missing.
    match CreateWebhook::from_form(&form).and_then(|_| UpdateWebhook::from_form(&form)) {
        Ok(given) => {
            let changed = app
                .store
                .update_webhook(&session.account, &sid, &webhook.sid, given, app.now())
                .await?;
            changed.ok_or(Refusal::NotFound)?;
            Ok(Redirect::to(&format!("{}?done=saved", paths::webhook(&sid, &webhook.sid))).into_response())
        }
        Err(error) => {
            let why = Some(nothing_changed(&error.message));
            let sight = show_one(&app, &session, &service, &webhook, &form, &Form::default(), why).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, sight.page).into_response())
        }
    }
}

pub(super) async fn delete(
    State(app): State<SharedApp>,
    At((sid, webhook)): At<(ServiceSid, WebhookSid)>,
    Action { session, form }: Action,
) -> Result<Response, Stop> {
    if form.one("sure").ok().flatten() != Some("yes") {
        // A browser asks for the tick; who sends none has said nothing.
        return Ok(Redirect::to(&paths::webhook(&sid, &webhook)).into_response());
    }
    if !app.store.delete_webhook(&session.account, &sid, &webhook).await? {
        return Err(Refusal::NotFound.into());
    }
    Ok(Redirect::to(&format!("{}?done=deleted", paths::webhooks(&sid))).into_response())
}

/// A webhook as the form that would make it.
fn as_form(webhook: &Webhook) -> Form {
    let mut form = Form::default();
    form.push("FriendlyName", webhook.friendly_name.as_str());
    form.push("WebhookUrl", webhook.webhook_url.as_str());
    form.push("Status", webhook.status.as_str());
    form.push("Version", webhook.version.as_str());
    for event in &webhook.event_types {
        form.push("EventTypes", event.as_str());
    }
    form
}

fn fields(form: &Form) -> Markup {
    let given = |name| form.one(name).ok().flatten().unwrap_or_default();
    let is_told = |event: &str| form.all("EventTypes").any(|told| told == event);
    html! {
        label for="name" { "Name" }
        input id="name" name="FriendlyName" value=(given("FriendlyName")) required maxlength="64" autocomplete="off";
        label for="url" { "URL" }
        input id="url" name="WebhookUrl" type="url" value=(given("WebhookUrl")) required maxlength="2048" autocomplete="off"
            placeholder="https://example.com/countersign" aria-describedby="url-hint";
        p.hint id="url-hint" { "Deliveries are signed over it to the letter, with the account's auth token." }
        fieldset aria-describedby="events-hint" {
            legend { "Told of" }
            p.hint id="events-hint" {
                "The five usual events are those of factors, and that a challenge was approved or denied. That one was "
                "created, has expired or was reported is told only if you tick it, beside them or alone."
            }
            div.ticks {
                @for event in EVENT_TYPES {
                    div.tick {
                        input id={ "event-" (event) } name="EventTypes" type="checkbox" value=(event) checked[is_told(event)];
                        label for={ "event-" (event) } {
                            @if event == "*" { "The five usual events" } @else { code { (event) } }
                        }
                    }
                }
            }
        }
        div.row {
            div.stack {
                label for="status" { "Status" }
                select id="status" name="Status" {
                    @for status in [WebhookStatus::Enabled, WebhookStatus::Disabled] {
                        option selected[status.as_str() == given("Status")] { (status.as_str()) }
                    }
                }
            }
            div.stack {
                label for="version" { "Version of the payload" }
                select id="version" name="Version" {
                    @for version in [WebhookVersion::V2, WebhookVersion::V1] {
                        option selected[version.as_str() == given("Version")] { (version.as_str()) }
                    }
                }
            }
        }
    }
}
