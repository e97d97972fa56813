//! Who is there before an approval: nothing is signed without a clear yes where one is wanted.

use countersign_protocol::challenge_response::Decision;
use secrecy::SecretString;
use serde_json::json;

use super::{answering::approve, double::Finds, setup::Setup};
use crate::{
    AnswerError, Approval, ChallengeStatus, Factor, NotConfirmed, Policy, Reason, Request, Unusual,
    Verification, VerifiedBy, presence::Gate, respond,
};

pub(super) fn asks(verification: Verification) -> Policy {
    Policy {
        verification,
        ..Policy::default()
    }
}

/// A profile whose factor asks for this, and whose system finds the right person.
pub(super) async fn enrolled(verification: Verification) -> (Setup, Factor) {
    let (setup, factor) = Setup::enrolled().await;
    setup.presence.finds(Finds::ThePerson);
    setup
        .app
        .change_policy(&factor.sid, asks(verification), None)
        .await
        .unwrap();
    setup.presence.take_asked();
    (setup, factor)
}

async fn asked(setup: &Setup, factor: &Factor, message: &str) -> Request {
    let shown = setup.show(&setup.double.challenge(&factor.sid, message)).await;
    setup.double.take_log();
    shown
}

/// Whether anything reached the double that could be an answer.
fn sent(setup: &Setup) -> bool {
    setup
        .double
        .take_log()
        .iter()
        .any(|kind| kind.starts_with("POST"))
}

/// The poller and the answer each ask the server, which may tell them different things.
#[tokio::test]
async fn what_is_signed_is_what_was_judged() {
    let (setup, factor) = enrolled(Verification::Unusual).await;
    let usual = asked(&setup, &factor, "Sign in?").await;
    approve(&setup, &usual).await.unwrap();
    let shown = asked(&setup, &factor, "Pay 900 EUR?").await;
    let paying = setup.double.state().challenges[&shown.sid].clone();
    let signing_in = setup.double.state().challenges[&usual.sid]["details"].clone();
    setup.double.change(&shown.sid, "details", signing_in);
    setup.check().await;
    // What is settled here stays as it is, whatever the server says next.
    setup.double.change(&shown.sid, "status", json!("approved"));
    setup.check().await;
    setup.double.state().challenges.insert(shown.sid.clone(), paying);
    setup.double.take_log();
    setup.presence.take_asked();

    let answered = respond::answer(
        &setup.app.device,
        &factor,
        &shown.sid,
        &Decision::Approved.into(),
        respond::Pin::Shown(shown.digest.content()),
        &mut Gate::new(None, Vec::new()),
    )
    .await;
    assert!(
        matches!(answered, Err(AnswerError::ChangedSinceShown { .. })),
        "{answered:?}"
    );
    assert!(!sent(&setup), "{:?}", setup.presence.take_asked());
}

#[tokio::test]
async fn a_denial_that_the_server_dates_back_is_remembered_for_a_day_all_the_same() {
    let (setup, factor) = enrolled(Verification::Unusual).await;
    let denied = asked(&setup, &factor, "Sign in?").await;
    let long_ago = json!("2020-01-01T00:00:00Z");
    setup.double.change(&denied.sid, "status", json!("denied"));
    setup
        .double
        .change(&denied.sid, "date_responded", long_ago.clone());
    setup.double.change(&denied.sid, "date_updated", long_ago);
    setup.check().await;
    let next = asked(&setup, &factor, "Sign in?").await;
    assert_eq!(next.unusual, Some(Unusual::RecentlyDenied));
}

#[tokio::test]
async fn requests_that_were_taken_back_count_in_a_burst() {
    let (setup, factor) = enrolled(Verification::Unusual).await;
    for _ in 0..5 {
        let gone = asked(&setup, &factor, "Sign in?").await;
        assert_ne!(gone.unusual, Some(Unusual::RecentlyDenied));
        setup.double.state().challenges.remove(&gone.sid);
        setup.check().await;
        assert!(setup.open_sids().await.is_empty());
    }
    let last = asked(&setup, &factor, "Sign in?").await;
    assert_eq!(last.unusual, Some(Unusual::Burst));
}

/// Every policy, every outcome, usual and unusual: signed is what needs nobody, or what the right person confirmed.
#[tokio::test]
async fn nothing_but_a_clear_yes_signs_what_has_to_be_confirmed() {
    for verification in [Verification::Never, Verification::Unusual, Verification::Always] {
        for finds in Finds::ALL {
            for usual in [false, true] {
                let (setup, factor) = enrolled(verification).await;
                if usual {
                    let before = asked(&setup, &factor, "Sign in?").await;
                    approve(&setup, &before).await.unwrap();
                    setup.presence.take_asked();
                }
                let shown = asked(&setup, &factor, "Sign in?").await;
                let needed = match verification {
                    Verification::Never => false,
                    Verification::Unusual => !usual,
                    Verification::Always => true,
                };
                assert_eq!(shown.needs_presence, needed);
                setup.presence.finds(finds);
                let answered = approve(&setup, &shown).await;
                let case = format!("{verification:?} {finds:?} usual: {usual}: {answered:?}");
                let signed = !needed || finds == Finds::ThePerson;
                assert_eq!(answered.is_ok(), signed, "{case}");
                assert_eq!(sent(&setup), signed, "{case}");
                let expected = if signed { "approved" } else { "pending" };
                assert_eq!(setup.double.status(&shown.sid), expected, "{case}");
                let questions = usize::from(needed && !matches!(finds, Finds::NoMeans | Finds::NoAgent));
                assert_eq!(setup.presence.take_asked().len(), questions, "{case}");
            }
        }
    }
}

#[tokio::test]
async fn whoever_is_asked_is_told_what_for_and_by_whom_it_is_wanted() {
    let (setup, factor) = enrolled(Verification::Always).await;
    let shown = asked(&setup, &factor, "Sign in?").await;
    approve(&setup, &shown).await.unwrap();
    let host = factor.server_host();
    assert_eq!(
        setup.presence.take_asked(),
        [format!("approve a request from {host}")]
    );
}

#[tokio::test]
async fn a_refusal_says_why_and_leaves_the_request_open() {
    let (setup, factor) = enrolled(Verification::Always).await;
    let shown = asked(&setup, &factor, "Sign in?").await;
    setup.presence.finds(Finds::SomebodyElse);
    let refused = approve(&setup, &shown).await.unwrap_err();
    assert!(matches!(
        refused,
        AnswerError::NotConfirmed(NotConfirmed::Refused(_))
    ));
    assert!(refused.to_string().ends_with("nothing was approved"));
    setup.presence.finds(Finds::NoMeans);
    let refused = approve(&setup, &shown).await;
    assert!(matches!(
        refused,
        Err(AnswerError::NotConfirmed(NotConfirmed::Unavailable))
    ));
    setup.presence.finds(Finds::ThePerson);
    approve(&setup, &shown).await.unwrap();
}

#[tokio::test]
async fn saying_no_and_reporting_never_wait_for_anybody() {
    let (setup, factor) = enrolled(Verification::Always).await;
    setup.presence.finds(Finds::SomebodyElse);
    let shown = asked(&setup, &factor, "Sign in?").await;
    setup.app.deny(&shown.sid, &shown.digest).await.unwrap();
    let shown = asked(&setup, &factor, "Pay?").await;
    setup
        .app
        .report(&shown.sid, &shown.digest, Reason::NotMe, None)
        .await
        .unwrap();
    assert_eq!(setup.double.status(&shown.sid), "denied");
    assert!(setup.presence.take_asked().is_empty());
}

#[tokio::test]
async fn what_changed_or_is_answered_is_not_asked_about() {
    let (setup, factor) = enrolled(Verification::Always).await;
    let shown = asked(&setup, &factor, "Sign in?").await;
    setup
        .double
        .change(&shown.sid, "details", json!({"message": "Pay 10 000 EUR?"}));
    let refused = approve(&setup, &shown).await;
    assert!(matches!(refused, Err(AnswerError::ChangedSinceShown { .. })));
    assert!(setup.presence.take_asked().is_empty());
}

#[tokio::test]
async fn one_confirmation_is_for_one_answer() {
    let (setup, factor) = enrolled(Verification::Always).await;
    for message in ["Sign in?", "Sign in?"] {
        let shown = asked(&setup, &factor, message).await;
        approve(&setup, &shown).await.unwrap();
    }
    assert_eq!(setup.presence.take_asked().len(), 2);
}

#[tokio::test]
async fn requests_that_are_answered_together_are_confirmed_once() {
    let (setup, factor) = Setup::enrolled().await;
    setup.presence.finds(Finds::ThePerson);
    let second = setup.app.enrol(&setup.double.link()).await.unwrap();
    let action = json!({"action_id": "a-1"});
    let twin = |factor: &Factor| {
        setup
            .double
            .challenge_with(&factor.sid, "Sign in?", action.clone())
    };
    let (one, two) = (twin(&factor), twin(&second));
    setup.check().await;
    let shown = setup.show(&one).await;
    assert!(!shown.needs_presence);
    // Only the twin's factor asks, and the person looks at the other.
    setup
        .app
        .change_policy(&second.sid, asks(Verification::Always), None)
        .await
        .unwrap();
    assert!(setup.app.request(&one).await.unwrap().needs_presence);
    setup.presence.finds(Finds::SomebodyElse);
    approve(&setup, &shown).await.unwrap_err();
    assert_eq!(
        [setup.double.status(&one), setup.double.status(&two)],
        ["pending"; 2]
    );
    setup.presence.take_asked();
    setup.presence.finds(Finds::ThePerson);
    let answered = approve(&setup, &shown).await.unwrap();
    assert_eq!(answered.twins, [two]);
    assert_eq!(setup.presence.take_asked().len(), 1);
}

#[tokio::test]
async fn a_wrong_number_is_nothing_to_confirm() {
    let (setup, factor) = enrolled(Verification::Always).await;
    let shown = setup.show(&setup.double.matched(&factor.sid, "042137")).await;
    let typed = |digits: &str| crate::Approval::from(digits.parse::<crate::MatchNumber>().unwrap());
    let wrong = setup
        .app
        .approve_with(&shown.sid, &shown.digest, &typed("000000"))
        .await;
    assert!(matches!(wrong, Err(AnswerError::WrongNumber { .. })));
    assert!(setup.presence.take_asked().is_empty());
    setup
        .app
        .approve_with(&shown.sid, &shown.digest, &typed("042137"))
        .await
        .unwrap();
    assert_eq!(setup.presence.take_asked().len(), 1);
}

#[tokio::test]
async fn what_is_unusual_is_said_with_the_request_and_follows_from_what_was_answered() {
    let (setup, factor) = enrolled(Verification::Unusual).await;
    let hour = jiff::SignedDuration::from_hours(1);
    let shown = asked(&setup, &factor, "Sign in?").await;
    assert_eq!(shown.unusual, Some(Unusual::FirstApproval));
    approve(&setup, &shown).await.unwrap();
    let over = setup.app.request(&shown.sid).await.unwrap();
    assert_eq!((over.unusual, over.status), (None, ChallengeStatus::Approved));
    assert_eq!(
        asked(&setup, &factor, "Pay?").await.unusual,
        Some(Unusual::NewMessage)
    );
    assert_eq!(
        asked(&setup, &factor, "Sign in?").await.unusual,
        Some(Unusual::Burst)
    );
    for clock in [&setup.clock, &setup.servers_clock] {
        clock.advance(hour);
    }
    let usual = asked(&setup, &factor, "Sign in?").await;
    assert_eq!((usual.unusual, usual.needs_presence), (None, false));
    setup.app.deny(&usual.sid, &usual.digest).await.unwrap();
    for clock in [&setup.clock, &setup.servers_clock] {
        clock.advance(hour);
    }
    let after = asked(&setup, &factor, "Sign in?").await;
    assert_eq!(after.unusual, Some(Unusual::RecentlyDenied));
}

#[tokio::test]
async fn a_program_with_rules_of_its_own_is_held_up_like_everybody() {
    let (setup, factor) = enrolled(Verification::Always).await;
    setup.presence.finds(Finds::SomebodyElse);
    let client = setup.app.client(setup.double.url.clone());
    let sid = setup.double.challenge(&factor.sid, "Sign in?");
    let approved = countersign_protocol::challenge_response::Decision::Approved;
    client
        .update_challenge(&factor.sid, &sid, approved)
        .await
        .unwrap_err();
    assert_eq!(setup.double.status(&sid), "pending");
}

#[tokio::test]
async fn the_history_says_who_confirmed_an_approval() {
    let (setup, factor) = enrolled(Verification::Always).await;
    let verified_by = async || setup.app.history(1).await.unwrap()[0].verified_by;
    let answer = async |message, pin: Option<&str>| {
        let shown = asked(&setup, &factor, message).await;
        let typed = Approval {
            number: None,
            pin: pin.map(SecretString::from),
        };
        let approved = setup.app.approve_with(&shown.sid, &shown.digest, &typed);
        approved.await.unwrap();
        // What comes later is the latest.
        setup.clock.advance(jiff::SignedDuration::from_secs(1));
        setup.servers_clock.advance(jiff::SignedDuration::from_secs(1));
    };
    answer("One?", None).await;
    assert_eq!(verified_by().await, Some(VerifiedBy::System));
    let pin = SecretString::from("042137");
    setup.app.set_cheap_pin(&pin, None).await.unwrap();
    setup.presence.finds(Finds::NoMeans);
    answer("Two?", Some("042137")).await;
    assert_eq!(verified_by().await, Some(VerifiedBy::Pin));
    setup.presence.finds(Finds::ThePerson);
    let never = asks(Verification::Never);
    setup.app.change_policy(&factor.sid, never, None).await.unwrap();
    answer("Three?", None).await;
    assert_eq!(verified_by().await, Some(VerifiedBy::Nobody));
    let shown = asked(&setup, &factor, "Four?").await;
    setup.app.deny(&shown.sid, &shown.digest).await.unwrap();
    assert_eq!(verified_by().await, None, "a denial asks nobody");
}

/// What a lock goes by: it closes only where it could be opened again.
#[tokio::test]
async fn that_the_system_confirms_is_known_once_it_did_and_until_it_cannot_ask() {
    let (mut setup, _) = Setup::enrolled().await;
    let known = async |setup: &Setup| setup.app.pin_state().await.unwrap().system_confirmed;
    for finds in [Finds::NoAgent, Finds::SomebodyElse, Finds::Nobody, Finds::AFault] {
        setup.presence.finds(finds);
        setup.app.make_sure_of_presence().await.unwrap_err();
        assert!(!known(&setup).await, "{finds:?}");
    }
    setup.presence.finds(Finds::ThePerson);
    setup.app.make_sure_of_presence().await.unwrap();
    setup.restart().await;
    setup.presence.finds(Finds::SomebodyElse);
    setup.app.make_sure_of_presence().await.unwrap_err();
    assert!(known(&setup).await, "it asked all the same");
    setup.presence.finds(Finds::NoAgent);
    setup.app.make_sure_of_presence().await.unwrap_err();
    assert!(!known(&setup).await);
}

/// The way out of a lock that nobody can open, which the lock names: a PIN from the terminal. Where a factor asks for
/// verification it is given up first.
#[tokio::test]
async fn whoever_lost_every_means_gets_on_with_a_pin_once_no_factor_asks() {
    let (setup, factor) = enrolled(Verification::Always).await;
    setup.presence.finds(Finds::NoAgent);
    let pin = SecretString::from("73 19 02");
    setup.app.set_cheap_pin(&pin, None).await.unwrap_err();
    setup.app.remove(&factor.sid).await.unwrap();
    setup.app.set_cheap_pin(&pin, None).await.unwrap();
    let unlocked = setup.app.confirm_presence(&crate::Purpose::Unlock, Some(&pin));
    unlocked.await.unwrap();
}
