//! A session of its own for each story: a private bus, private directories, and a real GNOME Keyring.
//!
//! A process has one session bus for life, named by its environment. So each test runs itself again as a child
//! with the environment of a private session, and the child plays the story.

use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::DirBuilderExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use tempfile::TempDir;

const IN_SESSION: &str = "COUNTERSIGN_TEST_SESSION";
const SECRETS: &str = "org.freedesktop.secrets";

/// Far longer than anything takes; only a fault gets there.
const PATIENCE: Duration = Duration::from_secs(60);

/// No service directories: nothing starts on this bus by itself.
const BUS_CONFIG: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir=DIRECTORY</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#;

/// Plays `story` in a session with a bus and nothing on it. `test` is the name of the test that asks.
pub(crate) fn on_a_private_bus(test: &str, story: impl FnOnce()) {
    play(test, story, |directory| {
        let config = directory.join("bus.conf");
        let text = BUS_CONFIG.replace("DIRECTORY", directory.to_str().expect("a UTF-8 directory"));
        std::fs::write(&config, text).expect("write the bus configuration");
        let mut bus = command("dbus-daemon");
        bus.arg("--config-file")
            .arg(config)
            .args(["--nofork", "--print-address=1"]);
        let mut bus = spawn(bus.stdout(Stdio::piped()).stderr(Stdio::null()));
        let mut address = String::new();
        let output = bus.0.stdout.take().expect("a pipe");
        BufReader::new(output)
            .read_line(&mut address)
            .expect("the bus prints its address");
        (Some(bus), address.trim_end().to_owned())
    });
}

/// Plays `story` in a session whose bus does not exist.
pub(crate) fn without_a_bus(test: &str, story: impl FnOnce()) {
    play(test, story, |directory| {
        (None, format!("unix:path={}/nowhere", directory.display()))
    });
}

fn play(test: &str, story: impl FnOnce(), start_bus: impl FnOnce(&Path) -> (Option<Process>, String)) {
    if std::env::var_os(IN_SESSION).is_some() {
        return story();
    }
    let directory = TempDir::new().expect("a temporary directory");
    let (_bus, address) = start_bus(directory.path());
    let mut child = command(std::env::current_exe().expect("the name of this program"));
    child.args([test, "--exact", "--nocapture"]).env(IN_SESSION, "1");
    child.env("DBUS_SESSION_BUS_ADDRESS", address);
    for removed in [
        "DISPLAY",
        "WAYLAND_DISPLAY",
        "GNOME_KEYRING_CONTROL",
        "SSH_AUTH_SOCK",
    ] {
        child.env_remove(removed);
    }
    for name in [
        "HOME",
        "XDG_RUNTIME_DIR",
        "XDG_DATA_HOME",
        "XDG_CONFIG_HOME",
        "XDG_CACHE_HOME",
    ] {
        let private = directory.path().join(name);
        std::fs::DirBuilder::new()
            .mode(0o700)
            .create(&private)
            .expect("make a private directory");
        child.env(name, private);
    }
    let output = child.output().expect("run this test again");
    let text = [output.stdout, output.stderr]
        .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
        .concat();
    assert!(
        output.status.success(),
        "the story failed in its own session:\n{text}"
    );
    assert!(text.contains("1 passed"), "no test is called {test}:\n{text}");
}

/// A running GNOME Keyring. It is ended when this is dropped.
pub(crate) struct Keyring(Process);

impl Keyring {
    /// Starts it with its default collection unlocked, and waits until it is on the bus. The collection is kept
    /// in the session's data directory: a second start finds what the first has stored.
    pub(crate) fn start() -> Self {
        let mut keyring = command("gnome-keyring-daemon");
        keyring.args(["--foreground", "--unlock", "--components=secrets"]);
        let mut keyring = spawn(
            keyring
                .stdin(Stdio::piped())
                .stdout(Stdio::null())
                .stderr(Stdio::null()),
        );
        let mut password = keyring.0.stdin.take().expect("a pipe");
        password
            .write_all(b"password of the test")
            .expect("tell the keyring its password");
        drop(password);
        wait_for_owner(true);
        Self(keyring)
    }

    /// Ends it, and waits until it is off the bus.
    pub(crate) fn stop(self) {
        drop(self);
        wait_for_owner(false);
    }

    /// Lets it hang: it stays on the bus and answers nothing.
    pub(crate) fn freeze(&self) {
        self.signal("-STOP");
    }

    /// Lets it go on.
    pub(crate) fn thaw(&self) {
        self.signal("-CONT");
    }

    fn signal(&self, signal: &str) {
        let status = Command::new("kill")
            .args([signal, &self.0.0.id().to_string()])
            .status()
            .expect("run kill");
        assert!(status.success());
    }
}

/// A process that is ended and waited for when this is dropped.
struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn command(program: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut command = Command::new(program);
    command.stdin(Stdio::null());
    command
}

fn spawn(command: &mut Command) -> Process {
    match command.spawn() {
        Ok(child) => Process(child),
        Err(error) => panic!(
            "could not start {}: {error}. This test needs the packages dbus and gnome-keyring; `cargo xtask test` \
             installs them, or use the system's package manager",
            command.get_program().display()
        ),
    }
}

fn wait_for_owner(there: bool) {
    let (arrived, arrival) = mpsc::channel();
    std::thread::spawn(move || {
        let connection = zbus::blocking::Connection::session().expect("connect to the private bus");
        let bus = zbus::blocking::fdo::DBusProxy::new(&connection).expect("talk to the bus");
        let changes = bus.receive_name_owner_changed().expect("hear of names");
        let is_there = || {
            bus.name_has_owner(SECRETS.try_into().expect("a bus name"))
                .expect("ask for a name")
        };
        // Asked after listening, so that no change is missed in between.
        if is_there() != there {
            changes.into_iter().find(|_| is_there() == there);
        }
        let _ = arrived.send(());
    });
    let what = if there { "come to" } else { "leave" };
    arrival
        .recv_timeout(PATIENCE)
        .unwrap_or_else(|_| panic!("gnome-keyring did not {what} the bus"));
}

/// Stands in the place of the desktop's password prompt, and answers nothing.
pub(crate) struct SilentPrompter {
    _connection: zbus::blocking::Connection,
    questions: zbus::blocking::MessageIterator,
}

impl SilentPrompter {
    pub(crate) fn start() -> Self {
        let connection = zbus::blocking::Connection::session().expect("connect to the private bus");
        let questions = zbus::blocking::MessageIterator::from(&connection);
        connection
            .request_name("org.gnome.keyring.SystemPrompter")
            .expect("take the prompter's name");
        Self {
            _connection: connection,
            questions,
        }
    }

    /// Waits for the keyring's question.
    pub(crate) fn was_asked(self) -> bool {
        let is_question = |message: &zbus::Message| {
            message
                .header()
                .interface()
                .is_some_and(|name| name.as_str().starts_with("org.gnome.keyring"))
        };
        self.questions.flatten().any(|message| is_question(&message))
    }
}
