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

/// A request was chosen outside the window: `pending_request` has it.
#[derive(Debug, Clone, Serialize, Deserialize, Type, Event)]
pub(crate) struct RequestOpened;
