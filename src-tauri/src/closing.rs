//! What happens when the last window is closed: the program stays in the tray, where a person finds it again, or ends.

use tauri::{AppHandle, Manager};

#[cfg(target_os = "linux")]
use crate::words::{self, t};
use crate::{chosen::Chosen, desk::Desk, tray::Tray, tray_host, window};

/// Ends the program, unless it is to stay in a tray that is there. A window that was opened in the meantime stays.
pub(crate) fn stay_or_end(app: &AppHandle) {
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        if !stays(&app).await && app.get_webview_window(window::LABEL).is_none() {
            app.exit(0);
        }
    });
}

async fn stays(app: &AppHandle) -> bool {
    // A profile that did not open has nothing to wait for.
    app.state::<Desk>().is_open() && app.state::<Chosen>().now().close_to_tray && has_tray(app).await
}

async fn has_tray(app: &AppHandle) -> bool {
    app.try_state::<Tray>().is_some() && tray_host::is_there().await
}

/// Says, once per profile, that closing the window ends the program, if that is only because this desktop has no tray.
#[cfg(target_os = "linux")]
pub(crate) async fn warn_without_tray(app: &AppHandle) {
    let desk = app.state::<Desk>().inner().clone();
    let Ok(open) = desk.open().await else { return };
    let wants_tray = open
        .authenticator
        .settings()
        .await
        .is_ok_and(|it| it.close_to_tray);
    let said = desk.home().join("no-tray-said");
    if !wants_tray || said.exists() || has_tray(app).await {
        return;
    }
    let language = words::language(app);
    let shown = notify_rust::Notification::new()
        .appname("Countersign")
        .icon("countersign-app")
        .summary(&t(language, "no-tray", &[]))
        .body(&t(language, "no-tray-what", &[]))
        .show_async()
        .await;
    let kept = shown.map(|_| std::fs::write(said, ""));
    if !matches!(kept, Ok(Ok(()))) {
        tracing::info!("that there is no tray is said again another time");
    }
}
