//! Who waits for whom when several programs write to one PostgreSQL database.
//!
//! What a transaction has read must not change under it until it has written. SQLite lets only one write at a time.
//! PostgreSQL is asked for the same about what belongs together: each writing transaction names what it concerns,
//! and those that concern the same go one after the other, on whichever replica they are. The locks are advisory,
//! and end with the transaction. Nobody waits for the lock of an entity while holding that of another, nor for any of
//! these while holding one that stands below it in [`Lock`], so that no two can wait for each other.

use countersign_protocol::{
    identity::Identity,
    sid::{FactorSid, ServiceSid, WebhookSid},
};
use sha2::{Digest as _, Sha256};

use super::session::{Query, sql};

/// What a writing transaction concerns.
pub(super) enum Lock<'a> {
    /// The server as a whole: its key, its accounts.
    Server,
    /// A service with all that belongs to it.
    Service(&'a ServiceSid),
    /// An entity with its factors, challenges and access tokens. Its service stays meanwhile.
    Entity(&'a ServiceSid, &'a Identity),
    /// Who carries what to a webhook, and whether it takes it.
    Receiver(&'a WebhookSid),
    /// The order in which webhooks are told of a factor.
    Deliveries(&'a FactorSid),
}

impl Lock<'_> {
    /// The statement that waits for the lock.
    pub(super) fn query(&self) -> Query {
        const ONE: &str = "SELECT pg_advisory_xact_lock($1)";
        match self {
            Self::Server => sql(ONE).bind(number(&["server"])),
            Self::Service(service) => sql(ONE).bind(number(&["service", service.as_str()])),
            Self::Receiver(webhook) => sql(ONE).bind(number(&["receiver", webhook.as_str()])),
            Self::Deliveries(factor) => sql(ONE).bind(number(&["deliveries", factor.as_str()])),
            Self::Entity(service, identity) => {
                sql("SELECT pg_advisory_xact_lock_shared($1), pg_advisory_xact_lock($2)")
                    .bind(number(&["service", service.as_str()]))
                    .bind(number(&["entity", service.as_str(), identity.as_ref()]))
            }
        }
    }
}

/// The number of a lock. Two that should differ may have the same one, and then wait without need.
fn number(name: &[&str]) -> i64 {
    let mut hash = Sha256::new();
    for part in name {
        hash.update(part);
        hash.update([0]);
    }
    let mut first = [0; 8];
    first.copy_from_slice(&hash.finalize()[..8]);
    i64::from_be_bytes(first)
}
