//! What a person chose for this profile: one JSON object in the store, the same for the window and the command line.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::store::StoreError;

/// The longest time without input after which it locks, in minutes: a day.
const LONGEST_IDLE: u32 = 24 * 60;

/// The longest that a history may be limited to, in days: a hundred years.
const LONGEST_HISTORY: u32 = 36_525;

/// The choices of one profile. What is not stored is as in [`Settings::default`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// The language, as a BCP 47 tag; the system's where there is none.
    pub language: Option<String>,
    /// Light, dark, or as the system has it.
    pub theme: Theme,
    /// Whether the program stays in the tray when its window is closed.
    pub close_to_tray: bool,
    /// Whether requests are announced by notifications.
    pub notifications: bool,
    /// After how many minutes without input it locks, if at all.
    pub lock_after_minutes: Option<u32>,
    /// Whether it locks when the system does, and before it sleeps.
    pub lock_with_system: bool,
    /// Whether screenshots and screen sharing leave the window out, where the system can do that.
    pub hide_from_capture: bool,
    /// For how many days the history is kept; for ever if this is not set.
    pub history_days: Option<u32>,
    /// Whether the first run has been gone through.
    pub first_run_done: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            language: None,
            theme: Theme::System,
            close_to_tray: true,
            notifications: true,
            lock_after_minutes: None,
            lock_with_system: true,
            hide_from_capture: false,
            history_days: None,
            first_run_done: false,
        }
    }
}

/// The colours of the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// As the system has it.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Settings {
    /// Whether these can be kept.
    ///
    /// # Errors
    /// A sentence that names the one that cannot, and what it may be.
    pub fn check(&self) -> Result<(), SettingsError> {
        if !self.language.as_deref().is_none_or(is_language) {
            return Err(SettingsError::Language);
        }
        if !within(self.lock_after_minutes, LONGEST_IDLE) {
            return Err(SettingsError::LockAfter);
        }
        if !within(self.history_days, LONGEST_HISTORY) {
            return Err(SettingsError::HistoryDays);
        }
        Ok(())
    }

    /// Reads what is stored, one member after the other: a value that only a later version understands is as if it
    /// were not there, and hides no other.
    pub(crate) fn from_stored(stored: &Map<String, Value>) -> Self {
        let mut read = Self::default();
        for (name, value) in stored {
            let mut members = read.to_members();
            members.insert(name.clone(), value.clone());
            if let Ok(settings) = serde_json::from_value::<Self>(members.into())
                && settings.check().is_ok()
            {
                read = settings;
            }
        }
        read
    }

    /// Writes into what is stored only what is another than what was read from it.
    pub(crate) fn write_to(&self, stored: &mut Map<String, Value>) {
        let before = Self::from_stored(stored).to_members();
        for (name, value) in self.to_members() {
            if before.get(&name) != Some(&value) {
                stored.insert(name, value);
            }
        }
    }

    fn to_members(&self) -> Map<String, Value> {
        match serde_json::to_value(self) {
            Ok(Value::Object(members)) => members,
            // A struct of plain members is an object.
            _ => Map::new(),
        }
    }
}

fn within(chosen: Option<u32>, most: u32) -> bool {
    chosen.is_none_or(|chosen| (1..=most).contains(&chosen))
}

/// Whether `tag` looks like a BCP 47 tag: subtags of one to eight letters and digits, the first of letters only.
fn is_language(tag: &str) -> bool {
    let mut subtags = tag.split('-');
    let first = subtags.next().unwrap_or_default();
    tag.len() <= 35
        && (2..=8).contains(&first.len())
        && first.bytes().all(|c| c.is_ascii_alphabetic())
        && subtags
            .all(|next| (1..=8).contains(&next.len()) && next.bytes().all(|c| c.is_ascii_alphanumeric()))
}

/// Why settings were not kept. None was changed.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// The language is none.
    #[error("the language must be a tag such as en or pt-BR")]
    Language,
    /// It would lock at once, or practically never.
    #[error("the time until it locks must be from 1 minute to a day of 1440 minutes")]
    LockAfter,
    /// The history would be empty, or is kept for ever with fewer words.
    #[error("the history can be kept for 1 to 36525 days, or for ever")]
    HistoryDays,
    /// The store cannot be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn stored(value: Value) -> Map<String, Value> {
        match value {
            Value::Object(members) => members,
            _ => panic!("an object"),
        }
    }

    #[test]
    fn what_a_later_version_wrote_survives_and_hides_nothing() {
        let mut members = stored(json!({
            "theme": "sepia", "close_to_tray": false, "sounds": {"volume": 3}, "history_days": 0,
        }));
        let read = Settings::from_stored(&members);
        assert_eq!(
            (read.theme, read.close_to_tray, read.history_days),
            (Theme::System, false, None)
        );
        Settings {
            notifications: false,
            ..read
        }
        .write_to(&mut members);
        assert_eq!(
            Value::from(members.clone()),
            json!({
                "theme": "sepia", "close_to_tray": false, "sounds": {"volume": 3}, "history_days": 0,
                "notifications": false,
            })
        );
        Settings {
            theme: Theme::Dark,
            ..Settings::from_stored(&members)
        }
        .write_to(&mut members);
        assert_eq!(members["theme"], "dark");
    }

    #[test]
    fn a_value_that_makes_no_sense_is_refused_with_a_sentence_about_it() {
        let of = |change: fn(&mut Settings)| {
            let mut settings = Settings::default();
            change(&mut settings);
            settings.check().map_err(|error| error.to_string())
        };
        for tag in ["en", "pt-BR", "zh-Hans-CN", "x-pseudo"] {
            let settings = Settings {
                language: Some(tag.to_owned()),
                ..Settings::default()
            };
            assert_eq!(settings.check().is_ok(), tag != "x-pseudo", "{tag}");
        }
        for bad in [
            "",
            "e",
            "en_GB",
            "../../etc",
            "en-",
            "deutschland",
            "en-123456789",
        ] {
            let settings = Settings {
                language: Some(bad.to_owned()),
                ..Settings::default()
            };
            assert!(
                settings.check().unwrap_err().to_string().contains("language"),
                "{bad}"
            );
        }
        assert!(
            of(|it| it.lock_after_minutes = Some(0))
                .unwrap_err()
                .contains("1440 minutes")
        );
        assert!(of(|it| it.lock_after_minutes = Some(1441)).is_err());
        assert!(
            of(|it| it.history_days = Some(0))
                .unwrap_err()
                .contains("for ever")
        );
        assert!(of(|it| it.history_days = Some(1)).is_ok());
    }
}
