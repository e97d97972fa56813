//! What closes the lock by itself: time without input, the system's own lock, and sleep.

use std::time::Duration;

use countersign_core::Settings;
use tauri::{AppHandle, Manager};
use tauri_specta::Event as _;
use tokio::{
    sync::watch,
    time::{Instant, timeout_at},
};

use super::Lock;
use crate::{
    camera::Camera,
    chosen::Chosen,
    desk::{Desk, OpenDesk},
    events::Changed,
    presence,
};

/// What the system does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SystemDid {
    /// It locked its screen, or unlocked it.
    Screen {
        /// Which of both.
        locked: bool,
    },
    /// It was told to lock its screen. Not every program that does so says when it is unlocked again.
    #[cfg_attr(
        not(any(target_os = "linux", test)),
        expect(dead_code, reason = "only logind says what somebody wants")
    )]
    WantLock,
    /// It is about to sleep, or woke up.
    Sleep {
        /// Which of both.
        asleep: bool,
    },
}

/// Locks after the time without input that the settings name, and tells the page when it is locked or unlocked.
pub(crate) async fn attend(app: &AppHandle, desk: &OpenDesk) {
    tokio::join!(lock_when_idle(app, desk), tell_page(app, desk));
}

/// Follows the system, as the settings say. What it undoes is always followed.
pub(crate) async fn follow(app: &AppHandle, did: SystemDid) {
    let Ok(desk) = app.state::<Desk>().inner().open().await else {
        return;
    };
    let lock = app.state::<Lock>();
    let hides = matches!(
        did,
        SystemDid::Screen { locked: true } | SystemDid::WantLock | SystemDid::Sleep { asleep: true }
    );
    if hides && !app.state::<Chosen>().now().lock_with_system {
        return;
    }
    lock.follow(did);
    if hides && presence::can_be_proven(desk).await {
        lock.close();
    }
}

async fn lock_when_idle(app: &AppHandle, desk: &OpenDesk) {
    let settings = app.state::<Chosen>().changes();
    let can_be_proven = || presence::can_be_proven(desk);
    close_when_idle(&app.state::<Lock>(), settings, can_be_proven).await;
}

async fn close_when_idle<F: Future<Output = bool>>(
    lock: &Lock,
    mut settings: watch::Receiver<Settings>,
    can_be_proven: impl Fn() -> F,
) {
    loop {
        let minutes = settings.borrow_and_update().lock_after_minutes;
        let Some(minutes) = minutes else {
            if settings.changed().await.is_err() {
                return;
            }
            // Whoever has just chosen a time is there.
            lock.note_input();
            continue;
        };
        let idle_at = lock.last_input() + Duration::from_secs(60 * u64::from(minutes));
        if idle_at > Instant::now() {
            let _ = timeout_at(idle_at, settings.changed()).await;
            continue;
        }
        if can_be_proven().await {
            lock.close();
        }
        // Nothing is due before there was input again.
        lock.note_input();
    }
}

async fn tell_page(app: &AppHandle, desk: &OpenDesk) {
    let mut changes = app.state::<Lock>().changes();
    loop {
        tokio::select! {
            changed = changes.changed() => if changed.is_err() {
                return;
            },
            () = desk.lockable.changed(desk) => {}
        }
        if app.state::<Lock>().is_locked() {
            // The page that looks through it is gone, and can no longer say so.
            app.state::<Camera>().set_open(false);
        }
        let reason = "lock".to_owned();
        if let Err(error) = (Changed { reason }).emit(app) {
            tracing::warn!(%error, "the page could not be told of the lock");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A lock whose last input is two minutes old, and the choice of after how many it closes.
    fn idle(lock_after_minutes: Option<u32>) -> (Lock, watch::Sender<Settings>, tempfile::TempDir) {
        let home = tempfile::tempdir().unwrap();
        let lock = Lock::of_profile(home.path());
        *lock.last_input.lock().unwrap() = Instant::now().checked_sub(Duration::from_mins(2)).unwrap();
        let settings = Settings {
            lock_after_minutes,
            ..Settings::default()
        };
        (lock, watch::Sender::new(settings), home)
    }

    async fn closes(lock: &Lock, settings: &watch::Sender<Settings>, can_be_proven: bool) -> bool {
        let closing = close_when_idle(lock, settings.subscribe(), || std::future::ready(can_be_proven));
        let waits = tokio::time::timeout(Duration::ZERO, closing).await.is_err();
        assert!(waits, "it no longer waits");
        lock.is_locked()
    }

    #[tokio::test]
    async fn it_closes_after_the_time_without_input_that_was_chosen_and_not_before() {
        let (lock, one_minute, _home) = idle(Some(1));
        assert!(closes(&lock, &one_minute, true).await);
        let (lock, five_minutes, _home) = idle(Some(5));
        assert!(!closes(&lock, &five_minutes, true).await);
        let (lock, never, _home) = idle(None);
        assert!(!closes(&lock, &never, true).await);
    }

    #[tokio::test]
    async fn input_puts_it_off_and_nobody_is_locked_out_where_nothing_can_be_proven() {
        let (lock, one_minute, _home) = idle(Some(1));
        lock.note_input();
        assert!(!closes(&lock, &one_minute, true).await);
        let (lock, one_minute, _home) = idle(Some(1));
        assert!(!closes(&lock, &one_minute, false).await);
    }
}
