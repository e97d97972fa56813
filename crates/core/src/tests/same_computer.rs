//! Requests that this computer started: what a link may bring about, and what it may not.

use std::sync::atomic::{AtomicUsize, Ordering};

use countersign_protocol::sid::ChallengeSid;
use jiff::SignedDuration;
use serde_json::json;

use super::{
    double::{Finds, Said},
    setup::{Setup, told},
};
use crate::{Event, Factor, HistoryEntry, Policy, StartedHere, StartedHereError, Unusual, Verification};

const TRANSACTION: &str = "7f3a-1c";

fn link(sid: &ChallengeSid, transaction: &str) -> String {
    format!("countersign://confirm?challenge={sid}&transaction={transaction}")
}

/// What a link with the right transaction brings about.
async fn open(setup: &Setup, sid: &ChallengeSid) -> Result<StartedHere, StartedHereError> {
    setup.app.started_here(&link(sid, TRANSACTION), || true).await
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
async fn what_is_usual_waits_for_a_person_as_well_where_the_policy_does_not_say_otherwise() {
    let (setup, factor) = silent().await;
    let asks = Policy::default();
    setup.app.change_policy(&factor.sid, asks, None).await.unwrap();
    let sid = start(&setup, &factor, "Sign in?");
    setup.check().await;
    assert!(!is_held_back(&setup, &sid).await);
    assert_eq!(
        open(&setup, &sid).await.unwrap(),
        StartedHere::Marked(sid.clone())
    );
    assert_eq!(setup.double.status(&sid), "pending");
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
        let refused = setup.app.started_here(&wrong, || true).await;
        assert!(matches!(refused, Err(StartedHereError::NotHere)), "{wrong}");
    }
    for malformed in [
        format!("countersign://open?challenge={sid}"),
        format!("countersign://confirm?challenge={sid}"),
        format!("{}&silent=1", link(&sid, TRANSACTION)),
        link(&sid, ""),
    ] {
        let refused = setup.app.started_here(&malformed, || true).await;
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
    assert!(!is_held_back(&setup, &sid).await);
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

/// The fields below a message say whom to pay how much.
#[tokio::test]
async fn another_field_below_a_usual_message_waits_for_a_person() {
    let (setup, factor) = silent().await;
    let sid = start(&setup, &factor, "Sign in?");
    let elsewhere = json!({"message": "Sign in?", "fields": [{"label": "Where", "value": "Elsewhere"}]});
    setup.double.change(&sid, "details", elsewhere);
    setup.check().await;
    assert_eq!(
        open(&setup, &sid).await.unwrap(),
        StartedHere::Marked(sid.clone())
    );
    assert_eq!(setup.double.status(&sid), "pending");
    assert_eq!(
        setup.app.request(&sid).await.unwrap().unusual,
        Some(Unusual::NewDetails)
    );
}

#[tokio::test]
async fn what_the_signature_would_not_cover_waits_for_a_person() {
    for (covered, status) in [
        ("sid,status,hidden_details", "pending"),
        ("sid,status,details", "approved"),
    ] {
        let (setup, factor) = silent().await;
        covered.clone_into(&mut setup.double.state().fields);
        let sid = start(&setup, &factor, "Sign in?");
        setup.check().await;
        open(&setup, &sid).await.unwrap();
        assert_eq!(setup.double.status(&sid), status, "{covered}");
    }
}

/// Between the link and the signature lie twenty seconds, two answers of a server and a keychain.
#[tokio::test]
async fn what_is_locked_meanwhile_is_not_approved() {
    // Asked before the signature, and before it is sent.
    for (allowed, status) in [(0, "pending"), (1, "pending"), (2, "approved")] {
        let (setup, factor) = silent().await;
        let sid = start(&setup, &factor, "Sign in?");
        setup.check().await;
        setup.double.take_log();
        let asked = AtomicUsize::new(0);
        let still = || asked.fetch_add(1, Ordering::Relaxed) < allowed;
        let opened = setup.app.started_here(&link(&sid, TRANSACTION), still).await;
        assert_eq!(setup.double.status(&sid), status, "{allowed}: {opened:?}");
        if status == "pending" {
            assert_eq!(opened.unwrap(), StartedHere::Marked(sid.clone()));
            assert_eq!(setup.double.count("POST /Challenges/one"), 0);
            let shown = setup.show(&sid).await;
            assert!(shown.is_pending() && shown.on_this_computer);
        }
    }
}

#[tokio::test]
async fn a_mark_goes_with_what_it_was_put_on() {
    let (setup, factor) = Setup::enrolled().await;
    let sid = start(&setup, &factor, "Sign in?");
    setup.check().await;
    open(&setup, &sid).await.unwrap();
    setup
        .double
        .change(&sid, "date_updated", json!("2026-11-20T05:00:07Z"));
    assert!(setup.show(&sid).await.on_this_computer, "it says what it said");
    let other = json!({"action_id": "a-0", "transaction_id": "another"});
    setup.double.change(&sid, "hidden_details", other);
    assert!(!setup.show(&sid).await.on_this_computer);
}

#[tokio::test]
async fn what_names_another_transaction_when_it_is_fetched_is_neither_approved_nor_marked() {
    let (setup, factor) = silent().await;
    let sid = start(&setup, &factor, "Sign in?");
    setup.check().await;
    let other = json!({"action_id": "a-1", "transaction_id": "another"});
    setup.double.change(&sid, "hidden_details", other);
    let opened = open(&setup, &sid).await;
    assert!(matches!(opened, Err(StartedHereError::NotHere)), "{opened:?}");
    assert_eq!(setup.double.status(&sid), "pending");
    assert!(!setup.app.request(&sid).await.unwrap().on_this_computer);
}

#[tokio::test]
async fn a_clock_that_was_set_back_makes_nothing_young() {
    for (back, right) in [(5, true), (200, false)] {
        let (setup, factor) = Setup::enrolled().await;
        let sid = start(&setup, &factor, "Sign in?");
        setup.check().await;
        setup.clock.advance(-SignedDuration::from_secs(back));
        let opened = open(&setup, &sid).await;
        assert_eq!(opened.is_ok(), right, "{back}: {opened:?}");
    }
}

async fn is_held_back(setup: &Setup, sid: &ChallengeSid) -> bool {
    setup.app.request(sid).await.unwrap().held_back
}

#[tokio::test]
async fn nobody_is_told_for_a_moment_of_what_a_link_may_still_approve() {
    let (setup, factor) = silent().await;
    let (usual, other) = (
        start(&setup, &factor, "Sign in?"),
        start(&setup, &factor, "Pay 10 000 EUR?"),
    );
    setup.check().await;
    assert!(is_held_back(&setup, &usual).await);
    assert!(
        !is_held_back(&setup, &other).await,
        "a person has to look at that"
    );
    setup.clock.advance(SignedDuration::from_secs(3));
    assert!(!is_held_back(&setup, &usual).await, "no link came");
    setup.clock.advance(-SignedDuration::from_secs(60));
    assert!(!is_held_back(&setup, &usual).await, "clocks are set back");
}

#[tokio::test]
async fn nobody_is_told_of_what_a_link_is_about_to_approve() {
    let (setup, factor) = silent().await;
    let sid = start(&setup, &factor, "Sign in?");
    setup.check().await;
    setup.clock.advance(SignedDuration::from_secs(10));
    assert!(!is_held_back(&setup, &sid).await);
    // Its server takes its time, in which a person may look.
    setup.double.once("GET /Challenges/one", Said::Silence);
    let mut opening = Box::pin(open(&setup, &sid));
    let held = async {
        while !is_held_back(&setup, &sid).await {
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        opened = &mut opening => panic!("{opened:?}"),
        () = held => {}
    }
    let mut events = setup.app.subscribe();
    drop(opening);
    assert!(!is_held_back(&setup, &sid).await);
    assert_eq!(told(&mut events), [Event::RequestChanged { sid }]);
}

#[tokio::test]
async fn what_was_announced_is_known_to_be_so_over_restarts() {
    let (mut setup, factor) = Setup::enrolled().await;
    let [one, two] = ["Sign in?", "Pay?"].map(|message| setup.double.challenge(&factor.sid, message));
    setup.check().await;
    setup.app.announced(std::slice::from_ref(&one)).await.unwrap();
    setup.restart().await;
    assert!(setup.app.request(&one).await.unwrap().announced);
    assert!(!setup.app.request(&two).await.unwrap().announced);
}
