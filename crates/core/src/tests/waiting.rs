use std::time::Duration;

use countersign_protocol::clock::Clock;
use jiff::SignedDuration;

use super::{
    double::{Said, Waits},
    setup::{Setup, told, wait_for},
};
use crate::{Connection, Event, Polling, Removal};

const LIST: &str = "GET /Challenges";
const DISCOVERY: &str = "GET /.well-known/one";

/// A profile with one factor, for which a request is held.
async fn waiting() -> (Setup, crate::Factor, Polling) {
    let (setup, factor) = Setup::enrolled().await;
    setup.double.state().waits = Waits::Held;
    let polling = setup.app.poll().unwrap();
    setup.double.holds(1).await;
    (setup, factor, polling)
}

async fn connection(setup: &Setup) -> Connection {
    setup.app.connections().await.unwrap()[0].connection
}

/// Lets everything else go on until this is so.
async fn until(what: &str, is: impl Fn() -> bool) {
    let so = async {
        while !is() {
            tokio::task::yield_now().await;
        }
    };
    let so = tokio::time::timeout(Duration::from_secs(30), so).await;
    so.unwrap_or_else(|_| panic!("waited in vain for {what}"));
}

#[tokio::test]
async fn a_request_arrives_by_itself_and_the_next_is_waited_for_with_its_tag_and_a_token_of_its_own() {
    let (setup, factor, polling) = waiting().await;
    assert_eq!(setup.double.take_log(), [LIST, DISCOVERY, LIST]);
    let mut events = setup.app.subscribe();
    for message in ["first", "second"] {
        for clock in [&setup.clock, &setup.servers_clock] {
            clock.advance(SignedDuration::from_secs(3));
        }
        let sid = setup.double.challenge(&factor.sid, message);
        wait_for(&mut events, &Event::RequestArrived { sid }).await;
        wait_for(&mut events, &Event::Checked).await;
        setup.double.holds(1).await;
    }
    let wishes = setup.double.wishes();
    let distinct = |name| {
        let mut all: Vec<_> = wishes.iter().map(|asked| asked.headers[name].clone()).collect();
        all.dedup();
        all.len()
    };
    assert_eq!(wishes.len(), 2);
    assert_eq!((distinct("if-none-match"), distinct("authorization")), (2, 2));
    assert_eq!(setup.double.count(LIST), 2, "nothing is asked besides");
    polling.stop().await;
}

#[tokio::test]
async fn when_there_is_nothing_new_the_same_is_waited_for_again_at_once() {
    let (setup, _, polling) = waiting().await;
    let mut events = setup.app.subscribe();
    for _ in 0..3 {
        setup.double.release(Said::nothing_new());
        wait_for(&mut events, &Event::Checked).await;
        setup.double.holds(1).await;
    }
    let wishes = setup.double.wishes();
    assert_eq!(wishes.len(), 4);
    assert!(
        wishes
            .iter()
            .all(|asked| asked.headers["if-none-match"] == wishes[0].headers["if-none-match"])
    );
    assert_eq!(setup.double.count(LIST), 5);
    polling.stop().await;
}

#[tokio::test]
async fn every_answer_that_was_waited_for_and_every_check_is_the_last_one_and_is_told_once() {
    let (setup, factor, polling) = waiting().await;
    let last_checked = async || setup.app.inbox().await.unwrap().last_checked;
    let pass = || {
        for clock in [&setup.clock, &setup.servers_clock] {
            clock.advance(SignedDuration::from_secs(3));
        }
        Some(setup.clock.now())
    };
    let mut events = setup.app.subscribe();
    let now = pass();
    setup.double.release(Said::nothing_new());
    wait_for(&mut events, &Event::Checked).await;
    assert_eq!(last_checked().await, now);
    setup.double.holds(1).await;

    let now = pass();
    let sid = setup.double.challenge(&factor.sid, "news");
    wait_for(&mut events, &Event::RequestArrived { sid }).await;
    assert_eq!(last_checked().await, now);
    wait_for(&mut events, &Event::Checked).await;
    setup.double.holds(1).await;
    assert_eq!(told(&mut events), [], "each answer is told once");

    let now = pass();
    setup.check().await;
    assert_eq!(last_checked().await, now);
    polling.stop().await;
}

#[tokio::test]
async fn a_server_is_asked_once_a_day_what_it_offers_however_many_factors_it_has() {
    let (setup, _) = Setup::enrolled().await;
    setup.app.enrol(&setup.double.link()).await.unwrap();
    setup.double.state().waits = Waits::Held;
    let polling = setup.app.poll().unwrap();
    setup.double.holds(2).await;
    assert_eq!(setup.double.count(DISCOVERY), 1);
    for clock in [&setup.clock, &setup.servers_clock] {
        clock.advance(SignedDuration::from_hours(24));
    }
    setup.double.state().waits = Waits::Unknown;
    let mut events = setup.app.subscribe();
    setup.double.release(Said::nothing_new());
    for _ in 0..2 {
        wait_for(&mut events, &Event::Checked).await;
    }
    setup.check().await;
    assert_eq!(setup.double.count(DISCOVERY), 2);
    assert_eq!(
        setup.double.wishes().len(),
        2,
        "it does not offer to wait any more"
    );
    polling.stop().await;
}

#[tokio::test]
async fn a_plain_service_is_never_asked_to_wait() {
    let (setup, _) = Setup::enrolled().await;
    let mut events = setup.app.subscribe();
    let polling = setup.app.poll().unwrap();
    for _ in 0..3 {
        wait_for(&mut events, &Event::Checked).await;
        setup.app.expect_requests();
    }
    assert_eq!(setup.double.count(DISCOVERY), 1);
    assert!(setup.double.wishes().is_empty());
    polling.stop().await;
}

#[tokio::test]
async fn a_server_that_does_not_hold_is_asked_by_our_own_clock() {
    for (waits, quick) in [(Waits::Full, 1), (Waits::Pretended, 15)] {
        let (setup, _) = Setup::enrolled().await;
        setup.double.state().waits = waits;
        let mut events = setup.app.subscribe();
        let polling = setup.app.poll().unwrap();
        for _ in 0..=quick {
            wait_for(&mut events, &Event::Checked).await;
        }
        for _ in 0..3 {
            setup.check().await;
        }
        assert_eq!(setup.double.wishes().len(), quick, "{waits:?}");
        assert_eq!(setup.double.count(LIST), 1 + quick + 3, "{waits:?}");
        polling.stop().await;
    }
}

#[tokio::test]
async fn whatever_ends_the_poller_ends_the_waiting_at_once() {
    let (setup, _, polling) = waiting().await;
    let stopped = tokio::time::timeout(Duration::from_secs(5), polling.stop()).await;
    stopped.expect("it does not wait for the server");
    setup.double.holds(0).await;

    let (setup, _, polling) = waiting().await;
    drop(polling);
    setup.double.holds(0).await;

    let (setup, _, _polling) = waiting().await;
    let closed = tokio::time::timeout(Duration::from_secs(5), setup.app.clone().close()).await;
    closed.expect("it does not wait for the server");
    setup.double.holds(0).await;
}

#[tokio::test]
async fn nobody_waits_for_a_factor_that_was_removed() {
    let (setup, factor, polling) = waiting().await;
    let other = setup.app.enrol(&setup.double.link()).await.unwrap();
    setup.double.holds(2).await;
    assert_eq!(setup.app.remove(&factor.sid).await.unwrap(), Removal::Removed);
    setup.double.holds(1).await;
    assert_eq!(setup.double.count("DELETE /Factors/one"), 1);

    let client = setup.app.client(setup.double.url.clone());
    client.clear_local_storage().await.unwrap();
    setup.double.holds(0).await;
    assert!(setup.double.state().factors.contains_key(&other.sid));
    polling.stop().await;
}

#[tokio::test]
async fn whoever_expects_something_has_it_checked_at_once_and_waits_anew() {
    let (setup, _, polling) = waiting().await;
    let mut events = setup.app.subscribe();
    setup.app.expect_requests();
    wait_for(&mut events, &Event::Checked).await;
    until("the new request", || setup.double.wishes().len() == 2).await;
    setup.double.holds(1).await;
    assert_eq!(setup.double.take_log(), [LIST, DISCOVERY, LIST, LIST, LIST]);
    polling.stop().await;
}

#[tokio::test]
async fn a_computer_that_slept_asks_at_once_and_waits_over_a_new_connection() {
    let (setup, factor, polling) = waiting().await;
    setup.app.enrol(&setup.double.link()).await.unwrap();
    setup.double.holds(2).await;
    setup.double.take_log();
    for clock in [&setup.clock, &setup.servers_clock] {
        clock.advance(SignedDuration::from_hours(8));
    }
    // The poller looks at the clock whenever anything happens, and every few seconds.
    setup.app.remove(&factor.sid).await.unwrap();
    until("the new request", || setup.double.wishes().len() == 1).await;
    setup.double.holds(1).await;
    polling.stop().await;
}

#[tokio::test]
async fn a_person_may_check_while_a_request_is_held() {
    let (setup, _, polling) = waiting().await;
    setup.double.take_log();
    setup.check().await;
    assert_eq!(setup.double.take_log(), [LIST]);
    setup.double.holds(1).await;
    polling.stop().await;
}

#[tokio::test]
async fn a_connection_is_down_when_the_waiting_breaks_and_up_as_soon_as_the_server_answers() {
    let (setup, factor, polling) = waiting().await;
    assert_eq!(connection(&setup).await, Connection::Online);
    let mut events = setup.app.subscribe();
    let changed = Event::ConnectionChanged {
        factor_sid: factor.sid,
    };
    setup.double.release(Said::Cut);
    wait_for(&mut events, &changed).await;
    assert!(matches!(connection(&setup).await, Connection::Offline { .. }));
    setup.double.take_log();
    setup.app.expect_requests();
    wait_for(&mut events, &changed).await;
    assert_eq!(
        connection(&setup).await,
        Connection::Online,
        "while it waits again"
    );
    setup.double.holds(1).await;
    assert_eq!(setup.double.take_log(), [LIST, LIST]);
    polling.stop().await;
}

/// The person's own check found the server down, after the request that is still held was sent.
#[tokio::test]
async fn what_was_noted_while_a_request_was_held_is_corrected_by_its_answer() {
    let (setup, _, polling) = waiting().await;
    setup.double.once(LIST, Said::Cut);
    drop(setup.app.check_now().await);
    assert!(matches!(connection(&setup).await, Connection::Offline { .. }));
    setup.double.behave();
    let mut events = setup.app.subscribe();
    setup.double.release(Said::nothing_new());
    wait_for(&mut events, &Event::Checked).await;
    assert_eq!(connection(&setup).await, Connection::Online);
    polling.stop().await;
}

#[tokio::test]
async fn a_server_that_asks_to_be_left_alone_is_not_waited_at() {
    let (setup, _, polling) = waiting().await;
    let mut events = setup.app.subscribe();
    let busy = Said::error(503, 0).with("Retry-After", "60");
    setup.double.release(busy);
    wait_for(&mut events, &Event::Checked).await;
    setup.double.take_log();
    setup.app.expect_requests();
    for _ in 0..3 {
        setup.check().await;
    }
    assert_eq!(setup.double.take_log(), [LIST; 3], "only what a person wanted");
    polling.stop().await;
}

#[tokio::test]
async fn a_factor_that_is_revoked_while_it_waits_is_signed_out() {
    let (setup, factor, polling) = waiting().await;
    let mut events = setup.app.subscribe();
    setup.double.state().factors.clear();
    setup.double.release(Said::error(401, 20101));
    let changed = Event::ConnectionChanged {
        factor_sid: factor.sid,
    };
    wait_for(&mut events, &changed).await;
    assert_eq!(connection(&setup).await, Connection::SignedOut);
    polling.stop().await;
}
