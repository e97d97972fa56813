//! Who has no business with codes: devices, and other accounts, services and identities.

use serde_json::json;

use super::Authenticator;
use crate::tests::{Device, IDENTITY, World, payload};

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
