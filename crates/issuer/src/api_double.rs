//! A small double of the Verify API, and a stage with Acme in front of it. Only for tests.

use std::{
    collections::HashMap,
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use axum::{
    Json, Router,
    body::{Body, Bytes},
    extract::{ConnectInfo, Path, Request, State},
    http::{HeaderMap, Method, StatusCode, Uri},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use countersign_protocol::{
    basic_auth::BasicAuth, clock::SteerableClock, error::ApiError, form::Form, identity::Identity,
    link::ServerUrl, sid::AccountSid,
};
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::{Config, routes, running::Acme};

const ACCOUNT: &str = "AC01010101010101010101010101010101";
const SERVICE: &str = "VA02020202020202020202020202020202";
const PASSWORD: &str = "a password";

/// Acme in front of the double, at eight in the morning.
pub(crate) struct Stage {
    pub(crate) double: ApiDouble,
    router: Router,
}

/// What Acme answered.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
    /// `null` if the answer is not JSON.
    pub(crate) json: Value,
}

impl Stage {
    pub(crate) async fn set() -> Self {
        Self::with(|_| ()).await
    }

    pub(crate) async fn with(change: impl FnOnce(&mut Config)) -> Self {
        let double = ApiDouble::start().await;
        let mut config = double.config();
        change(&mut config);
        let acme = Acme::prepare(&config).await.unwrap();
        Self {
            double,
            router: routes::router(acme),
        }
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send("GET", path, &[("host", "127.0.0.1")], "").await
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> Answer {
        let headers = [("host", "127.0.0.1"), ("content-type", "application/json")];
        self.send("POST", path, &headers, &body.to_string()).await
    }

    pub(crate) async fn post_form(&self, path: &str, body: &str) -> Answer {
        let headers = [
            ("host", "127.0.0.1"),
            ("content-type", "application/x-www-form-urlencoded"),
        ];
        self.send("POST", path, &headers, body).await
    }

    pub(crate) async fn send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Answer {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .extension(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 40_000))));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::from(body.to_owned())).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let body = axum::body::to_bytes(response.into_body(), usize::MAX)
            .await
            .unwrap();
        let text = String::from_utf8(body.to_vec()).unwrap();
        Answer {
            status,
            headers,
            json: serde_json::from_str(&text).unwrap_or_default(),
            text,
        }
    }
}

/// The double: services, access tokens, factors and challenges, as much of them as Acme uses.
#[derive(Clone)]
pub(crate) struct ApiDouble {
    state: Arc<Mutex<Held>>,
    server: ServerUrl,
    task: Arc<Mutex<Option<tokio::task::JoinHandle<()>>>>,
}

#[derive(Default)]
struct Held {
    services: Vec<Value>,
    factors: Vec<Value>,
    challenges: HashMap<String, Value>,
    created: Vec<Value>,
    calls: Vec<String>,
    last_form: Vec<(String, String)>,
    trouble: Option<Trouble>,
    damage: Option<(String, Value)>,
}

enum Trouble {
    Refuse(ApiError),
    Text(String),
}

type Shared = Arc<Mutex<Held>>;

impl ApiDouble {
    pub(crate) async fn start() -> Self {
        let state = Shared::default();
        let app = Router::new()
            .route("/v2/Services", get(list_services).post(create_service))
            .route("/v2/Services/{service}/AccessTokens", post(create_token))
            .route(
                "/v2/Services/{service}/Entities/{identity}/Factors",
                get(list_factors),
            )
            .route(
                "/v2/Services/{service}/Entities/{identity}/Challenges",
                post(create_challenge),
            )
            .route(
                "/v2/Services/{service}/Entities/{identity}/Challenges/{sid}",
                get(fetch_challenge),
            )
            .layer(axum::middleware::from_fn_with_state(Arc::clone(&state), watch))
            .with_state(Arc::clone(&state));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let server = ServerUrl::parse(&format!("http://{}", listener.local_addr().unwrap())).unwrap();
        let task = tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        Self {
            state,
            server,
            task: Arc::new(Mutex::new(Some(task))),
        }
    }

    /// What Acme needs to use this double.
    pub(crate) fn config(&self) -> Config {
        let account: AccountSid = ACCOUNT.parse().unwrap();
        let mut config = Config::new(self.server.clone(), account, PASSWORD.to_owned().into());
        config.clock = Arc::new(SteerableClock::at("2026-11-20T08:00:00Z".parse().unwrap()));
        config
    }

    pub(crate) fn server(&self) -> &ServerUrl {
        &self.server
    }

    pub(crate) fn service_sid(&self) -> &'static str {
        SERVICE
    }

    pub(crate) fn add_service(&self, sid: &str, name: &str) {
        self.held(|held| held.services.push(json!({ "sid": sid, "friendly_name": name })));
    }

    pub(crate) fn add_factor(&self, identity: &Identity, status: &str) -> String {
        self.held(|held| {
            let sid = format!("YF{:032x}", held.factors.len() + 1);
            held.factors.push(json!({
                "sid": sid, "identity": identity, "friendly_name": "a computer", "status": status,
                "factor_type": "push", "date_created": format!("2026-11-20T07:00:0{}Z", held.factors.len()),
            }));
            sid
        })
    }

    pub(crate) fn verify_factor(&self, sid: &str) {
        self.held(|held| {
            for factor in held.factors.iter_mut().filter(|factor| factor["sid"] == sid) {
                factor["status"] = "verified".into();
            }
        });
    }

    pub(crate) fn set_status(&self, sid: &str, status: &str) {
        self.held(|held| held.challenges.get_mut(sid).unwrap()["status"] = status.into());
    }

    /// Every challenge is served with this member from now on.
    pub(crate) fn damage_challenges(&self, member: &str, value: Value) {
        self.held(|held| held.damage = Some((member.to_owned(), value)));
    }

    pub(crate) fn fail_with(&self, error: ApiError) {
        self.held(|held| held.trouble = Some(Trouble::Refuse(error)));
    }

    pub(crate) fn answer_garbage(&self) {
        self.answer_with("<html>it works</html>");
    }

    /// Every call is answered with this text.
    pub(crate) fn answer_with(&self, text: &str) {
        self.held(|held| held.trouble = Some(Trouble::Text(text.to_owned())));
    }

    pub(crate) fn recover(&self) {
        self.held(|held| held.trouble = None);
    }

    /// Nothing listens any more.
    pub(crate) async fn end(&self) {
        let task = self.task.lock().unwrap().take().unwrap();
        task.abort();
        let _ = task.await;
    }

    pub(crate) fn calls(&self) -> Vec<String> {
        self.held(|held| held.calls.clone())
    }

    pub(crate) fn challenges_created(&self) -> usize {
        self.held(|held| held.created.len())
    }

    pub(crate) fn hidden_details_created(&self) -> Vec<Value> {
        self.held(|held| {
            held.created
                .iter()
                .map(|challenge| challenge["hidden_details"].clone())
                .collect()
        })
    }

    pub(crate) fn last_form(&self) -> Vec<(&'static str, &'static str)> {
        let leak = |text: String| -> &'static str { text.leak() };
        let form = self.held(|held| held.last_form.clone());
        form.into_iter()
            .map(|(name, value)| (leak(name), leak(value)))
            .collect()
    }

    pub(crate) fn last_form_value(&self, name: &str) -> String {
        let form = self.last_form();
        form.iter().find(|(sent, _)| *sent == name).unwrap().1.to_owned()
    }

    fn held<T>(&self, act: impl FnOnce(&mut Held) -> T) -> T {
        act(&mut self.state.lock().unwrap())
    }
}

/// Notes every call, and answers it itself when trouble was ordered or the credentials are wrong.
async fn watch(
    State(state): State<Shared>,
    method: Method,
    uri: Uri,
    request: Request,
    next: axum::middleware::Next,
) -> Response {
    let header = request
        .headers()
        .get("authorization")
        .and_then(|value| value.to_str().ok());
    let auth = header.and_then(BasicAuth::parse).unwrap();
    assert_eq!((auth.user.as_str(), auth.password.as_str()), (ACCOUNT, PASSWORD));
    let trouble = {
        let mut held = state.lock().unwrap();
        held.calls.push(format!("{method} {}", uri.path()));
        match &held.trouble {
            Some(Trouble::Refuse(error)) => Some(refuse(error)),
            Some(Trouble::Text(text)) => Some(text.clone().into_response()),
            None => None,
        }
    };
    match trouble {
        Some(answer) => answer,
        None => next.run(request).await,
    }
}

fn refuse(error: &ApiError) -> Response {
    (StatusCode::from_u16(error.status).unwrap(), Json(error)).into_response()
}

async fn list_services(State(state): State<Shared>, uri: Uri) -> Json<Value> {
    // One service a page, so that every list has to be followed to its end.
    let page: usize = uri
        .query()
        .unwrap()
        .split("Page=")
        .nth(1)
        .map_or(0, |page| page.parse().unwrap());
    let held = state.lock().unwrap();
    let services: Vec<_> = held.services.iter().skip(page).take(1).collect();
    let next = (page + 1 < held.services.len()).then(|| {
        format!(
            "https://elsewhere.example/v2/Services?PageSize=1&Page={}",
            page + 1
        )
    });
    Json(json!({ "services": services, "meta": { "next_page_url": next, "key": "services" } }))
}

async fn create_service(State(state): State<Shared>, body: Bytes) -> Response {
    let mut held = state.lock().unwrap();
    held.last_form = read(&body);
    let service = json!({ "sid": SERVICE, "friendly_name": held.last_form[0].1 });
    held.services.push(service.clone());
    (StatusCode::CREATED, Json(service)).into_response()
}

async fn create_token(State(state): State<Shared>, body: Bytes) -> Response {
    state.lock().unwrap().last_form = read(&body);
    (
        StatusCode::CREATED,
        Json(json!({ "token": "header..iv.text.tag" })),
    )
        .into_response()
}

async fn list_factors(
    State(state): State<Shared>,
    Path((_, identity)): Path<(String, String)>,
    uri: Uri,
) -> Response {
    let held = state.lock().unwrap();
    let factors: Vec<_> = held
        .factors
        .iter()
        .filter(|factor| factor["identity"] == identity.as_str())
        .collect();
    if factors.is_empty() {
        return refuse(&ApiError::not_found(uri.path()));
    }
    Json(json!({ "factors": factors, "meta": { "next_page_url": null } })).into_response()
}

async fn create_challenge(
    State(state): State<Shared>,
    Path((_, identity)): Path<(String, String)>,
    body: Bytes,
) -> Response {
    let mut held = state.lock().unwrap();
    held.last_form = read(&body);
    let value = |name: &str| {
        held.last_form
            .iter()
            .find(|(sent, _)| sent == name)
            .map(|(_, value)| value.clone())
    };
    let sid = format!("YC{:032x}", held.created.len() + 1);
    let hidden: Value =
        value("HiddenDetails").map_or(Value::Null, |json| serde_json::from_str(&json).unwrap());
    let challenge = json!({
        "sid": sid, "identity": identity, "factor_sid": value("FactorSid"), "status": "pending",
        "date_created": "2026-11-20T08:00:00Z", "expiration_date": "2026-11-20T08:05:00Z",
        "details": { "message": value("Details.Message") }, "hidden_details": hidden,
    });
    held.challenges.insert(sid, challenge.clone());
    held.created.push(challenge.clone());
    (StatusCode::CREATED, Json(damaged(&held, challenge))).into_response()
}

async fn fetch_challenge(
    State(state): State<Shared>,
    Path((_, _, sid)): Path<(String, String, String)>,
    uri: Uri,
) -> Response {
    let held = state.lock().unwrap();
    match held.challenges.get(&sid) {
        Some(challenge) => Json(damaged(&held, challenge.clone())).into_response(),
        None => refuse(&ApiError::not_found(uri.path())),
    }
}

fn damaged(held: &Held, mut challenge: Value) -> Value {
    if let Some((member, value)) = &held.damage {
        challenge[member] = value.clone();
    }
    challenge
}

fn read(body: &[u8]) -> Vec<(String, String)> {
    let form = Form::parse(body).unwrap();
    form.pairs()
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}
