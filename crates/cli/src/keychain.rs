//! The keychain of this run.

use std::time::Duration;

use countersign_core::Profile;
use countersign_keychain::{
    KeyId, KeyLocation, Keychain, KeychainError, KeychainThread, Vault, VaultError, os_keychain,
};
use countersign_protocol::keys::{PublicKey, Signature};

use crate::{arguments::KeychainChoice, exit::Exit, failure::Failure, passphrase};

/// How long the keychain of the system may take: long enough for a person to unlock it.
const LIMIT: Duration = KeychainThread::USUAL_LIMIT;

/// What a command does with keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Use {
    /// It makes one, and the vault too, if there is none.
    Make,
    /// It signs with those there are.
    Sign,
    /// Nothing: it only reads what is stored here. Nobody is asked for a passphrase for that.
    Nothing,
}

/// Opens the keychain that was chosen. None ever stands in for the other.
///
/// # Errors
/// [`Exit::Keychain`]. The keychain of the system is not asked yet.
pub(crate) fn open(
    choice: KeychainChoice,
    profile: &Profile,
    purpose: Use,
) -> Result<KeychainThread, Failure> {
    let keychain = match choice {
        KeychainChoice::Os => os_keychain(profile.namespace())?,
        KeychainChoice::Vault => open_vault(profile, purpose)?,
    };
    Ok(KeychainThread::start(keychain, LIMIT))
}

fn open_vault(profile: &Profile, purpose: Use) -> Result<Box<dyn Keychain>, Failure> {
    let path = profile.vault();
    match (Vault::exists(&path), purpose) {
        (_, Use::Nothing) | (false, Use::Sign) => Ok(Box::new(UnopenedVault)),
        (true, _) => Ok(Box::new(Vault::open(&path, &passphrase::recall()?)?)),
        (false, Use::Make) => {
            profile.make_home().map_err(|error| {
                Failure::other(format!("{} cannot be made: {error}.", profile.home().display()))
            })?;
            Ok(Box::new(Vault::create(&path, &passphrase::choose()?)?))
        }
    }
}

/// A vault that nobody has opened, because nothing is to be signed or because there is none yet.
struct UnopenedVault;

impl Keychain for UnopenedVault {
    fn location(&self) -> KeyLocation {
        KeyLocation::Vault
    }

    fn create(&self, _: &KeyId) -> Result<PublicKey, KeychainError> {
        Err(KeychainError::Locked)
    }

    fn public_key(&self, _: &KeyId) -> Result<PublicKey, KeychainError> {
        Err(KeychainError::Locked)
    }

    fn sign(&self, _: &KeyId, _: &[u8]) -> Result<Signature, KeychainError> {
        Err(KeychainError::Locked)
    }

    fn delete(&self, _: &KeyId) -> Result<(), KeychainError> {
        Err(KeychainError::Locked)
    }
}

impl From<KeychainError> for Failure {
    fn from(error: KeychainError) -> Self {
        let (code, advice) = match &error {
            KeychainError::Missing => (
                "keychain_missing",
                "Start a desktop session with a keyring, or use a vault: --keychain vault.",
            ),
            KeychainError::Locked => ("keychain_locked", "Unlock it and try again."),
            KeychainError::TimedOut => (
                "keychain_locked",
                "Look for a prompt that asks for its password, and try again.",
            ),
            KeychainError::Refused => ("keychain_refused", "Allow Countersign to use it, and try again."),
            KeychainError::Lost { .. } => (
                "key_lost",
                "Remove the factor and enrol anew; or, if its key is elsewhere, choose that with --keychain.",
            ),
            KeychainError::Ambiguous => ("keychain", "Remove the factor and enrol anew."),
            KeychainError::AlreadyExists | KeychainError::Failed(_) => {
                ("keychain", "Run: countersign doctor")
            }
            KeychainError::Damaged => (
                "key_damaged",
                "Remove the factor and enrol anew, or restore a copy.",
            ),
        };
        let reason = match &error {
            KeychainError::Failed(source) => format!("{error}: {source}"),
            _ => error.to_string(),
        };
        Self::new(Exit::Keychain, sentence(&reason))
            .with_code(code)
            .with_advice(advice)
    }
}

impl From<VaultError> for Failure {
    fn from(error: VaultError) -> Self {
        let (code, advice) = match &error {
            VaultError::WrongPassphrase => ("wrong_passphrase", "Try again."),
            VaultError::EmptyPassphrase => ("passphrase", "Choose one with at least one character."),
            VaultError::NotFound { .. } => ("vault_missing", "Enrol this computer; that makes the vault."),
            VaultError::Damaged { .. } => (
                "vault_damaged",
                "Restore a copy, or remove the file and enrol anew.",
            ),
            VaultError::TooNew { .. } => ("vault_too_new", "Use a newer version of Countersign."),
            VaultError::Replaced => ("vault_replaced", "Try again."),
            VaultError::AlreadyExists { .. }
            | VaultError::Full
            | VaultError::TooOpen { .. }
            | VaultError::Io { .. } => ("vault", ""),
        };
        let reason = match &error {
            VaultError::Io { source, .. } => format!("{error}: {source}"),
            _ => error.to_string(),
        };
        Self::new(Exit::Keychain, sentence(&reason))
            .with_code(code)
            .with_advice(advice)
    }
}

/// A reason as a sentence.
pub(crate) fn sentence(reason: &str) -> String {
    let mut letters = reason.trim().chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    let text = format!("{first}{}", letters.as_str());
    if text.ends_with(['.', '!', '?']) {
        text
    } else {
        format!("{text}.")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_asked_for_a_passphrase_for_nothing() {
        let scratch = tempfile::tempdir().unwrap();
        let profile = Profile::find(Some(scratch.path().to_owned())).unwrap();
        for purpose in [Use::Nothing, Use::Sign] {
            let keychain = open(KeychainChoice::Vault, &profile, purpose).unwrap();
            assert_eq!(keychain.location(), KeyLocation::Vault);
        }
        assert!(!profile.vault().exists());
    }

    #[test]
    fn every_reason_of_a_keychain_has_its_exit_and_a_way_on() {
        for error in [
            KeychainError::Missing,
            KeychainError::Locked,
            KeychainError::Refused,
            KeychainError::Lost { id: KeyId::make() },
            KeychainError::Ambiguous,
            KeychainError::AlreadyExists,
            KeychainError::Damaged,
            KeychainError::TimedOut,
            KeychainError::Failed("why".into()),
        ] {
            let failure = Failure::from(error);
            assert_eq!(failure.exit, Exit::Keychain);
            assert!(failure.advice.is_some(), "{}", failure.message);
        }
    }

    #[test]
    fn a_reason_becomes_a_sentence() {
        assert_eq!(sentence("the keychain is locked"), "The keychain is locked.");
        assert_eq!(sentence("Why? "), "Why?");
    }
}
