//! The profile that this process works with.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

/// The namespace of the usual profile.
const USUAL: &str = "default";

/// A directory, and the names that keep it apart from other profiles of the same person.
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
}

/// A name for the profile in `home`: the same for the same path, and another for every other one.
fn derive_namespace(home: &Path) -> String {
    let digest = Sha256::digest(home.as_os_str().as_encoded_bytes());
    digest[..16]
        .iter()
        .fold("home-".to_owned(), |name, byte| format!("{name}{byte:02x}"))
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

    #[test]
    fn the_usual_profile_is_the_same_whether_it_is_named_or_not() {
        if let Some(usual) = countersign_core::default_home() {
            assert_eq!(Profile::find(Some(usual)).unwrap(), Profile::find(None).unwrap());
            assert_eq!(Profile::find(None).unwrap().instance_suffix(), None);
        }
    }
}
