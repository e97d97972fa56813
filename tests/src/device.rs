//! A device: the real authenticator, with a home of its own and a keychain in memory.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use countersign_core::{AppIdentity, Authenticator, Config, Event, Request};
use countersign_keychain::faulty::{Faults, FaultyKeychain};
use countersign_keychain::memory::MemoryKeychain;
use countersign_keychain::{KeychainThread, NobodyAsks, PresencePrompt};
use countersign_protocol::clock::SteerableClock;
use countersign_protocol::identity::Identity;
use countersign_protocol::sid::{ChallengeSid, FactorSid};
use tempfile::TempDir;
use tokio::sync::broadcast;

use crate::World;
use crate::world::within_limit;

/// How long the keychain may take. Only a story about one that hangs waits so long.
const KEYCHAIN_LIMIT: Duration = Duration::from_secs(5);

/// A device.
pub struct Device {
    /// The authenticator.
    pub authenticator: Authenticator,
    /// The keys that are in the keychain.
    pub keys: MemoryKeychain,
    /// What goes wrong in the keychain.
    pub faults: Faults,
    /// Its clock.
    pub clock: SteerableClock,
    home: Arc<TempDir>,
}

impl Device {
    /// A new device with this clock.
    ///
    /// # Panics
    /// If it cannot be made.
    pub async fn open(clock: SteerableClock) -> Self {
        let home = Arc::new(tempfile::tempdir().expect("there is room for temporary files"));
        Self::open_at(home, clock, MemoryKeychain::new()).await
    }

    async fn open_at(home: Arc<TempDir>, clock: SteerableClock, keys: MemoryKeychain) -> Self {
        let faults = Faults::none();
        let authenticator = Authenticator::open(config(&home, &clock, &keys, &faults))
            .await
            .expect("the profile opens");
        Self {
            authenticator,
            keys,
            faults,
            clock,
            home,
        }
    }

    /// Another program over the same home and keychain: the command line beside the app.
    pub async fn beside(&self) -> Self {
        Self::open_at(Arc::clone(&self.home), self.clock.clone(), self.keys.clone()).await
    }

    /// The same device after its program ended, however it ended.
    pub async fn restarted(self) -> Self {
        let Self {
            authenticator,
            keys,
            clock,
            home,
            ..
        } = self;
        drop(authenticator);
        Self::open_at(home, clock, keys).await
    }

    /// The folder of its profile.
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// Enrols for a person at the world's service, through its proxy.
    ///
    /// # Panics
    /// If that fails.
    pub async fn enrol(&self, world: &World, identity: &Identity) -> FactorSid {
        let link = world.tenant.invite(identity, world.proxy.url()).await.to_link();
        let factor = self.authenticator.enrol(&link).await.expect("the device enrols");
        factor.sid
    }

    /// Fetches a request as its page does.
    ///
    /// # Panics
    /// If that fails.
    pub async fn look_at(&self, sid: &ChallengeSid) -> Request {
        self.authenticator
            .refresh(sid)
            .await
            .expect("the request is fetched")
    }

    /// Asks the servers, so that the inbox holds what they have.
    pub async fn check(&self) {
        self.authenticator.check_now().await;
    }

    /// What waits in the inbox.
    ///
    /// # Panics
    /// If it cannot be read.
    pub async fn waiting(&self) -> Vec<ChallengeSid> {
        let inbox = self.authenticator.inbox().await.expect("the inbox is read");
        inbox.requests.into_iter().map(|request| request.sid).collect()
    }
}

/// Waits for an event; a listener that missed some has missed it too.
///
/// # Panics
/// If it does not come.
pub async fn wait_for(events: &mut broadcast::Receiver<Event>, awaited: &Event) {
    let arrive = async {
        while events
            .recv()
            .await
            .expect("the authenticator is there and nothing was missed")
            != *awaited
        {}
    };
    within_limit(&format!("the event {awaited:?}"), arrive).await;
}

fn config(home: &TempDir, clock: &SteerableClock, keys: &MemoryKeychain, faults: &Faults) -> Config {
    let keychain = FaultyKeychain::new(keys.clone(), faults);
    Config {
        home: home.path().to_path_buf(),
        keychain: KeychainThread::start(Box::new(keychain), KEYCHAIN_LIMIT),
        presence: PresencePrompt::new(Box::new(NobodyAsks), PresencePrompt::USUAL_LIMIT),
        clock: Arc::new(clock.clone()),
        http: None,
        app: AppIdentity {
            name: "Countersign".to_owned(),
            version: "1.0.0".to_owned(),
        },
    }
}
