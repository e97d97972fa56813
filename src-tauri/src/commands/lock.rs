//! Hiding everything but the count, and showing it again.

use tauri::{AppHandle, State};

use crate::{command_error::CommandError, desk::Desk, lock::Lock};

/// Locks now.
#[tauri::command]
#[specta::specta]
pub(crate) async fn lock(lock: State<'_, Lock>, desk: State<'_, Desk>) -> Result<(), CommandError> {
    lock.on_demand(desk.open().await?).await
}

/// Unlocks, once it is proven that it is this person: by the system, or with the PIN.
#[tauri::command]
#[specta::specta]
pub(crate) async fn unlock(
    lock: State<'_, Lock>,
    desk: State<'_, Desk>,
    pin: Option<String>,
) -> Result<(), CommandError> {
    lock.unlock(desk.open().await?, pin).await
}

/// There was input in the window, so that it does not lock yet. The page says so a few times a minute at most.
#[tauri::command]
#[specta::specta]
pub(crate) fn still_here(lock: State<'_, Lock>) -> Result<(), CommandError> {
    lock.note_input();
    Ok(())
}

/// What of this computer and this desktop works, and what does not.
#[tauri::command]
#[specta::specta]
pub(crate) async fn health(app: AppHandle) -> Result<crate::views::health::Health, CommandError> {
    Ok(crate::health::look(&app).await)
}
