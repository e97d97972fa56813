//! Number matching: the person types what the issuer's page shows, and nothing is approved without it, whether our
//! server compares or the app has to, because the service does not.

use std::time::Duration;

use countersign_core::{AnswerError, ChallengeStatus, CheckedBy, MatchNumber, Request};
use countersign_protocol::matching;
use countersign_protocol::sid::{ChallengeSid, FactorSid};
use countersign_tests::world::ada;
use countersign_tests::{Device, Exchange, Question, World};

use super::secrets::{bytes_below, contains};

const RIGHT: &str = "04213719";
const WRONG: &str = "04213718";
const WAYS: [CheckedBy; 2] = [CheckedBy::Server, CheckedBy::App];

fn number(digits: &str) -> MatchNumber {
    digits.parse().unwrap()
}

fn question() -> Question {
    Question::new("Sign in?").with_hidden(matching::KEY, RIGHT)
}

async fn ask(world: &World, factor: &FactorSid, way: CheckedBy) -> ChallengeSid {
    let sid = world.ask(factor, &question()).await.sid;
    if way == CheckedBy::App {
        world.deliver_number(&sid, RIGHT).await;
    }
    sid
}

async fn asked(world: &World, way: CheckedBy) -> (Device, Request) {
    let (device, factor) = world.enrolled(&ada()).await;
    let sid = ask(world, &factor, way).await;
    device.check().await;
    let shown = device.look_at(&sid).await;
    assert_eq!(shown.number.unwrap().checked_by, way);
    (device, shown)
}

/// Types digits; returns how many tries are left if they were wrong.
async fn type_in(device: &Device, shown: &Request, digits: &str) -> Option<u32> {
    let answered = device
        .authenticator
        .approve_with(&shown.sid, &shown.digest, &number(digits).into())
        .await;
    match answered {
        Ok(_) => None,
        Err(AnswerError::WrongNumber { tries_left }) => Some(tries_left),
        Err(error) => panic!("{error:?}"),
    }
}

#[tokio::test]
async fn the_number_that_the_page_shows_approves() {
    for way in WAYS {
        let world = World::start().await;
        let (device, shown) = asked(&world, way).await;
        let without = device.authenticator.approve(&shown.sid, &shown.digest).await;
        assert!(matches!(without, Err(AnswerError::NumberNeeded)), "{without:?}");
        assert_eq!(world.status(&shown.sid).await, ChallengeStatus::Pending);
        assert_eq!(type_in(&device, &shown, WRONG).await, Some(2));
        assert_eq!(type_in(&device, &shown, RIGHT).await, None);
        assert_eq!(world.status(&shown.sid).await, ChallengeStatus::Approved);
        let history = device.authenticator.history(1).await.unwrap();
        assert_eq!(history[0].number_checked_by, Some(way));
    }
}

#[tokio::test]
async fn three_wrong_numbers_deny_for_good() {
    for way in WAYS {
        let world = World::start().await;
        let (mut device, shown) = asked(&world, way).await;
        for left in [2, 1, 0] {
            assert_eq!(type_in(&device, &shown, WRONG).await, Some(left), "{way:?}");
            // A new start brings no new tries.
            device = device.restarted().await;
        }
        assert_eq!(world.status(&shown.sid).await, ChallengeStatus::Denied);
        let late = device
            .authenticator
            .approve_with(&shown.sid, &shown.digest, &number(RIGHT).into())
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
}

#[tokio::test]
async fn the_right_number_survives_a_way_that_breaks() {
    for way in WAYS {
        let world = World::start().await;
        let (device, shown) = asked(&world, way).await;
        world.proxy.go_offline();
        for _ in 0..4 {
            let offline = device
                .authenticator
                .approve_with(&shown.sid, &shown.digest, &number(RIGHT).into())
                .await;
            assert!(matches!(offline, Err(AnswerError::Offline { .. })), "{offline:?}");
        }
        world.proxy.come_back();
        assert_eq!(type_in(&device, &shown, RIGHT).await, None);
        assert_eq!(world.status(&shown.sid).await, ChallengeStatus::Approved);
    }
}

#[tokio::test]
async fn one_number_answers_one_request_even_for_one_action() {
    let world = World::start().await;
    let (device, factor) = world.enrolled(&ada()).await;
    let question = question().with_hidden("action_id", "a-1");
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
    for way in WAYS {
        let world = World::start().await;
        let (device, shown) = asked(&world, way).await;
        world.proxy.forget();
        device
            .authenticator
            .deny(&shown.sid, &shown.digest)
            .await
            .unwrap();
        assert_eq!(world.status(&shown.sid).await, ChallengeStatus::Denied);
        let answers = |exchange: &&Exchange| exchange.answers_challenge();
        assert_eq!(world.proxy.seen().iter().filter(answers).count(), 1);
    }
}

#[tokio::test]
async fn where_the_server_compares_no_digit_is_on_the_device() {
    for way in WAYS {
        let world = World::start().await;
        let (device, _) = asked(&world, way).await;
        let there = contains(&bytes_below(device.home()), RIGHT);
        assert_eq!(there, way == CheckedBy::App);
    }
}

#[tokio::test]
async fn ten_wrong_numbers_in_a_day_lock_approvals_and_no_denials() {
    let world = World::start().await;
    let (device, factor) = world.enrolled(&ada()).await;
    let mut all = Vec::new();
    for _ in 0..4 {
        all.push(ask(&world, &factor, CheckedBy::Server).await);
    }
    device.check().await;
    for sid in &all[..3] {
        let shown = device.look_at(sid).await;
        for left in [2, 1, 0] {
            assert_eq!(type_in(&device, &shown, WRONG).await, Some(left));
        }
    }
    let shown = device.look_at(&all[3]).await;
    assert_eq!(type_in(&device, &shown, WRONG).await, Some(2));
    let locked = device
        .authenticator
        .approve_with(&shown.sid, &shown.digest, &number(RIGHT).into())
        .await;
    let day = Duration::from_secs(24 * 60 * 60);
    assert!(
        matches!(locked, Err(AnswerError::NumberLocked { retry_after: Some(after) }) if after <= day),
        "{locked:?}"
    );
    assert_eq!(world.status(&shown.sid).await, ChallengeStatus::Pending);
    device
        .authenticator
        .deny(&shown.sid, &shown.digest)
        .await
        .unwrap();
    assert_eq!(world.status(&shown.sid).await, ChallengeStatus::Denied);
}
