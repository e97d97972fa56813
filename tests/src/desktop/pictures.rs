//! Pictures with QR codes, as sites show them and screens photograph them.

use std::{
    fs,
    io::Read,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

use super::{Desktop, Program};

/// How a PNG begins.
const PNG: &[u8] = b"\x89PNG";

impl Desktop {
    /// Draws a picture with a QR code for each of these texts, side by side, and returns its file.
    ///
    /// # Errors
    /// If it cannot be drawn.
    pub fn draw_codes(&self, name: &str, texts: &[&str]) -> Result<PathBuf> {
        let picture = self.folder(name);
        let mut codes = Vec::new();
        for (number, text) in texts.iter().enumerate() {
            let code = self.folder(&format!("{name}.{number}")).display().to_string();
            self.output("qrencode", &["--output", &code, "--size", "4", text])?;
            codes.push(code);
        }
        let to = picture.display().to_string();
        let join: Vec<&str> = codes.iter().map(String::as_str).chain(["+append", &to]).collect();
        self.output("convert", &join)?;
        for code in codes {
            fs::remove_file(code)?;
        }
        Ok(picture)
    }

    /// Shows a picture in a window of its own, for as long as the value is there.
    ///
    /// # Errors
    /// If it does not appear.
    pub fn show_picture(&self, picture: &Path) -> Result<Program> {
        let path = picture.to_str().context("the path is text")?;
        let viewer = self.start_program("display", &["-title", "a picture", "-geometry", "+0+0", path])?;
        self.wait_for_window_called("^a picture$")?;
        Ok(viewer)
    }

    /// Every picture in a file of this desktop, but for the icons of the tray.
    ///
    /// # Errors
    /// If a folder cannot be read.
    pub fn picture_files(&self) -> Result<Vec<PathBuf>> {
        let mut found = Vec::new();
        look_through(self.root.path(), &mut found)?;
        found.sort();
        Ok(found)
    }
}

fn look_through(folder: &Path, found: &mut Vec<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let (path, kind) = entry.and_then(|entry| Ok((entry.path(), entry.file_type()?)))?;
        let mut start = [0; PNG.len()];
        if kind.is_dir() && !path.ends_with("tray-icon") {
            look_through(&path, found)?;
        } else if kind.is_file()
            && fs::File::open(&path).is_ok_and(|mut file| file.read_exact(&mut start).is_ok())
            && start == PNG
        {
            found.push(path);
        }
    }
    Ok(())
}
