//! What happens when the last window is closed: the program stays in the tray, where a person finds it again, or ends.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

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

/// Whether the window is to say that closing it ends the program, which is only because this desktop has no tray: until
/// the person says that they know.
pub(crate) async fn is_to_say_no_tray(app: &AppHandle) -> bool {
    let desk = app.state::<Desk>();
    desk.is_open()
        && app.state::<Chosen>().now().close_to_tray
        && is_unknown(&note(&desk))
        && !has_tray(app).await
}

/// Notes that the person knows.
///
/// # Errors
/// If the profile cannot be written to.
pub(crate) fn note_no_tray(app: &AppHandle) -> io::Result<()> {
    fs::write(note(&app.state::<Desk>()), "")
}

/// What the profile remembers of having told that there is no tray.
fn note(desk: &Desk) -> PathBuf {
    desk.home().join("no-tray-said")
}

/// What the note holds as long as only a notification told it, which may have gone by unseen.
const ANNOUNCED: &str = "announced";

fn is_unknown(note: &Path) -> bool {
    match fs::read_to_string(note) {
        Ok(text) => text == ANNOUNCED,
        Err(error) => error.kind() == io::ErrorKind::NotFound,
    }
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
    let said = note(&desk);
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
    let kept = shown.map(|_| fs::write(said, ANNOUNCED));
    if !matches!(kept, Ok(Ok(()))) {
        tracing::info!("that there is no tray is said again another time");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_says_it_until_the_person_knows_whether_or_not_a_notification_did() {
        let home = tempfile::tempdir().unwrap();
        let note = home.path().join("note");
        assert!(is_unknown(&note));
        fs::write(&note, ANNOUNCED).unwrap();
        assert!(is_unknown(&note));
        fs::write(&note, "").unwrap();
        assert!(!is_unknown(&note));
    }
}
