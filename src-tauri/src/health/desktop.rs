//! What a desktop of Linux offers: each of these may be missing.

use tauri::{AppHandle, Manager};
use tokio::process::Command;
use zbus::{Connection, proxy::Proxy};

use super::{found, works};
use crate::{
    tray::Tray,
    tray_host,
    views::health::{Finding, HealthId, HealthItem, HealthState},
};

/// Whether a notification daemon answers, and whether it draws buttons. Its name is the detail.
pub(super) async fn notifications() -> HealthItem {
    let id = HealthId::Notifications;
    let asked = async {
        let bus = Connection::session().await?;
        let daemon = Proxy::new(
            &bus,
            "org.freedesktop.Notifications",
            "/org/freedesktop/Notifications",
            "org.freedesktop.Notifications",
        )
        .await?;
        let capabilities: Vec<String> = daemon.call("GetCapabilities", &()).await?;
        let (name, _, _, _): (String, String, String, String) =
            daemon.call("GetServerInformation", &()).await?;
        Ok::<_, zbus::Error>((name, capabilities))
    };
    match asked.await {
        Ok((name, capabilities)) => HealthItem {
            detail: Some(name),
            ..buttons(&capabilities)
        },
        Err(error) => {
            tracing::info!(%error, "no notification daemon answers");
            found(id, HealthState::Warn, Finding::Missing)
        }
    }
}

fn buttons(capabilities: &[String]) -> HealthItem {
    let id = HealthId::Notifications;
    if capabilities.iter().any(|it| it == "actions") {
        works(id)
    } else {
        found(id, HealthState::Warn, Finding::Limited)
    }
}

/// Whether there is a tray, and this program in it.
pub(super) async fn tray(app: &AppHandle) -> HealthItem {
    let id = HealthId::Tray;
    match (tray_host::is_there().await, app.try_state::<Tray>()) {
        (true, Some(_)) => works(id),
        // The library that draws the icon is not installed.
        (true, None) => found(id, HealthState::Warn, Finding::Limited),
        (false, _) => found(id, HealthState::Warn, Finding::Missing),
    }
}

/// Which program the desktop opens our links with.
pub(super) async fn links() -> HealthItem {
    let id = HealthId::Links;
    let asked = Command::new("xdg-mime")
        .args(["query", "default", "x-scheme-handler/countersign"])
        .output()
        .await;
    match asked {
        Ok(said) if said.status.success() => handler(String::from_utf8_lossy(&said.stdout).trim()),
        Ok(_) | Err(_) => found(id, HealthState::Warn, Finding::Unknown),
    }
}

fn handler(entry: &str) -> HealthItem {
    let id = HealthId::Links;
    if entry.is_empty() {
        return found(id, HealthState::Warn, Finding::Missing);
    }
    // That of the package, or of a program that runs where it was built.
    if ["Countersign.desktop", "countersign-app-handler.desktop"].contains(&entry) {
        return works(id);
    }
    HealthItem {
        detail: Some(entry.to_owned()),
        ..found(id, HealthState::Warn, Finding::Elsewhere)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_daemon_without_buttons_is_of_limited_use() {
        let of = |capabilities: &[&str]| {
            let capabilities: Vec<_> = capabilities.iter().map(|&it| it.to_owned()).collect();
            buttons(&capabilities).finding
        };
        assert_eq!(of(&["body", "actions"]), Finding::Works);
        assert_eq!(of(&["body", "action-icons"]), Finding::Limited);
        assert_eq!(of(&[]), Finding::Limited);
    }

    #[test]
    fn links_lead_here_or_nowhere_or_to_somebody_else() {
        assert_eq!(handler("Countersign.desktop").finding, Finding::Works);
        assert_eq!(handler("countersign-app-handler.desktop").finding, Finding::Works);
        assert_eq!(handler("").finding, Finding::Missing);
        let other = handler("evil.desktop");
        assert_eq!(
            (other.finding, other.detail.as_deref()),
            (Finding::Elsewhere, Some("evil.desktop"))
        );
    }
}
