//! A connection in use, with the points at which a test can make it fail.

use std::{ops::DerefMut, sync::Arc};

use sqlx::{Sqlite, SqliteConnection, Transaction, pool::PoolConnection, sqlite::SqliteRow};

use super::{Faults, Query, StoreError};

/// A session that only reads.
pub(super) type Read = Session<PoolConnection<Sqlite>>;

/// A session that writes, and rolls back unless it is committed.
pub(super) type Write = Session<Transaction<'static, Sqlite>>;

/// A connection in use.
pub(super) struct Session<C> {
    connection: C,
    faults: Arc<Faults>,
}

impl<C: DerefMut<Target = SqliteConnection>> Session<C> {
    pub(super) fn new(connection: C, faults: Arc<Faults>) -> Self {
        Self { connection, faults }
    }

    /// Runs a statement and says how many rows it changed.
    pub(super) async fn execute(&mut self, query: Query) -> Result<u64, StoreError> {
        self.faults.pass()?;
        Ok(query.execute(&mut *self.connection).await?.rows_affected())
    }

    /// The first row, if there is any.
    pub(super) async fn optional(&mut self, query: Query) -> Result<Option<SqliteRow>, StoreError> {
        self.faults.pass()?;
        Ok(query.fetch_optional(&mut *self.connection).await?)
    }

    /// All rows.
    pub(super) async fn all(&mut self, query: Query) -> Result<Vec<SqliteRow>, StoreError> {
        self.faults.pass()?;
        Ok(query.fetch_all(&mut *self.connection).await?)
    }
}

impl Write {
    /// Makes all that was written permanent.
    pub(super) async fn commit(self) -> Result<(), StoreError> {
        self.faults.pass()?;
        Ok(self.connection.commit().await?)
    }
}
