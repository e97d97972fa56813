//! A dialogue on a thread of its own, with a time limit.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
    time::Duration,
};

use tokio::sync::{Mutex, oneshot};

use super::{PresenceError, UserPresence};

/// Asks a person without holding up whoever waits for the answer: on a thread of its own, and no longer than a limit.
///
/// Only one question is open at a time, so that nobody takes it for another. An answer that comes too late is
/// dropped. Clones share the one question.
#[derive(Clone)]
pub struct PresencePrompt {
    system: Arc<dyn UserPresence>,
    limit: Duration,
    open: Arc<Mutex<()>>,
}

impl PresencePrompt {
    /// Long enough to find a finger or type a password, and shorter than a request usually lives.
    pub const USUAL_LIMIT: Duration = Duration::from_secs(90);

    /// Asks through `system`, for `limit` at most.
    pub fn new(system: Box<dyn UserPresence>, limit: Duration) -> Self {
        Self {
            system: system.into(),
            limit,
            open: Arc::default(),
        }
    }

    /// [`UserPresence::is_available`]. Whoever does not say so in time is not.
    pub async fn is_available(&self) -> bool {
        let asked = self.on_a_thread(|system| Ok(system.is_available()));
        asked.await.unwrap_or(false)
    }

    /// [`UserPresence::confirm`].
    ///
    /// # Errors
    /// [`PresenceError::TimedOut`] when the limit has passed, else what the system says. A panic is a failure.
    pub async fn confirm(&self, reason: &str) -> Result<(), PresenceError> {
        let _one_at_a_time = self.open.lock().await;
        let reason = reason.to_owned();
        self.on_a_thread(move |system| system.confirm(&reason)).await
    }

    async fn on_a_thread<T: Send + 'static>(
        &self,
        ask: impl FnOnce(&dyn UserPresence) -> Result<T, PresenceError> + Send + 'static,
    ) -> Result<T, PresenceError> {
        let (answer, answered) = oneshot::channel();
        let system = Arc::clone(&self.system);
        let work = move || {
            let outcome = catch_unwind(AssertUnwindSafe(|| ask(system.as_ref())));
            // Nobody may be waiting any more: then nothing was confirmed.
            let _ =
                answer.send(outcome.unwrap_or_else(|_| {
                    Err(PresenceError::Failed("asking for confirmation panicked".into()))
                }));
        };
        std::thread::Builder::new()
            .name("presence".to_owned())
            .spawn(work)
            .map_err(|error| PresenceError::Failed(error.into()))?;
        match tokio::time::timeout(self.limit, answered).await {
            Ok(Ok(outcome)) => outcome,
            Ok(Err(_)) => Err(PresenceError::Failed(
                "asking for confirmation ended without an answer".into(),
            )),
            Err(_) => Err(PresenceError::TimedOut),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::{self, Receiver, Sender};

    use super::*;

    /// Answers what it is told to, or panics when nobody will tell it any more.
    struct Told(std::sync::Mutex<Receiver<Result<(), PresenceError>>>);

    impl UserPresence for Told {
        fn is_available(&self) -> bool {
            self.confirm("").is_ok()
        }

        fn confirm(&self, _: &str) -> Result<(), PresenceError> {
            self.0.lock().unwrap().recv().unwrap()
        }
    }

    fn told(limit: Duration) -> (PresencePrompt, Sender<Result<(), PresenceError>>) {
        let (tell, answers) = mpsc::channel();
        let system = Told(std::sync::Mutex::new(answers));
        (PresencePrompt::new(Box::new(system), limit), tell)
    }

    #[tokio::test]
    async fn what_the_system_says_is_what_is_said() {
        let (prompt, tell) = told(Duration::from_secs(60));
        tell.send(Ok(())).unwrap();
        prompt.confirm("approve").await.unwrap();
        tell.send(Err(PresenceError::Declined)).unwrap();
        assert!(matches!(
            prompt.confirm("approve").await,
            Err(PresenceError::Declined)
        ));
        tell.send(Ok(())).unwrap();
        assert!(prompt.is_available().await);
    }

    #[tokio::test]
    async fn who_never_answers_has_not_confirmed_and_is_not_there() {
        let (prompt, _tell) = told(Duration::from_millis(1));
        assert!(matches!(
            prompt.confirm("approve").await,
            Err(PresenceError::TimedOut)
        ));
        assert!(!prompt.is_available().await);
    }

    #[tokio::test]
    async fn a_panic_confirms_nothing() {
        let (prompt, tell) = told(Duration::from_secs(60));
        drop(tell);
        assert!(matches!(
            prompt.confirm("approve").await,
            Err(PresenceError::Failed(_))
        ));
        assert!(!prompt.is_available().await);
    }
}
