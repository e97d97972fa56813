//! Factors: what the entities have to prove themselves with.

use std::collections::BTreeMap;

use countersign_protocol::{
    identity::Identity,
    keys::PublicKey,
    resources::{
        factor::{NotificationPlatform, PushConfig},
        factor_type::FactorType,
    },
    sid::{AccountSid, CredentialSid, EntitySid, FactorSid, ServiceSid},
    totp::TotpConfig,
};
use jiff::{SignedDuration, Timestamp};

use super::{
    Lock, Page, Position, Store, StoreError, date, entities,
    events::{Event, EventType},
    from_json,
    page::{Window, by_number},
    session::{Row, Session, Write, sql},
    text, typed,
};

pub mod creation;

/// How long a factor may stay unverified before it is taken away.
pub const UNVERIFIED_LIFE: SignedDuration = SignedDuration::from_hours(24);

/// A device or an authenticator of an entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Factor {
    /// Its identifier.
    pub sid: FactorSid,
    /// The account of its service.
    pub account_sid: AccountSid,
    /// Its service.
    pub service_sid: ServiceSid,
    /// Its entity.
    pub entity_sid: EntitySid,
    /// Its entity's identity.
    pub identity: Identity,
    /// What people call it.
    pub friendly_name: String,
    /// Whether it has proved that it holds its key or secret.
    pub verified: bool,
    /// What it proves itself with.
    pub proof: Proof,
    /// What the device says about itself.
    pub metadata: Option<BTreeMap<String, String>>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

/// What a factor proves itself with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Proof {
    /// A key: it is an enrolled device.
    Push(PushProof),
    /// Codes.
    Totp(TotpProof),
}

/// What an enrolled device proves itself with, and how it is reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PushProof {
    /// The key it answers with.
    pub public_key: PublicKey,
    /// The `kid` of its device JWT.
    pub credential_sid: CredentialSid,
    /// How to reach it.
    pub config: PushConfig,
}

/// What an authenticator proves itself with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TotpProof {
    /// How its codes are made.
    pub config: TotpConfig,
    /// What it shares with the server, sealed.
    pub secret_sealed: Vec<u8>,
    /// Codes shown before this moment are used up.
    pub used_until: Timestamp,
    /// How many wrong codes came since the last right one.
    pub wrong_codes: i64,
}

impl Factor {
    /// Its type.
    pub fn factor_type(&self) -> FactorType {
        match self.proof {
            Proof::Push(_) => FactorType::Push,
            Proof::Totp(_) => FactorType::Totp,
        }
    }

    /// Whether it is a device that can be asked.
    pub fn is_verified_device(&self) -> bool {
        self.verified && self.factor_type() == FactorType::Push
    }

    /// The key it answers with, if it is a device.
    pub fn public_key(&self) -> Option<&PublicKey> {
        match &self.proof {
            Proof::Push(push) => Some(&push.public_key),
            Proof::Totp(_) => None,
        }
    }
}

/// What is to be changed on a push factor; what is `None` stays.
#[derive(Debug, Clone, Default)]
pub struct FactorChange {
    /// Whether it proved that it holds its key.
    pub verified: bool,
    /// What people call it.
    pub friendly_name: Option<String>,
    /// How to reach it.
    pub config: Option<PushConfig>,
}

impl Store {
    /// The factor whose device JWTs carry this `kid`.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn load_factor_of_credential(&self, kid: &CredentialSid) -> Result<Option<Factor>, StoreError> {
        let select = sql(
            "SELECT f.*, e.identity, e.service_sid, s.account_sid FROM factors f
             JOIN entities e ON e.sid = f.entity_sid JOIN services s ON s.sid = e.service_sid
             WHERE f.credential_sid = $1",
        );
        let row = self.read().await?.optional(select.bind(kid.to_string())).await?;
        row.as_ref().map(from_row).transpose()
    }

    /// One factor, if this account's service and identity have it.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn load_factor(
        &self,
        account: &AccountSid,
        service: &ServiceSid,
        identity: &Identity,
        sid: &FactorSid,
    ) -> Result<Option<Factor>, StoreError> {
        find(&mut self.read().await?, account, service, identity, sid).await
    }

    /// A page of an identity's factors, oldest first; `None` if there is no such entity.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn list_factors(
        &self,
        account: &AccountSid,
        service: &ServiceSid,
        identity: &Identity,
        position: Position,
        size: u32,
    ) -> Result<Option<Page<Factor>>, StoreError> {
        let mut read = self.read().await?;
        let Some(entity) = entities::find(&mut read, account, service, identity).await? else {
            return Ok(None);
        };
        let window = Window::new(position, size, false);
        let select = window.select(by_number!(
            "SELECT f.*, e.identity, e.service_sid, s.account_sid FROM factors f
             JOIN entities e ON e.sid = f.entity_sid JOIN services s ON s.sid = e.service_sid
             WHERE f.id > $1 AND f.id < $2 AND f.entity_sid = $4 ORDER BY f.id"
        ));
        let rows = read.all(select.bind(entity.sid.to_string())).await?;
        window.page(&rows, from_row).map(Some)
    }

    /// Changes a push factor and returns it as it is then; `None` if it is gone.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn update_factor(
        &self,
        factor: &Factor,
        change: FactorChange,
        now: Timestamp,
    ) -> Result<Option<Factor>, StoreError> {
        let Factor {
            account_sid,
            service_sid,
            identity,
            sid,
            ..
        } = factor;
        let config = change.config;
        let mut write = self.write(Lock::Entity(service_sid, identity)).await?;
        let Some(before) = find(&mut write, account_sid, service_sid, identity, sid).await? else {
            return Ok(None);
        };
        let update = sql("UPDATE factors SET
                 status = COALESCE($1, status),
                 friendly_name = COALESCE($2, friendly_name),
                 sdk_version = COALESCE($3, sdk_version),
                 -- Where there is no platform, there is no token.
                 notification_token = CASE COALESCE($4, notification_platform)
                     WHEN 'none' THEN NULL ELSE COALESCE($5, notification_token) END,
                 notification_platform = COALESCE($4, notification_platform),
                 updated_at = $6
             WHERE sid = $7")
        .bind(change.verified.then_some("verified"))
        .bind(change.friendly_name)
        .bind(config.as_ref().and_then(|config| config.sdk_version.clone()))
        .bind(
            config
                .as_ref()
                .and_then(|config| config.notification_platform)
                .map(NotificationPlatform::as_str),
        )
        .bind(config.and_then(|config| config.notification_token))
        .bind(now.as_second())
        .bind(sid.to_string());
        write.execute(update).await?;
        if change.verified && !before.verified {
            Event::about_factor(EventType::FactorVerified, &before)
                .record(&mut write, now)
                .await?;
        }
        let updated = find(&mut write, account_sid, service_sid, identity, sid).await?;
        write.commit().await?;
        self.changes.tell(service_sid, identity);
        Ok(updated)
    }

    /// Deletes a factor. What it answered stays readable. Says whether there was one.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn delete_factor(
        &self,
        account: &AccountSid,
        service: &ServiceSid,
        identity: &Identity,
        sid: &FactorSid,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut write = self.write(Lock::Entity(service, identity)).await?;
        let Some(factor) = find(&mut write, account, service, identity, sid).await? else {
            return Ok(false);
        };
        delete(&mut write, &factor, now).await?;
        write.commit().await?;
        self.changes.tell(service, identity);
        Ok(true)
    }
}

/// Deletes the entity's factors that were never verified in time, and tells of it.
pub(super) async fn delete_unverified(
    write: &mut Write,
    entity: &EntitySid,
    now: Timestamp,
) -> Result<(), StoreError> {
    let select = sql(
        "SELECT f.*, e.identity, e.service_sid, s.account_sid FROM factors f
         JOIN entities e ON e.sid = f.entity_sid JOIN services s ON s.sid = e.service_sid
         WHERE f.entity_sid = $1 AND f.status = 'unverified' AND f.created_at <= $2 ORDER BY f.id",
    );
    let select = select
        .bind(entity.to_string())
        .bind((now - UNVERIFIED_LIFE).as_second());
    for row in write.all(select).await? {
        delete(write, &from_row(&row)?, now).await?;
    }
    Ok(())
}

/// Deletes a factor and tells of it.
async fn delete(write: &mut Write, factor: &Factor, now: Timestamp) -> Result<(), StoreError> {
    Event::about_factor(EventType::FactorDeleted, factor)
        .record(write, now)
        .await?;
    let delete = sql("DELETE FROM factors WHERE sid = $1");
    write.execute(delete.bind(factor.sid.to_string())).await?;
    Ok(())
}

pub(super) async fn find(
    session: &mut Session,
    account: &AccountSid,
    service: &ServiceSid,
    identity: &Identity,
    sid: &FactorSid,
) -> Result<Option<Factor>, StoreError> {
    let select = sql(
        "SELECT f.*, e.identity, e.service_sid, s.account_sid FROM factors f
         JOIN entities e ON e.sid = f.entity_sid JOIN services s ON s.sid = e.service_sid
         WHERE s.account_sid = $1 AND e.service_sid = $2 AND e.identity = $3 AND f.sid = $4",
    )
    .bind(account.to_string())
    .bind(service.to_string())
    .bind(identity.to_string())
    .bind(sid.to_string());
    session.optional(select).await?.as_ref().map(from_row).transpose()
}

pub(super) fn from_row(row: &Row) -> Result<Factor, StoreError> {
    Ok(Factor {
        sid: typed(row, "sid")?,
        account_sid: typed(row, "account_sid")?,
        service_sid: typed(row, "service_sid")?,
        entity_sid: typed(row, "entity_sid")?,
        identity: typed(row, "identity")?,
        friendly_name: text(row, "friendly_name")?,
        verified: text(row, "status")? == "verified",
        proof: match typed(row, "factor_type")? {
            FactorType::Push => Proof::Push(push_from_row(row)?),
            FactorType::Totp => Proof::Totp(TotpProof {
                config: from_json(row, "totp_config")?,
                secret_sealed: row.get("secret_sealed")?,
                used_until: date(row, "codes_used_until")?,
                wrong_codes: row.get("wrong_codes")?,
            }),
        },
        metadata: from_json(row, "metadata")?,
        created_at: date(row, "created_at")?,
        updated_at: date(row, "updated_at")?,
    })
}

fn push_from_row(row: &Row) -> Result<PushProof, StoreError> {
    let damaged = |_| StoreError::Damaged { column: "public_key" };
    Ok(PushProof {
        public_key: PublicKey::from_binding(&text(row, "public_key")?).map_err(damaged)?,
        credential_sid: typed(row, "credential_sid")?,
        config: PushConfig {
            app_id: row.get("app_id")?,
            sdk_version: row.get("sdk_version")?,
            notification_platform: Some(typed(row, "notification_platform")?),
            notification_token: row.get("notification_token")?,
        },
    })
}
