//! Codes: what TOTP factors prove themselves with (sections 9.4 and 9.5 of the Verify Push protocol notes).
//!
//! A code counts once, and wrong ones are counted. Both are decided in the transaction that writes them down, while
//! nobody else writes in the matter of the entity.

use std::collections::BTreeMap;

use countersign_protocol::{
    challenge_response::Decision,
    resources::{challenge::ChallengeStatus, factor::totp::UpdateTotpFactor},
    sid::{EntitySid, FactorSid},
    totp::{Code, Secret},
};
use jiff::{SignedDuration, Timestamp};
use subtle::ConstantTimeEq as _;

use super::{
    Lock, Store, StoreError,
    challenges::{self, Challenge, ChallengeState},
    date,
    events::{Event, EventType},
    factors::{self, Factor, Proof, TotpProof},
    session::{Write, sql},
    to_json, typed,
};
use crate::server_key::{Purpose, ServerKey};

/// How many wrong codes end the chance to verify a factor (60310).
pub const MAX_WRONG_TO_VERIFY: i64 = 5;

/// How many wrong codes end a challenge (60308).
pub const MAX_WRONG_OF_CHALLENGE: i64 = 5;

/// How many wrong codes in a row end a verified factor (60310): NIST SP 800-63B-4, section 3.2.2.
pub const MAX_WRONG_IN_A_ROW: i64 = 100;

/// A code that somebody typed, with what opens the secret that it is held against.
#[derive(Debug, Clone)]
pub struct TypedCode<'a> {
    /// The code.
    pub code: Code,
    /// The key that the secret was sealed with.
    pub key: &'a ServerKey,
}

/// Why a code was not looked at, or did not do what it was sent for.
#[derive(Debug, thiserror::Error)]
pub enum CodeError {
    /// The factor or the challenge is gone.
    #[error("there is no such factor or challenge")]
    Gone,
    /// The challenge was answered before.
    #[error("the challenge was answered before")]
    Answered,
    /// The time of the challenge is over.
    #[error("the challenge has expired")]
    Expired,
    /// The challenge was given [`MAX_WRONG_OF_CHALLENGE`] wrong codes.
    #[error("the challenge was given too many wrong codes")]
    ChallengeLocked,
    /// The factor was given [`MAX_WRONG_TO_VERIFY`] or [`MAX_WRONG_IN_A_ROW`] wrong codes.
    #[error("the factor was given too many wrong codes")]
    FactorLocked,
    /// The code is wrong, or was used, and this is counted. Only where the answer would otherwise read as if it had
    /// been right.
    #[error("the code is wrong")]
    Wrong,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Store {
    /// Changes a TOTP factor, and returns it as it is then. With a code, that is held against the factor first: if it
    /// is wrong, it is counted, and nothing else changes.
    ///
    /// # Errors
    /// [`CodeError`]; [`CodeError::Wrong`] for a factor that was verified before.
    pub async fn update_totp_factor(
        &self,
        factor: &Factor,
        asked: &UpdateTotpFactor,
        key: &ServerKey,
        now: Timestamp,
    ) -> Result<Factor, CodeError> {
        let (service, identity) = (&factor.service_sid, &factor.identity);
        let mut write = self.write(Lock::Entity(service, identity)).await?;
        let (before, totp) = find_totp(&mut write, factor).await?;
        if let Some(code) = asked.code.clone()
            && !take(&mut write, &before, &totp, &TypedCode { code, key }, now).await?
        {
            write.commit().await?;
            return if before.verified {
                Err(CodeError::Wrong)
            } else {
                Ok(before)
            };
        }
        let update = sql("UPDATE factors SET status = COALESCE($1, status),
                 friendly_name = COALESCE($2, friendly_name), totp_config = $3, updated_at = $4
             WHERE sid = $5")
        .bind(asked.code.as_ref().map(|_| "verified"))
        .bind(asked.friendly_name.clone())
        .bind(to_json(&asked.config.over(totp.config)))
        .bind(now.as_second())
        .bind(factor.sid.to_string());
        write.execute(update).await?;
        if asked.code.is_some() && !before.verified {
            Event::about_factor(EventType::FactorVerified, &before)
                .record(&mut write, now)
                .await?;
        }
        let (updated, _) = find_totp(&mut write, factor).await?;
        write.commit().await?;
        self.changes.tell(service, identity);
        Ok(updated)
    }

    /// Holds a code against a challenge, and returns that as it is then: approved, or pending if the code was wrong.
    ///
    /// # Errors
    /// [`CodeError`]; nothing was changed then.
    pub async fn answer_with_code(
        &self,
        challenge: &Challenge,
        typed: &TypedCode<'_>,
        metadata: Option<&BTreeMap<String, String>>,
        now: Timestamp,
    ) -> Result<Challenge, CodeError> {
        let Challenge {
            account_sid,
            service_sid,
            identity,
            sid,
            factor_sid,
            ..
        } = challenge;
        let mut write = self.write(Lock::Entity(service_sid, identity)).await?;
        let challenge = challenges::find(&mut write, account_sid, service_sid, identity, sid).await?;
        let challenge = challenge.ok_or(CodeError::Gone)?;
        match challenge.status(now) {
            ChallengeStatus::Approved | ChallengeStatus::Denied => return Err(CodeError::Answered),
            ChallengeStatus::Expired => return Err(CodeError::Expired),
            ChallengeStatus::Pending if challenge.wrong_codes >= MAX_WRONG_OF_CHALLENGE => {
                return Err(CodeError::ChallengeLocked);
            }
            ChallengeStatus::Pending => {}
        }
        let factor = factors::find(&mut write, account_sid, service_sid, identity, factor_sid).await?;
        let factor = factor.ok_or(CodeError::Gone)?;
        let answered = answer(&mut write, &factor, challenge, typed, metadata, now).await?;
        write.commit().await?;
        self.changes.tell(service_sid, identity);
        Ok(answered)
    }
}

/// Holds a code against a pending challenge and writes down what comes of it.
pub(super) async fn answer(
    write: &mut Write,
    factor: &Factor,
    mut challenge: Challenge,
    typed: &TypedCode<'_>,
    metadata: Option<&BTreeMap<String, String>>,
    now: Timestamp,
) -> Result<Challenge, CodeError> {
    let Proof::Totp(totp) = &factor.proof else {
        return Err(CodeError::Gone);
    };
    if !take(write, factor, totp, typed, now).await? {
        let count = sql("UPDATE challenges SET wrong_codes = wrong_codes + 1 WHERE sid = $1");
        write.execute(count.bind(challenge.sid.to_string())).await?;
        challenge.wrong_codes += 1;
        return Ok(challenge);
    }
    let update = sql(
        "UPDATE challenges SET status = 'approved', answer = 'code', responded_at = $1, updated_at = $1,
             metadata = COALESCE($2, metadata)
         WHERE sid = $3 AND status = 'pending'",
    )
    .bind(now.as_second())
    .bind(metadata.map(to_json))
    .bind(challenge.sid.to_string());
    write.execute(update).await?;
    challenge.state = ChallengeState::Answered {
        decision: Decision::Approved,
        at: now,
    };
    challenge.updated_at = now;
    challenge.metadata = metadata.cloned().or(challenge.metadata);
    Event::about_challenge(EventType::ChallengeApproved, &challenge)
        .record(write, now)
        .await?;
    Ok(challenge)
}

/// For how many seconds more the factor may not be given a challenge, if it has as many as it may have (60312). The
/// shorter its codes, the fewer that are, because each is good for a few guesses.
pub(super) async fn full_for(
    write: &mut Write,
    factor: &Factor,
    now: Timestamp,
) -> Result<Option<i64>, StoreError> {
    let Proof::Totp(totp) = &factor.proof else {
        return Ok(None);
    };
    let (in_an_hour, in_a_day): (i64, i64) = if totp.config.code_length <= 4 {
        (10, 10)
    } else {
        (50, 100)
    };
    let mut longest = None;
    for (hours, most) in [(1, in_an_hour), (24, in_a_day)] {
        let period = SignedDuration::from_hours(hours);
        // There is room again when the last of those that fill it is old enough.
        let select = sql("SELECT created_at FROM challenges
             WHERE factor_sid = $1 AND factor_type = 'totp' AND created_at > $2
             ORDER BY created_at DESC LIMIT 1 OFFSET $3");
        let select = select
            .bind(factor.sid.to_string())
            .bind((now - period).as_second())
            .bind(most - 1);
        if let Some(row) = write.optional(select).await? {
            let ends = date(&row, "created_at")? + period;
            longest = longest.max(Some(ends.as_second() - now.as_second()));
        }
    }
    Ok(longest)
}

/// Whether the factor was given so many wrong codes that no more are looked at.
pub(super) fn is_locked(factor: &Factor) -> bool {
    let most = if factor.verified {
        MAX_WRONG_IN_A_ROW
    } else {
        MAX_WRONG_TO_VERIFY
    };
    matches!(&factor.proof, Proof::Totp(totp) if totp.wrong_codes >= most)
}

/// Seals a secret for its factor.
pub(super) fn seal(key: &ServerKey, sid: &FactorSid, secret: &Secret) -> Vec<u8> {
    key.seal(Purpose::TotpSecret(sid.as_str()), secret.as_bytes())
}

/// Whether a factor of the entity has this secret already.
pub(super) async fn is_shared(
    write: &mut Write,
    entity: &EntitySid,
    secret: &Secret,
    key: &ServerKey,
) -> Result<bool, StoreError> {
    let select = sql("SELECT sid, secret_sealed FROM factors WHERE entity_sid = $1 AND factor_type = 'totp'");
    for row in write.all(select.bind(entity.to_string())).await? {
        let other = open(key, &typed(&row, "sid")?, &row.get::<Vec<u8>>("secret_sealed")?)?;
        if bool::from(other.as_bytes().ct_eq(secret.as_bytes())) {
            return Ok(true);
        }
    }
    Ok(false)
}

fn open(key: &ServerKey, sid: &FactorSid, sealed: &[u8]) -> Result<Secret, StoreError> {
    let opened = key.open(Purpose::TotpSecret(sid.as_str()), sealed);
    opened
        .and_then(|bytes| Secret::from_bytes(&bytes).ok())
        .ok_or(StoreError::Damaged {
            column: "secret_sealed",
        })
}

async fn find_totp(write: &mut Write, factor: &Factor) -> Result<(Factor, TotpProof), CodeError> {
    let Factor {
        account_sid,
        service_sid,
        identity,
        sid,
        ..
    } = factor;
    let found = factors::find(write, account_sid, service_sid, identity, sid).await?;
    let found = found.ok_or(CodeError::Gone)?;
    match &found.proof {
        Proof::Totp(totp) => {
            let totp = totp.clone();
            Ok((found, totp))
        }
        Proof::Push(_) => Err(CodeError::Gone),
    }
}

/// Says whether a code is right, and writes down that it was used, or that it was wrong.
async fn take(
    write: &mut Write,
    factor: &Factor,
    totp: &TotpProof,
    typed: &TypedCode<'_>,
    now: Timestamp,
) -> Result<bool, CodeError> {
    if is_locked(factor) {
        return Err(CodeError::FactorLocked);
    }
    let secret = open(typed.key, &factor.sid, &totp.secret_sealed)?;
    let used_until = totp.config.accept(&secret, &typed.code, now, totp.used_until);
    let update = match used_until {
        Some(used_until) => sql("UPDATE factors SET codes_used_until = $1, wrong_codes = 0 WHERE sid = $2")
            .bind(used_until.as_second()),
        None => sql("UPDATE factors SET wrong_codes = $1 WHERE sid = $2").bind(totp.wrong_codes + 1),
    };
    write.execute(update.bind(factor.sid.to_string())).await?;
    Ok(used_until.is_some())
}
