//! What every command needs: the authenticator of the profile.

use std::sync::Arc;

use countersign_core::{AppIdentity, Authenticator, Config, Profile};
use countersign_keychain::{KeychainThread, PresencePrompt, os_presence};
use countersign_protocol::clock::SystemClock;

use crate::{
    arguments::KeychainChoice,
    failure::Failure,
    keychain::{self, Use},
    output::Output,
};

/// The profile and the keychain that this run was told to use, and where it writes.
#[derive(Debug, Clone)]
pub(crate) struct Session {
    /// The profile.
    pub(crate) profile: Profile,
    /// Where it writes.
    pub(crate) output: Output,
    choice: KeychainChoice,
}

impl Session {
    /// Nothing is opened yet.
    pub(crate) fn new(profile: Profile, choice: KeychainChoice, output: Output) -> Self {
        Self {
            profile,
            output,
            choice,
        }
    }

    /// Where keys live.
    pub(crate) fn choice(&self) -> KeychainChoice {
        self.choice
    }

    /// Opens the keychain for this use.
    pub(crate) fn open_keychain(&self, purpose: Use) -> Result<KeychainThread, Failure> {
        keychain::open(self.choice, &self.profile, purpose)
    }

    /// Opens keychain and profile.
    pub(crate) async fn open(&self, purpose: Use) -> Result<Authenticator, Failure> {
        self.open_with(self.open_keychain(purpose)?).await
    }

    /// Opens the profile with a keychain that is open.
    pub(crate) async fn open_with(&self, keychain: KeychainThread) -> Result<Authenticator, Failure> {
        Ok(Authenticator::open(Config {
            home: self.profile.home().to_owned(),
            keychain,
            presence: PresencePrompt::new(os_presence(), PresencePrompt::USUAL_LIMIT),
            clock: Arc::new(SystemClock),
            http: None,
            app: AppIdentity {
                name: "Countersign CLI".to_owned(),
                version: env!("CARGO_PKG_VERSION").to_owned(),
            },
        })
        .await?)
    }
}
