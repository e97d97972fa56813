//! Answering a challenge: GET, compare with what was shown, sign, POST, GET (section 6).

use countersign_keychain::KeychainError;
use countersign_protocol::{
    challenge_response::{self, Decision, ResponseError},
    error::{ApiError, ErrorCode},
    jws,
    resources::challenge::{ChallengeStatus, DeviceChallenge, UpdateChallenge},
    sid::ChallengeSid,
};
use jiff::{SignedDuration, Timestamp};
use reqwest::Method;

use crate::{
    client::{ClientError, fetch_challenge},
    device::{Device, challenge_path},
    event::Event,
    factor::Factor,
    inbox,
    request::{FetchedChallenge, Malformed, Request, ShownDigest},
    store::{Answer, Asked, StoreError, StoredChallenge},
};

/// An answer that the server is known to have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// The challenge.
    pub sid: ChallengeSid,
    /// Approved or denied.
    pub status: ChallengeStatus,
    /// When, by the server's clock.
    pub at: Timestamp,
    /// The compact JWS that was sent: proof of what was decided about what.
    pub signed_response: String,
    /// Requests for the same action that were answered in the same way with this one.
    pub twins: Vec<ChallengeSid>,
    /// Requests for the same action that could not be answered and still wait.
    pub twins_left: Vec<ChallengeSid>,
}

/// Why there is no answer. Nothing was approved, unless the variant says that it is not known.
#[derive(Debug, thiserror::Error)]
pub enum AnswerError {
    /// There is no such request, here or at the server.
    #[error("there is no such request")]
    NotFound,
    /// Its time is over.
    #[error("the request has expired; nothing was answered")]
    Expired {
        /// When it expired, by the server's clock.
        at: Timestamp,
    },
    /// It was answered before, by this device or another.
    #[error("the request has already been {status}")]
    AlreadyAnswered {
        /// How.
        status: ChallengeStatus,
        /// When, by the server's clock.
        at: Timestamp,
    },
    /// The server now shows something else than the person saw. Nothing was signed.
    #[error("the request is no longer what was shown; nothing was answered")]
    ChangedSinceShown {
        /// What it is now, to be shown anew.
        now: Box<Request>,
    },
    /// The server asks another factor with it.
    #[error("the request is for another factor")]
    WrongFactor,
    /// The server was not reached, or its answer did not arrive.
    #[error("{}", if *.sent { "the answer was sent, but whether it arrived is not known" }
                  else { "the server cannot be reached; nothing was answered" })]
    Offline {
        /// Whether the answer had been sent: then the request's state has to be looked up before anything is said.
        sent: bool,
        /// Why.
        #[source]
        source: Box<ClientError>,
    },
    /// The two clocks are further apart than a correction may bridge.
    #[error("this computer's clock and the server's differ by too much; nothing was answered")]
    ClockSkewed {
        /// How far the server's clock is ahead, if it said what time it has.
        by: Option<SignedDuration>,
    },
    /// The key cannot be used.
    #[error(transparent)]
    Keychain(#[from] KeychainError),
    /// The server refused, with the API's own code and message.
    #[error("the server refused the answer: {0}")]
    Refused(ApiError),
    /// What the signature should cover cannot be made out.
    #[error(transparent)]
    SignatureFields(#[from] ResponseError),
    /// The server took the answer and does not show it.
    #[error("the server took the answer but still shows the request as {status}")]
    NotUpdated {
        /// What it shows.
        status: ChallengeStatus,
    },
    /// The server does not know the factor any more, or it is being removed here.
    #[error("the server does not know this factor any more; nothing was answered")]
    FactorRevoked,
    /// The server sent something that is not of this protocol.
    #[error(transparent)]
    Malformed(#[from] Malformed),
    /// The profile cannot be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<ClientError> for AnswerError {
    fn from(error: ClientError) -> Self {
        match error {
            error if error.is_not_found() => Self::NotFound,
            ClientError::Refused { error, .. } => Self::Refused(error),
            ClientError::SignedOut(_) | ClientError::NoSuchFactor => Self::FactorRevoked,
            ClientError::ClockSkewed { by } => Self::ClockSkewed { by },
            ClientError::Malformed(malformed) => Self::Malformed(malformed),
            ClientError::Store(error) => Self::Store(error),
            ClientError::Keychain(error) => Self::Keychain(error),
            ClientError::WrongFactor => Self::WrongFactor,
            error @ (ClientError::Offline(_) | ClientError::Input { .. }) => Self::Offline {
                sent: false,
                source: Box::new(error),
            },
        }
    }
}

/// What a fresh copy of a challenge has to agree with before it is signed.
#[derive(Clone, Copy)]
pub(crate) enum Pin<'a> {
    /// Exactly what a person was shown.
    Shown(&'a ShownDigest),
    /// The same action and the same details as this one, which a person was shown and answered.
    TwinOf(&'a FetchedChallenge),
    /// Nothing: the caller takes it as the server has it.
    AsItIs,
}

/// An answer, and the challenge that it answers, as it was signed.
pub(crate) struct Given {
    pub(crate) answered: Answered,
    pub(crate) challenge: FetchedChallenge,
}

/// Answers one challenge.
pub(crate) async fn answer(
    device: &Device,
    factor: &Factor,
    sid: &ChallengeSid,
    decision: Decision,
    pin: Pin<'_>,
) -> Result<Given, AnswerError> {
    let _turn = device.answering.take(sid).await;
    if factor.removing_since.is_some() {
        return Err(AnswerError::FactorRevoked);
    }
    let fresh = fetch_open(device, factor, sid).await?;
    compare(device, factor, &fresh, pin).await?;
    let answer = sign(device, factor, &fresh, decision).await?;
    let of = Asked {
        sid,
        factor: &factor.sid,
    };
    device.store.save_answer(of, &answer).await?;
    let at = deliver(device, factor, sid, &answer).await?;
    // The server has it, and that is what counts. Should the store fail now, the next check brings it up to date.
    if let Err(error) = device.store.settle(of, decision.into(), at).await {
        tracing::warn!(%error, "an answer that was given could not be written to the history yet");
    }
    device.tell(Event::RequestSettled { sid: sid.clone() });
    Ok(Given {
        answered: Answered {
            sid: sid.clone(),
            status: decision.into(),
            at,
            signed_response: answer.signed_response,
            twins: Vec::new(),
            twins_left: Vec::new(),
        },
        challenge: fresh,
    })
}

/// Fetches the challenge and makes sure that it waits for an answer of this factor.
async fn fetch_open(
    device: &Device,
    factor: &Factor,
    sid: &ChallengeSid,
) -> Result<FetchedChallenge, AnswerError> {
    let fresh = match fetch_challenge(device, factor, sid).await {
        Err(error) if error.is_not_found() => {
            inbox::forget(
                device,
                Asked {
                    sid,
                    factor: &factor.sid,
                },
            )
            .await?;
            return Err(AnswerError::NotFound);
        }
        fetched => fetched?,
    };
    if fresh.read.status != ChallengeStatus::Pending {
        inbox::settle(device, &fresh.read).await?;
        return Err(no_longer_open(&fresh.read));
    }
    Ok(fresh)
}

fn no_longer_open(challenge: &DeviceChallenge) -> AnswerError {
    match challenge.status {
        ChallengeStatus::Expired => AnswerError::Expired {
            at: challenge.expiration_date,
        },
        status => AnswerError::AlreadyAnswered {
            status,
            at: inbox::settled_at(challenge),
        },
    }
}

/// Refuses a copy that is not what was shown; stores it, so that it can be shown.
async fn compare(
    device: &Device,
    factor: &Factor,
    fresh: &FetchedChallenge,
    pin: Pin<'_>,
) -> Result<(), AnswerError> {
    let same = match pin {
        Pin::Shown(digest) => fresh.digest == *digest,
        Pin::TwinOf(other) => fresh.is_twin_of(other),
        Pin::AsItIs => true,
    };
    inbox::save(device, factor, fresh).await?;
    if same {
        return Ok(());
    }
    let stored = device
        .store
        .load_challenge(&fresh.read.sid)
        .await?
        .ok_or(AnswerError::NotFound)?;
    Err(AnswerError::ChangedSinceShown {
        now: Box::new(inbox::show(device, stored).await?),
    })
}

async fn sign(
    device: &Device,
    factor: &Factor,
    fresh: &FetchedChallenge,
    decision: Decision,
) -> Result<Answer, AnswerError> {
    let fields = fresh.signature_fields.as_ref().ok_or(ResponseError::Fields)?;
    let input = challenge_response::signing_input(&fresh.members, fields, decision)?;
    let signature = device.sign(&factor.key_id, input.as_bytes()).await?;
    Ok(Answer {
        decision,
        signed_response: jws::assemble(&input, &signature),
    })
}

/// What the server made of an answer.
enum Outcome {
    /// It shows the decision that was sent.
    Taken(Timestamp),
    /// It shows the challenge as open.
    Open,
}

/// Sends an answer until the server shows it, which takes one POST, or two where the first one was lost on its way.
/// Returns when it was answered.
async fn deliver(
    device: &Device,
    factor: &Factor,
    sid: &ChallengeSid,
    answer: &Answer,
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
        let taken = match &posted {
            Ok(reply) => serde_json::from_slice::<DeviceChallenge>(&reply.body).ok(),
            Err(error) if may_have_arrived(error) => None,
            Err(_) => {
                withdraw(device, factor, sid).await;
                return Err(refused(device, factor, sid, posted.err()).await);
            }
        };
        match look_up(device, factor, sid, answer.decision).await {
            Ok(Outcome::Taken(at)) => return Ok(at),
            Ok(Outcome::Open) if posted.is_err() && !lost => lost = true,
            Ok(Outcome::Open) => {
                return Err(match posted {
                    Ok(_) => AnswerError::NotUpdated {
                        status: ChallengeStatus::Pending,
                    },
                    Err(error) => {
                        withdraw(device, factor, sid).await;
                        AnswerError::from(error)
                    }
                });
            }
            Err(AnswerError::Offline { source, .. }) => {
                // The POST's own answer says as much as the GET that does not get through.
                let taken = taken.filter(|challenge| challenge.status == answer.decision.into());
                return match taken {
                    Some(challenge) => Ok(inbox::settled_at(&challenge)),
                    None => Err(AnswerError::Offline { sent: true, source }),
                };
            }
            Err(error) => return Err(error),
        }
    }
}

/// Forgets what was signed, as the server did not take it.
async fn withdraw(device: &Device, factor: &Factor, sid: &ChallengeSid) {
    if let Err(error) = device
        .store
        .withdraw_answer(Asked {
            sid,
            factor: &factor.sid,
        })
        .await
    {
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

/// Turns a refusal of an answer into the error for it.
async fn refused(
    device: &Device,
    factor: &Factor,
    sid: &ChallengeSid,
    error: Option<ClientError>,
) -> AnswerError {
    match error {
        Some(ClientError::Refused { error, .. }) if error.is(ErrorCode::ChallengeExpired) => {
            match fetch_open(device, factor, sid).await {
                Err(known) => known,
                Ok(open) => AnswerError::Expired {
                    at: open.read.expiration_date,
                },
            }
        }
        Some(error) => AnswerError::from(error),
        None => AnswerError::NotUpdated {
            status: ChallengeStatus::Pending,
        },
    }
}

/// Reads what became of a challenge after an answer was sent.
async fn look_up(
    device: &Device,
    factor: &Factor,
    sid: &ChallengeSid,
    decision: Decision,
) -> Result<Outcome, AnswerError> {
    let shown = fetch_challenge(device, factor, sid).await?.read;
    if shown.status == ChallengeStatus::Pending {
        return Ok(Outcome::Open);
    }
    if shown.status == decision.into() {
        return Ok(Outcome::Taken(inbox::settled_at(&shown)));
    }
    inbox::settle(device, &shown).await?;
    Err(no_longer_open(&shown))
}

/// Answers what a person was shown, and with it the other requests for the same action.
pub(crate) async fn answer_shown(
    device: &Device,
    sid: &ChallengeSid,
    shown: &ShownDigest,
    decision: Decision,
) -> Result<Answered, AnswerError> {
    let stored = device
        .store
        .load_challenge(sid)
        .await?
        .ok_or(AnswerError::NotFound)?;
    if stored.status != ChallengeStatus::Pending {
        return Err(answered_before(&stored));
    }
    let factor = load_factor(device, &stored).await?;
    let mut given = answer(device, &factor, sid, decision, Pin::Shown(shown)).await?;
    for twin in inbox::twins_of(&stored, &device.store.load_pending().await?) {
        match answer_twin(device, &twin, &given.challenge, decision).await {
            Ok(()) => given.answered.twins.push(twin.challenge.read.sid),
            Err(error) => {
                tracing::warn!(%error, sid = %twin.challenge.read.sid, "a request for the same action still waits");
                given.answered.twins_left.push(twin.challenge.read.sid);
            }
        }
    }
    Ok(given.answered)
}

async fn answer_twin(
    device: &Device,
    twin: &StoredChallenge,
    shown: &FetchedChallenge,
    decision: Decision,
) -> Result<(), AnswerError> {
    let factor = load_factor(device, twin).await?;
    answer(
        device,
        &factor,
        &twin.challenge.read.sid,
        decision,
        Pin::TwinOf(shown),
    )
    .await
    .map(drop)
}

async fn load_factor(device: &Device, stored: &StoredChallenge) -> Result<Factor, AnswerError> {
    device
        .store
        .load_factor(&stored.challenge.read.factor_sid)
        .await?
        .ok_or(AnswerError::FactorRevoked)
}

fn answered_before(stored: &StoredChallenge) -> AnswerError {
    let at = stored.settled_at.unwrap_or(stored.challenge.read.expiration_date);
    match stored.status {
        ChallengeStatus::Expired => AnswerError::Expired { at },
        status => AnswerError::AlreadyAnswered { status, at },
    }
}
