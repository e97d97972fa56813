//! Links that the system opened with this program, on their way to the page or to core.

use countersign_core::StartedHere;
use tauri::{AppHandle, Manager};
use tauri_specta::Event;
use tokio::sync::Semaphore;

use crate::{desk::Desk, events::LinkOpened, landing, lock::Lock, options::Link, pending::Pending, window};

/// The newest link that the page has not taken yet.
pub(crate) type PendingLink = Pending<Link>;

/// How many links may wait for their requests at once. Whoever opens more than that is no person.
static WAITING: Semaphore = Semaphore::const_new(8);

/// A link that says that this computer started a request, or one for the page.
pub(crate) fn sort(link: Option<Link>) -> (Option<Link>, Option<Link>) {
    match link {
        Some(link) if link.says_started_here() => (Some(link), None),
        link => (None, link),
    }
}

/// Shows the window, and the link in it if there is one. Nothing else happens before the person confirms; but for a
/// link that says that this computer started a request, which is for core to judge.
pub(crate) fn open(app: &AppHandle, link: Option<Link>) {
    let (here, link) = sort(link);
    if let Some(link) = here {
        started_here(app, link);
        return;
    }
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

/// Hands a link to core that says that this computer started a request, and shows that request if it waits for a
/// person. A locked program does nothing: nothing is approved behind a lock, nor behind one that closes while the
/// request is waited for.
pub(crate) fn started_here(app: &AppHandle, link: Link) {
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        let Ok(_place) = WAITING.try_acquire() else { return };
        if app.try_state::<Lock>().is_none_or(|lock| lock.is_locked()) {
            return;
        }
        let Some(desk) = app.try_state::<Desk>().map(|desk| desk.inner().clone()) else {
            return;
        };
        let Ok(open) = desk.open().await else { return };
        let still = || !app.state::<Lock>().is_locked();
        match open.authenticator.started_here(&link.into_text(), still).await {
            Ok(StartedHere::Marked(sid)) if still() => landing::open(&app, sid),
            Ok(StartedHere::Marked(_) | StartedHere::Approved(_)) => {}
            Err(error) => tracing::info!(%error, "a link said that this computer started a request"),
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_this_computer_started_is_nothing_for_the_page() {
        let started = "countersign://confirm?challenge=YC0123456789abcdef0123456789abcdef&transaction=7f3a";
        let (here, page) = sort(Link::new(started));
        assert!(here.is_some() && page.is_none());
        let (here, page) = sort(Link::new("countersign://enrol?v=1"));
        assert!(here.is_none() && page.is_some());
        assert_eq!(sort(None), (None, None));
    }
}
