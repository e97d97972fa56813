//! The issuer revokes a factor.

use countersign_core::{AnswerError, Connection, Removal};
use countersign_tests::world::ada;
use countersign_tests::{Question, World};

#[tokio::test]
async fn a_revoked_factor_is_said_and_answers_nothing() {
    let world = World::start().await;
    let (device, factor) = world.enrolled(&ada()).await;
    let asked = world.ask(&factor, &Question::new("Sign in?")).await;
    let shown = device.look_at(&asked.sid).await.digest;
    world.tenant.revoke(&ada(), &factor).await.unwrap();

    let answered = device.authenticator.approve(&asked.sid, &shown).await;
    assert!(
        matches!(answered, Err(AnswerError::FactorRevoked)),
        "{answered:?}"
    );
    device.check().await;
    let connections = device.authenticator.connections().await.unwrap();
    assert_eq!(connections[0].connection, Connection::SignedOut);
    assert_eq!(
        device.authenticator.factors().await.unwrap().len(),
        1,
        "it stays until a person removes it"
    );
}

#[tokio::test]
async fn a_revoked_factor_can_be_removed_here() {
    let world = World::start().await;
    let (device, factor) = world.enrolled(&ada()).await;
    world.tenant.revoke(&ada(), &factor).await.unwrap();
    assert_eq!(
        device.authenticator.remove(&factor).await.unwrap(),
        Removal::Removed
    );
    assert!(device.authenticator.factors().await.unwrap().is_empty());
    assert!(device.keys.ids().is_empty());
}

#[tokio::test]
async fn other_factors_go_on_when_one_is_revoked() {
    let world = World::start().await;
    let device = world.device().await;
    let (revoked, other) = (
        device.enrol(&world, &ada()).await,
        device.enrol(&world, &ada()).await,
    );
    world.tenant.revoke(&ada(), &revoked).await.unwrap();
    let asked = world.ask(&other, &Question::new("Sign in?")).await;
    device.check().await;
    assert_eq!(device.waiting().await, std::slice::from_ref(&asked.sid));
    let shown = device.look_at(&asked.sid).await.digest;
    device.authenticator.approve(&asked.sid, &shown).await.unwrap();
    assert!(
        world
            .tenant
            .ask(&ada(), &revoked, &Question::new("Sign in?"))
            .await
            .is_err()
    );
}
