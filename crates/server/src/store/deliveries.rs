//! Deliveries: what webhooks are told, kept from the transaction of the change until the receiver has it.

use countersign_protocol::sid::{AccountSid, FactorSid, WebhookSid};
use jiff::{SignedDuration, Timestamp};

use super::{
    Lock, Store, StoreError, date,
    session::{Row, sql},
    text, typed,
};

/// How long what was delivered, or given up, can still be read.
pub const FINISHED_LIFE: SignedDuration = SignedDuration::from_hours(30 * 24);

/// A webhook for which something is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receiver {
    /// The webhook.
    pub webhook: WebhookSid,
    /// Whose auth token signs what it is sent.
    pub account: AccountSid,
    /// Where it listens, to the letter as it was configured.
    pub url: String,
}

/// Something that a webhook is to be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// Its internal number.
    pub id: i64,
    /// The webhook.
    pub webhook: WebhookSid,
    /// The event's identifier.
    pub uuid: String,
    /// The factor that the event is about.
    pub factor: FactorSid,
    /// The form, as it is sent.
    pub body: String,
    /// How many attempts have failed.
    pub attempts: usize,
}

/// What came of an attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Attempt {
    /// The receiver has it.
    Delivered,
    /// It did not work, and is tried again at this time, or never.
    Failed {
        /// When.
        again: Option<Timestamp>,
    },
    /// The receiver wants to be told nothing any more.
    Unwanted,
}

impl Store {
    /// Returns when something has changed since this was last asked.
    pub async fn news(&self) {
        self.changes.news().await;
    }

    /// The enabled webhooks for which something is due.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn list_due_receivers(&self, now: Timestamp) -> Result<Vec<Receiver>, StoreError> {
        let select = sql(
            "SELECT w.sid, w.webhook_url, s.account_sid FROM webhooks w JOIN services s ON s.sid = w.service_sid
             WHERE w.status = 'enabled'
                 AND EXISTS (SELECT 1 FROM deliveries d WHERE d.webhook_sid = w.sid AND d.due_at <= $1)
             ORDER BY w.id",
        );
        let rows = self.read().await?.all(select.bind(now.as_second())).await?;
        let receiver = |row: &Row| {
            Ok(Receiver {
                webhook: typed(row, "sid")?,
                account: typed(row, "account_sid")?,
                url: text(row, "webhook_url")?,
            })
        };
        rows.iter().map(receiver).collect()
    }

    /// What is due for a webhook, what has been due longest first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn list_due_deliveries(
        &self,
        webhook: &WebhookSid,
        limit: usize,
        now: Timestamp,
    ) -> Result<Vec<Delivery>, StoreError> {
        let select = sql(
            "SELECT id, uuid, webhook_sid, factor_sid, body, attempts FROM deliveries
             WHERE webhook_sid = $1 AND due_at <= $2 ORDER BY due_at, id LIMIT $3",
        )
        .bind(webhook.to_string())
        .bind(now.as_second())
        .bind(i64::try_from(limit).unwrap_or(i64::MAX));
        let rows = self.read().await?.all(select).await?;
        let delivery = |row: &Row| {
            Ok(Delivery {
                id: row.get("id")?,
                webhook: typed(row, "webhook_sid")?,
                uuid: text(row, "uuid")?,
                factor: typed(row, "factor_sid")?,
                body: text(row, "body")?,
                attempts: usize::try_from(row.get::<i64>("attempts")?).unwrap_or(0),
            })
        };
        rows.iter().map(delivery).collect()
    }

    /// When, after `now`, something falls due: a delivery, or the expiry of a challenge that somebody wants to be
    /// told of.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn load_next_due(&self, now: Timestamp) -> Result<Option<Timestamp>, StoreError> {
        let select = sql("SELECT MIN(due) AS due FROM (
                 SELECT MIN(d.due_at) AS due FROM webhooks w JOIN deliveries d ON d.webhook_sid = w.sid
                 WHERE w.status = 'enabled' AND d.due_at > $1
                 UNION ALL
                 SELECT MIN(expires_at) FROM challenges
                 WHERE status = 'pending' AND expiry_told = 0 AND expires_at > $1 AND EXISTS (
                     SELECT 1 FROM webhooks
                     WHERE status = 'enabled' AND event_types LIKE '%\"challenge.expired\"%'
                 )
             ) AS falling_due");
        let row = self.read().await?.optional(select.bind(now.as_second())).await?;
        let due = row.filter(|row| row.get::<Option<i64>>("due").is_ok_and(|due| due.is_some()));
        due.map(|row| date(&row, "due")).transpose()
    }

    /// Writes down what came of an attempt. After the last one about a factor's event, its next event is due.
    ///
    /// # Errors
    /// [`StoreError`]; the delivery is due as it was.
    pub async fn settle_delivery(
        &self,
        delivery: &Delivery,
        attempt: &Attempt,
        outcome: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let mut write = self.write(Lock::Deliveries(&delivery.factor)).await?;
        let again = match attempt {
            Attempt::Failed { again } => again.map(Timestamp::as_second),
            Attempt::Delivered | Attempt::Unwanted => None,
        };
        let status = match attempt {
            Attempt::Delivered => "delivered",
            Attempt::Failed { again: Some(_) } => "pending",
            Attempt::Failed { again: None } | Attempt::Unwanted => "failed",
        };
        let update = sql(
            "UPDATE deliveries SET status = $1, attempts = attempts + 1, due_at = $2, outcome = $3,
                 finished_at = CASE WHEN $1 = 'pending' THEN NULL ELSE $4 END
             WHERE id = $5 AND status = 'pending'",
        )
        .bind(status)
        .bind(again)
        .bind(outcome.to_owned())
        .bind(now.as_second())
        .bind(delivery.id);
        write.execute(update).await?;
        if again.is_none() {
            let next = sql("UPDATE deliveries SET due_at = $1 WHERE due_at IS NULL AND id = (
                     SELECT MIN(id) FROM deliveries
                     WHERE webhook_sid = $2 AND factor_sid = $3 AND status = 'pending'
                 )")
            .bind(now.as_second())
            .bind(delivery.webhook.to_string())
            .bind(delivery.factor.to_string());
            write.execute(next).await?;
        }
        if *attempt == Attempt::Unwanted {
            let disable = sql("UPDATE webhooks SET status = 'disabled', updated_at = $1 WHERE sid = $2");
            let disable = disable.bind(now.as_second()).bind(delivery.webhook.to_string());
            write.execute(disable).await?;
        }
        write.commit().await
    }
}
