//! The request that the window should open at: somebody chose it in the tray or in a notification.

use countersign_protocol::sid::ChallengeSid;
use tauri::{AppHandle, Manager};
use tauri_specta::Event;

use crate::{events::RequestOpened, links, pending::Pending};

/// The newest request that the page has not taken yet.
pub(crate) type PendingRequest = Pending<ChallengeSid>;

/// Shows the window, and this request in it as soon as the page can: at once, when the window was made for it, or
/// after unlocking.
pub(crate) fn open(app: &AppHandle, sid: ChallengeSid) {
    app.state::<PendingRequest>().put(sid);
    links::open(app, None);
    if let Err(error) = RequestOpened.emit(app) {
        tracing::warn!(%error, "the page could not be told of a request");
    }
}
