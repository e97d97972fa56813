//! The door through which the suites reach a real device, the clock of the world, and what our code signed.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use axum::{Json, Router};
use countersign_protocol::clock::Clock;
use countersign_protocol::form::Form;
use countersign_protocol::webhook_signature;
use countersign_tests::{Device, World};
use jiff::SignedDuration;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use url::Url;

struct Behind {
    world: Arc<World>,
    server: Url,
    device: Device,
}

type Answered = Result<Json<Value>, (StatusCode, String)>;

/// Opens the door on a free port. The device behind it finds the server at this address.
pub(crate) async fn open(world: Arc<World>, server: Url) -> String {
    let device = world.device().await;
    let routes = Router::new()
        .route("/enrol", post(enrol))
        .route("/decide", post(decide))
        .route("/clock", post(move_clock))
        .with_state(Arc::new(Behind {
            world,
            server,
            device,
        }));
    let listener = TcpListener::bind("127.0.0.1:0")
        .await
        .expect("there is a free port");
    let address = listener.local_addr().expect("a listener has an address");
    tokio::spawn(async move { axum::serve(listener, routes).await });
    format!("http://{address}")
}

/// Enrols with the JSON that a backend hands to devices, which here gains our server's address.
async fn enrol(State(behind): State<Arc<Behind>>, Json(mut given): Json<Value>) -> Answered {
    given["server"] = behind.server.as_str().into();
    let factor = behind
        .device
        .authenticator
        .enrol(&given.to_string())
        .await
        .map_err(failed)?;
    Ok(Json(json!({ "factorSid": factor.sid.as_str() })))
}

async fn decide(State(behind): State<Arc<Behind>>, Json(given): Json<Value>) -> Answered {
    let text = |name: &str| given[name].as_str().unwrap_or_default().to_owned();
    let sid = text("challengeSid").parse().map_err(failed)?;
    let authenticator = &behind.device.authenticator;
    behind.device.check().await;
    let shown = authenticator.refresh(&sid).await.map_err(failed)?.digest;
    let answered = match text("decision").as_str() {
        "approved" => authenticator.approve(&sid, &shown).await,
        "denied" => authenticator.deny(&sid, &shown).await,
        other => return Err((StatusCode::BAD_REQUEST, format!("{other} is no decision"))),
    };
    Ok(Json(
        json!({ "status": answered.map_err(failed)?.status.as_str() }),
    ))
}

async fn move_clock(State(behind): State<Arc<Behind>>, Json(given): Json<Value>) -> Answered {
    behind.world.advance(SignedDuration::from_secs(
        given["seconds"].as_i64().unwrap_or_default(),
    ));
    Ok(Json(json!({ "now": behind.world.clock.now().to_string() })))
}

fn failed(error: impl std::error::Error) -> (StatusCode, String) {
    (StatusCode::INTERNAL_SERVER_ERROR, format!("{error}: {error:?}"))
}

/// Webhooks as our server would send them, signed by our own code.
pub(crate) fn signed_webhooks() -> Value {
    let auth_token = "12345";
    let vectors: Value = serde_json::from_str(include_str!("../../../crates/protocol/tests/vectors.json"))
        .expect("the vectors are JSON");
    let params = &vectors["webhook"]["params"];
    // In an order that the signature has to change.
    let form: Form = params
        .as_object()
        .expect("the vectors have parameters")
        .iter()
        .rev()
        .map(|(name, value)| (name.clone(), value.as_str().unwrap_or_default().to_owned()))
        .collect();
    let urls = [
        "https://example.com/hook",
        "https://example.com:443/hook",
        "http://127.0.0.1:9099/hook",
        "http://127.0.0.1:9099/hook?a=1&b=x%20y",
        "https://[::1]:8443/hook?name=it's",
    ];
    let forms: Vec<Value> = urls
        .iter()
        .map(|url| json!({ "url": url, "params": params, "signature": webhook_signature::sign_form(auth_token, url, &form) }))
        .collect();
    let body = json!({ "type": "challenge.approved", "name": "Müller & Söhne" }).to_string();
    let bodies: Vec<Value> = urls
        .iter()
        .map(|url| {
            let (url, signature) = webhook_signature::sign_json(auth_token, url, body.as_bytes());
            json!({ "url": url, "body": body, "signature": signature })
        })
        .collect();
    json!({ "authToken": auth_token, "forms": forms, "bodies": bodies })
}
