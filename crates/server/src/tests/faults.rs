//! Every step of the store fails once, one after the other: no panic, no half state, a clear 500, and the same
//! request succeeds afterwards.

use countersign_protocol::challenge_response::Decision;
use serde_json::Value;

use super::{Device, IDENTITY, Reply, World, matching::typed};

/// More steps than any request takes.
const MOST_STEPS: u32 = 40;

/// Runs a request with the first step failing, then the second, and so on until it succeeds, and returns how many
/// steps it took. After each failure nothing has changed.
pub(super) async fn fail_at_every_step(world: &World, request: impl AsyncFn() -> Reply) -> u32 {
    let (steps, reply) = fail_until_none_is_left(world, request).await;
    assert!(reply.status.is_success(), "{} {}", reply.status, reply.text);
    steps
}

/// The same for a request that may be refused in the end.
async fn fail_until_none_is_left(world: &World, request: impl AsyncFn() -> Reply) -> (u32, Reply) {
    for steps in 0..MOST_STEPS {
        let before = snapshot(world).await;
        world.app.store.faults().fail_after(steps);
        let reply = request().await;
        if !world.app.store.faults().clear() {
            return (steps, reply);
        }
        assert_eq!(reply.refusal(), (500, 20500), "step {steps}");
        assert_eq!(
            snapshot(world).await,
            before,
            "step {steps} left something behind"
        );
    }
    panic!("the request never succeeded");
}

/// Everything in the database, but for the numbers that SQLite gives out.
pub(super) async fn snapshot(world: &World) -> Vec<String> {
    let mut rows = Vec::new();
    for (table, select) in [
        ("api_keys", "SELECT * FROM api_keys"),
        ("services", "SELECT * FROM services"),
        ("access_tokens", "SELECT * FROM access_tokens"),
        ("entities", "SELECT * FROM entities"),
        ("factors", "SELECT * FROM factors"),
        ("factor_creations", "SELECT * FROM factor_creations"),
        ("challenges", "SELECT * FROM challenges"),
        ("tickets", "SELECT * FROM tickets"),
        ("reports", "SELECT * FROM reports"),
        ("wrong_numbers", "SELECT * FROM wrong_numbers"),
        ("notifications", "SELECT * FROM notifications"),
        ("webhooks", "SELECT * FROM webhooks"),
        ("deliveries", "SELECT * FROM deliveries"),
    ] {
        for row in world.app.store.dump(select).await {
            rows.push(format!("{table}: {}", row.columns().join(", ")));
        }
    }
    rows
}

/// Makes each change one that has to be told as well.
async fn subscribe(world: &World) {
    let path = format!("/v2/Services/{}/Webhooks", world.service);
    let body =
        "FriendlyName=Hook&EventTypes=*&EventTypes=challenge.created&WebhookUrl=https%3A%2F%2Fexample.com%2F";
    world.post(&path, body).await.expect(201);
}

#[tokio::test]
async fn enrolment_survives_a_failure_at_every_step() {
    let world = World::new().await;
    subscribe(&world).await;
    let path = format!("/v2/Services/{}/AccessTokens", world.service);
    let body = format!("Identity={IDENTITY}&FactorType=push");
    assert!(fail_at_every_step(&world, async || world.post(&path, &body).await).await >= 4);

    let token = world.access_token(IDENTITY).await;
    let device = Device::new(1);
    let factors = world.at("/Factors");
    let enrol = async || world.send("POST", &factors, &token, &device.creation()).await;
    assert!(fail_at_every_step(&world, enrol).await >= 8);
    let listed = world.get(&factors).await.expect(200);
    assert_eq!(listed["factors"].as_array().unwrap().len(), 1);

    let device = Device {
        factor: listed["factors"][0].clone(),
        ..device
    };
    let path = world.at(&format!("/Factors/{}", device.sid()));
    let verify = async || {
        world
            .send("POST", &path, &device.auth(world.now()), &device.proof())
            .await
    };
    assert!(fail_at_every_step(&world, verify).await >= 5);
    let delete = async || world.send("DELETE", &path, &device.auth(world.now()), "").await;
    assert!(fail_at_every_step(&world, delete).await >= 7);
    let told = world
        .app
        .store
        .dump("SELECT event_type FROM deliveries ORDER BY id")
        .await;
    let told: Vec<String> = told.iter().map(|row| row.get("event_type").unwrap()).collect();
    assert_eq!(told, ["factor.created", "factor.verified", "factor.deleted"]);
}

#[tokio::test]
async fn a_challenge_survives_a_failure_at_every_step() {
    let world = World::new().await;
    subscribe(&world).await;
    let phone = world.verified_device(1).await;
    let body = format!("FactorSid={}&Details.Message=Yes%3F", phone.sid());
    let challenges = world.at("/Challenges");
    assert!(fail_at_every_step(&world, async || world.post(&challenges, &body).await).await >= 5);

    let challenge = world.challenge(&phone).await;
    let sid = challenge.json()["sid"].as_str().unwrap().to_owned();
    fail_at_every_step(&world, async || world.fetch(&phone, &sid).await).await;
    let list = async || world.send("GET", &challenges, &phone.auth(world.now()), "").await;
    fail_at_every_step(&world, list).await;
    let pending = format!("{challenges}?Status=pending");
    let pending = async || world.send("GET", &pending, &phone.auth(world.now()), "").await;
    assert!(fail_at_every_step(&world, pending).await >= 6);
    let answer = async || world.answer(&phone, &challenge, Decision::Approved).await;
    assert!(fail_at_every_step(&world, answer).await >= 6);
    let denied = world.challenge(&phone).await;
    world.answer(&phone, &denied, Decision::Denied).await.expect(200);
    let report = phone.report(&denied, "not_me");
    let report = async || world.report(&phone, &denied, &report).await;
    assert!(fail_at_every_step(&world, report).await >= 8);
    assert_eq!(world.fetch(&phone, &sid).await.json()["status"], "approved");
}

#[tokio::test]
async fn wrong_numbers_survive_a_failure_at_every_step() {
    let world = World::new().await;
    subscribe(&world).await;
    let phone = world.verified_device(1).await;
    let body = format!(
        "FactorSid={}&Details.Message=Yes%3F&HiddenDetails=%7B%22countersign.match%22%3A%2242%22%7D",
        phone.sid()
    );
    let made = world.post(&world.at("/Challenges"), &body).await.expect(201);
    let challenge = world.fetch(&phone, made["sid"].as_str().unwrap()).await;
    // Three answers, because the same one coming again counts once.
    let wrong = [
        (Decision::Approved.into(), "pending"),
        (typed("111111"), "pending"),
        (typed("222222"), "denied"),
    ];
    for (response, status) in wrong {
        let answer = async || world.answer(&phone, &challenge, response.clone()).await;
        let (steps, reply) = fail_until_none_is_left(&world, answer).await;
        assert_eq!(reply.refusal(), (400, 160_390));
        assert!(steps >= 8, "{steps}");
        let now = world.fetch(&phone, made["sid"].as_str().unwrap()).await;
        assert_eq!(now.json()["status"], status);
    }
    assert_eq!(world.app.store.dump("SELECT * FROM wrong_numbers").await.len(), 3);
}

#[tokio::test]
async fn everything_else_survives_a_failure_at_every_step() {
    let world = World::new().await;
    world.verified_device(1).await;
    let services = "/v2/Services";
    fail_at_every_step(&world, async || world.post(services, "FriendlyName=Other").await).await;
    let other = world.get(services).await.json()["services"][1]["sid"]
        .as_str()
        .unwrap()
        .to_owned();
    let service = format!("{services}/{other}");
    fail_at_every_step(&world, async || {
        world.post(&service, "FriendlyName=Renamed").await
    })
    .await;
    let entities = format!("{service}/Entities");
    fail_at_every_step(&world, async || world.post(&entities, "Identity=user-0009").await).await;
    let entity = format!("{entities}/user-0009");
    fail_at_every_step(&world, async || world.delete(&entity).await).await;
    let webhooks = format!("{service}/Webhooks");
    let body = "FriendlyName=Hook&EventTypes=*&WebhookUrl=https%3A%2F%2Fexample.com%2F";
    fail_at_every_step(&world, async || world.post(&webhooks, body).await).await;
    let hook = world.get(&webhooks).await.json()["webhooks"][0]["sid"]
        .as_str()
        .unwrap()
        .to_owned();
    let hook = format!("{webhooks}/{hook}");
    fail_at_every_step(&world, async || world.post(&hook, "Status=disabled").await).await;
    fail_at_every_step(&world, async || world.delete(&hook).await).await;
    fail_at_every_step(&world, async || world.delete(&service).await).await;
    assert_eq!(world.get(&service).await.json()["code"], Value::from(20404));
}
