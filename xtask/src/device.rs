//! A device of a local run: the command line program with a home of its own.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::secret;
use crate::step::{program, say, words};

/// A home with a keychain, and the program that uses them.
pub(crate) struct Device {
    program: PathBuf,
    home: PathBuf,
    keychain: KeychainChoice,
    passphrase: PathBuf,
}

/// Where the private keys of the device live.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum KeychainChoice {
    /// The keychain of the operating system.
    Os,
    /// An encrypted file in the home.
    Vault,
}

impl KeychainChoice {
    /// As the command line program calls it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Os => "os",
            Self::Vault => "vault",
        }
    }
}

impl Device {
    /// A device in this folder. It uses the keychain of the system where there is one that works, and otherwise a
    /// vault whose passphrase is made here and lies beside it: good enough for a local try, and said to the person.
    pub(crate) fn prepare(folder: &Path) -> Result<Self> {
        let mut device = Self {
            program: program("countersign")?,
            home: folder.join("home"),
            keychain: KeychainChoice::Os,
            passphrase: folder.join("vault-passphrase"),
        };
        // A device that began with a vault stays with it: its keys are there and nowhere else.
        let began_with_vault = device.passphrase.exists();
        if !began_with_vault && device.has_keychain() {
            return Ok(device);
        }
        device.keychain = KeychainChoice::Vault;
        if !began_with_vault {
            secret::save(&device.passphrase, &secret::make()?)?;
        }
        let passphrase = device.passphrase.display();
        say("No keychain of the system worked here, and so the key is kept in an encrypted file.");
        say(&format!(
            "Its passphrase lies in {passphrase}: good for a try, and not for real accounts."
        ));
        Ok(device)
    }

    pub(crate) fn keychain(&self) -> KeychainChoice {
        self.keychain
    }

    /// Asks the program for one JSON answer, with the given text on its standard input.
    pub(crate) fn ask(&self, arguments: &[&str], input: &str) -> Result<Value> {
        let mut command = self.command(arguments);
        command.arg("--json");
        let words = words(&command);
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .with_context(|| format!("cannot start `{words}`"))?;
        // A program that reads no input may be gone before the text is written; its own words tell more then.
        let _ = child
            .stdin
            .take()
            .context("standard input is piped")?
            .write_all(input.as_bytes());
        let output = child.wait_with_output()?;
        if !output.status.success() {
            bail!(
                "`{words}` failed ({}): {}",
                output.status,
                complaint(&output.stderr)
            );
        }
        serde_json::from_slice(&output.stdout)
            .with_context(|| format!("`{words}` printed something that is not JSON"))
    }

    /// Lets the program show something to the person on the terminal.
    pub(crate) fn show(&self, arguments: &[&str]) -> Result<()> {
        let status = self
            .command(arguments)
            .status()
            .context("cannot start the command line program")?;
        if !status.success() {
            bail!("`countersign {}` failed ({status})", arguments.join(" "));
        }
        Ok(())
    }

    /// Makes any of our programs this device.
    pub(crate) fn lend(&self, command: &mut Command) {
        command
            .env("COUNTERSIGN_HOME", &self.home)
            .env("COUNTERSIGN_KEYCHAIN", self.keychain.name());
        if self.keychain == KeychainChoice::Vault {
            command.env("COUNTERSIGN_VAULT_PASSPHRASE_FILE", &self.passphrase);
        }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.program);
        self.lend(&mut command);
        command.args(arguments);
        command
    }

    /// Whether `doctor` found a keychain of the system that works. Any trouble counts as none: the vault always works.
    fn has_keychain(&self) -> bool {
        self.ask(&["doctor"], "")
            .is_ok_and(|report| report["keychain"]["ok"] == true)
    }
}

/// What the program said went wrong: the message and the advice of its error, or all of it when it said nothing so
/// orderly.
fn complaint(said: &[u8]) -> String {
    let said = String::from_utf8_lossy(said);
    let last: Option<Value> = said
        .lines()
        .last()
        .and_then(|line| serde_json::from_str(line).ok());
    let member = |name| last.as_ref().and_then(|error| error["error"][name].as_str());
    match (member("message"), member("advice")) {
        (Some(message), Some(advice)) => format!("{message} {advice}"),
        (Some(message), None) => message.to_owned(),
        _ => said.trim().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_of_the_program_is_told_in_its_own_words() {
        let said = br#"a warning
            {"error":{"code":"expired","message":"It has expired.","advice":"Ask anew.","exit":4}}"#;
        assert_eq!(complaint(said), "It has expired. Ask anew.");
        assert_eq!(
            complaint(br#"{"error":{"message":"It has expired.","advice":null}}"#),
            "It has expired."
        );
    }

    #[test]
    fn words_that_are_no_error_object_are_told_as_they_are() {
        assert_eq!(
            complaint(
                b"killed
"
            ),
            "killed"
        );
        assert_eq!(complaint(b""), "");
    }
}
