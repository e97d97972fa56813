//! How codes answer challenges.

use serde_json::{Value, json};

use super::{Authenticator, answer, subscribe, told};
use crate::tests::{World, payload};

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
