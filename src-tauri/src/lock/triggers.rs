//! What closes the lock by itself: time without input, the system's own lock, and sleep.

use std::time::Duration;

use tauri::{AppHandle, Manager};
use tauri_specta::Event as _;
use tokio::time::{Instant, timeout_at};

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
        SystemDid::Screen { locked: true } | SystemDid::Sleep { asleep: true }
    );
    if hides && !app.state::<Chosen>().now().lock_with_system {
        return;
    }
    lock.change(|closed| match did {
        SystemDid::Screen { locked } => closed.with_screen = locked,
        SystemDid::Sleep { asleep } => closed.with_sleep = asleep,
    });
    if hides && presence::can_be_proven(desk).await {
        lock.close();
    }
}

async fn lock_when_idle(app: &AppHandle, desk: &OpenDesk) {
    let lock = app.state::<Lock>();
    let mut settings = app.state::<Chosen>().changes();
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
        if presence::can_be_proven(desk).await {
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
