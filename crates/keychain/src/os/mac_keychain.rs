//! macOS: the login keychain.

use std::sync::Arc;

use apple_native_keyring_store::keychain::Store;
use keyring_core::{CredentialStore, Entry, Error};

use crate::{KeyLocation, KeychainError};

pub(super) const LOCATION: KeyLocation = KeyLocation::MacKeychain;

pub(super) fn connect() -> Result<Arc<CredentialStore>, Error> {
    Ok(Store::new()?)
}

pub(super) fn entry(store: &Arc<CredentialStore>, service: &str, user: &str) -> Result<Entry, Error> {
    store.build(service, user, None)
}

/// Result codes from Apple's `SecBase.h`.
pub(super) fn explain(error: Error) -> KeychainError {
    let (Error::PlatformFailure(cause) | Error::NoStorageAccess(cause)) = &error else {
        return KeychainError::Failed(error.into());
    };
    match cause
        .downcast_ref::<security_framework::base::Error>()
        .map(|error| error.code())
    {
        // errSecNotAvailable, errSecNoSuchKeychain, errSecInvalidKeychain, errSecNoDefaultKeychain
        Some(-25291 | -25294 | -25295 | -25307) => KeychainError::Missing,
        // errSecInteractionNotAllowed: locked, and there is no screen to ask on
        Some(-25308) => KeychainError::Locked,
        // wrPermErr, errSecUserCanceled, errSecInvalidOwnerEdit, errSecReadOnly, errSecAuthFailed,
        // errSecMissingEntitlement
        Some(-61 | -128 | -25244 | -25292 | -25293 | -34018) => KeychainError::Refused,
        _ => KeychainError::Failed(error.into()),
    }
}
