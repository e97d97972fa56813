use super::setup::{Setup, wait_for};
use crate::{Event, PollError};

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
