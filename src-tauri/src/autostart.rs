//! Starting with the system: in the tray, without a window. Off until somebody turns it on.

use tauri::{AppHandle, Manager, Wry, plugin::TauriPlugin};
use tauri_plugin_autostart::{AutoLaunchManager, MacosLauncher};

use crate::command_error::{CommandError, ErrorCode};

/// The option that the system starts the program with.
pub(crate) const HIDDEN: &str = "--hidden";

/// The part that knows how each system does it.
pub(crate) fn plugin() -> TauriPlugin<Wry> {
    tauri_plugin_autostart::init(MacosLauncher::LaunchAgent, Some(vec![HIDDEN]))
}

/// Whether it is on, if that can be found out.
pub(crate) async fn is_on(app: &AppHandle) -> Option<bool> {
    with(app, |launch| launch.is_enabled()).await
}

/// Turns it on or off.
///
/// # Errors
/// If the system does not take it.
pub(crate) async fn set(app: &AppHandle, on: bool) -> Result<(), CommandError> {
    let set = with(
        app,
        move |launch| if on { launch.enable() } else { launch.disable() },
    );
    set.await
        .ok_or_else(|| CommandError::new(ErrorCode::AutostartRefused))
}

async fn with<T: Send + 'static>(
    app: &AppHandle,
    act: impl FnOnce(&AutoLaunchManager) -> Result<T, tauri_plugin_autostart::Error> + Send + 'static,
) -> Option<T> {
    let app = app.clone();
    let acted = tauri::async_runtime::spawn_blocking(move || act(&app.state::<AutoLaunchManager>()));
    acted
        .await
        .ok()?
        .inspect_err(
            |error| tracing::warn!(%error, "the system did not say or take whether it starts this program"),
        )
        .ok()
}
