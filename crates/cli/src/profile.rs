//! The profile that this run works with.

use std::{
    io,
    path::{Path, PathBuf},
};

use sha2::{Digest, Sha256};

use crate::failure::Failure;

/// The namespace of the usual profile.
const USUAL: &str = "default";

/// A directory, and the names that keep its keys apart from another profile's. The window uses the same rule, so
/// that both find the same factors and the same keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Profile {
    home: PathBuf,
    namespace: String,
}

impl Profile {
    /// The profile in `home`, or the usual one.
    pub(crate) fn find(home: Option<PathBuf>) -> Result<Self, Failure> {
        let usual = countersign_core::default_home();
        let home = home
            .or_else(|| usual.clone())
            .ok_or_else(|| Failure::usage("there is no home directory; name one with --home"))?;
        let home = std::path::absolute(&home)
            .map_err(|_| Failure::usage("the directory given with --home cannot be used"))?;
        let namespace = if usual.as_ref() == Some(&home) {
            USUAL.to_owned()
        } else {
            derive_namespace(&home)
        };
        Ok(Self { home, namespace })
    }

    /// Its directory.
    pub(crate) fn home(&self) -> &Path {
        &self.home
    }

    /// Keeps its keys apart from another profile's in the keychain of the system.
    pub(crate) fn namespace(&self) -> &str {
        &self.namespace
    }

    /// Where its vault is, if it has one.
    pub(crate) fn vault(&self) -> PathBuf {
        self.home.join("keys.vault")
    }

    /// Makes the directory, for this person alone.
    pub(crate) fn make_home(&self) -> io::Result<()> {
        imp::make_private_directory(&self.home)
    }

    /// The directory's mode, if others may look into it.
    pub(crate) fn open_to_others(&self) -> Option<u32> {
        mode_open_to_others(&self.home)
    }
}

/// The mode of a file or directory that others than its owner may read, write or enter. `None` where there are no
/// such modes.
pub(crate) fn mode_open_to_others(path: &Path) -> Option<u32> {
    imp::mode(path).filter(|mode| mode & 0o077 != 0)
}

/// A name for the profile in `home`: the same for the same path, and another for every other one.
fn derive_namespace(home: &Path) -> String {
    let digest = Sha256::digest(home.as_os_str().as_encoded_bytes());
    digest[..16]
        .iter()
        .fold("home-".to_owned(), |name, byte| format!("{name}{byte:02x}"))
}

#[cfg(unix)]
mod imp {
    use std::{
        fs::{DirBuilder, Permissions, set_permissions},
        io,
        os::unix::fs::{DirBuilderExt, PermissionsExt},
        path::Path,
    };

    pub(super) fn make_private_directory(path: &Path) -> io::Result<()> {
        if !path.exists() {
            return DirBuilder::new().recursive(true).mode(0o700).create(path);
        }
        // An empty one will be ours; one with other things in it stays as its owner has it.
        if path.read_dir()?.next().is_none() {
            set_permissions(path, Permissions::from_mode(0o700))?;
        }
        Ok(())
    }

    pub(super) fn mode(path: &Path) -> Option<u32> {
        path.metadata()
            .ok()
            .map(|metadata| metadata.permissions().mode() & 0o777)
    }
}

#[cfg(not(unix))]
mod imp {
    use std::{io, path::Path};

    pub(super) fn make_private_directory(path: &Path) -> io::Result<()> {
        std::fs::create_dir_all(path)
    }

    pub(super) fn mode(_: &Path) -> Option<u32> {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_profile_has_its_own_namespace_and_the_usual_one_its_own_name() {
        let named = |home: &str| Profile::find(Some(home.into())).unwrap();
        assert_ne!(named("/tmp/one").namespace(), named("/tmp/other").namespace());
        assert_eq!(named("/tmp/one"), named("/tmp/one"));
        assert_eq!(named("/tmp/one").namespace().len(), "home-".len() + 32);
        if let Some(usual) = countersign_core::default_home() {
            assert_eq!(Profile::find(Some(usual)).unwrap().namespace(), "default");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_new_or_empty_directory_is_closed_and_a_full_one_left_alone() {
        use std::{fs, os::unix::fs::PermissionsExt};
        let scratch = tempfile::tempdir().unwrap();
        let profile = |name: &str| Profile::find(Some(scratch.path().join(name))).unwrap();
        profile("new/deep").make_home().unwrap();
        assert_eq!(profile("new/deep").open_to_others(), None);
        for (name, expected) in [("empty", None), ("full", Some(0o755))] {
            let home = scratch.path().join(name);
            fs::create_dir(&home).unwrap();
            fs::set_permissions(&home, fs::Permissions::from_mode(0o755)).unwrap();
            if name == "full" {
                fs::write(home.join("thesis.txt"), "x").unwrap();
            }
            profile(name).make_home().unwrap();
            assert_eq!(profile(name).open_to_others(), expected, "{name}");
        }
    }
}
