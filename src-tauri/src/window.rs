//! The one window, made in code, and everything that its page is not allowed to do.

mod place;

use tauri::{
    AppHandle, Manager, Url, WebviewUrl, WebviewWindow, WebviewWindowBuilder, Wry, webview::NewWindowResponse,
};

use crate::{attention::Attention, badge, camera::Camera, chosen::Chosen, desk::Desk};
use place::{Place, SMALLEST};

/// The size of a window that nobody has sized yet.
const USUAL: (f64, f64) = (1040.0, 720.0);

/// The window's label, which the capability in `capabilities/main.json` is given to.
pub(crate) const LABEL: &str = "main";

/// Opens the window. Its page comes out of this program and can go nowhere else: no navigation, no second window,
/// no download, no microphone, no place, and no camera but while a person looks through it.
pub(crate) fn open(app: &AppHandle) -> tauri::Result<WebviewWindow> {
    // A page that was closed could not say so any more.
    app.state::<Camera>().set_open(false);
    let builder = WebviewWindowBuilder::new(app, LABEL, WebviewUrl::App("index.html".into()));
    // Elsewhere the page is given what is dropped on it, and would be no longer.
    #[cfg(not(target_os = "linux"))]
    let builder = builder.disable_drag_drop_handler();
    in_its_place(app, builder)
        .title(badge::title(app.state::<Attention>().sight().asks.len()))
        .min_inner_size(SMALLEST.0, SMALLEST.1)
        .content_protected(app.state::<Chosen>().now().hide_from_capture)
        .on_navigation(is_own_page)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_download(|_, _| false)
        .on_permission_request(|webview, kind| webview.state::<Camera>().answer(&kind))
        .build()
}

/// Where the window was when it was last closed, or in the middle.
fn in_its_place<'a>(
    app: &AppHandle,
    builder: WebviewWindowBuilder<'a, Wry, AppHandle>,
) -> WebviewWindowBuilder<'a, Wry, AppHandle> {
    let Some(place) = Place::load(app.state::<Desk>().home()) else {
        return builder.inner_size(USUAL.0, USUAL.1).center();
    };
    let builder = builder
        .inner_size(place.width, place.height)
        .maximized(place.maximized);
    if place.is_on(&app.available_monitors().unwrap_or_default()) {
        builder.position(place.x, place.y)
    } else {
        builder.center()
    }
}

/// Keeps where the window is for the next time, if there is one.
pub(crate) fn keep_place(app: &AppHandle) {
    if let Some(window) = app.get_webview_window(LABEL) {
        Place::save(&window, app.state::<Desk>().home());
    }
}

/// Brings the window to the front, or opens it anew if it was closed.
pub(crate) fn show(app: &AppHandle) {
    let shown = match app.get_webview_window(LABEL) {
        Some(window) => window
            .unminimize()
            .and_then(|()| window.show())
            .and_then(|()| window.set_focus()),
        None => open(app).map(|_| ()),
    };
    if let Err(error) = shown {
        tracing::warn!(%error, "the window could not be shown");
    }
}

/// Whether `url` is a page of this program, as the three systems' web views name it.
fn is_own_page(url: &Url) -> bool {
    let origin = (url.scheme(), url.host_str(), url.port());
    if cfg!(windows) {
        origin == ("http", Some("tauri.localhost"), None)
    } else {
        origin == ("tauri", Some("localhost"), None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_can_navigate_to_no_other_origin() {
        let own = if cfg!(windows) {
            "http://tauri.localhost"
        } else {
            "tauri://localhost"
        };
        assert!(is_own_page(&own.parse().unwrap()));
        assert!(is_own_page(&format!("{own}/index.html#x").parse().unwrap()));
        for foreign in [
            "https://example.com/",
            "http://localhost/",
            "http://localhost:5173/",
            "http://tauri.localhost:8080/",
            "https://tauri.localhost.example.com/",
            "tauri://example.com/",
            "file:///etc/passwd",
            "data:text/html,x",
            "about:blank",
            "javascript:alert(1)",
            "countersign://enrol?v=1",
        ] {
            assert!(!is_own_page(&foreign.parse().unwrap()), "{foreign}");
        }
    }
}
