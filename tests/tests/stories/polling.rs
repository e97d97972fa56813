//! The program watches by itself, and tells whoever listens.

use std::time::Duration;

use countersign_core::{Connection, Event, PollError};
use countersign_tests::device::wait_for;
use countersign_tests::world::ada;
use countersign_tests::{Exchange, Question, World};
use jiff::SignedDuration;

#[tokio::test]
async fn a_request_arrives_while_the_program_watches_and_leaves_when_it_is_answered_elsewhere() {
    let world = World::start().await;
    let (device, factor) = world.enrolled(&ada()).await;
    let terminal = device.beside().await;
    let mut events = device.authenticator.subscribe();
    let polling = device.authenticator.poll().unwrap();
    wait_for(&mut events, &Event::Checked).await;

    let asked = world.ask(&factor, &Question::new("Sign in?")).await;
    device.authenticator.expect_requests();
    wait_for(
        &mut events,
        &Event::RequestArrived {
            sid: asked.sid.clone(),
        },
    )
    .await;
    assert_eq!(device.waiting().await, std::slice::from_ref(&asked.sid));

    let shown = terminal.look_at(&asked.sid).await.digest;
    terminal.authenticator.approve(&asked.sid, &shown).await.unwrap();
    device.authenticator.expect_requests();
    wait_for(&mut events, &Event::Checked).await;
    assert!(device.waiting().await.is_empty());
    drop(polling);
}

#[tokio::test]
async fn one_program_of_a_profile_watches_at_a_time() {
    let world = World::start().await;
    let (app, _) = world.enrolled(&ada()).await;
    let terminal = app.beside().await;
    let mut events = app.authenticator.subscribe();
    let polling = app.authenticator.poll().unwrap();
    assert!(matches!(
        terminal.authenticator.poll(),
        Err(PollError::AnotherProcess)
    ));
    wait_for(&mut events, &Event::PollingChanged).await;
    polling.stop().await;
    terminal.authenticator.poll().unwrap();
}

#[tokio::test]
async fn a_network_that_comes_and_goes_is_told() {
    let world = World::start().await;
    let (device, factor) = world.enrolled(&ada()).await;
    let mut events = device.authenticator.subscribe();
    let changed = Event::ConnectionChanged { factor_sid: factor };
    world.proxy.go_offline();
    device.check().await;
    wait_for(&mut events, &changed).await;
    world.proxy.come_back();
    device.check().await;
    wait_for(&mut events, &changed).await;
}

/// A program that asks by its own clock has to have asked for longer than this before it asks again.
const SOON_ENOUGH: Duration = Duration::from_secs(5);

#[tokio::test]
async fn a_request_arrives_at_once_though_nobody_checks() {
    let world = World::start().await;
    let (device, factor) = world.enrolled(&ada()).await;
    // Nothing is expected any more, so that the program would ask rarely.
    world.advance(SignedDuration::from_mins(5));
    world.proxy.forget();
    let mut events = device.authenticator.subscribe();
    let polling = device.authenticator.poll().unwrap();
    wait_for(&mut events, &Event::Checked).await;

    for text in ["Sign in?", "Pay?"] {
        let sid = world.ask(&factor, &Question::new(text)).await.sid;
        let arrived = Event::RequestArrived { sid };
        let told = tokio::time::timeout(SOON_ENOUGH, wait_for(&mut events, &arrived)).await;
        told.expect("the server says so at once");
        wait_for(&mut events, &Event::Checked).await;
    }
    let seen = world.proxy.seen();
    let lists = |exchange: &&Exchange| exchange.path.contains("/Challenges?");
    assert_eq!(
        seen.iter().filter(lists).count(),
        3,
        "the first check, and one answer for each request"
    );
    polling.stop().await;
}

#[tokio::test]
async fn a_revocation_is_noticed_at_once_though_nobody_checks() {
    let world = World::start().await;
    let (device, factor) = world.enrolled(&ada()).await;
    world.advance(SignedDuration::from_mins(5));
    let mut events = device.authenticator.subscribe();
    let polling = device.authenticator.poll().unwrap();
    wait_for(&mut events, &Event::Checked).await;

    world.tenant.revoke(&ada(), &factor).await.unwrap();
    let changed = Event::ConnectionChanged { factor_sid: factor };
    let told = tokio::time::timeout(SOON_ENOUGH, wait_for(&mut events, &changed)).await;
    told.expect("the server says so at once");
    let connections = device.authenticator.connections().await.unwrap();
    assert_eq!(connections[0].connection, Connection::SignedOut);
    polling.stop().await;
}
