//! The two databases: how each is opened, and how a session with it begins.

use std::{str::FromStr, time::Duration};

use sqlx::{
    Connection as _, PgConnection, PgPool, SqliteConnection, SqlitePool,
    migrate::MigrateError,
    postgres::{PgConnectOptions, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use super::{Location, OpenError, StoreError, migrations, session::Connection, sqlite::Connections};

/// The oldest SQLite without the fault in which a reset of the write-ahead log could lose a commit.
const OLDEST_SQLITE: (u32, u32, u32) = (3, 51, 3);

/// How many connections read from SQLite.
const READERS: u32 = 4;

/// How many connections there are to PostgreSQL at most.
const CONNECTIONS: u32 = 16;

/// How long a write waits for another program's, and a request for a connection to PostgreSQL.
const PATIENCE: Duration = Duration::from_secs(5);

/// How long PostgreSQL may take to answer at the start.
const REACH: Duration = Duration::from_secs(10);

/// How often what another program got in the way of is tried again before it is given up.
const TRIES: u32 = 50;

/// A database that is open.
#[derive(Clone)]
pub(super) enum Database {
    /// One connection writes, inside `BEGIN IMMEDIATE`, so that what a transaction has read cannot change under it;
    /// read-only connections read beside it (WAL).
    Sqlite {
        writer: Connections,
        readers: Connections,
    },
    /// Any connection reads and writes; those who write ask for a [`Lock`](super::lock::Lock).
    Postgres(PgPool),
}

impl Database {
    pub(super) async fn open(url: &str) -> Result<Self, OpenError> {
        let location = Location::parse(url)?;
        if location == Location::Postgres {
            open_postgres(url).await
        } else {
            open_sqlite(url, &location).await
        }
    }

    pub(super) async fn close(&self) {
        match self {
            Self::Sqlite { writer, readers } => {
                readers.close().await;
                writer.close().await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }

    pub(super) async fn read(&self) -> Result<Connection, StoreError> {
        Ok(match self {
            Self::Sqlite { readers, .. } => Connection::Sqlite(readers.take().await?),
            Self::Postgres(pool) => Connection::Postgres(pool.acquire().await?),
        })
    }

    pub(super) async fn write(&self) -> Result<Connection, StoreError> {
        Ok(match self {
            Self::Sqlite { writer, .. } => Connection::SqliteWriting(writer.take().await?.begin().await?),
            Self::Postgres(pool) => Connection::PostgresWriting(pool.begin().await?),
        })
    }
}

async fn open_sqlite(url: &str, location: &Location) -> Result<Database, OpenError> {
    let options = SqliteConnectOptions::from_str(url)
        .map_err(OpenError::Url)?
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(PATIENCE);
    location.make_private()?;
    let opening = open_writer(&options).await?;
    check_version(&opening).await?;
    migrate_sqlite(&opening).await?;
    let first = opening.acquire().await.map_err(OpenError::Open)?.detach();
    let writer = Connections::of(first, options.clone(), 1);
    // A database in memory belongs to its one connection.
    let readers = if *location == Location::Memory {
        writer.clone()
    } else {
        let options = options.create_if_missing(false).read_only(true);
        let first = SqliteConnection::connect_with(&options).await;
        Connections::of(first.map_err(OpenError::Open)?, options, READERS)
    };
    Ok(Database::Sqlite { writer, readers })
}

/// Of several programs that turn a new file to write-ahead logging at once, SQLite fails all but one at once,
/// however long they would be willing to wait.
#[expect(
    clippy::disallowed_methods,
    reason = "nothing tells when the other program is done"
)]
async fn open_writer(options: &SqliteConnectOptions) -> Result<SqlitePool, OpenError> {
    let mut tries = 0;
    loop {
        let opening = SqlitePoolOptions::new().max_connections(1);
        match opening.connect_with(options.clone()).await {
            Err(sqlx::Error::Database(error)) if error.code().as_deref() == Some("5") && tries < TRIES => {
                tries += 1;
                tokio::time::sleep(PATIENCE / TRIES).await;
            }
            outcome => return outcome.map_err(OpenError::Open),
        }
    }
}

/// Of several programs that bring one database to the newest shape at once, the slower ones find that a step was
/// done while they were about to do it, and look again.
async fn migrate_sqlite(pool: &SqlitePool) -> Result<(), OpenError> {
    let mut tries = 0;
    loop {
        match migrations::sqlite().run(pool).await {
            Err(MigrateError::ExecuteMigration(..) | MigrateError::Execute(_)) if tries < 5 => {
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

async fn open_postgres(url: &str) -> Result<Database, OpenError> {
    // The first provider that is installed stays; another crate of this program may have been earlier.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let options = PgConnectOptions::from_str(url)
        .map_err(OpenError::Url)?
        .application_name("countersign-server");
    reach(&options).await?;
    // Whatever a migration takes, it is waited for; the database's own lock lets one program do it.
    let migrating = PgPoolOptions::new()
        .max_connections(1)
        .connect_with(options.clone())
        .await
        .map_err(OpenError::Open)?;
    migrations::postgres()
        .run(&migrating)
        .await
        .map_err(OpenError::Migrate)?;
    migrating.close().await;
    // An answer counts only if it stays, whatever the database was set to; and nothing waits for ever.
    let options = options.options([
        ("synchronous_commit", "on"),
        ("lock_timeout", "5s"),
        ("statement_timeout", "20s"),
        ("idle_in_transaction_session_timeout", "60s"),
    ]);
    let pool = PgPoolOptions::new()
        .max_connections(CONNECTIONS)
        .acquire_timeout(PATIENCE)
        .test_before_acquire(false)
        .before_acquire(|connection, state| {
            Box::pin(async move {
                // One that has just been used is not asked again, which would double the time of a short request.
                if state.idle_for < Duration::from_secs(1) {
                    return Ok(true);
                }
                Ok(connection.ping().await.is_ok())
            })
        })
        .connect_with(options)
        .await
        .map_err(OpenError::Open)?;
    Ok(Database::Postgres(pool))
}

/// Whether no program has ever given this database its tables: a file with nothing in it, or a database in PostgreSQL
/// as `CREATE DATABASE` makes it.
pub(super) async fn is_blank(url: &str) -> Result<bool, OpenError> {
    match Location::parse(url)? {
        Location::Memory => Ok(true),
        Location::File(path) => {
            let length = std::fs::metadata(&path).map(|file| file.len());
            length
                .map(|length| length == 0)
                .map_err(|source| OpenError::File { path, source })
        }
        Location::Postgres => {
            let _ = rustls::crypto::ring::default_provider().install_default();
            let options = PgConnectOptions::from_str(url).map_err(OpenError::Url)?;
            reach(&options).await?;
            let mut connection = PgConnection::connect_with(&options)
                .await
                .map_err(OpenError::Open)?;
            let tables = "SELECT to_regclass('server') IS NULL";
            let blank = sqlx::query_scalar(tables).fetch_one(&mut connection).await;
            connection.close().await.map_err(OpenError::Open)?;
            blank.map_err(OpenError::Open)
        }
    }
}

/// Asks once whether the server is there. A pool would ask a port that refuses for half a minute, without a word, and
/// then tell of time that has run out; for a server that says to come again soon, its patience is right.
async fn reach(options: &PgConnectOptions) -> Result<(), OpenError> {
    let late = |_| sqlx::Error::Io(std::io::ErrorKind::TimedOut.into());
    match tokio::time::timeout(REACH, PgConnection::connect_with(options))
        .await
        .map_err(late)
    {
        Ok(Ok(connection)) => connection.close().await.map_err(OpenError::Open),
        Err(error) | Ok(Err(error @ (sqlx::Error::Io(_) | sqlx::Error::Tls(_)))) => {
            Err(OpenError::Unreachable(error))
        }
        Ok(Err(_)) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::{super::Store, *};

    fn in_folder(folder: &tempfile::TempDir) -> String {
        format!("sqlite://{}", folder.path().join("a.db").display())
    }

    async fn connections(url: &str) -> (Connections, Connections) {
        match Database::open(url).await.unwrap() {
            Database::Sqlite { writer, readers } => (writer, readers),
            Database::Postgres(_) => panic!("{url} is no file"),
        }
    }

    #[tokio::test]
    async fn a_new_file_opens_again_with_all_its_safety_settings() {
        let folder = tempfile::tempdir().unwrap();
        for _ in 0..2 {
            let (writer, readers) = connections(&in_folder(&folder)).await;
            let mut writing = writer.take().await.unwrap();
            let journal: String = sqlx::query_scalar("PRAGMA journal_mode")
                .fetch_one(&mut *writing)
                .await
                .unwrap();
            assert_eq!(journal, "wal");
            for (pragma, value) in [("PRAGMA synchronous", 2), ("PRAGMA foreign_keys", 1)] {
                let set: i64 = sqlx::query_scalar(pragma).fetch_one(&mut *writing).await.unwrap();
                assert_eq!(set, value, "{pragma}");
            }
            drop(writing);
            readers.close().await;
            writer.close().await;
        }
    }

    #[tokio::test]
    async fn a_look_at_a_blank_database_makes_nothing_in_it() {
        let postgres = crate::testing::Postgres::start();
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("a.db"), "").unwrap();
        for url in [postgres.make_database().await, in_folder(&folder)] {
            for _ in 0..2 {
                assert!(Store::is_blank(&url).await.unwrap(), "{url}");
            }
            Store::open(&url).await.unwrap().close().await;
            assert!(!Store::is_blank(&url).await.unwrap(), "{url}");
        }
    }

    async fn open_at_once(url: &str) {
        let opened = (0..6).map(|_| {
            let url = url.to_owned();
            tokio::spawn(async move { Store::open(&url).await.map(|_| ()) })
        });
        for opened in opened.collect::<Vec<_>>() {
            opened.await.unwrap().unwrap();
        }
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
    async fn programs_that_start_at_once_make_one_file() {
        let folder = tempfile::tempdir().unwrap();
        open_at_once(&in_folder(&folder)).await;
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
    async fn replicas_that_start_at_once_shape_one_database() {
        let postgres = crate::testing::Postgres::start();
        open_at_once(&postgres.make_database().await).await;
    }

    #[tokio::test]
    async fn a_file_of_the_first_shape_keeps_all_its_rows() {
        let folder = tempfile::tempdir().unwrap();
        let options = SqliteConnectOptions::from_str(&in_folder(&folder))
            .unwrap()
            .create_if_missing(true);
        let old = SqlitePool::connect_with(options).await.unwrap();
        let first = migrations::sqlite().iter().take(1).cloned().collect();
        sqlx::migrate::Migrator::with_migrations(first)
            .run(&old)
            .await
            .unwrap();
        for insert in [
            "INSERT INTO accounts VALUES ('AC', x'00', 1)",
            "INSERT INTO services VALUES (1, 'VA', 'AC', 'Acme', '{}', 1, 1)",
            "INSERT INTO entities VALUES (1, 'YE', 'VA', 'user-0001', 1, 1)",
            "INSERT INTO factors VALUES (7, 'YF', 'YE', 'Phone', 'verified', 'key', 'CR', NULL, '1', 'none', NULL, NULL, 1, 1)",
            "INSERT INTO factors VALUES (9, 'YG', 'YE', 'Gone', 'verified', 'other', 'CS', NULL, '1', 'none', NULL, NULL, 1, 1)",
            "DELETE FROM factors WHERE id = 9",
            "INSERT INTO challenges VALUES (1, 'YC', 'YE', 'YF', 'pending', '{}', NULL, NULL, NULL, 1, 1, 2, NULL)",
        ] {
            sqlx::query(insert).execute(&old).await.unwrap();
        }
        old.close().await;
        let store = Store::open(&in_folder(&folder)).await.unwrap();
        let factors = store
            .dump("SELECT f.*, s.seq FROM factors f, sqlite_sequence s WHERE s.name = 'factors'")
            .await;
        assert_eq!(factors[0].get::<i64>("id").unwrap(), 7);
        assert_eq!(factors[0].get::<i64>("seq").unwrap(), 9);
        for (column, value) in [
            ("public_key", "key"),
            ("sdk_version", "1"),
            ("factor_type", "push"),
        ] {
            assert_eq!(factors[0].get::<String>(column).unwrap(), value);
        }
        let rows = store.dump("SELECT sid, expiry_told FROM challenges").await;
        assert_eq!(rows[0].get::<String>("sid").unwrap(), "YC");
        assert_eq!(rows[0].get::<i64>("expiry_told").unwrap(), 0);
    }

    #[tokio::test]
    async fn readers_of_a_file_cannot_write() {
        let folder = tempfile::tempdir().unwrap();
        let (_, readers) = connections(&in_folder(&folder)).await;
        let mut reading = readers.take().await.unwrap();
        let write = sqlx::query("DELETE FROM services").execute(&mut *reading).await;
        assert!(write.unwrap_err().to_string().contains("readonly"));
    }

    /// The tables of both databases, with their columns and whether these may be empty.
    #[tokio::test]
    async fn both_databases_have_the_same_tables() {
        let sqlite = Store::open("sqlite::memory:").await.unwrap();
        let sqlite = sqlite
            .dump(
                "SELECT t.name || '.' || c.name || CASE c.\"notnull\" + c.pk WHEN 0 THEN '?' ELSE '' END AS columns
                 FROM sqlite_schema t JOIN pragma_table_info(t.name) c
                 WHERE t.type = 'table' AND t.name NOT LIKE '%sqlx%' AND t.name NOT LIKE 'sqlite%' ORDER BY 1",
            )
            .await;
        let postgres = Store::open(&crate::testing::make_database_of_shared_server().await)
            .await
            .unwrap();
        let postgres = postgres
            .dump(
                "SELECT table_name || '.' || column_name || CASE is_nullable WHEN 'YES' THEN '?' ELSE '' END AS columns
                 FROM information_schema.columns
                 WHERE table_schema = 'public' AND table_name NOT LIKE '%sqlx%' ORDER BY 1",
            )
            .await;
        let names = |rows: &[super::super::Row]| -> std::collections::BTreeSet<String> {
            rows.iter().map(|row| row.get("columns").unwrap()).collect()
        };
        assert!(names(&sqlite).len() > 50);
        assert_eq!(names(&sqlite), names(&postgres));
    }
}
