//! `backup`: a copy of the database to keep elsewhere.

use std::path::PathBuf;

use clap::Args;
use countersign_server::{server_key::KeySource, store::backup::back_up};
use serde_json::json;

use crate::{Common, output::print};

/// Copy the database to a file, also while the server serves
///
/// For a database in SQLite; with PostgreSQL, use pg_dump. The server key is not in the copy: keep it apart, for
/// without it the copy is of no use.
#[derive(Args)]
pub(crate) struct Backup {
    /// The file to make; nothing is overwritten
    #[arg(long, value_name = "FILE")]
    to: PathBuf,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

impl Backup {
    /// Makes the copy.
    ///
    /// # Errors
    /// Why there is none.
    pub(crate) async fn run(self, common: &Common) -> anyhow::Result<()> {
        let location = common.location()?;
        let key = match common.server_key()? {
            Some(KeySource::File(file)) => Some(file),
            Some(KeySource::Text(_)) => None,
            None => location.beside(".key"),
        };
        let bytes = back_up(&location, &self.to).await?;
        if self.json {
            let made = json!({ "backup": self.to, "bytes": bytes, "server_key_file": key });
            return print(&made.to_string());
        }
        print(&format!(
            "Made a backup of {bytes} bytes, and found it whole: {to}\n\
             The server key is not in it, and without the key it is of no use. Keep a copy of {key} elsewhere.",
            to = self.to.display(),
            key = key.unwrap_or_else(|| "COUNTERSIGN_SERVER_KEY".into()).display(),
        ))
    }
}
