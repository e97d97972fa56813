//! How a factor is made, and how many there may be.

use std::collections::BTreeMap;

use countersign_protocol::{
    identity::Identity,
    keys::PublicKey,
    resources::factor::PushConfig,
    sid::{AccessTokenSid, AccountSid, CredentialSid, EntitySid, FactorSid, ServiceSid},
    totp::{Secret, TotpConfig},
};
use jiff::{SignedDuration, Timestamp};

use super::{Factor, Proof, PushProof, TotpProof, delete_unverified};
use crate::{
    random,
    server_key::ServerKey,
    store::{
        Lock, Store, StoreError, access_tokens, codes, entities,
        events::{Event, EventType},
        services,
        session::{Write, sql},
        to_json,
    },
};

/// How many push factors an entity may have (60315).
pub const MAX_PUSH_FACTORS: i64 = 20;

/// How many TOTP factors an entity may have (60315).
pub const MAX_TOTP_FACTORS: i64 = 100;

/// How many factors an entity may be given in a day (60326).
pub const MAX_CREATIONS_PER_DAY: i64 = 100;

/// A factor that is to be made.
#[derive(Debug, Clone)]
pub struct NewFactor<'a> {
    /// What people call it.
    pub friendly_name: String,
    /// What the device says about itself.
    pub metadata: Option<BTreeMap<String, String>>,
    /// What it is to prove itself with.
    pub proof: NewProof<'a>,
}

/// What a factor that is to be made will prove itself with.
#[derive(Debug, Clone)]
pub enum NewProof<'a> {
    /// A key.
    Push {
        /// Its public half.
        public_key: PublicKey,
        /// How to reach the device.
        config: PushConfig,
    },
    /// Codes.
    Totp {
        /// What they are made from.
        secret: Secret,
        /// How they are made.
        config: TotpConfig,
        /// What seals the secret.
        key: &'a ServerKey,
    },
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
    /// The entity has [`MAX_PUSH_FACTORS`] or [`MAX_TOTP_FACTORS`].
    #[error("the entity has as many factors as it may have")]
    TooMany,
    /// The entity was given [`MAX_CREATIONS_PER_DAY`] since this time yesterday.
    #[error("the entity was given too many factors in a day")]
    TooManyToday,
    /// The entity has a factor with this key or secret.
    #[error("the entity has a factor with this key or secret")]
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
        new: NewFactor<'_>,
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
            None if services::exists(&mut write, account, service).await? => {
                entities::insert(&mut write, account, service, identity, now).await?
            }
            None => return Err(CreateFactorError::NoService),
        };
        delete_unverified(&mut write, &entity.sid, now).await?;
        check_room(&mut write, &entity.sid, &new.proof, now).await?;
        let sid = FactorSid::from_random(random::make_bytes());
        let factor = Factor {
            proof: settle(new.proof, &sid),
            sid,
            account_sid: entity.account_sid,
            service_sid: entity.service_sid,
            entity_sid: entity.sid,
            identity: entity.identity,
            friendly_name: new.friendly_name,
            verified: false,
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
}

fn settle(new: NewProof<'_>, sid: &FactorSid) -> Proof {
    match new {
        NewProof::Push { public_key, config } => Proof::Push(PushProof {
            public_key,
            credential_sid: CredentialSid::from_random(random::make_bytes()),
            config,
        }),
        NewProof::Totp { secret, config, key } => Proof::Totp(TotpProof {
            config,
            secret_sealed: codes::seal(key, sid, &secret),
            used_until: Timestamp::UNIX_EPOCH,
            wrong_codes: 0,
        }),
    }
}

/// Whether the entity may have one more factor, with this key or secret.
async fn check_room(
    write: &mut Write,
    entity: &EntitySid,
    new: &NewProof<'_>,
    now: Timestamp,
) -> Result<(), CreateFactorError> {
    let (factor_type, most, same) = match new {
        NewProof::Push { public_key, .. } => (
            "push",
            MAX_PUSH_FACTORS,
            is_bound(write, entity, public_key).await?,
        ),
        NewProof::Totp { secret, key, .. } => {
            let same = codes::is_shared(write, entity, secret, key).await?;
            ("totp", MAX_TOTP_FACTORS, same)
        }
    };
    if same {
        return Err(CreateFactorError::Exists);
    }
    let count = sql(
        "SELECT (SELECT COUNT(*) FROM factors WHERE entity_sid = $1 AND factor_type = $2) AS factors,
                (SELECT COUNT(*) FROM factor_creations WHERE entity_sid = $1 AND created_at > $3) AS today",
    )
    .bind(entity.to_string())
    .bind(factor_type)
    .bind((now - SignedDuration::from_hours(24)).as_second());
    let counted = write
        .optional(count)
        .await?
        .ok_or(sqlx::Error::RowNotFound)
        .map_err(StoreError::from)?;
    if counted.get::<i64>("factors")? >= most {
        Err(CreateFactorError::TooMany)
    } else if counted.get::<i64>("today")? >= MAX_CREATIONS_PER_DAY {
        Err(CreateFactorError::TooManyToday)
    } else {
        Ok(())
    }
}

/// Whether the entity has a device with this key.
async fn is_bound(write: &mut Write, entity: &EntitySid, key: &PublicKey) -> Result<bool, StoreError> {
    let select = sql("SELECT 1 FROM factors WHERE entity_sid = $1 AND public_key = $2");
    let select = select.bind(entity.to_string()).bind(key.to_binding());
    Ok(write.optional(select).await?.is_some())
}

async fn insert(write: &mut Write, factor: &Factor) -> Result<(), StoreError> {
    let (push, totp) = match &factor.proof {
        Proof::Push(push) => (Some(push), None),
        Proof::Totp(totp) => (None, Some(totp)),
    };
    let config = push.map(|push| &push.config);
    let insert = sql("INSERT INTO factors
             (sid, entity_sid, friendly_name, status, public_key, credential_sid, app_id, sdk_version,
              notification_platform, notification_token, metadata, created_at, updated_at, factor_type,
              secret_sealed, totp_config)
         VALUES ($1, $2, $3, 'unverified', $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)")
    .bind(factor.sid.to_string())
    .bind(factor.entity_sid.to_string())
    .bind(factor.friendly_name.clone())
    .bind(push.map(|push| push.public_key.to_binding()))
    .bind(push.map(|push| push.credential_sid.to_string()))
    .bind(config.and_then(|config| config.app_id.clone()))
    .bind(config.and_then(|config| config.sdk_version.clone()))
    .bind(config.map(|config| config.notification_platform.unwrap_or_default().as_str()))
    .bind(config.and_then(|config| config.notification_token.clone()))
    .bind(factor.metadata.as_ref().map(to_json))
    .bind(factor.created_at.as_second())
    .bind(factor.updated_at.as_second())
    .bind(factor.factor_type().as_str())
    .bind(totp.map(|totp| totp.secret_sealed.clone()))
    .bind(totp.map(|totp| to_json(&totp.config)));
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
