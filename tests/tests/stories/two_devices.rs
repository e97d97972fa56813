//! One person with two devices, or one device with two programs.

use countersign_core::{AnswerError, Answered, ChallengeStatus};
use countersign_tests::world::ada;
use countersign_tests::{Exchange, Question, World};

#[tokio::test]
async fn requests_for_one_action_are_shown_once_and_answered_together() {
    let world = World::start().await;
    let device = world.device().await;
    let (first, second) = (
        device.enrol(&world, &ada()).await,
        device.enrol(&world, &ada()).await,
    );
    let question = Question::new("Sign in?").with_hidden("action_id", "sign-in-1");
    let one = world.ask(&first, &question).await;
    let other = world.ask(&second, &question).await;
    let unlike = Question::new("Pay?").with_hidden("action_id", "sign-in-1");
    let unlike = world.ask(&second, &unlike).await;

    device.check().await;
    let waiting = device.waiting().await;
    assert_eq!(
        waiting.len(),
        2,
        "the same action once, and what asks for something else by itself"
    );
    let shown = waiting.into_iter().find(|sid| *sid != unlike.sid).unwrap();
    let request = device.look_at(&shown).await;
    assert_eq!(request.twins.len(), 1);
    let answered = device
        .authenticator
        .approve(&shown, &request.digest)
        .await
        .unwrap();
    assert_eq!(answered.twins, request.twins);
    for sid in [&one.sid, &other.sid] {
        assert_eq!(world.status(sid).await, ChallengeStatus::Approved);
    }
    assert_eq!(world.status(&unlike.sid).await, ChallengeStatus::Pending);
    assert_eq!(device.waiting().await, [unlike.sid]);
}

#[tokio::test]
async fn each_device_answers_its_own_request_and_no_other() {
    let world = World::start().await;
    let (laptop, laptop_s) = world.enrolled(&ada()).await;
    let (desktop, _) = world.enrolled(&ada()).await;
    let asked = world.ask(&laptop_s, &Question::new("Sign in?")).await;
    laptop.check().await;
    desktop.check().await;
    assert_eq!(laptop.waiting().await.len(), 1);
    assert!(desktop.waiting().await.is_empty());
    assert!(desktop.authenticator.refresh(&asked.sid).await.is_err());
    assert_eq!(world.status(&asked.sid).await, ChallengeStatus::Pending);
}

#[tokio::test]
async fn what_another_program_answered_is_already_answered_here() {
    let world = World::start().await;
    let (app, factor) = world.enrolled(&ada()).await;
    let asked = world.ask(&factor, &Question::new("Sign in?")).await;
    let shown = app.look_at(&asked.sid).await.digest;
    let terminal = app.beside().await;
    let seen_there = terminal.look_at(&asked.sid).await.digest;
    assert_eq!(seen_there, shown, "both programs show the same");
    terminal
        .authenticator
        .deny(&asked.sid, &seen_there)
        .await
        .unwrap();
    let late = app.authenticator.approve(&asked.sid, &shown).await;
    assert!(
        matches!(
            late,
            Err(AnswerError::AlreadyAnswered {
                status: ChallengeStatus::Denied,
                ..
            })
        ),
        "{late:?}"
    );
    assert!(app.waiting().await.is_empty());
}

#[tokio::test]
async fn of_an_approval_and_a_denial_at_once_exactly_one_counts() {
    for round in 0..8 {
        let (world, [approved, denied]) = race([true, false]).await;
        let (_, status) = world;
        let winners = [&approved, &denied]
            .into_iter()
            .filter(|answer| answer.is_ok())
            .count();
        assert_eq!(winners, 1, "round {round}: {approved:?} and {denied:?}");
        let (winner, loser) = if approved.is_ok() {
            (approved, denied)
        } else {
            (denied, approved)
        };
        assert_eq!(winner.unwrap().status, status, "round {round}");
        let told =
            matches!(&loser, Err(AnswerError::AlreadyAnswered { status: known, .. }) if *known == status);
        assert!(told, "round {round}: {loser:?}");
    }
}

#[tokio::test]
async fn of_two_equal_approvals_at_once_the_server_takes_one_and_both_hear_approved() {
    let ((answers, status), outcomes) = race([true, true]).await;
    assert_eq!(status, ChallengeStatus::Approved);
    for outcome in outcomes {
        assert_eq!(outcome.unwrap().status, ChallengeStatus::Approved);
    }
    let mut statuses: Vec<_> = answers.iter().filter_map(|answer| answer.status).collect();
    statuses.sort();
    assert_eq!(statuses, [200, 403], "the second was told that it came second");
}

/// Two programs over the same profile decide at the same moment: both have compared and signed before either
/// answer reaches the server. Returns the answers on the wire, the status in the end, and what each was told.
async fn race(
    approve: [bool; 2],
) -> (
    (Vec<Exchange>, ChallengeStatus),
    [Result<Answered, AnswerError>; 2],
) {
    let world = World::start().await;
    let (app, factor) = world.enrolled(&ada()).await;
    let terminal = app.beside().await;
    let asked = world.ask(&factor, &Question::new("Sign in?")).await;
    let shown = app.look_at(&asked.sid).await.digest;
    terminal.look_at(&asked.sid).await;
    world.proxy.forget();
    let held = world.proxy.hold(|exchange, _| exchange.answers_challenge());
    let decide = async |device: &countersign_tests::Device, approve: bool| {
        if approve {
            device.authenticator.approve(&asked.sid, &shown).await
        } else {
            device.authenticator.deny(&asked.sid, &shown).await
        }
    };
    let release = async {
        held.arrived(2).await;
        held.release();
    };
    let (one, other, ()) = tokio::join!(decide(&app, approve[0]), decide(&terminal, approve[1]), release);
    let status = world.status(&asked.sid).await;
    let answers = world
        .proxy
        .seen()
        .into_iter()
        .filter(Exchange::answers_challenge)
        .collect();
    ((answers, status), [one, other])
}
