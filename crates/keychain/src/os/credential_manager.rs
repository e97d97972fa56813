//! Windows: the Credential Manager, on this computer only.

use std::collections::HashMap;
use std::sync::Arc;

use keyring_core::{CredentialStore, Entry, Error};
use windows_native_keyring_store::Store;

use crate::{KeyLocation, KeychainError};

pub(super) const LOCATION: KeyLocation = KeyLocation::WindowsCredentialManager;

pub(super) fn connect() -> Result<Arc<CredentialStore>, Error> {
    Ok(Store::new()?)
}

/// The store's own default would let the key roam to every computer of the domain.
pub(super) fn entry(store: &Arc<CredentialStore>, service: &str, user: &str) -> Result<Entry, Error> {
    store.build(service, user, Some(&HashMap::from([("persistence", "Local")])))
}

/// The one reason that the store tells apart is `ERROR_NO_SUCH_LOGON_SESSION`: such a session has no credentials.
pub(super) fn explain(error: Error) -> KeychainError {
    match error {
        Error::NoStorageAccess(_) => KeychainError::Missing,
        other => KeychainError::Failed(other.into()),
    }
}
