//! The truth on disk: factors, requests and history in one SQLite file.
//!
//! One connection writes, a few read. Every write begins with `BEGIN IMMEDIATE`, because a transaction that turns
//! from reading to writing in the middle can fail at once however long it would be willing to wait; and every
//! commit reaches the disk before anything is said to have happened (`synchronous = FULL`).

mod challenges;
mod choices;
mod factors;
mod noted_keys;
mod pin;

use std::{path::PathBuf, time::Duration};

use jiff::Timestamp;
use sqlx::{
    Sqlite, SqlitePool, Transaction,
    migrate::{Migration, MigrationType, Migrator},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

pub(crate) use challenges::{Answer, Asked, StoredChallenge};
pub(crate) use factors::Enrolled;
pub(crate) use pin::PinTry;

use crate::{
    fault::Faults,
    home::{Home, LockName},
};

/// The oldest SQLite in which a reset of the write-ahead log cannot corrupt the file.
const OLDEST_SQLITE: &str = "3.51.3";

/// How long a write waits for another process's.
const BUSY: Duration = Duration::from_secs(10);

/// Every change of the tables since the first version, in order. Never edited, only added to.
const MIGRATIONS: [(i64, &str, &str); 9] = [
    (1, "first", include_str!("store/migrations/0001_first.sql")),
    (
        2,
        "first seen",
        include_str!("store/migrations/0002_first_seen.sql"),
    ),
    (
        3,
        "wrong numbers",
        include_str!("store/migrations/0003_wrong_numbers.sql"),
    ),
    (4, "policies", include_str!("store/migrations/0004_policies.sql")),
    (5, "settings", include_str!("store/migrations/0005_settings.sql")),
    (
        6,
        "announced",
        include_str!("store/migrations/0006_announced.sql"),
    ),
    (7, "verified", include_str!("store/migrations/0007_verified.sql")),
    (
        8,
        "system confirmed",
        include_str!("store/migrations/0008_system_confirmed.sql"),
    ),
    (9, "learned", include_str!("store/migrations/0009_learned.sql")),
];

/// The store of one profile.
#[derive(Clone)]
pub(crate) struct Store {
    writer: SqlitePool,
    reader: SqlitePool,
    faults: Faults,
}

impl Store {
    /// Opens the store and brings its tables up to date; makes it if it is not there.
    pub(crate) async fn open(home: &Home, faults: Faults) -> Result<Self, StoreError> {
        let path = home.database();
        let in_directory = |source| StoreError::Directory {
            path: path.clone(),
            source,
        };
        Home::make_private(&path).map_err(in_directory)?;
        let options = SqliteConnectOptions::new()
            .filename(&path)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(BUSY);
        // SQLite has no lock for migrations, which two processes that start at once would both run; and of two that
        // turn a new file to write-ahead logging, it fails one at once however long that would be willing to wait.
        let lock = home.lock(LockName::Migrate).await.map_err(in_directory)?;
        let writer = pool(1).connect_with(options.clone()).await?;
        assert_version(&writer).await?;
        migrator().run(&writer).await?;
        drop(lock);
        let reader = pool(4).connect_with(options.read_only(true)).await?;
        Ok(Self {
            writer,
            reader,
            faults,
        })
    }

    /// A number that changes when another process writes.
    pub(crate) async fn data_version(&self) -> Result<i64, StoreError> {
        Ok(sqlx::query_scalar("PRAGMA data_version")
            .fetch_one(&self.writer)
            .await?)
    }

    /// Closes all connections; the write-ahead log is folded into the file.
    pub(crate) async fn close(&self) {
        self.reader.close().await;
        self.writer.close().await;
    }

    /// Begins a write. Dropped without [`Write::commit`], it never was.
    async fn write(&self) -> Result<Write, StoreError> {
        self.pass()?;
        let transaction = self.writer.begin_with("BEGIN IMMEDIATE").await?;
        Ok(Write {
            transaction,
            faults: self.faults.clone(),
        })
    }

    /// The connections for reading.
    fn read(&self) -> Result<&SqlitePool, StoreError> {
        self.pass()?;
        Ok(&self.reader)
    }

    fn pass(&self) -> Result<(), StoreError> {
        pass(&self.faults)
    }
}

/// A write that has begun.
struct Write {
    transaction: Transaction<'static, Sqlite>,
    faults: Faults,
}

impl Write {
    async fn commit(self) -> Result<(), StoreError> {
        pass(&self.faults)?;
        self.transaction.commit().await?;
        // A commit whose success was not told: what was written is there, and the caller does not know.
        pass(&self.faults)
    }
}

fn pass(faults: &Faults) -> Result<(), StoreError> {
    if faults.strike() {
        return Err(StoreError::Database(sqlx::Error::PoolClosed));
    }
    Ok(())
}

fn pool(connections: u32) -> SqlitePoolOptions {
    SqlitePoolOptions::new()
        .max_connections(connections)
        // A file on this computer does not hang up, and asking it first wakes a thread each time.
        .test_before_acquire(false)
}

async fn assert_version(pool: &SqlitePool) -> Result<(), StoreError> {
    let version: String = sqlx::query_scalar("SELECT sqlite_version()")
        .fetch_one(pool)
        .await?;
    if numbers(&version) < numbers(OLDEST_SQLITE) {
        return Err(StoreError::SqliteTooOld { version });
    }
    Ok(())
}

fn numbers(version: &str) -> Vec<u32> {
    version.split('.').map(|part| part.parse().unwrap_or(0)).collect()
}

fn migrator() -> Migrator {
    let migrations = MIGRATIONS.map(|(version, name, sql)| {
        Migration::new(
            version,
            name.into(),
            MigrationType::Simple,
            sqlx::SqlSafeStr::into_sql_str(sql),
            false,
        )
    });
    Migrator::with_migrations(migrations.into())
}

fn to_millis(at: Timestamp) -> i64 {
    at.as_millisecond()
}

fn from_millis(millis: i64) -> Result<Timestamp, StoreError> {
    Timestamp::from_millisecond(millis).map_err(|_| StoreError::Damaged { what: "a date" })
}

/// Reads a stored text back into its type.
fn parse<T: std::str::FromStr>(what: &'static str, text: &str) -> Result<T, StoreError> {
    text.parse().map_err(|_| StoreError::Damaged { what })
}

/// Why the store did not do what it was asked. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The directory or a file in it cannot be used.
    #[error("the profile's files at {} cannot be used", path.display())]
    Directory {
        /// Where.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// This program was built with a version of SQLite that can lose data.
    #[error("SQLite {version} is older than {OLDEST_SQLITE} and can lose data")]
    SqliteTooOld {
        /// The version.
        version: String,
    },
    /// The tables could not be brought up to date; most often because a newer version of this program made them.
    #[error("the profile was made by another version of this program")]
    Migrate(#[from] sqlx::migrate::MigrateError),
    /// What is stored is not what was stored.
    #[error("the profile's data is damaged: {what}")]
    Damaged {
        /// What cannot be read.
        what: &'static str,
    },
    /// Anything else: disk full, file gone, busy for too long.
    #[error("the profile's data cannot be read or written")]
    Database(#[from] sqlx::Error),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_store_is_durable_and_private() {
        let directory = tempfile::tempdir().unwrap();
        let home = Home::prepare(directory.path()).unwrap();
        let store = Store::open(&home, Faults::none()).await.unwrap();
        let pragma = async |name: &'static str| {
            sqlx::query_scalar::<_, String>(name)
                .fetch_one(&store.writer)
                .await
                .unwrap()
        };
        assert_eq!(
            pragma("SELECT journal_mode FROM pragma_journal_mode").await,
            "wal"
        );
        assert_eq!(
            pragma("SELECT CAST(synchronous AS TEXT) FROM pragma_synchronous").await,
            "2"
        );
        let write = sqlx::query("DELETE FROM factors").execute(&store.reader).await;
        assert!(write.is_err(), "the readers' connections cannot write");
        #[cfg(unix)]
        for file in ["countersign.db", "countersign.db-wal", "countersign.db-shm"] {
            use std::os::unix::fs::PermissionsExt;
            let mode = directory
                .path()
                .join(file)
                .metadata()
                .unwrap()
                .permissions()
                .mode();
            assert_eq!(mode & 0o777, 0o600, "{file}");
        }
    }

    #[tokio::test]
    async fn many_processes_may_open_a_new_profile_at_once() {
        let directory = tempfile::tempdir().unwrap();
        let home = Home::prepare(directory.path()).unwrap();
        let opened = (0..8).map(|_| Store::open(&home, Faults::none()));
        for store in futures_util::future::join_all(opened).await {
            store.unwrap().close().await;
        }
    }

    #[tokio::test]
    async fn a_profile_of_a_newer_version_is_not_touched() {
        let directory = tempfile::tempdir().unwrap();
        let home = Home::prepare(directory.path()).unwrap();
        let store = Store::open(&home, Faults::none()).await.unwrap();
        sqlx::query(
            "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
             VALUES (9999, 'later', TRUE, x'00', 0)",
        )
        .execute(&store.writer)
        .await
        .unwrap();
        store.close().await;
        let again = Store::open(&home, Faults::none()).await;
        assert!(matches!(again, Err(StoreError::Migrate(_))));
    }

    #[test]
    fn versions_compare_by_number() {
        assert!(numbers("3.51.3") < numbers("3.53.0"));
        assert!(numbers("3.9.0") < numbers(OLDEST_SQLITE));
    }
}
