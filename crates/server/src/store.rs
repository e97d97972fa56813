//! Everything the server remembers, in SQLite or PostgreSQL.
//!
//! Both databases are spoken to in one SQL (`session`); what differs is how they are opened (`database`), their
//! tables (`migrations`), and who waits for whom (`lock`). Every public method is one transaction and is named by
//! what it does. Rules that must hold between two requests are decided here, by the statement that changes the
//! row; rules about one request are decided before the store is asked.

use std::{path::PathBuf, str::FromStr, sync::Arc};

use countersign_protocol::{identity::Identity, sid::ServiceSid};
use jiff::Timestamp;
use serde::{Serialize, de::DeserializeOwned};

use crate::observation;

pub mod access_tokens;
pub mod accounts;
pub mod api_keys;
pub mod backup;
pub mod challenges;
pub mod changes;
pub mod claims;
pub mod codes;
mod database;
pub mod deliveries;
pub mod entities;
mod events;
pub mod factors;
mod faults;
mod location;
mod lock;
mod migrations;
pub mod notifications;
mod numbers;
mod page;
mod pending;
mod replicas;
pub mod reports;
mod seals;
pub mod services;
mod session;
mod sqlite;
mod sweep;
pub mod tickets;
pub mod webhooks;

use changes::{Changes, Watch};
use database::Database;
#[cfg(any(test, feature = "testing"))]
pub use faults::Faults;
#[cfg(not(any(test, feature = "testing")))]
use faults::Faults;
pub use location::Location;
use lock::Lock;
pub use page::{Page, Position};
pub(crate) use session::Row;
use session::{Session, Write, sql};

/// The database.
#[derive(Clone)]
pub struct Store {
    database: Database,
    changes: Changes,
    faults: Arc<Faults>,
}

impl Store {
    /// Opens the database at `url` and brings it to the newest shape: `sqlite://FILE`, made if it is not there,
    /// `sqlite::memory:`, or `postgres://…`, which has to be there.
    ///
    /// # Errors
    /// [`OpenError`].
    pub async fn open(url: &str) -> Result<Self, OpenError> {
        let database = Database::open(url).await?;
        let changes = match database {
            Database::Sqlite { .. } => Changes::default(),
            Database::Postgres(_) => Changes::shared(),
        };
        Ok(Self {
            database,
            changes,
            faults: Arc::default(),
        })
    }

    /// Whether the database at `url`, which has to be there, is one that no program has given its tables. Changes
    /// nothing.
    ///
    /// # Errors
    /// [`OpenError`].
    pub async fn is_blank(url: &str) -> Result<bool, OpenError> {
        database::is_blank(url).await
    }

    /// Ends all connections, after what they are doing.
    pub async fn close(&self) {
        self.database.close().await;
    }

    /// Hears of every change to the factors and challenges of an identity from now on.
    pub fn watch(&self, service: &ServiceSid, identity: &Identity) -> Watch {
        self.changes.watch(service.clone(), Some(identity.clone()))
    }

    /// Hears of every change to the factors and challenges of a service from now on, and of attempts to deliver.
    pub fn watch_service(&self, service: &ServiceSid) -> Watch {
        self.changes.watch(service.clone(), None)
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// [`StoreError`] if it does not.
    pub async fn ping(&self) -> Result<(), StoreError> {
        self.read().await?.optional(sql("SELECT 1")).await.map(|_| ())
    }

    /// The name of the server key that sealed what is sealed here, after making `key_id` that name if there was
    /// none.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn settle_key_id(&self, key_id: &str) -> Result<String, StoreError> {
        let mut write = self.write(Lock::Server).await?;
        let settled = match load_key_id(&mut write).await? {
            Some(settled) => settled,
            None => {
                let insert = sql("INSERT INTO server (only_row, key_id) VALUES (1, $1)");
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
    pub(crate) async fn dump(&self, select: &'static str) -> Vec<Row> {
        let connection = self.database.read().await.unwrap();
        let mut session = Session::new(connection, Arc::default());
        session.all(sql(select)).await.unwrap()
    }

    /// Writes so many more challenges that are like the first.
    #[cfg(test)]
    pub(crate) async fn repeat_challenges(&self, times: i64) {
        let mut write = self.write(Lock::Server).await.unwrap();
        let insert = sql(
            "WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < $1)
             INSERT INTO challenges (sid, entity_sid, factor_sid, status, details, answer, created_at, updated_at,
                 expires_at, responded_at)
             SELECT sid || n, entity_sid, factor_sid, status, details, answer, created_at, updated_at, expires_at,
                 responded_at
             FROM challenges, numbers ORDER BY id, n LIMIT $1",
        );
        write.execute(insert.bind(times)).await.unwrap();
        write.commit().await.unwrap();
    }

    /// How many rows were ever changed, also in what was rolled back.
    #[cfg(test)]
    pub(crate) fn changed_rows(&self) -> u64 {
        self.faults.changed_rows()
    }

    async fn read(&self) -> Result<Session, StoreError> {
        self.faults.pass()?;
        Ok(Session::new(self.database.read().await?, self.faults.clone()))
    }

    /// Begins to write in the matter of `lock`.
    async fn write(&self, lock: Lock<'_>) -> Result<Write, StoreError> {
        self.faults.pass()?;
        let session = Session::new(self.database.write().await?, self.faults.clone());
        let mut write = Write::new(session);
        write.lock(&lock).await?;
        Ok(write)
    }
}

async fn load_key_id(session: &mut Session) -> Result<Option<String>, StoreError> {
    let row = session.optional(sql("SELECT key_id FROM server")).await?;
    row.map(|row| text(&row, "key_id")).transpose()
}

fn text(row: &Row, column: &'static str) -> Result<String, StoreError> {
    row.get(column)
}

fn typed<T: FromStr>(row: &Row, column: &'static str) -> Result<T, StoreError> {
    text(row, column)?
        .parse()
        .map_err(|_| StoreError::Damaged { column })
}

fn date(row: &Row, column: &'static str) -> Result<Timestamp, StoreError> {
    Timestamp::from_second(row.get(column)?).map_err(|_| StoreError::Damaged { column })
}

fn optional_date(row: &Row, column: &'static str) -> Result<Option<Timestamp>, StoreError> {
    let seconds = row.get::<Option<i64>>(column)?;
    let date = seconds.map(Timestamp::from_second).transpose();
    date.map_err(|_| StoreError::Damaged { column })
}

/// Reads a column that [`to_json`] wrote; an empty one is `null`.
fn from_json<T: DeserializeOwned>(row: &Row, column: &'static str) -> Result<T, StoreError> {
    let json: Option<String> = row.get(column)?;
    serde_json::from_str(json.as_deref().unwrap_or("null")).map_err(|_| StoreError::Damaged { column })
}

fn to_json<T: Serialize>(value: &T) -> String {
    countersign_protocol::json::raw(value).get().to_owned()
}

/// The database failed. What was under way was rolled back and nothing has changed, unless the failure was that
/// of a commit, whose outcome a caller finds out by asking again.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database or the connection to it failed.
    #[error("the database failed")]
    Database(#[source] sqlx::Error),
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

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        observation::database_failed();
        Self::Database(error)
    }
}

impl StoreError {
    /// Whether the same may well succeed in a moment: the database is being restarted, or others keep it busy.
    pub fn is_passing(&self) -> bool {
        match self {
            Self::Database(sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed) => true,
            // SQLite's busy and locked, and PostgreSQL's classes of connections, resources, locks and shutdowns.
            Self::Database(sqlx::Error::Database(error)) => error.code().is_some_and(|code| {
                matches!(&*code, "5" | "6" | "517")
                    || ["08", "40", "53", "55P", "57P"]
                        .iter()
                        .any(|class| code.starts_with(class))
            }),
            _ => false,
        }
    }
}

/// Why a database cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The URL is not one of a database.
    #[error(
        "the database URL is neither of the form sqlite://FILE nor of the form postgres://USER@HOST/NAME"
    )]
    Url(#[source] sqlx::Error),
    /// The URL begins otherwise.
    #[error(
        "the database is neither in SQLite nor in PostgreSQL: sqlite://FILE or postgres://USER:PASSWORD@HOST/NAME is expected"
    )]
    Scheme,
    /// The PostgreSQL server does not answer.
    #[error("PostgreSQL cannot be reached; look whether it runs, and whether host and port are right")]
    Unreachable(#[source] sqlx::Error),
    /// The URL does not name a file.
    #[error("the database URL names no file: sqlite://FILE is expected, without a query, or sqlite::memory:")]
    Name,
    /// The file cannot be made or written.
    #[error("the database file {} cannot be made or written", path.display())]
    File {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The database does not open.
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
    async fn the_first_key_id_settles() {
        let store = Store::open(&crate::tests::database().await).await.unwrap();
        assert_eq!(store.load_key_id().await.unwrap(), None);
        assert_eq!(store.settle_key_id("one").await.unwrap(), "one");
        assert_eq!(store.settle_key_id("two").await.unwrap(), "one");
    }
}
