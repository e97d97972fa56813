//! `/enrol/T…`: what a ticket's address answers (docs/protocol.md, E1). The app is handed what it needs to enrol, once;
//! a browser is shown the way into the app, and what becomes of it.
//!
//! Whatever fetches addresses by itself must not use a ticket up: previews of links, prefetching browsers, scanners of
//! mail. So a ticket is used up by a `GET` that accepts JSON and nothing else and that no browser has sent.

use axum::{
    extract::{OriginalUri, Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use countersign_protocol::plain;
use maud::{DOCTYPE, Markup, html};

use super::{
    enrolment::picture,
    live::{self, Sight},
    page,
};
use crate::{
    answer::{self, Refusal},
    app::{App, SharedApp},
    observation,
    request::At,
    routes::tickets,
    store::tickets::{Ticket, TicketState},
    waiting::{Tag, Wish},
};

/// `GET /enrol/T…`
pub(super) async fn open(
    State(app): State<SharedApp>,
    At(secret): At<String>,
    method: Method,
    headers: HeaderMap,
    wish: Wish,
) -> Result<Response, Refusal> {
    if is_the_app(&method, &headers) {
        let enrolment = tickets::open(&app, &secret).await?;
        let json = [(header::CONTENT_TYPE, "application/json")];
        return Ok((json, enrolment.to_json()).into_response());
    }
    let ticket = tickets::load(&app, &secret).await?;
    let watch = app.store.watch(&ticket.token.service_sid, &ticket.token.identity);
    let key = format!("ticket {}", ticket.token.sid);
    live::answer(&app, wish, &key, watch, || look(&app, &secret)).await
}

/// Browsers say what they fetch an address for; the app does not.
fn is_the_app(method: &Method, headers: &HeaderMap) -> bool {
    let mut accepted = headers.get_all(header::ACCEPT).iter();
    let json = accepted
        .next()
        .is_some_and(|accepted| accepted == "application/json");
    let browser = headers.keys().any(|name| name.as_str().starts_with("sec-"));
    method == Method::GET && json && accepted.next().is_none() && !browser
}

async fn look(app: &App, secret: &str) -> Result<Sight, Refusal> {
    let ticket = tickets::load(app, secret).await?;
    let now = app.now();
    let is_over = ticket.state != TicketState::Enrolled && now >= ticket.token.expires_at;
    let tag = Tag::of([format!("{:?} {is_over}", ticket.state).as_bytes()]);
    let link = tickets::link(app, secret)?;
    let (says, content) = match (ticket.state, is_over) {
        (TicketState::Enrolled, _) => ("Done: a device is enrolled.", enrolled()),
        (_, true) => ("The link has expired.", expired(ticket.state)),
        (TicketState::Opened, false) => ("A device has opened the link.", opened()),
        (TicketState::Waiting, false) => ("Waiting for a device.", waiting(app, &ticket, &link)),
    };
    let issuer = ticket.issuer.as_deref().map(plain::line);
    let title = issuer.map_or_else(
        || "Enrol a device".to_owned(),
        |issuer| format!("Enrol a device at {issuer}"),
    );
    let follows = ticket.state != TicketState::Enrolled && !is_over;
    let body = html! {
        div.entrance.ticket {
            h1 { bdi { (title) } }
            @if let Some(account) = &ticket.account { p.muted { "For " strong { bdi { (plain::line(account)) } } } }
            (live::part(&tag, says, &content))
        }
    };
    Ok(Sight {
        tag,
        ends: follows.then_some(ticket.token.expires_at),
        page: document(&title, Some(now.as_second()), follows, &body),
    })
}

fn waiting(app: &App, ticket: &Ticket, link: &str) -> Markup {
    html! {
        p { (page::chip("open", "Waiting")) " for a device, " (page::time_left(ticket.token.expires_at, app.now())) }
        div.card.stack {
            @if let Some(picture) = picture(link) {
                img.qr src=(picture) alt="The enrolment link as a QR code" width="240" height="240";
            }
            p { a.button.primary href=(link) { "Open in Countersign" } }
            p { "On another device, scan the code with Countersign, or paste the link into it. It works once." }
            p.long { (page::copyable("link", "the enrolment link", link)) }
        }
        p.small.muted { "Only go on if you started this yourself. Countersign will show where the link leads, and ask." }
        (live::note())
    }
}

fn opened() -> Markup {
    html! {
        p { (page::chip("open", "Opened")) }
        p { "A device has opened the link. Finish there." }
        p.small.muted { "Was that not you? Then somebody else has the link: tell your administrator." }
        (live::note())
    }
}

fn enrolled() -> Markup {
    html! {
        p { (page::chip("good", "Enrolled")) }
        p { "Done: the device is enrolled. You can close this page." }
        p.small.muted { "Was that not you? Then tell your administrator, who can revoke the device." }
    }
}

fn expired(state: TicketState) -> Markup {
    let what = match state {
        TicketState::Opened => {
            "A device has opened this link, and its time was over before that device was enrolled."
        }
        _ => "This link has expired. Nothing was enrolled with it.",
    };
    html! {
        p { (page::chip("over", "Expired")) }
        p { (what) }
        p { "Ask for a new one where you got it." }
    }
}

/// The frame. Without a script, the page is asked for again every few seconds.
fn document(title: &str, now: Option<i64>, follows: bool, main: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en-GB" {
            head {
                (page::head())
                title { (title) " · Countersign" }
                @if follows { noscript { meta http-equiv="refresh" content="5"; } }
            }
            body data-now=[now] {
                main id="main" tabindex="-1" { (main) }
                p.visually-hidden id="news" role="status" {}
            }
        }
    }
}

/// Turns a refusal into a page for a browser, and keeps the address out of where others could read it.
pub(super) async fn finish(OriginalUri(uri): OriginalUri, request: Request, next: Next) -> Response {
    let route = observation::route(&request);
    let app = is_the_app(request.method(), request.headers());
    let mut response = next.run(request).await;
    if !app && let Some(told) = answer::take_refusal(&mut response, &route, uri.path()) {
        let status = StatusCode::from_u16(told.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        response = (status, refusal(status)).into_response();
    }
    super::harden(&mut response);
    let headers = response.headers_mut();
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(header::VARY, HeaderValue::from_static("Accept"));
    response
}

fn refusal(status: StatusCode) -> Markup {
    let (title, text) = match status {
        StatusCode::NOT_FOUND => (
            "There is nothing here",
            "This enrolment link does not exist, or does not exist any more. Ask for a new one where you got it.",
        ),
        StatusCode::METHOD_NOT_ALLOWED => ("This cannot be done here", "Nothing was changed."),
        _ => ("The server failed", "Nothing was changed. Try again in a moment."),
    };
    let main = html! { div.entrance.ticket { h1 { (title) } p { (text) } } };
    document(title, None, false, &main)
}
