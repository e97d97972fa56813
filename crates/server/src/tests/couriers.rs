//! Several servers carry the deliveries of one database, receivers fail, and servers die.

use std::{collections::HashMap, time::Duration};

use countersign_protocol::sid::WebhookSid;

use super::{
    Device, World,
    receiver::{Heard, Receiver},
    subscribe,
};
use crate::{
    app::SharedApp,
    deliveries::{AT_ONCE, Courier, Targets},
    store::{
        claims::{Attempt, CLAIM_LIFE, FAILURES_BEFORE_PAUSE, PAUSE},
        deliveries::PENDING_LIFE,
    },
};

pub(super) fn courier(app: &SharedApp) -> Courier {
    Courier::new(app.clone(), Targets::Any).unwrap()
}

/// Waits until it is so, and fails if that never comes.
pub(super) async fn until(reached: impl AsyncFn() -> bool) {
    let reached = async {
        while !reached().await {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(120), reached)
        .await
        .unwrap();
}

/// How many deliveries stand at `status`.
pub(super) async fn count(world: &World, status: &str) -> usize {
    let rows = world.app.store.dump("SELECT status FROM deliveries").await;
    let status = |row: &crate::store::Row| row.get::<String>("status").unwrap() == status;
    rows.iter().filter(|row| status(row)).count()
}

/// Makes challenges, which are told to those who subscribed to `challenge.created`.
pub(super) async fn ask(world: &World, devices: &[Device], each: usize) {
    for _ in 0..each {
        for device in devices {
            let body = format!("FactorSid={}&Details.Message=Yes%3F", device.sid());
            world.post(&world.at("/Challenges"), &body).await.expect(201);
        }
    }
}

/// What was told by how many attempts, after a look at the order: of each factor as it was written down, but for
/// repetitions.
pub(super) async fn attempts_in_order(world: &World, heard: &[Heard]) -> HashMap<String, usize> {
    let rows = world
        .app
        .store
        .dump("SELECT DISTINCT uuid, factor_sid, MIN(id) AS id FROM deliveries GROUP BY uuid, factor_sid")
        .await;
    let places: HashMap<String, (String, i64)> = rows
        .iter()
        .map(|row| {
            (
                row.get("uuid").unwrap(),
                (row.get("factor_sid").unwrap(), row.get("id").unwrap()),
            )
        })
        .collect();
    let mut last: HashMap<&str, i64> = HashMap::new();
    let mut attempts = HashMap::new();
    for told in heard {
        let (factor, id) = &places[told.says("uuid")];
        let before = last.insert(factor, *id).unwrap_or(0);
        assert!(before <= *id, "an older event of a factor came after a newer one");
        *attempts.entry(told.says("uuid").to_owned()).or_default() += 1;
    }
    attempts
}

#[tokio::test]
async fn of_two_couriers_one_delivers_each_event_and_in_order() {
    let world = World::on_disk().await;
    let receiver = Receiver::new().await;
    subscribe(&world, &receiver.url("/"), &["*", "challenge.created"]).await;
    let mut devices = Vec::new();
    for seed in 1..=6 {
        devices.push(world.verified_device(seed).await);
    }
    ask(&world, &devices, 4).await;
    let replica = world.replica().await;
    let delivering = [&world.app, &replica].map(|app| tokio::spawn(courier(app).run()));
    until(async || count(&world, "delivered").await == 36).await;
    for app in [&world.app, &replica] {
        app.stopping.cancel();
    }
    for delivering in delivering {
        delivering.await.unwrap();
    }
    let attempts = attempts_in_order(&world, &receiver.heard()).await;
    assert_eq!(attempts.len(), 36);
    assert!(attempts.values().all(|attempts| *attempts == 1), "{attempts:?}");
}

#[tokio::test]
async fn what_a_dead_courier_was_about_to_deliver_another_delivers_in_the_same_order() {
    let world = World::on_disk().await;
    let receiver = Receiver::new().await;
    subscribe(&world, &receiver.url("/"), &["*"]).await;
    receiver.0.gate.forget_permits(1);
    let dying = tokio::spawn(courier(&world.app).run());
    world.verified_device(1).await;
    until(async || !receiver.0.heard.lock().unwrap().is_empty()).await;
    dying.abort();
    assert!(dying.await.unwrap_err().is_cancelled());
    receiver.0.gate.add_permits(1);
    let replica = world.replica().await;
    let mut heir = courier(&replica);
    assert_eq!(heir.deliver_due().await.unwrap(), 0);
    world.advance(CLAIM_LIFE.as_secs() - 1);
    assert_eq!(heir.deliver_due().await.unwrap(), 0);
    world.advance(1);
    while heir.deliver_due().await.unwrap() > 0 {}
    let heard = receiver.heard();
    assert_eq!(heard[0].form, heard[1].form);
    let events: Vec<_> = heard.iter().map(|heard| heard.says("type")).collect();
    assert_eq!(events, ["factor.created", "factor.created", "factor.verified"]);
}

#[tokio::test]
async fn a_server_that_is_killed_again_and_again_loses_nothing() {
    const KILLS: usize = 20;
    let world = World::on_disk().await;
    let receiver = Receiver::new().await;
    subscribe(&world, &receiver.url("/"), &["challenge.created"]).await;
    let devices = [world.verified_device(1).await, world.verified_device(2).await];
    let mut heard = Vec::new();
    for _ in 0..KILLS {
        ask(&world, &devices, 1).await;
        let delivering = tokio::spawn(courier(&world.replica().await).run());
        until(async || !receiver.0.heard.lock().unwrap().is_empty()).await;
        delivering.abort();
        delivering.await.unwrap_err();
        heard.extend(receiver.heard());
        world.advance(CLAIM_LIFE.as_secs());
    }
    let mut last = courier(&world.app);
    while last.deliver_due().await.unwrap() > 0 {}
    heard.extend(receiver.heard());
    assert_eq!(count(&world, "delivered").await, 2 * KILLS);
    let attempts = attempts_in_order(&world, &heard).await;
    assert_eq!(attempts.len(), 2 * KILLS);
    eprintln!(
        "R-04: a server killed {KILLS} times: {} events, 0 lost, {} attempts",
        attempts.len(),
        heard.len()
    );
}

/// The webhook at `path`.
fn webhook(path: &str) -> WebhookSid {
    path.rsplit('/').next().unwrap().parse().unwrap()
}

#[tokio::test]
async fn all_couriers_together_make_ten_attempts_at_once_for_one_receiver() {
    let world = World::on_disk().await;
    let webhook = webhook(&subscribe(&world, "https://example.com/", &["factor.created"]).await);
    for seed in 1..=14 {
        world.unverified_device(seed).await;
    }
    let (one, other) = (&world.app.store, &world.replica().await.store);
    let now = world.now();
    let mut claimed = one.claim_deliveries(&webhook, AT_ONCE, now).await.unwrap();
    assert_eq!(claimed.len(), AT_ONCE);
    assert!(other.list_due_webhooks(AT_ONCE, now).await.unwrap().is_empty());
    assert!(
        other
            .claim_deliveries(&webhook, AT_ONCE, now)
            .await
            .unwrap()
            .is_empty()
    );
    let ended = claimed.pop().unwrap();
    one.settle_delivery(&ended, &Attempt::Delivered, "200 OK", now)
        .await
        .unwrap();
    let more = other.claim_deliveries(&webhook, AT_ONCE, now).await.unwrap();
    assert_eq!(more.len(), 1);
    assert!(claimed.iter().all(|claimed| claimed.uuid != more[0].uuid));
}

#[tokio::test]
async fn what_is_said_after_the_claim_was_lost_does_not_count() {
    let world = World::on_disk().await;
    let webhook = webhook(&subscribe(&world, "https://example.com/", &["*"]).await);
    world.unverified_device(1).await;
    let store = &world.app.store;
    let claim = async || {
        let claimed = store.claim_deliveries(&webhook, AT_ONCE, world.now()).await;
        claimed.unwrap().remove(0)
    };
    let slow = claim().await;
    world.advance(CLAIM_LIFE.as_secs());
    let quick = claim().await;
    assert_eq!((&slow.uuid, &slow.body), (&quick.uuid, &quick.body));
    for attempt in [
        Attempt::Delivered,
        Attempt::Failed { again: None },
        Attempt::Unwanted,
    ] {
        store
            .settle_delivery(&slow, &attempt, "too late", world.now())
            .await
            .unwrap();
        assert_eq!(count(&world, "pending").await, 1);
    }
    store
        .settle_delivery(&quick, &Attempt::Delivered, "200 OK", world.now())
        .await
        .unwrap();
    assert_eq!(count(&world, "delivered").await, 1);
}

#[tokio::test]
async fn a_receiver_that_takes_nothing_is_asked_by_one_delivery_at_a_time_until_it_does() {
    let world = World::new().await;
    let receiver = Receiver::new().await;
    subscribe(&world, &receiver.url("/"), &["factor.created"]).await;
    for seed in 1..=14 {
        world.unverified_device(seed).await;
    }
    receiver.say(503);
    let mut courier = courier(&world.app);
    assert_eq!(
        courier.deliver_due().await.unwrap(),
        usize::try_from(FAILURES_BEFORE_PAUSE).unwrap()
    );
    // More attempts than any delivery has by itself: nothing is given up.
    for _ in 0..20 {
        world.advance(PAUSE.as_secs() - 1);
        assert_eq!(courier.deliver_due().await.unwrap(), 0);
        world.advance(1);
        assert_eq!(courier.deliver_due().await.unwrap(), 1);
        world.advance(9 * PAUSE.as_secs());
        assert_eq!(courier.deliver_due().await.unwrap(), 1);
    }
    assert_eq!(count(&world, "pending").await, 14);
    receiver.say(200);
    receiver.heard();
    world.advance(PAUSE.as_secs());
    for attempts in [1, AT_ONCE, 3, 0] {
        assert_eq!(courier.deliver_due().await.unwrap(), attempts);
    }
    assert_eq!(receiver.heard().len(), 14);
}

#[tokio::test]
async fn who_changes_the_url_need_not_wait() {
    let world = World::new().await;
    let (wrong, right) = (Receiver::new().await, Receiver::new().await);
    let hook = subscribe(&world, &wrong.url("/"), &["factor.created"]).await;
    for seed in 1..=12 {
        world.unverified_device(seed).await;
    }
    wrong.say(404);
    let mut courier = courier(&world.app);
    assert_eq!(courier.deliver_due().await.unwrap(), 10);
    world.post(&hook, "FriendlyName=Same").await.expect(200);
    assert_eq!(courier.deliver_due().await.unwrap(), 0);
    let url = url::form_urlencoded::byte_serialize(right.url("/").as_bytes()).collect::<String>();
    world.post(&hook, &format!("WebhookUrl={url}")).await.expect(200);
    while courier.deliver_due().await.unwrap() > 0 {}
    assert_eq!(right.heard().len(), 12);
}

#[tokio::test]
async fn what_nobody_takes_for_days_is_given_up_and_makes_way() {
    let world = World::new().await;
    let receiver = Receiver::new().await;
    receiver.say(503);
    let hook = subscribe(&world, &receiver.url("/"), &["*"]).await;
    let phone = world.verified_device(1).await;
    world.post(&hook, "Status=disabled").await.expect(200);
    world.advance(PENDING_LIFE.as_secs() - 1);
    world.app.store.sweep(world.now()).await.unwrap();
    assert_eq!(count(&world, "pending").await, 2);
    world.post(&hook, "Status=enabled").await.expect(200);
    let factor = world.at(&format!("/Factors/{}", phone.sid()));
    assert_eq!(world.delete(&factor).await.status, 204);
    world.advance(1);
    world.app.store.sweep(world.now()).await.unwrap();
    assert_eq!(
        (count(&world, "failed").await, count(&world, "pending").await),
        (2, 1)
    );
    receiver.say(200);
    let mut courier = courier(&world.app);
    while courier.deliver_due().await.unwrap() > 0 {}
    assert_eq!(receiver.events(), ["factor.deleted"]);
}
