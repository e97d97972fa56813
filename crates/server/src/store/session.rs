//! A connection in use, to whichever database there is, with the points at which a test can make it fail.
//!
//! Statements are written once, in the SQL that both databases read: parameters are `$1`, `$2`, …, all numbers are
//! 64 bits wide, JSON is text. What only one of them can do is not used.

use std::{
    ops::{Deref, DerefMut},
    sync::Arc,
};

use sqlx::{
    Decode, Either, PgConnection, Postgres, Sqlite, SqliteConnection, Transaction, Type,
    pool::PoolConnection, postgres::PgRow, sqlite::SqliteRow,
};

use super::{Faults, StoreError, lock::Lock, sqlite::Lent};

/// A statement with what is bound to its parameters.
pub(super) struct Query {
    sql: &'static str,
    values: Vec<Value>,
}

/// A statement to which nothing is bound yet.
pub(super) fn sql(sql: &'static str) -> Query {
    Query {
        sql,
        values: Vec::new(),
    }
}

impl Query {
    /// Binds the next parameter.
    pub(super) fn bind(mut self, value: impl Into<Value>) -> Self {
        self.values.push(value.into());
        self
    }
}

/// What can be bound to a parameter: all that a column can hold.
pub(super) enum Value {
    /// Text, or nothing where text could be.
    Text(Option<String>),
    /// A number, or nothing where a number could be.
    Number(Option<i64>),
    /// Bytes, or nothing where bytes could be.
    Bytes(Option<Vec<u8>>),
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(Some(text))
    }
}

impl From<Option<String>> for Value {
    fn from(text: Option<String>) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(Some(text.to_owned()))
    }
}

impl From<Option<&str>> for Value {
    fn from(text: Option<&str>) -> Self {
        Self::Text(text.map(str::to_owned))
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Number(Some(number))
    }
}

impl From<u32> for Value {
    fn from(number: u32) -> Self {
        Self::Number(Some(number.into()))
    }
}

impl From<Option<i64>> for Value {
    fn from(number: Option<i64>) -> Self {
        Self::Number(number)
    }
}

impl From<Vec<u8>> for Value {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Bytes(Some(bytes))
    }
}

impl From<Option<Vec<u8>>> for Value {
    fn from(bytes: Option<Vec<u8>>) -> Self {
        Self::Bytes(bytes)
    }
}

/// Binds all values of a [`Query`] to a query of the database in question.
macro_rules! bound {
    ($query:expr, $database:ty) => {{
        let Query { sql, values } = $query;
        values
            .into_iter()
            .fold(sqlx::query::<$database>(sql), |query, value| match value {
                Value::Text(text) => query.bind(text),
                Value::Number(number) => query.bind(number),
                Value::Bytes(bytes) => query.bind(bytes),
            })
    }};
}

/// A row that was selected.
pub(crate) enum Row {
    /// From SQLite.
    Sqlite(SqliteRow),
    /// From PostgreSQL.
    Postgres(PgRow),
}

/// A type that is read from a column of either database.
pub(crate) trait Column:
    Type<Sqlite> + Type<Postgres> + for<'r> Decode<'r, Sqlite> + for<'r> Decode<'r, Postgres>
{
}

impl<T> Column for T where
    T: Type<Sqlite> + Type<Postgres> + for<'r> Decode<'r, Sqlite> + for<'r> Decode<'r, Postgres>
{
}

impl Row {
    /// What is in the column.
    pub(crate) fn get<T: Column>(&self, column: &str) -> Result<T, StoreError> {
        Ok(match self {
            Self::Sqlite(row) => sqlx::Row::try_get(row, column)?,
            Self::Postgres(row) => sqlx::Row::try_get(row, column)?,
        })
    }

    /// What is in all columns, as text to compare.
    #[cfg(test)]
    pub(crate) fn columns(&self) -> Vec<String> {
        let names: Vec<&str> = match self {
            Self::Sqlite(row) => sqlx::Row::columns(row).iter().map(sqlx::Column::name).collect(),
            Self::Postgres(row) => sqlx::Row::columns(row).iter().map(sqlx::Column::name).collect(),
        };
        let column = |name: &&str| {
            let text = self.get::<Option<String>>(name).map(|value| format!("{value:?}"));
            text.or_else(|_| self.get::<i64>(name).map(|value| value.to_string()))
                .or_else(|_| self.get::<Option<i64>>(name).map(|value| format!("{value:?}")))
                .or_else(|_| self.get::<Vec<u8>>(name).map(|value| format!("{value:?}")))
                .unwrap()
        };
        names.iter().map(column).collect()
    }
}

/// A connection in use.
pub(super) struct Session {
    connection: Connection,
    faults: Arc<Faults>,
}

/// The connection of a session: one that is lent for reading, or one in the middle of a transaction.
pub(super) enum Connection {
    Sqlite(Lent),
    SqliteWriting(Lent),
    Postgres(PoolConnection<Postgres>),
    PostgresWriting(Transaction<'static, Postgres>),
}

impl Connection {
    fn inner(&mut self) -> Either<&mut SqliteConnection, &mut PgConnection> {
        match self {
            Self::Sqlite(connection) | Self::SqliteWriting(connection) => Either::Left(connection),
            Self::Postgres(connection) => Either::Right(connection),
            Self::PostgresWriting(transaction) => Either::Right(transaction),
        }
    }
}

impl Session {
    pub(super) fn new(connection: Connection, faults: Arc<Faults>) -> Self {
        Self { connection, faults }
    }

    /// Runs a statement and says how many rows it changed.
    pub(super) async fn execute(&mut self, query: Query) -> Result<u64, StoreError> {
        self.faults.pass_statement(query.sql)?;
        let rows = match self.connection.inner() {
            Either::Left(sqlite) => bound!(query, Sqlite).execute(sqlite).await?.rows_affected(),
            Either::Right(postgres) => bound!(query, Postgres).execute(postgres).await?.rows_affected(),
        };
        self.faults.note(rows);
        Ok(rows)
    }

    /// The first row, if there is any.
    pub(super) async fn optional(&mut self, query: Query) -> Result<Option<Row>, StoreError> {
        self.faults.pass_statement(query.sql)?;
        Ok(match self.connection.inner() {
            Either::Left(sqlite) => bound!(query, Sqlite)
                .fetch_optional(sqlite)
                .await?
                .map(Row::Sqlite),
            Either::Right(postgres) => bound!(query, Postgres)
                .fetch_optional(postgres)
                .await?
                .map(Row::Postgres),
        })
    }

    /// All rows.
    pub(super) async fn all(&mut self, query: Query) -> Result<Vec<Row>, StoreError> {
        self.faults.pass_statement(query.sql)?;
        Ok(match self.connection.inner() {
            Either::Left(sqlite) => {
                let rows = bound!(query, Sqlite).fetch_all(sqlite).await?;
                rows.into_iter().map(Row::Sqlite).collect()
            }
            Either::Right(postgres) => {
                let rows = bound!(query, Postgres).fetch_all(postgres).await?;
                rows.into_iter().map(Row::Postgres).collect()
            }
        })
    }
}

/// A session that writes, and rolls back unless it is committed.
pub(super) struct Write(Session);

impl Write {
    pub(super) fn new(session: Session) -> Self {
        Self(session)
    }

    /// Waits until nobody else writes in the matter of `lock`, and keeps them from it until the end of this.
    ///
    /// With SQLite only one writes at a time anyway.
    pub(super) async fn lock(&mut self, lock: &Lock<'_>) -> Result<(), StoreError> {
        if matches!(self.0.connection, Connection::PostgresWriting(_)) {
            self.0.optional(lock.query()).await?;
        }
        Ok(())
    }

    /// Makes all that was written permanent.
    pub(super) async fn commit(self) -> Result<(), StoreError> {
        self.0.faults.pass()?;
        match self.0.connection {
            Connection::SqliteWriting(connection) => connection.commit().await?,
            Connection::PostgresWriting(transaction) => transaction.commit().await?,
            // A session that writes was begun as a transaction.
            Connection::Sqlite(_) | Connection::Postgres(_) => {}
        }
        Ok(())
    }
}

impl Deref for Write {
    type Target = Session;

    fn deref(&self) -> &Session {
        &self.0
    }
}

impl DerefMut for Write {
    fn deref_mut(&mut self) -> &mut Session {
        &mut self.0
    }
}
