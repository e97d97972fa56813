//! Tests of the server as a whole, and what they share: a server in memory, an issuer's backend, devices with keys.

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex},
};

use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Request, StatusCode},
};
use countersign_protocol::{
    basic_auth::BasicAuth,
    challenge_response::{self, FIELDS_HEADER, Response, SignatureFields},
    clock::SteerableClock,
    device_jwt,
    form::Form,
    json::Members,
    jws,
    keys::{PublicKey, Signature},
    sid::{AccountSid, ServiceSid},
};
use http_body_util::BodyExt as _;
use jiff::{SignedDuration, Timestamp};
use p256::ecdsa::{SigningKey, signature::Signer as _};
use serde_json::Value;
use tower::ServiceExt as _;
use url::Url;

use crate::{
    app::{App, SharedApp},
    rates::Profile,
    router,
    server_key::ServerKey,
    serving::save_account,
    store::Store,
};

mod api_keys;
mod attacks;
mod authentication;
mod couriers;
mod deliveries;
mod document;
mod faults;
mod garbage;
mod health;
mod hostile_receivers;
mod keys;
mod matching;
mod model;
mod observation;
mod outages;
mod promises;
mod published;
mod rates;
pub(crate) mod receiver;
mod reports;
mod retention;
mod rotation;
mod sockets;
mod tickets;
mod totp;
pub(crate) mod waiting;

pub(crate) const IDENTITY: &str = "user-0001";
pub(crate) const AUTH_TOKEN: &str = "an auth token";

/// Whether these tests are run over PostgreSQL: all of them are the contract that both databases fulfil.
pub(crate) fn on_postgres() -> bool {
    match std::env::var("COUNTERSIGN_TEST_DATABASE") {
        Err(_) => false,
        Ok(name) => {
            assert_eq!(
                name, "postgres",
                "COUNTERSIGN_TEST_DATABASE names no other database"
            );
            true
        }
    }
}

/// The URL of an empty database: in memory, or in PostgreSQL if that is asked for.
pub(crate) async fn database() -> String {
    if on_postgres() {
        crate::testing::make_database_of_shared_server().await
    } else {
        "sqlite::memory:".to_owned()
    }
}

/// A server whose clock stands still until it is moved.
pub(crate) struct World {
    pub(crate) app: SharedApp,
    pub(crate) clock: SteerableClock,
    pub(crate) account: AccountSid,
    pub(crate) service: ServiceSid,
    /// What came back from which operation: statuses of success, codes of refusals.
    pub(crate) seen: Mutex<BTreeSet<(&'static str, u64)>>,
    router: Router,
    database: String,
    _folder: Option<tempfile::TempDir>,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

/// A device with a key, enrolled as a factor.
#[derive(Clone)]
pub(crate) struct Device {
    key: SigningKey,
    pub(crate) factor: Value,
}

impl World {
    /// A server with an account and a service, over an empty [`database`].
    pub(crate) async fn new() -> Self {
        Self::over(&database().await, None).await
    }

    /// The same where several connections read while one writes.
    pub(crate) async fn on_disk() -> Self {
        if on_postgres() {
            return Self::new().await;
        }
        let folder = tempfile::tempdir().unwrap();
        let database = format!("sqlite://{}", folder.path().join("server.db").display());
        Self::over(&database, Some(folder)).await
    }

    /// A server that limits how much is asked for, as one does whose clock moves.
    pub(crate) async fn with_rates(rates: Profile) -> Self {
        Self::over_with(&database().await, None, rates).await
    }

    /// Nothing is limited where the clock stands still.
    async fn over(database: &str, folder: Option<tempfile::TempDir>) -> Self {
        Self::over_with(database, folder, Profile::Off).await
    }

    async fn over_with(database: &str, folder: Option<tempfile::TempDir>, rates: Profile) -> Self {
        let store = Store::open(database).await.unwrap();
        let key = ServerKey::random();
        let clock = SteerableClock::at("2026-11-20T05:00:00Z".parse().unwrap());
        let account = AccountSid::from_random([0xaa; 16]);
        save_account(&store, &key, &account, &AUTH_TOKEN.into(), &clock)
            .await
            .unwrap();
        let url = Url::parse("https://verify.example.com/").unwrap();
        let app = App::new(store, key, &url, rates, Arc::new(clock.clone()));
        let router = router(app.clone());
        let service = ServiceSid::from_random([0; 16]);
        let mut world = Self {
            app,
            clock,
            account,
            service,
            seen: Mutex::default(),
            router,
            database: database.to_owned(),
            _folder: folder,
        };
        world.service = world.make_service("FriendlyName=Acme").await;
        world
    }

    /// Another server over the same database, which is not in memory.
    pub(crate) async fn replica(&self) -> SharedApp {
        let store = Store::open(&self.database).await.unwrap();
        let url = Url::parse("https://verify.example.com/").unwrap();
        App::new(
            store,
            self.app.key.clone(),
            &url,
            Profile::Off,
            Arc::new(self.clock.clone()),
        )
    }

    /// One more service of the account.
    pub(crate) async fn make_service(&self, parameters: &str) -> ServiceSid {
        let service = self.post("/v2/Services", parameters).await.expect(201);
        service["sid"].as_str().unwrap().parse().unwrap()
    }

    /// One more account, with its credentials.
    pub(crate) async fn make_account(&self, seed: u8) -> String {
        let sid = AccountSid::from_random([seed; 16]);
        save_account(
            &self.app.store,
            &self.app.key,
            &sid,
            &AUTH_TOKEN.into(),
            &self.clock,
        )
        .await
        .unwrap();
        BasicAuth {
            user: sid.to_string(),
            password: AUTH_TOKEN.to_owned(),
        }
        .to_header()
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.app.now()
    }

    pub(crate) fn advance(&self, seconds: i64) {
        self.clock.advance(SignedDuration::from_secs(seconds));
    }

    /// Credentials of the issuer's backend.
    pub(crate) fn backend(&self) -> String {
        BasicAuth {
            user: self.account.to_string(),
            password: AUTH_TOKEN.to_owned(),
        }
        .to_header()
    }

    /// A path below the entity that most tests are about.
    pub(crate) fn at(&self, below: &str) -> String {
        format!("/v2/Services/{}/Entities/{IDENTITY}{below}", self.service)
    }

    /// `GET`, by the backend.
    pub(crate) async fn get(&self, path: &str) -> Reply {
        self.send("GET", path, &self.backend(), "").await
    }

    /// `POST`, by the backend.
    pub(crate) async fn post(&self, path: &str, body: &str) -> Reply {
        self.send("POST", path, &self.backend(), body).await
    }

    /// `DELETE`, by the backend.
    pub(crate) async fn delete(&self, path: &str) -> Reply {
        self.send("DELETE", path, &self.backend(), "").await
    }

    /// Any request.
    pub(crate) async fn send(&self, method: &str, path: &str, authorization: &str, body: &str) -> Reply {
        let request = Request::builder().method(method).uri(path);
        let request = if authorization.is_empty() {
            request
        } else {
            request.header("authorization", authorization)
        };
        self.send_request(request.body(Body::from(body.to_owned())).unwrap())
            .await
    }

    /// Any request. What comes back has to be what the document says.
    pub(crate) async fn send_request(&self, request: Request<Body>) -> Reply {
        let (method, path) = (request.method().clone(), request.uri().path().to_owned());
        let (head, body) = self.router.clone().oneshot(request).await.unwrap().into_parts();
        let text = String::from_utf8(body.collect().await.unwrap().to_bytes().to_vec()).unwrap();
        let reply = Reply {
            status: head.status,
            headers: head.headers,
            text,
        };
        if let Some(seen) = document::check(&method, &path, &reply) {
            self.seen.lock().unwrap().insert(seen);
        }
        reply
    }

    /// The backend's permission to enrol, as a device's credentials.
    pub(crate) async fn access_token(&self, identity: &str) -> String {
        let path = format!("/v2/Services/{}/AccessTokens", self.service);
        let token = self
            .post(&path, &format!("Identity={identity}&FactorType=push"))
            .await
            .expect(201);
        BasicAuth::device(token["token"].as_str().unwrap()).to_header()
    }

    /// A device that has enrolled and proved its key.
    pub(crate) async fn verified_device(&self, seed: u8) -> Device {
        let device = self.unverified_device(seed).await;
        let path = self.at(&format!("/Factors/{}", device.sid()));
        let verified = self
            .send("POST", &path, &device.auth(self.now()), &device.proof())
            .await
            .expect(200);
        assert_eq!(verified["status"], "verified");
        device
    }

    /// A device that has enrolled.
    pub(crate) async fn unverified_device(&self, seed: u8) -> Device {
        let token = self.access_token(IDENTITY).await;
        let mut device = Device::new(seed);
        device.factor = self
            .send("POST", &self.at("/Factors"), &token, &device.creation())
            .await
            .expect(201);
        device
    }

    /// A challenge for the device, as the device fetches it.
    pub(crate) async fn challenge(&self, device: &Device) -> Reply {
        let body = format!(
            "FactorSid={}&Details.Message=Sign%20in%3F&HiddenDetails={{\"ip\":\"192.0.2.1\"}}",
            device.sid()
        );
        let challenge = self.post(&self.at("/Challenges"), &body).await.expect(201);
        self.fetch(device, challenge["sid"].as_str().unwrap()).await
    }

    pub(crate) async fn fetch(&self, device: &Device, challenge: &str) -> Reply {
        self.send(
            "GET",
            &self.at(&format!("/Challenges/{challenge}")),
            &device.auth(self.now()),
            "",
        )
        .await
    }

    /// Answers a challenge that was fetched.
    pub(crate) async fn answer(
        &self,
        device: &Device,
        challenge: &Reply,
        response: impl Into<Response>,
    ) -> Reply {
        let path = self.at(&format!(
            "/Challenges/{}",
            challenge.json()["sid"].as_str().unwrap()
        ));
        self.send(
            "POST",
            &path,
            &device.auth(self.now()),
            &device.answer(challenge, response),
        )
        .await
    }
}

impl Device {
    pub(crate) fn new(seed: u8) -> Self {
        Self {
            key: SigningKey::from_slice(&[seed; 32]).unwrap(),
            factor: Value::Null,
        }
    }

    /// A device that claims to be this one, with another key.
    pub(crate) fn forger(&self) -> Self {
        Self {
            factor: self.factor.clone(),
            ..Self::new(254)
        }
    }

    pub(crate) fn sid(&self) -> &str {
        self.factor["sid"].as_str().unwrap()
    }

    pub(crate) fn public_key(&self) -> PublicKey {
        PublicKey::from_sec1_bytes(&self.key.verifying_key().to_sec1_bytes()).unwrap()
    }

    pub(crate) fn sign(&self, message: &[u8]) -> Signature {
        let signature: p256::ecdsa::Signature = self.key.sign(message);
        Signature::from_raw(signature.to_bytes().into())
    }

    /// The body that enrols it.
    pub(crate) fn creation(&self) -> String {
        let mut form = Form::default();
        form.push("FriendlyName", "This computer");
        form.push("FactorType", "push");
        form.push("Binding.PublicKey", self.public_key().to_binding());
        form.push("Binding.Alg", "ES256");
        form.push("Config.SdkVersion", "0.1.0");
        form.push("Config.AppId", "org.example.app");
        form.push("Config.NotificationPlatform", "none");
        form.encode()
    }

    /// The body that verifies it.
    pub(crate) fn proof(&self) -> String {
        payload(&self.sign(self.sid().as_bytes()).to_factor_proof().unwrap())
    }

    /// Its credentials for a request at `now`.
    pub(crate) fn auth(&self, now: Timestamp) -> String {
        let credential = self.factor["config"]["credential_sid"].as_str().unwrap();
        let account = self.factor["account_sid"].as_str().unwrap();
        BasicAuth::device(self.seal(&device_jwt::signing_input(credential, account, now))).to_header()
    }

    pub(crate) fn seal(&self, signing_input: &str) -> String {
        jws::assemble(signing_input, &self.sign(signing_input.as_bytes()))
    }

    /// The body that answers a challenge that was fetched: with a decision, or with a number as well.
    pub(crate) fn answer(&self, challenge: &Reply, response: impl Into<Response>) -> String {
        let fields = SignatureFields::parse(challenge.headers[FIELDS_HEADER].to_str().unwrap()).unwrap();
        let members = Members::parse(challenge.text.as_bytes()).unwrap();
        payload(&self.seal(&challenge_response::signing_input(&members, &fields, &response.into()).unwrap()))
    }
}

impl Reply {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or(Value::Null)
    }

    /// The resource, after a look at the status.
    pub(crate) fn expect(&self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", self.text);
        self.json()
    }

    /// Status and code of a refusal, after a look at its envelope.
    pub(crate) fn refusal(&self) -> (u16, u64) {
        let envelope = self.json();
        let status = self.status.as_u16();
        assert_eq!(envelope["status"], status, "{}", self.text);
        assert!(
            envelope["message"].is_string() && envelope["more_info"].is_string(),
            "{}",
            self.text
        );
        (status, envelope["code"].as_u64().unwrap())
    }
}

/// Makes a webhook and returns its path.
pub(crate) async fn subscribe(world: &World, url: &str, events: &[&str]) -> String {
    let mut form = Form::default();
    form.push("FriendlyName", "Hook");
    form.push("WebhookUrl", url);
    for event in events {
        form.push("EventTypes", *event);
    }
    let path = format!("/v2/Services/{}/Webhooks", world.service);
    let made = world.post(&path, &form.encode()).await.expect(201);
    format!("{path}/{}", made["sid"].as_str().unwrap())
}

pub(crate) fn payload(text: &str) -> String {
    let mut form = Form::default();
    form.push("AuthPayload", text);
    form.encode()
}
