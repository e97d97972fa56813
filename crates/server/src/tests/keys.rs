//! One server key follows another, under a server that serves on.

use std::path::Path;

use super::{IDENTITY, World};
use crate::{
    server_key::Purpose,
    serving::{RetireError, reseal, retire_key, rotate_account},
};

/// No file: none of these gets as far as changing it.
const NO_FILE: &str = "/nonexistent/key";

async fn retire(world: &World, id: &str) -> Result<(), RetireError> {
    let (store, key) = (&world.app.store, &world.app.key);
    retire_key(store, key, Path::new(NO_FILE), id, world.now()).await
}

async fn make_access_token(world: &World) {
    let tokens = format!("/v2/Services/{}/AccessTokens", world.service);
    let body = format!("Identity={IDENTITY}&FactorType=push");
    world.post(&tokens, &body).await.expect(201);
}

/// Seals one of each.
async fn seal_everything(world: &World) {
    let (store, key) = (&world.app.store, &world.app.key);
    store.settle_key_id(&key.id()).await.unwrap();
    let secondary = rotate_account(store, key, &world.account).await;
    secondary.unwrap();
    let codes = "FriendlyName=Codes&FactorType=totp";
    world.post(&world.at("/Factors"), codes).await.expect(201);
    let phone = world.verified_device(1).await;
    let number = format!(
        "FactorSid={}&Details.Message=Yes%3F&HiddenDetails=%7B%22countersign.match%22%3A%2242%22%7D",
        phone.sid()
    );
    world.post(&world.at("/Challenges"), &number).await.expect(201);
    make_access_token(world).await;
}

#[tokio::test]
async fn all_that_is_sealed_is_sealed_anew_whatever_fails_meanwhile() {
    let world = World::new().await;
    let (store, key) = (&world.app.store, &world.app.key);
    seal_everything(&world).await;
    let old = key.id();
    assert_eq!(store.count_sealed_by_others(key).await.unwrap(), 0);
    assert!(matches!(retire(&world, &old).await, Err(RetireError::Sealing)));

    let new = key.add();
    assert_eq!(key.id(), old, "a new key seals nothing by itself");
    for steps in 0.. {
        store.faults().fail_after(steps);
        let done = reseal(store, key).await;
        let failed = store.faults().clear();
        assert_eq!(done.is_err(), failed);
        world.get("/v2/Services").await.expect(200);
        if !failed {
            assert!(steps >= 15, "{steps}");
            break;
        }
        let left = store.count_sealed_by_others(key).await.unwrap();
        match retire(&world, &old).await {
            Err(RetireError::Needed { sealed }) => assert!(sealed == left && left > 0),
            Err(RetireError::AccessTokens) => assert_eq!(left, 0),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(
        (key.id(), store.load_key_id().await.unwrap()),
        (new.clone(), Some(new))
    );
    assert_eq!(store.count_sealed_by_others(key).await.unwrap(), 0);
    assert_eq!(reseal(store, key).await.unwrap(), 0);

    // Devices may still come with tokens that the old key has made.
    assert!(matches!(
        retire(&world, &old).await,
        Err(RetireError::AccessTokens)
    ));
    world.advance(301);
    assert!(
        matches!(retire(&world, &old).await, Err(RetireError::Key(_))),
        "no file"
    );
    key.forget(&old);
    world.get("/v2/Services").await.expect(200);
    let numbers = store.dump("SELECT sid, number_sealed FROM challenges").await;
    let sid: String = numbers[0].get("sid").unwrap();
    let sealed: Vec<u8> = numbers[0].get("number_sealed").unwrap();
    let number = key.open(Purpose::MatchNumber(&sid), &sealed).unwrap();
    assert_eq!(number.as_slice(), b"42");
}

#[tokio::test]
async fn more_than_a_batch_is_sealed_anew() {
    let world = World::new().await;
    let (store, key) = (&world.app.store, &world.app.key);
    store.settle_key_id(&key.id()).await.unwrap();
    for _ in 0..101 {
        make_access_token(&world).await;
    }
    key.add();
    assert_eq!(reseal(store, key).await.unwrap(), 102);
    assert_eq!(store.count_sealed_by_others(key).await.unwrap(), 0);
}

#[tokio::test]
async fn an_access_token_of_the_key_before_is_good_until_it_expires() {
    let world = World::new().await;
    let (store, key) = (&world.app.store, &world.app.key);
    store.settle_key_id(&key.id()).await.unwrap();
    let token = world.access_token(IDENTITY).await;
    key.add();
    reseal(store, key).await.unwrap();
    let device = super::Device::new(1);
    let path = world.at("/Factors");
    world
        .send("POST", &path, &token, &device.creation())
        .await
        .expect(201);
}

#[tokio::test]
async fn nobody_is_told_apart_after_the_key_that_nobodys_token_was_sealed_with_is_gone() {
    let world = World::new().await;
    let (store, key) = (&world.app.store, &world.app.key);
    let old = key.id();
    key.add();
    reseal(store, key).await.unwrap();
    key.forget(&old);
    let nobody = countersign_protocol::basic_auth::BasicAuth {
        user: format!("AC{}", "0".repeat(32)),
        password: "wrong".to_owned(),
    };
    let reply = world.send("GET", "/v2/Services", &nobody.to_header(), "").await;
    assert_eq!(reply.refusal(), (401, 20003));
}
