//! Asking again and again, each factor at its own pace, by one process of a profile.

use std::{collections::HashMap, future::Future, sync::Arc, time::Duration};

use countersign_protocol::sid::FactorSid;
use futures_util::{StreamExt, stream};
use jiff::{SignedDuration, Timestamp};
use tokio::{sync::Notify, task::JoinHandle, time::Instant};
use tokio_util::sync::CancellationToken;

use crate::{
    client::ClientError,
    device::Device,
    event::Event,
    factor::Factor,
    home::{Lock, LockName},
    inbox::{Changes, CheckReport, FactorCheck},
    removal,
};

/// Between two checks while something is expected, and while nothing is.
const SOON: Duration = Duration::from_secs(2);
const IDLE: Duration = Duration::from_secs(10);

/// After the first, second, … failure in a row. The last repeats.
const AFTER_FAILURE: [Duration; 7] = [
    Duration::from_secs(5),
    Duration::from_secs(10),
    Duration::from_secs(20),
    Duration::from_secs(40),
    Duration::from_secs(80),
    Duration::from_secs(160),
    Duration::from_secs(300),
];

/// While the server does not know the factor any more: a revoked factor does not come back by asking.
const SIGNED_OUT: Duration = Duration::from_secs(300);

/// However long a server asks to be left alone, after this it is asked again.
const LONGEST: Duration = Duration::from_secs(3600);

/// How long something is expected after a person did something that leads to requests.
const EXPECTANT: SignedDuration = SignedDuration::from_mins(2);

/// How many servers are asked at the same time.
const AT_ONCE: usize = 8;

/// What the time of the next check of a factor depends on.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Pace {
    /// Until when requests are expected: a window came to the front, a link was opened, something was answered.
    pub expecting_until: Option<Timestamp>,
    /// How many checks in a row have failed.
    pub failures: usize,
    /// When the server asked to be asked again, at the earliest.
    pub not_before: Option<Timestamp>,
    /// Whether the server does not know the factor any more.
    pub signed_out: bool,
    /// From -1 to 1: where in the range of chance this check lies, so that devices do not march in step.
    pub jitter: f32,
}

/// How long to wait for the next check of a factor. Pure: the same state and time give the same answer.
pub fn next_delay(pace: &Pace, now: Timestamp) -> Duration {
    let expecting = pace.expecting_until.is_some_and(|until| now < until);
    let usual = match pace.failures.checked_sub(1) {
        None if pace.signed_out => SIGNED_OUT,
        None if expecting => SOON,
        None => IDLE,
        Some(failure) => AFTER_FAILURE[failure.min(AFTER_FAILURE.len() - 1)],
    };
    // A fifth up or down.
    let spread = usual.mul_f32(1.0 + pace.jitter.clamp(-1.0, 1.0) * 0.2);
    let asked_for = pace.not_before.map_or(Duration::ZERO, |at| {
        Duration::try_from(at.duration_since(now))
            .unwrap_or(Duration::ZERO)
            .min(LONGEST)
    });
    spread.max(asked_for)
}

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

/// Wakes the poller before its time.
#[derive(Debug, Default)]
pub(crate) struct Wake {
    notify: Notify,
    expecting_until: std::sync::Mutex<Option<Timestamp>>,
}

impl Wake {
    /// Expects requests for the next two minutes, and has all factors checked now.
    pub(crate) fn expect_requests(&self, now: Timestamp) {
        let mut until = self
            .expecting_until
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        *until = now.checked_add(EXPECTANT).ok();
        self.notify.notify_one();
    }

    fn expecting_until(&self) -> Option<Timestamp> {
        *self
            .expecting_until
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
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
    let stop = CancellationToken::new();
    let task = runtime.spawn(run(device, wake, lock, stop.clone()));
    Ok(Polling {
        stop,
        task: Some(task),
    })
}

async fn run(device: Arc<Device>, wake: Arc<Wake>, lock: Lock, stop: CancellationToken) {
    device.tell(Event::PollingChanged);
    let mut round = Round::default();
    // A check that is under way is dropped: it has changed nothing, or what it changed is committed.
    let _ = stop
        .run_until_cancelled(async {
            loop {
                let wait = round.go(&device, &wake).await;
                tokio::select! {
                    () = pause(wait) => {}
                    () = wake.notify.notified() => round.bring_forward(),
                }
            }
        })
        .await;
    drop(lock);
    device.tell(Event::PollingChanged);
}

#[expect(clippy::disallowed_methods, reason = "the poller is the one place that waits")]
fn pause(wait: Duration) -> impl Future<Output = ()> {
    tokio::time::sleep(wait)
}

/// What the poller knows of each factor.
#[derive(Default)]
struct Round {
    paces: HashMap<FactorSid, (Pace, Option<Instant>)>,
    version: Option<i64>,
}

impl Round {
    /// Checks every factor whose time has come. Returns how long nothing is to be done.
    async fn go(&mut self, device: &Device, wake: &Wake) -> Duration {
        self.look_for_other_processes(device).await;
        let factors = match device.store.load_factors().await {
            Ok(factors) => factors,
            Err(error) => {
                tracing::warn!(%error, "the poller cannot read the store");
                return IDLE;
            }
        };
        self.paces
            .retain(|sid, _| factors.iter().any(|factor| factor.sid == *sid));
        let now = Instant::now();
        let due: Vec<Factor> = factors
            .into_iter()
            .filter(|factor| self.is_due(&factor.sid, now))
            .collect();
        if !due.is_empty() {
            for check in check_all(device, due).await {
                self.plan(device, wake, &check);
            }
            device.tell(Event::Checked);
        }
        let now = Instant::now();
        let next = self.paces.values().filter_map(|(_, due)| *due).min();
        next.map_or(IDLE, |due| due.duration_since(now)).min(LONGEST)
    }

    fn is_due(&self, sid: &FactorSid, now: Instant) -> bool {
        self.paces
            .get(sid)
            .and_then(|(_, due)| *due)
            .is_none_or(|due| due <= now)
    }

    fn plan(&mut self, device: &Device, wake: &Wake, check: &FactorCheck) {
        let (pace, due) = self.paces.entry(check.factor_sid.clone()).or_default();
        let now = device.now();
        pace.expecting_until = wake.expecting_until();
        pace.jitter = draw_jitter();
        pace.signed_out = matches!(check.outcome, Err(ClientError::SignedOut(_)));
        pace.not_before = None;
        match &check.outcome {
            Ok(_) | Err(ClientError::SignedOut(_)) => pace.failures = 0,
            Err(error) => {
                pace.failures += 1;
                if let ClientError::Refused {
                    retry_after: Some(after),
                    ..
                } = error
                {
                    pace.not_before = now.checked_add(*after).ok();
                }
                tracing::debug!(%error, factor = %check.factor_sid, "a check failed");
            }
        }
        *due = Some(Instant::now() + next_delay(pace, now));
    }

    /// Has all factors checked at once, but those whose server asked to be left alone.
    fn bring_forward(&mut self) {
        for (pace, due) in self.paces.values_mut() {
            if pace.not_before.is_none() {
                *due = None;
            }
        }
    }

    async fn look_for_other_processes(&mut self, device: &Device) {
        let Ok(version) = device.store.data_version().await else {
            return;
        };
        if self
            .version
            .replace(version)
            .is_some_and(|before| before != version)
        {
            device.tell(Event::ChangedElsewhere);
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
        let outcome: Result<Changes, ClientError> = removal::attend(device, &factor).await;
        FactorCheck {
            factor_sid: factor.sid,
            outcome,
        }
    };
    stream::iter(factors)
        .map(check)
        .buffer_unordered(AT_ONCE)
        .collect()
        .await
}

/// Chance, from -1 to 1.
fn draw_jitter() -> f32 {
    let chance = getrandom::u32().map_or(0, |chance| u16::try_from(chance & 0xffff).unwrap_or(0));
    f32::from(chance) / 32768.0 - 1.0
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn checks_are_frequent_while_something_is_expected_and_rare_while_not() {
        let pace = Pace {
            expecting_until: Some(at(120)),
            ..Pace::default()
        };
        assert_eq!(next_delay(&pace, at(119)), SOON);
        assert_eq!(next_delay(&pace, at(120)), IDLE);
        assert_eq!(next_delay(&Pace::default(), at(0)), IDLE);
    }

    #[test]
    fn failures_slow_the_checks_down_to_five_minutes_whatever_is_expected() {
        let after = |failures| {
            let pace = Pace {
                failures,
                expecting_until: Some(at(100)),
                ..Pace::default()
            };
            next_delay(&pace, at(0)).as_secs()
        };
        assert_eq!([1, 2, 3, 7, 8, 1000].map(after), [5, 10, 20, 300, 300, 300]);
    }

    #[test]
    fn a_server_that_asks_to_be_left_alone_is_left_alone_but_not_for_ever() {
        let pace = |not_before| Pace {
            failures: 1,
            not_before: Some(at(not_before)),
            ..Pace::default()
        };
        assert_eq!(next_delay(&pace(100), at(10)).as_secs(), 90);
        assert_eq!(next_delay(&pace(5), at(10)).as_secs(), 5);
        assert_eq!(next_delay(&pace(1_000_000), at(10)), LONGEST);
    }

    proptest! {
        #[test]
        fn chance_moves_a_check_by_a_fifth_at_most(jitter in -5.0f32..5.0, failures in 0usize..10) {
            let pace = Pace { failures, jitter, ..Pace::default() };
            let still = next_delay(&Pace { jitter: 0.0, ..pace }, at(0)).as_secs_f32();
            let moved = next_delay(&pace, at(0)).as_secs_f32();
            prop_assert!((still * 0.79..=still * 1.21).contains(&moved));
        }

        #[test]
        fn drawn_chance_stays_in_its_range(_: u8) {
            prop_assert!((-1.0..=1.0).contains(&draw_jitter()));
        }
    }
}
