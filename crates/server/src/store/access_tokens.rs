//! Access tokens: each the permission to enrol one factor for one identity, once, soon.

use countersign_protocol::{
    identity::Identity,
    sid::{AccessTokenSid, AccountSid, ServiceSid},
};
use jiff::Timestamp;

use super::{
    Lock, Store, StoreError, date,
    session::{Row, Write, sql},
    typed,
};

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
        let mut write = self
            .write(Lock::Entity(&token.service_sid, &token.identity))
            .await?;
        if !super::services::exists(&mut write, &token.account_sid, &token.service_sid).await? {
            return Ok(false);
        }
        let insert = sql("INSERT INTO access_tokens
                 (sid, service_sid, identity, factor_friendly_name, ttl, token_sealed, created_at, expires_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")
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
        let select = sql(
            "SELECT t.*, s.account_sid FROM access_tokens t JOIN services s ON s.sid = t.service_sid
             WHERE s.account_sid = $1 AND t.service_sid = $2 AND t.sid = $3",
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
    let update =
        sql("UPDATE access_tokens SET used_at = $1 WHERE sid = $2 AND used_at IS NULL AND expires_at > $3");
    let update = update
        .bind(now.as_second())
        .bind(sid.to_string())
        .bind(now.as_second());
    Ok(write.execute(update).await? == 1)
}

pub(super) fn from_row(row: &Row) -> Result<AccessToken, StoreError> {
    Ok(AccessToken {
        sid: typed(row, "sid")?,
        account_sid: typed(row, "account_sid")?,
        service_sid: typed(row, "service_sid")?,
        identity: typed(row, "identity")?,
        factor_friendly_name: row.get("factor_friendly_name")?,
        ttl: u32::try_from(row.get::<i64>("ttl")?).map_err(|_| StoreError::Damaged { column: "ttl" })?,
        token_sealed: row.get("token_sealed")?,
        created_at: date(row, "created_at")?,
        expires_at: date(row, "expires_at")?,
    })
}
