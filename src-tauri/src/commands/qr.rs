//! Enrolment links out of pictures. Each command answers with the links that it found, at least one, for the page to
//! put where a pasted link goes; what else a picture says is told in a word and not passed on. Nothing is kept.

use std::{
    fs,
    io::{self, Read},
    path::Path,
};

use countersign_protocol::link::MAX_LEN;
use countersign_qr::{Code, QrError};
use specta::{Types, datatype::DataType, function::FunctionArg};
use tauri::{
    State, Webview,
    ipc::{CommandArg, CommandItem, InvokeBody, InvokeError},
};

use crate::{
    camera::Camera,
    command_error::{CommandError, ErrorCode},
    dropped::Dropped,
    screen::{self, Shot},
};

/// The bytes of a picture, which come as they are and not as JSON.
pub(crate) struct Body(Vec<u8>);

impl<'de, R: tauri::Runtime> CommandArg<'de, R> for Body {
    fn from_command(command: CommandItem<'de, R>) -> Result<Self, InvokeError> {
        match command.message.payload() {
            // One byte more than allowed is enough to be refused.
            InvokeBody::Raw(bytes) => Ok(Self(
                bytes[..bytes.len().min(countersign_qr::MAX_BYTES + 1)].to_vec(),
            )),
            InvokeBody::Json(_) => Err("a picture is sent as bytes".into()),
        }
    }
}

impl FunctionArg for Body {
    /// No argument by name: the page sends the bytes in its place.
    fn to_datatype(_: &mut Types) -> Option<DataType> {
        None
    }
}

/// The links in a picture that was dropped, pasted or chosen.
#[tauri::command]
#[specta::specta]
pub(crate) async fn read_qr_image(body: Body) -> Result<Vec<String>, CommandError> {
    apart(move || links(countersign_qr::read(&body.0))).await
}

/// The links in the file that was dropped on the window last; none, if it was read already. What is no file is text,
/// which is treated like a pasted one.
#[tauri::command]
#[specta::specta]
pub(crate) async fn read_qr_dropped(dropped: State<'_, Dropped>) -> Result<Vec<String>, CommandError> {
    match dropped.take() {
        Some(dropped) => apart(move || links_in(&dropped)).await,
        None => Ok(Vec::new()),
    }
}

/// The links in a frame of the camera: width and height, four bytes each with the lowest first, and then brightness.
#[tauri::command]
#[specta::specta]
pub(crate) async fn read_qr_luma(body: Body) -> Result<Vec<String>, CommandError> {
    let (width, rest) = number(&body.0)?;
    let (height, luma) = number(rest)?;
    let luma = luma.to_vec();
    apart(move || links(countersign_qr::read_luma(width, height, luma))).await
}

/// The links in the picture on the clipboard, or the text there, which is treated like a pasted one.
#[tauri::command]
#[specta::specta]
pub(crate) async fn read_qr_clipboard() -> Result<Vec<String>, CommandError> {
    apart(|| {
        let nothing = |_| CommandError::new(ErrorCode::ClipboardEmpty);
        let mut clipboard = arboard::Clipboard::new().map_err(nothing)?;
        if let Ok(picture) = clipboard.get_image() {
            return links(read_rgba(picture.width, picture.height, &picture.bytes));
        }
        Ok(vec![as_link(clipboard.get_text().map_err(nothing)?)])
    })
    .await
}

/// The links in the part of the screen that the person chooses, or on all of it where nothing can be chosen; none, if
/// they thought better of it.
#[tauri::command]
#[specta::specta]
pub(crate) async fn read_qr_screen() -> Result<Vec<String>, CommandError> {
    let shots = screen::shots()
        .await
        .map_err(|error| CommandError::new(ErrorCode::ScreenUnavailable).with_detail(error))?;
    if shots.is_empty() {
        return Ok(Vec::new());
    }
    apart(move || {
        let mut codes = Vec::new();
        for shot in shots {
            codes.extend(match shot {
                Shot::File(bytes) => countersign_qr::read(&bytes),
                Shot::Rgba { width, height, bytes } => read_rgba(width, height, &bytes),
            }?);
        }
        links(Ok(codes))
    })
    .await
}

/// Says that the page with the camera is open, or no longer is: only then may the page use one.
#[tauri::command]
#[specta::specta]
pub(crate) async fn use_camera(
    webview: Webview,
    camera: State<'_, Camera>,
    open: bool,
) -> Result<(), CommandError> {
    camera.set_open(open);
    crate::camera::allow(&webview, open);
    Ok(())
}

/// Away from the threads that serve the window: a large picture takes a second.
async fn apart<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, CommandError> + Send + 'static,
) -> Result<T, CommandError> {
    tauri::async_runtime::spawn_blocking(work)
        .await
        .unwrap_or_else(|_| Err(CommandError::new(ErrorCode::PictureDamaged)))
}

/// As the clipboard and the systems' screens have it: four bytes a point.
fn read_rgba(width: usize, height: usize, bytes: &[u8]) -> Result<Vec<Code>, QrError> {
    let (Ok(width), Ok(height)) = (u32::try_from(width), u32::try_from(height)) else {
        return Err(QrError::TooLarge);
    };
    countersign_qr::read_rgba(width, height, bytes)
}

fn links_in(dropped: &Path) -> Result<Vec<String>, CommandError> {
    if !dropped.is_absolute() {
        return Ok(vec![as_link(dropped.to_string_lossy().into_owned())]);
    }
    let damaged = |error| CommandError::new(ErrorCode::PictureDamaged).with_detail(error);
    links(countersign_qr::read(&beginning_of(dropped).map_err(damaged)?))
}

/// What is in a file, up to a byte more than is ever looked at. A pipe, which may never end, is none.
fn beginning_of(path: &Path) -> io::Result<Vec<u8>> {
    if !fs::metadata(path)?.is_file() {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    let mut bytes = Vec::new();
    let limit = countersign_qr::MAX_BYTES as u64 + 1;
    fs::File::open(path)?.take(limit).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Longer than any link is no link, whatever its end is.
fn as_link(mut text: String) -> String {
    text.truncate(text.floor_char_boundary(MAX_LEN + 1));
    text
}

fn number(bytes: &[u8]) -> Result<(u32, &[u8]), CommandError> {
    let (number, rest) = bytes
        .split_first_chunk::<4>()
        .ok_or_else(|| CommandError::not_ours("a frame"))?;
    Ok((u32::from_le_bytes(*number), rest))
}

/// The links among the codes. Without any, the error says what there is instead.
fn links(read: Result<Vec<Code>, QrError>) -> Result<Vec<String>, CommandError> {
    let mut instead = ErrorCode::CodeMissing;
    let mut links = Vec::new();
    for code in read? {
        match code {
            Code::Link(text) => links.push(text),
            Code::OneTimeCode => instead = ErrorCode::LinkOneTimeCode,
            Code::Other if instead == ErrorCode::CodeMissing => instead = ErrorCode::CodeOther,
            Code::Other => {}
        }
    }
    if links.is_empty() {
        return Err(CommandError::new(instead));
    }
    links.sort_unstable();
    links.dedup();
    Ok(links)
}

impl From<QrError> for CommandError {
    fn from(error: QrError) -> Self {
        Self::new(match error {
            QrError::TooLarge => ErrorCode::PictureTooLarge,
            QrError::UnknownFormat => ErrorCode::PictureUnknown,
            QrError::Damaged => ErrorCode::PictureDamaged,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(text: &str) -> Code {
        Code::Link(text.to_owned())
    }

    #[test]
    fn links_are_passed_on_once_and_nothing_else_is() {
        let codes = vec![link("b"), Code::OneTimeCode, link("a"), Code::Other, link("b")];
        assert_eq!(links(Ok(codes)).unwrap(), ["a", "b"]);
    }

    #[test]
    fn without_a_link_the_error_says_what_there_is() {
        let code = |codes| links(Ok(codes)).unwrap_err().code;
        assert_eq!(code(vec![]), ErrorCode::CodeMissing);
        assert_eq!(code(vec![Code::Other]), ErrorCode::CodeOther);
        assert_eq!(
            code(vec![Code::Other, Code::OneTimeCode]),
            ErrorCode::LinkOneTimeCode
        );
        assert_eq!(
            code(vec![Code::OneTimeCode, Code::Other]),
            ErrorCode::LinkOneTimeCode
        );
        assert_eq!(
            links(Err(QrError::Damaged)).unwrap_err().code,
            ErrorCode::PictureDamaged
        );
    }

    #[test]
    fn what_is_dropped_is_a_picture_or_a_link_and_nothing_else_is_opened() {
        let link = "countersign://enrol?v=1";
        assert_eq!(links_in(Path::new(link)).unwrap(), [link]);
        let folder = tempfile::tempdir().unwrap();
        let code = |path: &Path| links_in(path).unwrap_err().code;
        assert_eq!(code(folder.path()), ErrorCode::PictureDamaged);
        assert_eq!(code(&folder.path().join("gone.png")), ErrorCode::PictureDamaged);
        let text = folder.path().join("text.png");
        fs::write(&text, "no picture").unwrap();
        assert_eq!(code(&text), ErrorCode::PictureUnknown);
    }

    #[tokio::test]
    async fn a_frame_that_is_cut_short_is_refused() {
        let frame = |bytes: &[u8]| read_qr_luma(Body(bytes.to_vec()));
        assert_eq!(frame(&[1, 0, 0]).await.unwrap_err().code, ErrorCode::Internal);
        let short = frame(&[2, 0, 0, 0, 2, 0, 0, 0, 9]).await.unwrap_err();
        assert_eq!(short.code, ErrorCode::PictureDamaged);
        let empty = frame(&[1, 0, 0, 0, 1, 0, 0, 0, 9]).await.unwrap_err();
        assert_eq!(empty.code, ErrorCode::CodeMissing);
    }
}
