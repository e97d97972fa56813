//! A request whose time is over is over everywhere, by the server's clock.

use countersign_core::{AnswerError, ChallengeStatus};
use countersign_protocol::clock::Clock;
use countersign_protocol::form::Form;
use countersign_tests::world::ada;
use countersign_tests::{Question, World};
use jiff::SignedDuration;

#[tokio::test]
async fn a_request_nobody_answered_reads_expired_everywhere_and_takes_no_answer() {
    let world = World::start().await;
    let (device, factor) = world.enrolled(&ada()).await;
    let asked = world.ask(&factor, &Question::new("Sign in?")).await;
    let shown = device.look_at(&asked.sid).await;
    assert_eq!(shown.expires_at, asked.expiration_date);
    world.advance(SignedDuration::from_secs(299));
    assert_eq!(device.waiting().await.len(), 1);
    world.advance(SignedDuration::from_secs(1));

    world.proxy.forget();
    assert!(
        device.waiting().await.is_empty(),
        "it leaves the inbox without anybody asking the server"
    );
    assert_eq!(
        device.authenticator.history(10).await.unwrap()[0].status,
        ChallengeStatus::Expired
    );
    assert!(world.proxy.seen().is_empty());

    let late = device.authenticator.approve(&asked.sid, &shown.digest).await;
    assert!(
        matches!(&late, Err(AnswerError::Expired { at }) if *at == asked.expiration_date),
        "{late:?}"
    );
    assert!(
        !world
            .proxy
            .seen()
            .iter()
            .any(|exchange| exchange.answers_challenge())
    );
    assert_eq!(world.status(&asked.sid).await, ChallengeStatus::Expired);
    for (status, count) in [("expired", 1), ("pending", 0)] {
        let query: Form = [("Status".to_owned(), status.to_owned())].into_iter().collect();
        assert_eq!(
            world
                .tenant
                .challenges(&ada(), &query)
                .await
                .unwrap()
                .challenges
                .len(),
            count,
            "{status}"
        );
    }
}

#[tokio::test]
async fn an_answer_that_arrives_too_late_is_no_answer() {
    let world = World::start().await;
    let (device, factor) = world.enrolled(&ada()).await;
    let asked = world.ask(&factor, &Question::new("Sign in?")).await;
    let shown = device.look_at(&asked.sid).await.digest;
    let held = world.proxy.hold(|exchange, _| exchange.answers_challenge());
    let late = async {
        held.arrived(1).await;
        world.advance(SignedDuration::from_secs(301));
        held.release();
    };
    let (answered, ()) = tokio::join!(device.authenticator.approve(&asked.sid, &shown), late);
    assert!(
        matches!(answered, Err(AnswerError::Expired { .. })),
        "{answered:?}"
    );
    assert_eq!(world.status(&asked.sid).await, ChallengeStatus::Expired);
    let history = device.authenticator.history(10).await.unwrap();
    assert_eq!(history[0].status, ChallengeStatus::Expired);
    assert!(!history[0].answered_here);
    assert_eq!(
        history[0].signed_response, None,
        "a proof of something that never was"
    );
}

#[tokio::test]
async fn a_request_that_was_over_before_it_was_ever_seen_is_shown_as_what_became_of_it() {
    let world = World::start().await;
    let (device, factor) = world.enrolled(&ada()).await;
    let asked = world.ask(&factor, &Question::new("Sign in?")).await;
    world.advance(SignedDuration::from_secs(301));
    let seen = device.look_at(&asked.sid).await;
    assert_eq!(seen.status, ChallengeStatus::Expired);
    let late = device.authenticator.approve(&asked.sid, &seen.digest).await;
    assert!(
        matches!(&late, Err(AnswerError::Expired { at }) if *at == asked.expiration_date),
        "{late:?}"
    );
    assert!(device.waiting().await.is_empty());
    assert_eq!(
        device.authenticator.history(10).await.unwrap()[0].message,
        "Sign in?"
    );
}

#[tokio::test]
async fn the_issuer_chooses_how_long_a_request_lives() {
    let world = World::start().await;
    let (device, factor) = world.enrolled(&ada()).await;
    let expiration_date = Some(world.clock.now() + SignedDuration::from_mins(60));
    let question = Question {
        expiration_date,
        ..Question::new("Sign in?")
    };
    let asked = world.ask(&factor, &question).await;
    world.advance(SignedDuration::from_mins(59));
    let request = device.look_at(&asked.sid).await;
    assert_eq!(request.expires_in, SignedDuration::from_mins(1));
    device
        .authenticator
        .approve(&asked.sid, &request.digest)
        .await
        .unwrap();
    assert_eq!(world.status(&asked.sid).await, ChallengeStatus::Approved);
}
