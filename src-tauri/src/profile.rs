//! The profile that this process works with.

use std::{
    io,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

/// The namespace of the usual profile.
const USUAL: &str = "default";

/// A directory, and the names that keep it apart from other profiles of the same person. The command line program
/// uses the same rule, so that both find the same factors and the same keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Profile {
    home: PathBuf,
    namespace: String,
}

impl Profile {
    /// The profile in `home`, or the usual one.
    ///
    /// # Errors
    /// If there is no home directory to put the usual one in.
    pub(crate) fn find(home: Option<PathBuf>) -> Result<Self> {
        let usual = countersign_core::default_home();
        let home = home
            .or_else(|| usual.clone())
            .context("there is no home directory; name one with --home")?;
        let home = std::path::absolute(&home).context("the profile's directory cannot be used")?;
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

    /// Keeps its keys apart from another profile's.
    pub(crate) fn namespace(&self) -> &str {
        &self.namespace
    }

    /// What sets its instance of the program apart from the usual profile's: each profile has one window.
    pub(crate) fn instance_suffix(&self) -> Option<String> {
        (self.namespace != USUAL).then(|| format!(".{}", self.namespace))
    }

    /// Where its vault is, if it has one.
    pub(crate) fn vault(&self) -> PathBuf {
        self.home.join("keys.vault")
    }

    /// Makes the directory for this person alone, or closes it if it is empty; one with other things in it stays as
    /// its owner has it.
    ///
    /// # Errors
    /// If the file system says no.
    pub(crate) fn make_home(&self) -> io::Result<()> {
        imp::make_private_directory(&self.home)
    }
}

/// The mode of a file that others than its owner may read or write. `None` where there are no such modes.
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

    fn profile(home: &str) -> Profile {
        Profile::find(Some(home.into())).unwrap()
    }

    #[test]
    fn two_profiles_share_neither_keys_nor_a_window() {
        let (one, other) = (profile("/tmp/one"), profile("/tmp/other"));
        assert_ne!(one.namespace(), other.namespace());
        assert_ne!(one.instance_suffix(), other.instance_suffix());
        assert_eq!(one, profile("/tmp/one"));
    }

    #[cfg(unix)]
    #[test]
    fn a_new_or_empty_directory_is_closed_to_others() {
        use std::{fs, os::unix::fs::PermissionsExt};
        let folder = tempfile::tempdir().unwrap();
        for name in ["new/deep", "empty"] {
            let profile = Profile::find(Some(folder.path().join(name))).unwrap();
            if name == "empty" {
                fs::create_dir(profile.home()).unwrap();
                fs::set_permissions(profile.home(), fs::Permissions::from_mode(0o755)).unwrap();
            }
            profile.make_home().unwrap();
            assert_eq!(mode_open_to_others(profile.home()), None, "{name}");
        }
    }

    #[test]
    fn the_usual_profile_is_the_same_whether_it_is_named_or_not() {
        if let Some(usual) = countersign_core::default_home() {
            assert_eq!(Profile::find(Some(usual)).unwrap(), Profile::find(None).unwrap());
            assert_eq!(Profile::find(None).unwrap().instance_suffix(), None);
        }
    }
}
