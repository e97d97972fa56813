//! The settings in force, and what they change in the running program; but for the language, which `desk.rs` sees to
//! before the page asks for it.

use countersign_core::{Authenticator, Event, Settings, Theme};
use tauri::{AppHandle, Manager};
use tokio::sync::{broadcast::error::RecvError, watch};

use crate::{desk::Desk, window};

/// The settings as they were last read: the usual ones until the profile is open.
#[derive(Default)]
pub(crate) struct Chosen(watch::Sender<Settings>);

impl Chosen {
    /// The settings now.
    pub(crate) fn now(&self) -> Settings {
        self.0.borrow().clone()
    }

    /// Wakes whenever they are others.
    pub(crate) fn changes(&self) -> watch::Receiver<Settings> {
        self.0.subscribe()
    }
}

/// Reads the settings whenever they may be others, and has the program follow them.
pub(crate) async fn attend(app: AppHandle, authenticator: Authenticator) {
    let mut events = authenticator.subscribe();
    while !app.state::<Desk>().is_ending() {
        match authenticator.settings().await {
            Ok(settings) => follow(&app, settings),
            Err(error) => tracing::warn!(%error, "the settings cannot be read; those of before stay"),
        }
        loop {
            match events.recv().await {
                Ok(Event::SettingsChanged | Event::ChangedElsewhere) | Err(RecvError::Lagged(_)) => break,
                Ok(_) => {}
                Err(RecvError::Closed) => return,
            }
        }
    }
}

fn follow(app: &AppHandle, settings: Settings) {
    app.set_theme(match settings.theme {
        Theme::System => None,
        Theme::Light => Some(tauri::Theme::Light),
        Theme::Dark => Some(tauri::Theme::Dark),
    });
    if let Some(window) = app.get_webview_window(window::LABEL)
        && let Err(error) = window.set_content_protected(settings.hide_from_capture)
    {
        tracing::info!(%error, "the window cannot be left out of screenshots");
    }
    app.state::<Chosen>().0.send_if_modified(|now| {
        let others = *now != settings;
        *now = settings;
        others
    });
}
