//! A keychain that is watched for whether it works.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use countersign_keychain::{KeyId, KeyLocation, Keychain, KeychainError};
use countersign_protocol::keys::{PublicKey, Signature};
use tokio::sync::Notify;

use crate::views::AppState;

/// A call that takes longer than this waits for a person who has to type a password somewhere.
pub(super) const PROMPTING: Duration = Duration::from_secs(5);

/// A keychain that is watched: every call passes through unchanged, and its outcome says whether the keychain works.
pub(crate) struct WatchedKeychain {
    keychain: Box<dyn Keychain>,
    seen: Arc<Mutex<Seen>>,
    changed: Arc<Notify>,
}

/// Whether the keychain works that is watched now, and whether the system's does beside a vault, as far as the last
/// calls say. Clones watch the same ones.
#[derive(Clone, Default)]
pub(crate) struct KeychainWatch(Arc<Watch>);

#[derive(Default)]
struct Watch {
    /// What is seen of the keychain that serves. One that was replaced is looked at no longer, whatever it still does.
    serving: Mutex<Arc<Mutex<Seen>>>,
    beside: Arc<Mutex<Seen>>,
    changed: Arc<Notify>,
}

#[derive(Default)]
struct Seen {
    last: Option<AppState>,
    busy_since: Option<Instant>,
}

impl Seen {
    /// Whether it works. Before it was ever asked it is taken to.
    fn state(&self) -> AppState {
        match self.busy_since {
            Some(since) if since.elapsed() > PROMPTING => AppState::KeychainLocked,
            _ => self.last.unwrap_or(AppState::Ready),
        }
    }
}

impl WatchedKeychain {
    fn watched<T>(
        &self,
        call: impl FnOnce(&dyn Keychain) -> Result<T, KeychainError>,
    ) -> Result<T, KeychainError> {
        hold(&self.seen).busy_since = Some(Instant::now());
        let outcome = call(self.keychain.as_ref());
        let state = state_after(outcome.as_ref().err());
        let mut seen = hold(&self.seen);
        seen.busy_since = None;
        if seen.last.replace(state).unwrap_or(AppState::Ready) != state {
            self.changed.notify_one();
        }
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
    /// Watches this keychain from now on, in the place of the one of before.
    pub(crate) fn over(&self, keychain: Box<dyn Keychain>) -> WatchedKeychain {
        let seen = Arc::<Mutex<Seen>>::default();
        *hold(&self.0.serving) = Arc::clone(&seen);
        self.watched(keychain, seen)
    }

    /// Watches this one beside it.
    pub(super) fn beside(&self, keychain: Box<dyn Keychain>) -> WatchedKeychain {
        self.watched(keychain, Arc::clone(&self.0.beside))
    }

    fn watched(&self, keychain: Box<dyn Keychain>, seen: Arc<Mutex<Seen>>) -> WatchedKeychain {
        WatchedKeychain {
            keychain,
            seen,
            changed: Arc::clone(&self.0.changed),
        }
    }

    /// Whether the keychain works.
    pub(crate) fn state(&self) -> AppState {
        let serving = Arc::clone(&hold(&self.0.serving));
        hold(&serving).state()
    }

    /// Whether the one beside it does, if there is one.
    pub(crate) fn state_beside(&self) -> AppState {
        hold(&self.0.beside).state()
    }

    /// Takes the one beside it to work until it is found not to.
    pub(crate) fn forget_beside(&self) {
        hold(&self.0.beside).last = None;
    }

    /// Waits until the outcome of a call differs from that of the call before.
    pub(crate) async fn changed(&self) {
        self.0.changed.notified().await;
    }
}

fn hold<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
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

    fn watched(keychain: impl Keychain + 'static) -> (WatchedKeychain, KeychainWatch) {
        let watch = KeychainWatch::default();
        (watch.over(Box::new(keychain)), watch)
    }

    fn state_after_failing_with(error: fn() -> KeychainError) -> AppState {
        let (keychain, watch) = watched(Failing(Mutex::new(Some(error))));
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
        let (keychain, _) = watched(MemoryKeychain::default());
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
        let (keychain, watch) = watched(failing);
        keychain.delete(&KeyId::make()).unwrap_err();
        watch.changed().await;
        assert_eq!(watch.state(), AppState::KeychainLocked);
        keychain.sign(&KeyId::make(), b"").unwrap_err();
        watch.changed().await;
        assert_eq!(watch.state(), AppState::Ready);
    }

    #[test]
    fn a_keychain_that_was_replaced_is_looked_at_no_longer() {
        let locked = || Failing(Mutex::new(Some(|| KeychainError::Locked)));
        let (before, watch) = watched(locked());
        let after = watch.over(Box::new(MemoryKeychain::default()));
        before.delete(&KeyId::make()).unwrap_err();
        after.delete(&KeyId::make()).unwrap();
        assert_eq!(watch.state(), AppState::Ready);
        let beside = watch.beside(Box::new(locked()));
        beside.delete(&KeyId::make()).unwrap_err();
        assert_eq!(watch.state(), AppState::Ready);
        assert_eq!(watch.state_beside(), AppState::KeychainLocked);
    }
}
