//! What the desktop of a story shows of notifications, and a person who uses them.

use std::{
    collections::HashMap,
    fs::{self, Permissions},
    os::unix::fs::PermissionsExt,
    process::Command,
};

use anyhow::{Context, Result, bail};
use futures_util::StreamExt;
use tokio::sync::watch;
use zbus::{Connection, MessageStream, connection, fdo::MonitoringProxy, zvariant::OwnedValue};

use super::{Desktop, GLANCE, PATIENCE};

/// A notification stays until somebody does something about it, unless its program wants otherwise. What is pressed
/// is chosen by a script in the place of a menu.
const CONFIGURATION: &str = "[global]\n    dmenu = SCRIPT\n[urgency_normal]\n    timeout = 0\n";

/// Chooses the first entry that begins with the label which is wanted: entries are `#Label (summary) [id,key]`.
const MENU: &str = "#!/bin/sh\nexec grep -m1 -F \"#$(cat 'LABEL')\"\n";

impl Desktop {
    /// Waits until `count` notifications are on the screen.
    ///
    /// # Errors
    /// If it does not come to that.
    pub async fn wait_for_notifications(&self, count: usize) -> Result<()> {
        let mut glances = tokio::time::interval(GLANCE);
        let waiting = async {
            while self.output("dunstctl", &["count", "displayed"])?.trim() != count.to_string() {
                glances.tick().await;
            }
            Ok(())
        };
        tokio::time::timeout(PATIENCE, waiting)
            .await
            .context("waited in vain for notifications")?
    }

    /// Overhears everything that notifications say from now on.
    ///
    /// # Errors
    /// If the bus does not allow it.
    pub async fn overhear(&self) -> Result<Overheard> {
        Overheard::listen(self.bus()?).await
    }

    /// Clicks the notification on the screen.
    ///
    /// # Errors
    /// If the daemon does not do it.
    pub fn click_notification(&self) -> Result<()> {
        self.output("dunstctl", &["action", "0"])?;
        Ok(())
    }

    /// Presses the button with this label on a notification that is on the screen.
    ///
    /// # Errors
    /// If the daemon does not do it.
    pub fn press(&self, label: &str) -> Result<()> {
        self.press_on("", label)
    }

    /// The same on the notification whose summary begins like this.
    ///
    /// # Errors
    /// If the daemon does not do it.
    pub fn press_on(&self, summary: &str, label: &str) -> Result<()> {
        fs::write(self.folder("pressed"), format!("{label} ({summary}"))?;
        self.output("dunstctl", &["context"])?;
        Ok(())
    }

    /// Says on the bus, without being the notification daemon, that a button of any notification was pressed.
    ///
    /// # Errors
    /// If the bus does not take it.
    pub fn pretend_to_press(&self, key: &str) -> Result<()> {
        for id in 1..=9 {
            self.output(
                "gdbus",
                &[
                    "emit",
                    "--session",
                    "--object-path",
                    "/org/freedesktop/Notifications",
                    "--signal",
                    "org.freedesktop.Notifications.ActionInvoked",
                    &format!("uint32 {id}"),
                    &format!("'{key}'"),
                ],
            )?;
        }
        Ok(())
    }

    pub(super) fn start_notifications(&mut self) -> Result<()> {
        let script = self.folder("menu");
        let label = self.folder("pressed");
        fs::write(&script, MENU.replace("LABEL", &label.to_string_lossy()))?;
        fs::set_permissions(&script, Permissions::from_mode(0o700))?;
        let configuration = self.folder("dunstrc");
        fs::write(
            &configuration,
            CONFIGURATION.replace("SCRIPT", &script.to_string_lossy()),
        )?;
        let mut dunst = Command::new("dunst");
        dunst.arg("-config").arg(configuration);
        self.run("dunst", dunst)?;
        self.wait_for_name("org.freedesktop.Notifications")
    }
}

/// Everything that notifications said. It ends with the value.
pub struct Overheard(watch::Receiver<Vec<String>>);

/// A call of `Notify`, as the specification has it.
type Notify = (
    String,
    u32,
    String,
    String,
    String,
    Vec<String>,
    HashMap<String, OwnedValue>,
    i32,
);

impl Overheard {
    async fn listen(bus: &str) -> Result<Self> {
        let connection = connection::Builder::address(bus)?.build().await?;
        let messages = MessageStream::from(&connection);
        let rule = "type='method_call',interface='org.freedesktop.Notifications',member='Notify'";
        MonitoringProxy::new(&connection)
            .await?
            .become_monitor(&[rule.try_into()?], 0)
            .await?;
        let (told, said) = watch::channel(Vec::new());
        tokio::spawn(follow(connection, messages, told));
        Ok(Self(said))
    }

    /// Waits until a notification says `text`.
    ///
    /// # Errors
    /// With what was said instead.
    pub async fn wait_for(&self, text: &str) -> Result<()> {
        let mut said = self.0.clone();
        let waiting = said.wait_for(|said| said.iter().any(|said| said.contains(text)));
        match tokio::time::timeout(PATIENCE, waiting).await {
            Ok(Ok(_)) => Ok(()),
            _ => bail!("no notification said “{text}”: {:?}", self.all()),
        }
    }

    /// What every notification said so far: summary, body and buttons, a line each.
    pub fn all(&self) -> Vec<String> {
        self.0.borrow().clone()
    }
}

async fn follow(connection: Connection, mut messages: MessageStream, told: watch::Sender<Vec<String>>) {
    while let Some(Ok(message)) = messages.next().await {
        if let Ok((_, _, _, summary, body, actions, ..)) = message.body().deserialize::<Notify>() {
            let labels: Vec<_> = actions.chunks(2).filter_map(|action| action.get(1)).collect();
            told.send_modify(|said| said.push(format!("{summary}\n{body}\n{labels:?}")));
        }
    }
    drop(connection);
}
