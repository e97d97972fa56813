//! What of this computer and this desktop works. The words for it are the page's, by id and finding:
//! `health-ID-FINDING` says what is so, and `health-ID-FINDING-advice` what to do.

use serde::Serialize;
use specta::Type;

use super::KeyPlace;

/// Everything that was looked at, in the order in which it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Health {
    /// One each.
    pub(crate) items: Vec<HealthItem>,
}

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct HealthItem {
    /// What was looked at.
    pub(crate) id: HealthId,
    /// Whether it is as it should be.
    pub(crate) state: HealthState,
    /// What was found.
    pub(crate) finding: Finding,
    /// A name or a number that belongs to it: a program, seconds. Plain text, and not ours.
    pub(crate) detail: Option<String>,
    /// Where keys live, if it is about that.
    pub(crate) place: Option<KeyPlace>,
}

/// What is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) enum HealthId {
    /// Whether keys can be reached.
    Keychain,
    /// Where new keys are made.
    KeyLocation,
    /// Whether requests can be announced, and answered where they are.
    Notifications,
    /// Whether there is a tray to stay in.
    Tray,
    /// Whether links of websites lead to this program.
    Links,
    /// Whether this computer's clock is right.
    Clock,
    /// Whether it can be proven who is at the computer.
    Presence,
    /// Whether the program starts with the system.
    Autostart,
    /// Whether the window can be left out of screenshots.
    Capture,
}

/// Whether something is as it should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) enum HealthState {
    /// It is.
    Ok,
    /// Something is missed without it.
    Warn,
    /// Countersign cannot do its work without it.
    Bad,
}

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Finding {
    /// It is there and works.
    Works,
    /// There is none.
    Missing,
    /// It is there, and locked.
    Locked,
    /// It is there, and cannot do all that is needed.
    #[cfg_attr(
        not(target_os = "linux"),
        expect(dead_code, reason = "only Linux tells so much")
    )]
    Limited,
    /// It is there, and leads elsewhere. The detail says where.
    #[cfg_attr(
        not(target_os = "linux"),
        expect(dead_code, reason = "only Linux tells so much")
    )]
    Elsewhere,
    /// It differs by the seconds in the detail.
    Off,
    /// Nobody turned it on.
    NotChosen,
    /// It could not be found out.
    Unknown,
}
