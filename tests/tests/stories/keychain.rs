//! The keychain is locked, fails or hangs in the middle.

use countersign_core::{AnswerError, ChallengeStatus};
use countersign_keychain::faulty::Fault;
use countersign_keychain::{Keychain, KeychainError};
use countersign_tests::world::{ada, within_limit};
use countersign_tests::{Exchange, Question, World};

#[tokio::test]
async fn wherever_the_keychain_fails_in_an_approval_the_person_is_told_the_truth() {
    let world = World::start().await;
    let (device, factor) = world.enrolled(&ada()).await;
    for fault in [Fault::Fails, Fault::AnswerLost, Fault::Locked, Fault::Missing] {
        for n in 0.. {
            assert!(n < 10, "an approval takes few signatures");
            let asked = world.ask(&factor, &Question::new("Sign in?")).await;
            let shown = device.look_at(&asked.sid).await.digest;
            let before = device.faults.calls();
            device.faults.plan(n, fault);
            let answered = device.authenticator.approve(&asked.sid, &shown).await;
            let is_over = device.faults.calls() - before <= n;
            device.faults.clear();
            let (status, what) = (
                world.status(&asked.sid).await,
                format!("{fault:?} at call {n}: {answered:?}"),
            );
            match &answered {
                Ok(told) => assert_eq!(told.status, status, "{what}"),
                Err(AnswerError::Offline { sent: true, .. }) => {}
                Err(error) => {
                    assert!(matches!(error, AnswerError::Keychain(_)), "{what}");
                    assert_eq!(status, ChallengeStatus::Pending, "{what}");
                }
            }
            device.check().await;
            let waits = device.waiting().await.contains(&asked.sid);
            assert_eq!(waits, status == ChallengeStatus::Pending, "{what}");
            if is_over {
                assert!(answered.is_ok(), "{what}");
                break;
            }
        }
    }
}

#[tokio::test]
async fn a_keychain_that_hangs_blocks_nothing_and_answers_nothing_later() {
    let world = World::start().await;
    let (device, factor) = world.enrolled(&ada()).await;
    let asked = world.ask(&factor, &Question::new("Sign in?")).await;
    let shown = device.look_at(&asked.sid).await.digest;
    world.proxy.forget();
    // The second signature of an approval is the answer's own.
    device.faults.plan(1, Fault::Hangs);
    let approving = tokio::spawn({
        let (authenticator, sid) = (device.authenticator.clone(), asked.sid.clone());
        async move { authenticator.approve(&sid, &shown).await }
    });
    let faults = device.faults.clone();
    let hanging = tokio::task::spawn_blocking(move || faults.wait_until_hanging());
    within_limit("a keychain that hangs", hanging).await.unwrap();
    assert_eq!(device.waiting().await.len(), 1, "everything else goes on");
    assert_eq!(device.authenticator.factors().await.unwrap().len(), 1);

    let answered = within_limit("an end of the waiting", approving).await.unwrap();
    assert!(
        matches!(answered, Err(AnswerError::Keychain(KeychainError::TimedOut))),
        "{answered:?}"
    );
    device.faults.release();
    device.check().await;
    assert!(!world.proxy.seen().iter().any(Exchange::answers_challenge));
    assert_eq!(world.status(&asked.sid).await, ChallengeStatus::Pending);
    device.authenticator.approve(&asked.sid, &shown).await.unwrap();
}

#[tokio::test]
async fn a_factor_whose_key_is_lost_says_so_and_can_be_removed() {
    let world = World::start().await;
    let (device, factor) = world.enrolled(&ada()).await;
    let asked = world.ask(&factor, &Question::new("Sign in?")).await;
    let shown = device.look_at(&asked.sid).await.digest;
    device.keys.delete(&device.keys.ids()[0]).unwrap();
    let answered = device.authenticator.approve(&asked.sid, &shown).await;
    assert!(
        matches!(answered, Err(AnswerError::Keychain(KeychainError::Lost { .. }))),
        "{answered:?}"
    );
    device.authenticator.remove(&factor).await.unwrap();
    assert!(device.authenticator.factors().await.unwrap().is_empty());
    // Without its key nobody but the issuer can remove the factor there.
    assert_eq!(world.tenant.factors(&ada()).await.len(), 1);
}
