//! What closes the lock by itself: time without input, the system's own lock, and sleep.

use std::time::Duration;

use countersign_core::{Event, Settings};
use tauri::{AppHandle, Manager};
use tauri_specta::Event as _;
use tokio::{
    sync::broadcast::{Receiver, error::RecvError},
    time::{Instant, timeout_at},
};

use super::Lock;
use crate::{
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
    tokio::join!(lock_when_idle(app, desk), tell_page(app));
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
    if hides && !wants(desk, |settings| settings.lock_with_system).await {
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
    let mut events = desk.authenticator.subscribe();
    loop {
        let minutes = desk
            .authenticator
            .settings()
            .await
            .ok()
            .and_then(|settings| settings.lock_after_minutes);
        let other_settings = settings_changed(&mut events);
        let Some(minutes) = minutes else {
            other_settings.await;
            // Whoever has just chosen a time is there.
            lock.note_input();
            continue;
        };
        let limit = Duration::from_secs(60 * u64::from(minutes));
        let idle_at = lock.last_input() + limit;
        if idle_at > Instant::now() {
            let _ = timeout_at(idle_at, other_settings).await;
        } else {
            if presence::can_be_proven(desk).await {
                lock.close();
            }
            // Nothing is due before there was input again.
            lock.note_input();
        }
    }
}

async fn tell_page(app: &AppHandle) {
    let mut changes = app.state::<Lock>().changes();
    while changes.changed().await.is_ok() {
        let reason = "lock".to_owned();
        if let Err(error) = (Changed { reason }).emit(app) {
            tracing::warn!(%error, "the page could not be told that it is locked or unlocked");
        }
    }
}

async fn wants(desk: &OpenDesk, what: fn(&Settings) -> bool) -> bool {
    // Settings that cannot be read hide nothing less than the usual ones.
    what(&desk.authenticator.settings().await.unwrap_or_default())
}

async fn settings_changed(events: &mut Receiver<Event>) {
    loop {
        match events.recv().await {
            Ok(Event::SettingsChanged | Event::ChangedElsewhere) | Err(RecvError::Lagged(_)) => return,
            Ok(_) => {}
            Err(RecvError::Closed) => std::future::pending().await,
        }
    }
}
