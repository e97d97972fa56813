//! The sample issuer's page: enrol, sign in, wait, be told.

use std::sync::Arc;

use countersign_core::ChallengeStatus;
use countersign_issuer::Running;
use countersign_protocol::link::ServerUrl;
use countersign_tests::World;
use reqwest::{Client, Response};
use serde_json::{Value, json};

/// Acme over the world's server, and a browser with one cookie after the other.
struct Acme {
    running: Running,
    browser: Client,
}

impl Acme {
    async fn open(world: &World) -> Self {
        let (account_sid, auth_token) = world.credentials();
        // Devices are sent to the address that Acme itself uses: the one that leads through the proxy.
        let server = ServerUrl::parse(world.proxy.url().as_str()).unwrap();
        let mut config =
            countersign_issuer::Config::new(server, account_sid.clone(), auth_token.to_owned().into());
        config.clock = Arc::new(world.clock.clone());
        let running = countersign_issuer::start(config).await.unwrap();
        Self {
            running,
            browser: Client::builder().no_proxy().build().unwrap(),
        }
    }

    async fn ask(&self, path: &str, body: &Value, cookie: &str) -> Response {
        let url = self.running.url().join(path).unwrap();
        let request = if body.is_null() {
            self.browser.get(url)
        } else {
            self.browser.post(url)
        };
        let request = if body.is_null() {
            request
        } else {
            request
                .header("content-type", "application/json")
                .body(body.to_string())
        };
        request.header("cookie", cookie).send().await.unwrap()
    }

    async fn json(&self, path: &str, body: &Value) -> Value {
        let answer = self.ask(path, body, "").await;
        assert!(answer.status().is_success(), "{path}: {}", answer.status());
        json_of(answer).await
    }
}

async fn json_of(answer: Response) -> Value {
    serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap()
}

/// What the browser would send back.
fn cookies(answer: &Response) -> String {
    let set = answer
        .headers()
        .get_all("set-cookie")
        .iter()
        .filter_map(|cookie| cookie.to_str().ok());
    set.filter_map(|cookie| cookie.split(';').next())
        .collect::<Vec<_>>()
        .join("; ")
}

#[tokio::test]
async fn a_person_enrols_at_acme_and_signs_in_by_approving() {
    let world = World::start().await;
    let acme = Acme::open(&world).await;
    let page = acme.ask("/", &Value::Null, "").await;
    assert!(page.headers().contains_key("content-security-policy"));
    assert!(page.text().await.unwrap().contains("Acme"));

    let enrolment = acme.json("/enrol", &json!({ "name": "Ada" })).await;
    assert!(enrolment["qr_svg"].as_str().unwrap().starts_with("<svg"));
    let device = world.device().await;
    let link = enrolment["link"].as_str().unwrap();
    assert_eq!(
        device.authenticator.preview(link).unwrap().issuer.as_deref(),
        Some("Acme")
    );
    let factor = device.authenticator.enrol(link).await.unwrap();
    let factors = acme.json("/factors?name=Ada", &Value::Null).await;
    assert_eq!(factors["factors"][0]["sid"], factor.sid.as_str());

    let begun = acme.ask("/sign-in", &json!({ "name": "Ada" }), "").await;
    let cookie = cookies(&begun);
    let begun = json_of(begun).await;
    let sid = begun["challenge_sid"].as_str().unwrap();
    let status = format!("/sign-in/{sid}");
    assert_eq!(acme.json(&status, &Value::Null).await["status"], "pending");

    device.check().await;
    let waiting = device.waiting().await;
    assert_eq!(waiting.len(), 1);
    let request = device.look_at(&waiting[0]).await;
    assert_eq!(request.message, begun["message"].as_str().unwrap());
    assert!(!request.fields.is_empty() && request.hidden > 0);
    device
        .authenticator
        .approve(&waiting[0], &request.digest)
        .await
        .unwrap();

    let strange = json_of(acme.ask(&status, &Value::Null, "acme_sign_in=00000000").await).await;
    assert_eq!(
        (&strange["status"], &strange["signed_in"]),
        (&json!("approved"), &json!(false))
    );
    let answer = acme.ask(&status, &Value::Null, &cookie).await;
    let session = cookies(&answer);
    let told = json_of(answer).await;
    assert_eq!(
        (&told["status"], &told["signed_in"]),
        (&json!("approved"), &json!(true))
    );
    assert_eq!(
        json_of(acme.ask("/session", &Value::Null, &session).await).await["name"],
        "ada"
    );
    acme.running.stop().await;
}

#[tokio::test]
async fn nobody_is_signed_in_by_a_denial_or_by_waiting() {
    let world = World::start().await;
    let acme = Acme::open(&world).await;
    let enrolment = acme.json("/enrol", &json!({})).await;
    let device = world.device().await;
    device
        .authenticator
        .enrol(enrolment["link"].as_str().unwrap())
        .await
        .unwrap();
    for denies in [true, false] {
        let begun = acme.ask("/sign-in", &json!({}), "").await;
        let cookie = cookies(&begun);
        let sid = json_of(begun).await["challenge_sid"].as_str().unwrap().to_owned();
        let request = device.look_at(&sid.parse().unwrap()).await;
        if denies {
            device
                .authenticator
                .deny(&request.sid, &request.digest)
                .await
                .unwrap();
        } else {
            world.advance(jiff::SignedDuration::from_secs(301));
        }
        let told = json_of(acme.ask(&format!("/sign-in/{sid}"), &Value::Null, &cookie).await).await;
        assert_eq!(told["status"], if denies { "denied" } else { "expired" });
        assert_eq!(told["signed_in"], false);
    }
}

#[tokio::test]
async fn nobody_is_signed_in_while_the_server_cannot_be_asked() {
    let world = World::start().await;
    let acme = Acme::open(&world).await;
    let enrolment = acme.json("/enrol", &json!({})).await;
    let device = world.device().await;
    device
        .authenticator
        .enrol(enrolment["link"].as_str().unwrap())
        .await
        .unwrap();
    let begun = acme.ask("/sign-in", &json!({}), "").await;
    let cookie = cookies(&begun);
    let sid = json_of(begun).await["challenge_sid"].as_str().unwrap().to_owned();
    world.proxy.go_offline();
    let answer = acme.ask(&format!("/sign-in/{sid}"), &Value::Null, &cookie).await;
    assert!(answer.status().is_server_error(), "{}", answer.status());
    assert_eq!(cookies(&answer), "");
}

#[tokio::test]
async fn acme_answers_the_endpoints_of_the_vendor_s_sample() {
    let world = World::start().await;
    let acme = Acme::open(&world).await;
    let token = acme.json("/access-token", &json!({ "identity": "ada" })).await;
    assert_eq!(token["factorType"], "push");
    let device = world.device().await;
    let mut pasted = token.clone();
    pasted["server"] = world.proxy.url().as_str().into();
    let factor = device.authenticator.enrol(&pasted.to_string()).await.unwrap();
    assert_eq!(factor.identity.as_str(), token["identity"].as_str().unwrap());

    let factors = acme.json("/list-factors", &json!({ "identity": "ada" })).await;
    assert_eq!(factors[0]["sid"], factor.sid.as_str());
    let ask = json!({
        "identity": "ada",
        "message": "Sign in?",
        "factor": factor.sid.as_str(),
        "details": [{ "label": "Place", "value": "Here" }],
        "hiddenDetails": { "ip": "203.0.113.7" },
    });
    let challenge = acme.json("/create-challenge", &ask).await;
    assert_eq!(challenge["status"], "pending");
    let sid = challenge["sid"].as_str().unwrap().parse().unwrap();
    let request = device.look_at(&sid).await;
    let answered = device.authenticator.approve(&sid, &request.digest).await.unwrap();
    assert_eq!(answered.status, ChallengeStatus::Approved);
    let status = json!({ "identity": challenge["identity"], "sid": challenge["sid"] });
    assert_eq!(
        acme.json("/challenge-status", &status).await["status"],
        "approved"
    );
}
