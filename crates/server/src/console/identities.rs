//! The people of a service, and one of them with devices and challenges.

use axum::{
    extract::State,
    response::{IntoResponse as _, Redirect, Response},
};
use countersign_protocol::{form::Form, identity::Identity, plain, sid::ServiceSid};
use maud::{Markup, html};

use super::{
    action::Query,
    challenges, factors,
    live::{self, Sight},
    page::{self, Page},
    paths,
    services::{self, Tab},
    session::{Session, Stop},
};
use crate::{
    answer::Refusal,
    app::{App, SharedApp},
    request::At,
    store::{Position, factors::Factor, services::Service},
    waiting::{Tag, Wish},
};

/// `/console/services/{VA}`: who is there, and one of them by the exact identity.
pub(super) async fn list(
    session: Session,
    State(app): State<SharedApp>,
    At(sid): At<ServiceSid>,
    Query(query): Query,
) -> Result<Response, Stop> {
    let service = services::load(&app, &session, &sid).await?;
    let wanted = query.one("identity").ok().flatten().unwrap_or_default().trim();
    if let Ok(identity) = wanted.parse::<Identity>()
        && app
            .store
            .load_entity(&session.account, &sid, &identity)
            .await?
            .is_some()
    {
        return Ok(Redirect::to(&paths::identity(&sid, &identity)).into_response());
    }
    let listing = services::listing(&app, paths::service(&sid), &query, Form::default())?;
    let found = app
        .store
        .list_entities(&session.account, &sid, listing.position, listing.size)
        .await?
        .ok_or(Refusal::NotFound)?;
    let meta = listing.meta("entities", &found);
    let rows = html! {
        @for entity in &found.items {
            tr {
                th scope="row" { a href=(paths::identity(&sid, &entity.identity)) { (entity.identity) } }
                td { code { (entity.sid) } }
                td { (page::time(entity.created_at)) }
            }
        }
    };
    let body = html! {
        (services::heading(&service, Tab::Identities))
        (search(&sid, wanted))
        @if !wanted.is_empty() {
            p.notice role="status" { "There is no identity " code { (plain::line(wanted)) } " here. Identities are compared letter by letter." }
        }
        @if found.items.is_empty() {
            (page::empty("Nobody has enrolled yet.", &html! {
                a href=(paths::enrol(&sid)) { "Issue an enrolment link" } ", open it on a device, and its person appears here."
            }))
        } @else {
            (page::table("Identities", &["Identity", "SID", "Since"], &rows))
            (page::pager(&meta))
        }
    };
    Ok(Page::new(&app, &session, service.friendly_name.as_str())
        .after(&query)
        .show(&body)
        .into_response())
}

fn search(service: &ServiceSid, wanted: &str) -> Markup {
    html! {
        div.tools {
            form.search role="search" action=(paths::service(service)) {
                label.visually-hidden for="identity" { "Exact identity" }
                input id="identity" name="identity" type="search" value=(wanted) placeholder="Exact identity"
                    autocapitalize="none" autocomplete="off" spellcheck="false";
                button { "Find" }
            }
            a.button href=(paths::enrol(service)) { "Issue an enrolment link" }
        }
    }
}

/// `/console/services/{VA}/identities/{identity}`: live.
pub(super) async fn show(
    session: Session,
    State(app): State<SharedApp>,
    At((sid, identity)): At<(ServiceSid, Identity)>,
    Query(query): Query,
    wish: Wish,
) -> Result<Response, Stop> {
    let service = services::load(&app, &session, &sid).await?;
    let watch = app.store.watch(&sid, &identity);
    let key = format!("console {sid} {identity}");
    live::answer(&app, wish, &key, watch, || {
        look(&app, &session, &service, &identity, &query)
    })
    .await
}

async fn look(
    app: &App,
    session: &Session,
    service: &Service,
    identity: &Identity,
    query: &Form,
) -> Result<Sight, Stop> {
    let sid = &service.sid;
    let factors = load_factors(app, session, sid, identity)
        .await?
        .ok_or(Refusal::NotFound)?;
    let asked = challenges::load(app, session, sid, Some(identity), query).await?;
    let tag = Tag::of([format!("{factors:?}").as_bytes(), asked.tag_text().as_bytes()]);
    let can_be_asked = factors.iter().any(Factor::is_verified_device);
    let content = html! {
        div.tools {
            @if can_be_asked {
                a.button.primary id="test" href=(paths::test(sid, identity)) { "Send a test challenge" }
            }
            a.button id="enrol" href={ (paths::enrol(sid)) "?identity=" (identity) } { "Enrol a device" }
            a.button.quiet id="code" href={ (paths::code(sid)) "?identity=" (identity) } { "Code" }
            (live::note())
        }
        section {
            h2 { "Factors" }
            (factors::list(sid, identity, &factors))
        }
        section {
            h2 { "Challenges" }
            (asked.list())
        }
    };
    let body = html! {
        h1 { (identity) }
        (live::part(&tag, "The lists have changed.", &content))
    };
    let page = Page::new(app, session, identity.as_str())
        .below(&*service.friendly_name, paths::service(sid))
        .after(query)
        .show(&body);
    Ok(Sight {
        tag,
        ends: asked.ends(),
        page,
    })
}

/// All factors of an identity: there are few. `None` if there is no such identity.
pub(super) async fn load_factors(
    app: &App,
    session: &Session,
    service: &ServiceSid,
    identity: &Identity,
) -> Result<Option<Vec<Factor>>, Refusal> {
    let all = app
        .store
        .list_factors(&session.account, service, identity, Position::Start, 1000)
        .await?;
    Ok(all.map(|page| page.items))
}
