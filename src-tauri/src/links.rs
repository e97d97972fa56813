//! Links that the system opened with this program, on their way to the page.

use tauri::{AppHandle, Manager};
use tauri_specta::Event;

use crate::{desk::Desk, events::LinkOpened, options::Link, pending::Pending, window};

/// The newest link that the page has not taken yet.
pub(crate) type PendingLink = Pending<Link>;

/// Shows the window, and the link in it if there is one. Nothing else happens before the person confirms.
pub(crate) fn open(app: &AppHandle, link: Option<Link>) {
    window::show(app);
    // A window that is in front already does not come there anew.
    if let Some(desk) = app.try_state::<Desk>() {
        desk.expect_requests();
    }
    if let Some(link) = link {
        app.state::<PendingLink>().put(link);
        if let Err(error) = LinkOpened.emit(app) {
            tracing::warn!(%error, "the page could not be told of a link");
        }
    }
}
