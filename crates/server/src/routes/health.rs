//! Whether the server is alive, and whether it can serve.

use std::time::Duration;

use axum::{Json, extract::State};
use countersign_protocol::error::ErrorCode;
use serde_json::{Value, json};
use tokio::time::timeout;

use crate::{
    answer::{Answer, Refusal, chain},
    app::SharedApp,
};

/// How long the database may take to say that it is there.
const PATIENCE: Duration = Duration::from_secs(2);

/// `GET /healthz`: whether the process answers. It asks nobody else: to start it again would mend nothing there.
pub(super) async fn alive() -> Json<Value> {
    Json(json!({ "status": "ok" }))
}

/// `GET /readyz`: whether requests should be sent here; otherwise 503, and why not.
pub(super) async fn ready(State(app): State<SharedApp>) -> Answer<Json<Value>> {
    let not_ready = |why: &str| Err(Refusal::new(ErrorCode::Unavailable, why));
    if app.stopping.is_cancelled() {
        return not_ready("The server is stopping");
    }
    match timeout(PATIENCE, app.store.ping()).await {
        Ok(Ok(())) => Ok(Json(json!({ "status": "ok" }))),
        Ok(Err(error)) => {
            tracing::error!(error = chain(&error), "the database does not answer");
            not_ready("The database does not answer")
        }
        Err(_) => not_ready("The database does not answer in time"),
    }
}
