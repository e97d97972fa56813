//! Webhooks are told, by a receiver that listens on a real socket and a clock that is moved by hand.

use std::sync::atomic::Ordering;

use countersign_protocol::challenge_response::Decision;

use super::{Device, IDENTITY, World, receiver::Receiver, subscribe};
use crate::{
    deliveries::{AT_ONCE, Courier, RETRIES, Targets},
    store::{Row, StoreError, claims::CLAIM_LIFE},
};

fn courier(world: &World) -> Courier {
    Courier::new(world.app.clone(), Targets::Any).unwrap()
}

async fn stored(world: &World) -> Vec<(String, i64, Option<String>)> {
    let rows = world
        .app
        .store
        .dump("SELECT status, attempts, outcome FROM deliveries ORDER BY id")
        .await;
    let stored = |row: &Row| Ok((row.get("status")?, row.get("attempts")?, row.get("outcome")?));
    rows.iter()
        .map(stored)
        .collect::<Result<_, StoreError>>()
        .unwrap()
}

/// A challenge that is answered, and so told of.
async fn deny(world: &World, device: &Device) {
    let challenge = world.challenge(device).await;
    world
        .answer(device, &challenge, Decision::Denied)
        .await
        .expect(200);
}

#[tokio::test]
async fn the_life_of_a_factor_and_of_its_challenges_is_told_in_order_and_signed() {
    let world = World::new().await;
    let receiver = Receiver::new().await;
    let url = receiver.url("/hook?a=1&b=x%20y");
    subscribe(&world, &url, &["*"]).await;
    let mut courier = courier(&world);
    assert_eq!(courier.deliver_due().await.unwrap(), 0);

    let phone = world.verified_device(1).await;
    let challenge = world.challenge(&phone).await;
    world
        .answer(&phone, &challenge, Decision::Approved)
        .await
        .expect(200);
    deny(&world, &phone).await;
    let factor = world.at(&format!("/Factors/{}", phone.sid()));
    assert_eq!(world.delete(&factor).await.status, 204);
    while courier.deliver_due().await.unwrap() > 0 {}

    let heard = receiver.heard();
    let types: Vec<_> = heard.iter().map(|heard| heard.says("type")).collect();
    assert_eq!(
        types,
        [
            "factor.created",
            "factor.verified",
            "challenge.approved",
            "challenge.denied",
            "factor.deleted"
        ]
    );
    let mut uuids = std::collections::HashSet::new();
    for told in &heard {
        assert_eq!(told.path, "/hook?a=1&b=x%20y");
        assert!(told.is_signed_for(&url));
        assert_eq!(told.headers["i-twilio-idempotency-token"], told.says("uuid"));
        assert_eq!(told.headers["content-type"], "application/x-www-form-urlencoded");
        assert!(uuids.insert(told.says("uuid").to_owned()));
        for (name, value) in [
            ("account_sid", world.account.as_str()),
            ("service_sid", world.service.as_str()),
            ("entity_identity", IDENTITY),
            ("factor_sid", phone.sid()),
            ("factor_type", "push"),
        ] {
            assert_eq!(told.says(name), value);
        }
        assert_eq!(
            told.form.one("challenge_sid").unwrap().is_some(),
            told.says("type").starts_with("challenge")
        );
    }
    assert_eq!(
        heard[2].says("challenge_sid"),
        challenge.json()["sid"].as_str().unwrap()
    );
    assert_eq!(
        stored(&world).await,
        vec![("delivered".to_owned(), 1, Some("200 OK".to_owned())); 5]
    );
}

#[tokio::test]
async fn everyone_is_told_what_they_subscribed_to_and_nobody_anything_else() {
    let world = World::new().await;
    let all = ["*", "factor.created", "challenge.created", "challenge.expired"];
    let (star, named, off) = (
        Receiver::new().await,
        Receiver::new().await,
        Receiver::new().await,
    );
    subscribe(&world, &star.url("/"), &["*"]).await;
    subscribe(&world, &named.url("/"), &all[1..]).await;
    let disabled = subscribe(&world, &off.url("/"), &all).await;
    world.post(&disabled, "Status=disabled").await.expect(200);
    let phone = world.verified_device(1).await;
    world.challenge(&phone).await;
    world.advance(300);
    let mut courier = courier(&world);
    while courier.deliver_due().await.unwrap() > 0 {}
    assert_eq!(star.events(), ["factor.created", "factor.verified"]);
    assert_eq!(
        named.events(),
        ["factor.created", "challenge.created", "challenge.expired"]
    );
    assert!(off.heard().is_empty());
    // Told once, whoever looks how often.
    world.advance(300);
    world.app.store.sweep(world.now()).await.unwrap();
    assert_eq!(courier.deliver_due().await.unwrap(), 0);
    assert_eq!(world.delete(&world.at("")).await.status, 204);
    while courier.deliver_due().await.unwrap() > 0 {}
    assert_eq!(star.events(), ["factor.deleted"]);
    let other = world.make_service("FriendlyName=Other").await;
    let entities = format!("/v2/Services/{other}/Entities");
    world.post(&entities, "Identity=user-0002").await.expect(201);
    assert_eq!(courier.deliver_due().await.unwrap(), 0);
}

#[tokio::test]
async fn a_receiver_that_is_down_is_asked_again_by_the_schedule_with_the_same_event() {
    let world = World::new().await;
    let receiver = Receiver::new().await;
    receiver.say(503);
    subscribe(&world, &receiver.url("/"), &["factor.created"]).await;
    world.unverified_device(1).await;
    let mut courier = courier(&world);
    assert_eq!(courier.deliver_due().await.unwrap(), 1);
    for after in RETRIES {
        let seconds = after.as_secs();
        world.advance(seconds * 8 / 10 - 1);
        assert_eq!(courier.deliver_due().await.unwrap(), 0, "{after}");
        world.advance(seconds * 4 / 10 + 2);
        assert_eq!(courier.deliver_due().await.unwrap(), 1, "{after}");
    }
    world.advance(1_000_000);
    assert_eq!(courier.deliver_due().await.unwrap(), 0);
    let heard = receiver.heard();
    assert_eq!(heard.len(), 7);
    assert!(heard.iter().all(|told| told.form == heard[0].form));
    let outcome = Some("503 Service Unavailable".to_owned());
    assert_eq!(stored(&world).await, [("failed".to_owned(), 7, outcome)]);
    world.advance(31 * 24 * 3600);
    world.app.store.sweep(world.now()).await.unwrap();
    assert!(stored(&world).await.is_empty());
}

#[tokio::test]
async fn the_events_of_one_factor_wait_for_each_other_and_for_nobody_else() {
    let world = World::new().await;
    let receiver = Receiver::new().await;
    subscribe(&world, &receiver.url("/"), &["challenge.denied"]).await;
    let (phone, laptop) = (world.verified_device(1).await, world.verified_device(2).await);
    receiver.say(500);
    deny(&world, &phone).await;
    let mut courier = courier(&world);
    assert_eq!(courier.deliver_due().await.unwrap(), 1);
    let first = receiver.heard().remove(0);
    receiver.say(200);
    deny(&world, &phone).await;
    deny(&world, &laptop).await;
    assert_eq!(courier.deliver_due().await.unwrap(), 1);
    assert_eq!(receiver.heard()[0].says("factor_sid"), laptop.sid());
    world.advance(6);
    while courier.deliver_due().await.unwrap() > 0 {}
    let heard = receiver.heard();
    assert_eq!(heard.len(), 2);
    assert_eq!(heard[0].form, first.form);
    assert_eq!(heard[1].says("factor_sid"), phone.sid());
    // An event that is given up makes way as well.
    receiver.say(500);
    deny(&world, &phone).await;
    deny(&world, &phone).await;
    for _ in 0..=RETRIES.len() {
        assert_eq!(courier.deliver_due().await.unwrap(), 1);
        world.advance(8 * 3600);
    }
    receiver.say(200);
    receiver.heard();
    assert_eq!(courier.deliver_due().await.unwrap(), 1);
    assert_eq!(
        stored(&world)
            .await
            .iter()
            .filter(|row| row.0 == "failed")
            .count(),
        1
    );
}

#[tokio::test]
async fn who_is_gone_is_told_no_more_until_somebody_wants_it_so() {
    let world = World::new().await;
    let receiver = Receiver::new().await;
    let hook = subscribe(&world, &receiver.url("/"), &["*"]).await;
    world.verified_device(1).await;
    receiver.say(410);
    let mut courier = courier(&world);
    assert_eq!(courier.deliver_due().await.unwrap(), 1);
    assert_eq!(world.get(&hook).await.expect(200)["status"], "disabled");
    receiver.say(200);
    world.verified_device(2).await;
    assert_eq!(courier.deliver_due().await.unwrap(), 0);
    world.post(&hook, "Status=enabled").await.expect(200);
    receiver.heard();
    while courier.deliver_due().await.unwrap() > 0 {}
    assert_eq!(receiver.events(), ["factor.verified"]);
}

#[tokio::test]
async fn a_redirect_is_a_failure_and_leads_nowhere() {
    let world = World::new().await;
    let receiver = Receiver::new().await;
    subscribe(&world, &receiver.url("/hook"), &["*"]).await;
    world.unverified_device(1).await;
    let mut courier = courier(&world);
    for status in [301, 302, 303, 307, 308] {
        receiver.say(status);
        assert_eq!(courier.deliver_due().await.unwrap(), 1);
        world.advance(8 * 3600);
    }
    assert!(receiver.heard().iter().all(|heard| heard.path == "/hook"));
    assert_eq!(stored(&world).await[0].0, "pending");
}

#[tokio::test]
async fn nothing_inside_is_called_unless_the_operator_says_so() {
    let world = World::new().await;
    let receiver = Receiver::new().await;
    let port = receiver.0.address.port();
    for host in [
        "127.0.0.1",
        "localhost",
        "[::ffff:127.0.0.1]",
        "2130706433",
        "0.0.0.0",
    ] {
        subscribe(&world, &format!("http://{host}:{port}/"), &["*"]).await;
    }
    world.unverified_device(1).await;
    let mut careful = Courier::new(world.app.clone(), Targets::Public).unwrap();
    assert_eq!(careful.deliver_due().await.unwrap(), 5);
    assert!(receiver.heard().is_empty());
    for (status, attempts, outcome) in stored(&world).await {
        assert_eq!((status.as_str(), attempts), ("pending", 1));
        let outcome = outcome.unwrap();
        assert!(
            outcome.ends_with("can allow it with --allow-private-webhooks"),
            "{outcome}"
        );
    }
    world.advance(6);
    assert_eq!(courier(&world).deliver_due().await.unwrap(), 5);
    assert!(receiver.heard().len() >= 4);
}

#[tokio::test]
async fn what_could_not_be_written_down_is_told_again_as_the_same_event() {
    let world = World::new().await;
    let receiver = Receiver::new().await;
    subscribe(&world, &receiver.url("/"), &["*"]).await;
    world.unverified_device(1).await;
    let mut courier = courier(&world);
    for steps in 0..40 {
        world.app.store.faults().fail_after(steps);
        let outcome = courier.deliver_due().await;
        // A delivery whose outcome was not written down is claimed until then.
        world.advance(CLAIM_LIFE.as_secs());
        if !world.app.store.faults().clear() {
            outcome.unwrap();
            break;
        }
        outcome.unwrap_err();
    }
    let heard = receiver.heard();
    assert!(heard.len() > 1);
    assert!(heard.iter().all(|again| again.form == heard[0].form));
    let outcome = Some("200 OK".to_owned());
    assert_eq!(stored(&world).await, [("delivered".to_owned(), 1, outcome)]);
}

#[tokio::test]
async fn a_slow_receiver_holds_up_nobody_else_and_is_called_ten_times_at_once_at_most() {
    let world = World::new().await;
    let (slow, quick) = (Receiver::new().await, Receiver::new().await);
    subscribe(&world, &slow.url("/"), &["factor.created"]).await;
    subscribe(&world, &quick.url("/"), &["factor.created"]).await;
    slow.0.gate.forget_permits(1);
    let delivering = tokio::spawn(courier(&world).run());
    for seed in 1..=14 {
        world.unverified_device(seed).await;
    }
    let until = async |reached: &dyn Fn() -> bool| {
        let reached = async {
            while !reached() {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(std::time::Duration::from_secs(8), reached)
            .await
            .unwrap();
    };
    let count = |receiver: &Receiver| receiver.0.heard.lock().unwrap().len();
    until(&|| count(&quick) == 14 && slow.0.inside.load(Ordering::SeqCst) == AT_ONCE).await;
    assert_eq!(count(&slow), AT_ONCE);
    slow.0.gate.add_permits(1);
    until(&|| count(&slow) == 14).await;
    world.app.stopping.cancel();
    delivering.await.unwrap();
    let stored = stored(&world).await;
    assert_eq!(stored.len(), 28);
    assert!(
        stored
            .iter()
            .all(|row| row.0 == "delivered" || row.0 == "pending")
    );
}
