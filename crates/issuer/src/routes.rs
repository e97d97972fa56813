//! Everything that Acme answers, on one screen.

mod access_token;
mod challenge_status;
mod create_challenge;
mod enrol;
mod factors;
mod list_factors;
mod sample;
mod session;
mod sign_in;
mod sign_in_status;
mod sign_out;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    middleware::{from_fn_with_state, map_response},
    routing::{get, post},
};

use crate::{origin, page, refusal::Refusal, running::Acme};

/// Largest body that is read, in bytes.
const MAX_BODY: usize = 64 * 1024;

/// Acme's endpoints.
pub(crate) fn router(acme: Acme) -> Router {
    let own_page = Router::new()
        .route("/enrol", post(enrol::enrol))
        .route("/factors", get(factors::factors))
        .route("/sign-in", post(sign_in::sign_in))
        .route("/sign-in/{challenge_sid}", get(sign_in_status::sign_in_status))
        .route("/session", get(session::session))
        .route("/sign-out", post(sign_out::sign_out));
    let vendors_sample = Router::new()
        .route(
            "/access-token",
            get(access_token::access_token).post(access_token::access_token),
        )
        .route(
            "/create-challenge",
            get(create_challenge::create_challenge).post(create_challenge::create_challenge),
        )
        .route(
            "/challenge-status",
            get(challenge_status::challenge_status).post(challenge_status::challenge_status),
        )
        .route(
            "/list-factors",
            get(list_factors::list_factors).post(list_factors::list_factors),
        );
    Router::new()
        .merge(own_page)
        .merge(vendors_sample)
        .layer(from_fn_with_state(acme.clone(), origin::only_own_page))
        .merge(page::router())
        .fallback(async || Refusal::NotFound)
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .layer(from_fn_with_state(acme.clone(), origin::only_own_host))
        .layer(map_response(page::with_security_headers))
        .with_state(acme)
}
