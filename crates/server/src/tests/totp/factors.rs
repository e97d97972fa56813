//! How a factor with codes is made, verified and changed.

use serde_json::{Value, json};

use super::Authenticator;
use crate::tests::{IDENTITY, World, payload};

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
        .flat_map(crate::store::Row::columns)
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
