//! Proof that it is this person at the computer, for the lock.

use std::sync::atomic::{AtomicBool, Ordering};

use countersign_core::{NotConfirmed, PinState, Purpose};
use secrecy::SecretString;
use tokio::sync::Notify;

use crate::{
    command_error::{CommandError, ErrorCode},
    desk::OpenDesk,
};

/// Whether it can be proven: with the app's PIN, or by a system that has done so before. One that never has may say
/// that it can, and fail.
pub(crate) async fn can_be_proven(desk: &OpenDesk) -> bool {
    // What cannot be read cannot be compared with either.
    desk.authenticator.pin_state().await.is_ok_and(proves)
}

fn proves(pin: PinState) -> bool {
    pin.is_set || (pin.system_asks && pin.system_confirmed)
}

/// Whether it may be possible to prove it: [`make_sure`] finds out.
pub(crate) async fn may_be_proven(desk: &OpenDesk) -> bool {
    let pin = desk.authenticator.pin_state().await;
    pin.is_ok_and(|pin| pin.is_set || pin.system_asks)
}

/// Makes sure that it can be proven later on. A system that never did has to do so now.
///
/// # Errors
/// If it cannot, or the person did not go along with it.
pub(crate) async fn make_sure(desk: &OpenDesk) -> Result<(), CommandError> {
    if can_be_proven(desk).await {
        return Ok(());
    }
    let sure = desk.authenticator.make_sure_of_presence().await;
    sure.map_err(|error| match error {
        NotConfirmed::Unavailable => CommandError::new(ErrorCode::LockUnavailable),
        error => error.into(),
    })
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

/// Whether it may have been possible to prove it when that was last looked up. A system that takes long to say so holds up nobody who
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
            let now = may_be_proven(desk).await;
            if self.found.swap(now, Ordering::Relaxed) != now {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_system_that_never_confirmed_anybody_proves_nothing_whatever_it_says_of_itself() {
        let proves = |is_set, system_asks, system_confirmed| {
            proves(PinState {
                is_set,
                system_asks,
                system_confirmed,
                tries_left: 5,
                wait: None,
            })
        };
        assert!(!proves(false, true, false), "polkit without an agent");
        assert!(!proves(false, false, true), "it is gone");
        assert!(proves(false, true, true) && proves(true, false, false));
    }
}
