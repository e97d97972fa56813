//! The camera, for as long as the page that looks through it is open, and at no other time.

use std::sync::atomic::{AtomicBool, Ordering};

use tauri::{
    Runtime, Webview,
    webview::{PermissionKind, PermissionResponse},
};

/// Whether the page with the camera is open.
#[derive(Default)]
pub(crate) struct Camera(AtomicBool);

impl Camera {
    /// Notes that the page is open now, or no longer is.
    pub(crate) fn set_open(&self, open: bool) {
        self.0.store(open, Ordering::Release);
    }

    /// What the page may use: a camera while that is open, and nothing else ever.
    pub(crate) fn answer(&self, kind: &PermissionKind) -> PermissionResponse {
        match kind {
            PermissionKind::Camera if self.0.load(Ordering::Acquire) => PermissionResponse::Allow,
            _ => PermissionResponse::Deny,
        }
    }
}

/// Turns on in the web view what the system has off: WebKitGTK knows no cameras unless it is told to.
pub(crate) fn allow<R: Runtime>(webview: &Webview<R>, open: bool) {
    #[cfg(target_os = "linux")]
    {
        use webkit2gtk::{SettingsExt, WebViewExt};
        let set = webview.with_webview(move |webview| {
            if let Some(settings) = webview.inner().settings() {
                settings.set_enable_media_stream(open);
            }
        });
        if let Err(error) = set {
            tracing::warn!(%error, "the window's camera could not be switched");
        }
    }
    #[cfg(not(target_os = "linux"))]
    let _ = (webview, open);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_camera_is_allowed_while_its_page_is_open_and_nothing_else_ever_is() {
        let camera = Camera::default();
        let allowed = |kind| matches!(camera.answer(&kind), PermissionResponse::Allow);
        assert!(!allowed(PermissionKind::Camera));
        camera.set_open(true);
        assert!(allowed(PermissionKind::Camera));
        assert!(!allowed(PermissionKind::Microphone));
        assert!(!allowed(PermissionKind::DisplayCapture));
        assert!(!allowed(PermissionKind::Geolocation));
        camera.set_open(false);
        assert!(!allowed(PermissionKind::Camera));
    }
}
