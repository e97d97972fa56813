//! The ways on where the keychain cannot be used.

use secrecy::SecretString;
use tauri::{AppHandle, State};

use crate::{
    command_error::{CommandError, ErrorCode},
    desk::Desk,
    lock::Lock,
};

/// Opens the vault with what the person typed, or makes it: from then on keys are made in it, after the next start
/// too. While it is locked only a vault is opened without which nothing can be unlocked.
#[tauri::command]
#[specta::specta]
pub(crate) async fn open_vault(
    desk: State<'_, Desk>,
    lock: State<'_, Lock>,
    passphrase: String,
) -> Result<(), CommandError> {
    if lock.is_locked() && desk.is_open() {
        return Err(CommandError::new(ErrorCode::Locked));
    }
    desk.open_vault(SecretString::from(passphrase)).await
}

/// Goes on with the system's keychain where the passphrase is forgotten, or its file is gone. Unlocks nothing, and is
/// refused while it is locked like everything else, unless nothing could be unlocked without it.
#[tauri::command]
#[specta::specta]
pub(crate) async fn use_system_keychain(
    desk: State<'_, Desk>,
    lock: State<'_, Lock>,
) -> Result<(), CommandError> {
    if lock.is_locked() && desk.is_open() {
        return Err(CommandError::new(ErrorCode::Locked));
    }
    desk.use_system_keychain().await
}

/// Ends the program.
#[tauri::command]
#[specta::specta]
pub(crate) fn quit(app: AppHandle) -> Result<(), CommandError> {
    app.exit(0);
    Ok(())
}
