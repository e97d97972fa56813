//! The interface in `ui/`: installed and built when stale.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use anyhow::{Context, Result, bail};

use crate::step::{npm, root, run};

/// The folder of the interface.
pub(crate) fn folder() -> PathBuf {
    root().join("ui")
}

/// Installs the npm packages of a folder exactly as its lock file says, unless they are there already.
pub(crate) fn install(folder: &Path) -> Result<()> {
    let lock = folder.join("package-lock.json");
    if !lock.is_file() {
        bail!("{} is missing", lock.display());
    }
    let installed = folder.join("node_modules/.package-lock.json");
    if changed(&installed) >= changed(&lock) {
        return Ok(());
    }
    run(npm(folder).args(["ci", "--no-audit", "--no-fund"]))
}

/// Builds `ui/dist`, which the window carries inside itself, unless it is newer than all it is made from.
pub(crate) fn build() -> Result<()> {
    let folder = folder();
    install(&folder)?;
    let page = changed(&folder.join("dist/index.html"));
    if page.is_some() && page >= newest(&folder)? {
        return Ok(());
    }
    run(npm(&folder).args(["run", "build"]))
}

fn changed(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).and_then(|file| file.modified()).ok()
}

/// When the newest file of a folder changed, leaving out what is installed and what is built.
fn newest(folder: &Path) -> Result<Option<SystemTime>> {
    let mut newest = None;
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let entry = entry?;
        let path = entry.path();
        let time = if !entry.file_type()?.is_dir() {
            changed(&path)
        } else if ["node_modules", "dist"]
            .iter()
            .any(|made| entry.file_name() == *made)
        {
            None
        } else {
            self::newest(&path)?
        };
        newest = newest.max(time);
    }
    Ok(newest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_installed_or_built_does_not_make_the_interface_stale() {
        let folder = std::env::temp_dir().join(format!("xtask-interface-{}", std::process::id()));
        fs::create_dir_all(folder.join("src")).unwrap();
        fs::create_dir_all(folder.join("node_modules")).unwrap();
        fs::write(folder.join("src/page"), "page").unwrap();
        let before = newest(&folder).unwrap();
        fs::write(folder.join("node_modules/library"), "library").unwrap();
        assert_eq!(newest(&folder).unwrap(), before);
        assert!(before.is_some());
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn a_folder_without_a_lock_file_is_an_error_that_names_it() {
        let error = install(Path::new("no-such-folder")).unwrap_err().to_string();
        assert!(error.contains("package-lock.json"), "{error}");
    }
}
