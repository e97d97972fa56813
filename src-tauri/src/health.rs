//! "Setup health": what of this computer and this desktop works. Each thing is looked up when it is asked for, none is
//! guessed from the name of a system.

#[cfg(target_os = "linux")]
mod desktop;

use std::time::Duration;

use countersign_core::Connection;
use tauri::{AppHandle, Manager};

use crate::{
    autostart,
    desk::{Desk, OpenDesk},
    presence,
    views::{
        AppState,
        health::{Finding, Health, HealthId, HealthItem, HealthState},
    },
};

/// How long one thing may take to answer.
const PATIENCE: Duration = Duration::from_secs(3);

/// Looks at everything.
pub(crate) async fn look(app: &AppHandle) -> Health {
    let desk = app.state::<Desk>().inner().clone();
    let mut items = Vec::new();
    if let Ok(desk) = desk.open().await {
        items.extend([
            keychain(desk).await,
            key_location(desk),
            clock(desk).await,
            presence(desk).await,
        ]);
    }
    items.extend(desktop(app).await);
    items.push(in_time(HealthId::Autostart, starts_with_system(app)).await);
    items.push(capture());
    items.sort_by_key(|item| item.id as u8);
    Health { items }
}

/// Looks at one thing, unless it takes too long.
async fn in_time(id: HealthId, looking: impl Future<Output = HealthItem>) -> HealthItem {
    tokio::time::timeout(PATIENCE, looking)
        .await
        .unwrap_or_else(|_| found(id, HealthState::Warn, Finding::Unknown))
}

fn found(id: HealthId, state: HealthState, finding: Finding) -> HealthItem {
    HealthItem {
        id,
        state,
        finding,
        detail: None,
        place: None,
    }
}

fn works(id: HealthId) -> HealthItem {
    found(id, HealthState::Ok, Finding::Works)
}

async fn keychain(desk: &OpenDesk) -> HealthItem {
    let id = HealthId::Keychain;
    match desk.keychain_state().await {
        AppState::Ready => works(id),
        AppState::KeychainLocked => found(id, HealthState::Bad, Finding::Locked),
        AppState::KeychainMissing => found(id, HealthState::Bad, Finding::Missing),
    }
}

fn key_location(desk: &OpenDesk) -> HealthItem {
    HealthItem {
        place: Some(desk.key_location().into()),
        ..works(HealthId::KeyLocation)
    }
}

/// How far this clock is off, by what the servers say.
async fn clock(desk: &OpenDesk) -> HealthItem {
    let id = HealthId::Clock;
    let Ok(connections) = desk.authenticator.connections().await else {
        return found(id, HealthState::Warn, Finding::Unknown);
    };
    let skew = connections.iter().find_map(|factor| match factor.connection {
        Connection::ClockSkewed { by } => Some(by.as_secs()),
        _ => None,
    });
    let asked = connections
        .iter()
        .any(|factor| matches!(factor.connection, Connection::Online));
    match (skew, asked) {
        (Some(seconds), _) => HealthItem {
            detail: Some(seconds.to_string()),
            ..found(id, HealthState::Bad, Finding::Off)
        },
        (None, true) => works(id),
        (None, false) => found(id, HealthState::Ok, Finding::Unknown),
    }
}

async fn presence(desk: &OpenDesk) -> HealthItem {
    let id = HealthId::Presence;
    if presence::can_be_proven(desk).await {
        works(id)
    } else if presence::may_be_proven(desk).await {
        found(id, HealthState::Ok, Finding::Unknown)
    } else {
        found(id, HealthState::Warn, Finding::Missing)
    }
}

async fn starts_with_system(app: &AppHandle) -> HealthItem {
    let id = HealthId::Autostart;
    match autostart::is_on(app).await {
        Some(true) => works(id),
        Some(false) => found(id, HealthState::Ok, Finding::NotChosen),
        None => found(id, HealthState::Warn, Finding::Unknown),
    }
}

/// Compositors of Linux offer a program no way to be left out.
fn capture() -> HealthItem {
    let id = HealthId::Capture;
    if cfg!(target_os = "linux") {
        found(id, HealthState::Ok, Finding::Missing)
    } else {
        works(id)
    }
}

#[cfg(target_os = "linux")]
async fn desktop(app: &AppHandle) -> Vec<HealthItem> {
    let (notifications, tray, links) = tokio::join!(
        in_time(HealthId::Notifications, desktop::notifications()),
        in_time(HealthId::Tray, desktop::tray(app)),
        in_time(HealthId::Links, desktop::links()),
    );
    vec![notifications, tray, links]
}

/// Windows and macOS bring all of these with them; whether a person turned notifications off, they do not tell a
/// program that is not signed.
#[cfg(not(target_os = "linux"))]
#[expect(clippy::unused_async, reason = "on Linux it asks the desktop")]
async fn desktop(_: &AppHandle) -> Vec<HealthItem> {
    vec![
        found(HealthId::Notifications, HealthState::Ok, Finding::Unknown),
        works(HealthId::Tray),
        found(HealthId::Links, HealthState::Ok, Finding::Unknown),
    ]
}
