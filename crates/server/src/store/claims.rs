//! Who carries which delivery, and what came of it.
//!
//! Any number of programs carry deliveries out of one database. Whoever makes an attempt has claimed the delivery
//! for some time, and until then nobody else finds it due. A program that dies says nothing; its claims end by
//! themselves.

use countersign_protocol::{
    resources::webhook::WebhookStatus,
    sid::{AccountSid, FactorSid, ServiceSid, WebhookSid},
};
use jiff::{SignedDuration, Timestamp};

use super::{
    Lock, Store, StoreError, date, optional_date,
    session::{Row, Write, sql},
    text, typed, webhooks,
};

/// How long a claim holds. An attempt with all that belongs to it takes much less, so that the clocks of the
/// programs need not agree better than to half a minute.
pub const CLAIM_LIFE: SignedDuration = SignedDuration::from_mins(1);

/// After how many failed attempts in a row a receiver is left alone, but for one attempt from time to time.
pub const FAILURES_BEFORE_PAUSE: i64 = 10;

/// How long after each failed attempt the next one is made at a receiver that is left alone.
pub const PAUSE: SignedDuration = SignedDuration::from_secs(30);

/// A webhook that is to be told something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receiver {
    /// The webhook.
    pub webhook: WebhookSid,
    /// Whose auth token signs what it is sent.
    pub account: AccountSid,
    /// Where it listens, to the letter as it was configured.
    pub url: String,
}

/// A delivery, claimed to be carried to its receiver.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claimed {
    id: i64,
    /// To whom.
    pub receiver: Receiver,
    /// The event's identifier.
    pub uuid: String,
    factor: FactorSid,
    /// The form, as it is sent.
    pub body: String,
    /// How many attempts have failed.
    pub attempts: usize,
    /// When the claim ends. No other claim to this delivery ends at the same time.
    until: Timestamp,
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

/// A statement that selects webhooks with how busy they are at `$1`.
macro_rules! receivers_where {
    ($condition:literal) => {
        concat!(
            "SELECT w.sid, w.webhook_url, w.status, w.paused_until, s.account_sid, (
                 SELECT COUNT(*) FROM deliveries WHERE webhook_sid = w.sid AND claimed_until > $1
             ) AS under_way
             FROM webhooks w JOIN services s ON s.sid = w.service_sid WHERE ",
            $condition
        )
    };
}

impl Store {
    /// Returns when something has changed since this was last asked.
    pub async fn news(&self) {
        self.changes.news().await;
    }

    /// The enabled webhooks of which something is due that is not being carried, as far as they are not busy with
    /// `at_once` attempts already.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn list_due_webhooks(
        &self,
        at_once: usize,
        now: Timestamp,
    ) -> Result<Vec<WebhookSid>, StoreError> {
        let select = sql(concat!(
            receivers_where!(
                "w.status = 'enabled' AND EXISTS (
                     SELECT 1 FROM deliveries WHERE webhook_sid = w.sid
                         AND due_at <= CASE WHEN w.paused_until <= $1 THEN 9223372036854775807 ELSE $1 END
                 )"
            ),
            " ORDER BY w.id"
        ));
        let rows = self.read().await?.all(select.bind(now.as_second())).await?;
        let mut due = Vec::new();
        for row in &rows {
            if Room::of(row, at_once, now)?.deliveries > 0 {
                due.push(typed(row, "sid")?);
            }
        }
        Ok(due)
    }

    /// Claims what is due for a webhook, what has been due longest first, so that no more than `at_once` attempts are
    /// under way, whoever makes them.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn claim_deliveries(
        &self,
        webhook: &WebhookSid,
        at_once: usize,
        now: Timestamp,
    ) -> Result<Vec<Claimed>, StoreError> {
        let mut write = self.write(Lock::Receiver(webhook)).await?;
        let select = sql(receivers_where!("w.sid = $2"));
        let select = select.bind(now.as_second()).bind(webhook.to_string());
        let Some(row) = write.optional(select).await? else {
            return Ok(Vec::new());
        };
        let room = Room::of(&row, at_once, now)?;
        if room.deliveries == 0 {
            return Ok(Vec::new());
        }
        let receiver = Receiver {
            webhook: typed(&row, "sid")?,
            account: typed(&row, "account_sid")?,
            url: text(&row, "webhook_url")?,
        };
        let until = now + CLAIM_LIFE;
        let claim = sql(
            "UPDATE deliveries SET claimed_until = $1, due_at = $1 WHERE id IN (
                 SELECT id FROM deliveries WHERE webhook_sid = $2 AND due_at <= $3 ORDER BY due_at, id LIMIT $4
             ) RETURNING id, uuid, factor_sid, body, attempts",
        )
        .bind(until.as_second())
        .bind(webhook.to_string())
        .bind(room.due_by)
        .bind(room.deliveries);
        let rows = write.all(claim).await?;
        write.commit().await?;
        let claimed = |row: &Row| {
            Ok(Claimed {
                id: row.get("id")?,
                receiver: receiver.clone(),
                uuid: text(row, "uuid")?,
                factor: typed(row, "factor_sid")?,
                body: text(row, "body")?,
                attempts: usize::try_from(row.get::<i64>("attempts")?).unwrap_or(0),
                until,
            })
        };
        rows.iter().map(claimed).collect()
    }

    /// When, after `now`, something falls due: a delivery, or the expiry of a challenge that somebody wants to be
    /// told of.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn load_next_due(&self, now: Timestamp) -> Result<Option<Timestamp>, StoreError> {
        let select = sql("SELECT MIN(due) AS due FROM (
                 SELECT CASE
                     WHEN w.paused_until > $1 THEN w.paused_until
                     ELSE (SELECT MIN(due_at) FROM deliveries WHERE webhook_sid = w.sid AND due_at > $1)
                 END AS due FROM webhooks w WHERE w.status = 'enabled'
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

    /// Writes down what came of an attempt, unless the claim was lost meanwhile: then it is another's to say. After
    /// the last attempt at a factor's event, its next event is due.
    ///
    /// # Errors
    /// [`StoreError`]; the delivery is due again when the claim ends.
    pub async fn settle_delivery(
        &self,
        claimed: &Claimed,
        attempt: &Attempt,
        outcome: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let webhook = &claimed.receiver.webhook;
        let mut write = self.write(Lock::Receiver(webhook)).await?;
        let select = sql(
            "SELECT w.failures, w.paused_until, w.service_sid FROM deliveries d JOIN webhooks w ON w.sid = d.webhook_sid
             WHERE d.id = $1 AND d.status = 'pending' AND d.claimed_until = $2",
        );
        let select = select.bind(claimed.id).bind(claimed.until.as_second());
        let Some(row) = write.optional(select).await? else {
            return Ok(());
        };
        let paused = row.get::<Option<i64>>("paused_until")?.is_some();
        // The webhook comes before its deliveries, as when it is deleted.
        match attempt {
            Attempt::Delivered if paused => recover(&mut write, webhook, now).await?,
            Attempt::Delivered if row.get::<i64>("failures")? == 0 => {}
            Attempt::Delivered => forget_failures(&mut write, webhook).await?,
            Attempt::Failed { .. } => note_failure(&mut write, webhook, now).await?,
            Attempt::Unwanted => disable(&mut write, webhook, now).await?,
        }
        let attempt = match attempt {
            // Nothing is given up while its receiver takes nothing at all.
            Attempt::Failed { again } if paused => &Attempt::Failed {
                again: Some(again.unwrap_or(now + PAUSE)),
            },
            attempt => attempt,
        };
        let ended = write_down(&mut write, claimed, attempt, !paused, outcome, now).await?;
        if ended {
            release_next(&mut write, webhook, &claimed.factor, now).await?;
        }
        write.commit().await?;
        self.changes.tell_of_delivery(&typed(&row, "service_sid")?);
        Ok(())
    }

    /// Until when a receiver that took nothing ten times in a row is left alone, or was, if nobody has asked it since.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn load_pause(&self, webhook: &WebhookSid) -> Result<Option<Timestamp>, StoreError> {
        let select = sql("SELECT paused_until FROM webhooks WHERE sid = $1").bind(webhook.to_string());
        let row = self.read().await?.optional(select).await?;
        row.map_or(Ok(None), |row| optional_date(&row, "paused_until"))
    }

    /// Ends the time for which a receiver is left alone: it is asked at once, with one delivery. `false` if this
    /// account's service has no such webhook.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn end_pause(
        &self,
        account: &AccountSid,
        service: &ServiceSid,
        webhook: &WebhookSid,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut write = self.write(Lock::Receiver(webhook)).await?;
        if webhooks::find(&mut write, account, service, webhook)
            .await?
            .is_none()
        {
            return Ok(false);
        }
        let end = sql("UPDATE webhooks SET paused_until = $1 WHERE sid = $2 AND paused_until > $1")
            .bind(now.as_second())
            .bind(webhook.to_string());
        write.execute(end).await?;
        write.commit().await?;
        self.changes.tell_courier();
        Ok(true)
    }
}

/// How many deliveries may be claimed for a receiver, and which.
struct Room {
    deliveries: i64,
    /// Those that are due at this time.
    due_by: i64,
}

impl Room {
    fn of(row: &Row, at_once: usize, now: Timestamp) -> Result<Self, StoreError> {
        let under_way: i64 = row.get("under_way")?;
        let paused_until: Option<i64> = row.get("paused_until")?;
        let enabled = typed::<WebhookStatus>(row, "status")? == WebhookStatus::Enabled;
        let deliveries = match paused_until {
            _ if !enabled => 0,
            None => (i64::try_from(at_once).unwrap_or(i64::MAX) - under_way).max(0),
            Some(until) => i64::from(until <= now.as_second() && under_way == 0),
        };
        // Whether a receiver is there again is found out with whatever is next, due or not.
        let due_by = paused_until.map_or(now.as_second(), |_| i64::MAX);
        Ok(Self { deliveries, due_by })
    }
}

/// The receiver takes deliveries again, so all that wait for another attempt are due.
pub(super) async fn recover(
    write: &mut Write,
    webhook: &WebhookSid,
    now: Timestamp,
) -> Result<(), StoreError> {
    forget_failures(write, webhook).await?;
    let due = sql("UPDATE deliveries SET due_at = $1
         WHERE webhook_sid = $2 AND due_at > $1 AND (claimed_until IS NULL OR claimed_until <= $1)");
    let due = due.bind(now.as_second()).bind(webhook.to_string());
    write.execute(due).await.map(|_| ())
}

async fn forget_failures(write: &mut Write, webhook: &WebhookSid) -> Result<(), StoreError> {
    let forget = sql("UPDATE webhooks SET failures = 0, paused_until = NULL WHERE sid = $1");
    write.execute(forget.bind(webhook.to_string())).await.map(|_| ())
}

async fn note_failure(write: &mut Write, webhook: &WebhookSid, now: Timestamp) -> Result<(), StoreError> {
    let note = sql("UPDATE webhooks SET failures = failures + 1,
             paused_until = CASE WHEN failures + 1 >= $1 THEN $2 ELSE NULL END
         WHERE sid = $3")
    .bind(FAILURES_BEFORE_PAUSE)
    .bind((now + PAUSE).as_second())
    .bind(webhook.to_string());
    write.execute(note).await.map(|_| ())
}

async fn disable(write: &mut Write, webhook: &WebhookSid, now: Timestamp) -> Result<(), StoreError> {
    let disable = sql("UPDATE webhooks SET status = 'disabled', updated_at = $1 WHERE sid = $2");
    let disable = disable.bind(now.as_second()).bind(webhook.to_string());
    write.execute(disable).await.map(|_| ())
}

/// Ends a claim with what came of it, and says whether that was the last attempt.
async fn write_down(
    write: &mut Write,
    claimed: &Claimed,
    attempt: &Attempt,
    counts: bool,
    outcome: &str,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let (status, again) = match attempt {
        Attempt::Delivered => ("delivered", None),
        Attempt::Failed { again: Some(again) } => ("pending", Some(again.as_second())),
        Attempt::Failed { again: None } | Attempt::Unwanted => ("failed", None),
    };
    let ended = again.is_none();
    let update = sql(
        "UPDATE deliveries SET status = $1, attempts = attempts + $2, due_at = $3, claimed_until = NULL,
             outcome = $4, finished_at = $5 WHERE id = $6",
    )
    .bind(status)
    .bind(i64::from(counts || ended))
    .bind(again)
    .bind(outcome.to_owned())
    .bind(ended.then(|| now.as_second()))
    .bind(claimed.id);
    write.execute(update).await?;
    Ok(ended)
}

/// Of what waits about a factor, the next is due.
pub(super) async fn release_next(
    write: &mut Write,
    webhook: &WebhookSid,
    factor: &FactorSid,
    now: Timestamp,
) -> Result<(), StoreError> {
    // An event that is written down at this moment finds out for itself whether it has to wait.
    write.lock(&Lock::Deliveries(factor)).await?;
    let next = sql("UPDATE deliveries SET due_at = $1 WHERE due_at IS NULL AND id = (
             SELECT MIN(id) FROM deliveries WHERE webhook_sid = $2 AND factor_sid = $3 AND status = 'pending'
         )")
    .bind(now.as_second())
    .bind(webhook.to_string())
    .bind(factor.to_string());
    write.execute(next).await.map(|_| ())
}
