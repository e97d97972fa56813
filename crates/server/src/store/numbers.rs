//! Wrong numbers: how often somebody typed another number than the one that the issuer's page shows (docs/protocol.md,
//! E5).
//!
//! They are counted in the transaction that decides about the answer, while nobody else writes in the matter of the
//! entity. So two at once are two, unless they are one answer that was sent twice: a device that did not hear what became
//! of its answer sends it again, and was not given another number meanwhile.

use countersign_protocol::{
    matching::TRIES,
    sid::{ChallengeSid, FactorSid},
};
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest as _, Sha256};

use super::{
    Store, StoreError,
    challenges::Challenge,
    date,
    session::{Session, Write, sql},
};

/// For how long a wrong number counts for its factor.
pub(super) const COUNTED_FOR: SignedDuration = SignedDuration::from_hours(24);

/// How many wrong numbers in that time lock the factor's challenges that ask for one (security notes, rates: 10 a day
/// for a factor).
const MAX_WRONG: u32 = 10;

impl Store {
    /// How many wrong numbers were typed for a challenge in the last day, which is longer than any challenge lives.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn count_wrong_numbers(&self, challenge: &ChallengeSid) -> Result<usize, StoreError> {
        let select = sql("SELECT 1 FROM wrong_numbers WHERE challenge_sid = $1");
        let mut read = self.read().await?;
        let rows = read.all(select.bind(challenge.to_string())).await?;
        Ok(rows.len())
    }
}

/// For how many seconds more the factor's challenges that ask for a number are locked, if they are.
pub(super) async fn locked_for(
    session: &mut Session,
    factor: &FactorSid,
    now: Timestamp,
) -> Result<Option<i64>, StoreError> {
    let select = sql(
        "SELECT typed_at FROM wrong_numbers WHERE factor_sid = $1 AND typed_at > $2
         ORDER BY typed_at DESC LIMIT 1 OFFSET $3",
    )
    .bind(factor.to_string())
    .bind((now - COUNTED_FOR).as_second())
    .bind(MAX_WRONG - 1);
    let Some(row) = session.optional(select).await? else {
        return Ok(None);
    };
    let ends = date(&row, "typed_at")? + COUNTED_FOR;
    Ok(Some(ends.as_second() - now.as_second()))
}

/// How many tries a challenge had left when this very answer was counted, or has left since. None if it never was.
pub(super) async fn tries_left_if_counted(
    session: &mut Session,
    challenge: &Challenge,
    answer: &str,
) -> Result<Option<u32>, StoreError> {
    let select = sql("SELECT 1 FROM wrong_numbers WHERE challenge_sid = $1 AND answer_hash = $2")
        .bind(challenge.sid.to_string())
        .bind(hash(answer));
    if session.optional(select).await?.is_none() {
        return Ok(None);
    }
    tries_left(session, challenge).await.map(Some)
}

/// Counts a wrong number, and says how many tries the challenge has left.
pub(super) async fn count(
    write: &mut Write,
    challenge: &Challenge,
    answer: &str,
    now: Timestamp,
) -> Result<u32, StoreError> {
    let insert = sql(
        "INSERT INTO wrong_numbers (challenge_sid, factor_sid, typed_at, answer_hash) VALUES ($1, $2, $3, $4)",
    )
    .bind(challenge.sid.to_string())
    .bind(challenge.factor_sid.to_string())
    .bind(now.as_second())
    .bind(hash(answer));
    write.execute(insert).await?;
    tries_left(write, challenge).await
}

async fn tries_left(session: &mut Session, challenge: &Challenge) -> Result<u32, StoreError> {
    let select = sql("SELECT 1 FROM wrong_numbers WHERE challenge_sid = $1");
    let tried = session.all(select.bind(challenge.sid.to_string())).await?.len();
    Ok(TRIES.saturating_sub(u32::try_from(tried).unwrap_or(u32::MAX)))
}

fn hash(answer: &str) -> Vec<u8> {
    Sha256::digest(answer.as_bytes()).to_vec()
}
