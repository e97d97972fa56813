//! This device's list of challenges: fetched from every factor's server, merged, and shown from the store.

mod check;
mod twins;

use std::cmp::Reverse;

use countersign_protocol::{
    link::ServerUrl,
    resources::challenge::{ChallengeStatus, CreateChallenge, DeviceChallenge},
    sid::FactorSid,
};
use jiff::{SignedDuration, Timestamp};

#[cfg(test)]
pub(crate) use self::check::check_within;
use self::twins::together;
pub(crate) use self::{
    check::{Unreadable, await_news, check, merge},
    twins::twins_of,
};
use crate::{
    client::ClientError,
    connection::Connection,
    device::Device,
    event::Event,
    factor::Factor,
    matching::NumberAsked,
    request::{FetchedChallenge, Request, ShownDigest},
    same_computer,
    server_time::NOISE,
    store::{Asked, StoreError, StoredChallenge},
    unusual::Pasts,
};

/// What a person is shown when they look.
#[derive(Debug, Clone, PartialEq)]
pub struct Inbox {
    /// Everything that can be answered, what came to this device last first; of several requests for one action, the
    /// newest. Of each factor, the newest fifty.
    pub requests: Vec<Request>,
    /// How each factor's server was when it was last asked.
    pub connections: Vec<FactorConnection>,
    /// When a server last answered any factor.
    pub last_checked: Option<Timestamp>,
}

/// How a factor's server was when it was last asked.
#[derive(Debug, Clone, PartialEq)]
pub struct FactorConnection {
    /// Whose.
    pub factor_sid: FactorSid,
    /// How.
    pub connection: Connection,
    /// When it last answered.
    pub last_contact: Option<Timestamp>,
}

/// What asking all factors' servers brought.
#[derive(Debug)]
pub struct CheckReport {
    /// When it was done, by this computer's clock.
    pub at: Timestamp,
    /// One line for each factor.
    pub factors: Vec<FactorCheck>,
}

/// What asking one factor's server brought.
#[derive(Debug)]
pub struct FactorCheck {
    /// Whose.
    pub factor_sid: FactorSid,
    /// What changed, or why it could not be asked.
    pub outcome: Result<Changes, ClientError>,
}

/// What asking a server changed here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Changes {
    /// How many requests are new.
    pub arrived: usize,
    /// How many are no longer open.
    pub settled: usize,
}

/// What the store has of a server's list after it was brought up to date.
#[derive(Debug, Default)]
pub(crate) struct UpToDate {
    pub(crate) changes: Changes,
    /// By which the server can be asked for another list than this, if it gave one.
    pub(crate) tag: Option<String>,
}

/// Reads the inbox out of the store.
pub(crate) async fn load(device: &Device) -> Result<Inbox, StoreError> {
    let open = load_open(device).await?;
    let pasts = Pasts::load(device, &open.iter().collect::<Vec<_>>()).await?;
    let requests = together(&open)
        .iter()
        .filter_map(|group| group.split_first())
        .map(|(stored, twins)| to_request(device, stored, twins, &pasts))
        .collect();
    let connections = load_connections(device).await?;
    let last_checked = connections
        .iter()
        .filter_map(|connection| connection.last_contact)
        .max();
    Ok(Inbox {
        requests,
        connections,
        last_checked,
    })
}

pub(crate) async fn load_connections(device: &Device) -> Result<Vec<FactorConnection>, StoreError> {
    let factors = device.store.load_factors().await?;
    let connection = |factor: Factor| FactorConnection {
        factor_sid: factor.sid,
        connection: factor.connection,
        last_contact: factor.last_contact,
    };
    Ok(factors.into_iter().map(connection).collect())
}

/// Makes a request of a stored challenge, with its twins.
pub(crate) async fn show(device: &Device, stored: StoredChallenge) -> Result<Request, StoreError> {
    let sid = &stored.challenge.read.sid;
    let is_it = |other: &&StoredChallenge| other.challenge.read.sid == *sid;
    let open = load_open(device).await?;
    let group = together(&open).into_iter().find(|group| group.iter().any(is_it));
    let mut twins = group.unwrap_or_default();
    twins.retain(|other| !is_it(other));
    let pasts = Pasts::load(device, &[twins.as_slice(), &[&stored]].concat()).await?;
    Ok(to_request(device, &stored, &twins, &pasts))
}

/// Everything that can be answered, in the order in which it is shown. When this device first saw something comes
/// before what a server says about the time, and no server's date is later than now.
pub(crate) async fn load_open(device: &Device) -> Result<Vec<StoredChallenge>, StoreError> {
    let mut open = device.store.load_pending().await?;
    open.retain(|stored| status_now(device, stored) == ChallengeStatus::Pending);
    open.sort_by_cached_key(|stored| {
        let challenge = &stored.challenge.read;
        let now = device.now_at(&stored.server);
        let created_at = challenge.date_created.min(now.checked_add(NOISE).unwrap_or(now));
        (
            Reverse(stored.first_seen_at),
            Reverse(created_at),
            challenge.sid.clone(),
        )
    });
    Ok(open)
}

/// What is known of a challenge; one that nobody answered reads expired from its expiry on, by the server's clock.
pub(crate) fn status_now(device: &Device, stored: &StoredChallenge) -> ChallengeStatus {
    let over = time_left(device, &stored.server, &stored.challenge.read).is_zero();
    match stored.status {
        ChallengeStatus::Pending if over => ChallengeStatus::Expired,
        status => status,
    }
}

fn time_left(device: &Device, server: &ServerUrl, challenge: &DeviceChallenge) -> SignedDuration {
    challenge
        .expiration_date
        .duration_since(device.now_at(server))
        .max(SignedDuration::ZERO)
}

fn to_request(
    device: &Device,
    stored: &StoredChallenge,
    twins: &[&StoredChallenge],
    pasts: &Pasts,
) -> Request {
    let StoredChallenge { challenge, .. } = stored;
    let DeviceChallenge { details, .. } = &challenge.read;
    let status = status_now(device, stored);
    let pending = status == ChallengeStatus::Pending;
    let all = || {
        pending
            .then(|| twins.iter().copied().chain([stored]))
            .into_iter()
            .flatten()
    };
    Request {
        sid: challenge.read.sid.clone(),
        factor_sid: challenge.read.factor_sid.clone(),
        account_sid: stored.account_sid.clone(),
        service_sid: stored.service_sid.clone(),
        identity: stored.identity.clone(),
        issuer: stored.issuer.clone(),
        account: stored.account.clone(),
        server: stored.server.clone(),
        message: details.message.clone(),
        fields: details.fields.clone(),
        date: details.date,
        hidden: challenge
            .read
            .hidden_details
            .as_ref()
            .map_or(0, |hidden| hidden.len()),
        created_at: challenge.read.date_created,
        updated_at: challenge.read.date_updated,
        expires_at: challenge.read.expiration_date,
        expires_in: if pending {
            time_left(device, &stored.server, &challenge.read).min(CreateChallenge::MAX_LIFE)
        } else {
            SignedDuration::ZERO
        },
        status,
        digest: ShownDigest::of(challenge.digest, twins.iter().map(|twin| twin.challenge.digest)),
        signed: challenge.coverage(),
        signature_fields: challenge.signature_names(),
        number: NumberAsked::of(challenge, stored.wrong_numbers),
        unusual: all().filter_map(|each| pasts.look_at(device, each)).min(),
        needs_presence: all().any(|each| pasts.needs_presence(device, each)),
        on_this_computer: stored.on_this_computer,
        held_back: pending && same_computer::is_held_back(device, stored, pasts),
        announced: stored.announced,
        twins: twins.iter().map(|twin| twin.challenge.read.sid.clone()).collect(),
    }
}

/// Stores an open challenge, seen at `seen_at`, and tells if it is new or another than before. Returns whether it is
/// new.
pub(crate) async fn save(
    device: &Device,
    factor: &Factor,
    fetched: &FetchedChallenge,
    seen_at: Timestamp,
) -> Result<bool, StoreError> {
    let sid = &fetched.read.sid;
    if let Some(before) = device.store.load_challenge(sid).await? {
        let same = before.challenge.body == fetched.body && before.challenge.digest == fetched.digest;
        let settled = before.status != ChallengeStatus::Pending;
        if same || settled || before.challenge.read.factor_sid != factor.sid {
            return Ok(false);
        }
    }
    let new = device.store.save_pending(factor, fetched, seen_at).await?;
    let sid = sid.clone();
    device.tell(if new {
        Event::RequestArrived { sid }
    } else {
        Event::RequestChanged { sid }
    });
    Ok(new)
}

/// Moves a challenge that is no longer open to the history. Returns whether it was open here.
pub(crate) async fn settle(device: &Device, challenge: &DeviceChallenge) -> Result<bool, StoreError> {
    let of = Asked {
        sid: &challenge.sid,
        factor: &challenge.factor_sid,
    };
    let moved = device
        .store
        .settle(of, challenge.status, settled_at(challenge), device.now())
        .await?;
    if moved {
        device.tell(Event::RequestSettled {
            sid: challenge.sid.clone(),
        });
    }
    Ok(moved)
}

/// Deletes a challenge that the server does not know any more. Returns whether it was open here.
pub(crate) async fn forget(device: &Device, of: Asked<'_>) -> Result<bool, StoreError> {
    let gone = device.store.delete_pending(of).await?;
    if gone {
        device.tell(Event::RequestSettled { sid: of.sid.clone() });
    }
    Ok(gone)
}

/// When a challenge stopped being open, by the server's clock.
pub(crate) fn settled_at(challenge: &DeviceChallenge) -> Timestamp {
    match challenge.status {
        ChallengeStatus::Expired => challenge.expiration_date,
        _ => challenge.date_responded.unwrap_or(challenge.date_updated),
    }
}
