//! Access tokens: each the permission to enrol one factor for one identity, once, soon.

use countersign_protocol::{
    identity::Identity,
    sid::{AccessTokenSid, AccountSid, ServiceSid},
};
use jiff::Timestamp;
use sqlx::{Row, sqlite::SqliteRow};

use super::{Store, StoreError, date, session::Write, typed};

/// The permission to enrol one factor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessToken {
    /// Its identifier.
    pub sid: AccessTokenSid,
    /// The account of its service.
    pub account_sid: AccountSid,
    /// Its service.
    pub service_sid: ServiceSid,
    /// Whose factor may be enrolled.
    pub identity: Identity,
    /// What the issuer calls the factor that is to come.
    pub factor_friendly_name: Option<String>,
    /// For how many seconds it is good.
    pub ttl: u32,
    /// The token itself, sealed.
    pub token_sealed: Vec<u8>,
    /// When it was made.
    pub created_at: Timestamp,
    /// From when on it is good for nothing.
    pub expires_at: Timestamp,
}

impl Store {
    /// Saves a token. Says whether its service is there.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn create_access_token(&self, token: &AccessToken) -> Result<bool, StoreError> {
        let mut write = self.write().await?;
        if !super::services::exists(&mut write, &token.account_sid, &token.service_sid).await? {
            return Ok(false);
        }
        let insert = sqlx::query(
            "INSERT INTO access_tokens
                 (sid, service_sid, identity, factor_friendly_name, ttl, token_sealed, created_at, expires_at)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(token.sid.to_string())
        .bind(token.service_sid.to_string())
        .bind(token.identity.to_string())
        .bind(token.factor_friendly_name.clone())
        .bind(token.ttl)
        .bind(token.token_sealed.clone())
        .bind(token.created_at.as_second())
        .bind(token.expires_at.as_second());
        write.execute(insert).await?;
        write.commit().await?;
        Ok(true)
    }

    /// One token, if this account's service made it.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn load_access_token(
        &self,
        account: &AccountSid,
        service: &ServiceSid,
        sid: &AccessTokenSid,
    ) -> Result<Option<AccessToken>, StoreError> {
        let select = sqlx::query(
            "SELECT t.*, s.account_sid FROM access_tokens t JOIN services s ON s.sid = t.service_sid
             WHERE s.account_sid = ? AND t.service_sid = ? AND t.sid = ?",
        );
        let select = select
            .bind(account.to_string())
            .bind(service.to_string())
            .bind(sid.to_string());
        self.read()
            .await?
            .optional(select)
            .await?
            .as_ref()
            .map(from_row)
            .transpose()
    }
}

/// Uses a token up, if it can still be used. This statement alone decides which of two devices enrols.
pub(super) async fn use_up(
    write: &mut Write,
    sid: &AccessTokenSid,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let update = sqlx::query(
        "UPDATE access_tokens SET used_at = ? WHERE sid = ? AND used_at IS NULL AND expires_at > ?",
    );
    let update = update
        .bind(now.as_second())
        .bind(sid.to_string())
        .bind(now.as_second());
    Ok(write.execute(update).await? == 1)
}

fn from_row(row: &SqliteRow) -> Result<AccessToken, StoreError> {
    Ok(AccessToken {
        sid: typed(row, "sid")?,
        account_sid: typed(row, "account_sid")?,
        service_sid: typed(row, "service_sid")?,
        identity: typed(row, "identity")?,
        factor_friendly_name: row.try_get("factor_friendly_name")?,
        ttl: row.try_get("ttl")?,
        token_sealed: row.try_get("token_sealed")?,
        created_at: date(row, "created_at")?,
        expires_at: date(row, "expires_at")?,
    })
}
