//! The two servers of a local run: our own Verify server, and Acme, the sample issuer that asks it.

use std::path::Path;
use std::process::Command;

use anyhow::Result;

use crate::background::Background;
use crate::step::{cargo, program, run};
use crate::{secret, setup};

/// Any free port of this machine, and of no other.
pub(crate) const ANY_PORT: &str = "127.0.0.1:0";

/// The account that Acme uses the server with.
pub(crate) struct Account {
    /// `AC` and 32 hexadecimal digits.
    pub(crate) sid: String,
    /// The password of the account. It is handed on in the environment, never as an argument, because everybody on
    /// this machine can read arguments.
    pub(crate) token: String,
}

impl Account {
    pub(crate) fn make() -> Result<Self> {
        Ok(Self {
            sid: format!("AC{}", secret::make()?),
            token: secret::make()?,
        })
    }
}

/// Builds the programs of these packages in one go.
pub(crate) fn build(packages: &[&str]) -> Result<()> {
    setup::prepare(&[setup::Need::Compiler])?;
    let mut command = cargo();
    command.args(["build", "--bins"]);
    for package in packages {
        command.args(["--package", package]);
    }
    run(&mut command)
}

/// Starts the server over a database in this folder and returns its URL.
pub(crate) fn start_server(
    background: &Background,
    account: &Account,
    folder: &Path,
    listen: &str,
) -> Result<String> {
    let database = format!("sqlite://{}", folder.join("server.sqlite").display());
    let mut command = Command::new(program("countersign-server")?);
    command
        .args(["serve", "--listen", listen, "--database", &database])
        .env("COUNTERSIGN_BOOTSTRAP_ACCOUNT_SID", &account.sid)
        .env("COUNTERSIGN_BOOTSTRAP_AUTH_TOKEN", &account.token);
    background.serve("the server", &mut command, &folder.join("server.log"))
}

/// Starts Acme against the server and returns the URL of its page.
pub(crate) fn start_acme(
    background: &Background,
    account: &Account,
    folder: &Path,
    server_url: &str,
    listen: &str,
) -> Result<String> {
    let mut command = Command::new(program("countersign-issuer")?);
    command
        .args(["--listen", listen, "--api-url", server_url])
        .env("TWILIO_ACCOUNT_SID", &account.sid)
        .env("TWILIO_AUTH_TOKEN", &account.token);
    background.serve("Acme", &mut command, &folder.join("acme.log"))
}
