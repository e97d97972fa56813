//! QR codes in pictures: what an enrolment link looks like before it is a text.
//!
//! A picture is somebody else's file. It is opened under limits, in the formats that a browser shows and in no
//! others; what the decoders stumble over is an answer and not the end of the program; and the work that one picture
//! may cause is counted, so that none takes longer than the largest honest one. Nothing here reads a file, asks a
//! network or keeps anything.

mod ladder;
mod picture;
mod scan;

use std::{
    fmt,
    panic::{AssertUnwindSafe, catch_unwind},
};

use image::{GrayImage, RgbaImage};

/// Longest file, in bytes. A screenshot of three large screens is half of that.
pub const MAX_BYTES: usize = 20 * 1024 * 1024;

/// Most points of a picture: six screens of 4K, or a good telephone's photograph.
pub const MAX_PIXELS: u64 = 50_000_000;

/// What a QR code says.
#[derive(Clone, PartialEq, Eq)]
pub enum Code {
    /// Something that may be an enrolment link, to be put where a pasted link goes. It may hold an access token.
    Link(String),
    /// The set-up of one-time codes. It holds a secret that is not ours, and its text ends here.
    OneTimeCode,
    /// Anything else: nobody asked for it, so it is not passed on.
    Other,
}

impl Code {
    fn of(text: &str) -> Self {
        let text = text.trim();
        let scheme = text
            .split_once(':')
            .map(|(scheme, _)| scheme.to_ascii_lowercase());
        match scheme.as_deref() {
            Some("countersign" | "authy") => Self::Link(text.to_owned()),
            Some("otpauth" | "otpauth-migration") => Self::OneTimeCode,
            // The answer of a sample backend (docs/protocol.md, section 9.2).
            _ if text.starts_with('{') => Self::Link(text.to_owned()),
            _ => Self::Other,
        }
    }
}

impl fmt::Debug for Code {
    /// Leaves the text out, which may hold a token.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Link(_) => "Link(…)",
            Self::OneTimeCode => "OneTimeCode",
            Self::Other => "Other",
        })
    }
}

/// Why a picture was not even looked at. That there is no code in it is no error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum QrError {
    /// More than [`MAX_BYTES`] or [`MAX_PIXELS`].
    #[error("the picture is too large")]
    TooLarge,
    /// No PNG, JPEG, WebP, GIF or BMP.
    #[error("this is not a picture in a known format")]
    UnknownFormat,
    /// It begins like a picture and cannot be read as one.
    #[error("the picture is damaged")]
    Damaged,
}

/// All codes in a picture file, each once, in no particular order.
///
/// # Errors
/// A [`QrError`], if it is no picture that can be looked at.
pub fn read(file: &[u8]) -> Result<Vec<Code>, QrError> {
    let pictures = unwinding(|| picture::open(file)).unwrap_or(Err(QrError::Damaged))?;
    Ok(codes(&pictures))
}

/// All codes in a picture that is there as brightness, one byte a point, as a camera's frame is.
///
/// # Errors
/// [`QrError::TooLarge`], and [`QrError::Damaged`] if there are not `width * height` bytes.
pub fn read_luma(width: u32, height: u32, luma: Vec<u8>) -> Result<Vec<Code>, QrError> {
    if u64::from(width) * u64::from(height) > MAX_PIXELS {
        return Err(QrError::TooLarge);
    }
    // A longer buffer would be taken as well, and mean that width and height are not those of this frame.
    if luma.len() as u64 != u64::from(width) * u64::from(height) {
        return Err(QrError::Damaged);
    }
    let picture = GrayImage::from_raw(width, height, luma).ok_or(QrError::Damaged)?;
    Ok(codes(&[picture]))
}

/// All codes in a picture that is there in colour, four bytes a point, as a clipboard and a screen are.
///
/// # Errors
/// As [`read_luma`].
pub fn read_rgba(width: u32, height: u32, rgba: &[u8]) -> Result<Vec<Code>, QrError> {
    if u64::from(width) * u64::from(height) > MAX_PIXELS {
        return Err(QrError::TooLarge);
    }
    if rgba.len() as u64 != u64::from(width) * u64::from(height) * 4 {
        return Err(QrError::Damaged);
    }
    let picture = RgbaImage::from_raw(width, height, rgba.to_vec()).ok_or(QrError::Damaged)?;
    Ok(codes(&picture::brightness(picture.into())))
}

fn codes(pictures: &[GrayImage]) -> Vec<Code> {
    let mut texts = ladder::climb(pictures);
    texts.sort_unstable();
    texts.dedup();
    let mut codes: Vec<Code> = texts.iter().map(|text| Code::of(text)).collect();
    // Of what is not passed on, two are no more than one.
    codes.dedup();
    codes
}

/// What `work` returns, or nothing if it panics: a decoder's slip over a stranger's bytes must cost no more than an
/// answer.
fn unwinding<T>(work: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(work)).ok()
}
