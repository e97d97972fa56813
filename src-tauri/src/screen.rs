//! A look at the screen, when the person asks for one.
//!
//! On Linux the desktop's portal asks which part; on an X11 desktop that has no portal, the whole screen is looked
//! at. Windows and macOS show all monitors, macOS after asking the person once, in its settings. Nothing is kept: a
//! file that the portal made is deleted when it has been read.

#[cfg(target_os = "linux")]
mod linux;
#[cfg(not(target_os = "linux"))]
mod monitors;

#[cfg(target_os = "linux")]
use linux as imp;
#[cfg(not(target_os = "linux"))]
use monitors as imp;

/// One picture.
pub(crate) enum Shot {
    /// As a file has it.
    #[cfg_attr(
        not(target_os = "linux"),
        expect(dead_code, reason = "only the portal makes files")
    )]
    File(Vec<u8>),
    /// Four bytes a point.
    Rgba {
        /// Points from left to right.
        width: usize,
        /// Points from top to bottom.
        height: usize,
        /// Red, green, blue, and how much of the paper is hidden.
        bytes: Vec<u8>,
    },
}

/// Pictures of what is on the screen; none, if the person thought better of it.
///
/// # Errors
/// For whoever helps, in a few words.
pub(crate) async fn shots() -> Result<Vec<Shot>, String> {
    imp::shots().await
}
