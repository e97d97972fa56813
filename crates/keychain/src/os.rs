//! The operating system's own keychain, through the store crates of the keyring project.
//!
//! What differs between systems is in one small file each, behind [`imp`]: how to connect, how an entry is made,
//! and what the system's errors mean.

#[cfg_attr(target_os = "linux", path = "os/secret_service.rs")]
#[cfg_attr(target_os = "macos", path = "os/mac_keychain.rs")]
#[cfg_attr(target_os = "windows", path = "os/credential_manager.rs")]
mod imp;

use std::sync::{Arc, Mutex, PoisonError};

use base64ct::{Base64, Encoding};
use countersign_protocol::keys::{PublicKey, Signature};
use keyring_core::{CredentialStore, Entry, Error};
use zeroize::{Zeroize, Zeroizing};

use crate::software_key::{SCALAR_LEN, SoftwareKey};
use crate::{KeyId, KeyLocation, Keychain, KeychainError};

/// The keychain of this operating system. `namespace` keeps the keys of one profile apart from another's.
///
/// Nothing is asked of the system yet: the first call connects, and a later one connects anew if the keychain was
/// restarted in between. So this neither blocks nor says whether there is a keychain.
///
/// # Errors
/// [`KeychainError::Failed`] unless `namespace` is 1 to 64 ASCII letters, digits, `-` or `_`: with other
/// characters two namespaces could become one on some system.
pub fn os_keychain(namespace: &str) -> Result<Box<dyn Keychain>, KeychainError> {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
    if namespace.is_empty() || namespace.len() > 64 || !namespace.bytes().all(plain) {
        return Err(KeychainError::Failed(
            "a namespace is 1 to 64 letters, digits, - or _".into(),
        ));
    }
    Ok(Box::new(OsKeychain {
        service: format!("countersign/{namespace}"),
        store: Mutex::new(None),
    }))
}

/// Keys as entries of a system store: service `countersign/<namespace>`, user the key id, secret the scalar as
/// base64, because KDE's wallet keeps only text.
struct OsKeychain {
    service: String,
    store: Mutex<Option<Arc<CredentialStore>>>,
}

impl OsKeychain {
    /// Runs `act` on the entry of `id`. Calls go one after another: entries of the Windows store are not ordered
    /// between threads.
    ///
    /// A failure of the connection itself is tried once more over a new one, as the keyring may have been
    /// restarted. A refusal is not: asking again would show a second password prompt.
    fn with_entry<T>(
        &self,
        id: &KeyId,
        act: impl Fn(&Entry) -> Result<T, Error>,
    ) -> Result<T, KeychainError> {
        let mut store = self.store.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(connected) = store.as_ref() {
            match imp::entry(connected, &self.service, id.as_str()).and_then(|entry| act(&entry)) {
                Err(Error::PlatformFailure(error)) => {
                    tracing::debug!(%error, "the keychain failed; connecting anew");
                    *store = None;
                }
                outcome => return outcome.map_err(|error| explain(error, id)),
            }
        }
        let connected = imp::connect().map_err(|error| explain(error, id))?;
        let outcome = imp::entry(&connected, &self.service, id.as_str()).and_then(|entry| act(&entry));
        *store = Some(connected);
        outcome.map_err(|error| explain(error, id))
    }

    fn key(&self, id: &KeyId) -> Result<SoftwareKey, KeychainError> {
        let secret = self.with_entry(id, |entry| entry.get_secret().map(Zeroizing::new))?;
        decode(&secret).ok_or(KeychainError::Damaged)
    }
}

impl Keychain for OsKeychain {
    fn location(&self) -> KeyLocation {
        imp::LOCATION
    }

    fn create(&self, id: &KeyId) -> Result<PublicKey, KeychainError> {
        match self.key(id) {
            Ok(_) | Err(KeychainError::Damaged) => return Err(KeychainError::AlreadyExists),
            Err(KeychainError::Lost { .. }) => {}
            Err(error) => return Err(error),
        }
        let key = SoftwareKey::make()?;
        let secret = encode(&key);
        self.with_entry(id, |entry| entry.set_secret(secret.as_bytes()))?;
        // A key counts as created when the system gives it back, not when it took it.
        match self.key(id) {
            Ok(stored) if stored.public_key() == key.public_key() => Ok(key.public_key()),
            Ok(_) => Err(KeychainError::Damaged),
            Err(error) => Err(error),
        }
    }

    fn public_key(&self, id: &KeyId) -> Result<PublicKey, KeychainError> {
        self.key(id).map(|key| key.public_key())
    }

    fn sign(&self, id: &KeyId, message: &[u8]) -> Result<Signature, KeychainError> {
        self.key(id).map(|key| key.sign(message))
    }

    fn delete(&self, id: &KeyId) -> Result<(), KeychainError> {
        let deleted = self.with_entry(id, |entry| match entry.delete_credential() {
            // All of them have this key's name, so none may stay.
            Err(Error::Ambiguous(entries)) => entries.iter().try_for_each(Entry::delete_credential),
            outcome => outcome,
        });
        match deleted {
            Err(KeychainError::Lost { .. }) => Ok(()),
            outcome => outcome,
        }
    }
}

fn encode(key: &SoftwareKey) -> Zeroizing<String> {
    Zeroizing::new(Base64::encode_string(key.scalar().as_ref()))
}

fn decode(secret: &[u8]) -> Option<SoftwareKey> {
    let mut scalar = Zeroizing::new([0; SCALAR_LEN]);
    SoftwareKey::from_scalar(Base64::decode(secret, scalar.as_mut()).ok()?)
}

/// Finds the reason behind a store's error. Bytes that some errors carry are stored secrets: they are wiped here
/// and reach no log.
fn explain(error: Error, id: &KeyId) -> KeychainError {
    match error {
        Error::NoEntry => KeychainError::Lost { id: id.clone() },
        Error::Ambiguous(_) => KeychainError::Ambiguous,
        Error::BadEncoding(mut secret) | Error::BadDataFormat(mut secret, _) => {
            secret.zeroize();
            KeychainError::Damaged
        }
        Error::PlatformFailure(_) | Error::NoStorageAccess(_) => {
            tracing::debug!(%error, "the keychain failed");
            imp::explain(error)
        }
        other => KeychainError::Failed(other.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_namespace_that_could_be_taken_for_another_is_refused() {
        for namespace in ["", "a/b", "a b", "a\0b", "ä", &"a".repeat(65)] {
            assert!(
                matches!(os_keychain(namespace), Err(KeychainError::Failed(_))),
                "{namespace:?}"
            );
        }
        assert_eq!(os_keychain("default").unwrap().location(), imp::LOCATION);
    }

    #[test]
    fn a_stored_secret_reads_back_and_anything_else_is_no_key() {
        let key = SoftwareKey::make().unwrap();
        let secret = encode(&key);
        assert_eq!(decode(secret.as_bytes()).unwrap().public_key(), key.public_key());
        let longer = format!("{}AAAA", secret.as_str());
        for other in [
            &b""[..],
            b"hunter2",
            longer.as_bytes(),
            &secret.as_bytes()[..40],
            key.scalar().as_ref(),
        ] {
            assert!(decode(other).is_none());
        }
        assert!(decode(Base64::encode_string(&[0; 32]).as_bytes()).is_none());
    }

    #[test]
    fn bytes_that_an_error_carries_are_not_handed_on() {
        let error = explain(Error::BadEncoding(b"secret".to_vec()), &KeyId::make());
        assert!(matches!(error, KeychainError::Damaged));
    }
}
