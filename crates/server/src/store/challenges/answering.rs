//! How a challenge is answered.

use std::collections::BTreeMap;

use countersign_protocol::{challenge_response::Decision, resources::challenge::ChallengeStatus};
use jiff::Timestamp;

use super::{Challenge, find};
use crate::store::{
    Lock, Store, StoreError,
    events::{Event, EventType},
    factors, numbers,
    session::{Write, sql},
    to_json,
};

/// An answer that the device has signed.
#[derive(Debug, Clone)]
pub struct NewAnswer<'a> {
    /// What it says.
    pub decision: Decision,
    /// Whether it carries the number that the challenge asks for. Of no account where it asks for none.
    pub number_is_right: bool,
    /// The answer itself, kept as proof.
    pub signed: &'a str,
    /// What came with it.
    pub metadata: Option<&'a BTreeMap<String, String>>,
}

/// Why an answer was not taken.
#[derive(Debug, thiserror::Error)]
pub enum AnswerChallengeError {
    /// It is gone, or its factor is.
    #[error("there is no such challenge")]
    Gone,
    /// It was answered before.
    #[error("the challenge was answered before")]
    Answered,
    /// Its time is over.
    #[error("the challenge has expired")]
    Expired,
    /// The number is missing or wrong, and that was counted. If no try is left, the challenge is denied now.
    #[error("the number is not the one that is asked for")]
    WrongNumber(WrongNumber),
    /// The factor was given too many wrong numbers.
    #[error("the factor was given too many wrong numbers")]
    Locked {
        /// For how many seconds more.
        seconds: i64,
    },
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A number that is missing or wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WrongNumber {
    /// How many tries are left.
    pub tries_left: u32,
    /// Whether this very answer was counted before, and only came again.
    pub resent: bool,
}

impl Store {
    /// Takes the answer to a challenge, if it is still pending and its factor still there. An approval with a wrong
    /// number is counted instead, and the last of them denies.
    ///
    /// # Errors
    /// [`AnswerChallengeError`]; nothing was changed then, but for [`AnswerChallengeError::WrongNumber`].
    pub async fn answer_challenge(
        &self,
        challenge: &Challenge,
        answer: NewAnswer<'_>,
        now: Timestamp,
    ) -> Result<Challenge, AnswerChallengeError> {
        let (service, identity) = (&challenge.service_sid, &challenge.identity);
        let mut write = self.write(Lock::Entity(service, identity)).await?;
        let wrong = count_wrong_number(&mut write, challenge, &answer, now).await?;
        let decision = match wrong {
            None => answer.decision,
            Some(WrongNumber {
                tries_left: 0,
                resent: false,
            }) => Decision::Denied,
            Some(wrong) => {
                write.commit().await?;
                // Its tries are shown to whoever watches.
                self.changes.tell(service, identity);
                return Err(AnswerChallengeError::WrongNumber(wrong));
            }
        };
        let answered = take(&mut write, challenge, decision, &answer, now).await?;
        write.commit().await?;
        self.changes.tell(service, identity);
        match wrong {
            None => Ok(answered),
            Some(wrong) => Err(AnswerChallengeError::WrongNumber(wrong)),
        }
    }
}

/// Looks at the number of an approval where one is asked for. If it is not right, it is counted, unless this very answer
/// was counted before.
async fn count_wrong_number(
    write: &mut Write,
    challenge: &Challenge,
    answer: &NewAnswer<'_>,
    now: Timestamp,
) -> Result<Option<WrongNumber>, AnswerChallengeError> {
    if answer.decision == Decision::Denied || challenge.number_sealed.is_none() {
        return Ok(None);
    }
    let counted = numbers::tries_left_if_counted(write, challenge, answer.signed).await?;
    // The last try is over with its challenge, and still has its own answer.
    if counted != Some(0) {
        check_open(write, challenge, now).await?;
    }
    if let Some(tries_left) = counted {
        return Ok(Some(WrongNumber {
            tries_left,
            resent: true,
        }));
    }
    if let Some(seconds) = numbers::locked_for(write, &challenge.factor_sid, now).await? {
        return Err(AnswerChallengeError::Locked { seconds });
    }
    if answer.number_is_right {
        return Ok(None);
    }
    let tries_left = numbers::count(write, challenge, answer.signed, now).await?;
    Ok(Some(WrongNumber {
        tries_left,
        resent: false,
    }))
}

/// Writes an answer down. This statement alone decides which of two answers counts.
async fn take(
    write: &mut Write,
    challenge: &Challenge,
    decision: Decision,
    answer: &NewAnswer<'_>,
    now: Timestamp,
) -> Result<Challenge, AnswerChallengeError> {
    let update = sql(
        "UPDATE challenges SET status = $1, answer = $2, responded_at = $3, updated_at = $3,
             metadata = COALESCE($4, metadata)
         WHERE sid = $5 AND status = 'pending' AND expires_at > $3
             AND EXISTS (SELECT 1 FROM factors f WHERE f.sid = factor_sid AND f.status = 'verified')",
    )
    .bind(decision.as_str())
    .bind(answer.signed.to_owned())
    .bind(now.as_second())
    .bind(answer.metadata.map(to_json))
    .bind(challenge.sid.to_string());
    if write.execute(update).await? == 0 {
        check_open(write, challenge, now).await?;
        return Err(AnswerChallengeError::Gone);
    }
    let answered = load(write, challenge).await?;
    let event_type = match decision {
        Decision::Approved => EventType::ChallengeApproved,
        Decision::Denied => EventType::ChallengeDenied,
    };
    Event::about_challenge(event_type, &answered)
        .record(write, now)
        .await?;
    Ok(answered)
}

/// Whether a challenge can be answered.
async fn check_open(
    write: &mut Write,
    challenge: &Challenge,
    now: Timestamp,
) -> Result<(), AnswerChallengeError> {
    match load(write, challenge).await?.status(now) {
        ChallengeStatus::Approved | ChallengeStatus::Denied => return Err(AnswerChallengeError::Answered),
        ChallengeStatus::Expired => return Err(AnswerChallengeError::Expired),
        ChallengeStatus::Pending => {}
    }
    let Challenge {
        account_sid,
        service_sid,
        identity,
        factor_sid,
        ..
    } = challenge;
    let factor = factors::find(write, account_sid, service_sid, identity, factor_sid).await?;
    match factor {
        Some(factor) if factor.verified => Ok(()),
        _ => Err(AnswerChallengeError::Gone),
    }
}

async fn load(write: &mut Write, challenge: &Challenge) -> Result<Challenge, AnswerChallengeError> {
    let Challenge {
        account_sid,
        service_sid,
        identity,
        sid,
        ..
    } = challenge;
    let found = find(write, account_sid, service_sid, identity, sid).await?;
    found.ok_or(AnswerChallengeError::Gone)
}
