//! How many requests can be answered, on the program's icon in the dock or the task bar, and in the window's title.

#[cfg(any(target_os = "windows", test))]
mod overlay;

use tauri::{AppHandle, Manager};

use crate::{attention::Attention, window};

/// Keeps the count up to date.
pub(crate) async fn attend(app: AppHandle) {
    let mut sights = app.state::<Attention>().follow();
    let mut shown = None;
    loop {
        let (count, looked_at) = {
            let sight = sights.borrow_and_update();
            (sight.asks.len(), sight.looked_at)
        };
        // A window that is made anew comes to the front without the count.
        if shown != Some((count, looked_at)) {
            shown = Some((count, looked_at));
            show(&app, count).await;
        }
        if sights.changed().await.is_err() {
            return;
        }
    }
}

/// What the window is called.
pub(crate) fn title(count: usize) -> String {
    match count {
        0 => "Countersign".to_owned(),
        count => format!("({count}) Countersign"),
    }
}

/// Takes the count away, before the program ends.
pub(crate) async fn clear(app: &AppHandle) {
    imp::show(app, 0).await;
}

async fn show(app: &AppHandle, count: usize) {
    if let Some(window) = app.get_webview_window(window::LABEL)
        && let Err(error) = window.set_title(&title(count))
    {
        tracing::debug!(%error, "the window's title could not be changed");
    }
    imp::show(app, count).await;
}

/// Docks of Linux desktops listen on the session's bus for what `libunity` once sent them.
#[cfg(target_os = "linux")]
mod imp {
    use std::collections::HashMap;

    use tauri::{AppHandle, Manager};
    use tokio::sync::OnceCell;
    use zbus::{Connection, zvariant::Value};

    /// The program as docks know it: the name of the file that the packages install for it.
    const PROGRAM: &str = "application://Countersign.desktop";

    /// Docks take the count away when the connection that sent it ends, so that there is one for as long as the
    /// program runs.
    #[derive(Default)]
    struct Bus(OnceCell<Connection>);

    pub(super) async fn show(app: &AppHandle, count: usize) {
        app.manage(Bus::default());
        if let Err(error) = send(&app.state::<Bus>(), count).await {
            tracing::info!(%error, "no dock was told how much waits");
        }
    }

    async fn send(Bus(bus): &Bus, count: usize) -> zbus::Result<()> {
        let bus = bus.get_or_try_init(Connection::session).await?;
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        let properties = HashMap::from([
            ("count", Value::from(count)),
            ("count-visible", Value::from(count > 0)),
        ]);
        bus.emit_signal(
            None::<&str>,
            "/org/countersign/desktop",
            "com.canonical.Unity.LauncherEntry",
            "Update",
            &(PROGRAM, properties),
        )
        .await
    }
}

/// The task bar of Windows has no counts, but takes a small picture over the program's icon.
#[cfg(target_os = "windows")]
mod imp {
    use tauri::{AppHandle, Manager};

    use super::overlay;
    use crate::window;

    #[expect(clippy::unused_async, reason = "on Linux it waits for the bus")]
    pub(super) async fn show(app: &AppHandle, count: usize) {
        let Some(window) = app.get_webview_window(window::LABEL) else {
            return;
        };
        if let Err(error) = window.set_overlay_icon(overlay::picture(count)) {
            tracing::info!(%error, "the task bar was not told how much waits");
        }
    }
}

#[cfg(target_os = "macos")]
mod imp {
    use tauri::{AppHandle, Manager};

    use crate::window;

    #[expect(clippy::unused_async, reason = "on Linux it waits for the bus")]
    pub(super) async fn show(app: &AppHandle, count: usize) {
        let Some(window) = app.get_webview_window(window::LABEL) else {
            return;
        };
        let count = i64::try_from(count).ok().filter(|count| *count > 0);
        if let Err(error) = window.set_badge_count(count) {
            tracing::info!(%error, "the dock was not told how much waits");
        }
    }
}
