//! A keychain on a thread of its own, with a time limit.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{self, SyncSender, TrySendError};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use countersign_protocol::keys::{PublicKey, Signature};
use tokio::sync::oneshot;

use crate::{KeyId, KeyLocation, Keychain, KeychainError};

type Job = Box<dyn FnOnce(&dyn Keychain) + Send>;

/// How many calls may wait. Only a keychain that has hung for long has so many behind it.
const QUEUE: usize = 1024;

/// A keychain on a thread of its own.
///
/// Keychains block: a locked keyring waits for as long as its password prompt is open. Here every call answers
/// within the time limit, and a call that was given up is never carried out behind the caller's back: one that
/// still waits in the queue is dropped, and a key whose creation finishes too late is deleted again.
///
/// Clones share the thread. When the last is dropped, the thread ends after the call it is in; nobody waits for
/// it, so that a hung keychain cannot hold up the end of the program.
#[derive(Clone)]
pub struct KeychainThread {
    served: Arc<Mutex<Served>>,
    limit: Duration,
}

/// The keychain that serves now.
struct Served {
    jobs: SyncSender<Job>,
    location: KeyLocation,
    locations: Vec<KeyLocation>,
}

impl KeychainThread {
    /// A limit for programs that a person sits in front of: long enough to type a password into a prompt.
    pub const USUAL_LIMIT: Duration = Duration::from_secs(30);

    /// Moves `keychain` to a new thread. Should the system refuse the thread, every call fails.
    pub fn start(keychain: Box<dyn Keychain>, limit: Duration) -> Self {
        Self {
            served: Arc::new(Mutex::new(Served::start(keychain))),
            limit,
        }
    }

    /// Has another keychain serve all calls from now on, on a new thread: the one of before may hang. Calls that it
    /// has been asked already it answers still.
    pub fn replace(&self, keychain: Box<dyn Keychain>) {
        *self.served() = Served::start(keychain);
    }

    /// Where the keys are.
    pub fn location(&self) -> KeyLocation {
        self.served().location
    }

    /// [`Keychain::locations`].
    pub fn locations(&self) -> Vec<KeyLocation> {
        self.served().locations.clone()
    }

    /// [`Keychain::create`]. If the caller stops waiting, the key is deleted as soon as it is there.
    ///
    /// # Errors
    /// [`KeychainError::TimedOut`] when the limit has passed, else what the keychain says.
    pub async fn create(&self, id: &KeyId) -> Result<PublicKey, KeychainError> {
        let (of_create, of_undo) = (id.clone(), id.clone());
        let undo = move |keychain: &dyn Keychain| {
            if let Err(error) = keychain.delete(&of_undo) {
                tracing::warn!(%error, "a key that came too late could not be deleted");
            }
        };
        self.call(move |keychain| keychain.create(&of_create), undo).await
    }

    /// [`Keychain::public_key`].
    ///
    /// # Errors
    /// As [`KeychainThread::create`].
    pub async fn public_key(&self, id: &KeyId) -> Result<PublicKey, KeychainError> {
        let id = id.clone();
        self.call(move |keychain| keychain.public_key(&id), |_| {}).await
    }

    /// [`Keychain::sign`].
    ///
    /// # Errors
    /// As [`KeychainThread::create`].
    pub async fn sign(&self, id: &KeyId, message: &[u8]) -> Result<Signature, KeychainError> {
        let (id, message) = (id.clone(), message.to_vec());
        self.call(move |keychain| keychain.sign(&id, &message), |_| {})
            .await
    }

    /// [`Keychain::delete`].
    ///
    /// # Errors
    /// As [`KeychainThread::create`]; the key may be there still, so ask again later.
    pub async fn delete(&self, id: &KeyId) -> Result<(), KeychainError> {
        let id = id.clone();
        self.call(move |keychain| keychain.delete(&id), |_| {}).await
    }

    /// Makes, uses and deletes one throwaway key: whether this keychain works, and if not, why. A locked
    /// keychain asks to be unlocked.
    ///
    /// # Errors
    /// As [`KeychainThread::create`].
    pub async fn try_out(&self) -> Result<(), KeychainError> {
        self.call(try_out, |_| {}).await
    }

    fn served(&self) -> MutexGuard<'_, Served> {
        self.served.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Runs `work` on the thread. `undo` runs there afterwards if it succeeded for a caller who is gone.
    async fn call<T: Send + 'static>(
        &self,
        work: impl FnOnce(&dyn Keychain) -> Result<T, KeychainError> + Send + 'static,
        undo: impl FnOnce(&dyn Keychain) + Send + 'static,
    ) -> Result<T, KeychainError> {
        let (answer, mut answered) = oneshot::channel();
        let job: Job = Box::new(move |keychain| {
            if answer.is_closed() {
                return;
            }
            let result = catch_unwind(AssertUnwindSafe(|| work(keychain)))
                .unwrap_or_else(|_| Err(KeychainError::Failed("the keychain panicked".into())));
            if let Err(Ok(_unheard)) = answer.send(result) {
                let _ = catch_unwind(AssertUnwindSafe(|| undo(keychain)));
            }
        });
        let jobs = self.served().jobs.clone();
        jobs.try_send(job).map_err(|error| match error {
            TrySendError::Full(_) => KeychainError::TimedOut,
            TrySendError::Disconnected(_) => no_thread(),
        })?;
        if let Ok(result) = tokio::time::timeout(self.limit, &mut answered).await {
            return result.unwrap_or_else(|_| Err(no_thread()));
        }
        // The answer may have come in this very moment; after `close` the thread knows that nobody listens.
        answered.close();
        answered.try_recv().unwrap_or(Err(KeychainError::TimedOut))
    }
}

impl Served {
    fn start(keychain: Box<dyn Keychain>) -> Self {
        let (location, locations) = (keychain.location(), keychain.locations());
        let (jobs, waiting) = mpsc::sync_channel::<Job>(QUEUE);
        let serve = move || waiting.into_iter().for_each(|job| job(keychain.as_ref()));
        if let Err(error) = std::thread::Builder::new()
            .name("keychain".to_owned())
            .spawn(serve)
        {
            tracing::error!(%error, "the keychain's thread could not be started");
        }
        Self {
            jobs,
            location,
            locations,
        }
    }
}

/// The throwaway key has always the same name, so that one left by a crash is removed by the next try. Two programs
/// that try at once share it, and each may remove it before the other is done: the keychain works all the same.
fn try_out(keychain: &dyn Keychain) -> Result<(), KeychainError> {
    let id = KeyId::from_bytes([0; 16]);
    match keychain.create(&id) {
        Ok(_) | Err(KeychainError::AlreadyExists) => {}
        Err(error) => return Err(error),
    }
    let used = keychain.sign(&id, b"try out");
    keychain.delete(&id)?;
    match used {
        Ok(_) | Err(KeychainError::Lost { .. }) => Ok(()),
        Err(error) => Err(error),
    }
}

fn no_thread() -> KeychainError {
    KeychainError::Failed("the keychain's thread is not there".into())
}

#[cfg(test)]
mod tests;
