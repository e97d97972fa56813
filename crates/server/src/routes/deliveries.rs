//! `/countersign/v1/Services/{VA}/Webhooks/{YW}/Deliveries`: what a webhook was told, and telling it again (E8).

use axum::{Json, extract::State};
use countersign_protocol::{
    form::Form,
    resources::delivery::{Delivery, DeliveryList, DeliveryStatus, EventUuid},
    sid::{ServiceSid, WebhookSid},
};

use crate::{
    answer::{Answer, Refusal},
    app::{SharedApp, Urls},
    caller::Account,
    paging::Listing,
    request::{At, Query},
    store::deliveries,
};

/// `GET …/Deliveries`
pub(super) async fn list(
    Account(account): Account,
    State(app): State<SharedApp>,
    At((service, webhook)): At<(ServiceSid, WebhookSid)>,
    Query(query): Query,
) -> Answer<Json<DeliveryList>> {
    let status = DeliveryStatus::filter(&query)?;
    let mut filters = Form::default();
    filters.push_some("Status", status.map(DeliveryStatus::as_str));
    let listing = Listing::read(&app.key, app.urls.deliveries(&service, &webhook), &query, filters)?;
    let page = app
        .store
        .list_deliveries(
            &account,
            &service,
            &webhook,
            status,
            listing.position,
            listing.size,
        )
        .await?;
    let page = page.ok_or(Refusal::NotFound)?;
    let meta = listing.meta("deliveries", &page);
    let deliveries = page
        .items
        .into_iter()
        .map(|delivery| shape(delivery, &app.urls))
        .collect();
    Ok(Json(DeliveryList { deliveries, meta }))
}

/// `GET …/Deliveries/{uuid}`
pub(super) async fn fetch(
    Account(account): Account,
    State(app): State<SharedApp>,
    At((service, webhook, uuid)): At<(ServiceSid, WebhookSid, EventUuid)>,
) -> Answer<Json<Delivery>> {
    let delivery = app
        .store
        .load_delivery(&account, &service, &webhook, &uuid)
        .await?;
    Ok(Json(shape(delivery.ok_or(Refusal::NotFound)?, &app.urls)))
}

/// `POST …/Deliveries/{uuid}`: tells it again.
pub(super) async fn resend(
    Account(account): Account,
    State(app): State<SharedApp>,
    At((service, webhook, uuid)): At<(ServiceSid, WebhookSid, EventUuid)>,
) -> Answer<Json<Delivery>> {
    let delivery = app
        .store
        .resend_delivery(&account, &service, &webhook, &uuid, app.now())
        .await?;
    Ok(Json(shape(delivery.ok_or(Refusal::NotFound)?, &app.urls)))
}

fn shape(delivery: deliveries::Delivery, urls: &Urls) -> Delivery {
    let list = urls.deliveries(&delivery.service_sid, &delivery.webhook_sid);
    Delivery {
        url: format!("{list}/{}", delivery.uuid),
        uuid: delivery.uuid,
        account_sid: delivery.account_sid,
        service_sid: delivery.service_sid,
        webhook_sid: delivery.webhook_sid,
        event_type: delivery.event_type,
        factor_sid: delivery.factor_sid,
        status: delivery.status,
        attempts: delivery.attempts,
        outcome: delivery.outcome,
        body: delivery.body,
        date_created: delivery.created_at,
        date_resent: delivery.resent_at,
        date_due: delivery.due_at,
        date_finished: delivery.finished_at,
    }
}

#[cfg(test)]
mod tests {
    use countersign_protocol::challenge_response::Decision;
    use serde_json::Value;

    use crate::{
        deliveries::{Courier, RETRIES, Targets},
        tests::{World, receiver::Receiver, subscribe},
    };

    /// Where the deliveries of the webhook at `path` are.
    fn deliveries_of(path: &str) -> String {
        format!("{}/Deliveries", path.replace("/v2/", "/countersign/v1/"))
    }

    fn texts<'a>(list: &'a Value, name: &str) -> Vec<&'a str> {
        let deliveries = list["deliveries"].as_array().unwrap().iter();
        deliveries
            .map(|delivery| delivery[name].as_str().unwrap())
            .collect()
    }

    #[tokio::test]
    async fn what_a_webhook_was_told_is_listed_newest_first_and_page_by_page() {
        let world = World::new().await;
        let receiver = Receiver::new().await;
        let list = deliveries_of(&subscribe(&world, &receiver.url("/"), &["*"]).await);
        assert!(texts(&world.get(&list).await.expect(200), "uuid").is_empty());
        let phone = world.verified_device(1).await;
        let challenge = world.challenge(&phone).await;
        world
            .answer(&phone, &challenge, Decision::Denied)
            .await
            .expect(200);
        let all = world.get(&list).await.expect(200);
        let events = ["challenge.denied", "factor.verified", "factor.created"];
        assert_eq!(texts(&all, "event_type"), events);
        assert_eq!(all["meta"]["key"], "deliveries");
        let mut courier = Courier::new(world.app.clone(), Targets::Any).unwrap();
        assert_eq!(courier.deliver_due().await.unwrap(), 1);
        for (status, events) in [
            ("delivered", &events[2..]),
            ("pending", &events[..2]),
            ("failed", &[]),
        ] {
            let list = world.get(&format!("{list}?Status={status}")).await.expect(200);
            assert_eq!(texts(&list, "event_type"), events, "{status}");
        }
        let mut url = format!("{list}?PageSize=1&Status=pending");
        for event in &events[..2] {
            let page = world.get(&url).await.expect(200);
            assert_eq!(texts(&page, "event_type"), [*event]);
            let next = page["meta"]["next_page_url"].as_str().unwrap_or_default();
            url = next.replace("https://verify.example.com", "");
        }
        assert_eq!(url, "");
        for delivery in all["deliveries"].as_array().unwrap() {
            let url = delivery["url"].as_str().unwrap();
            let path = url.strip_prefix("https://verify.example.com").unwrap();
            assert_eq!(world.get(path).await.expect(200)["uuid"], delivery["uuid"]);
        }
    }

    #[tokio::test]
    async fn a_delivery_tells_how_it_went() {
        let world = World::new().await;
        let receiver = Receiver::new().await;
        receiver.say(503);
        let list = deliveries_of(&subscribe(&world, &receiver.url("/"), &["*"]).await);
        world.unverified_device(1).await;
        let uuid = world.get(&list).await.expect(200)["deliveries"][0]["uuid"].clone();
        let one = format!("{list}/{}", uuid.as_str().unwrap());
        let new = world.get(&one).await.expect(200);
        assert_eq!((&new["attempts"], &new["outcome"]), (&0.into(), &Value::Null));
        assert_eq!(new["date_due"], new["date_created"]);
        let mut courier = Courier::new(world.app.clone(), Targets::Any).unwrap();
        assert_eq!(courier.deliver_due().await.unwrap(), 1);
        let tried = world.get(&one).await.expect(200);
        assert_eq!(
            (&tried["status"], &tried["attempts"]),
            (&"pending".into(), &1.into())
        );
        assert_eq!(tried["outcome"], "503 Service Unavailable");
        assert!(tried["date_due"].as_str() > tried["date_created"].as_str());
        receiver.say(200);
        world.advance(6);
        assert_eq!(courier.deliver_due().await.unwrap(), 1);
        let done = world.get(&one).await.expect(200);
        assert_eq!(
            (&done["status"], &done["attempts"]),
            (&"delivered".into(), &2.into())
        );
        assert_eq!(done["date_due"], Value::Null);
        assert_eq!(done["date_finished"], "2026-11-20T05:00:06Z");
        assert_eq!(done["body"], receiver.heard()[1].form.encode());
    }

    #[tokio::test]
    async fn what_was_given_up_can_be_sent_again_as_the_same_event() {
        let world = World::new().await;
        let receiver = Receiver::new().await;
        receiver.say(500);
        let list = deliveries_of(&subscribe(&world, &receiver.url("/"), &["*"]).await);
        world.unverified_device(1).await;
        let mut courier = Courier::new(world.app.clone(), Targets::Any).unwrap();
        for _ in 0..=RETRIES.len() {
            assert_eq!(courier.deliver_due().await.unwrap(), 1);
            world.advance(8 * 3600);
        }
        let failed = world.get(&list).await.expect(200)["deliveries"][0].clone();
        assert_eq!(
            (&failed["status"], &failed["attempts"]),
            (&"failed".into(), &7.into())
        );
        receiver.say(200);
        // Twice is once.
        let one = format!("{list}/{}", failed["uuid"].as_str().unwrap());
        let again = world.post(&one, "").await.expect(200);
        assert_eq!(world.post(&one, "").await.expect(200), again);
        assert_eq!(
            (&again["status"], &again["attempts"]),
            (&"pending".into(), &0.into())
        );
        assert_eq!(again["date_due"], again["date_resent"]);
        assert_eq!(courier.deliver_due().await.unwrap(), 1);
        assert_eq!(courier.deliver_due().await.unwrap(), 0);
        let heard = receiver.heard();
        assert_eq!(heard.len(), 8);
        assert!(heard.iter().all(|told| told.form == heard[0].form));
        // So can what was delivered.
        world.post(&one, "").await.expect(200);
        assert_eq!(courier.deliver_due().await.unwrap(), 1);
        assert_eq!(receiver.heard()[0].form, heard[0].form);
    }

    #[tokio::test]
    async fn what_is_sent_again_comes_after_what_is_being_tried_and_before_what_waits() {
        let world = World::new().await;
        let receiver = Receiver::new().await;
        let list = deliveries_of(&subscribe(&world, &receiver.url("/"), &["*"]).await);
        let phone = world.verified_device(1).await;
        let mut courier = Courier::new(world.app.clone(), Targets::Any).unwrap();
        while courier.deliver_due().await.unwrap() > 0 {}
        let uuids = world.get(&list).await.expect(200);
        let created = texts(&uuids, "uuid")[1].to_owned();
        receiver.say(500);
        for decision in [Decision::Denied, Decision::Approved] {
            let challenge = world.challenge(&phone).await;
            world.answer(&phone, &challenge, decision).await.expect(200);
        }
        assert_eq!(courier.deliver_due().await.unwrap(), 1);
        let again = world.post(&format!("{list}/{created}"), "").await.expect(200);
        assert_eq!(again["date_due"], Value::Null);
        assert_eq!(courier.deliver_due().await.unwrap(), 0);
        receiver.say(200);
        receiver.heard();
        world.advance(6);
        while courier.deliver_due().await.unwrap() > 0 {}
        let events = ["challenge.denied", "factor.created", "challenge.approved"];
        assert_eq!(receiver.events(), events);
    }

    #[tokio::test]
    async fn deliveries_of_others_and_of_nobody_are_not_there() {
        let world = World::new().await;
        let hook = subscribe(&world, "https://example.com/", &["*"]).await;
        let other = subscribe(&world, "https://example.com/", &["factor.verified"]).await;
        world.unverified_device(1).await;
        let list = deliveries_of(&hook);
        let uuid = world.get(&list).await.expect(200)["deliveries"][0]["uuid"].clone();
        let uuid = uuid.as_str().unwrap();
        let stranger = world.make_account(0xbb).await;
        for (method, path) in [
            ("GET", list.clone()),
            ("GET", format!("{list}/{uuid}")),
            ("POST", format!("{list}/{uuid}")),
        ] {
            let reply = world.send(method, &path, &stranger, "").await;
            assert_eq!(reply.refusal(), (404, 20404), "{path}");
            let path = path.replace(world.service.as_str(), "VA00000000000000000000000000000000");
            assert_eq!(
                world.send(method, &path, &world.backend(), "").await.refusal(),
                (404, 20404)
            );
        }
        for path in [
            deliveries_of(&hook[..hook.len() - 1]),
            format!("{}/{uuid}", deliveries_of(&other)),
            format!("{list}/00000000-0000-4000-8000-000000000000"),
            format!("{list}/%00"),
        ] {
            assert_eq!(world.get(&path).await.refusal(), (404, 20404), "{path}");
        }
        assert_eq!(world.post(&list, "").await.refusal(), (405, 20004));
        for (query, code) in [
            ("Status=eaten", 60306),
            ("Status=pending&Status=failed", 20001),
            ("PageSize=0", 60373),
            ("PageToken=nonsense", 60374),
        ] {
            let reply = world.get(&format!("{list}?{query}")).await;
            assert_eq!(reply.refusal(), (400, code), "{query}");
        }
        assert_eq!(world.send("GET", &list, "", "").await.refusal().0, 401);
    }
}
