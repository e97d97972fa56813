//! Events: what has happened to factors and challenges, written down for those who subscribed to it.

use countersign_protocol::{
    form::Form,
    identity::Identity,
    sid::{AccountSid, ChallengeSid, EntitySid, FactorSid, ServiceSid},
};
use jiff::Timestamp;

use super::{
    Store, StoreError,
    challenges::Challenge,
    factors::{self, Factor},
    from_json,
    session::Write,
    text, typed,
};
use crate::random;

/// How many expired challenges are told of in one transaction.
const EXPIRED_AT_ONCE: i64 = 100;

/// What happened (section 10 of the Verify Push protocol notes).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum EventType {
    FactorCreated,
    FactorVerified,
    FactorDeleted,
    ChallengeApproved,
    ChallengeDenied,
    ChallengeCreated,
    ChallengeExpired,
}

impl EventType {
    fn as_str(self) -> &'static str {
        match self {
            Self::FactorCreated => "factor.created",
            Self::FactorVerified => "factor.verified",
            Self::FactorDeleted => "factor.deleted",
            Self::ChallengeApproved => "challenge.approved",
            Self::ChallengeDenied => "challenge.denied",
            Self::ChallengeCreated => "challenge.created",
            Self::ChallengeExpired => "challenge.expired",
        }
    }

    /// Ours are for those who name them: whoever asks for everything has the cloud service's events in mind.
    fn concerns(self, subscribed: &[String]) -> bool {
        let ours = matches!(self, Self::ChallengeCreated | Self::ChallengeExpired);
        subscribed
            .iter()
            .any(|event| event == self.as_str() || (event == "*" && !ours))
    }
}

/// Something that has happened to a factor, or to one of its challenges.
pub(super) struct Event<'a> {
    event_type: EventType,
    account: &'a AccountSid,
    service: &'a ServiceSid,
    identity: &'a Identity,
    factor: &'a FactorSid,
    challenge: Option<&'a ChallengeSid>,
}

impl<'a> Event<'a> {
    pub(super) fn about_factor(event_type: EventType, factor: &'a Factor) -> Self {
        Self {
            event_type,
            account: &factor.account_sid,
            service: &factor.service_sid,
            identity: &factor.identity,
            factor: &factor.sid,
            challenge: None,
        }
    }

    pub(super) fn about_challenge(event_type: EventType, challenge: &'a Challenge) -> Self {
        Self {
            event_type,
            account: &challenge.account_sid,
            service: &challenge.service_sid,
            identity: &challenge.identity,
            factor: &challenge.factor_sid,
            challenge: Some(&challenge.sid),
        }
    }

    /// Writes down who is to be told, for all who subscribed to it.
    pub(super) async fn record(&self, write: &mut Write, now: Timestamp) -> Result<(), StoreError> {
        let select =
            sqlx::query("SELECT sid, event_types FROM webhooks WHERE service_sid = ? AND status = 'enabled'");
        let rows = write.all(select.bind(self.service.to_string())).await?;
        let uuid = make_uuid();
        for row in &rows {
            if !self
                .event_type
                .concerns(&from_json::<Vec<String>>(row, "event_types")?)
            {
                continue;
            }
            let insert = sqlx::query(
                "INSERT INTO deliveries (uuid, webhook_sid, event_type, factor_sid, body, due_at, created_at)
                 SELECT ?1, ?2, ?3, ?4, ?5, CASE WHEN EXISTS (
                     SELECT 1 FROM deliveries WHERE webhook_sid = ?2 AND factor_sid = ?4 AND status = 'pending'
                 ) THEN NULL ELSE ?6 END, ?6",
            )
            .bind(uuid.clone())
            .bind(text(row, "sid")?)
            .bind(self.event_type.as_str())
            .bind(self.factor.to_string())
            .bind(self.body(&uuid))
            .bind(now.as_second());
            write.execute(insert).await?;
        }
        Ok(())
    }

    fn body(&self, uuid: &str) -> String {
        let mut form = Form::default();
        form.push("uuid", uuid);
        form.push("type", self.event_type.as_str());
        form.push("account_sid", self.account.as_str());
        form.push("service_sid", self.service.as_str());
        form.push("entity_identity", self.identity.to_string());
        form.push("factor_sid", self.factor.as_str());
        form.push("factor_type", "push");
        form.push_some("challenge_sid", self.challenge.map(ChallengeSid::as_str));
        form.encode()
    }
}

impl Store {
    /// Tells of challenges that have expired, where somebody wants to be told.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn record_expired(&self, now: Timestamp) -> Result<(), StoreError> {
        let expired = || {
            sqlx::query(
                "SELECT c.sid, c.factor_sid, e.identity, e.service_sid, s.account_sid FROM challenges c
                 JOIN entities e ON e.sid = c.entity_sid JOIN services s ON s.sid = e.service_sid
                 WHERE c.status = 'pending' AND c.expiry_told = 0 AND c.expires_at <= ? AND EXISTS (
                     SELECT 1 FROM webhooks w WHERE w.service_sid = s.sid AND w.status = 'enabled'
                         AND w.event_types LIKE '%\"challenge.expired\"%'
                 ) ORDER BY c.expires_at, c.id LIMIT ?",
            )
            .bind(now.as_second())
            .bind(EXPIRED_AT_ONCE)
        };
        // Nearly always there is nothing, and then nothing has to be locked.
        while !self.read().await?.all(expired()).await?.is_empty() {
            let mut write = self.write().await?;
            for row in write.all(expired()).await? {
                let challenge: ChallengeSid = typed(&row, "sid")?;
                let event = Event {
                    event_type: EventType::ChallengeExpired,
                    account: &typed(&row, "account_sid")?,
                    service: &typed(&row, "service_sid")?,
                    identity: &typed(&row, "identity")?,
                    factor: &typed(&row, "factor_sid")?,
                    challenge: Some(&challenge),
                };
                event.record(&mut write, now).await?;
                let told = sqlx::query("UPDATE challenges SET expiry_told = 1 WHERE sid = ?");
                write.execute(told.bind(challenge.to_string())).await?;
            }
            write.commit().await?;
        }
        Ok(())
    }
}

/// Tells of all factors of an entity that is about to be deleted.
pub(super) async fn record_deletions(
    write: &mut Write,
    entity: &EntitySid,
    now: Timestamp,
) -> Result<(), StoreError> {
    let select = sqlx::query(
        "SELECT f.*, e.identity, e.service_sid, s.account_sid FROM factors f
         JOIN entities e ON e.sid = f.entity_sid JOIN services s ON s.sid = e.service_sid
         WHERE f.entity_sid = ? ORDER BY f.id",
    );
    for row in write.all(select.bind(entity.to_string())).await? {
        let factor = factors::from_row(&row)?;
        Event::about_factor(EventType::FactorDeleted, &factor)
            .record(write, now)
            .await?;
    }
    Ok(())
}

/// A random UUID (RFC 9562, version 4).
fn make_uuid() -> String {
    let mut bytes: [u8; 16] = random::make_bytes();
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex = random::hex(&bytes);
    let parts = [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]];
    parts.join("-")
}
