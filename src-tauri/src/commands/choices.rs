//! What a person chooses: settings, quiet for a while, and whether the program starts with the system.

use countersign_core::{MuteError, MuteScope, Settings};
use jiff::SignedDuration;
use tauri::{AppHandle, State};

use crate::{
    autostart,
    command_error::CommandError,
    desk::Desk,
    presence,
    views::choices::{MuteView, SettingsView},
};

/// The settings.
#[tauri::command]
#[specta::specta]
pub(crate) async fn settings(desk: State<'_, Desk>) -> Result<SettingsView, CommandError> {
    Ok(desk.open().await?.authenticator.settings().await?.into())
}

/// Keeps other settings, all or none. A time after which it locks is chosen only where it could be unlocked again.
#[tauri::command]
#[specta::specta]
pub(crate) async fn change_settings(
    desk: State<'_, Desk>,
    settings: SettingsView,
) -> Result<(), CommandError> {
    let desk = desk.open().await?;
    let settings = Settings::from(settings);
    let minutes = settings.lock_after_minutes;
    if minutes.is_some() && minutes != desk.authenticator.settings().await?.lock_after_minutes {
        presence::make_sure(desk).await?;
    }
    Ok(desk.authenticator.change_settings(&settings).await?)
}

/// No notifications for so many minutes: of one factor, or of all.
#[tauri::command]
#[specta::specta]
pub(crate) async fn mute(
    desk: State<'_, Desk>,
    factor: Option<String>,
    minutes: u32,
) -> Result<MuteView, CommandError> {
    let lasting = SignedDuration::from_mins(minutes.into());
    let desk = desk.open().await?;
    let mute = desk.authenticator.mute(scope(factor)?, lasting).await?;
    Ok(MuteView::from(&mute))
}

/// Notifications again.
#[tauri::command]
#[specta::specta]
pub(crate) async fn unmute(desk: State<'_, Desk>, factor: Option<String>) -> Result<(), CommandError> {
    let desk = desk.open().await?;
    Ok(desk.authenticator.unmute(&scope(factor)?).await?)
}

/// Whether the program starts with the system. Null where that cannot be found out.
#[tauri::command]
#[specta::specta]
pub(crate) async fn autostart(app: AppHandle) -> Result<Option<bool>, CommandError> {
    Ok(autostart::is_on(&app).await)
}

/// Has the program start with the system, in the tray, or not any more.
#[tauri::command]
#[specta::specta]
pub(crate) async fn set_autostart(app: AppHandle, on: bool) -> Result<(), CommandError> {
    autostart::set(&app, on).await
}

fn scope(factor: Option<String>) -> Result<MuteScope, CommandError> {
    let Some(sid) = factor else {
        return Ok(MuteScope::Everything);
    };
    // What is no SID is the SID of no factor.
    let sid = sid.parse().map_err(|_| MuteError::NotFound)?;
    Ok(MuteScope::Factor(sid))
}
