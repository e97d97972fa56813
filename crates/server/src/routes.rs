//! The whole route table on one screen.

use axum::{
    Json, Router,
    extract::State,
    middleware,
    routing::{get, post},
};
use countersign_protocol::{
    date,
    discovery::{self, Discovery},
};
use tower_http::catch_panic::CatchPanicLayer;

use crate::{
    answer::{self, Answer},
    app::SharedApp,
};

mod access_tokens;
mod challenges;
mod entities;
mod factors;
mod forms;
mod notifications;
mod services;
mod webhooks;

/// The server as a function from requests to answers (section 9 of the Verify Push protocol notes).
#[rustfmt::skip]
pub fn router(app: SharedApp) -> Router {
    Router::new()
        .route("/v2/Services", post(services::create).get(services::list))
        .route("/v2/Services/{service}", get(services::fetch).post(services::update).delete(services::delete))
        .route("/v2/Services/{service}/AccessTokens", post(access_tokens::create))
        .route("/v2/Services/{service}/AccessTokens/{token}", get(access_tokens::fetch))
        .route("/v2/Services/{service}/Webhooks", post(webhooks::create).get(webhooks::list))
        .route("/v2/Services/{service}/Webhooks/{webhook}", get(webhooks::fetch).post(webhooks::update).delete(webhooks::delete))
        .route("/v2/Services/{service}/Entities", post(entities::create).get(entities::list))
        .route("/v2/Services/{service}/Entities/{identity}", get(entities::fetch).delete(entities::delete))
        .route("/v2/Services/{service}/Entities/{identity}/Factors", post(factors::create::create).get(factors::list))
        .route("/v2/Services/{service}/Entities/{identity}/Factors/{factor}", get(factors::fetch).post(factors::update::update).delete(factors::delete))
        .route("/v2/Services/{service}/Entities/{identity}/Challenges", post(challenges::create::create).get(challenges::list))
        .route("/v2/Services/{service}/Entities/{identity}/Challenges/{challenge}", get(challenges::fetch).post(challenges::answer::answer))
        .route("/v2/Services/{service}/Entities/{identity}/Challenges/{challenge}/Notifications", post(notifications::create))
        .route("/v2/Forms/{form}", get(forms::fetch))
        .route(discovery::PATH, get(discover))
        .route("/healthz", get(health))
        .fallback(answer::no_such_route)
        .method_not_allowed_fallback(answer::method_not_allowed)
        .layer(CatchPanicLayer::custom(answer::after_panic))
        .layer(middleware::from_fn_with_state(app.clone(), answer::finish))
        .with_state(app)
}

/// `GET /.well-known/countersign`: what this server does beyond the plain protocol (E4).
async fn discover(State(app): State<SharedApp>) -> Json<Discovery> {
    Json(Discovery {
        version: 1,
        features: vec!["wait".to_owned()],
        date: Some(date::format(app.now())),
    })
}

/// `GET /healthz`: whether the server and its database answer.
async fn health(State(app): State<SharedApp>) -> Answer<Json<serde_json::Value>> {
    app.store.ping().await?;
    Ok(Json(serde_json::json!({ "status": "ok" })))
}
