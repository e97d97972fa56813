//! Webhooks: who is told of what.

use countersign_protocol::{
    resources::webhook::{CreateWebhook, UpdateWebhook, WebhookStatus, WebhookVersion},
    sid::{AccountSid, ServiceSid, WebhookSid},
};
use jiff::Timestamp;

use super::{
    Lock, Page, Position, Store, StoreError, claims, date, from_json,
    page::{Window, by_number},
    session::{Query, Row, Session, sql},
    text, to_json, typed,
};
use crate::random;

/// One receiver of events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Webhook {
    /// Its identifier.
    pub sid: WebhookSid,
    /// The account of its service.
    pub account_sid: AccountSid,
    /// Its service.
    pub service_sid: ServiceSid,
    /// What people call it.
    pub friendly_name: String,
    /// What it is told of.
    pub event_types: Vec<String>,
    /// Where it listens, to the letter as it was configured.
    pub webhook_url: String,
    /// Whether it is told at all.
    pub status: WebhookStatus,
    /// Which fields it is told.
    pub version: WebhookVersion,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

impl Store {
    /// Makes a webhook; `None` if the account has no such service.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn create_webhook(
        &self,
        account: &AccountSid,
        service: &ServiceSid,
        new: CreateWebhook,
        now: Timestamp,
    ) -> Result<Option<Webhook>, StoreError> {
        let mut write = self.write(Lock::Service(service)).await?;
        if !super::services::exists(&mut write, account, service).await? {
            return Ok(None);
        }
        let webhook = Webhook {
            sid: WebhookSid::from_random(random::make_bytes()),
            account_sid: account.clone(),
            service_sid: service.clone(),
            friendly_name: new.friendly_name,
            event_types: new.event_types,
            webhook_url: new.webhook_url,
            status: new.status,
            version: new.version,
            created_at: now,
            updated_at: now,
        };
        let insert = sql(
            "INSERT INTO webhooks
                 (friendly_name, event_types, webhook_url, status, version, updated_at, sid, service_sid, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        );
        let insert = bind_changeable(insert, &webhook)
            .bind(service.to_string())
            .bind(now.as_second());
        write.execute(insert).await?;
        write.commit().await?;
        Ok(Some(webhook))
    }

    /// One webhook, if this account's service has it.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn load_webhook(
        &self,
        account: &AccountSid,
        service: &ServiceSid,
        sid: &WebhookSid,
    ) -> Result<Option<Webhook>, StoreError> {
        find(&mut self.read().await?, account, service, sid).await
    }

    /// A page of a service's webhooks, oldest first; `None` if the account has no such service.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn list_webhooks(
        &self,
        account: &AccountSid,
        service: &ServiceSid,
        position: Position,
        size: u32,
    ) -> Result<Option<Page<Webhook>>, StoreError> {
        let mut read = self.read().await?;
        if !super::services::exists(&mut read, account, service).await? {
            return Ok(None);
        }
        let window = Window::new(position, size, false);
        let select = window.select(by_number!(
            "SELECT w.*, s.account_sid FROM webhooks w JOIN services s ON s.sid = w.service_sid
             WHERE w.id > $1 AND w.id < $2 AND w.service_sid = $4 ORDER BY w.id"
        ));
        let rows = read.all(select.bind(service.to_string())).await?;
        window.page(&rows, from_row).map(Some)
    }

    /// Changes a webhook and returns it as it is then; `None` if this account's service has no such webhook.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn update_webhook(
        &self,
        account: &AccountSid,
        service: &ServiceSid,
        sid: &WebhookSid,
        given: UpdateWebhook,
        now: Timestamp,
    ) -> Result<Option<Webhook>, StoreError> {
        let mut write = self.write(Lock::Service(service)).await?;
        // Whoever carries deliveries may be about to disable it.
        write.lock(&Lock::Receiver(sid)).await?;
        let Some(old) = find(&mut write, account, service, sid).await? else {
            return Ok(None);
        };
        let elsewhere = given.status.is_some() || given.webhook_url.is_some();
        let webhook = Webhook {
            friendly_name: given.friendly_name.unwrap_or(old.friendly_name),
            event_types: given.event_types.unwrap_or(old.event_types),
            webhook_url: given.webhook_url.unwrap_or(old.webhook_url),
            status: given.status.unwrap_or(old.status),
            version: given.version.unwrap_or(old.version),
            updated_at: now,
            ..old
        };
        let update = sql(
            "UPDATE webhooks SET friendly_name = $1, event_types = $2, webhook_url = $3, status = $4, version = $5,
                 updated_at = $6 WHERE sid = $7",
        );
        write.execute(bind_changeable(update, &webhook)).await?;
        if elsewhere {
            // What kept the receiver from taking anything may be over.
            claims::recover(&mut write, sid, now).await?;
        }
        write.commit().await?;
        self.changes.tell_courier();
        Ok(Some(webhook))
    }

    /// Deletes a webhook. Says whether this account's service had it.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn delete_webhook(
        &self,
        account: &AccountSid,
        service: &ServiceSid,
        sid: &WebhookSid,
    ) -> Result<bool, StoreError> {
        let mut write = self.write(Lock::Service(service)).await?;
        if find(&mut write, account, service, sid).await?.is_none() {
            return Ok(false);
        }
        write
            .execute(sql("DELETE FROM webhooks WHERE sid = $1").bind(sid.to_string()))
            .await?;
        write.commit().await?;
        Ok(true)
    }
}

/// Binds what can be changed, the date of the change, and the SID, in this order.
fn bind_changeable(query: Query, webhook: &Webhook) -> Query {
    query
        .bind(webhook.friendly_name.clone())
        .bind(to_json(&webhook.event_types))
        .bind(webhook.webhook_url.clone())
        .bind(webhook.status.as_str())
        .bind(webhook.version.as_str())
        .bind(webhook.updated_at.as_second())
        .bind(webhook.sid.to_string())
}

pub(super) async fn find(
    session: &mut Session,
    account: &AccountSid,
    service: &ServiceSid,
    sid: &WebhookSid,
) -> Result<Option<Webhook>, StoreError> {
    let select = sql(
        "SELECT w.*, s.account_sid FROM webhooks w JOIN services s ON s.sid = w.service_sid
         WHERE s.account_sid = $1 AND w.service_sid = $2 AND w.sid = $3",
    );
    let select = select
        .bind(account.to_string())
        .bind(service.to_string())
        .bind(sid.to_string());
    session.optional(select).await?.as_ref().map(from_row).transpose()
}

fn from_row(row: &Row) -> Result<Webhook, StoreError> {
    Ok(Webhook {
        sid: typed(row, "sid")?,
        account_sid: typed(row, "account_sid")?,
        service_sid: typed(row, "service_sid")?,
        friendly_name: text(row, "friendly_name")?,
        event_types: from_json(row, "event_types")?,
        webhook_url: text(row, "webhook_url")?,
        status: typed(row, "status")?,
        version: typed(row, "version")?,
        created_at: date(row, "created_at")?,
        updated_at: date(row, "updated_at")?,
    })
}
