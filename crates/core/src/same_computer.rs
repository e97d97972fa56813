//! Requests that were started on this very computer (E6). A page here opens a link that names the request and a
//! transaction; only the issuer, the request itself and whoever started it know both.
//!
//! The link itself asks for nothing: what it names is sent to nobody, and it says the same whatever is wrong with it.
//! What it can do is what the factor's policy allows, and by default that is to have the request marked.

use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use countersign_protocol::{
    challenge_response::Decision,
    link::{Link, LinkError},
    sid::ChallengeSid,
};
use jiff::SignedDuration;
use subtle::ConstantTimeEq;
use tokio::sync::broadcast::{Receiver, error::RecvError};

use crate::{
    device::Device,
    event::Event,
    inbox,
    presence::{Gate, Still},
    request::ChallengeStatus,
    respond::{self, AnswerError, Answered},
    store::{StoreError, StoredChallenge},
    unusual::Pasts,
};

/// How old a request may be when its link is opened.
pub const STARTED_WITHIN: SignedDuration = SignedDuration::from_secs(60);

/// How far ahead of this computer's time a request's own may lie: as far as two clocks that agree can seem to differ.
/// What was made later than that was not made just now, but before a clock was set back.
const AHEAD: SignedDuration = SignedDuration::from_secs(10);

/// How long a link waits for its request to arrive. The browser is often faster than the request.
const ARRIVES_WITHIN: Duration = Duration::from_secs(20);

/// How long nobody is told of a request that a link may still approve. The request is sometimes faster.
const HELD_BACK: SignedDuration = SignedDuration::from_secs(3);

/// What came of a link that says that this computer started a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StartedHere {
    /// The request is marked as started on this computer, and waits for an answer.
    Marked(ChallengeSid),
    /// It was approved without a question, because the factor's policy says so.
    Approved(Answered),
}

/// Why a link did nothing.
#[derive(Debug, thiserror::Error)]
pub enum StartedHereError {
    /// It is no such link.
    #[error(transparent)]
    Link(#[from] LinkError),
    /// There is no such request, it is too old, or it was not started with this link. Which, nobody is told.
    #[error("no request was started here with this link; nothing was answered")]
    NotHere,
    /// It is approved without a question, and that failed.
    #[error(transparent)]
    Answer(#[from] AnswerError),
    /// The profile cannot be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Waits for the request that a link names, and marks it if the link is right about it. `events` were subscribed to
/// before; `still` says whether anything may be approved without a question.
pub(crate) async fn started_here(
    device: &Device,
    link: &str,
    events: Receiver<Event>,
    still: &Still<'_>,
) -> Result<StartedHere, StartedHereError> {
    let Link::Confirm {
        challenge,
        transaction,
    } = Link::parse(link)?
    else {
        return Err(LinkError::Action.into());
    };
    let _open = OpenLink::new(device, &challenge);
    let arriving = tokio::time::timeout(ARRIVES_WITHIN, arrival(device, &challenge, events));
    let arrived = arriving.await.map_err(|_| StartedHereError::NotHere)??;
    let stored = mark(device, arrived, &transaction).await?;
    if !may_be_silent(device, &stored, &transaction).await? {
        return Ok(StartedHere::Marked(challenge));
    }
    let factor = respond::load_factor(device, &stored).await?;
    let mut gate = Gate::silent(&transaction, still);
    let approved = Decision::Approved.into();
    let pin = respond::Pin::AsItIs;
    match respond::answer(device, &factor, &challenge, &approved, pin, &mut gate).await {
        // Something is not as it was: a person has to look, and what they see may not be what was marked.
        Err(AnswerError::NotConfirmed(_) | AnswerError::NumberNeeded) => {
            let now = device.store.load_challenge(&challenge).await?;
            mark(device, now.ok_or(StartedHereError::NotHere)?, &transaction).await?;
            Ok(StartedHere::Marked(challenge))
        }
        answered => Ok(StartedHere::Approved(answered?)),
    }
}

async fn arrival(
    device: &Device,
    sid: &ChallengeSid,
    mut events: Receiver<Event>,
) -> Result<StoredChallenge, StoreError> {
    loop {
        if let Some(stored) = device.store.load_challenge(sid).await? {
            return Ok(stored);
        }
        if let Err(RecvError::Closed) = events.recv().await {
            // Nothing arrives any more.
            std::future::pending::<()>().await;
        }
    }
}

/// Marks a request as started on this computer, if the link is right about it.
async fn mark(
    device: &Device,
    stored: StoredChallenge,
    transaction: &str,
) -> Result<StoredChallenge, StartedHereError> {
    if !is_right(device, &stored, transaction) {
        return Err(StartedHereError::NotHere);
    }
    if !stored.on_this_computer {
        device.store.mark_on_this_computer(&stored).await?;
        let sid = stored.challenge.read.sid.clone();
        device.tell(Event::RequestChanged { sid });
    }
    Ok(stored)
}

/// Whether a link with this transaction is right about a request: it is open, young, and names the same one.
fn is_right(device: &Device, stored: &StoredChallenge, transaction: &str) -> bool {
    let challenge = &stored.challenge.read;
    let same = transaction_of(stored).is_some_and(|id| id.as_bytes().ct_eq(transaction.as_bytes()).into());
    let age = device
        .now_at(&stored.server)
        .duration_since(challenge.date_created);
    same && (-AHEAD..STARTED_WITHIN).contains(&age)
        && inbox::status_now(device, stored) == ChallengeStatus::Pending
}

fn transaction_of(stored: &StoredChallenge) -> Option<&str> {
    let hidden = stored.challenge.read.hidden_details.as_ref()?;
    let id = hidden.get("transaction_id")?;
    (!id.is_empty()).then_some(id)
}

/// Whether a request may be approved without a question now, because this computer started it with this transaction.
pub(crate) async fn may_be_silent(
    device: &Device,
    stored: &StoredChallenge,
    transaction: &str,
) -> Result<bool, StoreError> {
    let pasts = Pasts::load(device, &[stored]).await?;
    Ok(is_right(device, stored, transaction) && pasts.let_silence(device, stored))
}

/// Whether nobody should be told of a request yet, because it may be approved without a question: a link is about to
/// do that, or may still come. A notification would be gone before it was read.
pub(crate) fn is_held_back(device: &Device, stored: &StoredChallenge, pasts: &Pasts) -> bool {
    let challenge = &stored.challenge.read;
    let has_just_come = || {
        let ago = device.now().duration_since(stored.first_seen_at);
        transaction_of(stored).is_some() && (SignedDuration::ZERO..HELD_BACK).contains(&ago)
    };
    (device.links.are_open_for(&challenge.sid) || has_just_come()) && pasts.let_silence(device, stored)
}

/// The requests that links name which are being looked into.
#[derive(Debug, Default)]
pub(crate) struct OpenLinks(Mutex<Vec<ChallengeSid>>);

impl OpenLinks {
    fn are_open_for(&self, sid: &ChallengeSid) -> bool {
        self.named().contains(sid)
    }

    fn named(&self) -> MutexGuard<'_, Vec<ChallengeSid>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A link that is being looked into, until this is dropped.
struct OpenLink<'a> {
    device: &'a Device,
    sid: ChallengeSid,
}

impl<'a> OpenLink<'a> {
    fn new(device: &'a Device, sid: &ChallengeSid) -> Self {
        device.links.named().push(sid.clone());
        Self {
            device,
            sid: sid.clone(),
        }
    }
}

impl Drop for OpenLink<'_> {
    fn drop(&mut self) {
        let mut named = self.device.links.named();
        if let Some(at) = named.iter().position(|sid| *sid == self.sid) {
            named.swap_remove(at);
        }
        drop(named);
        // Whoever held something back for it looks again.
        let sid = self.sid.clone();
        self.device.tell(Event::RequestChanged { sid });
    }
}
