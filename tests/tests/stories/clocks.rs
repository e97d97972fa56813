//! A computer whose clock is wrong.

use countersign_core::{AnswerError, ChallengeStatus, Connection, EnrolError};
use countersign_protocol::clock::{Clock, SteerableClock};
use countersign_tests::world::{ada, beginning};
use countersign_tests::{Device, Question, World};
use jiff::SignedDuration;

async fn device_off_by(by: SignedDuration) -> Device {
    Device::open(SteerableClock::at(beginning() + by)).await
}

fn refused(world: &World) -> usize {
    world
        .proxy
        .seen()
        .iter()
        .filter(|exchange| exchange.status.is_some_and(|status| status == 401))
        .count()
}

#[tokio::test]
async fn two_hours_of_skew_heal_with_exactly_one_refusal() {
    for hours in [2, -2] {
        let by = SignedDuration::from_hours(hours);
        let world = World::start().await;
        let device = device_off_by(by).await;
        let factor = device.enrol(&world, &ada()).await;
        for message in ["Sign in?", "Pay?"] {
            let asked = world
                .tenant
                .ask(&ada(), &factor, &Question::new(message))
                .await
                .unwrap();
            device.check().await;
            let request = device.look_at(&asked.sid).await;
            assert_eq!(request.expires_in.as_secs(), 300, "the time left is the server's");
            let answered = device
                .authenticator
                .approve(&asked.sid, &request.digest)
                .await
                .unwrap();
            assert_eq!(
                answered.at,
                world.clock.now(),
                "the time of an answer is the server's"
            );
            let theirs = world.tenant.challenge(&ada(), &asked.sid).await.unwrap();
            assert_eq!(theirs.status, ChallengeStatus::Approved);
        }
        assert_eq!(refused(&world), 1, "a clock {hours} hours off");
        let connections = device.authenticator.connections().await.unwrap();
        assert_eq!(connections[0].connection, Connection::ClockSkewed { by: -by });
    }
}

#[tokio::test]
async fn a_clock_that_is_set_right_again_heals_as_well() {
    let world = World::start().await;
    let device = device_off_by(SignedDuration::from_hours(-2)).await;
    let factor = device.enrol(&world, &ada()).await;
    device.clock.advance(SignedDuration::from_hours(2));
    let asked = world.ask(&factor, &Question::new("Sign in?")).await;
    let shown = device.look_at(&asked.sid).await.digest;
    device.authenticator.approve(&asked.sid, &shown).await.unwrap();
    assert_eq!(
        refused(&world),
        2,
        "one when it was wrong and one when it was right again"
    );
    device.check().await;
    let connections = device.authenticator.connections().await.unwrap();
    assert_eq!(connections[0].connection, Connection::Online);
}

#[tokio::test]
async fn a_small_skew_costs_nothing() {
    for seconds in [-100, 100] {
        let world = World::start().await;
        let device = device_off_by(SignedDuration::from_secs(seconds)).await;
        let factor = device.enrol(&world, &ada()).await;
        let asked = world.ask(&factor, &Question::new("Sign in?")).await;
        let shown = device.look_at(&asked.sid).await.digest;
        device.authenticator.approve(&asked.sid, &shown).await.unwrap();
        assert_eq!(refused(&world), 0);
    }
}

#[tokio::test]
async fn a_device_behind_the_server_does_not_approve_what_has_expired() {
    let world = World::start().await;
    let device = device_off_by(SignedDuration::from_secs(-100)).await;
    let factor = device.enrol(&world, &ada()).await;
    let asked = world.ask(&factor, &Question::new("Sign in?")).await;
    let shown = device.look_at(&asked.sid).await.digest;
    world.advance(SignedDuration::from_secs(300));
    let late = device.authenticator.approve(&asked.sid, &shown).await;
    assert!(matches!(late, Err(AnswerError::Expired { .. })), "{late:?}");
}

#[tokio::test]
async fn a_clock_that_is_off_by_days_is_said_and_bridged_by_nothing() {
    let world = World::start().await;
    let device = device_off_by(SignedDuration::from_hours(-50)).await;
    let link = world.tenant.invite(&ada(), world.proxy.url()).await.to_link();
    let by = match device.authenticator.enrol(&link).await {
        Err(EnrolError::ClockSkewed { by }) => by,
        other => panic!("{other:?}"),
    };
    assert_eq!(by, Some(SignedDuration::from_hours(50)));
    // The factor that was begun can only be taken back by its own key, at a time that the server believes.
    device.clock.set(world.clock.now());
    device.check().await;
    assert!(device.authenticator.factors().await.unwrap().is_empty());
    assert!(device.keys.ids().is_empty());
    assert!(world.tenant.factors(&ada()).await.is_empty());
}

#[tokio::test]
async fn an_approval_beyond_the_bridge_is_refused_and_nothing_is_sent() {
    let world = World::start().await;
    let device = device_off_by(SignedDuration::ZERO).await;
    let factor = device.enrol(&world, &ada()).await;
    let asked = world.ask(&factor, &Question::new("Sign in?")).await;
    let shown = device.look_at(&asked.sid).await.digest;
    device.clock.advance(SignedDuration::from_hours(27));
    world.proxy.forget();
    let answered = device.authenticator.approve(&asked.sid, &shown).await;
    assert!(
        matches!(answered, Err(AnswerError::ClockSkewed { .. })),
        "{answered:?}"
    );
    assert!(
        !world
            .proxy
            .seen()
            .iter()
            .any(|exchange| exchange.answers_challenge())
    );
    assert_eq!(world.status(&asked.sid).await, ChallengeStatus::Pending);
}
