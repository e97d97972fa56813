//! The program on a terminal: what was typed before a question does not answer it.
#![cfg(unix)]

use std::{
    fs::{self, File, Permissions},
    io::{Read, Write},
    os::{fd::OwnedFd, unix::fs::PermissionsExt},
    process::{Child, Command},
};

use rustix::{
    fs::{Mode, OFlags, open},
    pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt},
};

/// Nobody listens on port 1: whoever agrees ends with exit code 7.
const LINK: &str = "countersign://enrol?v=1&server=http://127.0.0.1:1&service=VA0123456789abcdef0123456789abcdef&\
                    identity=user-0001&token=abc&issuer=Acme&account=ada";

/// A person's end of a terminal on which the program is about to start.
struct Terminal {
    folder: tempfile::TempDir,
    keyboard: File,
    /// The program's end, until the program has it: then its end is seen here.
    screen: Option<OwnedFd>,
    seen: String,
}

impl Terminal {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a scratch directory");
        let passphrase = folder.path().join("passphrase");
        fs::write(&passphrase, "correct horse\n").expect("the passphrase is written");
        fs::set_permissions(&passphrase, Permissions::from_mode(0o600)).expect("its mode is set");
        let keyboard = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).expect("a pseudo-terminal");
        grantpt(&keyboard).expect("it is ours");
        unlockpt(&keyboard).expect("it is open");
        let name = ptsname(&keyboard, Vec::new()).expect("its other end has a name");
        let screen = open(name, OFlags::RDWR | OFlags::NOCTTY, Mode::empty()).expect("its other end");
        Self {
            folder,
            keyboard: keyboard.into(),
            screen: Some(screen),
            seen: String::new(),
        }
    }

    fn start(&mut self, arguments: &[&str]) -> Child {
        let screen = self.screen.take().expect("one program for each terminal");
        let end = || screen.try_clone().expect("one more descriptor");
        Command::new(env!("CARGO_BIN_EXE_countersign"))
            .args(arguments)
            .env("COUNTERSIGN_HOME", self.folder.path().join("home"))
            .env("COUNTERSIGN_KEYCHAIN", "vault")
            .env(
                "COUNTERSIGN_VAULT_PASSPHRASE_FILE",
                self.folder.path().join("passphrase"),
            )
            .env_remove("RUST_LOG")
            .stdin(end())
            .stdout(end())
            .stderr(end())
            .spawn()
            .expect("the program starts")
    }

    fn types(&mut self, text: &str) {
        self.keyboard
            .write_all(text.as_bytes())
            .expect("the terminal takes it");
    }

    fn until_seen(&mut self, text: &str) {
        while !self.seen.contains(text) {
            let mut some = [0; 1024];
            // Where the program has ended, some systems say so and others have nothing more to read.
            let length = self.keyboard.read(&mut some).unwrap_or(0);
            assert!(length > 0, "the program ended without {text:?}: {}", self.seen);
            self.seen.push_str(&String::from_utf8_lossy(&some[..length]));
        }
    }
}

fn exit(mut child: Child) -> Option<i32> {
    child.wait().expect("it ends").code()
}

#[test]
fn a_yes_typed_before_the_question_is_none() {
    let mut terminal = Terminal::new();
    terminal.types("y\n");
    let child = terminal.start(&["enrol", LINK]);
    terminal.until_seen("[y/N]");
    terminal.types("n\n");
    terminal.until_seen("Nothing was created.");
    assert_eq!(exit(child), Some(11), "{}", terminal.seen);
}

#[test]
fn a_no_leaves_nothing_and_a_vault_is_opened_only_after_a_yes() {
    let mut terminal = Terminal::new();
    // Whoever opened the vault too early would fail for want of a passphrase, and ask nothing.
    fs::remove_file(terminal.folder.path().join("passphrase")).expect("it is gone");
    let child = terminal.start(&["enrol", LINK]);
    terminal.until_seen("127.0.0.1:1");
    terminal.until_seen("[y/N]");
    assert!(!terminal.folder.path().join("home").exists());
    terminal.types("n\n");
    terminal.until_seen("Nothing was created.");
    assert_eq!(exit(child), Some(11), "{}", terminal.seen);
    assert!(!terminal.folder.path().join("home").exists());

    let mut terminal = Terminal::new();
    fs::remove_file(terminal.folder.path().join("passphrase")).expect("it is gone");
    let child = terminal.start(&["enrol", LINK]);
    terminal.until_seen("[y/N]");
    terminal.types("y\n");
    terminal.until_seen("This computer was not enrolled.");
    assert_eq!(exit(child), Some(8), "{}", terminal.seen);
}

#[test]
fn a_yes_typed_after_the_question_is_one() {
    let mut terminal = Terminal::new();
    let child = terminal.start(&["enrol", LINK]);
    terminal.until_seen("[y/N]");
    terminal.types("y\n");
    terminal.until_seen("This computer was not enrolled.");
    assert_eq!(exit(child), Some(7), "{}", terminal.seen);
}

#[test]
fn a_pasted_link_is_asked_about_and_a_paste_that_answers_too_is_refused() {
    let mut terminal = Terminal::new();
    let child = terminal.start(&["enrol", "-"]);
    terminal.types(&format!("{LINK}\ny\n"));
    terminal.until_seen("Paste the link alone.");
    assert_eq!(exit(child), Some(2), "{}", terminal.seen);
    assert!(!terminal.folder.path().join("home").exists());

    let mut terminal = Terminal::new();
    terminal.types(&format!("{LINK}\n"));
    let child = terminal.start(&["enrol", "-"]);
    terminal.until_seen("[y/N]");
    terminal.types("\n");
    terminal.until_seen("Nothing was created.");
    assert_eq!(exit(child), Some(11), "{}", terminal.seen);
}
