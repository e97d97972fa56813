//! `init`: everything a new server needs, made at once.

use std::{
    fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use clap::Args;
use countersign_server::store::Location;
use secrecy::ExposeSecret as _;

use crate::{
    Common,
    accounts::{self, Account},
    output::print,
    serve::Serve,
    settings,
};

/// Where the settings are, if not named.
pub(crate) const CONFIG: &str = "countersign-server.toml";

/// Make all that a new server needs: a file with settings, the database, the server key, and a first account
///
/// The options of `serve` that are given here are written into the file. Nothing that is there is overwritten.
#[derive(Args)]
pub(crate) struct Init {
    /// Print one JSON object
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    serve: Serve,
}

/// What was made.
struct Made {
    config: PathBuf,
    /// The file with the database, or in words where it is.
    database: String,
    server_key_file: PathBuf,
    account: Account,
}

impl Init {
    /// Makes all of it, or nothing.
    ///
    /// # Errors
    /// Why not.
    pub(crate) async fn run(self, mut common: Common) -> anyhow::Result<()> {
        // Before anything is made: a server with these settings would not start.
        let certificate = self.serve.certificate()?;
        self.serve.warn(&common, certificate.as_deref());
        let config = std::path::absolute(common.config.take().unwrap_or_else(|| CONFIG.into()))?;
        let location = in_full(Location::parse(&common.database)?)?;
        let database = match &location {
            Location::File(file) => {
                common.database = url(file);
                let is_there = file.exists();
                anyhow::ensure!(
                    !is_there,
                    "there is a database at {} already, and nothing was changed; start its server with `serve`, or \
                     name another file with --database",
                    file.display()
                );
                file.display().to_string()
            }
            Location::Postgres => "in PostgreSQL".to_owned(),
            Location::Memory => anyhow::bail!("a database in memory ends with the program; name a file"),
        };
        let server_key_file = match (common.server_key_file.take(), location.beside(".key")) {
            (Some(file), _) => std::path::absolute(file)?,
            (None, Some(beside)) => beside,
            (None, None) => config.with_extension("key"),
        };
        common.server_key_file = Some(server_key_file.clone());
        write_new(&config, &settings::as_file(&common))?;
        let account = accounts::create(&common, true).await.inspect_err(|_| {
            // A second try finds everything as the first did.
            let _ = fs::remove_file(&config);
            for ending in ["", "-wal", "-shm"] {
                let _ = location.beside(ending).map(fs::remove_file);
            }
        })?;
        let made = Made {
            config,
            database,
            server_key_file,
            account,
        };
        print(&if self.json { made.json() } else { made.words() })
    }
}

impl Made {
    fn json(&self) -> String {
        serde_json::json!({
            "config": self.config,
            "database": self.database,
            "server_key_file": self.server_key_file,
            "account_sid": self.account.sid,
            "auth_token": self.account.auth_token.expose_secret(),
        })
        .to_string()
    }

    fn words(&self) -> String {
        format!(
            "Made a server:\n  \
               settings     {config}\n  \
               database     {database}\n  \
               server key   {key}\n\
             \n\
             Its first account, with which your product signs in. The auth token is not shown again:\n  \
               account SID  {sid}\n  \
               auth token   {auth_token}\n\
             \n\
             What to do next:\n  \
               1. Read the settings and change what you want otherwise.\n  \
               2. Keep a copy of the server key apart from the backups of the database. Without it, no backup is of use.\n  \
               3. Start the server: countersign-server serve --config {config}",
            config = self.config.display(),
            database = self.database,
            key = self.server_key_file.display(),
            sid = self.account.sid,
            auth_token = self.account.auth_token.expose_secret(),
        )
    }
}

fn in_full(location: Location) -> anyhow::Result<Location> {
    Ok(match location {
        Location::File(file) => Location::File(std::path::absolute(file)?),
        other => other,
    })
}

/// The URL that names this file, whatever is in its name.
fn url(file: &Path) -> String {
    let name = file.to_string_lossy();
    format!("sqlite://{}", name.replace('%', "%25").replace('?', "%3F"))
}

/// Writes a file that only its owner can read, where there was none.
fn write_new(path: &Path, text: &str) -> anyhow::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options.open(path).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.sync_all()
    });
    written.map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => anyhow::anyhow!(
            "there is a file {} already, and nothing was changed; start its server with `serve --config`, or name \
             another file with --config",
            path.display()
        ),
        _ => anyhow::Error::new(error)
            .context(format!("the settings cannot be written to {}", path.display())),
    })
}
