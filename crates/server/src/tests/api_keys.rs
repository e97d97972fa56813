//! API keys: what they open, what they do not, and when they end.

use countersign_protocol::{
    basic_auth::BasicAuth,
    sid::{AccountSid, ApiKeySid},
};
use secrecy::ExposeSecret as _;

use super::World;
use crate::{rates::Profile, serving::make_api_key, store::api_keys::ApiKey};

async fn make(world: &World) -> BasicAuth {
    let made = make_api_key(&world.app.store, &world.account, "Billing", &world.clock).await;
    let (sid, secret) = made.unwrap().unwrap();
    BasicAuth {
        user: sid.to_string(),
        password: secret.expose_secret().to_owned(),
    }
}

fn with(user: impl ToString, password: &str) -> BasicAuth {
    BasicAuth {
        user: user.to_string(),
        password: password.to_owned(),
    }
}

async fn status(world: &World, credentials: &BasicAuth) -> u16 {
    let reply = world
        .send("GET", "/v2/Services", &credentials.to_header(), "")
        .await;
    reply.status.as_u16()
}

async fn kept(world: &World) -> ApiKey {
    let mut keys = world.app.store.list_api_keys(&world.account).await.unwrap();
    assert_eq!(keys.len(), 1);
    keys.remove(0)
}

#[tokio::test]
async fn an_api_key_does_what_the_auth_token_of_its_account_does_and_nothing_in_another() {
    let world = World::new().await;
    let key = make(&world).await.to_header();
    let service = format!("/v2/Services/{}", world.service);
    let read = world.send("GET", &service, &key, "").await.expect(200);
    assert_eq!(read["account_sid"], *world.account.as_str());
    let phone = world.verified_device(1).await;
    let factor = world.at(&format!("/Factors/{}", phone.sid()));
    world.send("GET", &factor, &key, "").await.expect(200);
    world.send("DELETE", &factor, &key, "").await.expect(204);
    let token = format!("{service}/AccessTokens");
    let body = "Identity=user-0001&FactorType=push";
    world.send("POST", &token, &key, body).await.expect(201);

    let stranger = world.make_account(0xbb).await;
    let foreign = world
        .send("POST", "/v2/Services", &stranger, "FriendlyName=Other")
        .await;
    let foreign = format!("/v2/Services/{}", foreign.expect(201)["sid"].as_str().unwrap());
    assert_eq!(
        world.send("GET", &foreign, &key, "").await.refusal(),
        (404, 20404)
    );
}

#[tokio::test]
async fn whatever_is_wrong_with_an_api_key_looks_the_same() {
    let world = World::new().await;
    let (key, revoked) = (make(&world).await, make(&world).await);
    let sid: ApiKeySid = revoked.user.parse().unwrap();
    assert!(world.app.store.revoke_api_key(&sid, world.now()).await.unwrap());
    assert!(!world.app.store.revoke_api_key(&sid, world.now()).await.unwrap());
    let nobody = ApiKeySid::from_random([0; 16]);
    let mut answers = Vec::new();
    for wrong in [
        revoked.clone(),
        with(&key.user, ""),
        with(&key.user, &revoked.password),
        with(&key.user, super::AUTH_TOKEN),
        with(&world.account, &key.password),
        with(&nobody, &key.password),
        with(&nobody, ""),
        with("SK", &key.password),
        with(key.user.to_lowercase(), &key.password),
    ] {
        let reply = world.send("GET", "/v2/Services", &wrong.to_header(), "").await;
        assert_eq!(reply.refusal(), (401, 20003), "{}", wrong.user);
        answers.push(reply.text);
    }
    answers.dedup();
    assert_eq!(answers.len(), 1);
    assert_eq!(status(&world, &key).await, 200);
}

#[tokio::test]
async fn the_day_of_the_last_use_is_kept_and_a_secret_is_not() {
    let world = World::new().await;
    let key = make(&world).await;
    assert_eq!(kept(&world).await.last_used_on, None);
    assert_eq!(status(&world, &with(&key.user, "wrong")).await, 401);
    assert_eq!(kept(&world).await.last_used_on, None);
    for day in ["2026-11-20", "2026-11-21"] {
        assert_eq!(status(&world, &key).await, 200);
        assert_eq!(status(&world, &key).await, 200);
        assert_eq!(kept(&world).await.last_used_on.as_deref(), Some(day));
        world.advance(24 * 3600);
    }
    // A clock that goes back is no reason to forget.
    world.advance(-7 * 24 * 3600);
    assert_eq!(status(&world, &key).await, 200);
    assert_eq!(kept(&world).await.last_used_on.as_deref(), Some("2026-11-21"));

    let sid = key.user.parse().unwrap();
    let proof = world.app.store.load_api_key_proof(&sid).await.unwrap().unwrap();
    assert_eq!((key.password.len(), proof.secret_hash.len()), (64, 32));
    assert!(!proof.secret_hash.starts_with(&key.password.as_bytes()[..8]));
}

#[tokio::test]
async fn a_use_that_cannot_be_noted_is_answered_all_the_same() {
    let world = World::new().await;
    let key = make(&world).await;
    let store = &world.app.store;
    let mut unnoted = 0;
    for steps in 0.. {
        store.faults().fail_after(steps);
        let answered = status(&world, &key).await;
        let struck = store.faults().clear();
        let noted = kept(&world).await.last_used_on.is_some();
        if !struck {
            assert!(answered == 200 && noted);
            break;
        }
        unnoted += u32::from(answered == 200 && !noted);
    }
    assert!(unnoted > 0, "the writing was never what failed");
}

#[tokio::test]
async fn wrong_secrets_are_counted_as_wrong_auth_tokens_are() {
    let world = World::with_rates(Profile::Usual).await;
    let key = make(&world).await;
    let wrong = with(ApiKeySid::from_random([0; 16]), "wrong");
    for _ in 0..20 {
        assert_eq!(status(&world, &wrong).await, 401);
    }
    assert_eq!(status(&world, &wrong).await, 429);
    assert_eq!(status(&world, &key).await, 429, "nobody has seen it from there");
    world.advance(60);
    assert_eq!(status(&world, &key).await, 200);
    while status(&world, &wrong).await == 401 {}
    assert_eq!(status(&world, &key).await, 200);
}

#[tokio::test]
async fn the_console_is_not_opened_with_an_api_key() {
    let world = World::new().await;
    let key = make(&world).await;
    let address = crate::client_address::ClientAddress("192.0.2.1".parse().unwrap());
    let opened = crate::caller::authenticate_account(&world.app, &key, address).await;
    assert!(opened.is_err());
}

#[tokio::test]
async fn an_account_that_is_not_there_gets_no_api_key() {
    let world = World::new().await;
    let nobody = AccountSid::from_random([1; 16]);
    let made = make_api_key(&world.app.store, &nobody, "Billing", &world.clock).await;
    assert!(made.unwrap().is_none());
    assert!(world.app.store.list_api_keys(&nobody).await.unwrap().is_empty());
}
