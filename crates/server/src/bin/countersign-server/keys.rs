//! `key`: one server key follows another.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use countersign_protocol::clock::{Clock as _, SystemClock};
use countersign_server::{
    server_key::{self, KeySource, ServerKey, ServerKeyError},
    serving::{self, RetireError},
    store::{Location, Store},
};
use serde_json::json;

use crate::{
    Common,
    output::{self, Refused, print},
};

/// What can be done with server keys.
#[derive(Subcommand)]
pub(crate) enum Command {
    /// List the server keys by name, the newest first
    List(Form),
    /// Add a new server key to the file
    ///
    /// It seals nothing before `key reseal`. Give the file to all replicas and send them SIGHUP before that.
    Rotate(Form),
    /// Seal with the newest server key from now on, and seal anew what others have sealed
    Reseal(Form),
    /// Take a server key out of the file, once nothing needs it any more
    Retire(Retire),
}

/// How the outcome is printed.
#[derive(Args)]
pub(crate) struct Form {
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

/// Which key goes.
#[derive(Args)]
pub(crate) struct Retire {
    /// Its name
    key: String,
    #[command(flatten)]
    form: Form,
}

impl Command {
    /// Does it.
    ///
    /// # Errors
    /// Why not.
    pub(crate) async fn run(self, common: &Common) -> anyhow::Result<()> {
        // A file that is not the database's is not changed, either.
        let (store, key) = common.open().await?;
        let outcome = self.ask(common, &store, &key).await;
        store.close().await;
        outcome
    }

    async fn ask(self, common: &Common, store: &Store, key: &ServerKey) -> anyhow::Result<()> {
        match self {
            Self::List(form) => {
                let shape = |id: &String| json!({ "key": id, "seals": *id == key.id() });
                let keys: Vec<_> = key.ids().iter().map(shape).collect();
                output::list("keys", &keys, &["key", "seals"], form.json)
            }
            Self::Rotate(form) => {
                let id = server_key::rotate(&file(common)?)?;
                form.print(
                    &json!({ "key": id }),
                    &format!(
                        "Added the server key {id}. It seals nothing yet. Keep a copy of the file, give it to all\n\
                         replicas, and send them SIGHUP; then: {}",
                        common.command("key reseal")
                    ),
                )
            }
            Self::Reseal(form) => {
                let resealed = serving::reseal(store, key).await?;
                let id = key.id();
                form.print(
                    &json!({ "key": id, "resealed": resealed }),
                    &format!(
                        "The server key {id} seals now. {resealed} entries of the database were sealed anew."
                    ),
                )
            }
            Self::Retire(Retire { key: id, form }) => {
                let now = SystemClock.now();
                let retired = serving::retire_key(store, key, &file(common)?, &id, now).await;
                retired.map_err(refused)?;
                form.print(
                    &json!({ "retired": id }),
                    &format!(
                        "The server key {id} is gone from the file. Keep it as long as backups that need it."
                    ),
                )
            }
        }
    }
}

impl Form {
    fn print(&self, object: &serde_json::Value, words: &str) -> anyhow::Result<()> {
        if self.json {
            print(&object.to_string())
        } else {
            print(words)
        }
    }
}

fn refused(error: RetireError) -> anyhow::Error {
    let status = match &error {
        RetireError::Key(ServerKeyError::NoSuchKey { .. }) => 404,
        RetireError::Sealing | RetireError::Needed { .. } | RetireError::AccessTokens => 409,
        RetireError::Key(_) | RetireError::Store(_) => return error.into(),
    };
    let message = error.to_string();
    Refused {
        status,
        code: if status == 404 { 20404 } else { 20409 },
        message,
    }
    .into()
}

/// The file that is to be changed.
fn file(common: &Common) -> anyhow::Result<PathBuf> {
    match common.server_key()? {
        Some(KeySource::File(file)) => Ok(file),
        Some(KeySource::Text(_)) => anyhow::bail!(
            "the server key comes from COUNTERSIGN_SERVER_KEY, which no program can change; nothing was changed. \
             Put the new one, 64 hexadecimal digits, on a line above the others there"
        ),
        None => Location::parse(&common.database)?
            .beside(".key")
            .ok_or_else(|| anyhow::anyhow!("a database in memory has no file with a server key")),
    }
}
