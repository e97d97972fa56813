//! Policies, the app's PIN, and showing who is there.

use countersign_core::Purpose;
use countersign_protocol::sid::FactorSid;
use secrecy::SecretString;
use tauri::State;

use crate::{
    command_error::CommandError,
    desk::Desk,
    views::{
        FactorView,
        verification::{PinView, PolicyView, PurposeView},
    },
};

/// Changes how a factor's requests may be approved. What lets more through than before needs the person who may.
#[tauri::command]
#[specta::specta]
pub(crate) async fn change_policy(
    desk: State<'_, Desk>,
    sid: String,
    policy: PolicyView,
    pin: Option<String>,
) -> Result<FactorView, CommandError> {
    let authenticator = &desk.open().await?.authenticator;
    let sid: FactorSid = sid
        .parse()
        .map_err(|_| CommandError::not_ours("a factor's SID"))?;
    let pin = pin.map(SecretString::from);
    authenticator
        .change_policy(&sid, policy.into(), pin.as_ref())
        .await?;
    let factors = authenticator.factors().await?;
    let changed = factors.iter().find(|factor| factor.sid == sid);
    changed
        .map(FactorView::from)
        .ok_or_else(|| CommandError::not_ours("a factor that is gone"))
}

/// What is known of the app's PIN, and whether the system asks instead.
#[tauri::command]
#[specta::specta]
pub(crate) async fn pin_state(desk: State<'_, Desk>) -> Result<PinView, CommandError> {
    Ok(desk.open().await?.authenticator.pin_state().await?.into())
}

/// Chooses the app's PIN, or changes it with the old one.
#[tauri::command]
#[specta::specta]
pub(crate) async fn set_pin(
    desk: State<'_, Desk>,
    pin: String,
    old: Option<String>,
) -> Result<PinView, CommandError> {
    let authenticator = &desk.open().await?.authenticator;
    let (pin, old) = (SecretString::from(pin), old.map(SecretString::from));
    authenticator.set_pin(&pin, old.as_ref()).await?;
    Ok(authenticator.pin_state().await?.into())
}

/// Removes the app's PIN, with the PIN.
#[tauri::command]
#[specta::specta]
pub(crate) async fn remove_pin(desk: State<'_, Desk>, old: String) -> Result<PinView, CommandError> {
    let authenticator = &desk.open().await?.authenticator;
    authenticator.remove_pin(&SecretString::from(old)).await?;
    Ok(authenticator.pin_state().await?.into())
}

/// Has the person show that it is them. It approves nothing.
#[tauri::command]
#[specta::specta]
pub(crate) async fn verify_presence(
    desk: State<'_, Desk>,
    purpose: PurposeView,
    pin: Option<String>,
) -> Result<(), CommandError> {
    let purpose = match purpose {
        PurposeView::Unlock => Purpose::Unlock,
        PurposeView::ChangePolicy => Purpose::ChangePolicy,
    };
    let pin = pin.map(SecretString::from);
    let authenticator = &desk.open().await?.authenticator;
    Ok(authenticator.confirm_presence(&purpose, pin.as_ref()).await?)
}
