//! The vendor's own helper library, as it is on npm, as the client of our server.
//!
//! Each topic is a script in `conformance/node/`, run by node's own test runner against a world of its own. Beside
//! the server there is a real device, which the scripts ask to enrol and to decide over a small HTTP door.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use axum::{Json, Router};
use countersign_protocol::clock::Clock;
use countersign_protocol::form::Form;
use countersign_protocol::webhook_signature;
use countersign_tests::world::within_limit;
use countersign_tests::{Device, World};
use jiff::SignedDuration;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::process::Command;

#[tokio::test]
async fn the_vendor_s_library_keeps_services() {
    run("services.test.mjs").await;
}

#[tokio::test]
async fn the_vendor_s_library_makes_access_tokens() {
    run("tokens.test.mjs").await;
}

#[tokio::test]
async fn the_vendor_s_library_keeps_entities() {
    run("entities.test.mjs").await;
}

#[tokio::test]
async fn the_vendor_s_library_keeps_factors() {
    run("factors.test.mjs").await;
}

#[tokio::test]
async fn the_vendor_s_library_asks_and_reads_the_answers() {
    run("challenges.test.mjs").await;
}

#[tokio::test]
async fn the_vendor_s_library_keeps_webhooks_and_reads_forms() {
    run("subscriptions.test.mjs").await;
}

#[tokio::test]
async fn every_answer_has_the_shape_that_the_vendor_publishes() {
    run("shapes.test.mjs").await;
}

#[tokio::test]
async fn the_vendor_s_library_understands_every_refusal() {
    run("errors.test.mjs").await;
}

#[tokio::test]
async fn the_vendor_s_validator_accepts_our_webhooks() {
    run("webhooks.test.mjs").await;
}

#[tokio::test]
async fn webhooks_arrive_as_the_vendor_s_library_expects_them() {
    run("deliveries.test.mjs").await;
}

#[tokio::test]
async fn a_device_written_from_the_documents_alone_is_served() {
    run("device.test.mjs").await;
}

/// Runs one script, shows its closing lines, and fails with all of its output if it fails.
async fn run(script: &str) {
    let folder = scripts();
    assert!(
        folder.join("node_modules/twilio/package.json").is_file(),
        "the vendor's library is not installed: run `cargo xtask test conformance`, which installs it"
    );
    let world = Arc::new(World::start().await);
    let door = open_door(Arc::clone(&world)).await;
    let (account_sid, auth_token) = world.credentials();
    let mut node = Command::new("node");
    node.current_dir(&folder)
        .args(["--test", "--test-reporter=spec", script])
        .env(
            "COUNTERSIGN_SERVER_URL",
            world.server_url().as_str().trim_end_matches('/'),
        )
        .env("COUNTERSIGN_ACCOUNT_SID", account_sid.as_str())
        .env("COUNTERSIGN_AUTH_TOKEN", auth_token)
        .env("COUNTERSIGN_DEVICE_URL", door)
        .env("COUNTERSIGN_WEBHOOKS", signed_webhooks().to_string())
        .env_remove("TWILIO_EDGE")
        .env_remove("TWILIO_REGION")
        .env_remove("HTTP_PROXY")
        .kill_on_drop(true);
    let output = within_limit(script, node.output())
        .await
        .expect("node is installed");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success(),
        "{script} failed:\n{said}\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let closing: Vec<&str> = said.lines().filter(|line| line.starts_with("ℹ")).collect();
    assert!(
        closing
            .iter()
            .any(|line| line.starts_with("ℹ pass") && *line != "ℹ pass 0"),
        "{script} ran nothing"
    );
    assert!(
        closing.contains(&"ℹ skipped 0"),
        "{script} left tests out:\n{said}"
    );
    // Past the runner's capture, and not to standard output, where tests are counted.
    let _ = writeln!(std::io::stderr(), "{script}: {}", closing.join(", "));
}

fn scripts() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("conformance/node")
}

/// What the scripts' device is made of.
struct Behind {
    world: Arc<World>,
    device: Device,
}

type Answered = Result<Json<Value>, (StatusCode, String)>;

/// Opens the door through which scripts reach the device and the clock, on a free port.
async fn open_door(world: Arc<World>) -> String {
    let device = world.device().await;
    let routes = Router::new()
        .route("/enrol", post(enrol))
        .route("/decide", post(decide))
        .route("/clock", post(move_clock))
        .with_state(Arc::new(Behind { world, device }));
    let listener = TcpListener::bind("127.0.0.1:0")
        .await
        .expect("there is a free port");
    let address = listener.local_addr().expect("a listener has an address");
    tokio::spawn(async move { axum::serve(listener, routes).await });
    format!("http://{address}")
}

/// Enrols with the JSON that a backend hands to devices, which here gains our server's address.
async fn enrol(State(behind): State<Arc<Behind>>, Json(mut given): Json<Value>) -> Answered {
    given["server"] = behind.world.server_url().as_str().into();
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
fn signed_webhooks() -> Value {
    let auth_token = "12345";
    let vectors: Value = serde_json::from_str(include_str!("../../crates/protocol/tests/vectors.json"))
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
