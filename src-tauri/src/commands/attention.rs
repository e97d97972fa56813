//! What the tray and the notifications have for the page.

use tauri::State;

use crate::{command_error::CommandError, landing::PendingRequest};

/// The request that was chosen outside the window, once: there is none from the second time on. It may be over by now.
#[tauri::command]
#[specta::specta]
pub(crate) async fn pending_request(
    pending: State<'_, PendingRequest>,
) -> Result<Option<String>, CommandError> {
    Ok(pending.take().map(|sid| sid.to_string()))
}
