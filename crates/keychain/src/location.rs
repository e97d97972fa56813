//! The places where keys can be, named for people.

use std::fmt;

/// Where a person's keys are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KeyLocation {
    /// The desktop's keyring, by the Secret Service on the session bus.
    SecretService,
    /// The login keychain of macOS.
    MacKeychain,
    /// The Windows Credential Manager, on this computer only.
    WindowsCredentialManager,
    /// A file encrypted with a passphrase.
    Vault,
    /// The memory of this process. Only tests keep keys there.
    Memory,
}

impl KeyLocation {
    /// The place in words, to stand in a sentence such as "Its key is kept in …".
    pub fn words(self) -> &'static str {
        match self {
            Self::SecretService => "the keyring of this desktop",
            Self::MacKeychain => "the macOS Keychain",
            Self::WindowsCredentialManager => "the Windows Credential Manager",
            Self::Vault => "a file encrypted with your passphrase",
            Self::Memory => "memory, until the program ends",
        }
    }
}

impl fmt::Display for KeyLocation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.words())
    }
}
