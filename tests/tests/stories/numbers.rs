//! Number matching: the person types what the issuer's page shows, and nothing is approved without it.

use countersign_core::{AnswerError, ChallengeStatus, MatchNumber, Request};
use countersign_protocol::matching;
use countersign_protocol::resources::challenge::Challenge;
use countersign_protocol::sid::FactorSid;
use countersign_tests::world::ada;
use countersign_tests::{Device, Exchange, Question, World};

const RIGHT: &str = "042137";
const WRONG: &str = "042138";

fn number(digits: &str) -> MatchNumber {
    digits.parse().unwrap()
}

async fn ask(world: &World, factor: &FactorSid) -> Challenge {
    let question = Question::new("Sign in?").with_hidden(matching::KEY, RIGHT);
    world.ask(factor, &question).await
}

async fn asked(world: &World) -> (Device, Request) {
    let (device, factor) = world.enrolled(&ada()).await;
    let sid = ask(world, &factor).await.sid;
    device.check().await;
    let shown = device.look_at(&sid).await;
    (device, shown)
}

/// Types digits; returns how many tries are left if they were wrong.
async fn type_in(device: &Device, shown: &Request, digits: &str) -> Option<u32> {
    let answered = device
        .authenticator
        .approve_with(&shown.sid, &shown.digest, &number(digits))
        .await;
    match answered {
        Ok(_) => None,
        Err(AnswerError::WrongNumber { tries_left }) => Some(tries_left),
        Err(error) => panic!("{error:?}"),
    }
}

#[tokio::test]
async fn the_number_that_the_page_shows_approves() {
    let world = World::start().await;
    let (device, shown) = asked(&world).await;
    let without = device.authenticator.approve(&shown.sid, &shown.digest).await;
    assert!(matches!(without, Err(AnswerError::NumberNeeded)), "{without:?}");
    assert_eq!(world.status(&shown.sid).await, ChallengeStatus::Pending);
    assert_eq!(type_in(&device, &shown, WRONG).await, Some(2));
    assert_eq!(type_in(&device, &shown, RIGHT).await, None);
    assert_eq!(world.status(&shown.sid).await, ChallengeStatus::Approved);
    let history = device.authenticator.history(1).await.unwrap();
    assert_eq!(
        history[0].number_checked_by,
        shown.number.map(|number| number.checked_by)
    );
}

#[tokio::test]
async fn three_wrong_numbers_deny_for_good() {
    let world = World::start().await;
    let (mut device, shown) = asked(&world).await;
    for left in [2, 1, 0] {
        assert_eq!(type_in(&device, &shown, WRONG).await, Some(left));
        // A new start brings no new tries.
        device = device.restarted().await;
    }
    assert_eq!(world.status(&shown.sid).await, ChallengeStatus::Denied);
    let late = device
        .authenticator
        .approve_with(&shown.sid, &shown.digest, &number(RIGHT))
        .await;
    assert!(
        matches!(late, Err(AnswerError::AlreadyAnswered { .. })),
        "{late:?}"
    );
    let history = device.authenticator.history(1).await.unwrap();
    assert_eq!(
        (history[0].status, history[0].wrong_numbers),
        (ChallengeStatus::Denied, 3)
    );
}

#[tokio::test]
async fn the_right_number_survives_a_way_that_breaks() {
    let world = World::start().await;
    let (device, shown) = asked(&world).await;
    world.proxy.go_offline();
    for _ in 0..4 {
        let offline = device
            .authenticator
            .approve_with(&shown.sid, &shown.digest, &number(RIGHT))
            .await;
        assert!(matches!(offline, Err(AnswerError::Offline { .. })), "{offline:?}");
    }
    world.proxy.come_back();
    assert_eq!(type_in(&device, &shown, RIGHT).await, None);
    assert_eq!(world.status(&shown.sid).await, ChallengeStatus::Approved);
}

#[tokio::test]
async fn one_number_answers_one_request_even_for_one_action() {
    let world = World::start().await;
    let (device, factor) = world.enrolled(&ada()).await;
    let question = Question::new("Sign in?")
        .with_hidden(matching::KEY, RIGHT)
        .with_hidden("action_id", "a-1");
    let one = world.ask(&factor, &question).await.sid;
    let other = world.ask(&factor, &question).await.sid;
    device.check().await;
    assert_eq!(device.waiting().await.len(), 2);
    let shown = device.look_at(&one).await;
    assert_eq!(type_in(&device, &shown, RIGHT).await, None);
    assert_eq!(world.status(&other).await, ChallengeStatus::Pending);
}

#[tokio::test]
async fn a_denial_needs_no_number() {
    let world = World::start().await;
    let (device, shown) = asked(&world).await;
    world.proxy.forget();
    device
        .authenticator
        .deny(&shown.sid, &shown.digest)
        .await
        .unwrap();
    assert_eq!(world.status(&shown.sid).await, ChallengeStatus::Denied);
    let posts = world.proxy.seen();
    assert_eq!(
        posts
            .iter()
            .filter(|exchange| Exchange::answers_challenge(exchange))
            .count(),
        1
    );
}
