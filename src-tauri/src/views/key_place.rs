//! Where a key is, for the page to say in words.

use countersign_keychain::KeyLocation;
use serde::Serialize;
use specta::Type;

/// Where a person's key is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) enum KeyPlace {
    /// The keyring of a Linux desktop.
    Keyring,
    /// The Keychain of macOS.
    MacKeychain,
    /// The Windows Credential Manager.
    CredentialManager,
    /// A file encrypted with a passphrase.
    Vault,
    /// Only this process, in tests.
    Memory,
}

impl From<KeyLocation> for KeyPlace {
    fn from(location: KeyLocation) -> Self {
        match location {
            KeyLocation::SecretService => Self::Keyring,
            KeyLocation::MacKeychain => Self::MacKeychain,
            KeyLocation::WindowsCredentialManager => Self::CredentialManager,
            KeyLocation::Vault => Self::Vault,
            KeyLocation::Memory => Self::Memory,
        }
    }
}
