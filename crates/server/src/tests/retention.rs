//! For how long challenges can be read when they are over.

use countersign_protocol::challenge_response::Decision;

use super::{World, receiver::Receiver, subscribe};
use crate::{deliveries::Courier, deliveries::Targets, serving::sweep_challenges};

const DAY: i64 = 24 * 3600;

async fn sids(world: &World) -> Vec<String> {
    let rows = world
        .app
        .store
        .dump("SELECT sid FROM challenges ORDER BY id")
        .await;
    rows.iter().map(|row| row.get("sid").unwrap()).collect()
}

async fn count(world: &World, select: &'static str) -> i64 {
    world.app.store.dump(select).await[0].get("n").unwrap()
}

#[tokio::test]
async fn a_challenge_is_gone_so_many_days_after_it_was_over_with_all_that_belongs_to_it() {
    let world = World::new().await;
    let phone = world.verified_device(1).await;
    let approved = world.challenge(&phone).await;
    world
        .answer(&phone, &approved, Decision::Approved)
        .await
        .expect(200);
    let denied = world.challenge(&phone).await;
    world.answer(&phone, &denied, Decision::Denied).await.expect(200);
    world
        .report(&phone, &denied, &phone.report(&denied, "not_me"))
        .await
        .expect(201);
    world.challenge(&phone).await;
    let began = world.now();
    world.advance(2 * 3600);
    world.app.store.sweep(world.now()).await.unwrap();
    world.advance(DAY * 90 - 2 * 3600 + 299);
    sweep_challenges(&world.app, 90).await.unwrap();
    assert_eq!(sids(&world).await.len(), 3, "a second too early");
    sweep_challenges(&world.app, 0).await.unwrap();
    world.advance(1);
    let young = world.challenge(&phone).await.json()["sid"].clone();
    sweep_challenges(&world.app, 0).await.unwrap();
    assert_eq!(sids(&world).await.len(), 4, "0 is for ever");
    sweep_challenges(&world.app, 36_500).await.unwrap();
    sweep_challenges(&world.app, u32::MAX).await.unwrap();
    assert_eq!(sids(&world).await.len(), 4, "longer than time has been running");
    assert_eq!(world.now().as_second() - began.as_second(), DAY * 90 + 300);
    sweep_challenges(&world.app, 90).await.unwrap();
    assert_eq!(sids(&world).await, [young.as_str().unwrap()]);
    assert_eq!(count(&world, "SELECT COUNT(*) AS n FROM reports").await, 0);
    let sid = approved.json()["sid"].as_str().unwrap().to_owned();
    assert_eq!(world.fetch(&phone, &sid).await.refusal(), (404, 20404));
    let listed = world.get(&world.at("/Challenges")).await.expect(200);
    assert_eq!(listed["challenges"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_report_is_kept_as_long_as_a_challenge() {
    let world = World::new().await;
    let phone = world.verified_device(1).await;
    let denied = world.challenge(&phone).await;
    world.answer(&phone, &denied, Decision::Denied).await.expect(200);
    world.advance(DAY);
    let report = phone.report(&denied, "not_me");
    world.report(&phone, &denied, &report).await.expect(201);
    world.advance(DAY - 1);
    sweep_challenges(&world.app, 1).await.unwrap();
    assert_eq!(sids(&world).await.len(), 1);
    world.advance(1);
    sweep_challenges(&world.app, 1).await.unwrap();
    assert_eq!(sids(&world).await.len(), 0);
}

#[tokio::test]
async fn what_webhooks_are_still_to_be_told_of_stays_until_they_were() {
    let world = World::new().await;
    let receiver = Receiver::new().await;
    subscribe(&world, &receiver.url("/"), &["challenge.expired"]).await;
    let phone = world.verified_device(1).await;
    world.challenge(&phone).await;
    world.advance(DAY * 2);
    world.app.store.sweep(world.now()).await.unwrap();
    sweep_challenges(&world.app, 1).await.unwrap();
    assert_eq!(sids(&world).await.len(), 1);
    let mut courier = Courier::new(world.app.clone(), Targets::Any).unwrap();
    while courier.deliver_due().await.unwrap() > 0 {}
    assert_eq!(receiver.events(), ["challenge.expired"]);
    sweep_challenges(&world.app, 1).await.unwrap();
    assert_eq!(sids(&world).await.len(), 0);
}

#[tokio::test]
async fn however_many_are_over_they_go_in_small_batches_and_after_a_failure_the_rest_goes_later() {
    const MANY: u64 = 450;
    let world = World::new().await;
    let phone = world.verified_device(1).await;
    let one = world.challenge(&phone).await;
    world.answer(&phone, &one, Decision::Denied).await.expect(200);
    world.app.store.repeat_challenges(MANY as i64).await;
    world.advance(DAY * 91);
    let young = world.challenge(&phone).await.json()["sid"].clone();

    let then = world.now() - jiff::SignedDuration::from_hours(24);
    let mut left = MANY + 1;
    let mut failures = 0;
    for steps in 0.. {
        world.app.store.faults().fail_after(steps);
        let swept = world.app.store.sweep_challenges(then).await;
        let failed = world.app.store.faults().clear();
        let now_left = u64::try_from(sids(&world).await.len()).unwrap() - 1;
        assert!(left - now_left <= MANY + 1);
        assert_eq!(swept.is_err(), failed);
        if !failed {
            assert_eq!(swept.unwrap(), left, "all that failures had left behind");
            break;
        }
        // Whole batches, or nothing.
        assert!(
            [MANY + 1, MANY - 199, MANY - 399].contains(&now_left),
            "{now_left}"
        );
        left = now_left;
        failures += 1;
    }
    assert!(failures >= 5, "{failures}");
    assert_eq!(sids(&world).await, [young.as_str().unwrap()]);
}
