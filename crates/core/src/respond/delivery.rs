//! Sending an answer, and finding out what became of it.

use countersign_protocol::{
    challenge_response::Decision,
    error::ErrorCode,
    resources::challenge::{ChallengeStatus, DeviceChallenge, UpdateChallenge},
    sid::ChallengeSid,
};
use jiff::Timestamp;
use reqwest::Method;

use super::{AnswerError, fetch_open, no_longer_open};
use crate::{
    client::{ClientError, fetch_challenge, http::Reply},
    device::{Device, challenge_path},
    factor::Factor,
    inbox, matching,
    store::{Answer, Asked},
};

/// What the server shows after an answer was sent.
enum Outcome {
    /// The decision that was sent.
    Taken(Timestamp),
    /// A challenge that is still open.
    Open,
    /// Something else: another answer was faster, or its time was over.
    Otherwise(Box<DeviceChallenge>),
}

/// Sends an answer until the server shows it, which takes one POST, or two where the first one was lost on its way.
/// Returns when it was answered. `earlier` is what this device noted before, whose fate was not known.
///
/// A server that still shows the challenge as open has said nothing of what it may yet do: its reads may lag behind, and
/// a proxy that gave up is no backend that did. What was signed is forgotten only if the server said no to it.
pub(super) async fn deliver(
    device: &Device,
    factor: &Factor,
    sid: &ChallengeSid,
    answer: &Answer,
    earlier: Option<&Answer>,
) -> Result<Timestamp, AnswerError> {
    let form = UpdateChallenge {
        auth_payload: answer.signed_response.clone(),
        metadata: None,
    }
    .to_form();
    let mut lost = false;
    loop {
        let posted = device
            .ask_for(factor, Method::POST, &challenge_path(sid), Some(&form))
            .await;
        let posted = match posted {
            Err(error) if !may_have_arrived(&error) => {
                if lost && !is_verdict(&error) {
                    return Err(AnswerError::unknown(error));
                }
                put_back(device, factor, sid, earlier).await;
                return Err(refused(device, factor, sid, error).await);
            }
            posted => posted,
        };
        match look_up(device, factor, sid, answer.decision).await {
            Ok(Outcome::Taken(at)) => return Ok(at),
            Ok(Outcome::Open) => match posted {
                Ok(_) => {
                    return Err(AnswerError::NotUpdated {
                        status: ChallengeStatus::Pending,
                    });
                }
                Err(_) if !lost => lost = true,
                Err(error) => return Err(AnswerError::unknown(error)),
            },
            Ok(Outcome::Otherwise(shown)) => {
                // What was decided here before has come through after all.
                if earlier.is_some_and(|earlier| shown.status == earlier.decision.into()) {
                    put_back(device, factor, sid, earlier).await;
                }
                inbox::settle(device, &shown).await?;
                return Err(no_longer_open(&shown));
            }
            // The POST's own answer says as much as the GET that does not get through.
            Err(error) => return taken(posted.ok(), answer.decision).ok_or(AnswerError::unknown(error)),
        }
    }
}

/// Reads what became of a challenge after an answer was sent.
async fn look_up(
    device: &Device,
    factor: &Factor,
    sid: &ChallengeSid,
    decision: Decision,
) -> Result<Outcome, ClientError> {
    let shown = fetch_challenge(device, factor, sid).await?.read;
    Ok(match shown.status {
        ChallengeStatus::Pending => Outcome::Open,
        status if status == decision.into() => Outcome::Taken(inbox::settled_at(&shown)),
        _ => Outcome::Otherwise(Box::new(shown)),
    })
}

/// When the decision was taken, if the answer to the POST shows that it was.
fn taken(posted: Option<Reply>, decision: Decision) -> Option<Timestamp> {
    let shown: DeviceChallenge = serde_json::from_slice(&posted?.body).ok()?;
    (shown.status == decision.into()).then(|| inbox::settled_at(&shown))
}

/// Forgets what was signed, as the server did not take it; what was noted before it is noted again.
async fn put_back(device: &Device, factor: &Factor, sid: &ChallengeSid, earlier: Option<&Answer>) {
    let of = Asked {
        sid,
        factor: &factor.sid,
    };
    let put_back = match earlier {
        Some(earlier) => device.store.save_answer(of, earlier).await,
        None => device.store.withdraw_answer(of).await,
    };
    if let Err(error) = put_back {
        tracing::warn!(%error, "an answer that was not taken could not be forgotten yet");
    }
}

/// Whether the server may have taken an answer although it did not say so. 60322 is among these: of two equal
/// answers the second is refused, and the challenge tells whether the first was ours.
fn may_have_arrived(error: &ClientError) -> bool {
    match error {
        ClientError::Offline(_) => true,
        ClientError::Refused { error, .. } => error.status >= 500 || error.is(ErrorCode::ChallengeAnswered),
        _ => false,
    }
}

/// Whether the server has judged the answer itself, so that the same one was not taken before either. A proxy has no
/// codes.
fn is_verdict(error: &ClientError) -> bool {
    matches!(error, ClientError::Refused { error, .. } if error.code != 0 && matches!(error.status, 400 | 403))
}

/// Turns a refusal of an answer into the error for it.
async fn refused(device: &Device, factor: &Factor, sid: &ChallengeSid, error: ClientError) -> AnswerError {
    match error {
        ClientError::Refused { error, .. } if error.is(ErrorCode::WrongNumber) => {
            wrong_number(device, factor, sid).await
        }
        ClientError::Refused { error, .. } if error.is(ErrorCode::ChallengeExpired) => {
            match fetch_open(device, factor, sid).await {
                Err(known) => known,
                Ok(open) => AnswerError::Expired {
                    at: open.read.expiration_date,
                },
            }
        }
        error => AnswerError::from(error),
    }
}

/// The error for a number that the server found wrong: it denies the challenge itself when it has seen too many.
async fn wrong_number(device: &Device, factor: &Factor, sid: &ChallengeSid) -> AnswerError {
    let of = Asked {
        sid,
        factor: &factor.sid,
    };
    let tries_left = match matching::note_refusal(device, of).await {
        Ok(tries_left) => tries_left,
        Err(error) => return error.into(),
    };
    match fetch_open(device, factor, sid).await {
        Ok(_) => AnswerError::WrongNumber { tries_left },
        Err(AnswerError::AlreadyAnswered {
            status: ChallengeStatus::Denied,
            ..
        }) => AnswerError::WrongNumber { tries_left: 0 },
        Err(known) => known,
    }
}
