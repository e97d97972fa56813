//! What a person chose.

use countersign_core::{Mute, MuteReason, MuteScope, Settings};
use serde::{Deserialize, Serialize};
use specta::Type;

/// The settings of this profile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SettingsView {
    /// The language, as a BCP 47 tag; null for the system's.
    pub(crate) language: Option<String>,
    /// Light, dark, or as the system has it.
    pub(crate) theme: Theme,
    /// Whether the program stays in the tray when its window is closed.
    pub(crate) close_to_tray: bool,
    /// Whether requests are announced by notifications.
    pub(crate) notifications: bool,
    /// After how many minutes without input it locks; null for never.
    pub(crate) lock_after_minutes: Option<u32>,
    /// Whether it locks when the system does, and before it sleeps.
    pub(crate) lock_with_system: bool,
    /// Whether screenshots and screen sharing leave the window out, where the system can do that.
    pub(crate) hide_from_capture: bool,
    /// For how many days the history is kept; null for ever.
    pub(crate) history_days: Option<u32>,
    /// Whether the first run has been gone through.
    pub(crate) first_run_done: bool,
}

/// The colours of the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Theme {
    /// As the system has it.
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// Of what there are no notifications, until when, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct MuteView {
    /// The factor; null for everything.
    pub(crate) factor_sid: Option<String>,
    /// Until when, by this computer's clock.
    pub(crate) until: String,
    /// Whether it is because a request was reported, and not because somebody asked for quiet.
    pub(crate) reported: bool,
}

impl From<&Mute> for MuteView {
    fn from(mute: &Mute) -> Self {
        Self {
            factor_sid: match &mute.scope {
                MuteScope::Everything => None,
                MuteScope::Factor(sid) => Some(sid.to_string()),
            },
            until: mute.until.to_string(),
            reported: mute.reason == MuteReason::Reported,
        }
    }
}

impl From<Settings> for SettingsView {
    fn from(settings: Settings) -> Self {
        Self {
            language: settings.language,
            theme: match settings.theme {
                countersign_core::Theme::System => Theme::System,
                countersign_core::Theme::Light => Theme::Light,
                countersign_core::Theme::Dark => Theme::Dark,
            },
            close_to_tray: settings.close_to_tray,
            notifications: settings.notifications,
            lock_after_minutes: settings.lock_after_minutes,
            lock_with_system: settings.lock_with_system,
            hide_from_capture: settings.hide_from_capture,
            history_days: settings.history_days,
            first_run_done: settings.first_run_done,
        }
    }
}

impl From<SettingsView> for Settings {
    fn from(view: SettingsView) -> Self {
        Self {
            language: view.language,
            theme: match view.theme {
                Theme::System => countersign_core::Theme::System,
                Theme::Light => countersign_core::Theme::Light,
                Theme::Dark => countersign_core::Theme::Dark,
            },
            close_to_tray: view.close_to_tray,
            notifications: view.notifications,
            lock_after_minutes: view.lock_after_minutes,
            lock_with_system: view.lock_with_system,
            hide_from_capture: view.hide_from_capture,
            history_days: view.history_days,
            first_run_done: view.first_run_done,
        }
    }
}
