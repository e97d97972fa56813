//! Asking a factor's server what waits. Whatever it answers, the work and what is kept of it have bounds: one bad
//! server must not hold up the others.

use std::{collections::HashMap, sync::Mutex, time::Duration};

use countersign_protocol::{
    resources::challenge::{ChallengeStatus, Order},
    sid::{ChallengeSid, FactorSid},
};
use jiff::Timestamp;

use super::{Changes, UpToDate, forget, save, settle, time_left};
use crate::{
    client::{
        ChallengeListPayload, ClientError, News, Page, Unreached, fetch_challenge, fetch_news, fetch_page,
    },
    device::Device,
    factor::Factor,
    store::{Asked, StoreError, StoredChallenge},
};

/// How many items a page has.
const PAGE_SIZE: u32 = 20;

/// How many open requests of one factor are kept, which are the newest.
pub(crate) const KEPT: usize = 50;

/// How many pages are read for them.
const MAX_PAGES: usize = KEPT.div_ceil(PAGE_SIZE as usize);

/// How many requests one check fetches: all that are kept, and not one more.
const MAX_FETCHED: usize = KEPT;

/// How long one check of one factor may take.
const CHECK_LIMIT: Duration = Duration::from_secs(30);

/// How often a challenge that cannot be read is asked for, until the list says that it changed.
const MAX_TRIES: u8 = 3;

/// Asks a factor's server what waits, and brings the store up to date.
pub(crate) async fn check(device: &Device, factor: &Factor) -> Result<UpToDate, ClientError> {
    check_within(device, factor, CHECK_LIMIT).await
}

/// As [`check`], with another limit.
pub(crate) async fn check_within(
    device: &Device,
    factor: &Factor,
    limit: Duration,
) -> Result<UpToDate, ClientError> {
    let work = async {
        let page = fetch_page(device, factor, &what_waits(factor)).await?;
        Check::begin(device, factor).await?.finish(page).await
    };
    in_time(device, factor, limit, work).await
}

/// Waits at a factor's server until what waits there is not what `known` names, and fetches that. Changes nothing
/// here but what is known of the connection, so that it may be given up at any time.
pub(crate) async fn await_news(device: &Device, factor: &Factor, known: &str) -> Result<News, ClientError> {
    fetch_news(device, factor, &what_waits(factor), known).await
}

/// Brings the store up to date with what a factor's server lists, of which this is the first page.
pub(crate) async fn merge(device: &Device, factor: &Factor, page: Page) -> Result<UpToDate, ClientError> {
    let work = async { Check::begin(device, factor).await?.finish(page).await };
    in_time(device, factor, CHECK_LIMIT, work).await
}

/// A server that answers every question and is slow at all of them is as good as none. What was fetched so far stays.
async fn in_time(
    device: &Device,
    factor: &Factor,
    limit: Duration,
    work: impl Future<Output = Result<UpToDate, ClientError>>,
) -> Result<UpToDate, ClientError> {
    if let Ok(done) = tokio::time::timeout(limit, work).await {
        return done;
    }
    let lost = Err(Unreached::of("the server took too long for all that it was asked").into());
    // Its single answers have been noted since the factor was loaded.
    if let Ok(Some(factor)) = device.store.load_factor(&factor.sid).await {
        device.note_connection(&factor, &lost).await;
    }
    lost.map(|_| UpToDate::default())
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

/// One check of one factor.
struct Check<'a> {
    device: &'a Device,
    factor: &'a Factor,
    /// What comes in one check is seen at one time; among itself it is sorted by the server's dates.
    seen_at: Timestamp,
    /// What was open before.
    known: Vec<StoredChallenge>,
    listed: Vec<ChallengeSid>,
    fetches_left: usize,
    /// Whether something was left for the next check.
    put_off: bool,
    changes: Changes,
}

impl<'a> Check<'a> {
    async fn begin(device: &'a Device, factor: &'a Factor) -> Result<Self, StoreError> {
        Ok(Self {
            device,
            factor,
            seen_at: device.now(),
            known: open_of(device, factor).await?,
            listed: Vec::new(),
            fetches_left: MAX_FETCHED,
            put_off: false,
            changes: Changes::default(),
        })
    }

    async fn finish(mut self, mut page: Page) -> Result<UpToDate, ClientError> {
        let tag = page.tag.take();
        let oldest = self.read_list(page).await?;
        self.look_for_missing(oldest).await?;
        self.drop_excess().await?;
        Ok(UpToDate {
            changes: self.changes,
            // While something is put off, waiting for another list would be waiting for nothing.
            tag: tag.filter(|_| !self.put_off),
        })
    }

    /// Fetches what is listed and not known as it is. Returns from when on the list names everything.
    async fn read_list(&mut self, mut page: Page) -> Result<Timestamp, ClientError> {
        let mut oldest = Timestamp::MAX;
        for pages in 1.. {
            for item in &page.challenges {
                let sid = &item.read.sid;
                if item.read.factor_sid != self.factor.sid || self.listed.contains(sid) {
                    continue;
                }
                if self.listed.len() == KEPT {
                    return Ok(oldest);
                }
                oldest = oldest.min(item.read.date_created);
                self.listed.push(sid.clone());
                let up_to_date = self.known.iter().any(|stored| {
                    stored.challenge.read.sid == *sid
                        && stored.challenge.signature_fields.is_some()
                        && stored.challenge.looks_like(item)
                });
                if !up_to_date {
                    self.look_at(sid, item.read.date_updated).await?;
                }
            }
            let Some(next) = page.metadata.next_page_token else {
                return Ok(Timestamp::MIN);
            };
            if pages == MAX_PAGES {
                break;
            }
            let mut query = what_waits(self.factor);
            query.page_token = Some(next);
            page = fetch_page(self.device, self.factor, &query).await?;
        }
        Ok(oldest)
    }

    /// Looks up what became of requests that should have been listed.
    async fn look_for_missing(&mut self, oldest: Timestamp) -> Result<(), ClientError> {
        let missing: Vec<(ChallengeSid, Timestamp)> = self
            .known
            .iter()
            .map(|stored| &stored.challenge.read)
            .filter(|challenge| {
                let over = time_left(self.device, &self.factor.server, challenge).is_zero();
                !self.listed.contains(&challenge.sid) && (challenge.date_created >= oldest || over)
            })
            .map(|challenge| (challenge.sid.clone(), challenge.date_updated))
            .collect();
        for (sid, updated_at) in missing {
            self.look_at(&sid, updated_at).await?;
        }
        Ok(())
    }

    /// Fetches one challenge and stores what it is. One that cannot be read does not hold up the others.
    async fn look_at(&mut self, sid: &ChallengeSid, updated_at: Timestamp) -> Result<(), ClientError> {
        let Self { device, factor, .. } = *self;
        let version = Version {
            factor_sid: factor.sid.clone(),
            sid: sid.clone(),
            updated_at,
        };
        if device.unreadable.is_given_up(&version) {
            return Ok(());
        }
        let Some(left) = self.fetches_left.checked_sub(1) else {
            self.put_off = true;
            return Ok(());
        };
        self.fetches_left = left;
        let changes = &mut self.changes;
        match fetch_challenge(device, factor, sid).await {
            Ok(fetched) if fetched.read.status == ChallengeStatus::Pending => {
                changes.arrived += usize::from(save(device, factor, &fetched, self.seen_at).await?);
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
                device.unreadable.note(version);
            }
            Err(error) => return Err(error),
        }
        Ok(())
    }

    /// Deletes the oldest of what the list does not name, as far as there is more than is kept.
    async fn drop_excess(&self) -> Result<(), StoreError> {
        if self.known.len() + self.changes.arrived <= KEPT {
            return Ok(());
        }
        let open = open_of(self.device, self.factor).await?;
        let excess = open.len().saturating_sub(KEPT);
        let unlisted = open
            .iter()
            .rev()
            .map(|stored| &stored.challenge.read.sid)
            .filter(|sid| !self.listed.contains(sid));
        for sid in unlisted.take(excess) {
            let of = Asked {
                sid,
                factor: &self.factor.sid,
            };
            forget(self.device, of).await?;
        }
        Ok(())
    }
}

async fn open_of(device: &Device, factor: &Factor) -> Result<Vec<StoredChallenge>, StoreError> {
    let mut pending = device.store.load_pending().await?;
    pending.retain(|stored| stored.challenge.read.factor_sid == factor.sid);
    Ok(pending)
}

/// A challenge as a server's list names it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Version {
    factor_sid: FactorSid,
    sid: ChallengeSid,
    updated_at: Timestamp,
}

/// What could not be read, and how often it was tried. In memory only: the next start tries again.
#[derive(Debug, Default)]
pub(crate) struct Unreadable(Mutex<HashMap<Version, u8>>);

/// How much is remembered before it is all forgotten, which costs a few more questions.
const MAX_REMEMBERED: usize = 1000;

impl Unreadable {
    fn is_given_up(&self, version: &Version) -> bool {
        let tries = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        tries.get(version).is_some_and(|tries| *tries >= MAX_TRIES)
    }

    fn note(&self, version: Version) {
        let mut tries = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if tries.len() >= MAX_REMEMBERED {
            tries.clear();
        }
        *tries.entry(version).or_default() += 1;
    }
}
