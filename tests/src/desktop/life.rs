//! Starting the app without a driver, and what becomes of its window.

use std::fs;

use anyhow::{Context, Result};

use super::{Desktop, GLANCE, PATIENCE, Program, Window};

/// The app's note that it has said that there is no tray. Few desktops here have one, and only stories about that want
/// to hear of it.
pub(super) const SAID: &str = "no-tray-said";

impl Desktop {
    /// Starts the app without a driver, for what happens around its window.
    ///
    /// # Errors
    /// If it does not start.
    pub fn start_app(&self) -> Result<Program> {
        self.start_app_with(&[])
    }

    /// The same with arguments.
    ///
    /// # Errors
    /// If it does not start.
    pub fn start_app_with(&self, arguments: &[&str]) -> Result<Program> {
        let mut app = self.command(&self.app);
        app.args(arguments);
        Program::start(app, &self.log_file("countersign-app"))
    }

    /// Starts the app with these arguments, and connects to its window whenever that comes.
    ///
    /// # Errors
    /// If it does not come.
    pub async fn window_to_come(&self, arguments: &[&str]) -> Result<Window> {
        Window::open(self, arguments).await
    }

    /// Starts another program on this desktop.
    ///
    /// # Errors
    /// If it does not start.
    pub fn start_program(&self, program: &str, arguments: &[&str]) -> Result<Program> {
        let mut command = self.command(program);
        command.args(arguments);
        Program::start(command, &self.log_file("program"))
    }

    /// Closes the window, as with the button in its frame, and waits until it is gone.
    ///
    /// # Errors
    /// If it stays.
    pub async fn close_window(&self) -> Result<()> {
        let search = ["search", "--onlyvisible", "--name", "Countersign"];
        let activate = [&["5", "xdotool"], &search[..], &["windowactivate", "--sync"]].concat();
        let mut glances = tokio::time::interval(10 * GLANCE);
        let closing = async {
            loop {
                glances.tick().await;
                match self.output("xdotool", &search) {
                    Ok(_) => {}
                    Err(error) if error.to_string().contains("BadWindow") => continue,
                    Err(_) => return Ok(()),
                }
                // The key goes to whatever has the focus, because the window manager takes none that are sent to one
                // window; and while it moves the focus it may miss one, so that it is pressed again.
                drop(self.output("timeout", &activate));
                self.output("xdotool", &["key", "alt+F4"])?;
            }
        };
        tokio::time::timeout(PATIENCE, closing)
            .await
            .context("the window stays")?
    }

    /// Presses keys, which the window with the focus gets: "ctrl+v".
    ///
    /// # Errors
    /// If the display does not take them.
    pub fn press_keys(&self, keys: &str) -> Result<()> {
        self.output("xdotool", &["key", keys])?;
        Ok(())
    }

    /// Waits until this many web views of the program run: each is a process of its own.
    ///
    /// # Errors
    /// If it does not come to that.
    pub async fn wait_for_webviews(&self, of: &Program, count: usize) -> Result<()> {
        let mut glances = tokio::time::interval(GLANCE);
        let waiting = async {
            while of.webviews()? != count {
                glances.tick().await;
            }
            Ok(())
        };
        tokio::time::timeout(PATIENCE, waiting)
            .await
            .with_context(|| format!("it did not come to {count} web views"))?
    }

    /// Forgets that the person has been told that there is no tray.
    ///
    /// # Errors
    /// If it cannot be forgotten.
    pub fn forget_what_was_said(&self) -> Result<()> {
        Ok(fs::remove_file(self.folder("home_of_app").join(SAID))?)
    }
}
