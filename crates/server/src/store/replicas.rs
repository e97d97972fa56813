//! News for and from the other programs on the same PostgreSQL database, so that a request that waits at one is
//! answered when another took the change.
//!
//! They carry names, never contents, and travel by LISTEN and NOTIFY after the change is permanent, many in one
//! message: a NOTIFY inside each transaction would make all commits of the database wait for each other. News can
//! be lost, with a connection or with the program that had them to tell; so whoever waits looks again by itself after
//! [`LOOK_AGAIN`], and everybody does when the connection was lost.

use std::{future::pending, time::Duration};

use serde::{Deserialize, Serialize};
use sqlx::{PgPool, postgres::PgListener};
use tokio_util::sync::CancellationToken;

use super::{Store, changes::News, database::Database};
use crate::random;

const CHANNEL: &str = "countersign";

/// How much is told in one message, which PostgreSQL limits to 8000 bytes.
const AT_ONCE: usize = 20;

/// How long to wait before what failed is tried again.
const PAUSE: Duration = Duration::from_secs(1);

/// After how long whoever waits for news looks without any.
const LOOK_AGAIN: Duration = Duration::from_secs(10);

#[derive(Serialize, Deserialize)]
struct Message {
    /// A random name of the program that says it, which need not hear it.
    from: String,
    news: Vec<News>,
}

impl Store {
    /// After how long whoever waits for news looks without any: never, if this program alone writes to the database.
    pub fn look_again(&self) -> Duration {
        match self.database {
            Database::Sqlite { .. } => Duration::MAX,
            Database::Postgres(_) => LOOK_AGAIN,
        }
    }

    /// Exchanges news with other programs on the same database until `stopping`. Where there can be none, this ends
    /// at once.
    pub async fn share_news(&self, stopping: CancellationToken) {
        let Database::Postgres(pool) = &self.database else {
            return;
        };
        let here = random::make_hex::<8>();
        let exchange = async { tokio::join!(self.send_news(pool, &here), self.hear_news(pool, &here)) };
        stopping.run_until_cancelled(exchange).await;
    }

    async fn send_news(&self, pool: &PgPool, here: &str) {
        loop {
            let message = Message {
                from: here.to_owned(),
                news: self.changes.take_posted(AT_ONCE).await,
            };
            let Ok(text) = serde_json::to_string(&message) else {
                continue;
            };
            let notify = sqlx::query("SELECT pg_notify($1, $2)").bind(CHANNEL).bind(text);
            if let Err(error) = notify.execute(pool).await {
                // Whoever waits at another replica finds out by itself a little later.
                tracing::warn!(%error, "other replicas could not be told of a change");
                pause().await;
            }
        }
    }

    async fn hear_news(&self, pool: &PgPool, here: &str) {
        loop {
            let Err(error) = self.listen(pool, here).await;
            tracing::warn!(%error, "changes at other replicas are not heard of at the moment");
            pause().await;
        }
    }

    async fn listen(&self, pool: &PgPool, here: &str) -> Result<std::convert::Infallible, sqlx::Error> {
        let mut listener = PgListener::connect_with(pool).await?;
        listener.listen(CHANNEL).await?;
        // What was said before is not heard any more.
        self.changes.tell_everyone();
        loop {
            match listener.try_recv().await? {
                Some(notification) => match serde_json::from_str::<Message>(notification.payload()) {
                    Ok(message) if message.from == here => {}
                    Ok(message) => message.news.iter().for_each(|news| self.changes.hear(news)),
                    // A newer version may say what this one does not know.
                    Err(_) => self.changes.tell_everyone(),
                },
                // The connection was lost, and is there again.
                None => self.changes.tell_everyone(),
            }
        }
    }
}

async fn pause() {
    // The future is pending for ever, so this ends when the time is over.
    let _ = tokio::time::timeout(PAUSE, pending::<()>()).await;
}

#[cfg(test)]
mod tests {
    use countersign_protocol::sid::{AccountSid, ServiceSid};
    use tokio_util::sync::DropGuard;

    use super::*;
    use crate::{
        store::{changes::Watch, services::Settings},
        testing::{Postgres, make_database_of_shared_server},
    };

    /// Two programs on one database, which exchange news until this is dropped.
    struct Replicas {
        first: Store,
        second: Store,
        service: ServiceSid,
        account: AccountSid,
        /// Hears at the second of what changes about the service.
        watch: Watch,
        _end: DropGuard,
    }

    impl Replicas {
        async fn over(url: &str) -> Self {
            let (first, second) = (Store::open(url).await.unwrap(), Store::open(url).await.unwrap());
            let now = "2026-11-20T05:00:00Z".parse().unwrap();
            let account = AccountSid::from_random([1; 16]);
            first.save_account(&account, vec![0], now).await.unwrap();
            let service = first
                .create_service(&account, "Acme", Settings::default(), now)
                .await;
            let service = service.unwrap().sid;
            let mut watch = second.watch(&service, &"user-0001".parse().unwrap());
            let end = CancellationToken::new();
            for store in [first.clone(), second.clone()] {
                let end = end.clone();
                tokio::spawn(async move { store.share_news(end).await });
            }
            // The second has begun to listen.
            watch.changed().await;
            Self {
                first,
                second,
                service,
                account,
                watch,
                _end: end.drop_guard(),
            }
        }
    }

    #[tokio::test]
    async fn what_one_replica_changes_the_others_hear_of() {
        let mut replicas = Replicas::over(&make_database_of_shared_server().await).await;
        let deleted = replicas
            .first
            .delete_service(&replicas.account, &replicas.service)
            .await;
        assert!(deleted.unwrap());
        replicas.watch.changed().await;
        assert_eq!(replicas.second.look_again(), LOOK_AGAIN);
    }

    #[tokio::test]
    async fn whoever_waits_looks_again_when_the_connection_was_lost() {
        let mut postgres = Postgres::start();
        let mut replicas = Replicas::over(&postgres.make_database().await).await;
        let _postgres = tokio::task::spawn_blocking(move || {
            postgres.restart();
            postgres
        })
        .await
        .unwrap();
        replicas.watch.changed().await;
    }

    #[test]
    fn a_message_of_the_longest_identities_fits() {
        let longest = "a".repeat(64).parse().unwrap();
        let message = Message {
            from: random::make_hex::<8>(),
            news: vec![News::Entity(ServiceSid::from_random([255; 16]), longest); AT_ONCE],
        };
        assert!(serde_json::to_string(&message).unwrap().len() < 8000);
    }
}
