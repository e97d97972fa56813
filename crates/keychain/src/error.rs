//! Why a keychain did not do what it was asked.

use crate::KeyId;

/// Why a keychain did not do what it was asked. Each variant but the last is something that a person or a caller
/// can act on.
#[derive(Debug, thiserror::Error)]
pub enum KeychainError {
    /// This computer has no keychain, or nothing answers in its place: no session bus, no Secret Service, no
    /// default collection, no logon session.
    #[error("this computer has no keychain that answers")]
    Missing,
    /// The keychain is locked and was not unlocked when it asked.
    #[error("the keychain is locked")]
    Locked,
    /// The keychain, or the person it asked, said no.
    #[error("the keychain refused access")]
    Refused,
    /// The key is not there: never created, or removed by another program.
    #[error("this key is no longer in the keychain")]
    Lost {
        /// The key that was looked for.
        id: KeyId,
    },
    /// More than one item goes by this key's name, and choosing one would be guessing.
    #[error("the keychain holds more than one key under the same name")]
    Ambiguous,
    /// A key with this name is there already.
    #[error("a key with this name is in the keychain already")]
    AlreadyExists,
    /// What is stored is not what was stored: not a key, or a file that was changed.
    #[error("what the keychain holds is damaged")]
    Damaged,
    /// No answer within the time limit. Often a password prompt is waiting on the screen.
    #[error("the keychain did not answer in time; it may be waiting to be unlocked")]
    TimedOut,
    /// Anything else; the chain of sources says what, for a log.
    #[error("the keychain failed")]
    Failed(#[source] Box<dyn std::error::Error + Send + Sync>),
}
