//! Webhooks, and what they were told.

use super::{Browser, ORIGIN, location};
use crate::{
    deliveries::{Courier, Targets},
    tests::{World, receiver::Receiver, subscribe},
};

#[tokio::test]
async fn a_webhook_is_made_disabled_and_changed() {
    let world = World::new().await;
    let browser = Browser::signed_in(&world).await;
    let webhooks = format!("/console/services/{}/webhooks", world.service);
    let mut hook = vec![
        ("FriendlyName", "Hook"),
        ("EventTypes", "factor.created"),
        ("EventTypes", "challenge.denied"),
    ];
    hook.push(("WebhookUrl", "https://hooks.example.com/a?b=c"));
    let made = browser.post(&webhooks, &hook).await;
    let path = location(&made).split('?').next().unwrap().to_owned();
    let page = browser.get(&path).await.text;
    assert!(page.contains(">Enabled</span>") && page.contains("https://hooks.example.com/a?b=c"));
    hook.extend([("Status", "disabled"), ("Version", "v1")]);
    let page = browser.act(&path, &hook).await.text;
    assert!(page.contains(">Disabled</span>") && page.contains("Saved."));
    assert!(
        browser
            .get(&webhooks)
            .await
            .text
            .contains("factor.created, challenge.denied")
    );
    let none = browser.post(&path, &hook[..1]).await;
    assert_eq!(none.status, 422);
    assert!(none.text.contains("Missing required parameter EventTypes"));
}

#[tokio::test]
async fn the_star_is_called_the_five_usual_events_and_others_are_ticked_beside_it() {
    let world = World::new().await;
    let browser = Browser::signed_in(&world).await;
    let webhooks = format!("/console/services/{}/webhooks", world.service);
    let empty = browser.get(&webhooks).await.text;
    assert!(empty.contains("The five usual events</label>"), "{empty}");
    let hook = [
        ("FriendlyName", "Hook"),
        ("WebhookUrl", "https://hooks.example.com/"),
        ("EventTypes", "*"),
        ("EventTypes", "challenge.created"),
        ("EventTypes", "challenge.expired"),
        ("EventTypes", "challenge.reported"),
    ];
    let made = browser.post(&webhooks, &hook).await;
    let list = browser.get(&webhooks).await.text;
    let told = "<td>the five usual events, challenge.created, challenge.expired, challenge.reported</td>";
    assert!(list.contains(told), "{list}");
    let page = browser.get(location(&made).split('?').next().unwrap()).await.text;
    let ticked: Vec<_> = page
        .split("name=\"EventTypes\"")
        .skip(1)
        .filter(|input| input.split('>').next().unwrap().contains(" checked"))
        .map(|input| input.split('"').nth(3).unwrap())
        .collect();
    assert_eq!(
        ticked,
        [
            "*",
            "challenge.created",
            "challenge.expired",
            "challenge.reported"
        ]
    );
}

#[tokio::test]
async fn what_a_webhook_was_told_is_listed_and_told_again() {
    let world = World::new().await;
    let browser = Browser::signed_in(&world).await;
    let receiver = Receiver::new().await;
    let hook = subscribe(&world, &receiver.url("/"), &["factor.created"]).await;
    let page = hook
        .replace("/v2/Services", "/console/services")
        .replace("/Webhooks", "/webhooks");
    assert!(
        browser
            .get(&page)
            .await
            .text
            .contains("Nothing has been delivered yet.")
    );
    let phone = world.verified_device(1).await;
    let pending = browser.get(&format!("{page}?Status=pending")).await.text;
    assert!(
        pending.contains("factor.created") && !pending.contains("Send again"),
        "{pending}"
    );
    let mut courier = Courier::new(world.app.clone(), Targets::Any).unwrap();
    courier.deliver_due().await.unwrap();
    let told = browser.get(&format!("{page}?Status=delivered")).await.text;
    assert!(
        told.contains(">Delivered</span>") && told.contains(phone.sid()),
        "{told}"
    );
    let again = told
        .split("action=\"")
        .find(|form| form.contains("/deliveries/"))
        .unwrap();
    let again = again.split('"').next().unwrap().to_owned();
    // A form of another session tells nobody anything.
    let foreign = browser
        .send("POST", &again, &[("origin", ORIGIN)], "form_token=0")
        .await;
    assert_eq!(foreign.status, 403);
    let page = browser.act(&again, &[]).await.text;
    assert!(
        page.contains("sent again at once") && page.contains(">Pending</span>"),
        "{page}"
    );
    courier.deliver_due().await.unwrap();
    assert_eq!(receiver.events(), ["factor.created", "factor.created"]);
    let (of, _) = again.rsplit_once('/').unwrap();
    let nowhere = format!("{of}/00000000-0000-4000-8000-000000000000");
    assert_eq!(browser.post(&nowhere, &[]).await.status, 404);
}

#[tokio::test]
async fn a_receiver_that_is_left_alone_is_said_to_be_and_asked_at_once_if_somebody_wants_it() {
    let world = World::new().await;
    let browser = Browser::signed_in(&world).await;
    let receiver = Receiver::new().await;
    receiver.say(500);
    let hook = subscribe(&world, &receiver.url("/"), &["factor.created"]).await;
    let page = hook
        .replace("/v2/Services", "/console/services")
        .replace("/Webhooks", "/webhooks");
    let mut courier = Courier::new(world.app.clone(), Targets::Any).unwrap();
    for seed in 1..=10 {
        assert!(!browser.get(&page).await.text.contains("Paused."), "{seed}");
        world.unverified_device(seed).await;
        courier.deliver_due().await.unwrap();
    }
    let text = browser.get(&page).await.text;
    assert!(
        text.contains("Paused.") && text.contains("2026-11-20 05:00:30 UTC"),
        "{text}"
    );
    receiver.say(204);
    assert_eq!(receiver.events().len(), 10);
    courier.deliver_due().await.unwrap();
    assert!(receiver.events().is_empty(), "it is left alone");
    let text = browser.act(&format!("{page}/try"), &[]).await.text;
    assert!(
        text.contains("It is tried at once") && !text.contains("Paused."),
        "{text}"
    );
    courier.deliver_due().await.unwrap();
    assert!(!receiver.events().is_empty());
}
