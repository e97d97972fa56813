//! Proof that it is this person at the computer, for the lock.

use std::sync::atomic::{AtomicBool, Ordering};

use countersign_core::Purpose;
use secrecy::SecretString;
use tokio::sync::Notify;

use crate::{command_error::CommandError, desk::OpenDesk};

/// Whether it could be proven: by the system, or with the app's PIN.
pub(crate) async fn can_be_proven(desk: &OpenDesk) -> bool {
    // What cannot be read cannot be compared with either.
    let pin = desk.authenticator.pin_state().await;
    pin.is_ok_and(|pin| pin.system_asks || pin.is_set)
}

/// Has it proven.
///
/// # Errors
/// If it is not.
pub(crate) async fn prove(desk: &OpenDesk, pin: Option<String>) -> Result<(), CommandError> {
    let pin = pin.map(SecretString::from);
    let confirmed = desk
        .authenticator
        .confirm_presence(&Purpose::Unlock, pin.as_ref());
    Ok(confirmed.await?)
}

/// Whether it could be proven when that was last looked up. A system that takes long to say so holds up nobody who
/// only wants to see the window.
#[derive(Default)]
pub(crate) struct Lockable {
    found: AtomicBool,
    wanted: Notify,
}

impl Lockable {
    /// What was found last; it is looked up again meanwhile.
    pub(crate) fn last_found(&self) -> bool {
        self.wanted.notify_one();
        self.found.load(Ordering::Relaxed)
    }

    /// Waits until somebody wants to know and the answer is another than before.
    pub(crate) async fn changed(&self, desk: &OpenDesk) {
        loop {
            self.wanted.notified().await;
            let now = can_be_proven(desk).await;
            if self.found.swap(now, Ordering::Relaxed) != now {
                return;
            }
        }
    }
}
