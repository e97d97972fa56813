//! The keychain of this profile, opened as the person chose.

mod vault_first;
mod watched;

use std::{
    env,
    fs::{self, File},
    io::{self, Read},
    path::PathBuf,
};

use countersign_core::{Profile, mode_open_to_others};
use countersign_keychain::{Keychain, Vault, VaultError, os_keychain};
use secrecy::{ExposeSecret, SecretString};

use crate::{
    command_error::{CommandError, ErrorCode},
    views::PassphraseUse,
};
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

    /// What a passphrase would do that is typed in the window while the profile is open.
    pub(crate) fn passphrase_use(self, profile: &Profile) -> PassphraseUse {
        match self {
            Self::Os | Self::Vault => PassphraseUse::None,
            Self::Remembered if marker(profile).exists() => PassphraseUse::None,
            Self::Remembered if Vault::exists(&profile.vault()) => PassphraseUse::Opens,
            Self::Remembered => PassphraseUse::Makes,
        }
    }

    /// Opens the keychain, with the passphrase that was typed in the window, if one was. Blocks for about a second if
    /// it is a vault.
    ///
    /// # Errors
    /// If there is no passphrase for the vault, or it does not open it, or the vault that was chosen in the window is
    /// gone: then none is made in its place. The system's keychain is not asked yet.
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
                let path = profile.vault();
                if !Vault::exists(&path) {
                    return Err(VaultError::NotFound { path }.into());
                }
                let typed = typed.ok_or_else(|| CommandError::new(ErrorCode::PassphraseNeeded))?;
                beside_system(profile, Vault::open(&path, typed), watch)
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
    let keychain = beside_system(profile, open_or_make_vault(profile, typed), watch)?;
    fs::write(marker(profile), "").map_err(|source| VaultError::Io {
        doing: "write",
        path: marker(profile),
        source,
    })?;
    Ok(keychain)
}

/// Forgets that a vault was chosen: the system's keychain serves again, and the vault's file stays as it is.
///
/// # Errors
/// If the file system says no.
pub(crate) fn leave_vault(profile: &Profile) -> Result<(), VaultError> {
    match fs::remove_file(marker(profile)) {
        Err(source) if source.kind() != io::ErrorKind::NotFound => Err(VaultError::Io {
            doing: "remove",
            path: marker(profile),
            source,
        }),
        _ => Ok(()),
    }
}

/// A file that is there when the vault was chosen in the window.
fn marker(profile: &Profile) -> PathBuf {
    profile.home().join("vault-chosen")
}

/// A vault that was opened with what a person typed, and the system's keychain beside it.
fn beside_system(
    profile: &Profile,
    opened: Result<Vault, VaultError>,
    watch: &KeychainWatch,
) -> Result<Box<dyn Keychain>, CommandError> {
    let vault = opened.map_err(|error| match error {
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

#[cfg(test)]
mod tests {
    use countersign_keychain::KeyLocation;

    use super::*;

    fn profile() -> (Profile, tempfile::TempDir) {
        let home = tempfile::tempdir().unwrap();
        (Profile::find(Some(home.path().to_owned())).unwrap(), home)
    }

    fn passphrase() -> SecretString {
        "correct horse battery".into()
    }

    /// A profile whose person chose a vault.
    fn with_vault() -> (Profile, tempfile::TempDir) {
        let (profile, home) = profile();
        Vault::create_cheap(&profile.vault(), &passphrase()).unwrap();
        fs::write(marker(&profile), "").unwrap();
        (profile, home)
    }

    fn open(profile: &Profile, typed: Option<&SecretString>) -> Result<KeyLocation, ErrorCode> {
        let opened = KeychainChoice::Remembered.open(profile, typed, &KeychainWatch::default());
        opened
            .map(|keychain| keychain.location())
            .map_err(|error| error.code)
    }

    #[test]
    fn a_vault_that_was_chosen_and_is_gone_is_not_made_anew_whatever_is_typed() {
        let (profile, _home) = with_vault();
        assert_eq!(open(&profile, None), Err(ErrorCode::PassphraseNeeded));
        assert_eq!(
            open(&profile, Some(&"a typo".into())),
            Err(ErrorCode::PassphraseWrong)
        );
        assert_eq!(open(&profile, Some(&passphrase())), Ok(KeyLocation::Vault));
        fs::remove_file(profile.vault()).unwrap();
        for typed in [None, Some("a typo".into())] {
            assert_eq!(open(&profile, typed.as_ref()), Err(ErrorCode::VaultMissing));
        }
        assert!(!profile.vault().exists(), "a vault was made in its place");
    }

    #[test]
    fn whoever_goes_back_to_the_systems_keychain_finds_the_vault_as_it_was() {
        let (profile, _home) = with_vault();
        let before = fs::read(profile.vault()).unwrap();
        leave_vault(&profile).unwrap();
        assert_ne!(open(&profile, None), Ok(KeyLocation::Vault));
        open(&profile, None).unwrap();
        assert_eq!(fs::read(profile.vault()).unwrap(), before);
        leave_vault(&profile).unwrap();
        choose_vault(&profile, &passphrase(), &KeychainWatch::default()).unwrap();
        assert_eq!(open(&profile, Some(&passphrase())), Ok(KeyLocation::Vault));
    }

    #[test]
    fn a_passphrase_is_of_use_only_where_nobody_said_where_the_keys_are() {
        let (with, _with) = with_vault();
        assert_eq!(
            KeychainChoice::Remembered.passphrase_use(&with),
            PassphraseUse::None,
            "it serves"
        );
        leave_vault(&with).unwrap();
        let (without, _without) = profile();
        for (profile, remembered) in [(&with, PassphraseUse::Opens), (&without, PassphraseUse::Makes)] {
            assert_eq!(KeychainChoice::Remembered.passphrase_use(profile), remembered);
            assert_eq!(KeychainChoice::Os.passphrase_use(profile), PassphraseUse::None);
            assert_eq!(KeychainChoice::Vault.passphrase_use(profile), PassphraseUse::None);
        }
    }

    #[test]
    fn no_vault_is_made_while_the_systems_keychain_works() {
        use crate::views::AppState::{KeychainLocked, KeychainMissing, Ready};
        for state in [KeychainLocked, KeychainMissing] {
            assert!(PassphraseUse::Makes.is_welcome(state));
        }
        assert!(!PassphraseUse::Makes.is_welcome(Ready));
        assert!(PassphraseUse::Opens.is_welcome(Ready));
        assert!(!PassphraseUse::None.is_welcome(KeychainMissing));
    }
}
