//! Accounts: who may use the API, and the secret they prove it with.

use countersign_protocol::sid::AccountSid;
use jiff::Timestamp;

use super::{Lock, Store, StoreError, date, session::sql, typed};

/// An account, without its secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Its identifier.
    pub sid: AccountSid,
    /// When it was made.
    pub created_at: Timestamp,
    /// How many services it has.
    pub services: i64,
}

impl Store {
    /// Every account, the oldest first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn list_accounts(&self) -> Result<Vec<Account>, StoreError> {
        let select = sql(
            "SELECT sid, created_at, (SELECT COUNT(*) FROM services WHERE account_sid = accounts.sid) AS services
             FROM accounts ORDER BY created_at, sid",
        );
        let rows = self.read().await?.all(select).await?;
        let account = |row| {
            Ok(Account {
                sid: typed(row, "sid")?,
                created_at: date(row, "created_at")?,
                services: row.get("services")?,
            })
        };
        rows.iter().map(account).collect()
    }

    /// Saves an account, or gives the one that has this SID another auth token.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn save_account(
        &self,
        sid: &AccountSid,
        auth_token_sealed: Vec<u8>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let mut write = self.write(Lock::Server).await?;
        let upsert = sql(
            "INSERT INTO accounts (sid, auth_token_sealed, created_at) VALUES ($1, $2, $3)
             ON CONFLICT (sid) DO UPDATE SET auth_token_sealed = excluded.auth_token_sealed",
        );
        let upsert = upsert
            .bind(sid.to_string())
            .bind(auth_token_sealed)
            .bind(now.as_second());
        write.execute(upsert).await?;
        write.commit().await
    }

    /// The sealed auth token of an account, if there is such an account.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn load_auth_token(&self, sid: &AccountSid) -> Result<Option<Vec<u8>>, StoreError> {
        let select = sql("SELECT auth_token_sealed FROM accounts WHERE sid = $1").bind(sid.to_string());
        let row = self.read().await?.optional(select).await?;
        row.map(|row| row.get("auth_token_sealed")).transpose()
    }
}
