//! The profile that a process works with: which directory, and under which names.

use std::{
    io,
    path::{Path, PathBuf},
};

use sha2::{Digest, Sha256};

use crate::home::default_home;

/// The namespace of the usual profile.
const USUAL: &str = "default";

/// A directory, and the names that keep it apart from other profiles of the same person. Window and command line
/// both take it from here, so that they find the same factors and the same keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    home: PathBuf,
    namespace: String,
}

impl Profile {
    /// The profile in `home`, or the usual one.
    ///
    /// # Errors
    /// If there is no home directory to put the usual one in, or the path cannot be made absolute.
    pub fn find(home: Option<PathBuf>) -> Result<Self, ProfileError> {
        let usual = default_home();
        let home = home.or_else(|| usual.clone()).ok_or(ProfileError::NoHome)?;
        let home = std::path::absolute(&home).map_err(ProfileError::Unusable)?;
        let namespace = if usual.as_ref() == Some(&home) {
            USUAL.to_owned()
        } else {
            derive_namespace(&home)
        };
        Ok(Self { home, namespace })
    }

    /// Its directory.
    pub fn home(&self) -> &Path {
        &self.home
    }

    /// Keeps its keys apart from another profile's.
    pub fn namespace(&self) -> &str {
        &self.namespace
    }

    /// What sets its instance of the program apart from the usual profile's: each profile has one window.
    pub fn instance_suffix(&self) -> Option<String> {
        (self.namespace != USUAL).then(|| format!(".{}", self.namespace))
    }

    /// Where its vault is, if it has one.
    pub fn vault(&self) -> PathBuf {
        self.home.join("keys.vault")
    }

    /// The directory's mode, if others may look into it.
    pub fn open_to_others(&self) -> Option<u32> {
        mode_open_to_others(&self.home)
    }

    /// Makes the directory for this person alone, or closes it if it is empty; one with other things in it stays as
    /// its owner has it.
    ///
    /// # Errors
    /// If the file system says no.
    pub fn make_home(&self) -> io::Result<()> {
        imp::make_private_directory(&self.home)
    }
}

/// Why there is no profile to work with.
#[derive(Debug, thiserror::Error)]
pub enum ProfileError {
    /// The usual profile lies in the home directory, and there is none.
    #[error("there is no home directory; name one with --home")]
    NoHome,
    /// The path is empty, or the working directory that it starts from is gone.
    #[error("the directory given with --home cannot be used")]
    Unusable(#[source] io::Error),
}

/// The mode of a file or directory that others than its owner may read, write or enter. `None` where there are no
/// such modes.
pub fn mode_open_to_others(path: &Path) -> Option<u32> {
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
        if let Some(usual) = default_home() {
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

    #[test]
    fn two_profiles_share_no_window_and_the_usual_one_is_the_same_whether_it_is_named_or_not() {
        let named = |home: &str| Profile::find(Some(home.into())).unwrap();
        assert_ne!(
            named("/tmp/one").instance_suffix(),
            named("/tmp/other").instance_suffix()
        );
        if let Some(usual) = default_home() {
            assert_eq!(Profile::find(Some(usual)).unwrap(), Profile::find(None).unwrap());
            assert_eq!(Profile::find(None).unwrap().instance_suffix(), None);
        }
    }
}
