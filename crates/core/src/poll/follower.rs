//! One factor, asked about again and again, or told of at once.

use std::{sync::Arc, time::Duration};

use countersign_protocol::{discovery, sid::FactorSid};
use jiff::Timestamp;
use tokio::{
    sync::{Semaphore, watch},
    time::Instant,
};

use super::{
    pace::{IDLE, Pace, draw_jitter, next_delay},
    pause,
};
use crate::{
    client::{ClientError, News},
    device::Device,
    discovery::offers,
    event::Event,
    factor::Factor,
    inbox::{self, UpToDate},
    removal,
};

/// An answer that took less time was not held.
const QUICK: Duration = Duration::from_millis(500);

/// After so many quick answers in a row comes a pause, whatever the server says: news come in bursts, but one that
/// has some every time, or only says that it holds requests, must not keep this computer busy.
const BURST: u32 = 16;

/// Follows one factor.
pub(super) struct Follower {
    device: Arc<Device>,
    sid: FactorSid,
    wake: watch::Receiver<Option<Timestamp>>,
    turns: Arc<Semaphore>,
    pace: Pace,
    /// Names what the store has of the server's list, where the server holds requests until that has changed.
    known: Option<String>,
    quick: u32,
}

/// What asking once brought.
struct Asked {
    outcome: Result<UpToDate, ClientError>,
    /// Whether the server held this request, if that was asked of it: then it will hold the next.
    held: bool,
}

impl Follower {
    pub(super) fn new(
        device: Arc<Device>,
        sid: FactorSid,
        wake: watch::Receiver<Option<Timestamp>>,
        turns: Arc<Semaphore>,
    ) -> Self {
        Self {
            device,
            sid,
            wake,
            turns,
            pace: Pace::default(),
            known: None,
            quick: 0,
        }
    }

    /// Asks about the factor until there is none, for the first time after `first`.
    pub(super) async fn run(mut self, first: Duration) {
        self.wake.mark_unchanged();
        self.rest(first).await;
        loop {
            let wait = match self.device.store.load_factor(&self.sid).await {
                Ok(Some(factor)) => self.ask(&factor).await,
                Ok(None) => return,
                Err(error) => {
                    tracing::warn!(%error, "the poller cannot read the store");
                    IDLE
                }
            };
            self.rest(wait).await;
        }
    }

    /// Asks once. Returns when to ask again.
    async fn ask(&mut self, factor: &Factor) -> Duration {
        let begun = Instant::now();
        let asked = match self.known.take().filter(|_| factor.is_usable()) {
            Some(known) => self.await_news(factor, known).await,
            None => Some(self.check(factor).await),
        };
        self.quick = if begun.elapsed() < QUICK {
            self.quick + 1
        } else {
            0
        };
        let Some(mut asked) = asked else {
            return Duration::ZERO;
        };
        if let Ok(UpToDate { tag, .. }) = &mut asked.outcome
            && offers(&self.device, &factor.server, discovery::WAIT).await != Some(true)
        {
            *tag = None;
        }
        self.plan(asked);
        self.device.tell(Event::Checked);
        next_delay(&self.pace, self.device.now())
    }

    /// Asks what waits now.
    async fn check(&self, factor: &Factor) -> Asked {
        // The semaphore is never closed, and if it were, it would be no reason not to ask.
        let _turn = self.turns.acquire().await;
        Asked {
            outcome: removal::attend(&self.device, factor).await,
            held: true,
        }
    }

    /// Waits until the server has another list than the one named. `None` if this was woken: the connection may have
    /// ended with the network or the night, and a check tells sooner.
    async fn await_news(&mut self, factor: &Factor, known: String) -> Option<Asked> {
        let news = tokio::select! {
            news = inbox::await_news(&self.device, factor, &known) => news,
            _ = self.wake.changed() => return None,
        };
        let News { page, held } = match news {
            Ok(news) => news,
            Err(error) => {
                return Some(Asked {
                    outcome: Err(error),
                    held: false,
                });
            }
        };
        // From here on nothing is given up: what is stored has to be told.
        let outcome = match page {
            Some(page) => inbox::merge(&self.device, factor, page).await,
            None => Ok(UpToDate {
                tag: Some(known),
                ..UpToDate::default()
            }),
        };
        Some(Asked { outcome, held })
    }

    fn plan(&mut self, Asked { outcome, held }: Asked) {
        let now = self.device.now();
        let pace = &mut self.pace;
        pace.expecting_until = *self.wake.borrow();
        pace.jitter = draw_jitter();
        pace.signed_out = matches!(outcome, Err(ClientError::SignedOut(_)));
        let mut asked = None;
        match outcome {
            Ok(now) => {
                pace.failures = 0;
                self.known = now.tag;
            }
            Err(ClientError::SignedOut(_)) => pace.failures = 0,
            Err(error) => {
                pace.failures += 1;
                if let ClientError::Refused { retry_after, .. } = error {
                    asked = retry_after;
                }
                tracing::debug!(%error, factor = %self.sid, "a check failed");
            }
        }
        pace.leave_alone(asked, now);
        pace.held = held && self.known.is_some() && self.quick < BURST;
        if !pace.held {
            self.quick = 0;
        }
    }

    /// Waits, but not longer than until this is woken: then whatever failed is tried as if for the first time. A
    /// server that wants to be left alone is left alone even so, by this computer's clock, which also counts the time
    /// that the computer sleeps.
    async fn rest(&mut self, mut wait: Duration) {
        loop {
            tokio::select! {
                biased;
                _ = self.wake.changed() => {}
                () = pause(wait) => return,
            }
            let now = self.device.now();
            if self.pace.left_alone(now).is_none() {
                break;
            }
            wait = next_delay(&self.pace, now);
        }
        self.known = None;
        self.pace.failures = 0;
    }
}

#[cfg(test)]
mod tests {
    use countersign_keychain::{KeychainThread, NobodyAsks, PresencePrompt, memory::MemoryKeychain};
    use countersign_protocol::clock::SystemClock;

    use super::*;
    use crate::{AppIdentity, Config, fault::Faults};

    #[tokio::test]
    async fn whoever_is_woken_begins_anew_with_what_failed() {
        let home = tempfile::tempdir().unwrap();
        let config = Config {
            home: home.path().to_owned(),
            keychain: KeychainThread::start(Box::new(MemoryKeychain::new()), KeychainThread::USUAL_LIMIT),
            presence: PresencePrompt::new(Box::new(NobodyAsks), PresencePrompt::USUAL_LIMIT),
            clock: Arc::new(SystemClock),
            http: None,
            app: AppIdentity {
                name: "Countersign".to_owned(),
                version: "1.2.3".to_owned(),
            },
        };
        let device = Arc::new(Device::open(config, Faults::none()).await.unwrap());
        let wake = watch::Sender::default();
        let sid = FactorSid::from_random([1; 16]);
        let mut follower = Follower::new(device, sid, wake.subscribe(), Arc::new(Semaphore::new(1)));
        follower.pace.failures = 7;
        follower.known = Some("a list of before".to_owned());
        wake.send_modify(|_| {});
        let rest = follower.rest(Duration::from_secs(300));
        tokio::time::timeout(Duration::from_secs(30), rest).await.unwrap();
        assert_eq!((follower.pace.failures, follower.known), (0, None));
    }
}
