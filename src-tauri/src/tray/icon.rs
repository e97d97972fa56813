//! The tray's pictures, one for each state. They differ in shape, not only in colour.

use tauri::{image::Image, include_image};

/// What the icon says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Icon {
    /// Nothing waits.
    Idle,
    /// A request waits.
    Pending,
    /// There are no notifications for a while.
    Muted,
    /// No server is reached.
    Offline,
    /// Something needs a person.
    Problem,
    /// The program is locked.
    Locked,
}

/// A picture out of `icons/tray`. The menu bar of macOS takes a shape and colours it itself.
macro_rules! picture {
    ($coloured:tt, $shape:tt) => {{
        #[cfg(target_os = "macos")]
        let picture = include_image!($shape);
        #[cfg(not(target_os = "macos"))]
        let picture = include_image!($coloured);
        picture
    }};
}

impl Icon {
    /// Its picture.
    pub(super) fn image(self) -> Image<'static> {
        match self {
            Self::Idle => picture!("../icons/tray/idle.png", "../icons/tray/idle-template.png"),
            Self::Pending => picture!("../icons/tray/pending.png", "../icons/tray/pending-template.png"),
            Self::Muted => picture!("../icons/tray/muted.png", "../icons/tray/muted-template.png"),
            Self::Offline => picture!("../icons/tray/offline.png", "../icons/tray/offline-template.png"),
            Self::Problem => picture!("../icons/tray/problem.png", "../icons/tray/problem-template.png"),
            Self::Locked => picture!("../icons/tray/locked.png", "../icons/tray/locked-template.png"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_state_has_a_picture_of_its_own() {
        let all = [
            Icon::Idle,
            Icon::Pending,
            Icon::Muted,
            Icon::Offline,
            Icon::Problem,
            Icon::Locked,
        ];
        // Ink, ground and nothing: the shape tells them apart for whoever sees no colours.
        let kind = |pixel: &[u8]| match pixel {
            [.., 0..128] => 0,
            [red, green, blue, _] if red.min(green).min(blue) > &200 => 1,
            _ => 2,
        };
        let shape = |icon: &Icon| icon.image().rgba().chunks(4).map(kind).collect();
        let shapes: Vec<Vec<u8>> = all.iter().map(shape).collect();
        for (at, shape) in shapes.iter().enumerate() {
            for other in &shapes[..at] {
                let differing = shape.iter().zip(other).filter(|(one, other)| one != other);
                assert!(differing.count() > 40, "{:?}", all[at]);
            }
        }
    }
}
