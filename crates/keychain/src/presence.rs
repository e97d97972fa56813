//! Proof that a person is at the computer.

#[cfg_attr(target_os = "linux", path = "presence/polkit.rs")]
#[cfg_attr(target_os = "macos", path = "presence/touch_id.rs")]
#[cfg_attr(target_os = "windows", path = "presence/hello.rs")]
mod imp;
mod patient;

pub use patient::PresencePrompt;

/// Asks for proof that the person at the computer is the one who owns the keys: a fingerprint, a PIN, the login
/// password. It is a gate before a signature, not a part of it.
///
/// Both methods may block: see [`PresencePrompt`].
pub trait UserPresence: Send + Sync {
    /// Whether a person could be asked now, as far as the system tells. Asks nobody. Only [`confirm`](Self::confirm)
    /// shows that they can: polkit does not tell whether anything would show its question.
    fn is_available(&self) -> bool;

    /// Asks now, showing `reason` where the system's dialogue has room for it, and blocks until the person has
    /// answered. `reason` goes on from "Countersign wants to", as in "approve a request from Acme".
    ///
    /// # Errors
    /// [`PresenceError`], and whoever asked does not go on.
    fn confirm(&self, reason: &str) -> Result<(), PresenceError>;
}

/// Why there is no proof that a person is there.
#[derive(Debug, thiserror::Error)]
pub enum PresenceError {
    /// This computer has no means to ask.
    #[error("this computer cannot confirm who is using it")]
    Unavailable,
    /// The person cancelled, or was not recognised.
    #[error("it was not confirmed that it is you")]
    Declined,
    /// Nobody answered.
    #[error("nobody answered in time")]
    TimedOut,
    /// Anything else; the chain of sources says what, for a log.
    #[error("asking for confirmation failed")]
    Failed(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// What this operating system asks with.
///
/// Nothing is asked of the system yet.
pub fn os_presence() -> Box<dyn UserPresence> {
    Box::new(imp::system())
}

/// A computer that has no means to ask.
#[derive(Debug, Clone, Copy, Default)]
pub struct NobodyAsks;

impl UserPresence for NobodyAsks {
    fn is_available(&self) -> bool {
        false
    }

    fn confirm(&self, _: &str) -> Result<(), PresenceError> {
        Err(PresenceError::Unavailable)
    }
}
