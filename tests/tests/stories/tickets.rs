//! A person enrols with a ticket: a short code on a page that says what becomes of it.

use countersign_core::{EnrolError, FactorStatus, PreviewKind};
use countersign_tests::World;
use countersign_tests::world::ada;
use jiff::SignedDuration;

#[tokio::test]
async fn the_page_of_a_ticket_leads_into_the_app_and_says_when_the_device_is_enrolled() {
    let world = World::start().await;
    let (device, late) = (world.device().await, world.device().await);
    let ticket = world.tenant.ticket(&ada()).await;
    let page = async || world.tenant.account.browse(&ticket.url).await;
    let shown = page().await;
    assert!(
        shown.contains("Enrol a device at Acme") && shown.contains("Waiting"),
        "{shown}"
    );
    assert!(shown.contains(&ticket.link.replace('&', "&amp;")), "{shown}");

    let preview = device.authenticator.preview(&ticket.link).unwrap();
    assert_eq!(preview.kind, PreviewKind::Ticket);
    assert!(
        page().await.contains("Waiting"),
        "a look at the link uses nothing up"
    );

    let factor = device.authenticator.enrol(&ticket.link).await.unwrap();
    assert_eq!(
        (factor.status, &factor.identity),
        (FactorStatus::Verified, &ada())
    );
    assert!(page().await.contains("the device is enrolled"));
    assert_eq!(world.tenant.factors(&ada()).await.len(), 1);

    let refused = late.authenticator.enrol(&ticket.link).await;
    assert!(
        matches!(refused, Err(EnrolError::UsedOrExpired(_))),
        "{refused:?}"
    );
    assert!(late.keys.ids().is_empty());
}

#[tokio::test]
async fn a_ticket_whose_time_is_over_enrols_nobody() {
    let world = World::start().await;
    let device = world.device().await;
    let ticket = world.tenant.ticket(&ada()).await;
    world.advance(SignedDuration::from_mins(5));
    let refused = device.authenticator.enrol(&ticket.link).await;
    assert!(
        matches!(refused, Err(EnrolError::UsedOrExpired(_))),
        "{refused:?}"
    );
    let shown = world.tenant.account.browse(&ticket.url).await;
    assert!(shown.contains("This link has expired"), "{shown}");
    assert!(world.tenant.factors(&ada()).await.is_empty());
}

#[tokio::test]
async fn of_two_devices_that_open_a_ticket_at_once_one_is_enrolled() {
    let world = World::start().await;
    let (first, second) = (world.device().await, world.device().await);
    let ticket = world.tenant.ticket(&ada()).await;
    let (one, other) = tokio::join!(
        first.authenticator.enrol(&ticket.link),
        second.authenticator.enrol(&ticket.link)
    );
    assert!(one.is_ok() != other.is_ok(), "{one:?} {other:?}");
    assert_eq!(world.tenant.factors(&ada()).await.len(), 1);
}
