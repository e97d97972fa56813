//! What the page is told without asking. Events are hints: the page reads again and is right, whatever it missed.

use serde::{Deserialize, Serialize};
use specta::Type;
use tauri_specta::Event;

/// `snapshot` may have something new to say.
#[derive(Debug, Clone, Serialize, Deserialize, Type, Event)]
pub(crate) struct Changed {
    /// What changed, for whoever debugs the page. The page does the same for every reason.
    pub(crate) reason: String,
}

/// A link was opened with this program: `pending_link` has it.
#[derive(Debug, Clone, Serialize, Deserialize, Type, Event)]
pub(crate) struct LinkOpened;

/// A file is dragged over the window; `read_qr_dropped` reads it when it was dropped. The page hears of this only where
/// its web view tells it nothing.
#[derive(Debug, Clone, Serialize, Deserialize, Type, Event)]
pub(crate) struct FileDragged {
    /// How far it is.
    pub(crate) dragging: Dragging,
}

/// Where a file is that somebody drags.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Dragging {
    /// Over the window.
    Over,
    /// Gone again.
    Left,
    /// Let go of.
    Dropped,
}

/// A request was chosen outside the window: `pending_request` has it.
#[derive(Debug, Clone, Serialize, Deserialize, Type, Event)]
pub(crate) struct RequestOpened;
