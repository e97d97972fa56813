//! What a person chooses for this profile: settings, and quiet for a while.

use jiff::SignedDuration;

use super::Authenticator;
use crate::{
    event::Event,
    history,
    mute::{self, Mute, MuteError, MuteScope},
    settings::{Settings, SettingsError},
    store::StoreError,
};

impl Authenticator {
    /// What the person chose, or what is usual.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub async fn settings(&self) -> Result<Settings, StoreError> {
        self.device.store.load_settings().await
    }

    /// Keeps other settings. History that is no longer to be kept goes at once.
    ///
    /// # Errors
    /// If one of them makes no sense, or the store cannot be written: none is changed then.
    pub async fn change_settings(&self, settings: &Settings) -> Result<(), SettingsError> {
        settings.check()?;
        self.device.store.save_settings(settings).await?;
        history::forget_old(&self.device).await?;
        self.device.tell(Event::SettingsChanged);
        Ok(())
    }

    /// Has no requests of this scope announced for so long, beginning now. They wait in the inbox all the same.
    ///
    /// # Errors
    /// If there is no such factor, the time is none or longer than a day, or the store fails.
    pub async fn mute(&self, scope: MuteScope, lasting: SignedDuration) -> Result<Mute, MuteError> {
        mute::mute(&self.device, scope, lasting).await
    }

    /// Has requests of this scope announced again.
    ///
    /// # Errors
    /// If the store cannot be written.
    pub async fn unmute(&self, scope: &MuteScope) -> Result<(), StoreError> {
        mute::unmute(&self.device, scope).await
    }

    /// What is muted now.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub async fn mutes(&self) -> Result<Vec<Mute>, StoreError> {
        mute::mutes(&self.device).await
    }
}
