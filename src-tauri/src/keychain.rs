//! The keychain of this profile, opened as the person chose, and watched for whether it works.

use std::{
    env,
    fs::File,
    io::Read,
    path::PathBuf,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use countersign_core::{Profile, mode_open_to_others};
use countersign_keychain::{KeyId, KeyLocation, Keychain, KeychainError, Vault, VaultError, os_keychain};
use countersign_protocol::keys::{PublicKey, Signature};
use secrecy::SecretString;
use tokio::sync::Notify;

use crate::{command_error::CommandError, views::AppState};

/// Longest passphrase that is read, in bytes. Anything longer is another file.
const MAX_PASSPHRASE: u64 = 4096;

/// A call that takes longer than this waits for a person who has to type a password somewhere.
const PROMPTING: Duration = Duration::from_secs(5);

/// Where the keys are to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum KeychainChoice {
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
            Err(env::VarError::NotPresent) | Ok("" | "os") => Ok(Self::Os),
            Ok("vault") => Ok(Self::Vault),
            _ => Err("COUNTERSIGN_KEYCHAIN is neither os nor vault".to_owned()),
        }
    }

    /// Opens the keychain. Blocks for about a second if it is a vault.
    ///
    /// # Errors
    /// If there is no passphrase for the vault, or it does not open it. The system's keychain is not asked yet.
    pub(crate) fn open(self, profile: &Profile) -> Result<Box<dyn Keychain>, CommandError> {
        match self {
            Self::Os => Ok(os_keychain(profile.namespace())?),
            Self::Vault => open_vault(profile),
        }
    }
}

fn open_vault(profile: &Profile) -> Result<Box<dyn Keychain>, CommandError> {
    let path = profile.vault();
    let passphrase = read_passphrase()?;
    let vault = if Vault::exists(&path) {
        Vault::open(&path, &passphrase)?
    } else {
        profile.make_home().map_err(|source| VaultError::Io {
            doing: "make",
            path: profile.home().to_owned(),
            source,
        })?;
        Vault::create(&path, &passphrase)?
    };
    Ok(Box::new(vault))
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

/// A keychain that is watched: every call passes through unchanged, and its outcome says whether the keychain works.
pub(crate) struct WatchedKeychain {
    keychain: Box<dyn Keychain>,
    watch: KeychainWatch,
}

/// Whether the keychain works, as far as the last calls say. Clones watch the same one.
#[derive(Clone, Default)]
pub(crate) struct KeychainWatch(Arc<Watch>);

#[derive(Default)]
struct Watch {
    seen: Mutex<Seen>,
    changed: Notify,
}

#[derive(Default)]
struct Seen {
    last: Option<AppState>,
    busy_since: Option<Instant>,
}

impl WatchedKeychain {
    /// Watches `keychain`.
    pub(crate) fn new(keychain: Box<dyn Keychain>) -> (Self, KeychainWatch) {
        let watch = KeychainWatch::default();
        (
            Self {
                keychain,
                watch: watch.clone(),
            },
            watch,
        )
    }

    fn watched<T>(
        &self,
        call: impl FnOnce(&dyn Keychain) -> Result<T, KeychainError>,
    ) -> Result<T, KeychainError> {
        self.watch.seen().busy_since = Some(Instant::now());
        let outcome = call(self.keychain.as_ref());
        self.watch.note(state_after(outcome.as_ref().err()));
        outcome
    }
}

/// What an outcome says about the keychain as a whole. A key that is lost, or a refusal, concerns one key.
fn state_after(error: Option<&KeychainError>) -> AppState {
    match error {
        Some(KeychainError::Missing) => AppState::KeychainMissing,
        Some(KeychainError::Locked | KeychainError::TimedOut) => AppState::KeychainLocked,
        None
        | Some(
            KeychainError::Refused
            | KeychainError::Lost { .. }
            | KeychainError::Ambiguous
            | KeychainError::AlreadyExists
            | KeychainError::Damaged
            | KeychainError::Failed(_),
        ) => AppState::Ready,
    }
}

impl KeychainWatch {
    /// Whether the keychain works. Before it was ever asked it is taken to.
    pub(crate) fn state(&self) -> AppState {
        let seen = self.seen();
        match seen.busy_since {
            Some(since) if since.elapsed() > PROMPTING => AppState::KeychainLocked,
            _ => seen.last.unwrap_or(AppState::Ready),
        }
    }

    /// Waits until the outcome of a call differs from that of the call before.
    pub(crate) async fn changed(&self) {
        self.0.changed.notified().await;
    }

    fn note(&self, state: AppState) {
        let mut seen = self.seen();
        seen.busy_since = None;
        if seen.last.replace(state).unwrap_or(AppState::Ready) != state {
            self.0.changed.notify_one();
        }
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.0.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Keychain for WatchedKeychain {
    fn location(&self) -> KeyLocation {
        self.keychain.location()
    }

    fn create(&self, id: &KeyId) -> Result<PublicKey, KeychainError> {
        self.watched(|keychain| keychain.create(id))
    }

    fn public_key(&self, id: &KeyId) -> Result<PublicKey, KeychainError> {
        self.watched(|keychain| keychain.public_key(id))
    }

    fn sign(&self, id: &KeyId, message: &[u8]) -> Result<Signature, KeychainError> {
        self.watched(|keychain| keychain.sign(id, message))
    }

    fn delete(&self, id: &KeyId) -> Result<(), KeychainError> {
        self.watched(|keychain| keychain.delete(id))
    }
}

#[cfg(test)]
mod tests {
    use countersign_keychain::memory::MemoryKeychain;

    use super::*;

    /// A keychain that fails every call with the same reason, until it does not.
    struct Failing(Mutex<Option<fn() -> KeychainError>>);

    impl Failing {
        fn outcome<T>(&self, good: T) -> Result<T, KeychainError> {
            self.0.lock().unwrap().map_or(Ok(good), |error| Err(error()))
        }
    }

    impl Keychain for Failing {
        fn location(&self) -> KeyLocation {
            KeyLocation::Memory
        }

        fn create(&self, id: &KeyId) -> Result<PublicKey, KeychainError> {
            self.public_key(id)
        }

        fn public_key(&self, _: &KeyId) -> Result<PublicKey, KeychainError> {
            self.outcome(())?;
            MemoryKeychain::default().create(&KeyId::make())
        }

        fn sign(&self, _: &KeyId, _: &[u8]) -> Result<Signature, KeychainError> {
            Err(KeychainError::Refused)
        }

        fn delete(&self, _: &KeyId) -> Result<(), KeychainError> {
            self.outcome(())
        }
    }

    fn state_after_failing_with(error: fn() -> KeychainError) -> AppState {
        let (keychain, watch) = WatchedKeychain::new(Box::new(Failing(Mutex::new(Some(error)))));
        assert_eq!(watch.state(), AppState::Ready);
        let _ = keychain.delete(&KeyId::make());
        watch.state()
    }

    #[test]
    fn what_a_call_says_about_the_keychain_is_remembered() {
        assert_eq!(
            state_after_failing_with(|| KeychainError::Missing),
            AppState::KeychainMissing
        );
        assert_eq!(
            state_after_failing_with(|| KeychainError::Locked),
            AppState::KeychainLocked
        );
        assert_eq!(
            state_after_failing_with(|| KeychainError::TimedOut),
            AppState::KeychainLocked
        );
        assert_eq!(
            state_after_failing_with(|| KeychainError::Refused),
            AppState::Ready
        );
        assert_eq!(
            state_after_failing_with(|| KeychainError::Lost { id: KeyId::make() }),
            AppState::Ready
        );
    }

    #[test]
    fn outcomes_pass_through_unchanged() {
        let (keychain, _) = WatchedKeychain::new(Box::new(MemoryKeychain::default()));
        let id = KeyId::make();
        let created = keychain.create(&id).unwrap();
        assert_eq!(keychain.public_key(&id).unwrap(), created);
        keychain.sign(&id, b"message").unwrap();
        keychain.delete(&id).unwrap();
        assert!(matches!(
            keychain.sign(&id, b"message"),
            Err(KeychainError::Lost { .. })
        ));
    }

    #[tokio::test]
    async fn a_keychain_that_recovers_is_noticed() {
        let failing = Failing(Mutex::new(Some(|| KeychainError::Locked)));
        let (keychain, watch) = WatchedKeychain::new(Box::new(failing));
        keychain.delete(&KeyId::make()).unwrap_err();
        watch.changed().await;
        assert_eq!(watch.state(), AppState::KeychainLocked);
        keychain.sign(&KeyId::make(), b"").unwrap_err();
        watch.changed().await;
        assert_eq!(watch.state(), AppState::Ready);
    }
}
