//! Files that are dragged over the window and dropped on it, on systems whose web view keeps them from its page.
//!
//! WebKitGTK does since 2.50.3, because it cannot tell what another program drags from what a page pretends to
//! (CVE-2025-13947). So the page learns that there is something, and the program reads it. What is dropped lies here as
//! its path; the page never names a file.

use std::path::PathBuf;

use tauri::{AppHandle, DragDropEvent, Manager};
use tauri_specta::Event;

use crate::{
    events::{Dragging, FileDragged},
    pending::Pending,
};

/// What was dropped last, until it is read: a file, or a link that a browser gave out as one.
pub(crate) type Dropped = Pending<PathBuf>;

/// Notes what is dropped, and tells the page how the dragging goes.
pub(crate) fn attend(app: &AppHandle, event: DragDropEvent) {
    let dragging = match event {
        DragDropEvent::Enter { .. } => Dragging::Over,
        DragDropEvent::Leave => Dragging::Left,
        DragDropEvent::Drop { paths, .. } => {
            let Some(first) = paths.into_iter().next() else {
                return;
            };
            app.state::<Dropped>().put(first);
            Dragging::Dropped
        }
        _ => return,
    };
    if let Err(error) = (FileDragged { dragging }).emit(app) {
        tracing::warn!(%error, "the page could not be told of a file");
    }
}
