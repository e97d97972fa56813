//! Everything that is sealed with a server key, wherever it is kept.

use countersign_protocol::jwe;
use jiff::Timestamp;

use super::{
    Lock, Store, StoreError,
    session::{Write, sql},
    text,
};
use crate::server_key::{Purpose, ServerKey};

/// A column with something sealed, and the statements about it. What is sealed begins with the name of its key.
struct Column {
    name: &'static str,
    /// The next few behind a SID that another key has sealed.
    select: &'static str,
    /// Seals one anew, unless it has changed meanwhile.
    update: &'static str,
    /// How many another key has sealed.
    count: &'static str,
    purpose: fn(&str) -> Purpose<'_>,
}

macro_rules! column {
    ($table:literal $column:literal $purpose:ident) => {
        Column {
            name: $column,
            select: concat!(
                "SELECT sid, ",
                $column,
                " AS sealed FROM ",
                $table,
                " WHERE sid > $1 AND substr(",
                $column,
                ", 1, 8) <> $2 ORDER BY sid LIMIT 100"
            ),
            update: concat!(
                "UPDATE ",
                $table,
                " SET ",
                $column,
                " = $1 WHERE sid = $2 AND ",
                $column,
                " = $3"
            ),
            count: concat!(
                "SELECT COUNT(*) AS n FROM ",
                $table,
                " WHERE substr(",
                $column,
                ", 1, 8) <> $1"
            ),
            purpose: |sid| Purpose::$purpose(sid),
        }
    };
}

const COLUMNS: [Column; 5] = [
    column!("accounts" "auth_token_sealed" AuthToken),
    column!("accounts" "secondary_auth_token_sealed" AuthToken),
    column!("access_tokens" "token_sealed" AccessToken),
    column!("factors" "secret_sealed" TotpSecret),
    column!("challenges" "number_sealed" MatchNumber),
];

impl Store {
    /// Makes this key the one that seals, and seals anew with it all that another has sealed, some at a time. Says how
    /// much that was. What failed can be done again: each is sealed with one key or the other, and both open.
    ///
    /// # Errors
    /// [`StoreError`], also if no key opens something.
    pub async fn reseal(&self, key: &ServerKey) -> Result<u64, StoreError> {
        let mut write = self.write(Lock::Server).await?;
        let update = sql("UPDATE server SET key_id = $1").bind(key.id());
        write.execute(update).await?;
        write.commit().await?;
        let mut resealed = 0;
        for column in &COLUMNS {
            let mut after = Some(String::new());
            while let Some(sid) = after {
                let mut write = self.write(Lock::Server).await?;
                let (last, changed) = reseal_some(&mut write, column, key, sid).await?;
                write.commit().await?;
                resealed += changed;
                after = last;
            }
        }
        Ok(resealed)
    }

    /// How much in the database was sealed by another key than the one that seals now.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn count_sealed_by_others(&self, key: &ServerKey) -> Result<u64, StoreError> {
        let mut session = self.read().await?;
        let mut all = 0;
        for column in &COLUMNS {
            let row = session.optional(sql(column.count).bind(key.mark())).await?;
            let count: i64 = row.map_or(Ok(0), |row| row.get("n"))?;
            all += u64::try_from(count).unwrap_or_default();
        }
        Ok(all)
    }

    /// Whether a device may still come with an access token that the key of this name has made.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn has_access_tokens_of(
        &self,
        key: &ServerKey,
        id: &str,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let select =
            sql("SELECT sid, token_sealed FROM access_tokens WHERE expires_at > $1 AND used_at IS NULL");
        let rows = self.read().await?.all(select.bind(now.as_second())).await?;
        for row in rows {
            let (sid, sealed): (String, Vec<u8>) = (text(&row, "sid")?, row.get("token_sealed")?);
            let token = key.open(Purpose::AccessToken(&sid), &sealed);
            let kid = token.and_then(|token| jwe::kid(str::from_utf8(&token).ok()?));
            if kid.as_deref() == Some(id) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// Seals the next few anew: the last of them, if there was one, and how many.
async fn reseal_some(
    write: &mut Write,
    column: &Column,
    key: &ServerKey,
    after: String,
) -> Result<(Option<String>, u64), StoreError> {
    let rows = write.all(sql(column.select).bind(after).bind(key.mark())).await?;
    let (mut last, mut changed) = (None, 0);
    for row in rows {
        let (sid, sealed): (String, Vec<u8>) = (text(&row, "sid")?, row.get("sealed")?);
        let purpose = (column.purpose)(&sid);
        let opened = key
            .open(purpose, &sealed)
            .ok_or(StoreError::Damaged { column: column.name })?;
        let update = sql(column.update)
            .bind(key.seal(purpose, &opened))
            .bind(&*sid)
            .bind(sealed);
        changed += write.execute(update).await?;
        last = Some(sid);
    }
    Ok((last, changed))
}
