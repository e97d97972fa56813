//! What the system behind a story's desktop says: that the screen is locked, and that the computer sleeps.

use anyhow::Result;
use serde::Serialize;
use zbus::{
    Connection, connection, interface,
    zvariant::{DynamicType, OwnedObjectPath},
};

use super::Desktop;

const MANAGER: &str = "/org/freedesktop/login1";
const SESSION: &str = "/org/freedesktop/login1/session/_31";

/// systemd's logins, as far as a story needs them. They end with the value.
pub struct Login(Connection);

impl Desktop {
    /// Gives the system its logins. The app looks for them when it starts.
    ///
    /// # Errors
    /// If it has some.
    pub async fn start_login(&self) -> Result<Login> {
        let connection = connection::Builder::address(self.system_bus()?)?
            .serve_at(MANAGER, Manager)?
            .name("org.freedesktop.login1")?
            .build()
            .await?;
        Ok(Login(connection))
    }

    /// Says that the desktop's screen is locked, or is so no longer.
    ///
    /// # Errors
    /// If the bus does not take it.
    pub fn lock_screen(&self, locked: bool) -> Result<()> {
        let signal = "org.freedesktop.ScreenSaver.ActiveChanged";
        let to = [
            "emit",
            "--session",
            "--object-path",
            "/org/freedesktop/ScreenSaver",
        ];
        let what = ["--signal", signal, if locked { "true" } else { "false" }];
        self.output("gdbus", &[&to[..], &what].concat())?;
        Ok(())
    }
}

impl Login {
    /// Says that the session is to be locked.
    ///
    /// # Errors
    /// If the bus does not take it.
    pub async fn lock(&self) -> Result<()> {
        self.say(SESSION, "org.freedesktop.login1.Session", "Lock", &())
            .await
    }

    /// Says that the session is to be unlocked.
    ///
    /// # Errors
    /// If the bus does not take it.
    pub async fn unlock(&self) -> Result<()> {
        self.say(SESSION, "org.freedesktop.login1.Session", "Unlock", &())
            .await
    }

    /// Says that the computer is about to sleep, or woke up.
    ///
    /// # Errors
    /// If the bus does not take it.
    pub async fn sleep(&self, asleep: bool) -> Result<()> {
        self.say(
            MANAGER,
            "org.freedesktop.login1.Manager",
            "PrepareForSleep",
            &asleep,
        )
        .await
    }

    async fn say(
        &self,
        path: &str,
        interface: &str,
        member: &str,
        body: &(impl Serialize + DynamicType + Sync),
    ) -> Result<()> {
        Ok(self
            .0
            .emit_signal(None::<&str>, path, interface, member, body)
            .await?)
    }
}

struct Manager;

#[interface(name = "org.freedesktop.login1.Manager")]
impl Manager {
    fn get_session(&self, _id: &str) -> zbus::fdo::Result<OwnedObjectPath> {
        OwnedObjectPath::try_from(SESSION).map_err(|error| zbus::fdo::Error::Failed(error.to_string()))
    }
}
