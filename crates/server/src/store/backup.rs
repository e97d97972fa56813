//! A copy of the database as it is at one moment, made while it is in use.

use std::{
    fs::{self, File, OpenOptions},
    io,
    path::{Path, PathBuf},
};

use sqlx::{Connection as _, SqliteConnection, sqlite::SqliteConnectOptions};

use super::Location;

/// Copies the database to a new file that only the operator can read, looks the copy over, and says how many bytes
/// it has. Others may read and write meanwhile; nothing is changed in the database, not even its shape.
///
/// # Errors
/// [`BackupError`]; then there is no copy.
pub async fn back_up(location: &Location, to: &Path) -> Result<u64, BackupError> {
    let from = match location {
        Location::File(file) => file,
        Location::Postgres => return Err(BackupError::Postgres),
        Location::Memory => return Err(BackupError::Memory),
    };
    if !from.exists() {
        return Err(BackupError::Missing { path: from.clone() });
    }
    make_private(to).map_err(|source| BackupError::To {
        path: to.to_owned(),
        source,
    })?;
    let copied = copy(from, to).await;
    if copied.is_err() {
        // Nobody should take it for a backup.
        let _ = fs::remove_file(to);
    }
    copied
}

/// SQLite copies into an empty file only, so that nothing is ever overwritten.
fn make_private(path: &Path) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(|_| ())
}

async fn copy(from: &Path, to: &Path) -> Result<u64, BackupError> {
    let options = SqliteConnectOptions::new().filename(from).read_only(true);
    let mut source = SqliteConnection::connect_with(&options).await?;
    sqlx::query("VACUUM INTO $1")
        .bind(to.to_string_lossy().into_owned())
        .execute(&mut source)
        .await?;
    source.close().await?;
    let options = SqliteConnectOptions::new().filename(to).read_only(true);
    let mut copy = SqliteConnection::connect_with(&options).await?;
    let found: String = sqlx::query_scalar("PRAGMA integrity_check")
        .fetch_one(&mut copy)
        .await?;
    copy.close().await?;
    if found != "ok" {
        return Err(BackupError::Damaged { found });
    }
    let written = File::open(to).and_then(|file| {
        file.sync_all()?;
        file.metadata()
    });
    let written = written.map_err(|source| BackupError::To {
        path: to.to_owned(),
        source,
    })?;
    Ok(written.len())
}

/// Why there is no backup.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// PostgreSQL has its own ways.
    #[error("the database is in PostgreSQL; back it up with pg_dump, which does so while it is in use")]
    Postgres,
    /// There is no file to copy.
    #[error("a database in memory cannot be backed up")]
    Memory,
    /// There is no database.
    #[error("there is no database at {}", path.display())]
    Missing {
        /// Where it should be.
        path: PathBuf,
    },
    /// The copy cannot be made there.
    #[error("the backup cannot be written to {}", path.display())]
    To {
        /// Where it should go.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// The database failed.
    #[error("the database cannot be copied")]
    Database(#[from] sqlx::Error),
    /// The copy is damaged, as the database is most likely.
    #[error("the copy is damaged: {found}")]
    Damaged {
        /// What was found.
        found: String,
    },
}

#[cfg(test)]
mod tests {
    use sqlx::Executor as _;

    use super::*;

    #[tokio::test]
    async fn a_damaged_database_gives_no_backup() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        let options = SqliteConnectOptions::new()
            .filename(&path)
            .create_if_missing(true);
        let mut database = SqliteConnection::connect_with(&options).await.unwrap();
        let table = "CREATE TABLE t (a BLOB); INSERT INTO t VALUES (randomblob(20000))";
        database.execute(table).await.unwrap();
        database.close().await.unwrap();
        let mut bytes = fs::read(&path).unwrap();
        // The page on which the row begins.
        bytes[4096..4200].fill(0xff);
        fs::write(&path, bytes).unwrap();
        let to = folder.path().join("b.db");
        let outcome = back_up(&Location::File(path), &to).await;
        assert!(matches!(outcome, Err(BackupError::Database(_))), "{outcome:?}");
        assert!(!to.exists());
    }

    #[tokio::test]
    async fn what_is_no_file_is_backed_up_otherwise() {
        let folder = tempfile::tempdir().unwrap();
        let to = folder.path().join("b.db");
        for (location, words) in [
            (Location::Postgres, "pg_dump"),
            (Location::Memory, "in memory"),
            (Location::File(folder.path().join("none.db")), "no database at"),
        ] {
            let error = back_up(&location, &to).await.unwrap_err();
            assert!(error.to_string().contains(words), "{error}");
            assert!(!to.exists());
        }
    }
}
