//! Accounts: who may use the API, and the secret they prove it with.

use countersign_protocol::sid::AccountSid;
use jiff::Timestamp;

use super::{
    Lock, Store, StoreError, date,
    session::{Query, Row, sql},
    typed,
};

/// An account, without its secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Its identifier.
    pub sid: AccountSid,
    /// When it was made.
    pub created_at: Timestamp,
    /// How many services it has.
    pub services: i64,
    /// Whether it has a secondary auth token beside the primary one.
    pub has_secondary: bool,
}

/// What an account proves itself with, sealed.
#[derive(Clone)]
pub struct AuthTokens {
    /// Good, and signs webhooks.
    pub primary: Vec<u8>,
    /// Good as well, while the account changes from one to the other.
    pub secondary: Option<Vec<u8>>,
}

/// Why an account's auth tokens are not changed.
#[derive(Debug, thiserror::Error)]
pub enum RotationError {
    /// There is no such account.
    #[error("there is no such account")]
    NotFound,
    /// It has two auth tokens already.
    #[error(
        "the account has a secondary auth token already; nothing was changed. Finish with it, or cancel it"
    )]
    Begun,
    /// It has one auth token only.
    #[error("the account has no secondary auth token; nothing was changed")]
    NotBegun,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Store {
    /// Every account, the oldest first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn list_accounts(&self) -> Result<Vec<Account>, StoreError> {
        let select = sql(
            "SELECT sid, created_at, (SELECT COUNT(*) FROM services WHERE account_sid = accounts.sid) AS services,
                 secondary_auth_token_sealed
             FROM accounts ORDER BY created_at, sid",
        );
        let rows = self.read().await?.all(select).await?;
        let account = |row| {
            Ok(Account {
                sid: typed(row, "sid")?,
                created_at: date(row, "created_at")?,
                services: row.get("services")?,
                has_secondary: row
                    .get::<Option<Vec<u8>>>("secondary_auth_token_sealed")?
                    .is_some(),
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

    /// The sealed auth tokens of an account, if there is such an account.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn load_auth_tokens(&self, sid: &AccountSid) -> Result<Option<AuthTokens>, StoreError> {
        let select =
            sql("SELECT auth_token_sealed, secondary_auth_token_sealed FROM accounts WHERE sid = $1");
        let row = self.read().await?.optional(select.bind(sid.to_string())).await?;
        let tokens = |row: Row| {
            Ok(AuthTokens {
                primary: row.get("auth_token_sealed")?,
                secondary: row.get("secondary_auth_token_sealed")?,
            })
        };
        row.map(tokens).transpose()
    }

    /// Gives an account a secondary auth token beside the one it has.
    ///
    /// # Errors
    /// [`RotationError`], also if it has one already.
    pub async fn add_secondary(&self, sid: &AccountSid, sealed: Vec<u8>) -> Result<(), RotationError> {
        let update = sql("UPDATE accounts SET secondary_auth_token_sealed = $1
             WHERE sid = $2 AND secondary_auth_token_sealed IS NULL");
        let update = update.bind(sealed).bind(sid.to_string());
        self.rotate(sid, update, RotationError::Begun).await
    }

    /// Makes the secondary auth token the only one. The primary one is good for nothing from then on.
    ///
    /// # Errors
    /// [`RotationError`], also if there is no secondary one.
    pub async fn promote_secondary(&self, sid: &AccountSid) -> Result<(), RotationError> {
        let update = sql(
            "UPDATE accounts SET auth_token_sealed = secondary_auth_token_sealed, secondary_auth_token_sealed = NULL
             WHERE sid = $1 AND secondary_auth_token_sealed IS NOT NULL",
        );
        let update = update.bind(sid.to_string());
        self.rotate(sid, update, RotationError::NotBegun).await
    }

    /// Takes the secondary auth token away. The primary one stays.
    ///
    /// # Errors
    /// [`RotationError`], also if there is no secondary one.
    pub async fn drop_secondary(&self, sid: &AccountSid) -> Result<(), RotationError> {
        let update = sql("UPDATE accounts SET secondary_auth_token_sealed = NULL
             WHERE sid = $1 AND secondary_auth_token_sealed IS NOT NULL");
        let update = update.bind(sid.to_string());
        self.rotate(sid, update, RotationError::NotBegun).await
    }

    /// Changes an account that is there, or fails with `otherwise`.
    async fn rotate(
        &self,
        sid: &AccountSid,
        update: Query,
        otherwise: RotationError,
    ) -> Result<(), RotationError> {
        let mut write = self.write(Lock::Server).await?;
        if write.execute(update).await? == 1 {
            return Ok(write.commit().await?);
        }
        let account = sql("SELECT 1 FROM accounts WHERE sid = $1").bind(sid.to_string());
        Err(match write.optional(account).await? {
            Some(_) => otherwise,
            None => RotationError::NotFound,
        })
    }
}
