//! The whole route table on one screen.

use axum::{Json, Router, extract::State, middleware};
use countersign_protocol::{
    date,
    discovery::{self, Discovery},
};
use tower_http::catch_panic::CatchPanicLayer;

use crate::{
    answer,
    app::SharedApp,
    console, observation,
    operations::{self as of, Routes},
};

pub(crate) mod access_tokens;
pub(crate) mod challenges;
mod codes;
mod deliveries;
mod docs;
mod entities;
pub(crate) mod factors;
pub(crate) mod forms;
mod health;
mod notifications;
pub(crate) mod services;
pub(crate) mod tickets;
mod webhooks;

/// What this server does beyond the plain protocol (E4).
pub(crate) const FEATURES: [&str; 4] = [
    discovery::WAIT,
    discovery::MATCH,
    discovery::REPORTS,
    discovery::TICKETS,
];

/// Every operation of the API, and who carries it out (section 9 of the Verify Push protocol notes).
#[rustfmt::skip]
pub(crate) fn api() -> Routes {
    Routes::default()
        .post("/v2/Services", services::create, &of::CREATE_SERVICE)
        .get("/v2/Services", services::list, &of::LIST_SERVICES)
        .get("/v2/Services/{service}", services::fetch, &of::FETCH_SERVICE)
        .post("/v2/Services/{service}", services::update, &of::UPDATE_SERVICE)
        .delete("/v2/Services/{service}", services::delete, &of::DELETE_SERVICE)
        .post("/v2/Services/{service}/AccessTokens", access_tokens::create, &of::CREATE_ACCESS_TOKEN)
        .get("/v2/Services/{service}/AccessTokens/{token}", access_tokens::fetch, &of::FETCH_ACCESS_TOKEN)
        .post("/countersign/v1/Services/{service}/Tickets", tickets::create, &of::CREATE_TICKET)
        .post("/v2/Services/{service}/Entities", entities::create, &of::CREATE_ENTITY)
        .get("/v2/Services/{service}/Entities", entities::list, &of::LIST_ENTITIES)
        .get("/v2/Services/{service}/Entities/{identity}", entities::fetch, &of::FETCH_ENTITY)
        .delete("/v2/Services/{service}/Entities/{identity}", entities::delete, &of::DELETE_ENTITY)
        .post("/v2/Services/{service}/Entities/{identity}/Factors", factors::create::create, &of::CREATE_FACTOR)
        .get("/v2/Services/{service}/Entities/{identity}/Factors", factors::list, &of::LIST_FACTORS)
        .get("/v2/Services/{service}/Entities/{identity}/Factors/{factor}", factors::fetch, &of::FETCH_FACTOR)
        .post("/v2/Services/{service}/Entities/{identity}/Factors/{factor}", factors::update::update, &of::UPDATE_FACTOR)
        .delete("/v2/Services/{service}/Entities/{identity}/Factors/{factor}", factors::delete, &of::DELETE_FACTOR)
        .post("/v2/Services/{service}/Entities/{identity}/Challenges", challenges::create::create, &of::CREATE_CHALLENGE)
        .get("/v2/Services/{service}/Entities/{identity}/Challenges", challenges::list, &of::LIST_CHALLENGES)
        .get("/v2/Services/{service}/Entities/{identity}/Challenges/{challenge}", challenges::fetch, &of::FETCH_CHALLENGE)
        .post("/v2/Services/{service}/Entities/{identity}/Challenges/{challenge}", challenges::answer::answer, &of::UPDATE_CHALLENGE)
        .post("/countersign/v1/challenges/{challenge}/reports", challenges::report::report, &of::REPORT_CHALLENGE)
        .post("/v2/Services/{service}/Entities/{identity}/Challenges/{challenge}/Notifications", notifications::create, &of::CREATE_NOTIFICATION)
        .post("/v2/Services/{service}/Webhooks", webhooks::create, &of::CREATE_WEBHOOK)
        .get("/v2/Services/{service}/Webhooks", webhooks::list, &of::LIST_WEBHOOKS)
        .get("/v2/Services/{service}/Webhooks/{webhook}", webhooks::fetch, &of::FETCH_WEBHOOK)
        .post("/v2/Services/{service}/Webhooks/{webhook}", webhooks::update, &of::UPDATE_WEBHOOK)
        .delete("/v2/Services/{service}/Webhooks/{webhook}", webhooks::delete, &of::DELETE_WEBHOOK)
        .get("/countersign/v1/Services/{service}/Webhooks/{webhook}/Deliveries", deliveries::list, &of::LIST_DELIVERIES)
        .get("/countersign/v1/Services/{service}/Webhooks/{webhook}/Deliveries/{uuid}", deliveries::fetch, &of::FETCH_DELIVERY)
        .post("/countersign/v1/Services/{service}/Webhooks/{webhook}/Deliveries/{uuid}", deliveries::resend, &of::RESEND_DELIVERY)
        .get("/v2/Forms/{form}", forms::fetch, &of::FETCH_FORM)
        .get(discovery::PATH, discover, &of::DISCOVER)
        .get("/healthz", health::alive, &of::CHECK_HEALTH)
        .get("/readyz", health::ready, &of::CHECK_READINESS)
}

/// The server as a function from requests to answers: the API, and the pages about it.
pub fn router(app: SharedApp) -> Router {
    let Routes { table, router } = api();
    router
        .merge(console::ticket())
        .merge(docs::pages(table, app.urls.root()))
        .merge(console::router())
        .fallback(answer::no_such_route)
        .method_not_allowed_fallback(answer::method_not_allowed)
        .layer(CatchPanicLayer::custom(answer::after_panic))
        .layer(middleware::from_fn_with_state(app.clone(), answer::finish))
        .layer(middleware::from_fn(observation::observe))
        .with_state(app)
}

/// `GET /.well-known/countersign`
async fn discover(State(app): State<SharedApp>) -> Json<Discovery> {
    Json(Discovery {
        version: 1,
        features: FEATURES.map(str::to_owned).to_vec(),
        date: Some(date::format(app.now())),
    })
}
