//! Removing a factor, and finishing what was begun: a factor whose key is not proven yet, one whose removal the
//! server has not been told of.

use countersign_keychain::KeychainError;
use countersign_protocol::{resources::factor::FactorStatus, sid::FactorSid};

use crate::{
    client::{ClientError, delete_local, remove_factor, verify_factor},
    device::Device,
    event::Event,
    factor::Factor,
    inbox::{self, UpToDate},
    store::StoreError,
};

/// How far a removal came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Removal {
    /// The factor is gone, on the server and here, and so is its key.
    Removed,
    /// The factor answers nothing any more, and the server is told as soon as it can be reached. Until then it is
    /// listed with [`Factor::removing_since`], because only its key can sign what has to be told.
    RemovedHereOnly,
}

/// Why a factor was not removed.
#[derive(Debug, thiserror::Error)]
pub enum RemoveError {
    /// There is no such factor on this device.
    #[error("there is no such factor on this computer")]
    NotFound,
    /// The profile cannot be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Removes a factor: marks it first, so that a crash or a lost network only delays the rest.
pub(crate) async fn remove(device: &Device, sid: &FactorSid) -> Result<Removal, RemoveError> {
    device.store.begin_removal(sid, device.now()).await?;
    device.tell(Event::FactorsChanged);
    let factor = device
        .store
        .load_factor(sid)
        .await?
        .ok_or(RemoveError::NotFound)?;
    match finish_removal(device, &factor).await {
        Ok(removal) => Ok(removal),
        Err(ClientError::Store(error)) => Err(error.into()),
        Err(error) => {
            tracing::info!(%error, "a removed factor's server will be told later");
            Ok(Removal::RemovedHereOnly)
        }
    }
}

/// Tells the server that a factor is gone. Without its key nobody can, ever: then it is only removed here.
async fn finish_removal(device: &Device, factor: &Factor) -> Result<Removal, ClientError> {
    match remove_factor(device, factor).await {
        Ok(()) => Ok(Removal::Removed),
        Err(ClientError::Keychain(KeychainError::Lost { .. } | KeychainError::Damaged))
            if device.key_locations().contains(&factor.key_location) =>
        {
            delete_local(device, factor).await?;
            Ok(Removal::RemovedHereOnly)
        }
        Err(error) => Err(error),
    }
}

/// Does for a factor what is to be done: fetches its requests, or finishes what was begun with it.
pub(crate) async fn attend(device: &Device, factor: &Factor) -> Result<UpToDate, ClientError> {
    if factor.removing_since.is_some() {
        finish_removal(device, factor).await?;
        return Ok(UpToDate::default());
    }
    if factor.status == FactorStatus::Verified {
        return inbox::check(device, factor).await;
    }
    match verify_factor(device, factor).await {
        Ok(verified) => inbox::check(device, &verified).await,
        // Its enrolment did not end, and the server has dropped what there was of it.
        Err(error) if error.is_not_found() || matches!(error, ClientError::SignedOut(_)) => {
            delete_local(device, factor).await?;
            Err(error)
        }
        Err(error) => Err(error),
    }
}
