//! What is counted, and that it is counted once.

use countersign_protocol::challenge_response::Decision;
use metrics_exporter_prometheus::PrometheusBuilder;

use super::{World, receiver::Receiver};
use crate::deliveries::{Courier, Targets};

#[tokio::test]
async fn what_becomes_of_challenges_and_deliveries_is_counted() {
    let recorder = PrometheusBuilder::new().build_recorder();
    let _here = metrics::set_default_local_recorder(&recorder);
    let world = World::new().await;
    let phone = world.verified_device(1).await;
    for decision in [Decision::Approved, Decision::Approved, Decision::Denied] {
        let challenge = world.challenge(&phone).await;
        world.answer(&phone, &challenge, decision).await.expect(200);
        assert_ne!(world.answer(&phone, &challenge, decision).await.status, 200);
    }
    // Nobody is told of this one, so that it is found when what is old is swept.
    world.challenge(&phone).await;
    world.advance(3600 + 301);
    for _ in 0..2 {
        world.app.store.sweep(world.now()).await.unwrap();
    }
    let receiver = Receiver::new().await;
    let hook = "FriendlyName=Hook&EventTypes=challenge.expired&EventTypes=challenge.denied&WebhookUrl=";
    let hooks = format!("/v2/Services/{}/Webhooks", world.service);
    world
        .post(&hooks, &format!("{hook}{}", receiver.url("/")))
        .await
        .expect(201);
    world.challenge(&phone).await;
    world.advance(301);
    let mut courier = Courier::new(world.app.clone(), Targets::Any).unwrap();
    while courier.deliver_due().await.unwrap() > 0 {}
    receiver.say(500);
    let challenge = world.challenge(&phone).await;
    world
        .answer(&phone, &challenge, Decision::Denied)
        .await
        .expect(200);
    courier.deliver_due().await.unwrap();

    let page = recorder.handle().render();
    for line in [
        "countersign_challenges_created_total 6",
        "countersign_challenges_answered_total{status=\"approved\"} 2",
        "countersign_challenges_answered_total{status=\"denied\"} 2",
        "countersign_challenges_expired_total 2",
        "countersign_deliveries_total{outcome=\"delivered\"} 1",
        "countersign_deliveries_total{outcome=\"failed\"} 1",
    ] {
        assert!(
            page.lines().any(|there| there == line),
            "{line} is not in\n{page}"
        );
    }
    assert!(!page.contains("countersign_database_errors_total"), "{page}");
    world.app.store.close().await;
    assert_eq!(world.get("/readyz").await.refusal(), (503, 20503));
    let page = recorder.handle().render();
    assert!(page.contains("\ncountersign_database_errors_total 1\n"), "{page}");
}
