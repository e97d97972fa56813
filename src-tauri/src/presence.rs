//! Proof that it is this person at the computer, for the lock.

use countersign_core::Purpose;
use secrecy::SecretString;

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
