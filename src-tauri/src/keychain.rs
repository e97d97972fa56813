//! The keychain of this profile, opened as the person chose.

mod vault_first;
mod watched;

use std::{
    env,
    fs::{self, File},
    io::Read,
    path::PathBuf,
};

use countersign_core::{Profile, mode_open_to_others};
use countersign_keychain::{Keychain, Vault, VaultError, os_keychain};
use secrecy::{ExposeSecret, SecretString};

use crate::command_error::{CommandError, ErrorCode};
use vault_first::VaultFirst;
pub(crate) use watched::KeychainWatch;

/// Longest passphrase that is read, in bytes. Anything longer is another file.
const MAX_PASSPHRASE: u64 = 4096;

/// The fewest characters of a passphrase that is chosen in the window.
const SHORTEST_PASSPHRASE: usize = 8;

/// Where the keys are to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum KeychainChoice {
    /// As the person chose in the window; without a choice it is the operating system's keychain.
    Remembered,
    /// The operating system's keychain.
    Os,
    /// A file encrypted with a passphrase, which is read from another file.
    Vault,
}

impl KeychainChoice {
    /// Reads `COUNTERSIGN_KEYCHAIN`. There is no falling back from one to the other: who wants a vault says so.
    ///
    /// # Errors
    /// A sentence for whoever set it to something else.
    pub(crate) fn of_this_process() -> Result<Self, String> {
        match env::var("COUNTERSIGN_KEYCHAIN").as_deref() {
            Err(env::VarError::NotPresent) | Ok("") => Ok(Self::Remembered),
            Ok("os") => Ok(Self::Os),
            Ok("vault") => Ok(Self::Vault),
            _ => Err("COUNTERSIGN_KEYCHAIN is neither os nor vault".to_owned()),
        }
    }

    /// Opens the keychain, with the passphrase that was typed in the window, if one was. Blocks for about a second if
    /// it is a vault.
    ///
    /// # Errors
    /// If there is no passphrase for the vault, or it does not open it. The system's keychain is not asked yet.
    pub(crate) fn open(
        self,
        profile: &Profile,
        typed: Option<&SecretString>,
        watch: &KeychainWatch,
    ) -> Result<Box<dyn Keychain>, CommandError> {
        match self {
            Self::Vault => {
                let vault = open_or_make_vault(profile, &read_passphrase()?)?;
                Ok(Box::new(watch.over(Box::new(vault))))
            }
            Self::Remembered if marker(profile).exists() => {
                let typed = typed.ok_or_else(|| CommandError::new(ErrorCode::PassphraseNeeded))?;
                open_typed(profile, typed, watch)
            }
            Self::Remembered | Self::Os => Ok(Box::new(watch.over(os_keychain(profile.namespace())?))),
        }
    }
}

/// Opens the vault with a passphrase that a person typed, or makes it, and remembers that it was chosen. The keys that
/// are in the system's keychain stay there, and are used where they are.
///
/// # Errors
/// If it is not the vault's passphrase, if it is too short for a new one, or if the file system says no.
pub(crate) fn choose_vault(
    profile: &Profile,
    typed: &SecretString,
    watch: &KeychainWatch,
) -> Result<Box<dyn Keychain>, CommandError> {
    let short = typed.expose_secret().chars().count() < SHORTEST_PASSPHRASE;
    if short && !Vault::exists(&profile.vault()) {
        return Err(CommandError::new(ErrorCode::PassphraseShort));
    }
    let keychain = open_typed(profile, typed, watch)?;
    fs::write(marker(profile), "").map_err(|source| VaultError::Io {
        doing: "write",
        path: marker(profile),
        source,
    })?;
    Ok(keychain)
}

/// A file that is there when the vault was chosen in the window.
fn marker(profile: &Profile) -> PathBuf {
    profile.home().join("vault-chosen")
}

fn open_typed(
    profile: &Profile,
    typed: &SecretString,
    watch: &KeychainWatch,
) -> Result<Box<dyn Keychain>, CommandError> {
    let vault = open_or_make_vault(profile, typed).map_err(|error| match error {
        VaultError::WrongPassphrase | VaultError::EmptyPassphrase => {
            CommandError::new(ErrorCode::PassphraseWrong)
        }
        error => error.into(),
    })?;
    let system = os_keychain(profile.namespace())?;
    Ok(Box::new(VaultFirst::new(Box::new(vault), system, watch)))
}

fn open_or_make_vault(profile: &Profile, passphrase: &SecretString) -> Result<Vault, VaultError> {
    let path = profile.vault();
    if Vault::exists(&path) {
        return Vault::open(&path, passphrase);
    }
    profile.make_home().map_err(|source| VaultError::Io {
        doing: "make",
        path: profile.home().to_owned(),
        source,
    })?;
    Vault::create(&path, passphrase)
}

/// A window has no terminal to ask on, and so the passphrase comes from a file that is its owner's alone.
fn read_passphrase() -> Result<SecretString, VaultError> {
    let path = env::var_os("COUNTERSIGN_VAULT_PASSPHRASE_FILE")
        .map(PathBuf::from)
        .unwrap_or_default();
    if let Some(mode) = mode_open_to_others(&path) {
        return Err(VaultError::TooOpen { path, mode });
    }
    let mut text = String::new();
    File::open(&path)
        .and_then(|file| file.take(MAX_PASSPHRASE).read_to_string(&mut text))
        .map_err(|source| VaultError::Io {
            doing: "read the passphrase in",
            path,
            source,
        })?;
    Ok(SecretString::from(text.trim_end_matches(['\r', '\n'])))
}
