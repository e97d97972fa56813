//! The files of the repository.

use std::fs;
use std::path::{Path, PathBuf};

/// One file, with its path relative to the repository, written with `/`.
#[derive(Debug, Clone)]
pub(super) struct File {
    pub(super) path: String,
    pub(super) text: String,
}

/// The folder of the repository.
pub(super) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("this package lies in the repository")
        .to_path_buf()
}

/// All text files below these folders with one of these endings; not what was built or installed.
pub(super) fn files(folders: &[&str], endings: &[&str]) -> Vec<File> {
    let mut files = Vec::new();
    for folder in folders {
        collect(&root().join(folder), endings, &mut files);
    }
    files.sort_by(|one, other| one.path.cmp(&other.path));
    files
}

fn collect(folder: &Path, endings: &[&str], files: &mut Vec<File>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for path in entries.flatten().map(|entry| entry.path()) {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let made =
            ["target", "node_modules", "dist", "gen"].contains(&name.as_ref()) || name.starts_with('.');
        if path.is_dir() && !made {
            collect(&path, endings, files);
        } else if endings.iter().any(|ending| name.ends_with(ending)) {
            let relative = path
                .strip_prefix(root())
                .unwrap_or(&path)
                .to_string_lossy()
                .replace('\\', "/");
            let Ok(text) = fs::read_to_string(&path) else {
                continue;
            };
            files.push(File { path: relative, text });
        }
    }
}

/// The Rust sources of the whole workspace.
pub(super) fn rust_sources() -> Vec<File> {
    let files = files(&["crates", "src-tauri", "tests", "xtask"], &[".rs"]);
    assert!(
        files.len() > 100,
        "the sources are not where this test looks for them"
    );
    files
}
