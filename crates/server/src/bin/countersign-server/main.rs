//! `countersign-server`: the self-hosted Verify Push server on the command line.

mod accounts;
mod api;
mod api_keys;
mod backup;
mod init;
mod keys;
mod log;
mod output;
mod serve;
mod services;
mod settings;
mod signals;
mod webhooks;

use std::{env::VarError, path::PathBuf, process::ExitCode};

use anyhow::Context as _;
use clap::{Args, Parser, Subcommand};
use countersign_server::{
    server_key::{KeySource, ServerKey},
    serving,
    store::{Location, Store},
};
use secrecy::{ExposeSecret as _, SecretString};
use url::Url;

/// The self-hosted Verify Push server.
///
/// Every option can also be set by the environment variable named beside it, and in a file that --config names; the
/// command line has precedence over the environment, and the environment over the file.
#[derive(Parser)]
#[command(name = "countersign-server", version, about, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    common: Common,
}

#[derive(Subcommand)]
enum Command {
    Init(Box<init::Init>),
    Serve(Box<serve::Serve>),
    /// Manage the accounts that may use the API
    #[command(subcommand)]
    Account(accounts::Command),
    /// Manage the API keys of an account
    #[command(subcommand)]
    ApiKey(api_keys::Command),
    /// Manage the services of an account
    #[command(subcommand)]
    Service(services::Command),
    /// Manage the webhooks of a service
    #[command(subcommand)]
    Webhook(webhooks::Command),
    /// Let one server key follow another
    #[command(subcommand)]
    Key(keys::Command),
    Backup(backup::Backup),
}

/// What every command needs to know.
#[derive(Args)]
struct Common {
    /// The file with settings
    #[arg(long, global = true, value_name = "FILE", env = "COUNTERSIGN_CONFIG")]
    config: Option<PathBuf>,
    /// The database: sqlite://FILE, made by `init` and `serve` if it is not there, or postgres://USER:PASSWORD@HOST/NAME
    #[arg(
        long,
        global = true,
        value_name = "URL",
        default_value = "sqlite://countersign.db",
        env = "COUNTERSIGN_DATABASE",
        hide_env_values = true
    )]
    database: String,
    /// The file with the server key, made with the database; or COUNTERSIGN_SERVER_KEY holds what would be in it [default: the database's file name with .key behind it; PostgreSQL has none]
    #[arg(long, global = true, value_name = "FILE", env = "COUNTERSIGN_SERVER_KEY_FILE")]
    server_key_file: Option<PathBuf>,
    /// Where clients reach the server, if not at the address it listens on: https, without a path
    ///
    /// Devices enrol at no address with a path, and at http on this computer only.
    #[arg(long, global = true, value_name = "URL", env = "COUNTERSIGN_PUBLIC_URL", value_parser = public_url)]
    public_url: Option<Url>,
    #[command(flatten)]
    log: log::Settings,
}

impl Common {
    /// Opens the database and its server key, which have to be there: only `init` and `serve` make them.
    ///
    /// # Errors
    /// If one of them is not there or cannot be used.
    async fn open(&self) -> anyhow::Result<(Store, ServerKey)> {
        let beside = self.location()?.beside(".key").map(KeySource::File);
        anyhow::ensure!(
            !Store::is_blank(&self.database).await?,
            "the database is empty, and nothing was made in it: `init` and `serve` do that. If there is another that \
             is meant, {}",
            self.advice()
        );
        let source = self.server_key()?;
        if let Some(KeySource::File(file)) = source.as_ref().or(beside.as_ref()) {
            anyhow::ensure!(
                file.exists(),
                "there is no server key at {}, and nothing was made; put the key back, for without it nothing that \
                 is sealed opens",
                file.display()
            );
        }
        Ok(serving::open(&self.database, source).await?)
    }

    /// Where the database is, which has to be there.
    ///
    /// # Errors
    /// If it is a file that is not there, or if nothing can be meant.
    fn location(&self) -> anyhow::Result<Location> {
        let location = Location::parse(&self.database)?;
        if let Location::File(file) = &location {
            anyhow::ensure!(
                file.exists(),
                "there is no database at {}, and nothing was made; {}",
                std::path::absolute(file)?.display(),
                self.advice()
            );
        }
        Ok(location)
    }

    /// What to do where something is not there.
    fn advice(&self) -> String {
        match &self.config {
            Some(config) => format!("look what {} says, and what is given beside it", config.display()),
            None => format!(
                "name the settings of the server with --config, for example --config {}",
                init::CONFIG
            ),
        }
    }

    /// This command as it is to be typed, for the same server.
    fn command(&self, words: &str) -> String {
        match &self.config {
            Some(config) => format!("countersign-server {words} --config {}", config.display()),
            None => format!("countersign-server {words}"),
        }
    }

    /// Where the server key comes from, if that is said.
    ///
    /// # Errors
    /// If two places are named.
    fn server_key(&self) -> anyhow::Result<Option<KeySource>> {
        let text = match std::env::var("COUNTERSIGN_SERVER_KEY") {
            Ok(text) => Some(SecretString::from(text)).filter(|text| !text.expose_secret().is_empty()),
            Err(VarError::NotPresent) => None,
            Err(VarError::NotUnicode(_)) => anyhow::bail!("COUNTERSIGN_SERVER_KEY is not UTF-8"),
        };
        match (text, &self.server_key_file) {
            (Some(_), Some(_)) => anyhow::bail!(
                "COUNTERSIGN_SERVER_KEY and server-key-file are two places for the server key; set one of them"
            ),
            (Some(text), None) => Ok(Some(KeySource::Text(text))),
            (None, file) => Ok(file.clone().map(KeySource::File)),
        }
    }
}

fn main() -> ExitCode {
    let cli = settings::read().unwrap_or_else(|error| error.exit());
    let serves = matches!(cli.command, Command::Serve(_));
    let _log = match log::start(&cli.common.log, serves) {
        Ok(log) => log,
        Err(error) => return output::complain(&error),
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let outcome = runtime
        .context("the runtime cannot start")
        .and_then(|runtime| runtime.block_on(run(cli)));
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if serves => {
            tracing::error!("{}", output::words(&error));
            ExitCode::FAILURE
        }
        Err(error) => output::complain(&error),
    }
}

async fn run(cli: Cli) -> anyhow::Result<()> {
    match cli.command {
        Command::Init(init) => init.run(cli.common).await,
        Command::Serve(serve) => serve.run(cli.common).await,
        Command::Account(command) => command.run(&cli.common).await,
        Command::ApiKey(command) => command.run(&cli.common).await,
        Command::Service(command) => command.run(&cli.common).await,
        Command::Webhook(command) => command.run(&cli.common).await,
        Command::Key(command) => command.run(&cli.common).await,
        Command::Backup(backup) => backup.run(&cli.common).await,
    }
}

fn public_url(text: &str) -> Result<Url, String> {
    let expected = "a full address is expected, such as https://verify.example.com";
    let url = Url::parse(text).map_err(|error| format!("{error}; {expected}"))?;
    let usable = matches!(url.scheme(), "http" | "https")
        && url.has_host()
        && url.username().is_empty()
        && url.password().is_none()
        && url.query().is_none()
        && url.fragment().is_none();
    if usable {
        Ok(url)
    } else {
        Err(format!(
            "an http or https address without user, query and fragment is expected; {expected}"
        ))
    }
}
