//! This device's list of challenges: fetched from every factor's server, merged, and shown from the store.

use countersign_protocol::{
    link::ServerUrl,
    resources::challenge::{ChallengeStatus, DeviceChallenge, Order},
    sid::{ChallengeSid, FactorSid},
};
use jiff::{SignedDuration, Timestamp};

use crate::{
    client::{ChallengeListPayload, ClientError, News, Page, fetch_challenge, fetch_news, fetch_page},
    connection::Connection,
    device::Device,
    event::Event,
    factor::Factor,
    request::{FetchedChallenge, Request},
    store::{Asked, StoreError, StoredChallenge},
};

/// What a person is shown when they look.
#[derive(Debug, Clone, PartialEq)]
pub struct Inbox {
    /// Everything that can be answered, newest first; of several requests for one action, the newest.
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

/// How many items a page has, and how many pages of new requests are read at a time.
const PAGE_SIZE: u32 = 20;
const MAX_PAGES: usize = 5;

/// Reads the inbox out of the store.
pub(crate) async fn load(device: &Device) -> Result<Inbox, StoreError> {
    let open: Vec<StoredChallenge> = open_ones(device, device.store.load_pending().await?);
    let mut requests: Vec<Request> = Vec::new();
    for stored in &open {
        let sid = &stored.challenge.read.sid;
        if !requests.iter().any(|shown| shown.twins.contains(sid)) {
            requests.push(to_request(device, stored, &open));
        }
    }
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
    let open = open_ones(device, device.store.load_pending().await?);
    Ok(to_request(device, &stored, &open))
}

fn open_ones(device: &Device, pending: Vec<StoredChallenge>) -> Vec<StoredChallenge> {
    pending
        .into_iter()
        .filter(|stored| status_now(device, stored) == ChallengeStatus::Pending)
        .collect()
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

/// Other requests for the same action with the same details. Only those of the same account on the same server: an
/// issuer must not have another's request answered with its own.
pub(crate) fn twins_of(of: &StoredChallenge, among: &[StoredChallenge]) -> Vec<StoredChallenge> {
    let is_twin = |other: &&StoredChallenge| {
        other.challenge.read.sid != of.challenge.read.sid
            && other.server == of.server
            && other.account_sid == of.account_sid
            && other.challenge.is_twin_of(&of.challenge)
    };
    among.iter().filter(is_twin).cloned().collect()
}

fn to_request(device: &Device, stored: &StoredChallenge, open: &[StoredChallenge]) -> Request {
    let StoredChallenge { challenge, .. } = stored;
    let DeviceChallenge { details, .. } = &challenge.read;
    let status = status_now(device, stored);
    let pending = status == ChallengeStatus::Pending;
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
            time_left(device, &stored.server, &challenge.read)
        } else {
            SignedDuration::ZERO
        },
        status,
        digest: challenge.digest,
        signed: challenge.coverage(),
        signature_fields: challenge
            .signature_fields
            .iter()
            .flat_map(|of| of.names())
            .map(str::to_owned)
            .collect(),
        twins: if pending {
            twins_of(stored, open)
                .into_iter()
                .map(|twin| twin.challenge.read.sid)
                .collect()
        } else {
            Vec::new()
        },
    }
}

/// Asks a factor's server what waits, and brings the store up to date.
pub(crate) async fn check(device: &Device, factor: &Factor) -> Result<UpToDate, ClientError> {
    let page = fetch_page(device, factor, &what_waits(factor)).await?;
    merge(device, factor, page).await
}

/// Waits at a factor's server until what waits there is not what `known` names, and fetches that. Changes nothing
/// here but what is known of the connection, so that it may be given up at any time.
pub(crate) async fn await_news(device: &Device, factor: &Factor, known: &str) -> Result<News, ClientError> {
    fetch_news(device, factor, &what_waits(factor), known).await
}

/// The newest of what waits for an answer.
fn what_waits(factor: &Factor) -> ChallengeListPayload {
    ChallengeListPayload {
        factor_sid: factor.sid.clone(),
        page_size: PAGE_SIZE,
        status: Some(ChallengeStatus::Pending),
        order: Order::Desc,
        page_token: None,
    }
}

/// Brings the store up to date with what a factor's server lists, of which this is the first page.
pub(crate) async fn merge(device: &Device, factor: &Factor, mut page: Page) -> Result<UpToDate, ClientError> {
    let known = known_to(device, factor).await?;
    let tag = page.tag.take();
    let mut changes = Changes::default();
    let mut listed = Vec::new();
    let mut oldest = Timestamp::MAX;
    for pages in 1.. {
        let mut unknown = false;
        for item in page
            .challenges
            .iter()
            .filter(|item| item.read.factor_sid == factor.sid)
        {
            oldest = oldest.min(item.read.date_created);
            listed.push(item.read.sid.clone());
            let stored = known
                .iter()
                .find(|stored| stored.challenge.read.sid == item.read.sid);
            let up_to_date = stored.is_some_and(|stored| {
                stored.challenge.signature_fields.is_some() && stored.challenge.looks_like(item)
            });
            if !up_to_date {
                unknown = true;
                look_at(device, factor, &item.read.sid, &mut changes).await?;
            }
        }
        let Some(next) = page.metadata.next_page_token else {
            oldest = Timestamp::MIN;
            break;
        };
        if !unknown || pages == MAX_PAGES {
            break;
        }
        let mut query = what_waits(factor);
        query.page_token = Some(next);
        page = fetch_page(device, factor, &query).await?;
    }
    let missing = known
        .iter()
        .map(|stored| &stored.challenge.read)
        .filter(|challenge| {
            let over = time_left(device, &factor.server, challenge).is_zero();
            !listed.contains(&challenge.sid) && (challenge.date_created >= oldest || over)
        });
    for challenge in missing {
        look_at(device, factor, &challenge.sid, &mut changes).await?;
    }
    Ok(UpToDate { changes, tag })
}

async fn known_to(device: &Device, factor: &Factor) -> Result<Vec<StoredChallenge>, StoreError> {
    let mut pending = device.store.load_pending().await?;
    pending.retain(|stored| stored.challenge.read.factor_sid == factor.sid);
    Ok(pending)
}

/// Fetches one challenge and stores what it is. One that cannot be read does not hold up the others.
async fn look_at(
    device: &Device,
    factor: &Factor,
    sid: &ChallengeSid,
    changes: &mut Changes,
) -> Result<(), ClientError> {
    match fetch_challenge(device, factor, sid).await {
        Ok(fetched) if fetched.read.status == ChallengeStatus::Pending => {
            changes.arrived += usize::from(save(device, factor, &fetched).await?);
        }
        Ok(fetched) => changes.settled += usize::from(settle(device, &fetched.read).await?),
        Err(error) if error.is_not_found() => {
            let of = Asked {
                sid,
                factor: &factor.sid,
            };
            changes.settled += usize::from(forget(device, of).await?);
        }
        Err(error @ (ClientError::Malformed(_) | ClientError::WrongFactor)) => {
            tracing::warn!(%error, %sid, "a challenge was left out");
        }
        Err(error) => return Err(error),
    }
    Ok(())
}

/// Stores an open challenge and tells if it is new or another than before. Returns whether it is new.
pub(crate) async fn save(
    device: &Device,
    factor: &Factor,
    fetched: &FetchedChallenge,
) -> Result<bool, StoreError> {
    let sid = &fetched.read.sid;
    if let Some(before) = device.store.load_challenge(sid).await? {
        let same = before.challenge.body == fetched.body && before.challenge.digest == fetched.digest;
        let settled = before.status != ChallengeStatus::Pending;
        if same || settled || before.challenge.read.factor_sid != factor.sid {
            return Ok(false);
        }
    }
    let new = device.store.save_pending(factor, fetched).await?;
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
        .settle(of, challenge.status, settled_at(challenge))
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
