//! Factors: the enrolled devices of an entity.

use std::collections::BTreeMap;

use countersign_protocol::{
    identity::Identity,
    keys::PublicKey,
    resources::factor::{CreateFactor, NotificationPlatform, PushConfig},
    sid::{AccessTokenSid, AccountSid, CredentialSid, EntitySid, FactorSid, ServiceSid},
};
use jiff::{SignedDuration, Timestamp};

use super::{
    Lock, Page, Position, Store, StoreError, access_tokens, date, entities,
    events::{Event, EventType},
    from_json,
    page::Window,
    session::{Row, Session, Write, sql},
    text, to_json, typed,
};
use crate::random;

/// How many factors an entity may have (60315).
pub const MAX_FACTORS: i64 = 20;

/// How many factors an entity may be given in a day (60326).
pub const MAX_CREATIONS_PER_DAY: i64 = 100;

/// How long a factor may stay unverified before it is taken away.
pub const UNVERIFIED_LIFE: SignedDuration = SignedDuration::from_hours(24);

/// One enrolled device.
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
    /// Whether it has proved that it holds its key.
    pub verified: bool,
    /// The key it answers with.
    pub public_key: PublicKey,
    /// The `kid` of its device JWT.
    pub credential_sid: CredentialSid,
    /// How to reach it.
    pub config: PushConfig,
    /// What the device says about itself.
    pub metadata: Option<BTreeMap<String, String>>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

/// What is to be changed on a factor; what is `None` stays.
#[derive(Debug, Clone, Default)]
pub struct FactorChange {
    /// Whether it proved that it holds its key.
    pub verified: bool,
    /// What people call it.
    pub friendly_name: Option<String>,
    /// How to reach it.
    pub config: Option<PushConfig>,
}

/// Why a factor was not made.
#[derive(Debug, thiserror::Error)]
pub enum CreateFactorError {
    /// The account has no such service.
    #[error("there is no such service")]
    NoService,
    /// The access token was used, has expired, or was taken back.
    #[error("the access token cannot be used any more")]
    TokenSpent,
    /// The entity has [`MAX_FACTORS`].
    #[error("the entity has as many factors as it may have")]
    TooMany,
    /// The entity was given [`MAX_CREATIONS_PER_DAY`] since this time yesterday.
    #[error("the entity was given too many factors in a day")]
    TooManyToday,
    /// The entity has a factor with this key.
    #[error("the entity has a factor with this key")]
    Exists,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Store {
    /// Makes a factor, and its entity if there is none. With `token`, uses that access token up as well.
    ///
    /// # Errors
    /// [`CreateFactorError`]; the token stays usable then.
    pub async fn create_factor(
        &self,
        account: &AccountSid,
        service: &ServiceSid,
        identity: &Identity,
        new: CreateFactor,
        token: Option<&AccessTokenSid>,
        now: Timestamp,
    ) -> Result<Factor, CreateFactorError> {
        let mut write = self.write(Lock::Entity(service, identity)).await?;
        if let Some(token) = token
            && !access_tokens::use_up(&mut write, token, now).await?
        {
            return Err(CreateFactorError::TokenSpent);
        }
        let entity = match entities::find(&mut write, account, service, identity).await? {
            Some(entity) => entity,
            None if super::services::exists(&mut write, account, service).await? => {
                entities::insert(&mut write, account, service, identity, now).await?
            }
            None => return Err(CreateFactorError::NoService),
        };
        check_room(&mut write, &entity.sid, &new.public_key, now).await?;
        let factor = Factor {
            sid: FactorSid::from_random(random::make_bytes()),
            account_sid: entity.account_sid,
            service_sid: entity.service_sid,
            entity_sid: entity.sid,
            identity: entity.identity,
            friendly_name: new.friendly_name,
            verified: false,
            public_key: new.public_key,
            credential_sid: CredentialSid::from_random(random::make_bytes()),
            config: new.config,
            metadata: new.metadata,
            created_at: now,
            updated_at: now,
        };
        insert(&mut write, &factor).await?;
        Event::about_factor(EventType::FactorCreated, &factor)
            .record(&mut write, now)
            .await?;
        write.commit().await?;
        self.changes.tell(service, identity);
        Ok(factor)
    }

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
        let select = window.select((
            "SELECT f.*, e.identity, e.service_sid, s.account_sid FROM factors f
             JOIN entities e ON e.sid = f.entity_sid JOIN services s ON s.sid = e.service_sid
             WHERE f.id > $1 AND f.id < $2 AND f.entity_sid = $4 ORDER BY f.id LIMIT $3",
            "SELECT f.*, e.identity, e.service_sid, s.account_sid FROM factors f
             JOIN entities e ON e.sid = f.entity_sid JOIN services s ON s.sid = e.service_sid
             WHERE f.id > $1 AND f.id < $2 AND f.entity_sid = $4 ORDER BY f.id DESC LIMIT $3",
        ));
        let rows = read.all(select.bind(entity.sid.to_string())).await?;
        window.page(&rows, from_row).map(Some)
    }

    /// Changes a factor and returns it as it is then; `None` if it is gone.
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

/// Whether the entity may have one more factor, with this key. Clears away what was never verified first.
async fn check_room(
    write: &mut Write,
    entity: &EntitySid,
    key: &PublicKey,
    now: Timestamp,
) -> Result<(), CreateFactorError> {
    delete_unverified(write, entity, now).await?;
    let count = sql(
        "SELECT (SELECT COUNT(*) FROM factors WHERE entity_sid = $1) AS factors,
                (SELECT COUNT(*) FROM factors WHERE entity_sid = $1 AND public_key = $2) AS same,
                (SELECT COUNT(*) FROM factor_creations WHERE entity_sid = $1 AND created_at > $3) AS today",
    )
    .bind(entity.to_string())
    .bind(key.to_binding())
    .bind((now - SignedDuration::from_hours(24)).as_second());
    let counted = write
        .optional(count)
        .await?
        .ok_or(sqlx::Error::RowNotFound)
        .map_err(StoreError::from)?;
    let number = |column| counted.get::<i64>(column);
    if number("same")? > 0 {
        Err(CreateFactorError::Exists)
    } else if number("factors")? >= MAX_FACTORS {
        Err(CreateFactorError::TooMany)
    } else if number("today")? >= MAX_CREATIONS_PER_DAY {
        Err(CreateFactorError::TooManyToday)
    } else {
        Ok(())
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

async fn insert(write: &mut Write, factor: &Factor) -> Result<(), StoreError> {
    let insert = sql("INSERT INTO factors
             (sid, entity_sid, friendly_name, status, public_key, credential_sid, app_id, sdk_version,
              notification_platform, notification_token, metadata, created_at, updated_at)
         VALUES ($1, $2, $3, 'unverified', $4, $5, $6, $7, $8, $9, $10, $11, $12)")
    .bind(factor.sid.to_string())
    .bind(factor.entity_sid.to_string())
    .bind(factor.friendly_name.clone())
    .bind(factor.public_key.to_binding())
    .bind(factor.credential_sid.to_string())
    .bind(factor.config.app_id.clone())
    .bind(factor.config.sdk_version.clone())
    .bind(factor.config.notification_platform.unwrap_or_default().as_str())
    .bind(factor.config.notification_token.clone())
    .bind(factor.metadata.as_ref().map(to_json))
    .bind(factor.created_at.as_second())
    .bind(factor.updated_at.as_second());
    write.execute(insert).await?;
    let count = sql("INSERT INTO factor_creations (entity_sid, created_at) VALUES ($1, $2)");
    write
        .execute(
            count
                .bind(factor.entity_sid.to_string())
                .bind(factor.created_at.as_second()),
        )
        .await?;
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
    let damaged = |_| StoreError::Damaged { column: "public_key" };
    Ok(Factor {
        sid: typed(row, "sid")?,
        account_sid: typed(row, "account_sid")?,
        service_sid: typed(row, "service_sid")?,
        entity_sid: typed(row, "entity_sid")?,
        identity: typed(row, "identity")?,
        friendly_name: text(row, "friendly_name")?,
        verified: text(row, "status")? == "verified",
        public_key: PublicKey::from_binding(&text(row, "public_key")?).map_err(damaged)?,
        credential_sid: typed(row, "credential_sid")?,
        config: PushConfig {
            app_id: row.get("app_id")?,
            sdk_version: row.get("sdk_version")?,
            notification_platform: Some(typed(row, "notification_platform")?),
            notification_token: row.get("notification_token")?,
        },
        metadata: from_json(row, "metadata")?,
        created_at: date(row, "created_at")?,
        updated_at: date(row, "updated_at")?,
    })
}
