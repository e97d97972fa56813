//! The databases under the server: files on the disk, and nothing that makes them forget on power loss.

use anyhow::Result;
use clap::ValueEnum;
use countersign_server::testing::Postgres;
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection, SqliteConnection};
use tempfile::TempDir;

/// Which.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Kind {
    Sqlite,
    Postgres,
}

impl Kind {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
        }
    }
}

/// A database of its own for one run.
pub(crate) struct Database {
    pub(crate) kind: Kind,
    pub(crate) url: String,
    /// For the files of the server, and of floors.
    pub(crate) folder: TempDir,
    _postgres: Option<Postgres>,
}

/// A connection that is not the server's.
pub(crate) enum Direct {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

impl Database {
    pub(crate) async fn make(kind: Kind) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let (url, postgres) = match kind {
            Kind::Sqlite => (
                format!("sqlite://{}", folder.path().join("server.db").display()),
                None,
            ),
            Kind::Postgres => {
                let postgres = tokio::task::spawn_blocking(Postgres::start_durable).await?;
                (postgres.make_database().await, Some(postgres))
            }
        };
        Ok(Self {
            kind,
            url,
            folder,
            _postgres: postgres,
        })
    }

    /// Gives a person so many more answered challenges, as copies of one that they have.
    pub(crate) async fn copy_challenge(&self, sid: &str, first: u32, count: u32) -> Result<()> {
        /// How many rows one transaction writes.
        const TOGETHER: u32 = 20_000;
        let mut direct = Direct::to(&self.url).await?;
        let number = match self.kind {
            Kind::Sqlite => "printf('%032x', n)",
            Kind::Postgres => "lpad(to_hex(n), 32, '0')",
        };
        let mut next = first;
        while next < first + count {
            let last = (next + TOGETHER).min(first + count) - 1;
            direct
                .run(format!(
                    "WITH RECURSIVE numbers (n) AS
                         (SELECT {next} UNION ALL SELECT n + 1 FROM numbers WHERE n < {last})
                     INSERT INTO challenges
                         (sid, entity_sid, factor_sid, factor_type, status, details, hidden_details, answer,
                          created_at, updated_at, expires_at, responded_at)
                     SELECT 'YC' || {number}, entity_sid, factor_sid, factor_type, status, details, hidden_details,
                         answer, created_at, updated_at, expires_at, responded_at
                     FROM numbers, challenges WHERE sid = '{sid}'"
                ))
                .await?;
            next = last + 1;
        }
        // What PostgreSQL does by itself within a minute.
        if self.kind == Kind::Postgres {
            direct.run("VACUUM ANALYZE challenges".to_owned()).await?;
        }
        Ok(())
    }
}

impl Direct {
    pub(crate) async fn to(url: &str) -> Result<Self> {
        Ok(if url.starts_with("sqlite:") {
            Self::Sqlite(SqliteConnection::connect(url).await?)
        } else {
            Self::Postgres(PgConnection::connect(url).await?)
        })
    }

    /// Runs a statement that is made here, of nothing from outside.
    pub(crate) async fn run(&mut self, statement: String) -> Result<()> {
        let statement = AssertSqlSafe(statement);
        match self {
            Self::Sqlite(connection) => connection.execute(statement).await.map(|_| ())?,
            Self::Postgres(connection) => connection.execute(statement).await.map(|_| ())?,
        }
        Ok(())
    }

    /// Makes one row of the usual size permanent. The statement is prepared once, as the server's are.
    pub(crate) async fn commit_one_row(&mut self) -> Result<()> {
        const INSERT: &str = "INSERT INTO floor (words) VALUES ($1)";
        let words = "-".repeat(600);
        match self {
            Self::Sqlite(connection) => sqlx::query(INSERT)
                .bind(words)
                .execute(connection)
                .await
                .map(|_| ())?,
            Self::Postgres(connection) => sqlx::query(INSERT)
                .bind(words)
                .execute(connection)
                .await
                .map(|_| ())?,
        }
        Ok(())
    }
}
