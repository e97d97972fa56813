use jiff::SignedDuration;

use super::{
    double::Said,
    setup::{Setup, wait_for},
};
use crate::{Connection, Event, PollError};

const LIST: &str = "GET /Challenges";

#[tokio::test]
async fn the_poller_brings_requests_and_checks_at_once_when_they_are_expected() {
    let (setup, factor) = Setup::enrolled().await;
    let mut events = setup.app.subscribe();
    let polling = setup.app.poll().unwrap();
    wait_for(&mut events, &Event::Checked).await;
    let sid = setup.double.challenge(&factor.sid, "while polling");
    setup.app.expect_requests();
    wait_for(&mut events, &Event::RequestArrived { sid }).await;
    polling.stop().await;
}

#[tokio::test]
async fn only_one_process_polls_until_it_ends() {
    let (mut setup, _) = Setup::enrolled().await;
    let first = setup.app.clone();
    let polling = first.poll().unwrap();
    setup.restart().await;
    assert!(matches!(setup.app.poll(), Err(PollError::AnotherProcess)));
    polling.stop().await;
    setup.app.poll().unwrap().stop().await;
}

#[tokio::test]
async fn what_another_process_writes_is_told() {
    let (mut setup, shown) = Setup::asked().await;
    let polls = setup.app.clone();
    let mut events = polls.subscribe();
    let polling = polls.poll().unwrap();
    wait_for(&mut events, &Event::Checked).await;
    setup.restart().await;
    setup.app.approve(&shown.sid, &shown.digest).await.unwrap();
    polls.expect_requests();
    wait_for(&mut events, &Event::ChangedElsewhere).await;
    assert!(polls.inbox().await.unwrap().requests.is_empty());
    polling.stop().await;
}

#[tokio::test]
async fn a_changed_network_has_all_checked_at_once_though_the_next_check_was_far_off() {
    let (setup, factor) = Setup::enrolled().await;
    let changed = Event::ConnectionChanged {
        factor_sid: factor.sid,
    };
    setup.double.on_a_whim(|_| Some(Said::error(401, 20101)));
    let mut events = setup.app.subscribe();
    let polling = setup.app.poll().unwrap();
    wait_for(&mut events, &changed).await;
    wait_for(&mut events, &Event::Checked).await;
    setup.double.behave();
    setup.app.reconnect();
    wait_for(&mut events, &changed).await;
    let now = setup.app.connections().await.unwrap();
    assert_eq!(now[0].connection, Connection::Online);
    polling.stop().await;
}

#[tokio::test]
async fn a_changed_network_is_no_reason_to_ask_a_server_before_the_time_it_named() {
    let (setup, _) = Setup::enrolled().await;
    let busy = Said::error(429, 20429).with("Retry-After", "60");
    setup.double.once(LIST, busy);
    let mut events = setup.app.subscribe();
    let polling = setup.app.poll().unwrap();
    wait_for(&mut events, &Event::Checked).await;
    setup.double.take_log();
    for _ in 0..3 {
        setup.app.reconnect();
        setup.check().await;
    }
    let asked = setup.double.take_log();
    assert_eq!(
        asked.iter().filter(|kind| *kind == LIST).count(),
        3,
        "only what a person wanted"
    );
    // The pause goes by a clock that stands still while the computer sleeps.
    for clock in [&setup.clock, &setup.servers_clock] {
        clock.advance(SignedDuration::from_secs(60));
    }
    let mut events = setup.app.subscribe();
    setup.app.reconnect();
    wait_for(&mut events, &Event::Checked).await;
    polling.stop().await;
}
