//! Deliveries: what webhooks are told, kept from the transaction of the change until long after it was told.

use countersign_protocol::{
    resources::delivery::{DeliveryStatus, EventUuid},
    sid::{AccountSid, FactorSid, ServiceSid, WebhookSid},
};
use jiff::{SignedDuration, Timestamp};

use super::{
    Lock, Page, Position, Store, StoreError,
    claims::release_next,
    date, optional_date,
    page::{Window, by_number},
    session::{Row, Session, sql},
    text, typed, webhooks,
};

/// How long what was delivered, or given up, can still be read and sent again.
pub const FINISHED_LIFE: SignedDuration = SignedDuration::from_hours(30 * 24);

/// After how long it is given up what could not be delivered, because the receiver took nothing at all or the
/// webhook was disabled.
pub const PENDING_LIFE: SignedDuration = SignedDuration::from_hours(3 * 24);

/// Something that a webhook is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// The event's identifier, the same for all webhooks that are told of it.
    pub uuid: EventUuid,
    /// The account of the webhook's service.
    pub account_sid: AccountSid,
    /// The webhook's service.
    pub service_sid: ServiceSid,
    /// The webhook.
    pub webhook_sid: WebhookSid,
    /// What happened.
    pub event_type: String,
    /// The factor to which it happened.
    pub factor_sid: FactorSid,
    /// The form, as it is sent.
    pub body: String,
    /// Where it stands.
    pub status: DeliveryStatus,
    /// How many attempts were made since it was last asked for, not counting those that only found a receiver
    /// still down.
    pub attempts: u32,
    /// What came of the last attempt.
    pub outcome: Option<String>,
    /// When the event was written down.
    pub created_at: Timestamp,
    /// When it was last asked for again.
    pub resent_at: Option<Timestamp>,
    /// When the next attempt is due, unless one is under way, an older event of the factor goes first, or it was
    /// the last.
    pub due_at: Option<Timestamp>,
    /// When it was delivered or given up.
    pub finished_at: Option<Timestamp>,
}

/// A statement that selects a window of a webhook's deliveries by a condition, by rising and by falling number.
macro_rules! deliveries_where {
    ($condition:literal) => {
        by_number!(
            "SELECT d.*, w.service_sid, s.account_sid FROM deliveries d
             JOIN webhooks w ON w.sid = d.webhook_sid JOIN services s ON s.sid = w.service_sid
             WHERE d.id > $1 AND d.id < $2 AND d.webhook_sid = $4",
            $condition,
            " ORDER BY d.id"
        )
    };
}

impl Store {
    /// A page of what a webhook was told or is to be told, newest first; `None` if this account's service has no such
    /// webhook.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn list_deliveries(
        &self,
        account: &AccountSid,
        service: &ServiceSid,
        webhook: &WebhookSid,
        status: Option<DeliveryStatus>,
        position: Position,
        size: u32,
    ) -> Result<Option<Page<Delivery>>, StoreError> {
        let mut read = self.read().await?;
        if webhooks::find(&mut read, account, service, webhook)
            .await?
            .is_none()
        {
            return Ok(None);
        }
        let window = Window::new(position, size, true);
        let select = match status {
            None => window.select(deliveries_where!("")).bind(webhook.to_string()),
            Some(status) => window
                .select(deliveries_where!(" AND d.status = $5"))
                .bind(webhook.to_string())
                .bind(status.as_str()),
        };
        let rows = read.all(select).await?;
        window.page(&rows, from_row).map(Some)
    }

    /// One delivery, if this account's service has it.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn load_delivery(
        &self,
        account: &AccountSid,
        service: &ServiceSid,
        webhook: &WebhookSid,
        uuid: &EventUuid,
    ) -> Result<Option<Delivery>, StoreError> {
        find(&mut self.read().await?, account, service, webhook, uuid).await
    }

    /// Makes a delivery that was finished pending again, with all its attempts before it, and returns it as it is
    /// then; `None` if this account's service has no such delivery. One that is pending stays as it is.
    ///
    /// It goes before the events of its factor that wait for others, and after the one that is being tried.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn resend_delivery(
        &self,
        account: &AccountSid,
        service: &ServiceSid,
        webhook: &WebhookSid,
        uuid: &EventUuid,
        now: Timestamp,
    ) -> Result<Option<Delivery>, StoreError> {
        let mut write = self.write(Lock::Receiver(webhook)).await?;
        let Some(delivery) = find(&mut write, account, service, webhook, uuid).await? else {
            return Ok(None);
        };
        if delivery.status == DeliveryStatus::Pending {
            return Ok(Some(delivery));
        }
        write.lock(&Lock::Deliveries(&delivery.factor_sid)).await?;
        let again = sql(
            "UPDATE deliveries SET status = 'pending', attempts = 0, finished_at = NULL, resent_at = $1,
                 due_at = CASE WHEN EXISTS (
                     SELECT 1 FROM deliveries WHERE webhook_sid = $2 AND factor_sid = $3 AND status = 'pending'
                 ) THEN NULL ELSE $1 END
             WHERE webhook_sid = $2 AND uuid = $4",
        )
        .bind(now.as_second())
        .bind(webhook.to_string())
        .bind(delivery.factor_sid.to_string())
        .bind(uuid.to_string());
        write.execute(again).await?;
        let delivery = find(&mut write, account, service, webhook, uuid).await?;
        write.commit().await?;
        self.changes.tell_courier();
        Ok(delivery)
    }

    /// Gives up what has been pending for too long.
    pub(super) async fn give_up_deliveries(&self, now: Timestamp) -> Result<(), StoreError> {
        let too_old = (now - PENDING_LIFE).as_second();
        let select = sql("SELECT DISTINCT webhook_sid, factor_sid FROM deliveries
             WHERE status = 'pending' AND COALESCE(resent_at, created_at) <= $1");
        let factors = self.read().await?.all(select.bind(too_old)).await?;
        for row in factors {
            let webhook: WebhookSid = typed(&row, "webhook_sid")?;
            let factor: FactorSid = typed(&row, "factor_sid")?;
            let mut write = self.write(Lock::Receiver(&webhook)).await?;
            let give_up = sql("UPDATE deliveries SET status = 'failed', due_at = NULL, claimed_until = NULL,
                     outcome = COALESCE(outcome, 'nothing was sent'), finished_at = $1
                 WHERE webhook_sid = $2 AND factor_sid = $3 AND status = 'pending'
                     AND COALESCE(resent_at, created_at) <= $4 AND (claimed_until IS NULL OR claimed_until <= $1)")
            .bind(now.as_second())
            .bind(webhook.to_string())
            .bind(factor.to_string())
            .bind(too_old);
            write.execute(give_up).await?;
            release_next(&mut write, &webhook, &factor, now).await?;
            write.commit().await?;
        }
        Ok(())
    }
}

async fn find(
    session: &mut Session,
    account: &AccountSid,
    service: &ServiceSid,
    webhook: &WebhookSid,
    uuid: &EventUuid,
) -> Result<Option<Delivery>, StoreError> {
    let select = sql("SELECT d.*, w.service_sid, s.account_sid FROM deliveries d
         JOIN webhooks w ON w.sid = d.webhook_sid JOIN services s ON s.sid = w.service_sid
         WHERE s.account_sid = $1 AND w.service_sid = $2 AND d.webhook_sid = $3 AND d.uuid = $4")
    .bind(account.to_string())
    .bind(service.to_string())
    .bind(webhook.to_string())
    .bind(uuid.to_string());
    session.optional(select).await?.as_ref().map(from_row).transpose()
}

fn from_row(row: &Row) -> Result<Delivery, StoreError> {
    let claimed = row.get::<Option<i64>>("claimed_until")?.is_some();
    Ok(Delivery {
        uuid: typed(row, "uuid")?,
        account_sid: typed(row, "account_sid")?,
        service_sid: typed(row, "service_sid")?,
        webhook_sid: typed(row, "webhook_sid")?,
        event_type: text(row, "event_type")?,
        factor_sid: typed(row, "factor_sid")?,
        body: text(row, "body")?,
        status: typed(row, "status")?,
        attempts: u32::try_from(row.get::<i64>("attempts")?).unwrap_or(u32::MAX),
        outcome: row.get("outcome")?,
        created_at: date(row, "created_at")?,
        resent_at: optional_date(row, "resent_at")?,
        due_at: optional_date(row, "due_at")?.filter(|_| !claimed),
        finished_at: optional_date(row, "finished_at")?,
    })
}
