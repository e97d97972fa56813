//! A desktop of its own for one story: a display, a message bus, a keyring, a window manager and a notification
//! daemon, none of which anything else on this machine sees. Only for Linux, which has them all without a screen.

mod badge;
mod bus;
mod hand;
mod keyring;
mod life;
mod notifications;
mod pictures;
mod polkit;
mod portal;
mod program;
mod system;
mod tray;
mod window;

use std::{
    ffi::OsString,
    fs::{self, DirBuilder, File, Permissions},
    io::{BufRead, BufReader, Read},
    os::unix::fs::{DirBuilderExt, PermissionsExt},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Duration,
};

use anyhow::{Context, Result, bail, ensure};
use tempfile::TempDir;
use tokio::sync::{Mutex, MutexGuard};

pub use badge::Badge;
pub use hand::Hand;
pub use keyring::Prompter;
pub use notifications::Overheard;
pub use polkit::{Polkit, Says};
pub use portal::{Portal, Shot};
pub use program::Program;
pub use system::Login;
pub use tray::Tray;
pub use window::Window;

/// How long anything may take to appear. Nothing here takes more than a moment on an idle machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// How often it is looked for.
const GLANCE: Duration = Duration::from_millis(50);

/// Which keyring the desktop has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keyring {
    /// An open one, as after signing in.
    Open,
    /// None at all.
    Missing,
    /// None, and the person chose a file under a passphrase instead.
    Vault,
}

/// A running desktop. Dropping it ends everything in it, in the reverse order of starting.
pub struct Desktop {
    environment: Vec<(OsString, OsString)>,
    programs: Vec<Program>,
    keyring: Option<Program>,
    app: PathBuf,
    root: TempDir,
    // One desktop at a time: several on a small machine are so slow that nothing appears in time.
    _turn: MutexGuard<'static, ()>,
}

impl Desktop {
    /// Starts everything but the app.
    ///
    /// # Errors
    /// If a program is missing or does not start, or `COUNTERSIGN_APP_BINARY` does not name the app.
    pub async fn start(keyring: Keyring) -> Result<Self> {
        static TURN: Mutex<()> = Mutex::const_new(());
        let turn = TURN.lock().await;
        let app = std::env::var_os("COUNTERSIGN_APP_BINARY")
            .map(PathBuf::from)
            .context(
                "COUNTERSIGN_APP_BINARY is not set; `cargo xtask test installed` builds the app and sets it",
            )?;
        ensure!(
            app.is_file(),
            "COUNTERSIGN_APP_BINARY names {}, which is no file",
            app.display()
        );
        let root = tempfile::Builder::new().prefix("desktop").tempdir()?;
        let mut desktop = Self {
            environment: Vec::new(),
            programs: Vec::new(),
            keyring: None,
            app,
            root,
            _turn: turn,
        };
        desktop.make_folders()?;
        desktop.start_display()?;
        desktop.start_buses()?;
        desktop.run("openbox", Command::new("openbox"))?;
        desktop.start_notifications()?;
        match keyring {
            Keyring::Open => desktop.start_keyring()?,
            Keyring::Missing => {}
            Keyring::Vault => {
                desktop.set("COUNTERSIGN_KEYCHAIN", "vault");
                desktop.set("COUNTERSIGN_VAULT_PASSPHRASE_FILE", desktop.folder("passphrase"));
                desktop.choose_passphrase(keyring::PASSWORD)?;
            }
        }
        Ok(desktop)
    }

    /// Opens the app's window with these arguments and connects to it.
    ///
    /// # Errors
    /// If the window does not come.
    pub async fn open_window(&mut self, arguments: &[&str]) -> Result<Window> {
        self.wait_for_the_last_instance_to_end().await?;
        Window::open(self, arguments).await
    }

    /// Closes the window, and waits until the app is gone.
    ///
    /// # Errors
    /// If it stays.
    pub async fn close(&self, window: Window) -> Result<()> {
        let driver = window.end_session().await?;
        self.wait_for_the_last_instance_to_end().await?;
        drop(driver);
        Ok(())
    }

    /// An instance that is still ending would take the next one for a second, and send it away.
    ///
    /// # Errors
    /// If it does not end.
    pub async fn wait_for_the_last_instance_to_end(&self) -> Result<()> {
        let bus = [
            "call",
            "--session",
            "--dest",
            "org.freedesktop.DBus",
            "--object-path",
            "/",
        ];
        let names = [&bus[..], &["--method", "org.freedesktop.DBus.ListNames"]].concat();
        let mut glances = tokio::time::interval(GLANCE);
        let waiting = async {
            while self.output("gdbus", &names)?.contains(".SingleInstance") {
                glances.tick().await;
            }
            Ok(())
        };
        tokio::time::timeout(PATIENCE, waiting)
            .await
            .context("the last instance still runs")?
    }

    /// Starts the app once more beside the one that runs, as the desktop does for a link, and waits for its end.
    ///
    /// # Errors
    /// If it does not end well.
    pub fn start_second_instance(&self, arguments: &[&str]) -> Result<()> {
        let status = self.command(&self.app).args(arguments).status()?;
        ensure!(status.success(), "the second instance ended with {status}");
        Ok(())
    }

    /// Writes the file that the vault's passphrase is read from.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn choose_passphrase(&self, passphrase: &str) -> Result<()> {
        let file = self.folder("passphrase");
        fs::write(&file, passphrase)?;
        fs::set_permissions(&file, Permissions::from_mode(0o600))?;
        Ok(())
    }

    /// Gives the desktop a tray.
    ///
    /// # Errors
    /// If it has one.
    pub async fn start_tray(&self) -> Result<Tray> {
        let environment = self.environment.clone();
        let run = move |command: &mut Command| {
            let output = command.env_clear().envs(environment.iter().cloned()).output()?;
            let said = String::from_utf8_lossy(&output.stdout).into_owned();
            ensure!(
                output.status.success(),
                "{}",
                String::from_utf8_lossy(&output.stderr)
            );
            Ok(said)
        };
        Tray::start(self.bus()?, run).await
    }

    /// Listens for how much the app says is waiting, as a dock does.
    ///
    /// # Errors
    /// If the bus does not allow it.
    pub async fn start_dock(&self) -> Result<Badge> {
        Badge::listen(self.bus()?).await
    }

    /// Waits until the window is on the screen.
    ///
    /// # Errors
    /// If it does not come.
    pub fn wait_for_window(&self) -> Result<()> {
        self.wait_for_window_called("Countersign")
    }

    /// Whether the window is on the screen now.
    pub fn has_window(&self) -> bool {
        self.output("xdotool", &["search", "--onlyvisible", "--name", "Countersign"])
            .is_ok()
    }

    /// Waits until a window with this title is on the screen.
    ///
    /// # Errors
    /// If it does not come.
    pub fn wait_for_window_called(&self, title: &str) -> Result<()> {
        let search = [
            "30",
            "xdotool",
            "search",
            "--sync",
            "--onlyvisible",
            "--name",
            title,
        ];
        loop {
            match self.output("timeout", &search) {
                // Another window went away while it was being looked at.
                Err(error) if error.to_string().contains("BadWindow") => {}
                found => return found.map(drop),
            }
        }
    }

    /// What stands in the frames of all windows, those that are put away too.
    ///
    /// # Errors
    /// If the display does not say.
    pub fn window_titles(&self) -> Result<String> {
        let search = ["search", "--name", "Countersign", "getwindowname", "%@"];
        self.output("xdotool", &search)
    }

    /// Puts the window away, as with the button in its frame.
    ///
    /// # Errors
    /// If there is none.
    pub fn minimise_window(&self) -> Result<()> {
        self.output(
            "xdotool",
            &[
                "search",
                "--onlyvisible",
                "--name",
                "Countersign",
                "windowminimize",
                "--sync",
            ],
        )?;
        Ok(())
    }

    /// Asks a program to end.
    ///
    /// # Errors
    /// If it is not there.
    pub fn terminate(&self, program: &Program) -> Result<()> {
        self.output("kill", &["-TERM", &program.id().to_string()])?;
        Ok(())
    }

    /// Runs the command line on the app's profile, as its person does in a terminal.
    ///
    /// # Errors
    /// If it does not end well.
    pub fn run_command_line(&self, arguments: &[&str]) -> Result<String> {
        let program = crate::programs::program("countersign");
        self.output(&program.to_string_lossy(), arguments)
    }

    /// Waits until the app no longer polls, and then does it in its place, as another process of the same profile
    /// would, until the value is dropped.
    ///
    /// # Errors
    /// If the app has never been started.
    pub fn poll_in_its_place(&self) -> Result<File> {
        let lock = File::options()
            .write(true)
            .open(self.folder("home_of_app").join("poll.lock"))?;
        lock.lock()?;
        Ok(lock)
    }

    /// Saves what the whole screen shows, under `COUNTERSIGN_SCREENSHOTS` if that is set, to be looked at.
    ///
    /// # Errors
    /// If there is no picture.
    pub fn screenshot(&self, name: &str) -> Result<()> {
        let Some(folder) = std::env::var_os("COUNTERSIGN_SCREENSHOTS").map(PathBuf::from) else {
            return Ok(());
        };
        fs::create_dir_all(&folder)?;
        let file = folder.join(format!("{name}.png"));
        let status = self
            .command("import")
            .args(["-window", "root"])
            .arg(&file)
            .status()?;
        ensure!(status.success(), "no screenshot was made: {status}");
        Ok(())
    }

    /// What a program of this desktop wrote to its log, for a failure.
    pub fn log_of(&self, program: &str) -> String {
        fs::read_to_string(self.log_file(program)).unwrap_or_default()
    }

    fn make_folders(&mut self) -> Result<()> {
        let variables = [
            "HOME",
            "TMPDIR",
            "XDG_RUNTIME_DIR",
            "XDG_DATA_HOME",
            "XDG_CONFIG_HOME",
            "XDG_CACHE_HOME",
            "XDG_STATE_HOME",
        ];
        for name in variables {
            let folder = self.folder(&name.to_lowercase());
            DirBuilder::new().mode(0o700).create(&folder)?;
            self.set(name, folder);
        }
        let home = self.folder("home_of_app");
        DirBuilder::new().mode(0o700).create(&home)?;
        fs::write(home.join(life::SAID), "")?;
        self.set("COUNTERSIGN_HOME", home);
        self.set("PATH", std::env::var_os("PATH").context("PATH is not set")?);
        self.set("LANG", "C.UTF-8");
        self.set("TZ", "UTC");
        self.set("GDK_BACKEND", "x11");
        self.set("NO_AT_BRIDGE", "1");
        Ok(())
    }

    /// The server chooses a free display and tells which.
    fn start_display(&mut self) -> Result<()> {
        let mut command = self.command("Xvfb");
        command.args([
            "-displayfd",
            "1",
            "-screen",
            "0",
            "1280x900x24",
            "-nolisten",
            "tcp",
        ]);
        let number = self.run_and_read_line("Xvfb", command)?;
        self.set("DISPLAY", format!(":{number}"));
        Ok(())
    }

    fn wait_for_name(&self, name: &str) -> Result<()> {
        self.output("gdbus", &["wait", "--session", "--timeout", "20", name])?;
        Ok(())
    }

    fn run(&mut self, name: &str, command: Command) -> Result<()> {
        let mut own = self.command(command.get_program());
        own.args(command.get_args());
        self.programs.push(Program::start(own, &self.log_file(name))?);
        Ok(())
    }

    fn run_and_read_line(&mut self, name: &str, mut command: Command) -> Result<String> {
        command.stdout(Stdio::piped());
        let mut program = Program::start(command, &self.log_file(name))?;
        let output = program.take_output().context("the output is piped")?;
        self.programs.push(program);
        let mut line = String::new();
        BufReader::new(output.take(4096)).read_line(&mut line)?;
        match line.trim() {
            "" => bail!("{name} did not start: {}", self.log_of(name)),
            line => Ok(line.to_owned()),
        }
    }

    fn output(&self, program: &str, arguments: &[&str]) -> Result<String> {
        let output = self
            .command(program)
            .args(arguments)
            .output()
            .with_context(|| format!("cannot run {program}"))?;
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        ensure!(
            output.status.success(),
            "{program} failed ({}): {said}{}",
            output.status,
            String::from_utf8_lossy(&output.stderr)
        );
        Ok(said)
    }

    fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        command
            .env_clear()
            .envs(self.environment.iter().cloned())
            .stdin(Stdio::null());
        command
    }

    fn set(&mut self, name: &str, value: impl Into<OsString>) {
        self.environment.push((name.into(), value.into()));
    }

    fn folder(&self, name: &str) -> PathBuf {
        self.root.path().join(name)
    }

    fn log_file(&self, program: &str) -> PathBuf {
        self.root.path().join(format!("{program}.log"))
    }

    fn app(&self) -> &Path {
        &self.app
    }
}

impl Drop for Desktop {
    fn drop(&mut self) {
        drop(self.keyring.take());
        // The display goes last: what is drawn on it would complain.
        while let Some(program) = self.programs.pop() {
            drop(program);
        }
    }
}
