//! The program watches by itself, and tells whoever listens.

use countersign_core::{Event, PollError};
use countersign_tests::device::wait_for;
use countersign_tests::world::ada;
use countersign_tests::{Question, World};

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
