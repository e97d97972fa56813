//! `cargo xtask run`: server, Acme and the app, for a person to try.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use crate::background::Background;
use crate::device::Device;
use crate::servers::{ANY_PORT, Account, build, start_acme, start_server};
use crate::setup::{Need, prepare};
use crate::step::{program, say};
use crate::{demo, interface, secret, terminal};

/// What a local run remembers from one time to the next, so that enrolled accounts stay usable: factors know the
/// address of their server.
pub(crate) struct Memory {
    folder: PathBuf,
    account: Account,
    server: String,
    acme: String,
}

/// Starts everything, and stays until the window is closed or Ctrl-C.
pub(crate) fn run() -> Result<()> {
    if has_display() {
        with_the_window()
    } else {
        say(
            "There is no display here, and so this is the same in the terminal, with the command line program.",
        );
        terminal::run()
    }
}

fn with_the_window() -> Result<()> {
    prepare(&[Need::Node, Need::Window])?;
    interface::build()?;
    build(&[
        "countersign-server",
        "countersign-issuer",
        "countersign-cli",
        "countersign-app",
    ])?;
    let background = Background::new()?;
    let mut memory = Memory::recall()?;
    let acme = memory.start_servers(&background)?;
    say(&format!("Acme's page: {acme}"));
    say(
        "Enrol this computer there, sign in there, and answer in the window. Ctrl-C here ends all; so does Quit in the \
         tray, or closing the window on a desktop without a tray.",
    );
    let device = Device::prepare(&memory.folder)?;
    open_in_browser(&acme);
    let mut window = Command::new(program("countersign-app")?);
    device.lend(&mut window);
    let status = background.attend("the window", &mut window)?;
    background.end();
    if !status.success() {
        bail!("the app did not end well ({status})");
    }
    Ok(())
}

impl Memory {
    /// What the last run remembered, or a new account for a first run.
    pub(crate) fn recall() -> Result<Self> {
        let folder = data_folder()?;
        secret::make_folder(&folder)?;
        let file = folder.join("account.json");
        if !file.exists() {
            let any = || ANY_PORT.to_owned();
            return Ok(Self {
                folder,
                account: Account::make()?,
                server: any(),
                acme: any(),
            });
        }
        let remembered =
            fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
        Self::parse(folder, &remembered)
            .with_context(|| format!("{} is damaged; remove its folder to begin anew", file.display()))
    }

    fn parse(folder: PathBuf, text: &str) -> Result<Self> {
        let remembered: Value = serde_json::from_str(text)?;
        let member = |name| demo::text(&remembered, name);
        let account = Account {
            sid: member("account_sid")?,
            token: member("auth_token")?,
        };
        Ok(Self {
            folder,
            account,
            server: member("server")?,
            acme: member("acme")?,
        })
    }

    fn to_json(&self) -> Value {
        json!({
            "account_sid": self.account.sid,
            "auth_token": self.account.token,
            "server": self.server,
            "acme": self.acme,
        })
    }

    /// Where everything of local runs lies.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Starts the server and Acme where they were the last time, and returns the address of Acme's page.
    pub(crate) fn start_servers(&mut self, background: &Background) -> Result<String> {
        let folder = self.folder.clone();
        let server = at_known_address(&mut self.server, |listen| {
            start_server(background, &self.account, &folder, listen)
        })?;
        let acme = at_known_address(&mut self.acme, |listen| {
            start_acme(background, &self.account, &folder, &server, listen)
        })?;
        secret::save(
            &self.folder.join("account.json"),
            &format!("{:#}\n", self.to_json()),
        )?;
        say(&format!(
            "Server: {server} (data and logs in {})",
            self.folder.display()
        ));
        Ok(acme)
    }
}

/// Starts a server at the address of the last time. When that is taken it gets a new one, which is remembered.
fn at_known_address(address: &mut String, start: impl Fn(&str) -> Result<String>) -> Result<String> {
    let url = match start(address) {
        Err(error) if address != ANY_PORT => {
            say(&format!(
                "{address} cannot be used again ({error:#}); accounts enrolled there stay offline."
            ));
            start(ANY_PORT)?
        }
        outcome => outcome?,
    };
    *address = url.trim_start_matches("http://").trim_end_matches('/').to_owned();
    Ok(url)
}

/// The person's own data folder: it survives `cargo clean`, as the keys in the keychain do.
fn data_folder() -> Result<PathBuf> {
    let variable = |name| {
        std::env::var_os(name)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    };
    let folder = if cfg!(windows) {
        variable("LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        variable("HOME").map(|home| home.join("Library/Application Support"))
    } else {
        variable("XDG_DATA_HOME").or_else(|| variable("HOME").map(|home| home.join(".local/share")))
    };
    Ok(folder
        .context("this user has no home folder")?
        .join("countersign-run"))
}

fn has_display() -> bool {
    let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || is_set("DISPLAY") || is_set("WAYLAND_DISPLAY")
}

/// The address was printed before, and so a system without a browser is no reason to stop.
fn open_in_browser(url: &str) {
    let mut command = if cfg!(windows) {
        let mut command = Command::new("cmd");
        command.args(["/C", "start", "", url]);
        command
    } else {
        let mut command = Command::new(if cfg!(target_os = "macos") {
            "open"
        } else {
            "xdg-open"
        });
        command.arg(url);
        command
    };
    if command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .is_err()
    {
        say("No browser could be started; open the page by hand.");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_remembered_is_recalled() {
        let account = Account {
            sid: "AC1".to_owned(),
            token: "secret".to_owned(),
        };
        let (server, acme) = ("127.0.0.1:1".to_owned(), "127.0.0.1:2".to_owned());
        let memory = Memory {
            folder: PathBuf::from("here"),
            account,
            server,
            acme,
        };
        let recalled = Memory::parse(PathBuf::from("here"), &memory.to_json().to_string()).unwrap();
        assert_eq!(recalled.to_json(), memory.to_json());
        assert!(Memory::parse(PathBuf::new(), "{}").is_err());
    }

    #[test]
    fn an_address_that_is_taken_is_replaced_and_the_new_one_remembered() {
        let mut address = "127.0.0.1:1".to_owned();
        let url = at_known_address(&mut address, |listen| match listen {
            ANY_PORT => Ok("http://127.0.0.1:2".to_owned()),
            _ => bail!("taken"),
        });
        assert_eq!(url.unwrap(), "http://127.0.0.1:2");
        assert_eq!(address, "127.0.0.1:2");
    }
}
