//! The lock: while it is closed, everything but the number of requests is hidden, and the page may ask for next to
//! nothing.
//!
//! It closes on demand, when there has been no input for a while, and with the system. It opens when it is proven who
//! is there. Where it is not known that this computer has the means for that, it closes with the system only, and opens
//! with it: the system has asked for the password then.
//!
//! It hides what a passer-by could read. It does not encrypt: whoever can read this person's files reads the store.

mod triggers;

use std::{
    fs,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use tokio::{sync::watch, time::Instant};

pub(crate) use triggers::{SystemDid, attend, follow};

use crate::{command_error::CommandError, desk::OpenDesk, presence};

/// What the page may ask while it is locked. None of these tells more than how many requests there are.
const ALLOWED: [&str; 8] = [
    "check_now",
    "language",
    "open_vault",
    "pin_state",
    "quit",
    "snapshot",
    "unlock",
    "use_system_keychain",
];

/// Whether `command` is refused while it is locked: all are that are not named here, those of later versions too.
pub(crate) fn refuses(command: &str) -> bool {
    !ALLOWED.contains(&command)
}

/// The lock of this window, tray and notifications.
pub(crate) struct Lock {
    /// A file that is there while it is locked, so that starting the program anew does not unlock it.
    marker: PathBuf,
    closed: watch::Sender<Closed>,
    last_input: Mutex<Instant>,
}

/// Why it is locked. It is open if nothing is so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Closed {
    /// Somebody has to prove who they are.
    until_proven: bool,
    /// The system's screen is locked.
    with_screen: bool,
    /// The system sleeps.
    with_sleep: bool,
}

impl Closed {
    fn is_closed(self) -> bool {
        self != Self::default()
    }
}

impl Lock {
    /// As the last run of this profile left it.
    pub(crate) fn of_profile(home: &Path) -> Self {
        let marker = home.join("locked");
        let closed = Closed {
            until_proven: marker.exists(),
            ..Closed::default()
        };
        Self {
            marker,
            closed: watch::Sender::new(closed),
            last_input: Mutex::new(Instant::now()),
        }
    }

    /// Whether it is locked.
    pub(crate) fn is_locked(&self) -> bool {
        self.closed.borrow().is_closed()
    }

    /// Wakes whenever it is locked or unlocked, or locked for another reason.
    pub(crate) fn changes(&self) -> watch::Receiver<impl Sized + use<>> {
        self.closed.subscribe()
    }

    /// Waits until it closes the next time, counted from this call on.
    pub(crate) fn closing(&self) -> impl Future<Output = ()> + use<> {
        let mut closed = self.closed.subscribe();
        async move { while closed.changed().await.is_ok() && !closed.borrow().is_closed() {} }
    }

    /// Locks, once it is sure that it can be unlocked again.
    ///
    /// # Errors
    /// If it is not: this computer has no means to find out who is there, or did not find out when it first tried.
    pub(crate) async fn on_demand(&self, desk: &OpenDesk) -> Result<(), CommandError> {
        presence::make_sure(desk).await?;
        self.close();
        Ok(())
    }

    /// Unlocks, once it is proven who is there.
    ///
    /// # Errors
    /// If it is not proven: it stays locked then.
    pub(crate) async fn unlock(&self, desk: &OpenDesk, pin: Option<String>) -> Result<(), CommandError> {
        presence::prove(desk, pin).await?;
        self.open();
        Ok(())
    }

    /// Hides and shows with the system; what has to be proven has to be all the same.
    fn follow(&self, did: SystemDid) {
        self.change(|closed| match did {
            SystemDid::Screen { locked } => closed.with_screen = locked,
            SystemDid::Sleep { asleep } => closed.with_sleep = asleep,
            SystemDid::WantLock => {}
        });
    }

    /// There was input: the time until it locks begins anew.
    pub(crate) fn note_input(&self) {
        *self.last_input.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
    }

    fn last_input(&self) -> Instant {
        *self.last_input.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn close(&self) {
        if let Err(error) = fs::write(&self.marker, "") {
            tracing::warn!(%error, "a program that is started anew would not be locked");
        }
        self.change(|closed| closed.until_proven = true);
    }

    /// Whoever proved who they are sits at this computer, whatever the system was thought to do.
    fn open(&self) {
        if let Err(error) = fs::remove_file(&self.marker)
            && error.kind() != std::io::ErrorKind::NotFound
        {
            tracing::warn!(%error, "a program that is started anew would be locked");
        }
        self.note_input();
        self.change(|closed| *closed = Closed::default());
    }

    fn change(&self, to: impl FnOnce(&mut Closed)) {
        self.closed.send_if_modified(|closed| {
            let before = *closed;
            to(closed);
            *closed != before
        });
    }
}

#[cfg(test)]
mod tests {
    use std::pin::Pin;

    use super::*;

    fn lock() -> (Lock, tempfile::TempDir) {
        let home = tempfile::tempdir().unwrap();
        (Lock::of_profile(home.path()), home)
    }

    #[test]
    fn of_all_that_the_page_can_ask_only_these_are_heard_while_it_is_locked() {
        let calls = include_str!("../../ui/src/ipc/bindings.ts")
            .split("__TAURI_INVOKE(\"")
            .skip(1);
        let commands = calls.filter_map(|rest| rest.split('"').next());
        let mut heard: Vec<_> = commands.filter(|command| !refuses(command)).collect();
        heard.sort_unstable();
        let expected = [
            "check_now",
            "language",
            "open_vault",
            "pin_state",
            "quit",
            "snapshot",
            "unlock",
            "use_system_keychain",
        ];
        assert_eq!(heard, expected);
    }

    #[test]
    fn a_lock_outlives_the_program_and_opening_it_does_too() {
        let (lock, home) = lock();
        assert!(!lock.is_locked());
        lock.close();
        assert!(lock.is_locked());
        let again = Lock::of_profile(home.path());
        assert!(again.is_locked());
        again.open();
        assert!(!again.is_locked() && !Lock::of_profile(home.path()).is_locked());
    }

    #[test]
    fn what_the_system_hides_is_shown_again_when_neither_screen_nor_sleep_hides_it() {
        let (lock, home) = lock();
        lock.follow(SystemDid::Screen { locked: true });
        lock.follow(SystemDid::Sleep { asleep: true });
        lock.follow(SystemDid::Sleep { asleep: false });
        assert!(lock.is_locked(), "the screen is locked still");
        assert!(!Lock::of_profile(home.path()).is_locked());
        lock.follow(SystemDid::Screen { locked: false });
        assert!(!lock.is_locked());
    }

    /// swaylock and others never say that the person is back.
    #[test]
    fn what_is_only_wanted_hides_nothing_by_itself() {
        let (lock, _home) = lock();
        lock.follow(SystemDid::WantLock);
        assert!(!lock.is_locked());
        lock.close();
        lock.follow(SystemDid::WantLock);
        lock.follow(SystemDid::Screen { locked: false });
        assert!(lock.is_locked(), "it is not proven who is there");
    }

    async fn is_over(waiting: Pin<&mut impl Future<Output = ()>>) -> bool {
        tokio::select! {
            biased;
            () = waiting => true,
            () = std::future::ready(()) => false,
        }
    }

    #[tokio::test]
    async fn whoever_waits_for_it_to_close_waits_for_nothing_else() {
        let (lock, _home) = lock();
        lock.close();
        let mut closing = std::pin::pin!(lock.closing());
        assert!(!is_over(closing.as_mut()).await, "it was closed before");
        lock.open();
        assert!(!is_over(closing.as_mut()).await, "it opened");
        lock.close();
        assert!(is_over(closing.as_mut()).await);
    }

    #[test]
    fn whoever_listens_is_told_of_changes_only() {
        let (lock, _home) = lock();
        let mut changes = lock.changes();
        assert!(!changes.has_changed().unwrap());
        lock.open();
        assert!(!changes.has_changed().unwrap());
        lock.close();
        assert!(changes.has_changed().unwrap());
        changes.mark_unchanged();
        lock.close();
        assert!(!changes.has_changed().unwrap());
    }
}
