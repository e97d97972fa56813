//! A vault that a person chose, and beside it the keys that the system's keychain has from before.

use std::time::Duration;

use countersign_keychain::{KeyId, KeyLocation, Keychain, KeychainError, KeychainThread};
use countersign_protocol::keys::{PublicKey, Signature};

use super::{
    KeychainWatch,
    watched::{PROMPTING, WatchedKeychain},
};
use crate::views::AppState;

/// How long the vault waits for the other, out of the time that a caller has for both: until it is known that a
/// password has to be typed. What is typed later opens it for the calls after that.
const BESIDE_LIMIT: Duration = PROMPTING;

/// New keys are made in the vault. One that it does not have is looked for in the system's keychain, where it may have
/// been made before; none moves from one to the other.
///
/// A system's keychain that did not open is left alone until [`KeychainWatch::forget_beside`]: whoever chose the vault
/// is not to be asked for the other's password again and again.
pub(super) struct VaultFirst {
    vault: WatchedKeychain,
    /// On a thread of its own, so that the vault waits for it no longer than its limit.
    system: KeychainThread,
    watch: KeychainWatch,
}

impl VaultFirst {
    pub(super) fn new(vault: Box<dyn Keychain>, system: Box<dyn Keychain>, watch: &KeychainWatch) -> Self {
        let system = Box::new(watch.beside(system));
        Self {
            vault: watch.over(vault),
            system: KeychainThread::start(system, BESIDE_LIMIT),
            watch: watch.clone(),
        }
    }

    fn in_system<T>(
        &self,
        asking: impl Future<Output = Result<T, KeychainError>>,
    ) -> Result<T, KeychainError> {
        match self.watch.state_beside() {
            AppState::Ready => tauri::async_runtime::block_on(asking),
            AppState::KeychainMissing => Err(KeychainError::Missing),
            AppState::KeychainLocked => Err(KeychainError::Locked),
        }
    }
}

impl Keychain for VaultFirst {
    fn location(&self) -> KeyLocation {
        self.vault.location()
    }

    fn locations(&self) -> Vec<KeyLocation> {
        vec![self.vault.location(), self.system.location()]
    }

    fn create(&self, id: &KeyId) -> Result<PublicKey, KeychainError> {
        self.vault.create(id)
    }

    fn public_key(&self, id: &KeyId) -> Result<PublicKey, KeychainError> {
        match self.vault.public_key(id) {
            Err(KeychainError::Lost { .. }) => self.in_system(self.system.public_key(id)),
            found => found,
        }
    }

    fn sign(&self, id: &KeyId, message: &[u8]) -> Result<Signature, KeychainError> {
        match self.vault.sign(id, message) {
            Err(KeychainError::Lost { .. }) => self.in_system(self.system.sign(id, message)),
            signed => signed,
        }
    }

    fn delete(&self, id: &KeyId) -> Result<(), KeychainError> {
        match self.vault.public_key(id) {
            Err(KeychainError::Lost { .. }) => self.in_system(self.system.delete(id)),
            _ => self.vault.delete(id),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    };

    use countersign_keychain::memory::MemoryKeychain;

    use super::*;

    /// A system's keychain that can be locked, and counts how often it was asked.
    #[derive(Clone, Default)]
    struct System {
        keys: Arc<MemoryKeychain>,
        locked: Arc<AtomicBool>,
        asked: Arc<AtomicUsize>,
    }

    impl System {
        fn keys(&self) -> Result<&MemoryKeychain, KeychainError> {
            self.asked.fetch_add(1, Ordering::Relaxed);
            if self.locked.load(Ordering::Relaxed) {
                return Err(KeychainError::Locked);
            }
            Ok(&self.keys)
        }
    }

    impl Keychain for System {
        fn location(&self) -> KeyLocation {
            KeyLocation::SecretService
        }

        fn create(&self, id: &KeyId) -> Result<PublicKey, KeychainError> {
            self.keys()?.create(id)
        }

        fn public_key(&self, id: &KeyId) -> Result<PublicKey, KeychainError> {
            self.keys()?.public_key(id)
        }

        fn sign(&self, id: &KeyId, message: &[u8]) -> Result<Signature, KeychainError> {
            self.keys()?.sign(id, message)
        }

        fn delete(&self, id: &KeyId) -> Result<(), KeychainError> {
            self.keys()?.delete(id)
        }
    }

    fn beside(system: &System) -> (VaultFirst, KeychainWatch) {
        let watch = KeychainWatch::default();
        let vault = Box::new(MemoryKeychain::default());
        (VaultFirst::new(vault, Box::new(system.clone()), &watch), watch)
    }

    #[test]
    fn keys_of_before_sign_where_they_are_and_new_ones_are_made_in_the_vault() {
        let system = System::default();
        let (old, new) = (KeyId::make(), KeyId::make());
        let known = system.create(&old).unwrap();
        let (both, _) = beside(&system);
        assert_eq!(both.public_key(&old).unwrap(), known);
        both.sign(&old, b"message").unwrap();
        both.create(&new).unwrap();
        both.sign(&new, b"message").unwrap();
        assert!(
            system.public_key(&new).is_err(),
            "it was made in the system's keychain"
        );
        let asked = system.asked.load(Ordering::Relaxed);
        both.delete(&new).unwrap();
        assert_eq!(
            system.asked.load(Ordering::Relaxed),
            asked,
            "for a key of the vault"
        );
        assert!(both.locations().contains(&KeyLocation::SecretService));
        both.delete(&old).unwrap();
        assert!(
            system.public_key(&old).is_err(),
            "the key of before is there still"
        );
    }

    #[test]
    fn the_vault_waits_for_the_other_for_a_small_part_of_the_time_that_a_caller_has() {
        assert!(BESIDE_LIMIT * 4 <= KeychainThread::USUAL_LIMIT);
    }

    #[test]
    fn a_locked_keychain_beside_the_vault_is_asked_once_and_again_when_a_person_wants_to() {
        let system = System::default();
        let old = KeyId::make();
        system.create(&old).unwrap();
        let (both, watch) = beside(&system);
        system.locked.store(true, Ordering::Relaxed);
        let before = system.asked.load(Ordering::Relaxed);
        for _ in 0..3 {
            assert!(matches!(both.sign(&old, b""), Err(KeychainError::Locked)));
        }
        assert_eq!(system.asked.load(Ordering::Relaxed) - before, 1);
        assert_eq!(watch.state_beside(), AppState::KeychainLocked);
        assert_eq!(watch.state(), AppState::Ready, "the vault works");
        system.locked.store(false, Ordering::Relaxed);
        watch.forget_beside();
        both.sign(&old, b"").unwrap();
    }
}
