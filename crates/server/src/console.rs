//! The console: pages for the operator and for the developer who integrates.
//!
//! Server-rendered, and whole without a script; the one script there is only lets countdowns run, renews the live
//! part of a page by asking for the same page again, and copies. Nothing comes from another host. A page shows what
//! the signed-in account may see through the API, and changes it through the same functions.
//!
//! A request that changes something comes in as an `Action`, which there is only for a session,
//! from one of our own pages, with that session's form token. `session` says who is signed in, `page` how a page
//! looks, `live` how it renews itself.

use axum::{
    Router,
    extract::{OriginalUri, Request},
    http::{HeaderValue, StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse as _, Redirect, Response},
    routing::{get, post},
};
use tower_http::catch_panic::CatchPanicLayer;

use crate::{answer, app::SharedApp, observation};

mod action;
mod challenges;
mod deliveries;
mod enrolment;
mod factors;
mod identities;
mod live;
mod page;
mod paths;
mod services;
mod session;
mod sign_in;
mod snippets;
mod test_challenge;
mod ticket;
mod webhooks;

use paths::PATH;

/// No inline script or style, no frame, nothing from other hosts. Pictures may be data, for the QR code.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
     img-src 'self' data:; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/// Everything at and below [`PATH`].
pub(crate) fn router() -> Router<SharedApp> {
    let slash = get(async || Redirect::to(PATH)).layer(middleware::from_fn(finish));
    Router::new()
        .nest(PATH, pages())
        .route(&format!("{PATH}/"), slash)
}

#[rustfmt::skip]
fn pages() -> Router<SharedApp> {
    let file = |kind: &'static str, text: &'static str| get(async move || ([(header::CONTENT_TYPE, kind)], text));
    Router::new()
        .route("/", get(services::list).post(services::create))
        .route("/sign-in", get(sign_in::form).post(sign_in::sign_in))
        .route("/sign-out", post(sign_in::sign_out))
        .route("/services/{service}", get(identities::list))
        .route("/services/{service}/settings", get(services::settings).post(services::change))
        .route("/services/{service}/enrol", get(enrolment::form).post(enrolment::issue))
        .route("/services/{service}/enrol/{ticket}", get(enrolment::show))
        .route("/services/{service}/challenges", get(challenges::list))
        .route("/services/{service}/code", get(snippets::show))
        .route("/services/{service}/webhooks", get(webhooks::list).post(webhooks::create))
        .route("/services/{service}/webhooks/{webhook}", get(webhooks::show).post(webhooks::change))
        .route("/services/{service}/webhooks/{webhook}/delete", post(webhooks::delete))
        .route("/services/{service}/webhooks/{webhook}/try", post(deliveries::end_pause))
        .route("/services/{service}/webhooks/{webhook}/deliveries/{delivery}", post(deliveries::resend))
        .route("/services/{service}/identities/{identity}", get(identities::show))
        .route("/services/{service}/identities/{identity}/factors/{factor}", get(factors::show).post(factors::revoke))
        .route("/services/{service}/identities/{identity}/test", get(test_challenge::form).post(test_challenge::send))
        .route("/services/{service}/identities/{identity}/challenges/{challenge}", get(challenges::show))
        .route("/console.css", file("text/css; charset=utf-8", include_str!("console/console.css")))
        .route("/console.js", file("text/javascript; charset=utf-8", include_str!("console/console.js")))
        .route("/icon.svg", file("image/svg+xml", include_str!("console/icon.svg")))
        .fallback(answer::no_such_route)
        .method_not_allowed_fallback(answer::method_not_allowed)
        .layer(CatchPanicLayer::custom(answer::after_panic))
        .layer(middleware::from_fn(finish))
}

/// What a ticket's address answers: the page is of the console's make, but for whoever has the address.
pub(crate) fn ticket() -> Router<SharedApp> {
    Router::new().route(
        "/enrol/{ticket}",
        get(ticket::open).layer(middleware::from_fn(ticket::finish)),
    )
}

/// Turns a refusal into a page, and puts the same strict headers on every answer.
async fn finish(OriginalUri(uri): OriginalUri, request: Request, next: Next) -> Response {
    let route = observation::route(&request);
    let mut response = next.run(request).await;
    if let Some(told) = answer::take_refusal(&mut response, &route, uri.path()) {
        let status = StatusCode::from_u16(told.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let kept = [header::ALLOW, header::RETRY_AFTER]
            .map(|name| response.headers_mut().remove(&name).map(|value| (name, value)));
        response = (status, page::refusal(status, &told.message)).into_response();
        response.headers_mut().extend(kept.into_iter().flatten());
    }
    harden(&mut response);
    response
}

/// Puts the strict headers on an answer.
fn harden(response: &mut Response) {
    for (name, value) in [
        ("content-security-policy", CONTENT_SECURITY_POLICY),
        ("x-content-type-options", "nosniff"),
        // Not less: without it a browser says of our own forms that they come from nowhere.
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("permissions-policy", "camera=(), microphone=(), geolocation=()"),
    ] {
        response
            .headers_mut()
            .insert(name, HeaderValue::from_static(value));
    }
}

#[cfg(test)]
mod tests;
