//! "It wasn't me": denying, and telling the issuer why (E6).

use countersign_protocol::{
    challenge_response::Decision,
    discovery::REPORTS,
    error::ErrorCode,
    jws,
    report::{self, Reason, Report},
    sid::ChallengeSid,
};
use jiff::Timestamp;
use url::Url;

use crate::{
    client::ClientError,
    device::Device,
    discovery::offers,
    factor::Factor,
    mute,
    request::{ChallengeStatus, ShownDigest},
    respond::{self, AnswerError},
    store::StoredChallenge,
};

/// A request that is denied, and whom that was told to.
#[derive(Debug)]
pub struct Reported {
    /// The challenge.
    pub sid: ChallengeSid,
    /// When it was denied, by the server's clock.
    pub denied_at: Timestamp,
    /// Whether this is what denied it: it may have been denied before.
    pub denied_now: bool,
    /// What became of the report.
    pub told: Told,
}

/// What became of a report.
#[derive(Debug)]
pub enum Told {
    /// The server has it.
    Server,
    /// The server takes none, but the issuer names an address for reports, on the server's host. Nothing was sent.
    Address(Url),
    /// The server takes none, and nobody else was named. Nothing was sent.
    Nobody,
    /// It was not taken, or not known to be.
    Failed(ClientError),
}

/// Why nothing was reported.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// The note has more characters than a report may carry. Nothing was denied.
    #[error(
        "a note has at most {} characters; nothing was denied or reported",
        report::MAX_NOTE
    )]
    Note,
    /// The request could not be denied, so that there is nothing to report.
    #[error(transparent)]
    Answer(#[from] AnswerError),
}

/// Denies what is shown, if that is still to be done, and reports it.
pub(crate) async fn report(
    device: &Device,
    sid: &ChallengeSid,
    shown: &ShownDigest,
    reason: Reason,
    note: Option<&str>,
) -> Result<Reported, ReportError> {
    let note = note.map(str::trim).filter(|note| !note.is_empty());
    if note.is_some_and(|note| note.chars().count() > report::MAX_NOTE) {
        return Err(ReportError::Note);
    }
    let stored = load(device, sid).await?;
    let (denied_at, denied_now) = match stored.status {
        ChallengeStatus::Denied => (denied_at(&stored), false),
        _ => match respond::answer_shown(device, sid, shown, &Decision::Denied.into(), None).await {
            Ok(denied) => (denied.at, true),
            // By the server itself, after too many wrong numbers, since this device last looked.
            Err(AnswerError::AlreadyAnswered {
                status: ChallengeStatus::Denied,
                at,
            }) => (at, false),
            Err(error) => return Err(error.into()),
        },
    };
    // It is denied; that is said even if the quiet that follows cannot be kept.
    if let Err(error) = mute::after_report(device, &stored.challenge.read.factor_sid).await {
        tracing::warn!(%error, "the notifications of a reported issuer were not muted");
    }
    Ok(Reported {
        sid: sid.clone(),
        denied_at,
        denied_now,
        told: tell(device, &stored, reason, note).await?,
    })
}

async fn load(device: &Device, sid: &ChallengeSid) -> Result<StoredChallenge, AnswerError> {
    device
        .store
        .load_challenge(sid)
        .await?
        .ok_or(AnswerError::NotFound)
}

fn denied_at(stored: &StoredChallenge) -> Timestamp {
    stored.settled_at.unwrap_or(stored.challenge.read.date_updated)
}

async fn tell(
    device: &Device,
    stored: &StoredChallenge,
    reason: Reason,
    note: Option<&str>,
) -> Result<Told, AnswerError> {
    let factor = respond::load_factor(device, stored).await?;
    match offers(device, &factor.server, REPORTS).await {
        Some(false) => Ok(elsewhere(stored)),
        // A server that could not say what it takes is asked by sending it.
        asked => Ok(match send(device, &factor, stored, reason, note).await {
            Ok(()) => Told::Server,
            Err(error) if asked.is_none() && error.is_not_found() => elsewhere(stored),
            Err(error) => Told::Failed(error),
        }),
    }
}

fn elsewhere(stored: &StoredChallenge) -> Told {
    let hidden = stored.challenge.read.hidden_details.as_ref();
    hidden
        .and_then(|hidden| report::address(hidden, &stored.server))
        .map_or(Told::Nobody, Told::Address)
}

/// Sends a report until it is known to have arrived, or not to arrive: twice at most, since a report counts once.
async fn send(
    device: &Device,
    factor: &Factor,
    stored: &StoredChallenge,
    reason: Reason,
    note: Option<&str>,
) -> Result<(), ClientError> {
    let sid = &stored.challenge.read.sid;
    let report = Report {
        sid: sid.clone(),
        factor_sid: factor.sid.clone(),
        reason,
        note: note.map(str::to_owned),
        at: device.now_at(&factor.server),
    };
    let input = report
        .signing_input()
        .map_err(|_| ClientError::Input { what: "the note" })?;
    let signature = device.sign(&factor.key_id, input.as_bytes()).await?;
    let form = report::to_form(&jws::assemble(&input, &signature));
    let path = report::path(sid);
    let mut sent = device.post_beyond(factor, &path, &form).await;
    if matches!(sent, Err(ClientError::Offline(_))) {
        sent = device.post_beyond(factor, &path, &form).await;
    }
    match sent {
        Err(ClientError::Refused { error, .. }) if error.is(ErrorCode::AlreadyReported) => Ok(()),
        sent => sent.map(drop),
    }
}
