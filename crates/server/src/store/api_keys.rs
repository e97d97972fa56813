//! API keys: further credentials of an account, each of which can be taken away by itself.

use countersign_protocol::sid::{AccountSid, ApiKeySid};
use jiff::{Timestamp, civil::Date};

use super::{
    Lock, Store, StoreError, date,
    session::{Row, sql},
    typed,
};

/// An API key, without its secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiKey {
    /// Its identifier, which is the user name that goes with the secret.
    pub sid: ApiKeySid,
    /// Whose it is.
    pub account_sid: AccountSid,
    /// What people call it.
    pub friendly_name: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// On which day it was last used, if it was, in UTC.
    pub last_used_on: Option<String>,
    /// From when on it is good for nothing, if it is.
    pub revoked_at: Option<Timestamp>,
}

/// What proves an API key.
pub struct Proof {
    /// Whose key it is.
    pub account_sid: AccountSid,
    /// The SHA-256 of its secret.
    pub secret_hash: Vec<u8>,
    /// On which day it was last used.
    pub last_used_on: Option<String>,
}

impl Store {
    /// Saves an API key that was just made. Says whether its account is there.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn create_api_key(&self, key: &ApiKey, secret_hash: Vec<u8>) -> Result<bool, StoreError> {
        let mut write = self.write(Lock::Server).await?;
        let insert = sql(
            "INSERT INTO api_keys (sid, account_sid, friendly_name, secret_hash, created_at)
             SELECT $1, sid, $2, $3, $4 FROM accounts WHERE sid = $5",
        );
        let insert = insert
            .bind(key.sid.to_string())
            .bind(key.friendly_name.clone())
            .bind(secret_hash)
            .bind(key.created_at.as_second())
            .bind(key.account_sid.to_string());
        let created = write.execute(insert).await? == 1;
        write.commit().await?;
        Ok(created)
    }

    /// Every API key of an account, the oldest first, those that are revoked as well.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn list_api_keys(&self, account: &AccountSid) -> Result<Vec<ApiKey>, StoreError> {
        let select = sql(
            "SELECT sid, account_sid, friendly_name, created_at, last_used_on, revoked_at FROM api_keys
             WHERE account_sid = $1 ORDER BY created_at, sid",
        );
        let rows = self.read().await?.all(select.bind(account.to_string())).await?;
        rows.iter().map(read).collect()
    }

    /// What proves the API key with this SID, if there is one that is not revoked.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn load_api_key_proof(&self, sid: &ApiKeySid) -> Result<Option<Proof>, StoreError> {
        let select = sql("SELECT account_sid, secret_hash, last_used_on FROM api_keys
             WHERE sid = $1 AND revoked_at IS NULL");
        let row = self.read().await?.optional(select.bind(sid.to_string())).await?;
        let proof = |row: Row| {
            Ok(Proof {
                account_sid: typed(&row, "account_sid")?,
                secret_hash: row.get("secret_hash")?,
                last_used_on: row.get("last_used_on")?,
            })
        };
        row.map(proof).transpose()
    }

    /// Notes that an API key was used on this day.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn note_api_key_use(&self, sid: &ApiKeySid, day: Date) -> Result<(), StoreError> {
        let mut write = self.write(Lock::Server).await?;
        let update = sql("UPDATE api_keys SET last_used_on = $1
             WHERE sid = $2 AND (last_used_on IS NULL OR last_used_on < $1)");
        write
            .execute(update.bind(day.to_string()).bind(sid.to_string()))
            .await?;
        write.commit().await
    }

    /// Makes an API key good for nothing, from now on. Says whether there was one that was good.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn revoke_api_key(&self, sid: &ApiKeySid, now: Timestamp) -> Result<bool, StoreError> {
        let mut write = self.write(Lock::Server).await?;
        let update = sql("UPDATE api_keys SET revoked_at = $1 WHERE sid = $2 AND revoked_at IS NULL");
        let update = update.bind(now.as_second()).bind(sid.to_string());
        let revoked = write.execute(update).await? == 1;
        write.commit().await?;
        Ok(revoked)
    }
}

fn read(row: &Row) -> Result<ApiKey, StoreError> {
    let revoked: Option<i64> = row.get("revoked_at")?;
    Ok(ApiKey {
        sid: typed(row, "sid")?,
        account_sid: typed(row, "account_sid")?,
        friendly_name: row.get("friendly_name")?,
        created_at: date(row, "created_at")?,
        last_used_on: row.get("last_used_on")?,
        revoked_at: revoked.map(|_| date(row, "revoked_at")).transpose()?,
    })
}
