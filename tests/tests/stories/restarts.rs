//! Programs end in the middle, and start again.

use countersign_core::{Authenticator, ChallengeStatus, FactorStatus};
use countersign_tests::world::ada;
use countersign_tests::{Device, Exchange, Fault, Question, World};

#[tokio::test]
async fn a_device_that_was_ended_goes_on_where_it_was() {
    let world = World::start().await;
    let (device, factor) = world.enrolled(&ada()).await;
    let answered = world.ask(&factor, &Question::new("Pay?")).await;
    let shown = device.look_at(&answered.sid).await.digest;
    let proof = device
        .authenticator
        .approve(&answered.sid, &shown)
        .await
        .unwrap()
        .signed_response;
    let asked = world.ask(&factor, &Question::new("Sign in?")).await;
    let shown = device.look_at(&asked.sid).await.digest;

    let device = device.restarted().await;
    let factors = device.authenticator.factors().await.unwrap();
    assert_eq!(factors.len(), 1);
    assert_eq!(factors[0].sid, factor);
    assert_eq!(
        device.authenticator.history(10).await.unwrap()[0].signed_response,
        Some(proof)
    );
    assert_eq!(device.waiting().await, std::slice::from_ref(&asked.sid));
    assert_eq!(
        device.authenticator.request(&asked.sid).await.unwrap().digest,
        shown,
        "it is pinned still"
    );
    device.authenticator.approve(&asked.sid, &shown).await.unwrap();
    assert_eq!(world.status(&asked.sid).await, ChallengeStatus::Approved);
}

#[tokio::test]
async fn a_server_that_was_started_again_has_lost_nothing() {
    let mut world = World::start().await;
    let (device, factor) = world.enrolled(&ada()).await;
    let asked = world.ask(&factor, &Question::new("Sign in?")).await;
    let invitation = world.tenant.invite(&ada(), world.proxy.url()).await.to_link();
    let shown = device.look_at(&asked.sid).await.digest;

    world.stop_server().await;
    assert!(device.authenticator.approve(&asked.sid, &shown).await.is_err());
    world.restart_server().await;

    assert_eq!(device.look_at(&asked.sid).await.digest, shown);
    device.authenticator.approve(&asked.sid, &shown).await.unwrap();
    assert_eq!(world.status(&asked.sid).await, ChallengeStatus::Approved);
    let other = world.device().await;
    other.authenticator.enrol(&invitation).await.unwrap();
    world.restart_server().await;
    assert_eq!(world.status(&asked.sid).await, ChallengeStatus::Approved);
    assert!(
        world
            .device()
            .await
            .authenticator
            .enrol(&invitation)
            .await
            .is_err(),
        "used before, and still used"
    );
    assert_eq!(world.tenant.factors(&ada()).await.len(), 2);
}

/// Ends the program while a request of what it does stands at the server's door.
async fn ended_at(
    world: &World,
    device: Device,
    door: fn(&Exchange, &[Exchange]) -> bool,
    act: impl Future<Output = ()> + Send + 'static,
) -> Device {
    let held = world.proxy.hold(door);
    let acting = tokio::spawn(act);
    held.arrived(1).await;
    acting.abort();
    assert!(acting.await.unwrap_err().is_cancelled());
    world.proxy.calm_down();
    held.release();
    device.restarted().await
}

async fn enrol(authenticator: Authenticator, link: String) {
    drop(authenticator.enrol(&link).await);
}

#[tokio::test]
async fn an_enrolment_that_was_ended_before_the_factor_was_known_leaves_no_key() {
    let world = World::start().await;
    let device = world.device().await;
    let link = world.tenant.invite(&ada(), world.proxy.url()).await.to_link();
    let enrolling = enrol(device.authenticator.clone(), link);
    let device = ended_at(
        &world,
        device,
        |exchange, _| exchange.path.ends_with("/Factors"),
        enrolling,
    )
    .await;
    assert!(
        device.keys.ids().is_empty(),
        "a key without a factor is deleted at the next start"
    );
    assert!(device.authenticator.factors().await.unwrap().is_empty());
    device.enrol(&world, &ada()).await;
    assert_eq!(device.keys.ids().len(), 1);
}

#[tokio::test]
async fn an_enrolment_that_was_ended_before_its_proof_is_finished_or_taken_back() {
    let world = World::start().await;
    let device = world.device().await;
    let link = world.tenant.invite(&ada(), world.proxy.url()).await.to_link();
    let enrolling = enrol(device.authenticator.clone(), link);
    let device = ended_at(
        &world,
        device,
        |exchange, _| exchange.path.contains("/Factors/YF"),
        enrolling,
    )
    .await;
    device.check().await;
    let (here, there) = (
        device.authenticator.factors().await.unwrap(),
        world.tenant.factors(&ada()).await,
    );
    assert_eq!(here.len(), there.len());
    assert_eq!(here.len(), device.keys.ids().len());
    for (here, there) in here.iter().zip(&there) {
        assert_eq!(here.sid, there.sid);
        assert_eq!(
            (here.status, there.status),
            (FactorStatus::Verified, FactorStatus::Verified)
        );
    }
}

#[tokio::test]
async fn an_approval_that_was_ended_on_its_way_is_what_the_server_made_of_it() {
    for (fault, status) in [
        (Fault::AnswerLost, ChallengeStatus::Approved),
        (Fault::NeverArrives, ChallengeStatus::Pending),
    ] {
        let world = World::start().await;
        let (device, factor) = world.enrolled(&ada()).await;
        let asked = world.ask(&factor, &Question::new("Sign in?")).await;
        let shown = device.look_at(&asked.sid).await.digest;
        world.proxy.calm_down();
        world.proxy.plan(1, fault);
        // It ends when it looks for the second time, not knowing what became of its answer.
        let second_look = |exchange: &Exchange, before: &[Exchange]| {
            exchange.fetches_challenge() && before.iter().any(Exchange::answers_challenge)
        };
        let (authenticator, sid) = (device.authenticator.clone(), asked.sid.clone());
        let approving = async move { drop(authenticator.approve(&sid, &shown).await) };
        let device = ended_at(&world, device, second_look, approving).await;
        device.check().await;
        assert_eq!(world.status(&asked.sid).await, status);
        assert!(
            !world.proxy.seen().iter().any(Exchange::answers_challenge),
            "nothing is sent by itself"
        );
        let history = device.authenticator.history(10).await.unwrap();
        if status == ChallengeStatus::Approved {
            assert!(device.waiting().await.is_empty());
            assert!(history[0].answered_here && history[0].signed_response.is_some());
        } else {
            assert_eq!(device.waiting().await, std::slice::from_ref(&asked.sid));
            assert!(history.is_empty());
        }
    }
}
