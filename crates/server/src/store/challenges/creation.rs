//! How a challenge is made.

use std::time::Duration;

use countersign_protocol::{
    identity::Identity,
    resources::{
        challenge::{Details, HiddenDetails},
        factor_type::FactorType,
    },
    sid::{AccountSid, ChallengeSid, EntitySid, FactorSid, ServiceSid},
};
use jiff::Timestamp;

use super::{Challenge, ChallengeState};
use crate::{
    rates::{ChallengeLimits, TooMuch},
    store::{
        Lock, Store, StoreError,
        codes::{self, CodeError, TypedCode},
        date, entities,
        events::{Event, EventType},
        factors::{self, Factor},
        numbers, reports,
        session::{Write, sql},
        to_json,
    },
};

/// A challenge that is to be made.
#[derive(Debug, Clone)]
pub struct NewChallenge<'a> {
    /// What it is to be called.
    pub sid: ChallengeSid,
    /// What is shown.
    pub details: Details,
    /// What is delivered and not shown.
    pub hidden_details: Option<HiddenDetails>,
    /// The number that has to be typed to approve it, sealed.
    pub number_sealed: Option<Vec<u8>>,
    /// From when on it cannot be answered.
    pub expires_at: Timestamp,
    /// For how many seconds a report keeps the factor from being asked.
    pub report_pause: u32,
    /// The code that answers it at once, if its factor is one with codes.
    pub code: Option<TypedCode<'a>>,
    /// How often the person may be asked.
    pub limits: ChallengeLimits,
}

/// Why a challenge was not made.
#[derive(Debug, thiserror::Error)]
pub enum CreateChallengeError {
    /// The account's service has no such entity.
    #[error("there is no such entity")]
    NoEntity,
    /// The entity has no such factor.
    #[error("there is no such factor")]
    NoFactor,
    /// The factor has not proved that it holds its key or secret.
    #[error("the factor is not verified")]
    Unverified,
    /// A device has to be given something to show.
    #[error("there is no message")]
    NoMessage,
    /// The factor was given too many challenges.
    #[error("the factor was given too many challenges")]
    TooMany {
        /// For how many seconds more.
        seconds: i64,
    },
    /// It asks for a number, and the factor is no device on which one could be typed.
    #[error("the factor is no device")]
    NoDevice,
    /// It asks for a number, and the factor was given too many wrong ones.
    #[error("the factor was given too many wrong numbers")]
    Locked {
        /// For how many seconds more.
        seconds: i64,
    },
    /// A person has reported that a request to the factor was not theirs.
    #[error("the factor is not asked for a while after a report")]
    Reported {
        /// For how many seconds more.
        seconds: i64,
    },
    /// The person was asked as often as may be.
    #[error("the person was asked too often")]
    TooMuch(TooMuch),
    /// The code was not looked at, or would not be.
    #[error(transparent)]
    Code(#[from] CodeError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Store {
    /// Makes a challenge for a verified factor.
    ///
    /// # Errors
    /// [`CreateChallengeError`].
    pub async fn create_challenge(
        &self,
        account: &AccountSid,
        service: &ServiceSid,
        identity: &Identity,
        factor: &FactorSid,
        new: NewChallenge<'_>,
        now: Timestamp,
    ) -> Result<Challenge, CreateChallengeError> {
        let mut write = self.write(Lock::Entity(service, identity)).await?;
        let Some(factor) = factors::find(&mut write, account, service, identity, factor).await? else {
            let entity = entities::find(&mut write, account, service, identity).await?;
            return Err(entity.map_or(CreateChallengeError::NoEntity, |_| CreateChallengeError::NoFactor));
        };
        if !factor.verified {
            return Err(CreateChallengeError::Unverified);
        }
        check_creation(&mut write, &factor, &new, now).await?;
        let mut challenge = Challenge {
            sid: new.sid,
            account_sid: factor.account_sid.clone(),
            service_sid: factor.service_sid.clone(),
            entity_sid: factor.entity_sid.clone(),
            identity: factor.identity.clone(),
            factor_sid: factor.sid.clone(),
            factor_type: factor.factor_type(),
            wrong_codes: 0,
            state: ChallengeState::Pending,
            details: new.details,
            hidden_details: new.hidden_details,
            number_sealed: new.number_sealed,
            metadata: None,
            created_at: now,
            updated_at: now,
            expires_at: new.expires_at,
        };
        insert(&mut write, &challenge).await?;
        Event::about_challenge(EventType::ChallengeCreated, &challenge)
            .record(&mut write, now)
            .await?;
        if let (FactorType::Totp, Some(code)) = (challenge.factor_type, &new.code) {
            challenge = codes::answer(&mut write, &factor, challenge, code, None, now).await?;
        }
        write.commit().await?;
        self.changes.tell(service, identity);
        Ok(challenge)
    }
}

/// Whether the factor may be asked this.
async fn check_creation(
    write: &mut Write,
    factor: &Factor,
    new: &NewChallenge<'_>,
    now: Timestamp,
) -> Result<(), CreateChallengeError> {
    if factor.factor_type() == FactorType::Push {
        check_rates(write, &factor.entity_sid, new.limits, now).await?;
    }
    if factor.factor_type() == FactorType::Push && new.details.message.is_empty() {
        Err(CreateChallengeError::NoMessage)
    } else if new.number_sealed.is_some() && factor.factor_type() == FactorType::Totp {
        Err(CreateChallengeError::NoDevice)
    } else if new.number_sealed.is_some()
        && let Some(seconds) = numbers::locked_for(write, &factor.sid, now).await?
    {
        Err(CreateChallengeError::Locked { seconds })
    } else if let Some(seconds) = reports::paused_for(write, &factor.sid, new.report_pause, now).await? {
        Err(CreateChallengeError::Reported { seconds })
    } else if codes::is_locked(factor) {
        Err(CodeError::FactorLocked.into())
    } else if let Some(seconds) = codes::full_for(write, factor, now).await? {
        Err(CreateChallengeError::TooMany { seconds })
    } else {
        Ok(())
    }
}

/// Whether the person may be asked once more, on any of their devices. What a limit of a minute forbids is over
/// when the oldest challenge that counts is a minute old.
async fn check_rates(
    write: &mut Write,
    entity: &EntitySid,
    limits: ChallengeLimits,
    now: Timestamp,
) -> Result<(), CreateChallengeError> {
    for (period, most) in limits {
        let select = sql("SELECT created_at FROM challenges
             WHERE entity_sid = $1 AND factor_type = 'push' AND created_at > $2
             ORDER BY created_at DESC LIMIT 1 OFFSET $3");
        let select = select
            .bind(entity.to_string())
            .bind((now - *period).as_second())
            .bind(i64::from(*most) - 1);
        if let Some(row) = write.optional(select).await? {
            let again = date(&row, "created_at")? + *period;
            let again = Duration::try_from(again.duration_since(now)).unwrap_or_default();
            return Err(CreateChallengeError::TooMuch(TooMuch { again }));
        }
    }
    Ok(())
}

async fn insert(write: &mut Write, challenge: &Challenge) -> Result<(), StoreError> {
    let insert = sql(
        "INSERT INTO challenges
             (sid, entity_sid, factor_sid, factor_type, status, details, hidden_details, number_sealed, created_at,
              updated_at, expires_at)
         VALUES ($1, $2, $3, $4, 'pending', $5, $6, $7, $8, $9, $10)",
    )
    .bind(challenge.sid.to_string())
    .bind(challenge.entity_sid.to_string())
    .bind(challenge.factor_sid.to_string())
    .bind(challenge.factor_type.as_str())
    .bind(to_json(&challenge.details))
    .bind(challenge.hidden_details.as_ref().map(to_json))
    .bind(challenge.number_sealed.clone())
    .bind(challenge.created_at.as_second())
    .bind(challenge.updated_at.as_second())
    .bind(challenge.expires_at.as_second());
    write.execute(insert).await?;
    Ok(())
}
