//! The portal, and where there is none, X11.

use std::{env, fs, io::Read, path::PathBuf};

use ashpd::desktop::{ResponseError, screenshot::Screenshot};
use tauri::Url;
use x11rb::{
    connection::Connection,
    protocol::xproto::{ConnectionExt, ImageFormat, ImageOrder},
};

use super::Shot;

pub(super) async fn shots() -> Result<Vec<Shot>, String> {
    let asked = Screenshot::request().interactive(true).modal(true).send().await;
    match asked.and_then(|request| request.response()) {
        Ok(shot) => {
            let path = Url::parse(shot.uri().as_str())
                .ok()
                .and_then(|uri| uri.to_file_path().ok());
            let file = read_and_delete(path.ok_or("the portal named no file")?);
            Ok(vec![Shot::File(file.map_err(|error| error.to_string())?)])
        }
        Err(ashpd::Error::Response(ResponseError::Cancelled)) => Ok(Vec::new()),
        // A portal that says no is not gone round.
        Err(error @ ashpd::Error::Response(ResponseError::Other)) => Err(error.to_string()),
        // Under Wayland X11 shows nothing but black.
        Err(error) if env::var_os("WAYLAND_DISPLAY").is_some() => Err(error.to_string()),
        Err(portal) => {
            let whole = tokio::task::spawn_blocking(whole_screen).await;
            let whole = whole.map_err(|_| "X11 failed")?;
            whole
                .map(|shot| vec![shot])
                .map_err(|x11| format!("{portal}; {x11}"))
        }
    }
}

/// What is in the file, up to a byte more than is ever looked at. The file is gone afterwards, also if it could not be
/// read.
fn read_and_delete(path: PathBuf) -> std::io::Result<Vec<u8>> {
    let read = || {
        let mut bytes = Vec::new();
        let limit = countersign_qr::MAX_BYTES as u64 + 1;
        fs::File::open(&path)?.take(limit).read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    let bytes = read();
    fs::remove_file(&path)?;
    bytes
}

fn whole_screen() -> Result<Shot, Box<dyn std::error::Error + Send + Sync>> {
    let (connection, number) = x11rb::connect(None)?;
    let setup = connection.setup();
    let screen = &setup.roots[number];
    let (width, height) = (screen.width_in_pixels, screen.height_in_pixels);
    let image = connection
        .get_image(ImageFormat::Z_PIXMAP, screen.root, 0, 0, width, height, u32::MAX)?
        .reply()?;
    let format = setup
        .pixmap_formats
        .iter()
        .find(|format| format.depth == image.depth);
    if format.is_none_or(|format| format.bits_per_pixel != 32) {
        return Err("the screen has an unusual depth".into());
    }
    let mut bytes = image.data;
    for point in bytes.chunks_exact_mut(4) {
        if setup.image_byte_order == ImageOrder::LSB_FIRST {
            point.swap(0, 2);
        } else {
            point.rotate_left(1);
        }
        point[3] = u8::MAX;
    }
    Ok(Shot::Rgba {
        width: width.into(),
        height: height.into(),
        bytes,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_gone_when_it_has_been_read_and_when_it_could_not_be() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("shot.png");
        fs::write(&file, b"a picture").unwrap();
        assert_eq!(read_and_delete(file.clone()).unwrap(), b"a picture");
        assert!(!file.exists());

        let (target, link) = (folder.path().join("gone"), folder.path().join("link.png"));
        std::os::unix::fs::symlink(&target, &link).unwrap();
        assert!(read_and_delete(link.clone()).is_err());
        assert!(fs::symlink_metadata(&link).is_err());
    }
}
