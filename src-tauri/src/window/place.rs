//! Where the window was, so that it comes back there.

use std::{fs, path::Path};

use serde::{Deserialize, Serialize};
use tauri::{Monitor, WebviewWindow};

/// What of a window must be on a screen for a hand to get hold of it.
const GRIP: f64 = 64.0;

/// The smallest window that the page has a layout for, and the largest that makes sense.
pub(crate) const SMALLEST: (f64, f64) = (380.0, 480.0);
const LARGEST: f64 = 16_384.0;

/// The place of a window that is not maximised, in logical pixels, and whether it is.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(crate) struct Place {
    pub(crate) x: f64,
    pub(crate) y: f64,
    pub(crate) width: f64,
    pub(crate) height: f64,
    pub(crate) maximized: bool,
}

impl Place {
    /// Where the window of this profile was, if that makes sense.
    pub(crate) fn load(home: &Path) -> Option<Self> {
        let place: Self = serde_json::from_str(&fs::read_to_string(file(home)).ok()?).ok()?;
        place.makes_sense().then_some(place)
    }

    /// Keeps where the window is. A maximised one keeps the size that it goes back to.
    pub(crate) fn save(window: &WebviewWindow, home: &Path) {
        let Ok(mut place) = Self::of(window) else { return };
        if place.maximized
            && let Some(before) = Self::load(home)
        {
            place = Self {
                maximized: true,
                ..before
            };
        }
        let saved = serde_json::to_string(&place)
            .map_err(Into::into)
            .and_then(|text| fs::write(file(home), text));
        if let Err(error) = saved {
            tracing::info!(%error, "where the window is was not kept");
        }
    }

    /// Whether the upper edge can be reached on one of these screens. Some desktops do not say where a window is, and
    /// screens go away.
    pub(crate) fn is_on(&self, monitors: &[Monitor]) -> bool {
        monitors.iter().any(|monitor| {
            let at = monitor.position().to_logical::<f64>(monitor.scale_factor());
            let size = monitor.size().to_logical::<f64>(monitor.scale_factor());
            self.is_within((at.x, at.y), (size.width, size.height))
        })
    }

    fn is_within(&self, (left, top): (f64, f64), (width, height): (f64, f64)) -> bool {
        self.x + self.width >= left + GRIP
            && self.x + GRIP <= left + width
            && self.y >= top
            && self.y + GRIP <= top + height
    }

    fn makes_sense(&self) -> bool {
        let near = |at: f64| at.abs() <= LARGEST;
        near(self.x)
            && near(self.y)
            && (SMALLEST.0..=LARGEST).contains(&self.width)
            && (SMALLEST.1..=LARGEST).contains(&self.height)
    }

    fn of(window: &WebviewWindow) -> tauri::Result<Self> {
        let scale = window.scale_factor()?;
        let at = window.outer_position()?.to_logical::<f64>(scale);
        let size = window.inner_size()?.to_logical::<f64>(scale);
        Ok(Self {
            x: at.x,
            y: at.y,
            width: size.width,
            height: size.height,
            maximized: window.is_maximized()?,
        })
    }
}

fn file(home: &Path) -> std::path::PathBuf {
    home.join("window.json")
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLACE: Place = Place {
        x: 100.0,
        y: 50.0,
        width: 1000.0,
        height: 700.0,
        maximized: false,
    };

    #[test]
    fn a_place_that_is_kept_is_found_again_and_a_broken_one_is_not() {
        let home = tempfile::tempdir().unwrap();
        assert_eq!(Place::load(home.path()), None);
        let keep = |text: &str| fs::write(home.path().join("window.json"), text).unwrap();
        keep(&serde_json::to_string(&PLACE).unwrap());
        assert_eq!(Place::load(home.path()), Some(PLACE));
        for broken in [
            "",
            "{}",
            r#"{"x":0,"y":0,"width":1,"height":700,"maximized":false}"#,
            r#"{"x":0,"y":0,"width":1e300,"height":700,"maximized":false}"#,
            r#"{"x":1e9,"y":0,"width":1000,"height":700,"maximized":false}"#,
        ] {
            keep(broken);
            assert_eq!(Place::load(home.path()), None, "{broken}");
        }
    }

    #[test]
    fn a_window_comes_back_only_where_a_hand_can_get_hold_of_it() {
        let screen = ((0.0, 0.0), (1920.0, 1080.0));
        let is_on = |x, y| Place { x, y, ..PLACE }.is_within(screen.0, screen.1);
        assert!(is_on(0.0, 0.0) && is_on(-900.0, 10.0) && is_on(1800.0, 1000.0));
        assert!(!is_on(1900.0, 10.0), "off to the right");
        assert!(!is_on(-990.0, 10.0), "off to the left");
        assert!(!is_on(10.0, 1050.0), "below");
        assert!(!is_on(10.0, -30.0), "its bar is above the screen");
    }
}
