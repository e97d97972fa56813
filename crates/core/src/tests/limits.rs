//! What one bad server can cost: no more than its own share.

use std::{collections::BTreeSet, time::Duration};

use countersign_protocol::sid::{ChallengeSid, FactorSid};
use jiff::SignedDuration;
use serde_json::{Value, json};

use super::{
    double::{Double, Said},
    setup::{Setup, config, told},
};
use crate::{
    Connection,
    client::{ClientError, Unreached},
    device::Device,
    fault::Faults,
    inbox,
};

/// Puts copies of one challenge into the double: with SIDs in the order of their dates, from the given number on.
fn flood(double: &Double, factor: &FactorSid, numbers: std::ops::Range<u128>) -> Vec<ChallengeSid> {
    let sid = double.challenge(factor, "Again?");
    let mut state = double.state();
    let copy = state.challenges.remove(&sid).unwrap();
    numbers
        .map(|number| {
            let sid = ChallengeSid::from_random((1_000 + number).to_be_bytes());
            let mut copy = copy.clone();
            copy["sid"] = json!(sid);
            copy["date_created"] = json!(format!("2026-11-20T04:{:02}:{:02}Z", number / 60, number % 60));
            state.challenges.insert(sid.clone(), copy);
            sid
        })
        .collect()
}

fn list(items: Vec<Value>, next: bool) -> Said {
    let url = next.then_some("http://double/?PageSize=20&PageToken=1");
    let meta = json!({"page": 0, "page_size": 20, "key": "challenges", "next_page_url": url});
    Said::reply(200, json!({"challenges": items, "meta": meta}).to_string())
}

#[tokio::test]
async fn a_list_that_is_longer_than_asked_for_is_read_as_far_as_asked_for() {
    let (setup, factor) = Setup::enrolled().await;
    let sids = flood(&setup.double, &factor.sid, 0..300);
    let items: Vec<Value> = setup.double.state().challenges.values().cloned().collect();
    setup
        .double
        .on_a_whim(move |asked| (asked.kind() == "GET /Challenges").then(|| list(items.clone(), false)));
    setup.check().await;
    assert_eq!(setup.double.count("GET /Challenges/one"), 20);
    let shown: BTreeSet<_> = setup.open_sids().await.into_iter().collect();
    assert_eq!(shown, sids[..20].iter().cloned().collect());
}

#[tokio::test]
async fn a_check_has_an_end_whatever_the_server_lists() {
    let (setup, factor) = Setup::enrolled().await;
    flood(&setup.double, &factor.sid, 0..50);
    setup.check().await;
    let mut number = 100;
    let fresh = setup.double.state().challenges.values().next().unwrap().clone();
    // Every page is full of requests that never were there before, and has a next one.
    setup.double.on_a_whim(move |asked| {
        (asked.kind() == "GET /Challenges").then(|| {
            let items = (0..20).map(|_| {
                number += 1;
                let mut item = fresh.clone();
                item["sid"] = json!(ChallengeSid::from_random(u128::to_be_bytes(number)));
                item
            });
            list(items.collect(), true)
        })
    });
    setup.double.take_log();
    setup.check().await;
    assert_eq!(setup.double.count("GET /Challenges"), 3);
    assert_eq!(
        setup.double.count("GET /Challenges/one"),
        50,
        "those that are missing included"
    );
}

#[tokio::test]
async fn the_newest_fifty_of_a_factor_are_kept_and_the_rest_is_left_alone() {
    let (setup, factor) = Setup::enrolled().await;
    let first = flood(&setup.double, &factor.sid, 0..60);
    setup.check().await;
    let newest = |sids: &[ChallengeSid]| sids.iter().rev().take(50).cloned().collect::<Vec<_>>();
    assert_eq!(setup.open_sids().await, newest(&first));

    setup.clock.advance(SignedDuration::from_secs(10));
    let all = [first, flood(&setup.double, &factor.sid, 60..65)].concat();
    setup.double.take_log();
    setup.check().await;
    assert_eq!(setup.double.count("GET /Challenges/one"), 5);
    assert_eq!(setup.open_sids().await, newest(&all));

    setup.double.take_log();
    let mut events = setup.app.subscribe();
    setup.check().await;
    assert_eq!(setup.double.count("GET /Challenges/one"), 0, "it comes to rest");
    assert_eq!(told(&mut events), [crate::Event::Checked]);
}

#[tokio::test]
async fn a_server_that_is_slow_at_everything_counts_as_not_reached() {
    let (setup, factor) = Setup::enrolled().await;
    let sid = setup.double.challenge(&factor.sid, "in time");
    setup.double.challenge(&factor.sid, "too late");
    let late = sid.clone();
    setup.double.on_a_whim(move |asked| {
        let slow = asked.kind() == "GET /Challenges/one" && asked.target.ends_with(late.as_str());
        slow.then_some(Said::Silence)
    });
    let config = config(&setup.home, &setup.keys, &setup.clock);
    let device = Device::open(config, Faults::none()).await.unwrap();
    let checked = inbox::check_within(&device, &factor, Duration::from_millis(300)).await;
    let late = |error: &Unreached| error.to_string().contains("took too long");
    assert!(matches!(&checked, Err(ClientError::Offline(error)) if late(error)));
    let connection = setup.app.connections().await.unwrap()[0].connection;
    assert!(matches!(connection, Connection::Offline { .. }), "{connection:?}");
    setup.double.behave();
    setup.check().await;
    assert_eq!(setup.open_sids().await.len(), 2);
}

#[tokio::test]
async fn a_challenge_that_cannot_be_read_is_asked_for_three_times_until_it_changes() {
    let (setup, factor) = Setup::enrolled().await;
    let sid = setup.double.challenge(&factor.sid, "?");
    setup.double.on_a_whim(|asked| {
        (asked.kind() == "GET /Challenges/one").then(|| Said::reply(200, "{\"sid\":\"YC\"}"))
    });
    for _ in 0..5 {
        setup.check().await;
    }
    assert_eq!(setup.double.count("GET /Challenges/one"), 3);
    setup
        .double
        .change(&sid, "date_updated", json!("2026-11-20T05:00:01Z"));
    setup.double.behave();
    setup.check().await;
    assert_eq!(setup.open_sids().await, [sid]);
}

#[tokio::test]
async fn an_oversized_challenge_is_left_out_and_does_not_hide_the_others() {
    let (setup, factor) = Setup::enrolled().await;
    setup.double.challenge(&factor.sid, &"x".repeat(1025));
    let good = setup.double.challenge(&factor.sid, "good");
    setup.check().await;
    assert_eq!(setup.open_sids().await, [good]);
}

#[tokio::test]
async fn a_date_in_the_future_does_not_put_a_request_in_front() {
    let (setup, factor) = Setup::enrolled().await;
    let hostile = setup.double.challenge(&factor.sid, "from the future");
    setup
        .double
        .change(&hostile, "date_created", json!("2030-01-01T00:00:00Z"));
    setup
        .double
        .change(&hostile, "expiration_date", json!("2031-01-01T00:00:00Z"));
    setup.check().await;
    setup.clock.advance(SignedDuration::from_secs(10));
    setup.servers_clock.advance(SignedDuration::from_secs(10));
    let honest = setup.double.challenge(&factor.sid, "from now");
    setup.check().await;
    assert_eq!(setup.open_sids().await, [honest, hostile.clone()]);

    let shown = setup.show(&hostile).await;
    assert_eq!(shown.expires_in, SignedDuration::from_hours(1));
    setup.app.approve(&hostile, &shown.digest).await.unwrap();
    assert_eq!(setup.double.status(&hostile), "approved", "signed as it is");
}

#[tokio::test]
async fn of_what_came_at_once_no_date_is_later_than_now() {
    let (setup, factor) = Setup::enrolled().await;
    let first = setup.double.challenge(&factor.sid, "from the future");
    let second = setup.double.challenge(&factor.sid, "from further away");
    assert!(first < second);
    for (sid, year) in [(&first, 2030), (&second, 2040)] {
        let created = json!(format!("{year}-01-01T00:00:00Z"));
        setup.double.change(sid, "date_created", created);
    }
    setup.check().await;
    assert_eq!(
        setup.open_sids().await,
        [first, second],
        "both are of now, so that only their SIDs tell them apart"
    );
}
