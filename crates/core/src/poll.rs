//! Asking again and again, each factor at its own pace, by one process of a profile. Where the server holds requests
//! until there is news, that pace is the server's.

mod follower;
mod pace;

use std::{collections::HashMap, sync::Arc, time::Duration};

use countersign_protocol::sid::FactorSid;
use futures_util::{StreamExt, stream};
use jiff::{SignedDuration, Timestamp};
use tokio::{
    sync::{
        Semaphore,
        broadcast::{self, error::RecvError},
        watch,
    },
    task::{AbortHandle, JoinHandle, JoinSet},
};
use tokio_util::sync::CancellationToken;

pub use pace::{Pace, next_delay};

use self::{
    follower::Follower,
    pace::{EXPECTANT, IDLE},
};
use crate::{
    device::Device,
    event::Event,
    factor::Factor,
    history,
    home::{Lock, LockName},
    inbox::{CheckReport, FactorCheck},
    removal,
};

/// A pause that took so much longer by the wall clock than was meant is one in which the computer slept: most clocks
/// that pauses go by stand still meanwhile, and the connections are gone.
const SLEPT: SignedDuration = SignedDuration::from_secs(20);

/// How often the history is looked through for what is too old.
const DAILY: SignedDuration = SignedDuration::from_hours(24);

/// How many servers are asked at the same time.
const AT_ONCE: usize = 8;

/// The poller at work. Dropping it, or [`stop`](Self::stop), ends it.
#[derive(Debug)]
pub struct Polling {
    stop: CancellationToken,
    task: Option<JoinHandle<()>>,
}

impl Polling {
    /// Ends the poller and waits until it has let go of its lock.
    pub async fn stop(mut self) {
        self.stop.cancel();
        if let Some(task) = self.task.take() {
            let _ = task.await;
        }
    }
}

impl Drop for Polling {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

/// Why the poller did not start.
#[derive(Debug, thiserror::Error)]
pub enum PollError {
    /// Another process of this profile polls; what it finds is in the store for all of them.
    #[error("another process of this profile asks the servers already")]
    AnotherProcess,
    /// The lock cannot be used.
    #[error("the profile's files cannot be used")]
    Lock(#[from] std::io::Error),
}

/// Wakes the poller before its time, and ends it.
#[derive(Debug, Default)]
pub(crate) struct Wake {
    expecting_until: watch::Sender<Option<Timestamp>>,
    end: CancellationToken,
}

impl Wake {
    /// Expects requests for the next two minutes, and has all factors checked now.
    pub(crate) fn expect_requests(&self, now: Timestamp) {
        self.expecting_until.send_replace(now.checked_add(EXPECTANT).ok());
    }

    /// Has all factors checked now, whatever connections there were.
    pub(crate) fn reconnect(&self) {
        self.expecting_until.send_modify(|_| {});
    }

    /// Ends every poller that was started with this.
    pub(crate) fn end(&self) {
        self.end.cancel();
    }
}

/// Starts the poller on the runtime that the authenticator was opened on.
pub(crate) fn start(
    device: Arc<Device>,
    wake: Arc<Wake>,
    runtime: &tokio::runtime::Handle,
) -> Result<Polling, PollError> {
    let lock = device
        .home
        .try_lock(LockName::Poll)?
        .ok_or(PollError::AnotherProcess)?;
    let stop = wake.end.child_token();
    let task = runtime.spawn(run(device, wake, lock, stop.clone()));
    Ok(Polling {
        stop,
        task: Some(task),
    })
}

async fn run(device: Arc<Device>, wake: Arc<Wake>, lock: Lock, stop: CancellationToken) {
    device.tell(Event::PollingChanged);
    let mut round = Round::new(Arc::clone(&device), wake);
    let _ = stop.run_until_cancelled(round.keep_up()).await;
    round.end().await;
    drop(lock);
    device.tell(Event::PollingChanged);
}

#[expect(clippy::disallowed_methods, reason = "the poller is the one place that waits")]
fn pause(wait: Duration) -> impl Future<Output = ()> {
    tokio::time::sleep(wait)
}

/// All factors, each followed by a task of its own.
struct Round {
    device: Arc<Device>,
    wake: Arc<Wake>,
    turns: Arc<Semaphore>,
    tasks: JoinSet<()>,
    followed: HashMap<FactorSid, Followed>,
    /// Whether the factors may be others than those that are followed. An idle computer does not read them in vain.
    stale: bool,
    version: Option<i64>,
    tidied: Option<Timestamp>,
}

/// A factor that is followed.
struct Followed {
    task: AbortHandle,
    usable: bool,
}

impl Round {
    fn new(device: Arc<Device>, wake: Arc<Wake>) -> Self {
        Self {
            device,
            wake,
            turns: Arc::new(Semaphore::new(AT_ONCE)),
            tasks: JoinSet::new(),
            followed: HashMap::new(),
            stale: true,
            version: None,
            tidied: None,
        }
    }

    /// Follows the factors that there are, for ever.
    async fn keep_up(&mut self) {
        let mut events = self.device.subscribe();
        let mut woken = self.wake.expecting_until.subscribe();
        loop {
            let begun = self.device.now();
            self.look_for_other_processes().await;
            self.tidy().await;
            if self.stale || self.followed.values().any(|followed| followed.task.is_finished()) {
                match self.device.store.load_factors().await {
                    Ok(factors) => self.follow(&factors),
                    Err(error) => tracing::warn!(%error, "the poller cannot read the store"),
                }
            }
            let pace = Pace {
                expecting_until: *woken.borrow_and_update(),
                ..Pace::default()
            };
            let wait = next_delay(&pace, self.device.now());
            tokio::select! {
                () = pause(wait) => {}
                _ = woken.changed() => {}
                () = factors_changed(&mut events) => self.stale = true,
            }
            if slept(wait, self.device.now().duration_since(begun)) {
                tracing::debug!("the computer slept");
                self.wake.reconnect();
            }
        }
    }

    /// Ends all that is under way. A check that is dropped has changed nothing, or what it changed is committed.
    async fn end(mut self) {
        self.tasks.shutdown().await;
    }

    fn follow(&mut self, factors: &[Factor]) {
        self.stale = false;
        while self.tasks.try_join_next().is_some() {}
        // Nobody waits for news of a factor that is gone. One that was not usable is about to go by its own task.
        self.followed.retain(|sid, followed| {
            let listed = factors.iter().any(|factor| factor.sid == *sid);
            if !listed && followed.usable {
                followed.task.abort();
            }
            listed
        });
        for factor in factors {
            let usable = factor.is_usable();
            if let Some(followed) = self.followed.get_mut(&factor.sid) {
                if followed.usable && !usable {
                    followed.task.abort();
                } else if !followed.task.is_finished() {
                    followed.usable = usable;
                    continue;
                }
            }
            // Whoever enrols or removes a factor is at it now, and is left some time.
            let first = if usable { Duration::ZERO } else { IDLE };
            let follower = Follower::new(
                Arc::clone(&self.device),
                factor.sid.clone(),
                self.wake.expecting_until.subscribe(),
                Arc::clone(&self.turns),
            );
            let task = self.tasks.spawn(follower.run(first));
            self.followed
                .insert(factor.sid.clone(), Followed { task, usable });
        }
    }

    /// Once a day, lets go of the history that is no longer to be kept.
    async fn tidy(&mut self) {
        let now = self.device.now();
        if !is_due(self.tidied, now) {
            return;
        }
        self.tidied = Some(now);
        if let Err(error) = history::forget_old(&self.device).await {
            tracing::warn!(%error, "the history was not shortened");
        }
    }

    async fn look_for_other_processes(&mut self) {
        let Ok(version) = self.device.store.data_version().await else {
            return;
        };
        if self
            .version
            .replace(version)
            .is_some_and(|before| before != version)
        {
            self.stale = true;
            self.device.tell(Event::ChangedElsewhere);
        }
    }
}

/// Whether the computer slept during a pause that was to take `meant` and took `passed` by the wall clock. A clock
/// that somebody sets looks the same, and costs one check.
fn slept(meant: Duration, passed: SignedDuration) -> bool {
    let meant = SignedDuration::try_from(meant).unwrap_or(SignedDuration::MAX);
    passed.saturating_sub(meant) > SLEPT
}

/// Whether what was last done then is to be done again, once a day. A clock that was set back makes it no later.
fn is_due(last: Option<Timestamp>, now: Timestamp) -> bool {
    last.is_none_or(|last| now.duration_since(last).abs() >= DAILY)
}

/// Waits until the factors are others, or may be.
async fn factors_changed(events: &mut broadcast::Receiver<Event>) {
    loop {
        match events.recv().await {
            Ok(Event::FactorsChanged) | Err(RecvError::Lagged(_)) => return,
            Ok(_) => {}
            // The device keeps the channel open.
            Err(RecvError::Closed) => std::future::pending().await,
        }
    }
}

/// Asks every factor's server at once and tells that it is done.
pub(crate) async fn check_now(device: &Device) -> CheckReport {
    let factors = match device.store.load_factors().await {
        Ok(factors) => check_all(device, factors).await,
        Err(error) => {
            tracing::warn!(%error, "the store cannot be read");
            Vec::new()
        }
    };
    device.tell(Event::Checked);
    CheckReport {
        at: device.now(),
        factors,
    }
}

async fn check_all(device: &Device, factors: Vec<Factor>) -> Vec<FactorCheck> {
    let check = async |factor: Factor| {
        let outcome = removal::attend(device, &factor).await;
        FactorCheck {
            factor_sid: factor.sid,
            outcome: outcome.map(|now| now.changes),
        }
    };
    stream::iter(factors)
        .map(check)
        .buffer_unordered(AT_ONCE)
        .collect()
        .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_done_daily_is_not_done_with_every_round() {
        let now = Timestamp::UNIX_EPOCH;
        let due = |hours| is_due(Some(now), now + SignedDuration::from_hours(hours));
        assert!(is_due(None, now) && due(24) && due(-24));
        assert!(!due(0) && !due(23) && !due(-23));
    }

    #[test]
    fn a_computer_slept_if_the_wall_clock_jumped_and_not_if_it_was_slow_or_set_back() {
        let slept = |passed| slept(IDLE, SignedDuration::from_secs(passed));
        assert!(slept(31) && slept(86_400));
        assert!(!slept(30) && !slept(10) && !slept(0) && !slept(-86_400));
    }
}
