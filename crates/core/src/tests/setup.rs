//! What every test begins with: a profile in a temporary directory, keys in memory, two clocks, and the double.

use std::{sync::Arc, time::Duration};

use countersign_keychain::{Keychain, KeychainThread, NobodyAsks, PresencePrompt, memory::MemoryKeychain};
use countersign_protocol::{clock::SteerableClock, sid::ChallengeSid};
use tempfile::TempDir;

use super::double::{Double, PresenceDouble};
use crate::{AppIdentity, Authenticator, CheckReport, Config, Event, Factor, Request, fault::Faults};

pub(super) struct Setup {
    pub(super) double: Double,
    pub(super) app: Authenticator,
    pub(super) keys: MemoryKeychain,
    pub(super) clock: SteerableClock,
    pub(super) servers_clock: SteerableClock,
    pub(super) presence: PresenceDouble,
    pub(super) faults: Faults,
    pub(super) home: TempDir,
}

impl Setup {
    /// A profile without factors; all clocks agree.
    pub(super) async fn new() -> Self {
        let now = "2026-11-20T05:00:00Z".parse().unwrap();
        let (clock, servers_clock) = (SteerableClock::at(now), SteerableClock::at(now));
        let double = Double::start(servers_clock.clone()).await;
        let home = tempfile::tempdir().unwrap();
        let keys = MemoryKeychain::new();
        let faults = Faults::none();
        let presence = PresenceDouble::new();
        let config = Config {
            presence: presence.prompt(),
            ..config(&home, &keys, &clock)
        };
        let app = Authenticator::open_with(config, faults.clone()).await.unwrap();
        Self {
            double,
            app,
            keys,
            clock,
            servers_clock,
            presence,
            faults,
            home,
        }
    }

    /// A profile with one factor.
    pub(super) async fn enrolled() -> (Self, Factor) {
        let setup = Self::new().await;
        let factor = setup.app.enrol(&setup.double.link()).await.unwrap();
        setup.double.take_log();
        (setup, factor)
    }

    /// A profile with one factor and one request, shown.
    pub(super) async fn asked() -> (Self, Request) {
        let (setup, factor) = Self::enrolled().await;
        let sid = setup.double.challenge(&factor.sid, "Are you signing in to Acme?");
        let request = setup.show(&sid).await;
        setup.double.take_log();
        (setup, request)
    }

    /// Ends the program and starts it again.
    pub(super) async fn restart(&mut self) {
        self.restart_with(Box::new(self.keys.clone())).await;
    }

    /// Starts it again with another keychain.
    pub(super) async fn restart_with(&mut self, keychain: Box<dyn Keychain>) {
        let config = Config {
            keychain: KeychainThread::start(keychain, KeychainThread::USUAL_LIMIT),
            presence: self.presence.prompt(),
            ..config(&self.home, &self.keys, &self.clock)
        };
        self.faults.heal();
        self.app = Authenticator::open_with(config, self.faults.clone())
            .await
            .unwrap();
    }

    pub(super) async fn show(&self, sid: &ChallengeSid) -> Request {
        self.app.refresh(sid).await.unwrap()
    }

    pub(super) async fn check(&self) -> CheckReport {
        let report = self.app.check_now().await;
        for factor in &report.factors {
            assert!(factor.outcome.is_ok(), "{:?}", factor.outcome);
        }
        report
    }

    pub(super) async fn open_sids(&self) -> Vec<ChallengeSid> {
        let inbox = self.app.inbox().await.unwrap();
        inbox.requests.into_iter().map(|request| request.sid).collect()
    }
}

pub(super) fn config(home: &TempDir, keys: &MemoryKeychain, clock: &SteerableClock) -> Config {
    Config {
        home: home.path().to_owned(),
        keychain: KeychainThread::start(Box::new(keys.clone()), Duration::from_secs(30)),
        presence: PresencePrompt::new(Box::new(NobodyAsks), PresencePrompt::USUAL_LIMIT),
        clock: Arc::new(clock.clone()),
        http: None,
        app: AppIdentity {
            name: "Countersign".to_owned(),
            version: "1.2.3".to_owned(),
        },
    }
}

/// Everything that has been told so far.
pub(super) fn told(events: &mut tokio::sync::broadcast::Receiver<Event>) -> Vec<Event> {
    std::iter::from_fn(|| events.try_recv().ok()).collect()
}

/// Waits for an event.
pub(super) async fn wait_for(events: &mut tokio::sync::broadcast::Receiver<Event>, expected: &Event) {
    let waited = tokio::time::timeout(Duration::from_secs(30), async {
        while events.recv().await.unwrap() != *expected {}
    });
    waited.await.expect("the event comes");
}
