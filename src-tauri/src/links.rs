//! Links that the system opened with this program, on their way to the page.

use std::sync::{Mutex, PoisonError};

use tauri::{AppHandle, Manager};
use tauri_specta::Event;

use crate::{desk::Desk, events::LinkOpened, options::Link, window};

/// The newest link that the page has not taken yet. One is enough: a person confirms one at a time, and who opens
/// a second link means that one.
///
/// The page takes the link; the event only says that there is one. So a link is neither lost when it comes before
/// the page listens, as at a cold start, nor shown twice.
#[derive(Default)]
pub(crate) struct PendingLink(Mutex<Option<Link>>);

impl PendingLink {
    /// Begins with the link that the program was started with.
    pub(crate) fn starting_with(link: Option<Link>) -> Self {
        Self(Mutex::new(link))
    }

    /// The link, once.
    pub(crate) fn take(&self) -> Option<Link> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    fn put(&self, link: Link) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(link);
    }
}

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_taken_once_and_the_newest_wins() {
        let pending = PendingLink::starting_with(Link::new("countersign://one"));
        pending.put(Link::new("countersign://two").unwrap());
        assert_eq!(pending.take().unwrap().into_text(), "countersign://two");
        assert_eq!(pending.take(), None);
    }
}
