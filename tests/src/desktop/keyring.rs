//! The keyring of a story's desktop, and whoever asks for its password.

use anyhow::{Context, Result};
use tokio::sync::watch;
use zbus::{Connection, connection, interface, zvariant::OwnedObjectPath};

use super::{Desktop, PATIENCE, Program};

/// What the keyring is opened with. Nobody types it here.
pub(super) const PASSWORD: &str = "correct horse";

const SERVICE: &str = "org.freedesktop.secrets";

impl Desktop {
    /// Starts the keyring, open as after signing in; in the place of the one that ran before, if there was one.
    ///
    /// # Errors
    /// If it does not start.
    pub fn start_keyring(&mut self) -> Result<()> {
        // The name on the bus has to be free.
        drop(self.keyring.take());
        let mut command = self.command("gnome-keyring-daemon");
        command.args(["--foreground", "--unlock", "--components=secrets"]);
        let log = self.log_file("gnome-keyring-daemon");
        self.keyring = Some(Program::start_with_input(command, &log, PASSWORD.as_bytes())?);
        self.wait_for_name(SERVICE)
    }

    /// Stops the keyring in the middle of whatever it does: whoever asks it waits for ever.
    ///
    /// # Errors
    /// If there is none.
    pub fn freeze_keyring(&self) -> Result<()> {
        let keyring = self.keyring.as_ref().context("there is no keyring")?;
        self.output("kill", &["-STOP", &keyring.id().to_string()])?;
        Ok(())
    }

    /// Locks the keyring, as a person or a screen lock does.
    ///
    /// # Errors
    /// If it does not lock.
    pub fn lock_keyring(&self) -> Result<()> {
        self.output(
            "gdbus",
            &[
                "call",
                "--session",
                "--dest",
                SERVICE,
                "--object-path",
                "/org/freedesktop/secrets",
                "--method",
                "org.freedesktop.Secret.Service.Lock",
                "[objectpath '/org/freedesktop/secrets/collection/login']",
            ],
        )?;
        Ok(())
    }

    /// Gives the desktop somebody who asks for the keyring's password, and a person who never types it.
    ///
    /// # Errors
    /// If it has one.
    pub async fn start_prompter(&self) -> Result<Prompter> {
        Prompter::start(self.bus()?).await
    }
}

/// Asks for the keyring's password, and gets no answer. It ends with the value.
pub struct Prompter {
    asked: watch::Receiver<bool>,
    _connection: Connection,
}

impl Prompter {
    async fn start(bus: &str) -> Result<Self> {
        let (tell, asked) = watch::channel(false);
        let connection = connection::Builder::address(bus)?
            .serve_at("/org/gnome/keyring/Prompter", Prompt(tell))?
            .name("org.gnome.keyring.SystemPrompter")?
            .build()
            .await?;
        Ok(Self {
            asked,
            _connection: connection,
        })
    }

    /// Waits until the question is open.
    ///
    /// # Errors
    /// If nobody wants the keyring opened.
    pub async fn is_open(&self) -> Result<()> {
        let mut asked = self.asked.clone();
        tokio::time::timeout(PATIENCE, asked.wait_for(|asked| *asked))
            .await
            .context("nobody asked for the keyring's password")??;
        Ok(())
    }
}

struct Prompt(watch::Sender<bool>);

#[interface(name = "org.gnome.keyring.internal.Prompter")]
impl Prompt {
    fn begin_prompting(&self, _callback: OwnedObjectPath) {
        self.0.send_replace(true);
    }

    fn stop_prompting(&self, _callback: OwnedObjectPath) {
        self.0.send_replace(false);
    }
}
