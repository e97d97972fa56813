//! Connections to one SQLite file, each lent to one session at a time.
//!
//! A pool of sqlx asks every connection that comes back whether it is still there, on its way through two threads,
//! before anybody else gets it. A file cannot go away like that, and who gives a connection back here is done at once.

use std::{
    mem,
    ops::{Deref, DerefMut},
    sync::{Arc, Mutex},
    time::Duration,
};

use sqlx::{Connection as _, SqliteConnection, sqlite::SqliteConnectOptions};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::timeout,
};

use crate::mutex::lock;

/// How long somebody waits for a connection that others have.
const QUEUE: Duration = Duration::from_secs(30);

/// The connections of one kind. They are made when they are first needed, and kept.
#[derive(Clone)]
pub(super) struct Connections(Arc<Shelf>);

struct Shelf {
    options: SqliteConnectOptions,
    most: u32,
    /// As many as may still be taken.
    free: Arc<Semaphore>,
    idle: Mutex<Vec<SqliteConnection>>,
}

impl Connections {
    /// The first of them, and how others are made, until there are `most`.
    pub(super) fn of(first: SqliteConnection, options: SqliteConnectOptions, most: u32) -> Self {
        Self(Arc::new(Shelf {
            options,
            most,
            free: Arc::new(Semaphore::new(most as usize)),
            idle: Mutex::new(vec![first]),
        }))
    }

    /// A connection, once nobody else has it: in the order in which they ask.
    pub(super) async fn take(&self) -> Result<Lent, sqlx::Error> {
        let permit = timeout(QUEUE, Arc::clone(&self.0.free).acquire_owned())
            .await
            .map_err(|_| sqlx::Error::PoolTimedOut)?
            .map_err(|_| sqlx::Error::PoolClosed)?;
        let idle = lock(&self.0.idle).pop();
        let connection = match idle {
            Some(connection) => connection,
            None => SqliteConnection::connect_with(&self.0.options).await?,
        };
        Ok(Lent {
            lent: Some((connection, permit)),
            shelf: Arc::clone(&self.0),
            writes: false,
        })
    }

    /// Closes all of them, after what they are doing. From then on there are none to take.
    pub(super) async fn close(&self) {
        let all = self.0.free.acquire_many(self.0.most).await;
        self.0.free.close();
        drop(all);
        let idle = mem::take(&mut *lock(&self.0.idle));
        for connection in idle {
            // What was written is permanent; a log that stays behind is read at the next start.
            let _ = connection.close().await;
        }
    }
}

/// A connection that is given back when it is dropped, without what was not committed.
pub(super) struct Lent {
    /// Always there, until it is dropped.
    lent: Option<(SqliteConnection, OwnedSemaphorePermit)>,
    shelf: Arc<Shelf>,
    /// Whether a transaction was begun.
    writes: bool,
}

impl Lent {
    /// Begins to write, while nobody else does.
    pub(super) async fn begin(mut self) -> Result<Self, sqlx::Error> {
        // Noted before, in case that nobody waits for the outcome.
        self.writes = true;
        sqlx::query("BEGIN IMMEDIATE").execute(&mut *self).await?;
        Ok(self)
    }

    /// Makes all that was written permanent.
    pub(super) async fn commit(mut self) -> Result<(), sqlx::Error> {
        sqlx::query("COMMIT").execute(&mut *self).await?;
        self.writes = false;
        Ok(())
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        let Some((mut connection, permit)) = self.lent.take() else {
            return;
        };
        let shelf = Arc::clone(&self.shelf);
        let give_back = move |connection| {
            lock(&shelf.idle).push(connection);
            drop(permit);
        };
        if self.writes {
            tokio::spawn(async move {
                // If it fails there was nothing left to take back: a statement had ended the transaction already.
                let _ = sqlx::query("ROLLBACK").execute(&mut connection).await;
                give_back(connection);
            });
        } else {
            give_back(connection);
        }
    }
}

impl Deref for Lent {
    type Target = SqliteConnection;

    fn deref(&self) -> &SqliteConnection {
        let (connection, _) = self.lent.as_ref().expect("it is there until it is dropped");
        connection
    }
}

impl DerefMut for Lent {
    fn deref_mut(&mut self) -> &mut SqliteConnection {
        let (connection, _) = self.lent.as_mut().expect("it is there until it is dropped");
        connection
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn one() -> Connections {
        let options = SqliteConnectOptions::new().in_memory(true);
        let first = SqliteConnection::connect_with(&options).await.unwrap();
        Connections::of(first, options, 1)
    }

    #[tokio::test]
    async fn what_was_not_committed_is_gone_before_anybody_else_writes() {
        let connections = one().await;
        for commits in [false, true] {
            let mut writing = connections.take().await.unwrap().begin().await.unwrap();
            // It can be made each time only if it was taken back before.
            sqlx::query("CREATE TABLE made (number INTEGER)")
                .execute(&mut *writing)
                .await
                .unwrap();
            if commits {
                writing.commit().await.unwrap();
            }
        }
        let mut reading = connections.take().await.unwrap();
        sqlx::query("SELECT number FROM made")
            .execute(&mut *reading)
            .await
            .unwrap();
    }

    #[tokio::test]
    async fn after_the_end_there_is_none_to_take() {
        let connections = one().await;
        connections.close().await;
        let taken = connections.take().await.map(|_| ());
        assert!(matches!(taken, Err(sqlx::Error::PoolClosed)));
    }
}
