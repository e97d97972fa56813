//! A person adds this computer to an account.

use countersign_core::{Connection, EnrolError, FactorStatus, PreviewKind};
use countersign_protocol::{clock::Clock, resources::factor::FactorConfig};
use countersign_tests::world::{ada, grace};
use countersign_tests::{Device, World};
use jiff::SignedDuration;

#[tokio::test]
async fn a_link_enrols_this_computer_with_a_key_of_its_own() {
    let world = World::start().await;
    let device = world.device().await;
    let link = world.tenant.invite(&ada(), world.proxy.url()).await.to_link();

    let preview = device.authenticator.preview(&link).unwrap();
    assert_eq!(preview.kind, PreviewKind::Direct);
    assert_eq!(
        preview.host,
        format!("127.0.0.1:{}", world.proxy.url().port().unwrap())
    );
    assert_eq!(preview.issuer.as_deref(), Some("Acme"));
    assert_eq!(preview.identity, Some(ada()));
    assert!(
        world.proxy.seen().is_empty(),
        "nothing is asked before the person agrees"
    );
    assert!(device.keys.ids().is_empty());

    let factor = device.authenticator.enrol(&link).await.unwrap();
    assert_eq!(factor.status, FactorStatus::Verified);
    assert_eq!(factor.identity, ada());
    assert_eq!(factor.created_at, world.clock.now());
    assert_eq!(device.keys.ids().len(), 1);
    let connections = device.authenticator.connections().await.unwrap();
    assert_eq!(connections[0].connection, Connection::Online);

    let theirs = world.tenant.factor(&ada(), &factor.sid).await.unwrap();
    assert_eq!(theirs.status, FactorStatus::Verified);
    let FactorConfig::Push(config) = &theirs.config else {
        panic!("a device is a push factor");
    };
    assert_eq!(config.notification_platform.as_str(), "none");
    assert_eq!(
        world.proxy.seen().len(),
        2,
        "one request makes the factor and one proves its key"
    );
}

#[tokio::test]
async fn a_link_enrols_one_device_only() {
    let world = World::start().await;
    let (first, second) = (world.device().await, world.device().await);
    let link = world.tenant.invite(&ada(), world.proxy.url()).await.to_link();
    first.authenticator.enrol(&link).await.unwrap();
    let refused = second.authenticator.enrol(&link).await;
    assert!(
        matches!(refused, Err(EnrolError::UsedOrExpired(_))),
        "{refused:?}"
    );
    assert_nothing_left(&second).await;
    assert_eq!(world.tenant.factors(&ada()).await.len(), 1);
}

#[tokio::test]
async fn of_two_devices_that_open_a_link_at_once_one_is_enrolled() {
    let world = World::start().await;
    let (first, second) = (world.device().await, world.device().await);
    let link = world.tenant.invite(&ada(), world.proxy.url()).await.to_link();
    let held = world
        .proxy
        .hold(|exchange, _| exchange.path.ends_with("/Factors"));
    let race = async {
        tokio::join!(
            first.authenticator.enrol(&link),
            second.authenticator.enrol(&link)
        )
    };
    let release = async {
        held.arrived(2).await;
        held.release();
    };
    let ((one, other), ()) = tokio::join!(race, release);
    let (winner, loser, left) = if one.is_ok() {
        (one, other, &second)
    } else {
        (other, one, &first)
    };
    assert!(winner.is_ok(), "{winner:?}");
    assert!(matches!(loser, Err(EnrolError::UsedOrExpired(_))), "{loser:?}");
    assert_nothing_left(left).await;
    assert_eq!(world.tenant.factors(&ada()).await.len(), 1);
}

#[tokio::test]
async fn a_link_that_is_too_old_enrols_nobody() {
    let world = World::start().await;
    let device = world.device().await;
    let link = world.tenant.invite(&ada(), world.proxy.url()).await.to_link();
    world.advance(SignedDuration::from_secs(301));
    let refused = device.authenticator.enrol(&link).await;
    assert!(
        matches!(refused, Err(EnrolError::UsedOrExpired(_))),
        "{refused:?}"
    );
    assert_nothing_left(&device).await;
    assert!(world.tenant.factors(&ada()).await.is_empty());
}

#[tokio::test]
async fn a_link_enrols_for_nobody_but_the_person_it_was_made_for() {
    let world = World::start().await;
    let device = world.device().await;
    let mut enrolment = world.tenant.invite(&ada(), world.proxy.url()).await;
    enrolment.identity = grace();
    assert!(device.authenticator.enrol(&enrolment.to_link()).await.is_err());
    let other = world.tenant.account.create_service("Umbrella").await;
    enrolment.identity = ada();
    enrolment.service_sid = other.sid.clone();
    assert!(device.authenticator.enrol(&enrolment.to_link()).await.is_err());
    assert_nothing_left(&device).await;
    assert!(world.tenant.factors(&grace()).await.is_empty());
    assert!(other.factors(&ada()).await.is_empty());
}

#[tokio::test]
async fn a_removed_factor_is_gone_here_and_there_with_its_key() {
    let world = World::start().await;
    let (device, factor) = world.enrolled(&ada()).await;
    device.authenticator.remove(&factor).await.unwrap();
    assert_nothing_left(&device).await;
    assert!(world.tenant.factors(&ada()).await.is_empty());
}

async fn assert_nothing_left(device: &Device) {
    assert!(device.keys.ids().is_empty(), "a key is left");
    assert!(
        device.authenticator.factors().await.unwrap().is_empty(),
        "a factor is left"
    );
}
