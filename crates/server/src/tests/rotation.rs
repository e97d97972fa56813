//! Auth tokens of an account, of which two are good for a while.

use countersign_protocol::{basic_auth::BasicAuth, sid::AccountSid, webhook_signature};
use secrecy::ExposeSecret as _;

use super::{AUTH_TOKEN, World, receiver::Receiver, subscribe};
use crate::{
    deliveries::{Courier, Targets},
    serving::rotate_account,
    store::{StoreError, accounts::RotationError},
};

async fn status(world: &World, token: &str) -> u16 {
    let credentials = BasicAuth {
        user: world.account.to_string(),
        password: token.to_owned(),
    };
    let reply = world
        .send("GET", "/v2/Services", &credentials.to_header(), "")
        .await;
    reply.status.as_u16()
}

async fn rotate(world: &World) -> Result<String, RotationError> {
    let made = rotate_account(&world.app.store, &world.app.key, &world.account).await;
    made.map(|token| token.expose_secret().to_owned())
}

#[tokio::test]
async fn two_auth_tokens_are_good_and_webhooks_are_signed_with_the_primary_one() {
    let world = World::new().await;
    let receiver = Receiver::new().await;
    let url = receiver.url("/");
    subscribe(&world, &url, &["factor.created"]).await;
    let mut courier = Courier::new(world.app.clone(), Targets::Any).unwrap();
    let new = rotate(&world).await.unwrap();
    assert!(matches!(rotate(&world).await, Err(RotationError::Begun)));
    for (seed, signed_with) in [(1, AUTH_TOKEN), (2, &new)] {
        assert_eq!(status(&world, AUTH_TOKEN).await, 200);
        assert_eq!(status(&world, &new).await, 200);
        assert_eq!(status(&world, "another").await, 401);
        world.unverified_device(seed).await;
        if seed == 2 {
            world.app.store.promote_secondary(&world.account).await.unwrap();
        }
        while courier.deliver_due().await.unwrap() > 0 {}
        let told = receiver.heard().pop().unwrap();
        let signature = told.headers[webhook_signature::HEADER].to_str().unwrap();
        assert!(webhook_signature::verify_form(
            signed_with,
            &url,
            &told.form,
            signature
        ));
    }
    assert_eq!(status(&world, AUTH_TOKEN).await, 401);
    for refused in [
        world.app.store.promote_secondary(&world.account).await,
        world.app.store.drop_secondary(&world.account).await,
    ] {
        assert!(matches!(refused, Err(RotationError::NotBegun)));
    }
    assert_eq!(status(&world, &new).await, 200);
}

#[tokio::test]
async fn a_rotation_that_fails_anywhere_changes_nothing() {
    let world = World::new().await;
    let store = &world.app.store;
    let mut steps = 0;
    let new = loop {
        store.faults().fail_after(steps);
        let made = rotate(&world).await;
        if !store.faults().clear() {
            break made.unwrap();
        }
        assert!(matches!(made, Err(RotationError::Store(StoreError::Injected))));
        assert!(!store.list_accounts().await.unwrap()[0].has_secondary);
        assert_eq!(status(&world, AUTH_TOKEN).await, 200);
        steps += 1;
    };
    assert!(steps >= 3, "{steps}");
    for steps in 0.. {
        store.faults().fail_after(steps);
        let promoted = store.promote_secondary(&world.account).await;
        if !store.faults().clear() {
            promoted.unwrap();
            break;
        }
        assert!(store.list_accounts().await.unwrap()[0].has_secondary);
        assert_eq!(
            (status(&world, AUTH_TOKEN).await, status(&world, &new).await),
            (200, 200)
        );
    }
    assert_eq!(
        (status(&world, AUTH_TOKEN).await, status(&world, &new).await),
        (401, 200)
    );
}

#[tokio::test]
async fn an_account_that_is_not_there_has_no_auth_token_to_change() {
    let world = World::new().await;
    let nobody = AccountSid::from_random([1; 16]);
    let store = &world.app.store;
    let added = rotate_account(store, &world.app.key, &nobody).await;
    assert!(matches!(added, Err(RotationError::NotFound)));
    for refused in [
        store.promote_secondary(&nobody).await,
        store.drop_secondary(&nobody).await,
    ] {
        assert!(matches!(refused, Err(RotationError::NotFound)));
    }
    assert_eq!(store.list_accounts().await.unwrap().len(), 1);
}
