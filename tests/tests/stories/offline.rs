//! The network goes away in the middle.

use countersign_core::{AnswerError, ChallengeStatus, Connection};
use countersign_protocol::resources::challenge::Challenge;
use countersign_protocol::sid::FactorSid;
use countersign_tests::world::ada;
use countersign_tests::{Device, Exchange, Fault, Question, World};

/// A request that a person has looked at.
struct Shown {
    world: World,
    device: Device,
    asked: Challenge,
    digest: countersign_core::ShownDigest,
}

impl Shown {
    async fn new() -> Self {
        let world = World::start().await;
        let (device, factor) = world.enrolled(&ada()).await;
        Self::of(world, device, &factor).await
    }

    async fn of(world: World, device: Device, factor: &FactorSid) -> Self {
        let asked = world.ask(factor, &Question::new("Sign in?")).await;
        let digest = device.look_at(&asked.sid).await.digest;
        world.proxy.calm_down();
        Self {
            world,
            device,
            asked,
            digest,
        }
    }

    async fn approve(&self) -> Result<ChallengeStatus, AnswerError> {
        let answered = self
            .device
            .authenticator
            .approve(&self.asked.sid, &self.digest)
            .await;
        answered.map(|answered| answered.status)
    }

    /// What the issuer reads.
    async fn status(&self) -> ChallengeStatus {
        self.world.status(&self.asked.sid).await
    }

    /// How many answers came by.
    fn answers(&self) -> usize {
        self.world
            .proxy
            .seen()
            .iter()
            .filter(|exchange| exchange.answers_challenge())
            .count()
    }
}

#[tokio::test]
async fn without_a_network_nothing_is_approved_and_nothing_is_kept_for_later() {
    let shown = Shown::new().await;
    shown.world.proxy.go_offline();
    let answered = shown.approve().await;
    assert!(
        matches!(answered, Err(AnswerError::Offline { sent: false, .. })),
        "{answered:?}"
    );
    shown.device.check().await;
    let connections = shown.device.authenticator.connections().await.unwrap();
    let since = shown.world.clock.clone();
    let since = countersign_protocol::clock::Clock::now(&since);
    assert_eq!(connections[0].connection, Connection::Offline { since });

    shown.world.proxy.come_back();
    let device = shown.device.beside().await;
    for device in [&shown.device, &device] {
        device.check().await;
        assert_eq!(
            device.waiting().await,
            std::slice::from_ref(&shown.asked.sid),
            "it still waits for a decision"
        );
    }
    assert_eq!(shown.answers(), 0, "an approval is never sent by itself");
    assert_eq!(shown.status().await, ChallengeStatus::Pending);
    let connections = shown.device.authenticator.connections().await.unwrap();
    assert_eq!(connections[0].connection, Connection::Online);

    assert_eq!(shown.approve().await.unwrap(), ChallengeStatus::Approved);
    assert_eq!(shown.status().await, ChallengeStatus::Approved);
}

#[tokio::test]
async fn an_answer_whose_confirmation_was_lost_counts_once() {
    let shown = Shown::new().await;
    shown.world.proxy.plan(1, Fault::AnswerLost);
    assert_eq!(shown.approve().await.unwrap(), ChallengeStatus::Approved);
    assert_eq!(shown.answers(), 1);
    assert_eq!(shown.status().await, ChallengeStatus::Approved);
}

#[tokio::test]
async fn an_answer_that_never_arrived_is_sent_once_more_at_once() {
    let shown = Shown::new().await;
    shown.world.proxy.plan(1, Fault::NeverArrives);
    assert_eq!(shown.approve().await.unwrap(), ChallengeStatus::Approved);
    assert_eq!(shown.status().await, ChallengeStatus::Approved);
}

#[tokio::test]
async fn an_answer_of_unknown_fate_is_looked_up_when_the_network_is_back() {
    for (fault, status) in [
        (Fault::AnswerLost, ChallengeStatus::Approved),
        (Fault::NeverArrives, ChallengeStatus::Pending),
    ] {
        let shown = Shown::new().await;
        shown.world.proxy.plan(1, fault);
        for later in 2..10 {
            shown.world.proxy.plan(later, Fault::NeverArrives);
        }
        let answered = shown.approve().await;
        assert!(
            matches!(answered, Err(AnswerError::Offline { sent: true, .. })),
            "{answered:?}"
        );

        shown.world.proxy.calm_down();
        shown.device.check().await;
        assert_eq!(shown.answers(), 0, "it is looked up and not sent again");
        assert_eq!(shown.status().await, status);
        let waiting = shown.device.waiting().await.len();
        let history = shown.device.authenticator.history(10).await.unwrap();
        if status == ChallengeStatus::Approved {
            assert_eq!(waiting, 0);
            assert!(history[0].answered_here && history[0].signed_response.is_some());
        } else {
            assert_eq!((waiting, history.len()), (1, 0));
        }
    }
}

/// Whichever connection breaks, and however: what the person is told is what is true.
#[tokio::test]
async fn wherever_the_connection_breaks_the_person_is_told_the_truth() {
    let world = World::start().await;
    let (device, factor) = world.enrolled(&ada()).await;
    let mut shown = Shown::of(world, device, &factor).await;
    for fault in [
        Fault::NeverArrives,
        Fault::AnswerLost,
        Fault::Answers(502),
        Fault::Answers(503),
    ] {
        for n in 0.. {
            assert!(n < 10, "an approval takes few requests");
            shown = Shown::of(shown.world, shown.device, &factor).await;
            shown.world.proxy.plan(n, fault);
            let answered = shown.approve().await;
            let is_over = shown.world.proxy.seen().len() <= n;
            shown.world.proxy.calm_down();
            let status = shown.status().await;
            match &answered {
                Ok(told) => assert_eq!(*told, status, "{fault:?} at request {n}"),
                Err(AnswerError::Offline { sent: true, .. }) => {}
                Err(error) => {
                    assert_eq!(
                        status,
                        ChallengeStatus::Pending,
                        "{fault:?} at request {n}: {error:?}"
                    );
                }
            }
            shown.device.check().await;
            let waits = shown.device.waiting().await.contains(&shown.asked.sid);
            assert_eq!(
                waits,
                status == ChallengeStatus::Pending,
                "{fault:?} at request {n}"
            );
            assert_eq!(
                shown.answers(),
                0,
                "{fault:?} at request {n}: nothing is sent later"
            );
            if is_over {
                assert_eq!(answered.unwrap(), ChallengeStatus::Approved);
                break;
            }
            if waits {
                assert_eq!(
                    shown.approve().await.unwrap(),
                    ChallengeStatus::Approved,
                    "{fault:?} at {n}"
                );
            }
        }
    }
}

#[tokio::test]
async fn a_removal_without_a_network_is_told_when_it_is_back() {
    let world = World::start().await;
    let (device, factor) = world.enrolled(&ada()).await;
    let asked = world.ask(&factor, &Question::new("Sign in?")).await;
    let shown = device.look_at(&asked.sid).await.digest;
    world.proxy.go_offline();
    let removal = device.authenticator.remove(&factor).await.unwrap();
    assert_eq!(removal, countersign_core::Removal::RemovedHereOnly);
    assert_eq!(world.tenant.factors(&ada()).await.len(), 1);
    let answered = device.authenticator.approve(&asked.sid, &shown).await;
    assert!(
        answered.is_err(),
        "a removed factor answers nothing: {answered:?}"
    );

    world.proxy.come_back();
    let device = device.restarted().await;
    assert!(world.tenant.factors(&ada()).await.is_empty());
    assert!(device.authenticator.factors().await.unwrap().is_empty());
    assert!(device.keys.ids().is_empty());
    assert!(!world.proxy.seen().iter().any(Exchange::answers_challenge));
}
