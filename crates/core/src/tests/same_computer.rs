//! Requests that this computer started: what a link may bring about, and what it may not.

use countersign_protocol::sid::ChallengeSid;
use jiff::SignedDuration;
use serde_json::json;

use super::{double::Finds, setup::Setup};
use crate::{Factor, HistoryEntry, Policy, StartedHere, StartedHereError, Verification};

const TRANSACTION: &str = "7f3a-1c";

fn link(sid: &ChallengeSid, transaction: &str) -> String {
    format!("countersign://confirm?challenge={sid}&transaction={transaction}")
}

/// What a link with the right transaction brings about.
async fn open(setup: &Setup, sid: &ChallengeSid) -> Result<StartedHere, StartedHereError> {
    setup.app.started_here(&link(sid, TRANSACTION)).await
}

fn start(setup: &Setup, factor: &Factor, message: &str) -> ChallengeSid {
    let count = setup.double.state().challenges.len();
    let hidden = json!({"action_id": format!("a-{count}"), "transaction_id": TRANSACTION});
    setup.double.challenge_with(&factor.sid, message, hidden)
}

/// A profile whose factor approves silently, and has approved this message an hour ago.
async fn silent() -> (Setup, Factor) {
    let (setup, factor) = Setup::enrolled().await;
    let policy = Policy {
        silent_on_this_computer: true,
        ..Policy::default()
    };
    setup.app.change_policy(&factor.sid, policy, None).await.unwrap();
    let shown = setup.show(&setup.double.challenge(&factor.sid, "Sign in?")).await;
    setup.app.approve(&shown.sid, &shown.digest).await.unwrap();
    for clock in [&setup.clock, &setup.servers_clock] {
        clock.advance(SignedDuration::from_hours(1));
    }
    (setup, factor)
}

async fn latest(setup: &Setup) -> HistoryEntry {
    setup.app.history(1).await.unwrap().remove(0)
}

#[tokio::test]
async fn a_link_marks_its_request_and_answers_nothing_by_default() {
    let (setup, factor) = Setup::enrolled().await;
    let sid = start(&setup, &factor, "Sign in?");
    setup.check().await;
    assert!(!setup.app.request(&sid).await.unwrap().on_this_computer);
    assert_eq!(
        open(&setup, &sid).await.unwrap(),
        StartedHere::Marked(sid.clone())
    );
    let shown = setup.show(&sid).await;
    assert!(shown.on_this_computer && shown.is_pending());
    setup.app.approve(&sid, &shown.digest).await.unwrap();
    let entry = latest(&setup).await;
    assert!(entry.on_this_computer && !entry.silent);
}

#[tokio::test]
async fn a_link_that_comes_before_its_request_waits_for_it() {
    let (setup, factor) = Setup::enrolled().await;
    let sid = start(&setup, &factor, "Sign in?");
    let (opened, _) = tokio::join!(open(&setup, &sid), setup.check());
    assert_eq!(opened.unwrap(), StartedHere::Marked(sid));
}

#[tokio::test]
async fn a_link_that_is_not_right_about_an_open_young_request_does_nothing() {
    let (setup, factor) = silent().await;
    let plain = setup.double.challenge(&factor.sid, "Sign in?");
    let sid = start(&setup, &factor, "Sign in?");
    setup.check().await;
    setup.double.take_log();
    for wrong in [
        link(&sid, "7f3a-1d"),
        link(&sid, "7f3a-1"),
        link(&sid, "%00"),
        link(&plain, TRANSACTION),
    ] {
        let refused = setup.app.started_here(&wrong).await;
        assert!(matches!(refused, Err(StartedHereError::NotHere)), "{wrong}");
    }
    for malformed in [
        format!("countersign://open?challenge={sid}"),
        format!("countersign://confirm?challenge={sid}"),
        format!("{}&silent=1", link(&sid, TRANSACTION)),
        link(&sid, ""),
    ] {
        let refused = setup.app.started_here(&malformed).await;
        assert!(matches!(refused, Err(StartedHereError::Link(_))), "{malformed}");
    }
    for clock in [&setup.clock, &setup.servers_clock] {
        clock.advance(SignedDuration::from_secs(60));
    }
    assert!(
        matches!(open(&setup, &sid).await, Err(StartedHereError::NotHere)),
        "too old"
    );
    assert!(setup.double.take_log().is_empty(), "nothing was sent to anybody");
    assert!(!setup.app.request(&sid).await.unwrap().on_this_computer);
    assert_eq!(setup.double.status(&sid), "pending");
}

#[tokio::test]
async fn where_the_policy_says_so_the_usual_is_approved_without_a_question_and_the_history_says_so() {
    let (setup, factor) = silent().await;
    let sid = start(&setup, &factor, "Sign in?");
    setup.check().await;
    let opened = open(&setup, &sid).await.unwrap();
    assert!(
        matches!(&opened, StartedHere::Approved(answered) if answered.sid == sid),
        "{opened:?}"
    );
    assert_eq!(setup.double.status(&sid), "approved");
    let entry = latest(&setup).await;
    assert!(entry.silent && entry.on_this_computer && entry.answered_here);
    assert!(
        matches!(open(&setup, &sid).await, Err(StartedHereError::NotHere)),
        "once"
    );
}

#[tokio::test]
async fn what_is_new_or_unusual_waits_for_a_person() {
    let (setup, factor) = silent().await;
    let sid = start(&setup, &factor, "Pay 10 000 EUR?");
    setup.check().await;
    assert_eq!(
        open(&setup, &sid).await.unwrap(),
        StartedHere::Marked(sid.clone())
    );
    assert_eq!(setup.double.status(&sid), "pending");
}

#[tokio::test]
async fn what_asks_for_a_number_waits_for_a_person() {
    let (setup, factor) = silent().await;
    let hidden = json!({"action_id": "a-9", "transaction_id": TRANSACTION, "countersign.match": "042137"});
    let sid = setup.double.challenge_with(&factor.sid, "Sign in?", hidden);
    setup.check().await;
    assert_eq!(
        open(&setup, &sid).await.unwrap(),
        StartedHere::Marked(sid.clone())
    );
    assert_eq!(setup.double.status(&sid), "pending");
}

#[tokio::test]
async fn what_has_to_be_confirmed_waits_for_a_person_and_asks_none() {
    let (setup, factor) = silent().await;
    setup.presence.finds(Finds::ThePerson);
    let policy = Policy {
        silent_on_this_computer: true,
        verification: Verification::Always,
        ..Policy::default()
    };
    setup.app.change_policy(&factor.sid, policy, None).await.unwrap();
    setup.presence.take_asked();
    let sid = start(&setup, &factor, "Sign in?");
    setup.check().await;
    assert_eq!(
        open(&setup, &sid).await.unwrap(),
        StartedHere::Marked(sid.clone())
    );
    assert!(setup.presence.take_asked().is_empty());
    assert_eq!(setup.double.status(&sid), "pending");
}

/// What the list said is not what is answered: only what is fetched by itself is signed.
#[tokio::test]
async fn what_is_another_when_it_is_fetched_waits_for_a_person() {
    let (setup, factor) = silent().await;
    let sid = start(&setup, &factor, "Sign in?");
    setup.check().await;
    setup
        .double
        .change(&sid, "details", json!({"message": "Pay 10 000 EUR?"}));
    assert_eq!(
        open(&setup, &sid).await.unwrap(),
        StartedHere::Marked(sid.clone())
    );
    assert_eq!(setup.double.status(&sid), "pending");
}
