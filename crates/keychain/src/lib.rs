//! Where the private keys of Countersign live.
//!
//! A [`Keychain`] creates a key, tells its public half, signs with it and deletes it. There is no way to read a
//! key out, so that a key in a TPM or a Secure Enclave can stand behind the same trait later.
//!
//! Three back ends are the operating system's own ([`os_keychain`]): the Secret Service on Linux, the Keychain on
//! macOS, the Credential Manager on Windows. The fourth is a [`Vault`], a file encrypted with a passphrase, which
//! a person chooses knowingly: no back end ever stands in for another by itself.
//!
//! Keychains block, sometimes for as long as a person leaves a password prompt open. [`KeychainThread`] keeps one
//! on a thread of its own and answers within a time limit.

mod error;
mod key_id;
mod location;
mod os;
mod presence;
mod software_key;
mod thread;
pub mod vault;

#[cfg(feature = "testing")]
pub mod conformance;
#[cfg(feature = "testing")]
pub mod faulty;
#[cfg(feature = "testing")]
pub mod memory;

use countersign_protocol::keys::{PublicKey, Signature};

pub use error::KeychainError;
pub use key_id::{KeyId, KeyIdError};
pub use location::KeyLocation;
pub use os::os_keychain;
pub use presence::{NobodyAsks, PresenceError, PresencePrompt, UserPresence, os_presence};
pub use thread::KeychainThread;
pub use vault::{Vault, VaultError};

/// A place that keeps private P-256 keys and signs with them.
///
/// Every method may block, for as long as a password prompt is open: see [`KeychainThread`].
pub trait Keychain: Send + Sync {
    /// Where the keys are, for a person who wants to know.
    fn location(&self) -> KeyLocation;

    /// All places in which it finds keys, [`Keychain::location`] among them: what it says of a key elsewhere means
    /// nothing.
    fn locations(&self) -> Vec<KeyLocation> {
        vec![self.location()]
    }

    /// Makes a new key under `id`, which the caller has noted somewhere durable before, so that a crash between
    /// the two leaves a note without a key and never a key without a note.
    ///
    /// # Errors
    /// [`KeychainError::AlreadyExists`] if `id` is taken; that key stays as it is.
    fn create(&self, id: &KeyId) -> Result<PublicKey, KeychainError>;

    /// The public half of the key under `id`.
    ///
    /// # Errors
    /// [`KeychainError::Lost`] if there is no such key.
    fn public_key(&self, id: &KeyId) -> Result<PublicKey, KeychainError>;

    /// Signs `message` with the key under `id`: ECDSA over P-256 with SHA-256.
    ///
    /// # Errors
    /// [`KeychainError::Lost`] if there is no such key.
    fn sign(&self, id: &KeyId, message: &[u8]) -> Result<Signature, KeychainError>;

    /// Removes the key under `id`. A key that is gone already is no error: what was asked for is true.
    fn delete(&self, id: &KeyId) -> Result<(), KeychainError>;
}
