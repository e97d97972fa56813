//! Factors.

use std::collections::BTreeMap;

use countersign_keychain::{KeyId, KeyLocation};
use countersign_protocol::{
    identity::Identity,
    link::ServerUrl,
    resources::factor::FactorStatus,
    sid::{AccountSid, FactorSid, ServiceSid},
};
use jiff::{SignedDuration, Timestamp};
use sqlx::{Row, sqlite::SqliteRow};

use super::{
    Store, StoreError, from_millis,
    noted_keys::{location_name, read_location},
    parse, to_millis,
};
use crate::{connection::Connection, factor::Factor, policy::Policy};

/// What is written of a factor when the server has made it.
#[derive(Debug)]
pub(crate) struct Enrolled {
    pub(crate) sid: FactorSid,
    pub(crate) account_sid: AccountSid,
    pub(crate) service_sid: ServiceSid,
    pub(crate) identity: Identity,
    pub(crate) credential_sid: String,
    pub(crate) server: ServerUrl,
    pub(crate) friendly_name: String,
    pub(crate) issuer: Option<String>,
    pub(crate) account: Option<String>,
    pub(crate) metadata: Option<BTreeMap<String, String>>,
    pub(crate) status: FactorStatus,
    pub(crate) key_id: KeyId,
    pub(crate) key_location: KeyLocation,
    pub(crate) created_at: Timestamp,
}

impl Store {
    /// Writes a new factor and takes its key off the list of keys without one, in one commit.
    ///
    /// # Errors
    /// Also if a factor with this SID is there: no server may replace another's.
    pub(crate) async fn save_factor(&self, factor: &Enrolled) -> Result<(), StoreError> {
        let metadata = factor
            .metadata
            .as_ref()
            .map(|map| countersign_protocol::json::raw(map).get().to_owned());
        let mut write = self.write().await?;
        sqlx::query(
            "INSERT INTO factors (sid, account_sid, service_sid, identity, credential_sid, server,
                                  friendly_name, issuer, account, metadata, status, key_id, key_location,
                                  created_at)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(factor.sid.as_str())
        .bind(factor.account_sid.as_str())
        .bind(factor.service_sid.as_str())
        .bind(factor.identity.as_str())
        .bind(&factor.credential_sid)
        .bind(factor.server.as_str())
        .bind(&factor.friendly_name)
        .bind(&factor.issuer)
        .bind(&factor.account)
        .bind(metadata)
        .bind(factor.status.as_str())
        .bind(factor.key_id.as_str())
        .bind(location_name(factor.key_location))
        .bind(to_millis(factor.created_at))
        .execute(&mut *write.transaction)
        .await?;
        sqlx::query("DELETE FROM noted_keys WHERE key_id = ?")
            .bind(factor.key_id.as_str())
            .execute(&mut *write.transaction)
            .await?;
        write.commit().await
    }

    /// All factors, newest first, those included that are being removed.
    pub(crate) async fn load_factors(&self) -> Result<Vec<Factor>, StoreError> {
        sqlx::query("SELECT * FROM factors ORDER BY created_at DESC, sid")
            .fetch_all(self.read()?)
            .await?
            .iter()
            .map(read_factor)
            .collect()
    }

    /// One factor.
    pub(crate) async fn load_factor(&self, sid: &FactorSid) -> Result<Option<Factor>, StoreError> {
        sqlx::query("SELECT * FROM factors WHERE sid = ?")
            .bind(sid.as_str())
            .fetch_optional(self.read()?)
            .await?
            .as_ref()
            .map(read_factor)
            .transpose()
    }

    /// Notes whether a factor's key has been proven.
    pub(crate) async fn save_factor_status(
        &self,
        sid: &FactorSid,
        status: FactorStatus,
    ) -> Result<(), StoreError> {
        let mut write = self.write().await?;
        sqlx::query("UPDATE factors SET status = ? WHERE sid = ?")
            .bind(status.as_str())
            .bind(sid.as_str())
            .execute(&mut *write.transaction)
            .await?;
        write.commit().await
    }

    /// Notes a factor's name, as the server has it.
    pub(crate) async fn save_factor_name(&self, sid: &FactorSid, name: &str) -> Result<(), StoreError> {
        let mut write = self.write().await?;
        sqlx::query("UPDATE factors SET friendly_name = ? WHERE sid = ?")
            .bind(name)
            .bind(sid.as_str())
            .execute(&mut *write.transaction)
            .await?;
        write.commit().await
    }

    /// Notes how a factor's requests may be approved.
    pub(crate) async fn save_policy(&self, sid: &FactorSid, policy: Policy) -> Result<(), StoreError> {
        let mut write = self.write().await?;
        sqlx::query(
            "UPDATE factors SET verification = ?, answer_from_notification = ?, answer_from_tray = ?,
                                silent_on_this_computer = ?
             WHERE sid = ?",
        )
        .bind(policy.verification.as_str())
        .bind(policy.answer_from_notification)
        .bind(policy.answer_from_tray)
        .bind(policy.silent_on_this_computer)
        .bind(sid.as_str())
        .execute(&mut *write.transaction)
        .await?;
        write.commit().await
    }

    /// Notes that a factor is to be removed, and drops its open requests: nobody answers them any more.
    pub(crate) async fn begin_removal(&self, sid: &FactorSid, now: Timestamp) -> Result<(), StoreError> {
        let mut write = self.write().await?;
        sqlx::query("UPDATE factors SET removing_since = COALESCE(removing_since, ?) WHERE sid = ?")
            .bind(to_millis(now))
            .bind(sid.as_str())
            .execute(&mut *write.transaction)
            .await?;
        drop_open_requests(&mut write.transaction, sid).await?;
        drop_idle_pin(&mut write.transaction).await?;
        write.commit().await
    }

    /// Deletes a factor whose key is to go too, and puts the key on the list of keys without a factor until it is.
    pub(crate) async fn delete_factor(&self, factor: &Factor, now: Timestamp) -> Result<(), StoreError> {
        let mut write = self.write().await?;
        sqlx::query("INSERT OR IGNORE INTO noted_keys (key_id, key_location, noted_at) VALUES (?, ?, ?)")
            .bind(factor.key_id.as_str())
            .bind(location_name(factor.key_location))
            .bind(to_millis(now))
            .execute(&mut *write.transaction)
            .await?;
        sqlx::query("DELETE FROM factors WHERE sid = ?")
            .bind(factor.sid.as_str())
            .execute(&mut *write.transaction)
            .await?;
        drop_open_requests(&mut write.transaction, &factor.sid).await?;
        drop_idle_pin(&mut write.transaction).await?;
        write.commit().await
    }

    /// Deletes everything, the history included; the keys are put on the list of keys without a factor.
    pub(crate) async fn delete_everything(&self, now: Timestamp) -> Result<(), StoreError> {
        let mut write = self.write().await?;
        sqlx::query(
            "INSERT OR IGNORE INTO noted_keys (key_id, key_location, noted_at)
             SELECT key_id, key_location, ? FROM factors",
        )
        .bind(to_millis(now))
        .execute(&mut *write.transaction)
        .await?;
        sqlx::query("DELETE FROM factors")
            .execute(&mut *write.transaction)
            .await?;
        sqlx::query("DELETE FROM challenges")
            .execute(&mut *write.transaction)
            .await?;
        drop_idle_pin(&mut write.transaction).await?;
        write.commit().await
    }

    /// Notes how a factor's server was when it was last asked, and when it last answered.
    pub(crate) async fn save_connection(
        &self,
        sid: &FactorSid,
        connection: Connection,
        last_contact: Option<Timestamp>,
    ) -> Result<(), StoreError> {
        let (kind, since, skew) = match connection {
            Connection::NeverChecked => ("never_checked", 0, 0),
            Connection::Online => ("online", 0, 0),
            Connection::Offline { since } => ("offline", to_millis(since), 0),
            Connection::ClockSkewed { by } => ("clock_skewed", 0, by.as_secs()),
            Connection::SignedOut => ("signed_out", 0, 0),
        };
        let mut write = self.write().await?;
        sqlx::query(
            "UPDATE factors SET connection = ?, connection_since = ?, clock_skew = ?,
                                last_contact_at = COALESCE(?, last_contact_at)
             WHERE sid = ?",
        )
        .bind(kind)
        .bind(since)
        .bind(skew)
        .bind(last_contact.map(to_millis))
        .bind(sid.as_str())
        .execute(&mut *write.transaction)
        .await?;
        write.commit().await
    }
}

async fn drop_open_requests(
    transaction: &mut sqlx::Transaction<'static, sqlx::Sqlite>,
    factor: &FactorSid,
) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM challenges WHERE factor_sid = ? AND status = 'pending'")
        .bind(factor.as_str())
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

/// Forgets the PIN with the last factor: there is nothing left that it could guard, and it may be a forgotten one.
async fn drop_idle_pin(transaction: &mut sqlx::Transaction<'static, sqlx::Sqlite>) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM pin WHERE NOT EXISTS (SELECT 1 FROM factors WHERE removing_since IS NULL)")
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

fn read_factor(row: &SqliteRow) -> Result<Factor, StoreError> {
    let text = |name: &str| row.try_get::<String, _>(name);
    let date = |name: &str| row.try_get::<Option<i64>, _>(name);
    let metadata: Option<String> = row.try_get("metadata")?;
    Ok(Factor {
        sid: parse("a factor's SID", &text("sid")?)?,
        account_sid: parse("an account's SID", &text("account_sid")?)?,
        service_sid: parse("a service's SID", &text("service_sid")?)?,
        identity: parse("an identity", &text("identity")?)?,
        server: ServerUrl::parse(&text("server")?).map_err(|_| StoreError::Damaged { what: "a server" })?,
        friendly_name: text("friendly_name")?,
        issuer: row.try_get("issuer")?,
        account: row.try_get("account")?,
        metadata: metadata
            .map(|json| serde_json::from_str(&json).map_err(|_| StoreError::Damaged { what: "metadata" }))
            .transpose()?,
        status: match text("status")?.as_str() {
            "verified" => FactorStatus::Verified,
            _ => FactorStatus::Unverified,
        },
        created_at: from_millis(row.try_get("created_at")?)?,
        key_location: read_location(&text("key_location")?)?,
        removing_since: date("removing_since")?.map(from_millis).transpose()?,
        connection: read_connection(row)?,
        last_contact: date("last_contact_at")?.map(from_millis).transpose()?,
        policy: read_policy(row)?,
        credential_sid: text("credential_sid")?,
        key_id: parse("a key's name", &text("key_id")?)?,
    })
}

fn read_policy(row: &SqliteRow) -> Result<Policy, StoreError> {
    Ok(Policy {
        verification: parse("a policy", &row.try_get::<String, _>("verification")?)?,
        answer_from_notification: row.try_get("answer_from_notification")?,
        answer_from_tray: row.try_get("answer_from_tray")?,
        silent_on_this_computer: row.try_get("silent_on_this_computer")?,
    })
}

fn read_connection(row: &SqliteRow) -> Result<Connection, StoreError> {
    Ok(match row.try_get::<String, _>("connection")?.as_str() {
        "online" => Connection::Online,
        "offline" => Connection::Offline {
            since: from_millis(row.try_get("connection_since")?)?,
        },
        "clock_skewed" => Connection::ClockSkewed {
            by: SignedDuration::from_secs(row.try_get("clock_skew")?),
        },
        "signed_out" => Connection::SignedOut,
        _ => Connection::NeverChecked,
    })
}
