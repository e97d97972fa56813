//! Events: what has happened to factors and challenges, written down for those who subscribed to it.

use countersign_protocol::{
    form::Form,
    identity::Identity,
    report::Report,
    resources::factor_type::FactorType,
    sid::{AccountSid, ChallengeSid, EntitySid, FactorSid, ServiceSid},
};
use jiff::Timestamp;

use super::{
    Lock, Store, StoreError,
    challenges::Challenge,
    factors::{self, Factor},
    from_json,
    session::{Row, Write, sql},
    text, typed,
};
use crate::{observation, random};

/// How many entities are looked up at once to tell of their expired challenges.
const CONCERNED_AT_ONCE: i64 = 100;

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
    ChallengeReported,
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
            Self::ChallengeReported => "challenge.reported",
        }
    }

    /// Ours are for those who name them: whoever asks for everything has the cloud service's events in mind.
    fn concerns(self, subscribed: &[String]) -> bool {
        let ours = matches!(
            self,
            Self::ChallengeCreated | Self::ChallengeExpired | Self::ChallengeReported
        );
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
    factor_type: FactorType,
    challenge: Option<&'a ChallengeSid>,
    report: Option<&'a Report>,
}

impl<'a> Event<'a> {
    pub(super) fn about_factor(event_type: EventType, factor: &'a Factor) -> Self {
        Self {
            event_type,
            account: &factor.account_sid,
            service: &factor.service_sid,
            identity: &factor.identity,
            factor: &factor.sid,
            factor_type: factor.factor_type(),
            challenge: None,
            report: None,
        }
    }

    pub(super) fn about_challenge(event_type: EventType, challenge: &'a Challenge) -> Self {
        Self {
            event_type,
            account: &challenge.account_sid,
            service: &challenge.service_sid,
            identity: &challenge.identity,
            factor: &challenge.factor_sid,
            factor_type: challenge.factor_type,
            challenge: Some(&challenge.sid),
            report: None,
        }
    }

    pub(super) fn about_report(report: &'a Report, challenge: &'a Challenge) -> Self {
        Self {
            report: Some(report),
            ..Self::about_challenge(EventType::ChallengeReported, challenge)
        }
    }

    /// Writes down who is to be told, for all who subscribed to it.
    pub(super) async fn record(&self, write: &mut Write, now: Timestamp) -> Result<(), StoreError> {
        let select =
            sql("SELECT sid, event_types FROM webhooks WHERE service_sid = $1 AND status = 'enabled'");
        let rows = write.all(select.bind(self.service.to_string())).await?;
        let uuid = make_uuid();
        for row in &rows {
            if !self
                .event_type
                .concerns(&from_json::<Vec<String>>(row, "event_types")?)
            {
                continue;
            }
            write.lock(&Lock::Deliveries(self.factor)).await?;
            let insert = sql(
                "INSERT INTO deliveries (uuid, webhook_sid, event_type, factor_sid, body, due_at, created_at)
                 SELECT $1, $2, $3, $4, $5, CASE WHEN EXISTS (
                     SELECT 1 FROM deliveries WHERE webhook_sid = $2 AND factor_sid = $4 AND status = 'pending'
                 ) THEN NULL ELSE $6 END, $6",
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
        form.push("factor_type", self.factor_type.as_str());
        form.push_some("challenge_sid", self.challenge.map(ChallengeSid::as_str));
        form.push_some("report_reason", self.report.map(|report| report.reason.as_str()));
        form.push_some(
            "report_note",
            self.report.and_then(|report| report.note.as_deref()),
        );
        form.encode()
    }
}

impl Store {
    /// Tells of challenges that have expired, where somebody wants to be told.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn record_expired(&self, now: Timestamp) -> Result<(), StoreError> {
        let concerned = || {
            sql(
                "SELECT DISTINCT s.account_sid, e.service_sid, e.identity, e.sid FROM challenges c
                 JOIN entities e ON e.sid = c.entity_sid JOIN services s ON s.sid = e.service_sid
                 WHERE c.status = 'pending' AND c.expiry_told = 0 AND c.expires_at <= $1 AND EXISTS (
                     SELECT 1 FROM webhooks w WHERE w.service_sid = s.sid AND w.status = 'enabled'
                         AND w.event_types LIKE '%\"challenge.expired\"%'
                 ) LIMIT $2",
            )
            .bind(now.as_second())
            .bind(CONCERNED_AT_ONCE)
        };
        // Nearly always there is nobody, and then nothing has to be locked.
        loop {
            let entities = self.read().await?.all(concerned()).await?;
            if entities.is_empty() {
                return Ok(());
            }
            for entity in entities {
                self.record_expired_of(&entity, now).await?;
            }
        }
    }

    async fn record_expired_of(&self, entity: &Row, now: Timestamp) -> Result<(), StoreError> {
        let account = typed(entity, "account_sid")?;
        let service = typed(entity, "service_sid")?;
        let identity = typed(entity, "identity")?;
        let mut write = self.write(Lock::Entity(&service, &identity)).await?;
        let expired = sql("SELECT sid, factor_sid, factor_type FROM challenges
             WHERE entity_sid = $1 AND status = 'pending' AND expiry_told = 0 AND expires_at <= $2
             ORDER BY expires_at, id");
        let expired = expired.bind(text(entity, "sid")?).bind(now.as_second());
        let expired = write.all(expired).await?;
        for row in &expired {
            let challenge: ChallengeSid = typed(row, "sid")?;
            let event = Event {
                event_type: EventType::ChallengeExpired,
                account: &account,
                service: &service,
                identity: &identity,
                factor: &typed(row, "factor_sid")?,
                factor_type: typed(row, "factor_type")?,
                challenge: Some(&challenge),
                report: None,
            };
            event.record(&mut write, now).await?;
            let told = sql("UPDATE challenges SET expiry_told = 1 WHERE sid = $1");
            write.execute(told.bind(challenge.to_string())).await?;
        }
        write.commit().await?;
        observation::challenges_expired(expired.len() as u64);
        Ok(())
    }
}

/// Tells of all factors of an entity that is about to be deleted.
pub(super) async fn record_deletions(
    write: &mut Write,
    entity: &EntitySid,
    now: Timestamp,
) -> Result<(), StoreError> {
    let select = sql(
        "SELECT f.*, e.identity, e.service_sid, s.account_sid FROM factors f
         JOIN entities e ON e.sid = f.entity_sid JOIN services s ON s.sid = e.service_sid
         WHERE f.entity_sid = $1 ORDER BY f.id",
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
