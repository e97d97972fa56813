//! Factors with codes, from their creation to the answers they give (sections 9.4 and 9.5 of the Verify Push protocol
//! notes).

use countersign_protocol::{
    form::Form,
    totp::{Secret, TotpConfig},
};
use jiff::SignedDuration;
use serde_json::{Value, json};

use super::{Device, IDENTITY, Reply, World, payload};

mod limits;
mod model;
mod races;

/// An authenticator that was given a secret.
#[derive(Debug, Clone)]
pub(super) struct Authenticator {
    secret: Secret,
    config: TotpConfig,
    factor: Value,
}

impl Authenticator {
    /// The backend makes a factor, and the authenticator reads its secret.
    pub(super) async fn unverified(world: &World, parameters: &str) -> Self {
        let body = format!("FactorType=totp&FriendlyName=Anna&{parameters}");
        let factor = world.post(&world.at("/Factors"), &body).await.expect(201);
        Self {
            secret: Secret::from_base32(factor["binding"]["secret"].as_str().unwrap()).unwrap(),
            config: serde_json::from_value(factor["config"].clone()).unwrap(),
            factor,
        }
    }

    /// The same, with its first code shown and used up, and the next to come.
    pub(super) async fn verified(world: &World, parameters: &str) -> Self {
        let authenticator = Self::unverified(world, parameters).await;
        let verified = authenticator.verify(world, &authenticator.code(world)).await;
        assert_eq!(verified.expect(200)["status"], "verified");
        world.advance(authenticator.time_step().into());
        authenticator
    }

    pub(super) fn sid(&self) -> &str {
        self.factor["sid"].as_str().unwrap()
    }

    pub(super) fn time_step(&self) -> u32 {
        self.config.time_step
    }

    fn path(&self, world: &World) -> String {
        world.at(&format!("/Factors/{}", self.sid()))
    }

    /// The code it shows.
    fn code(&self, world: &World) -> String {
        self.code_in(world, 0)
    }

    /// The code it shows so many steps from now.
    fn code_in(&self, world: &World, steps: i64) -> String {
        let off = SignedDuration::from_secs(steps * i64::from(self.config.time_step));
        let code = self.config.code(&self.secret, world.now() + off);
        code.as_str().to_owned()
    }

    /// A code that it shows neither now nor in the steps around.
    pub(super) fn wrong_code(&self, world: &World) -> String {
        let good: Vec<_> = (-3..=3).map(|steps| self.code_in(world, steps)).collect();
        let width = self.config.code_length as usize;
        let mut codes = (0..100).map(|number| format!("{number:0width$}"));
        codes.find(|code| !good.contains(code)).unwrap()
    }

    pub(super) async fn verify(&self, world: &World, code: &str) -> Reply {
        world.post(&self.path(world), &payload(code)).await
    }

    /// Asks for a code.
    pub(super) async fn challenge(&self, world: &World) -> Reply {
        let body = format!("FactorSid={}", self.sid());
        world.post(&world.at("/Challenges"), &body).await
    }

    /// Brings a code at once.
    async fn sign_in(&self, world: &World, code: &str) -> Reply {
        let body = format!("FactorSid={}&AuthPayload={code}", self.sid());
        world.post(&world.at("/Challenges"), &body).await
    }
}

pub(super) async fn answer(world: &World, challenge: &Value, code: &str) -> Reply {
    let path = world.at(&format!("/Challenges/{}", challenge["sid"].as_str().unwrap()));
    world.post(&path, &payload(code)).await
}

async fn told(world: &World) -> Vec<String> {
    let rows = world
        .app
        .store
        .dump("SELECT body FROM deliveries ORDER BY id")
        .await;
    let bodies = rows.iter().map(|row| row.get::<String>("body").unwrap());
    bodies
        .map(|body| {
            let form = Form::parse(body.as_bytes()).unwrap();
            let of = |name| form.one(name).unwrap().unwrap_or_default().to_owned();
            format!("{} {}", of("type"), of("factor_type"))
        })
        .collect()
}

async fn subscribe(world: &World) {
    let path = format!("/v2/Services/{}/Webhooks", world.service);
    let body = "FriendlyName=Hook&EventTypes=*&EventTypes=challenge.created&EventTypes=challenge.expired&WebhookUrl=https%3A%2F%2Fexample.com%2F";
    world.post(&path, body).await.expect(201);
}

#[tokio::test]
async fn a_factor_shows_its_secret_once_and_has_the_settings_of_its_service() {
    let world = World::new().await;
    let factors = world.at("/Factors");
    let plain = Authenticator::unverified(&world, "Metadata=%7B%22os%22%3A%22x%22%7D").await;
    let made = &plain.factor;
    assert_eq!(
        (&made["factor_type"], &made["status"]),
        (&json!("totp"), &json!("unverified"))
    );
    assert_eq!(
        made["config"],
        json!({"alg": "sha1", "skew": 1, "code_length": 6, "time_step": 30})
    );
    assert_eq!(
        (&made["metadata"], &made["options"]),
        (&json!({"os": "x"}), &Value::Null)
    );
    assert_eq!(plain.secret.as_bytes().len(), 20);
    assert_eq!(
        made["binding"]["uri"],
        format!(
            "otpauth://totp/Acme:Anna?secret={}&issuer=Acme&algorithm=SHA1&digits=6&period=30",
            plain.secret.to_base32()
        )
    );
    let other = Authenticator::unverified(&world, "").await;
    assert_ne!(other.secret, plain.secret);

    let service = format!("/v2/Services/{}", world.service);
    let settings = "Totp.Issuer=Acme+Ltd&Totp.TimeStep=60&Totp.CodeLength=8&Totp.Skew=0";
    world.post(&service, settings).await.expect(200);
    let set = Authenticator::unverified(&world, "Config.Skew=2&Config.Alg=sha512").await;
    assert_eq!(
        set.factor["config"],
        json!({"alg": "sha512", "skew": 2, "code_length": 8, "time_step": 60})
    );
    let uri = set.factor["binding"]["uri"].as_str().unwrap();
    assert!(uri.starts_with("otpauth://totp/Acme%20Ltd:Anna?"), "{uri}");
    assert!(
        uri.ends_with("&issuer=Acme%20Ltd&algorithm=SHA512&digits=8&period=60"),
        "{uri}"
    );

    let listed = world.get(&factors).await.expect(200);
    let first = &listed["factors"][0];
    assert_eq!(*first, world.get(&plain.path(&world)).await.expect(200));
    assert!(first.get("binding").is_none() && first.get("options").is_none());
    assert_eq!(first["config"], plain.factor["config"]);
}

#[tokio::test]
async fn a_secret_of_ones_own_is_taken_once_for_an_identity_and_kept_sealed() {
    let world = World::new().await;
    let text = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
    let binding = format!("Binding.Secret={text}");
    let made = Authenticator::unverified(&world, &binding).await;
    assert_eq!(made.factor["binding"]["secret"], text);
    let again = format!("FactorType=totp&FriendlyName=Again&{}", binding.to_lowercase());
    let again = again.replace("binding.secret", "Binding.Secret");
    let refused = world.post(&world.at("/Factors"), &again).await;
    assert_eq!(refused.refusal(), (409, 60317));
    let other = world.at("/Factors").replace(IDENTITY, "user-0002");
    world.post(&other, &again).await.expect(201);

    let rows = world.app.store.dump("SELECT * FROM factors").await;
    let kept = rows
        .iter()
        .flat_map(super::super::store::Row::columns)
        .collect::<String>();
    let bytes = format!("{:?}", b"12345678901234567890");
    assert!(!kept.contains(text) && !kept.contains(bytes.trim_matches(['[', ']'])));
}

#[tokio::test]
async fn every_wrong_parameter_is_refused_with_its_code_and_makes_nothing() {
    let world = World::new().await;
    let path = world.at("/Factors");
    for (body, refusal) in [
        ("FactorType=totp", (400, 20001)),
        ("FriendlyName=Anna", (400, 20001)),
        ("FactorType=TOTP&FriendlyName=Anna", (400, 60369)),
        ("FactorType=passkeys&FriendlyName=Anna", (400, 60369)),
        (
            "FactorType=totp&FriendlyName=Anna&Binding.Secret=GEZDGNBVGY3TQOJQ",
            (400, 60314),
        ),
        (
            "FactorType=totp&FriendlyName=Anna&Binding.Secret=not+base32",
            (400, 60314),
        ),
        ("FactorType=totp&FriendlyName=Anna&Config.Alg=md5", (400, 60370)),
        (
            "FactorType=totp&FriendlyName=Anna&Config.TimeStep=61",
            (400, 60370),
        ),
        (
            "FactorType=totp&FriendlyName=Anna&Config.CodeLength=9",
            (400, 60370),
        ),
        ("FactorType=totp&FriendlyName=Anna&Config.Skew=3", (400, 60370)),
        ("FactorType=totp&FriendlyName=Anna&Metadata=x", (400, 60200)),
    ] {
        assert_eq!(world.post(&path, body).await.refusal(), refusal, "{body}");
    }
    let good = "FactorType=totp&FriendlyName=Anna";
    let nowhere = path.replace(world.service.as_str(), "VA00000000000000000000000000000000");
    assert_eq!(world.post(&nowhere, good).await.refusal(), (404, 20404));
    let stranger = world.make_account(1).await;
    let foreign = world.send("POST", &path, &stranger, good).await;
    assert_eq!(foreign.refusal(), (404, 20404));
    assert_eq!(world.get(&world.at("")).await.refusal(), (404, 20404));
}

#[tokio::test]
async fn the_right_code_verifies_and_a_wrong_one_leaves_everything_as_it_was() {
    let world = World::new().await;
    let authenticator = Authenticator::unverified(&world, "").await;
    let wrong = authenticator.wrong_code(&world);
    let body = format!("{}&FriendlyName=Bob&Config.Skew=2", payload(&wrong));
    let reply = world.post(&authenticator.path(&world), &body).await.expect(200);
    assert_eq!(
        (&reply["status"], &reply["friendly_name"]),
        (&json!("unverified"), &json!("Anna"))
    );
    assert_eq!(reply["config"]["skew"], 1);
    for (not_a_code, code) in [
        ("12", 60306),
        ("123456789", 60306),
        ("12345x", 60306),
        ("12+456", 60306),
    ] {
        let reply = authenticator.verify(&world, not_a_code).await;
        assert_eq!(reply.refusal(), (400, code), "{not_a_code}");
    }
    let early = authenticator.challenge(&world).await;
    assert_eq!(early.refusal(), (403, 60318));

    world.advance(3);
    let code = authenticator.code(&world);
    let reply = authenticator.verify(&world, &code).await.expect(200);
    assert_eq!(reply["status"], "verified");
    assert!(reply.get("binding").is_none());
    assert_eq!(reply["date_updated"], "2026-11-20T05:00:03Z");
}

#[tokio::test]
async fn a_verified_factor_that_is_verified_again_says_so_only_for_a_right_code() {
    let world = World::new().await;
    let authenticator = Authenticator::verified(&world, "").await;
    let code = authenticator.code(&world);
    let right = authenticator.verify(&world, &code).await.expect(200);
    assert_eq!(right["status"], "verified");
    let wrong = authenticator.wrong_code(&world);
    for code in [code, wrong] {
        let body = format!("{}&FriendlyName=Bob", payload(&code));
        let reply = world.post(&authenticator.path(&world), &body).await;
        assert_eq!(reply.refusal(), (403, 60311), "{code}");
    }
    let kept = world.get(&authenticator.path(&world)).await.expect(200);
    assert_eq!(
        (&kept["status"], &kept["friendly_name"]),
        (&json!("verified"), &json!("Anna"))
    );
}

#[tokio::test]
async fn a_right_code_approves_at_once_and_counts_once() {
    let world = World::new().await;
    subscribe(&world).await;
    let authenticator = Authenticator::unverified(&world, "").await;
    let code = authenticator.code(&world);
    authenticator.verify(&world, &code).await.expect(200);
    // It was used to verify.
    let replayed = authenticator.sign_in(&world, &code).await.expect(201);
    assert_eq!(replayed["status"], "pending");

    world.advance(30);
    let before = authenticator.code_in(&world, -1);
    let code = authenticator.code(&world);
    let approved = authenticator.sign_in(&world, &code).await.expect(201);
    assert_eq!(approved["status"], "approved");
    assert_eq!(approved["factor_type"], "totp");
    assert_eq!(approved["date_responded"], approved["date_created"]);
    assert_eq!(approved["details"], json!({"message": "", "fields": []}));
    let path = world.at(&format!("/Challenges/{}", approved["sid"].as_str().unwrap()));
    let fetched = world.get(&path).await;
    assert_eq!(fetched.expect(200), approved);
    for used in [code, before] {
        let replayed = authenticator.sign_in(&world, &used).await.expect(201);
        assert_eq!(replayed["status"], "pending");
    }
    // A clock that is a little fast.
    let after = authenticator.code_in(&world, 1);
    let approved = authenticator.sign_in(&world, &after).await.expect(201);
    assert_eq!(approved["status"], "approved");
    assert_eq!(
        told(&world).await,
        [
            "factor.created totp",
            "factor.verified totp",
            "challenge.created totp",
            "challenge.created totp",
            "challenge.approved totp",
            "challenge.created totp",
            "challenge.created totp",
            "challenge.created totp",
            "challenge.approved totp",
        ]
    );
}

#[tokio::test]
async fn a_challenge_waits_for_its_code_and_is_answered_once() {
    let world = World::new().await;
    let authenticator = Authenticator::verified(&world, "").await;
    let body = format!(
        "FactorSid={}&Details.Message=Your+code%3F&HiddenDetails=%7B%22ip%22%3A%22192.0.2.1%22%7D",
        authenticator.sid()
    );
    let challenge = world.post(&world.at("/Challenges"), &body).await.expect(201);
    assert_eq!(
        (&challenge["status"], &challenge["date_responded"]),
        (&json!("pending"), &Value::Null)
    );
    assert_eq!(challenge["details"]["message"], "Your code?");
    let path = world.at(&format!("/Challenges/{}", challenge["sid"].as_str().unwrap()));
    let wrong = authenticator.wrong_code(&world);
    let counted = answer(&world, &challenge, &wrong).await.expect(200);
    assert_eq!(counted, challenge);
    for not_a_code in ["", "12", "123456789", "a.b.c", "12345x"] {
        let code = if not_a_code.is_empty() { 20001 } else { 60306 };
        assert_eq!(
            answer(&world, &challenge, not_a_code).await.refusal(),
            (400, code),
            "{not_a_code}"
        );
    }
    world.advance(4);
    let note = format!(
        "{}&Metadata=%7B%22os%22%3A%22x%22%7D",
        payload(&authenticator.code(&world))
    );
    let approved = world.post(&path, &note).await.expect(200);
    assert_eq!(
        (&approved["status"], &approved["metadata"]),
        (&json!("approved"), &json!({"os": "x"}))
    );
    assert_eq!(approved["date_responded"], "2026-11-20T05:00:34Z");
    assert_eq!(world.get(&path).await.expect(200), approved);
    for code in [authenticator.code_in(&world, 1), wrong] {
        assert_eq!(answer(&world, &challenge, &code).await.refusal(), (403, 60322));
    }

    let late = authenticator.challenge(&world).await.expect(201);
    world.advance(300);
    let code = authenticator.code(&world);
    assert_eq!(answer(&world, &late, &code).await.refusal(), (403, 60323));
    // It was not used up by that.
    let approved = authenticator.sign_in(&world, &code).await.expect(201);
    assert_eq!(approved["status"], "approved");
}

#[tokio::test]
async fn settings_change_and_used_codes_stay_used() {
    let world = World::new().await;
    let mut authenticator = Authenticator::verified(&world, "").await;
    let path = authenticator.path(&world);
    let change = "FriendlyName=Desk&Config.TimeStep=60&Config.CodeLength=8&Config.Alg=sha256&Config.Skew=0";
    let changed = world.post(&path, change).await.expect(200);
    assert_eq!(
        changed["config"],
        json!({"alg": "sha256", "skew": 0, "code_length": 8, "time_step": 60})
    );
    assert_eq!(
        (&changed["friendly_name"], &changed["status"]),
        (&json!("Desk"), &json!("verified"))
    );
    authenticator.config = serde_json::from_value(changed["config"].clone()).unwrap();
    // The minute began with the half of it whose code was used.
    let code = authenticator.code(&world);
    let replayed = authenticator.sign_in(&world, &code).await.expect(201);
    assert_eq!(replayed["status"], "pending");
    world.advance(60);
    let code = authenticator.code(&world);
    assert_eq!(
        authenticator.sign_in(&world, &code).await.expect(201)["status"],
        "approved"
    );
    for change in ["Config.TimeStep=10", "Config.Alg=md5", "FriendlyName=a%00b"] {
        assert_eq!(world.post(&path, change).await.status, 400, "{change}");
    }
}

#[tokio::test]
async fn a_device_neither_makes_nor_sees_what_has_codes() {
    let world = World::new().await;
    let token = world.access_token(IDENTITY).await;
    let factors = world.at("/Factors");
    let totp = "FactorType=totp&FriendlyName=Mine";
    let refused = world.send("POST", &factors, &token, totp).await;
    assert_eq!(refused.refusal(), (403, 60313));
    // The token was not used up by that.
    let mut phone = Device::new(1);
    phone.factor = world
        .send("POST", &factors, &token, &phone.creation())
        .await
        .expect(201);
    let path = world.at(&format!("/Factors/{}", phone.sid()));
    world
        .send("POST", &path, &phone.auth(world.now()), &phone.proof())
        .await
        .expect(200);

    let authenticator = Authenticator::verified(&world, "").await;
    let challenge = authenticator.challenge(&world).await.expect(201);
    let code = payload(&authenticator.code(&world));
    let below = format!("/Challenges/{}", challenge["sid"].as_str().unwrap());
    for (method, path, body) in [
        ("GET", world.at(&below), ""),
        ("POST", world.at(&below), &*code),
        ("GET", authenticator.path(&world), ""),
        ("POST", authenticator.path(&world), &*code),
        ("DELETE", authenticator.path(&world), ""),
        (
            "GET",
            world.at(&format!("/Challenges?FactorSid={}", authenticator.sid())),
            "",
        ),
    ] {
        let reply = world.send(method, &path, &phone.auth(world.now()), body).await;
        assert_eq!(reply.refusal(), (404, 20404), "{method} {path}");
    }
    let list = world
        .send("GET", &world.at("/Challenges"), &phone.auth(world.now()), "")
        .await;
    assert_eq!(list.expect(200)["challenges"], json!([]));
    // Who claims to be the authenticator has no key that anybody knows.
    let mut forger = phone.forger();
    forger.factor = authenticator.factor.clone();
    for kid in [authenticator.sid(), "CR00000000000000000000000000000000"] {
        forger.factor["config"]["credential_sid"] = kid.into();
        let reply = world
            .send("GET", &world.at(&below), &forger.auth(world.now()), "")
            .await;
        assert_eq!(reply.refusal(), (401, 20101));
    }
}

#[tokio::test]
async fn a_device_still_has_to_be_given_a_message_and_takes_no_code() {
    let world = World::new().await;
    let phone = world.verified_device(1).await;
    let challenges = world.at("/Challenges");
    let bare = world
        .post(&challenges, &format!("FactorSid={}", phone.sid()))
        .await;
    assert_eq!(bare.refusal(), (400, 20001));
    assert_eq!(
        bare.json()["message"],
        "Missing required parameter Details.Message in the post body"
    );
    let body = format!("FactorSid={}&Details.Message=Hi&AuthPayload=123456", phone.sid());
    let made = world.post(&challenges, &body).await.expect(201);
    assert_eq!(
        (&made["status"], &made["factor_type"]),
        (&json!("pending"), &json!("push"))
    );
    let brought = answer(&world, &made, "123456").await;
    assert_eq!(brought.refusal(), (400, 60306));
}

#[tokio::test]
async fn nobody_reaches_the_codes_of_another_account_service_or_identity() {
    let world = World::new().await;
    let authenticator = Authenticator::verified(&world, "").await;
    let challenge = authenticator.challenge(&world).await.expect(201);
    let other = world.make_service("FriendlyName=Other").await;
    let path = world.at(&format!("/Challenges/{}", challenge["sid"].as_str().unwrap()));
    let code = payload(&authenticator.code(&world));
    let stranger = world.make_account(1).await;
    let elsewhere = |path: &str| {
        [
            (
                path.replace(world.service.as_str(), other.as_str()),
                world.backend(),
            ),
            (path.replace(IDENTITY, "user-0002"), world.backend()),
            (path.to_owned(), stranger.clone()),
        ]
    };
    let create = format!("FactorSid={}&{code}", authenticator.sid());
    for (path, body) in [
        (path.clone(), &code),
        (authenticator.path(&world), &code),
        (world.at("/Challenges"), &create),
    ] {
        for (path, who) in elsewhere(&path) {
            let reply = world.send("POST", &path, &who, body).await;
            assert_eq!(reply.refusal(), (404, 20404), "{path}");
        }
    }
    // None of them used the code up, or counted it as wrong.
    assert_eq!(world.post(&path, &code).await.expect(200)["status"], "approved");
}

#[tokio::test]
async fn what_is_deleted_takes_no_more_codes() {
    let world = World::new().await;
    subscribe(&world).await;
    let authenticator = Authenticator::verified(&world, "").await;
    let challenge = authenticator.challenge(&world).await.expect(201);
    let expiring = authenticator.challenge(&world).await.expect(201);
    let path = world.at(&format!("/Challenges/{}", expiring["sid"].as_str().unwrap()));
    let notified = world.post(&format!("{path}/Notifications"), "").await;
    assert_eq!(notified.refusal(), (400, 60307));
    assert_eq!(world.delete(&authenticator.path(&world)).await.status, 204);
    let code = authenticator.code(&world);
    assert_eq!(answer(&world, &challenge, &code).await.refusal(), (404, 20404));
    assert_eq!(authenticator.verify(&world, &code).await.refusal(), (404, 20404));
    assert_eq!(authenticator.sign_in(&world, &code).await.refusal(), (404, 20404));
    world.advance(300);
    assert_eq!(world.get(&path).await.expect(200)["factor_type"], "totp");
    world.app.store.record_expired(world.now()).await.unwrap();
    let told = told(&world).await;
    assert_eq!(
        told[4..],
        [
            "factor.deleted totp",
            "challenge.expired totp",
            "challenge.expired totp"
        ]
    );

    let second = Authenticator::verified(&world, "").await;
    assert_eq!(world.delete(&world.at("")).await.status, 204);
    assert_eq!(second.verify(&world, "123456").await.refusal(), (404, 20404));
    let third = Authenticator::unverified(&world, "").await;
    assert_eq!(
        world
            .delete(&format!("/v2/Services/{}", world.service))
            .await
            .status,
        204
    );
    assert_eq!(third.verify(&world, "123456").await.refusal(), (404, 20404));
    assert!(
        world
            .app
            .store
            .dump("SELECT 1 AS one FROM factors")
            .await
            .is_empty()
    );
}

#[tokio::test]
async fn a_factor_that_is_never_verified_goes_after_a_day() {
    let world = World::new().await;
    let authenticator = Authenticator::unverified(&world, "").await;
    let phone = world.verified_device(1).await;
    world.advance(24 * 3600);
    world.app.store.sweep(world.now()).await.unwrap();
    let code = authenticator.code(&world);
    assert_eq!(authenticator.verify(&world, &code).await.refusal(), (404, 20404));
    world.challenge(&phone).await.expect(200);
}
