//! What became of requests: answered here, answered elsewhere, expired.

use countersign_protocol::{
    link::ServerUrl,
    resources::challenge::{ChallengeStatus, Field},
    sid::{ChallengeSid, FactorSid},
};
use jiff::{SignedDuration, Timestamp};

use crate::{
    device::Device,
    inbox,
    matching::CheckedBy,
    presence::VerifiedBy,
    store::{StoreError, StoredChallenge},
};

/// A request that is no longer open. It stays when its factor is removed.
#[derive(Debug, Clone, PartialEq)]
pub struct HistoryEntry {
    /// The challenge.
    pub sid: ChallengeSid,
    /// The factor that was asked.
    pub factor_sid: FactorSid,
    /// The issuer's name, as the enrolment link claimed it.
    pub issuer: Option<String>,
    /// The account's name, as the enrolment link claimed it.
    pub account: Option<String>,
    /// The server it came from.
    pub server: ServerUrl,
    /// What was asked.
    pub message: String,
    /// Further details, in order.
    pub fields: Vec<Field>,
    /// When it was asked, by the server's clock.
    pub asked_at: Timestamp,
    /// The names of all fields that an answer's signature covers, in the server's order; none where the server was never
    /// asked for this one alone, so that nothing can have been signed.
    pub signature_fields: Vec<String>,
    /// Approved, denied or expired.
    pub status: ChallengeStatus,
    /// When, by the server's clock.
    pub at: Timestamp,
    /// Whether it was this device that answered.
    pub answered_here: bool,
    /// Who compared, or would have compared, the number that it asked for, if it asked for one.
    pub number_checked_by: Option<CheckedBy>,
    /// How many wrong numbers were typed here.
    pub wrong_numbers: u32,
    /// Whether it was started on this computer (E6).
    pub on_this_computer: bool,
    /// Whether this device approved it without asking anybody, because it was.
    pub silent: bool,
    /// Who confirmed that it was the right person, before this device approved it; nothing where it did not, or where
    /// that was not noted yet.
    pub verified_by: Option<VerifiedBy>,
    /// The compact JWS that this device sent: proof of what was decided about what.
    pub signed_response: Option<String>,
}

impl HistoryEntry {
    /// Host of the server and, if it is not the usual one, port.
    pub fn server_host(&self) -> String {
        self.server.host()
    }
}

/// The last entries, the latest first. A request whose time is over is among them, even where the server has not been
/// asked again.
pub(crate) async fn load(device: &Device, limit: u32) -> Result<Vec<HistoryEntry>, StoreError> {
    let settled = device.store.load_settled(limit).await?;
    let pending = device.store.load_pending().await?;
    let expired = pending
        .into_iter()
        .filter(|it| inbox::status_now(device, it) == ChallengeStatus::Expired);
    let mut entries: Vec<_> = settled
        .into_iter()
        .chain(expired)
        .map(|it| to_entry(device, it))
        .collect();
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.at));
    entries.truncate(limit.try_into().unwrap_or(usize::MAX));
    Ok(entries)
}

/// Deletes what is older than the settings keep it.
pub(crate) async fn forget_old(device: &Device) -> Result<(), StoreError> {
    let Some(days) = device.store.load_settings().await?.history_days else {
        return Ok(());
    };
    let kept = SignedDuration::from_hours(24 * i64::from(days));
    // A time before all times has nothing before it.
    let Ok(oldest) = device.now().checked_sub(kept) else {
        return Ok(());
    };
    let gone = device.store.delete_settled(oldest).await?;
    if gone > 0 {
        tracing::info!(entries = gone, "the history was shortened");
    }
    Ok(())
}

fn to_entry(device: &Device, stored: StoredChallenge) -> HistoryEntry {
    let status = inbox::status_now(device, &stored);
    let number_checked_by = stored.challenge.matching.as_ref().map(CheckedBy::of);
    let signature_fields = stored.challenge.signature_names();
    let challenge = stored.challenge.read;
    let answer = stored.answer.filter(|_| stored.answered_here);
    HistoryEntry {
        sid: challenge.sid,
        factor_sid: challenge.factor_sid,
        issuer: stored.issuer,
        account: stored.account,
        server: stored.server,
        message: challenge.details.message,
        fields: challenge.details.fields,
        asked_at: challenge.date_created,
        signature_fields,
        status,
        at: stored.settled_at.unwrap_or(challenge.expiration_date),
        answered_here: stored.answered_here,
        number_checked_by,
        wrong_numbers: stored.wrong_numbers,
        on_this_computer: stored.on_this_computer,
        silent: answer.as_ref().is_some_and(|answer| answer.silent),
        verified_by: answer.as_ref().and_then(|answer| answer.verified),
        signed_response: answer.map(|answer| answer.signed_response),
    }
}
