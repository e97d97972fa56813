//! Answering a challenge: GET, compare with what was shown, sign, POST, GET (section 6).

mod delivery;
mod error;

use countersign_protocol::{
    challenge_response::{self, Decision, Response, ResponseError},
    jws,
    resources::challenge::{ChallengeStatus, DeviceChallenge},
    sid::ChallengeSid,
};
use jiff::Timestamp;
use secrecy::SecretString;

pub use error::AnswerError;

use crate::{
    client::fetch_challenge,
    device::Device,
    event::Event,
    factor::Factor,
    inbox,
    matching::{self, Verdict},
    presence::Gate,
    request::{ContentDigest, FetchedChallenge, ShownDigest},
    store::{Answer, Asked, StoredChallenge},
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
    /// Requests for the same action that still wait: they could not be answered, or came after the person looked.
    pub twins_left: Vec<ChallengeSid>,
}

/// What a fresh copy of a challenge has to agree with before it is signed.
#[derive(Clone, Copy)]
pub(crate) enum Pin {
    /// Exactly what a person was shown.
    Shown(ContentDigest),
    /// Nothing: the caller takes it as the server has it.
    AsItIs,
}

/// Answers one challenge as a person wants it answered; denies it if they typed the last of too many wrong numbers.
pub(crate) async fn answer(
    device: &Device,
    factor: &Factor,
    sid: &ChallengeSid,
    response: &Response,
    pin: Pin,
    gate: &mut Gate<'_>,
) -> Result<Answered, AnswerError> {
    let _turn = device.answering.take(sid).await;
    if factor.removing_since.is_some() {
        return Err(AnswerError::FactorRevoked);
    }
    let fresh = fetch_open(device, factor, sid).await?;
    let stored = compare(device, factor, &fresh, pin).await?;
    let of = Asked {
        sid,
        factor: &factor.sid,
    };
    match matching::look_at(device, of, &fresh, response).await? {
        Verdict::Sign(response) => {
            if response.decision == Decision::Approved {
                gate.pass(device, &stored).await?;
            }
            give(device, factor, &fresh, &response, gate, stored.answer).await
        }
        Verdict::Deny => {
            let denied = Decision::Denied.into();
            give(device, factor, &fresh, &denied, gate, stored.answer).await?;
            Err(AnswerError::WrongNumber { tries_left: 0 })
        }
    }
}

/// Signs a response, sends it, and looks whether the server has it.
async fn give(
    device: &Device,
    factor: &Factor,
    fresh: &FetchedChallenge,
    response: &Response,
    gate: &Gate<'_>,
    earlier: Option<Answer>,
) -> Result<Answered, AnswerError> {
    let answer = Answer {
        decision: response.decision,
        signed_response: sign(device, factor, fresh, response).await?,
        silent: gate.is_silent(),
        verified: (response.decision == Decision::Approved).then(|| gate.verified()),
    };
    gate.is_open()?;
    let sid = &fresh.read.sid;
    let of = Asked {
        sid,
        factor: &factor.sid,
    };
    let status = response.decision.into();
    device.store.save_answer(of, &answer).await?;
    let at = delivery::deliver(device, factor, sid, &answer, earlier.as_ref()).await?;
    // The server has it, and that is what counts. Should the store fail now, the next check brings it up to date.
    if let Err(error) = device.store.settle(of, status, at, device.now()).await {
        tracing::warn!(%error, "an answer that was given could not be written to the history yet");
    }
    device.tell(Event::RequestSettled { sid: sid.clone() });
    Ok(Answered {
        sid: sid.clone(),
        status,
        at,
        signed_response: answer.signed_response,
        twins: Vec::new(),
        twins_left: Vec::new(),
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

/// Refuses a copy that is not what was shown; stores it, so that it can be shown. Returns it as the store has it: what
/// is judged from here on says the same as what is signed, whatever anybody else stores meanwhile.
async fn compare(
    device: &Device,
    factor: &Factor,
    fresh: &FetchedChallenge,
    pin: Pin,
) -> Result<StoredChallenge, AnswerError> {
    inbox::save(device, factor, fresh, device.now()).await?;
    let stored = device
        .store
        .load_challenge(&fresh.read.sid)
        .await?
        .ok_or(AnswerError::NotFound)?;
    let was_shown = match pin {
        Pin::Shown(digest) => fresh.digest == digest,
        Pin::AsItIs => true,
    };
    if was_shown && stored.challenge.digest == fresh.digest {
        return Ok(stored);
    }
    Err(AnswerError::ChangedSinceShown {
        now: Box::new(inbox::show(device, stored).await?),
    })
}

async fn sign(
    device: &Device,
    factor: &Factor,
    fresh: &FetchedChallenge,
    response: &Response,
) -> Result<String, AnswerError> {
    let fields = fresh.signature_fields.as_ref().ok_or(ResponseError::Fields)?;
    let input = challenge_response::signing_input(&fresh.members, fields, response)?;
    let signature = device.sign(&factor.key_id, input.as_bytes()).await?;
    Ok(jws::assemble(&input, &signature))
}

/// Answers what a person was shown, and with it the other requests for the same action that were shown with it.
pub(crate) async fn answer_shown(
    device: &Device,
    sid: &ChallengeSid,
    shown: &ShownDigest,
    response: &Response,
    app_pin: Option<&SecretString>,
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
    let open = inbox::load_open(device).await?;
    // What came after the person looked waits for a look of its own.
    let (twins, late): (Vec<_>, Vec<_>) =
        inbox::twins_of(&stored, &open).partition(|twin| shown.covers_twin(twin.challenge.digest));
    let mut gate = Gate::new(app_pin, twins.clone());
    let pin = Pin::Shown(shown.content());
    let mut answered = answer(device, &factor, sid, response, pin, &mut gate).await?;
    answered.twins_left = late.iter().map(|twin| twin.challenge.read.sid.clone()).collect();
    for twin in twins {
        let twin_sid = twin.challenge.read.sid.clone();
        match answer_twin(device, twin, response, &mut gate).await {
            Ok(_) => answered.twins.push(twin_sid),
            Err(error) => {
                tracing::warn!(%error, sid = %twin_sid, "a request for the same action still waits");
                answered.twins_left.push(twin_sid);
            }
        }
    }
    Ok(answered)
}

async fn answer_twin(
    device: &Device,
    twin: &StoredChallenge,
    response: &Response,
    gate: &mut Gate<'_>,
) -> Result<Answered, AnswerError> {
    let factor = load_factor(device, twin).await?;
    let StoredChallenge { challenge, .. } = twin;
    answer(
        device,
        &factor,
        &challenge.read.sid,
        response,
        Pin::Shown(challenge.digest),
        gate,
    )
    .await
}

pub(crate) async fn load_factor(device: &Device, stored: &StoredChallenge) -> Result<Factor, AnswerError> {
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
