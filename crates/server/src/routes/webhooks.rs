//! `/v2/Services/{VA}/Webhooks`: who is told of what (section 9.7 of the Verify Push protocol notes).

use axum::{Json, extract::State};
use countersign_protocol::{
    form::Form,
    resources::webhook::{CreateWebhook, UpdateWebhook, Webhook, WebhookList},
    sid::{ServiceSid, WebhookSid},
};

use crate::{
    answer::{Answer, Created, Deleted, Refusal},
    app::{SharedApp, Urls},
    caller::Account,
    paging::Listing,
    request::{At, Parameters, Query},
    store::webhooks,
};

/// `POST /v2/Services/{VA}/Webhooks`
pub(super) async fn create(
    Account(account): Account,
    State(app): State<SharedApp>,
    At(service): At<ServiceSid>,
    Parameters(form): Parameters,
) -> Answer<Created<Webhook>> {
    let new = CreateWebhook::from_form(&form)?;
    let webhook = app
        .store
        .create_webhook(&account, &service, new, app.now())
        .await?;
    Ok(Created(shape(webhook.ok_or(Refusal::NotFound)?, &app.urls)))
}

/// `GET /v2/Services/{VA}/Webhooks`
pub(super) async fn list(
    Account(account): Account,
    State(app): State<SharedApp>,
    At(service): At<ServiceSid>,
    Query(query): Query,
) -> Answer<Json<WebhookList>> {
    let listing = Listing::read(&app.key, app.urls.webhooks(&service), &query, Form::default())?;
    let page = app
        .store
        .list_webhooks(&account, &service, listing.position, listing.size)
        .await?;
    let page = page.ok_or(Refusal::NotFound)?;
    let meta = listing.meta("webhooks", &page);
    let webhooks = page
        .items
        .into_iter()
        .map(|webhook| shape(webhook, &app.urls))
        .collect();
    Ok(Json(WebhookList { webhooks, meta }))
}

/// `GET /v2/Services/{VA}/Webhooks/{YW}`
pub(super) async fn fetch(
    Account(account): Account,
    State(app): State<SharedApp>,
    At((service, sid)): At<(ServiceSid, WebhookSid)>,
) -> Answer<Json<Webhook>> {
    let webhook = app.store.load_webhook(&account, &service, &sid).await?;
    Ok(Json(shape(webhook.ok_or(Refusal::NotFound)?, &app.urls)))
}

/// `POST /v2/Services/{VA}/Webhooks/{YW}`
pub(super) async fn update(
    Account(account): Account,
    State(app): State<SharedApp>,
    At((service, sid)): At<(ServiceSid, WebhookSid)>,
    Parameters(form): Parameters,
) -> Answer<Json<Webhook>> {
    let given = UpdateWebhook::from_form(&form)?;
    let webhook = app
        .store
        .update_webhook(&account, &service, &sid, given, app.now())
        .await?;
    Ok(Json(shape(webhook.ok_or(Refusal::NotFound)?, &app.urls)))
}

/// `DELETE /v2/Services/{VA}/Webhooks/{YW}`
pub(super) async fn delete(
    Account(account): Account,
    State(app): State<SharedApp>,
    At((service, sid)): At<(ServiceSid, WebhookSid)>,
) -> Answer<Deleted> {
    let deleted = app.store.delete_webhook(&account, &service, &sid).await?;
    if deleted {
        Ok(Deleted)
    } else {
        Err(Refusal::NotFound)
    }
}

fn shape(webhook: webhooks::Webhook, urls: &Urls) -> Webhook {
    Webhook {
        url: urls.webhook(&webhook.service_sid, &webhook.sid),
        sid: webhook.sid,
        service_sid: webhook.service_sid,
        account_sid: webhook.account_sid,
        friendly_name: webhook.friendly_name,
        event_types: webhook.event_types,
        status: webhook.status,
        version: webhook.version,
        webhook_url: webhook.webhook_url,
        webhook_method: "POST".to_owned(),
        date_created: webhook.created_at,
        date_updated: webhook.updated_at,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::tests::World;

    #[tokio::test]
    async fn a_webhook_is_made_changed_listed_and_deleted() {
        let world = World::new().await;
        let path = format!("/v2/Services/{}/Webhooks", world.service);
        let body = "FriendlyName=Hook&EventTypes=factor.created&EventTypes=challenge.approved&WebhookUrl=https%3A%2F%2Fexample.com%2Fhook%3Fa%3D1";
        let made = world.post(&path, body).await.expect(201);
        assert_eq!(
            made["event_types"],
            json!(["factor.created", "challenge.approved"])
        );
        assert_eq!(made["webhook_url"], "https://example.com/hook?a=1");
        assert_eq!(
            (&made["status"], &made["version"], &made["webhook_method"]),
            (&json!("enabled"), &json!("v2"), &json!("POST"))
        );
        let one = format!("{path}/{}", made["sid"].as_str().unwrap());
        assert_eq!(world.get(&one).await.expect(200), made);
        let updated = world.post(&one, "Status=disabled&EventTypes=*").await.expect(200);
        assert_eq!(
            (&updated["status"], &updated["event_types"]),
            (&json!("disabled"), &json!(["*"]))
        );
        assert_eq!(updated["webhook_url"], made["webhook_url"]);
        assert_eq!(world.get(&path).await.expect(200)["webhooks"], json!([updated]));
        assert_eq!(world.delete(&one).await.status, 204);
        assert_eq!(world.get(&one).await.refusal(), (404, 20404));
        assert_eq!(world.post(&one, "Status=enabled").await.refusal(), (404, 20404));
    }

    #[tokio::test]
    async fn bad_webhooks_are_refused() {
        let world = World::new().await;
        let path = format!("/v2/Services/{}/Webhooks", world.service);
        let good = "FriendlyName=Hook&EventTypes=*&WebhookUrl=https%3A%2F%2Fexample.com";
        for (from, to, code) in [
            ("FriendlyName=Hook&", "", 20001),
            ("EventTypes=*&", "", 20001),
            ("EventTypes=*", "EventTypes=challenge.eaten", 60200),
            ("https%3A%2F%2Fexample.com", "ftp%3A%2F%2Fexample.com", 60200),
            (
                "https%3A%2F%2Fexample.com",
                "https%3A%2F%2Fuser%3Ap%40example.com",
                60200,
            ),
            ("https%3A%2F%2Fexample.com", "nonsense", 60200),
        ] {
            assert_eq!(
                world.post(&path, &good.replace(from, to)).await.refusal(),
                (400, code),
                "{to}"
            );
        }
    }
}
