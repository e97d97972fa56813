//! Everything the server remembers, in SQLite.
//!
//! One connection writes, inside `BEGIN IMMEDIATE`, so that what a transaction has read cannot change under it;
//! a pool of read-only connections reads beside it (WAL). Every public method is one transaction and is named by
//! what it does. Rules that must hold between two requests are decided here, by the statement that changes the
//! row; rules about one request are decided before the store is asked.

use std::{ops::DerefMut, str::FromStr, sync::Arc};

use countersign_protocol::{identity::Identity, sid::ServiceSid};
use jiff::Timestamp;
use serde::{Serialize, de::DeserializeOwned};
use sqlx::{
    Row, Sqlite, SqliteConnection, SqlitePool,
    sqlite::{
        SqliteArguments, SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteRow,
        SqliteSynchronous,
    },
};

pub mod access_tokens;
pub mod accounts;
pub mod challenges;
pub mod changes;
pub mod deliveries;
pub mod entities;
mod events;
pub mod factors;
mod faults;
mod location;
mod migrations;
pub mod notifications;
mod page;
mod pending;
pub mod services;
mod session;
mod sweep;
pub mod webhooks;

use changes::{Changes, Watch};
#[cfg(any(test, feature = "testing"))]
pub use faults::Faults;
#[cfg(not(any(test, feature = "testing")))]
use faults::Faults;
pub use location::Location;
pub use page::{Page, Position};
use session::{Read, Session, Write};

/// The oldest SQLite without the fault in which a reset of the write-ahead log could lose a commit.
const OLDEST_SQLITE: (u32, u32, u32) = (3, 51, 3);

/// How many connections read.
const READERS: u32 = 4;

type Query = sqlx::query::Query<'static, Sqlite, SqliteArguments>;

/// The database.
#[derive(Clone)]
pub struct Store {
    writer: SqlitePool,
    readers: SqlitePool,
    changes: Changes,
    faults: Arc<Faults>,
}

impl Store {
    /// Opens the database at `url`, `sqlite://FILE` or `sqlite::memory:`, makes it if it is not there, and brings
    /// it to the newest shape.
    ///
    /// # Errors
    /// [`OpenError`].
    pub async fn open(url: &str) -> Result<Self, OpenError> {
        let options = SqliteConnectOptions::from_str(url)
            .map_err(OpenError::Url)?
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(std::time::Duration::from_secs(5));
        let location = Location::parse(url)?;
        location.make_private().map_err(OpenError::File)?;
        let writer = pool(1)
            .connect_with(options.clone())
            .await
            .map_err(OpenError::Open)?;
        check_version(&writer).await?;
        migrate(&writer).await?;
        // A database in memory belongs to its one connection.
        let readers = if location == Location::Memory {
            writer.clone()
        } else {
            pool(READERS)
                .connect_with(options.create_if_missing(false).read_only(true))
                .await
                .map_err(OpenError::Open)?
        };
        Ok(Self {
            writer,
            readers,
            changes: Changes::default(),
            faults: Arc::default(),
        })
    }

    /// Ends all connections, after what they are doing.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }

    /// Hears of every change to the factors and challenges of an identity from now on.
    pub fn watch(&self, service: &ServiceSid, identity: &Identity) -> Watch {
        self.changes.watch(service.clone(), identity.clone())
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// [`StoreError`] if it does not.
    pub async fn ping(&self) -> Result<(), StoreError> {
        self.read()
            .await?
            .optional(sqlx::query("SELECT 1"))
            .await
            .map(|_| ())
    }

    /// The name of the server key that sealed what is sealed here, after making `key_id` that name if there was
    /// none.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn settle_key_id(&self, key_id: &str) -> Result<String, StoreError> {
        let mut write = self.write().await?;
        let settled = match load_key_id(&mut write).await? {
            Some(settled) => settled,
            None => {
                let insert = sqlx::query("INSERT INTO server (only_row, key_id) VALUES (1, ?)");
                write.execute(insert.bind(key_id.to_owned())).await?;
                key_id.to_owned()
            }
        };
        write.commit().await?;
        Ok(settled)
    }

    /// The name of the server key that sealed what is sealed here, if any has.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn load_key_id(&self) -> Result<Option<String>, StoreError> {
        load_key_id(&mut self.read().await?).await
    }

    /// The points at which tests make the store fail.
    #[cfg(any(test, feature = "testing"))]
    pub fn faults(&self) -> &Faults {
        &self.faults
    }

    /// All rows that a test selects, past the fault points.
    #[cfg(test)]
    pub(crate) async fn dump(&self, select: &'static str) -> Vec<SqliteRow> {
        sqlx::query(select).fetch_all(&self.readers).await.unwrap()
    }

    /// How many rows were ever changed over the writing connection.
    #[cfg(test)]
    pub(crate) async fn changes(&self) -> i64 {
        sqlx::query_scalar("SELECT total_changes()")
            .fetch_one(&self.writer)
            .await
            .unwrap()
    }

    async fn read(&self) -> Result<Read, StoreError> {
        self.faults.pass()?;
        Ok(Session::new(self.readers.acquire().await?, self.faults.clone()))
    }

    async fn write(&self) -> Result<Write, StoreError> {
        self.faults.pass()?;
        Ok(Session::new(
            self.writer.begin_with("BEGIN IMMEDIATE").await?,
            self.faults.clone(),
        ))
    }
}

fn pool(connections: u32) -> SqlitePoolOptions {
    SqlitePoolOptions::new()
        .min_connections(1)
        .max_connections(connections)
        .test_before_acquire(false)
        .idle_timeout(None)
        .max_lifetime(None)
}

/// Of several programs that bring one database to the newest shape at once, the slower ones find that a step was
/// done while they were about to do it, and look again.
async fn migrate(pool: &SqlitePool) -> Result<(), OpenError> {
    let mut tries = 0;
    loop {
        match migrations::all().run(pool).await {
            Err(
                sqlx::migrate::MigrateError::ExecuteMigration(..) | sqlx::migrate::MigrateError::Execute(_),
            ) if tries < 5 => {
                tries += 1;
            }
            outcome => return outcome.map_err(OpenError::Migrate),
        }
    }
}

async fn check_version(pool: &SqlitePool) -> Result<(), OpenError> {
    let text: String = sqlx::query_scalar("SELECT sqlite_version()")
        .fetch_one(pool)
        .await
        .map_err(OpenError::Open)?;
    let mut numbers = text.split('.').map(|part| part.parse().unwrap_or(0));
    let mut next = || numbers.next().unwrap_or(0);
    let version = (next(), next(), next());
    if version < OLDEST_SQLITE {
        Err(OpenError::Sqlite { version: text })
    } else {
        Ok(())
    }
}

async fn load_key_id<C: DerefMut<Target = SqliteConnection>>(
    session: &mut Session<C>,
) -> Result<Option<String>, StoreError> {
    let row = session.optional(sqlx::query("SELECT key_id FROM server")).await?;
    row.map(|row| text(&row, "key_id")).transpose()
}

fn text(row: &SqliteRow, column: &'static str) -> Result<String, StoreError> {
    Ok(row.try_get(column)?)
}

fn typed<T: FromStr>(row: &SqliteRow, column: &'static str) -> Result<T, StoreError> {
    text(row, column)?
        .parse()
        .map_err(|_| StoreError::Damaged { column })
}

fn date(row: &SqliteRow, column: &'static str) -> Result<Timestamp, StoreError> {
    Timestamp::from_second(row.try_get(column)?).map_err(|_| StoreError::Damaged { column })
}

/// Reads a column that [`to_json`] wrote; an empty one is `null`.
fn from_json<T: DeserializeOwned>(row: &SqliteRow, column: &'static str) -> Result<T, StoreError> {
    let json: Option<String> = row.try_get(column)?;
    serde_json::from_str(json.as_deref().unwrap_or("null")).map_err(|_| StoreError::Damaged { column })
}

fn to_json<T: Serialize>(value: &T) -> String {
    countersign_protocol::json::raw(value).get().to_owned()
}

/// The database failed. What was under way was rolled back and nothing has changed, unless the failure was that
/// of a commit, whose outcome a caller finds out by asking again.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// SQLite or the connection to it failed.
    #[error("the database failed")]
    Database(#[from] sqlx::Error),
    /// A row holds what was never written there.
    #[error("column {column} of the database holds what this program does not write")]
    Damaged {
        /// Where.
        column: &'static str,
    },
    /// A test made this statement fail.
    #[cfg(any(test, feature = "testing"))]
    #[error("a test made this statement fail")]
    Injected,
}

/// Why a database cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The URL is not one of a SQLite database.
    #[error("the database URL is not of the form sqlite://FILE")]
    Url(#[source] sqlx::Error),
    /// The URL does not name a file.
    #[error("the database URL names no file: sqlite://FILE is expected, without a query, or sqlite::memory:")]
    Name,
    /// The file cannot be made or written.
    #[error("the database file cannot be made or written")]
    File(#[source] std::io::Error),
    /// SQLite cannot open it.
    #[error("the database cannot be opened")]
    Open(#[source] sqlx::Error),
    /// The database cannot be brought to the newest shape.
    #[error("the database cannot be brought to the shape that this version needs")]
    Migrate(#[source] sqlx::migrate::MigrateError),
    /// The SQLite linked into this program can lose commits.
    #[error("SQLite {version} can lose commits; 3.51.3 or newer is needed")]
    Sqlite {
        /// What it calls itself.
        version: String,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_new_database_opens_again_with_all_its_safety_settings() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("a.db").display());
        for _ in 0..2 {
            let store = Store::open(&url).await.unwrap();
            store.ping().await.unwrap();
            let pragma = async |name| -> String {
                let row = sqlx::query(name).fetch_one(&store.writer).await.unwrap();
                row.try_get::<String, _>(0)
                    .unwrap_or_else(|_| row.get::<i64, _>(0).to_string())
            };
            assert_eq!(pragma("PRAGMA journal_mode").await, "wal");
            assert_eq!(pragma("PRAGMA synchronous").await, "2");
            assert_eq!(pragma("PRAGMA foreign_keys").await, "1");
            store.close().await;
        }
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
    async fn programs_that_start_at_once_make_one_database() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("a.db").display());
        let opened = (0..6).map(|_| {
            let url = url.clone();
            tokio::spawn(async move { Store::open(&url).await.map(|_| ()) })
        });
        for opened in opened.collect::<Vec<_>>() {
            opened.await.unwrap().unwrap();
        }
    }

    #[tokio::test]
    async fn a_database_of_the_first_shape_keeps_all_its_rows() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("a.db").display());
        let options = SqliteConnectOptions::from_str(&url)
            .unwrap()
            .create_if_missing(true);
        let old = pool(1).connect_with(options).await.unwrap();
        let first = migrations::all().iter().take(1).cloned().collect();
        sqlx::migrate::Migrator::with_migrations(first)
            .run(&old)
            .await
            .unwrap();
        for insert in [
            "INSERT INTO accounts VALUES ('AC', x'00', 1)",
            "INSERT INTO services VALUES (1, 'VA', 'AC', 'Acme', '{}', 1, 1)",
            "INSERT INTO entities VALUES (1, 'YE', 'VA', 'user-0001', 1, 1)",
            "INSERT INTO challenges VALUES (1, 'YC', 'YE', 'YF', 'pending', '{}', NULL, NULL, NULL, 1, 1, 2, NULL)",
        ] {
            sqlx::query(insert).execute(&old).await.unwrap();
        }
        old.close().await;
        let store = Store::open(&url).await.unwrap();
        let rows = store.dump("SELECT sid, expiry_told FROM challenges").await;
        assert_eq!(
            (rows[0].get::<String, _>(0), rows[0].get::<i64, _>(1)),
            ("YC".to_owned(), 0)
        );
    }

    #[tokio::test]
    async fn readers_cannot_write() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&format!("sqlite://{}", folder.path().join("a.db").display()))
            .await
            .unwrap();
        let write = sqlx::query("DELETE FROM services").execute(&store.readers).await;
        assert!(write.unwrap_err().to_string().contains("readonly"));
    }

    #[tokio::test]
    async fn the_first_key_id_settles() {
        let store = Store::open("sqlite::memory:").await.unwrap();
        assert_eq!(store.load_key_id().await.unwrap(), None);
        assert_eq!(store.settle_key_id("one").await.unwrap(), "one");
        assert_eq!(store.settle_key_id("two").await.unwrap(), "one");
    }
}
