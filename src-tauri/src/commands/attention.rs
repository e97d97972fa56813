//! What the tray and the notifications have for the page.

use tauri::{AppHandle, State};

use crate::{
    closing,
    command_error::{CommandError, ErrorCode},
    doorbell,
    landing::PendingRequest,
};

/// The request that was chosen outside the window, once: there is none from the second time on. It may be over by now.
#[tauri::command]
#[specta::specta]
pub(crate) async fn pending_request(
    pending: State<'_, PendingRequest>,
) -> Result<Option<String>, CommandError> {
    Ok(pending.take().map(|sid| sid.to_string()))
}

/// Shows a notification that asks for nothing, for a person to see whether one reaches them; also while they want quiet.
/// Whether the desktop took it: what it does with one only the person sees.
#[tauri::command]
#[specta::specta]
pub(crate) async fn test_notification(app: AppHandle) -> Result<bool, CommandError> {
    Ok(doorbell::try_out(&app).await)
}

/// Whether closing the window ends the program, against the person's choice, because this desktop has no tray, and they
/// did not say yet that they know.
#[tauri::command]
#[specta::specta]
pub(crate) async fn tray_missing(app: AppHandle) -> Result<bool, CommandError> {
    Ok(closing::is_to_say_no_tray(&app).await)
}

/// The person knows that there is no tray. On this profile it is not said again.
#[tauri::command]
#[specta::specta]
pub(crate) async fn note_tray_missing(app: AppHandle) -> Result<(), CommandError> {
    closing::note_no_tray(&app).map_err(|error| CommandError::new(ErrorCode::Storage).with_detail(error))
}
