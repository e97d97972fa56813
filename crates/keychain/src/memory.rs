//! A keychain in memory, for tests.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use countersign_protocol::keys::{PublicKey, Signature};

use crate::software_key::SoftwareKey;
use crate::{KeyId, KeyLocation, Keychain, KeychainError};

/// A keychain in memory. Clones share their keys, so that a test can keep one and look at what is left.
#[derive(Clone, Default)]
pub struct MemoryKeychain {
    keys: Arc<Mutex<BTreeMap<KeyId, SoftwareKey>>>,
}

impl MemoryKeychain {
    /// A keychain without keys.
    pub fn new() -> Self {
        Self::default()
    }

    /// The names of all keys, in order, to find keys that nobody knows of any more.
    pub fn ids(&self) -> Vec<KeyId> {
        self.keys().keys().cloned().collect()
    }

    fn keys(&self) -> MutexGuard<'_, BTreeMap<KeyId, SoftwareKey>> {
        self.keys.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn with_key<T>(&self, id: &KeyId, act: impl FnOnce(&SoftwareKey) -> T) -> Result<T, KeychainError> {
        self.keys()
            .get(id)
            .map(act)
            .ok_or_else(|| KeychainError::Lost { id: id.clone() })
    }
}

impl Keychain for MemoryKeychain {
    fn location(&self) -> KeyLocation {
        KeyLocation::Memory
    }

    fn create(&self, id: &KeyId) -> Result<PublicKey, KeychainError> {
        let mut keys = self.keys();
        if keys.contains_key(id) {
            return Err(KeychainError::AlreadyExists);
        }
        let key = SoftwareKey::make()?;
        let public_key = key.public_key();
        keys.insert(id.clone(), key);
        Ok(public_key)
    }

    fn public_key(&self, id: &KeyId) -> Result<PublicKey, KeychainError> {
        self.with_key(id, SoftwareKey::public_key)
    }

    fn sign(&self, id: &KeyId, message: &[u8]) -> Result<Signature, KeychainError> {
        self.with_key(id, |key| key.sign(message))
    }

    fn delete(&self, id: &KeyId) -> Result<(), KeychainError> {
        self.keys().remove(id);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_keeps_every_rule_of_a_keychain() {
        let keychain = MemoryKeychain::new();
        crate::conformance::check(&|| Box::new(keychain.clone()));
        assert_eq!(keychain.ids(), []);
    }
}
