//! Reports (docs/protocol.md, E6): what a person says of a request that they denied.

use countersign_protocol::{
    challenge_response::Decision,
    report::{Reason, Report, path, to_form},
};
use serde_json::json;

use super::{Device, IDENTITY, Reply, World};

impl Device {
    /// The body that reports a challenge.
    pub(crate) fn report(&self, challenge: &Reply, reason: &str) -> String {
        let report = Report {
            sid: sid(challenge).parse().unwrap(),
            factor_sid: self.sid().parse().unwrap(),
            reason: reason.parse().unwrap(),
            note: Some("I was asleep & <b>far</b>".to_owned()),
            at: "2026-11-20T05:00:00Z".parse().unwrap(),
        };
        to_form(&self.seal(&report.signing_input().unwrap())).encode()
    }
}

impl World {
    /// What the server says to a report that the device brings.
    pub(crate) async fn report(&self, by: &Device, challenge: &Reply, body: &str) -> Reply {
        let path = path(&sid(challenge).parse().unwrap());
        self.send("POST", &path, &by.auth(self.now()), body).await
    }

    async fn denied(&self, device: &Device) -> Reply {
        let challenge = self.challenge(device).await;
        self.answer(device, &challenge, Decision::Denied)
            .await
            .expect(200);
        challenge
    }

    async fn kept(&self) -> usize {
        self.app.store.dump("SELECT * FROM reports").await.len()
    }
}

fn sid(challenge: &Reply) -> String {
    challenge.json()["sid"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_denied_challenge_is_reported_once() {
    let world = World::new().await;
    let phone = world.verified_device(1).await;
    for reason in [Reason::NotMe, Reason::Mistake] {
        let challenge = world.denied(&phone).await;
        let body = phone.report(&challenge, reason.as_str());
        let made = world.report(&phone, &challenge, &body).await.expect(201);
        assert_eq!(
            made,
            json!({
                "sid": sid(&challenge),
                "factor_sid": phone.sid(),
                "reason": reason.as_str(),
                "note": "I was asleep & <b>far</b>",
                "at": "2026-11-20T05:00:00Z",
            })
        );
        let other = phone.report(&challenge, "mistake");
        for again in [body, other] {
            let reply = world.report(&phone, &challenge, &again).await;
            assert_eq!(reply.refusal(), (409, 160_393));
        }
    }
    assert_eq!(world.kept().await, 2);
}

#[tokio::test]
async fn only_what_was_denied_can_be_reported() {
    let world = World::new().await;
    let phone = world.verified_device(1).await;
    let pending = world.challenge(&phone).await;
    let approved = world.challenge(&phone).await;
    world
        .answer(&phone, &approved, Decision::Approved)
        .await
        .expect(200);
    let report = async |challenge: &Reply| {
        let body = phone.report(challenge, "not_me");
        world.report(&phone, challenge, &body).await.refusal()
    };
    assert_eq!(report(&pending).await, (409, 160_392));
    assert_eq!(report(&approved).await, (409, 160_392));
    world.advance(300);
    assert_eq!(report(&pending).await, (409, 160_392));
    assert_eq!(world.kept().await, 0);
}

#[tokio::test]
async fn nobody_else_reports() {
    let world = World::new().await;
    let (phone, laptop) = (world.verified_device(1).await, world.verified_device(2).await);
    let challenge = world.denied(&phone).await;
    let body = phone.report(&challenge, "not_me");
    // Another factor of the same person, whichever of the two signed.
    for body in [&body, &laptop.report(&challenge, "not_me")] {
        let reply = world.report(&laptop, &challenge, body).await;
        assert_eq!(reply.refusal(), (404, 20404));
    }
    let foreign = laptop.report(&challenge, "not_me");
    let reply = world.report(&phone, &challenge, &foreign).await;
    assert_eq!(reply.refusal(), (403, 60324));
    // The backend, another account's backend, and nobody.
    let path = path(&sid(&challenge).parse().unwrap());
    for auth in [world.backend(), world.make_account(2).await, String::new()] {
        let reply = world.send("POST", &path, &auth, &body).await;
        assert_eq!(reply.refusal(), (401, 20003));
    }
    let token = world.access_token(IDENTITY).await;
    assert_eq!(world.send("POST", &path, &token, &body).await.status, 401);
    assert_eq!(world.kept().await, 0);
    world.report(&phone, &challenge, &body).await.expect(201);
}

#[tokio::test]
async fn a_report_of_something_else_is_refused() {
    let world = World::new().await;
    let phone = world.verified_device(1).await;
    let (challenge, other) = (world.denied(&phone).await, world.denied(&phone).await);
    let pending = world.challenge(&phone).await;
    for body in [
        phone.report(&other, "not_me"),
        phone.forger().report(&challenge, "not_me"),
        // An answer is no report.
        phone.answer(&pending, Decision::Denied),
    ] {
        let reply = world.report(&phone, &challenge, &body).await;
        assert_eq!(reply.refusal(), (403, 60324), "{body}");
    }
    for (body, code) in [
        (String::new(), 20001),
        ("AuthPayload=".to_owned(), 20001),
        ("AuthPayload=a&AuthPayload=b".to_owned(), 60306),
        ("AuthPayload=a.b.c".to_owned(), 60306),
        (format!("AuthPayload={}", "a".repeat(16 * 1024 + 1)), 60306),
    ] {
        let reply = world.report(&phone, &challenge, &body).await;
        assert_eq!(reply.refusal(), (400, code), "{body}");
    }
    // Nor is a report an answer.
    let path = world.at(&format!("/Challenges/{}", sid(&pending)));
    let report = phone.report(&pending, "not_me");
    let reply = world.send("POST", &path, &phone.auth(world.now()), &report).await;
    assert_eq!(reply.refusal(), (403, 60324));
    assert_eq!(world.kept().await, 0);
}

#[tokio::test]
async fn who_names_the_event_is_told_and_who_asks_for_all_is_not() {
    let world = World::new().await;
    let phone = world.verified_device(1).await;
    let hooks = format!("/v2/Services/{}/Webhooks", world.service);
    for events in ["EventTypes=*", "EventTypes=challenge.reported"] {
        let body = format!("FriendlyName=Hook&{events}&WebhookUrl=https%3A%2F%2Facme.example");
        world.post(&hooks, &body).await.expect(201);
    }
    let challenge = world.denied(&phone).await;
    let body = phone.report(&challenge, "not_me");
    world.report(&phone, &challenge, &body).await.expect(201);
    world.report(&phone, &challenge, &body).await;
    let told = world
        .app
        .store
        .dump("SELECT body FROM deliveries ORDER BY id")
        .await;
    let told: Vec<String> = told.iter().map(|row| row.get("body").unwrap()).collect();
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].contains("type=challenge.denied"), "{told:?}");
    let form = countersign_protocol::form::Form::parse(told[1].as_bytes()).unwrap();
    let sid = sid(&challenge);
    for (name, value) in [
        ("type", "challenge.reported"),
        ("challenge_sid", &sid),
        ("factor_sid", phone.sid()),
        ("report_reason", "not_me"),
        ("report_note", "I was asleep & <b>far</b>"),
    ] {
        assert_eq!(form.one(name).unwrap(), Some(value));
    }
}

#[tokio::test]
async fn a_report_keeps_the_factor_from_being_asked_for_the_time_that_the_issuer_chose() {
    let world = World::new().await;
    let (phone, laptop) = (world.verified_device(1).await, world.verified_device(2).await);
    let service = format!("/v2/Services/{}", world.service);
    let ask = async |device: &Device| {
        let body = format!("FactorSid={}&Details.Message=Hi", device.sid());
        world.post(&world.at("/Challenges"), &body).await
    };
    let report = async |reason: &str| {
        let challenge = world.denied(&phone).await;
        let body = phone.report(&challenge, reason);
        world.report(&phone, &challenge, &body).await.expect(201);
    };
    // Not at all, if nothing was chosen.
    report("not_me").await;
    ask(&phone).await.expect(201);
    world.advance(1000);
    let set = world
        .post(&service, "Countersign.ReportPause=900")
        .await
        .expect(200);
    assert_eq!(set["countersign"], json!({"report_pause": 900}));
    // Whoever made the request themselves may make another.
    report("mistake").await;
    ask(&phone).await.expect(201);
    report("not_me").await;
    world.advance(899);
    let refused = ask(&phone).await;
    assert_eq!(refused.refusal(), (429, 160_394));
    assert_eq!(refused.headers["retry-after"], "1");
    ask(&laptop).await.expect(201);
    world.advance(1);
    ask(&phone).await.expect(201);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_reports_at_once_one_is_taken() {
    let world = std::sync::Arc::new(World::on_disk().await);
    let phone = world.verified_device(1).await;
    let challenge = std::sync::Arc::new(world.denied(&phone).await);
    let reports = (0..6).map(|_| {
        let (world, phone, challenge) = (world.clone(), phone.clone(), challenge.clone());
        tokio::spawn(async move {
            let body = phone.report(&challenge, "not_me");
            world.report(&phone, &challenge, &body).await
        })
    });
    let mut taken = 0;
    for report in reports.collect::<Vec<_>>() {
        let reply = report.await.unwrap();
        if reply.status == 201 {
            taken += 1;
        } else {
            assert_eq!(reply.refusal(), (409, 160_393));
        }
    }
    assert_eq!((taken, world.kept().await), (1, 1));
}
