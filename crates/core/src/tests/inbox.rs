use serde_json::json;

use super::{
    double::Said,
    setup::{Setup, told},
};
use crate::{ChallengeStatus, Connection, Event, RequestError};

#[tokio::test]
async fn what_waits_at_all_servers_is_shown_newest_first_and_told_once() {
    let (setup, factor) = Setup::enrolled().await;
    let mut events = setup.app.subscribe();
    let old = setup.double.challenge(&factor.sid, "old");
    setup.servers_clock.advance(jiff::SignedDuration::from_secs(2));
    let new = setup.double.challenge(&factor.sid, "new");
    let report = setup.check().await;
    assert_eq!(report.factors[0].outcome.as_ref().unwrap().arrived, 2);
    assert_eq!(setup.open_sids().await, [new.clone(), old.clone()]);
    let arrived: Vec<_> = told(&mut events)
        .into_iter()
        .filter(|event| matches!(event, Event::RequestArrived { .. }))
        .collect();
    assert_eq!(
        arrived,
        [
            Event::RequestArrived { sid: new },
            Event::RequestArrived { sid: old }
        ]
    );
    setup.check().await;
    assert!(
        !told(&mut events)
            .iter()
            .any(|event| matches!(event, Event::RequestArrived { .. }))
    );
}

#[tokio::test]
async fn a_check_with_nothing_new_is_one_request_whatever_waits() {
    let (setup, factor) = Setup::enrolled().await;
    for number in 0..15 {
        setup.double.challenge(&factor.sid, &format!("number {number}"));
    }
    setup.check().await;
    setup.double.take_log();
    setup.check().await;
    assert_eq!(setup.double.take_log(), ["GET /Challenges"]);
}

#[tokio::test]
async fn more_than_a_page_is_read_to_its_end() {
    let (setup, factor) = Setup::enrolled().await;
    for number in 0..45 {
        setup.double.challenge(&factor.sid, &format!("number {number}"));
    }
    setup.check().await;
    assert_eq!(setup.open_sids().await.len(), 45);
    assert_eq!(setup.double.count("GET /Challenges"), 3);
}

#[tokio::test]
async fn the_list_is_asked_for_what_is_pending_newest_first() {
    let (setup, factor) = Setup::enrolled().await;
    setup.check().await;
    let target = setup.double.state().log[0].target.clone();
    let query = format!("?PageSize=20&FactorSid={}&Order=desc&Status=pending", factor.sid);
    assert!(target.ends_with(&query), "{target}");
}

#[tokio::test]
async fn what_became_of_a_request_elsewhere_is_looked_up() {
    let (setup, factor) = Setup::enrolled().await;
    let sids: Vec<_> = ["approved", "denied", "expired", "deleted"]
        .iter()
        .map(|fate| setup.double.challenge(&factor.sid, fate))
        .collect();
    setup.check().await;
    setup.double.change(&sids[0], "status", json!("approved"));
    setup.double.change(&sids[1], "status", json!("denied"));
    setup
        .double
        .change(&sids[2], "expiration_date", json!("2026-11-20T04:00:00Z"));
    setup.double.state().challenges.remove(&sids[3]);
    let report = setup.check().await;
    assert_eq!(report.factors[0].outcome.as_ref().unwrap().settled, 4);
    assert!(setup.open_sids().await.is_empty());
    let history = setup.app.history(10).await.unwrap();
    assert_eq!(history.len(), 3);
    for entry in history {
        assert_eq!(entry.message, entry.status.as_str());
        assert!(!entry.answered_here);
    }
}

#[tokio::test]
async fn a_request_that_changes_while_it_waits_is_fetched_again_and_told() {
    let (setup, factor) = Setup::enrolled().await;
    let sid = setup.double.challenge(&factor.sid, "before");
    setup.check().await;
    let before = setup.app.request(&sid).await.unwrap();
    let mut events = setup.app.subscribe();
    setup.double.change(&sid, "details", json!({"message": "after"}));
    setup.check().await;
    let after = setup.app.request(&sid).await.unwrap();
    assert_eq!(after.message, "after");
    assert_ne!(after.digest, before.digest);
    assert!(told(&mut events).contains(&Event::RequestChanged { sid }));
}

#[tokio::test]
async fn a_list_item_is_never_taken_for_the_challenge_itself() {
    let (setup, factor) = Setup::enrolled().await;
    let sid = setup.double.challenge(&factor.sid, "the truth");
    let mut item = setup.double.state().challenges[&sid].clone();
    item["details"]["message"] = json!("what the list says");
    let list = json!({"challenges": [item], "meta": {"page": 0, "page_size": 20, "key": "challenges"}});
    setup.double.on_a_whim(move |asked| {
        (asked.kind() == "GET /Challenges").then(|| Said::reply(200, list.to_string()))
    });
    setup.check().await;
    let request = setup.app.request(&sid).await.unwrap();
    assert_eq!(request.message, "the truth");
    assert!(request.signed.details);
}

#[tokio::test]
async fn an_item_that_cannot_be_read_does_not_hide_the_others() {
    let (setup, factor) = Setup::enrolled().await;
    let bad = setup.double.challenge(&factor.sid, "bad");
    let good = setup.double.challenge(&factor.sid, "good");
    setup.double.change(&bad, "details", json!(null));
    setup.check().await;
    assert_eq!(setup.open_sids().await, [good]);
}

#[tokio::test]
async fn one_server_cannot_touch_what_another_one_sent() {
    let (setup, factor) = Setup::enrolled().await;
    let other = super::double::Double::start(setup.servers_clock.clone()).await;
    // The double counts its SIDs; the first would be the one that our factor has.
    other.challenge(&factor.sid, "to count on");
    other.state().challenges.clear();
    let second = setup.app.enrol(&other.link()).await.unwrap();
    assert_ne!(second.sid, factor.sid);
    let sid = setup.double.challenge(&factor.sid, "from the first server");
    setup.check().await;
    for status in ["approved", "pending"] {
        let mut forged = setup.double.state().challenges[&sid].clone();
        forged["factor_sid"] = json!(second.sid);
        forged["status"] = json!(status);
        forged["details"] = json!({"message": "forged"});
        other.state().challenges.insert(sid.clone(), forged.clone());
        let list = json!({"challenges": [forged], "meta": {"page": 0, "page_size": 20, "key": "challenges"}});
        other.on_a_whim(move |asked| {
            (asked.kind() == "GET /Challenges").then(|| Said::reply(200, list.to_string()))
        });
        setup.check().await;
        let request = setup.app.request(&sid).await.unwrap();
        assert_eq!(request.message, "from the first server", "{status}");
        assert_eq!(request.status, ChallengeStatus::Pending, "{status}");
    }
    assert_eq!(setup.app.inbox().await.unwrap().requests.len(), 1);
}

#[tokio::test]
async fn connections_are_states_that_outlive_the_program() {
    let (mut setup, _) = Setup::enrolled().await;
    assert_eq!(
        setup.app.connections().await.unwrap()[0].connection,
        Connection::Online
    );
    setup.double.on_a_whim(|_| Some(Said::Cut));
    setup.clock.advance(jiff::SignedDuration::from_secs(60));
    let since = countersign_protocol::clock::Clock::now(&setup.clock);
    setup.app.check_now().await;
    setup.clock.advance(jiff::SignedDuration::from_secs(60));
    let report = setup.app.check_now().await;
    assert!(report.factors[0].outcome.is_err());
    setup.restart().await;
    let connection = setup.app.connections().await.unwrap()[0].clone();
    assert_eq!(connection.connection, Connection::Offline { since });
    assert!(connection.last_contact.is_some());
    setup.double.behave();
    setup.check().await;
    let inbox = setup.app.inbox().await.unwrap();
    assert_eq!(inbox.connections[0].connection, Connection::Online);
    assert_eq!(inbox.last_checked, inbox.connections[0].last_contact);
}

#[tokio::test]
async fn a_request_that_is_not_known_yet_is_looked_for() {
    let (setup, factor) = Setup::enrolled().await;
    let sid = setup.double.challenge(&factor.sid, "by a link");
    assert!(matches!(
        setup.app.request(&sid).await,
        Err(RequestError::NotFound)
    ));
    assert_eq!(setup.show(&sid).await.message, "by a link");
    let nobody = "YC00000000000000000000000000000000".parse().unwrap();
    assert!(matches!(
        setup.app.refresh(&nobody).await,
        Err(RequestError::NotFound)
    ));
}

#[tokio::test]
async fn requests_and_history_outlive_the_program() {
    let (mut setup, shown) = Setup::asked().await;
    setup.restart().await;
    assert_eq!(setup.app.request(&shown.sid).await.unwrap(), shown);
    setup.app.approve(&shown.sid, &shown.digest).await.unwrap();
    setup.restart().await;
    assert_eq!(setup.app.history(10).await.unwrap()[0].sid, shown.sid);
}

#[tokio::test]
async fn answers_that_are_no_answers_are_errors_and_change_nothing() {
    let (setup, _) = Setup::asked().await;
    let before = setup.open_sids().await;
    let long = format!("{{\"challenges\":[],\"x\":\"{}\"}}", "x".repeat(2 * 1024 * 1024));
    for body in [
        "",
        "null",
        "[]",
        "<html>",
        "{\"challenges\":[]}",
        "{\"challenges\":{},\"meta\":{}}",
        "{\"a\":1,\"a\":2}",
        &long,
    ] {
        let body = body.to_owned();
        setup
            .double
            .on_a_whim(move |_| Some(Said::reply(200, body.clone())));
        let report = setup.app.check_now().await;
        assert!(report.factors[0].outcome.is_err());
        assert_eq!(setup.open_sids().await, before);
    }
}
