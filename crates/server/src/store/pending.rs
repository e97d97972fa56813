//! What is pending for a factor, as far as is needed to notice that it has changed.

use countersign_protocol::sid::{ChallengeSid, FactorSid};
use jiff::Timestamp;

use super::{Store, StoreError, date, session::sql, typed};

/// What tells a pending challenge from every other and from itself after a change.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Pending {
    /// Its identifier.
    pub sid: ChallengeSid,
    /// Its metadata, as JSON.
    pub metadata: Option<String>,
    /// When it was last changed.
    pub updated_at: Timestamp,
    /// From when on it cannot be answered.
    pub expires_at: Timestamp,
}

impl Store {
    /// What is pending for a factor; `None` if the factor is gone.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn load_pending(
        &self,
        factor: &FactorSid,
        now: Timestamp,
    ) -> Result<Option<Vec<Pending>>, StoreError> {
        let select = sql(
            "SELECT c.sid, c.expires_at, c.updated_at, c.metadata FROM factors f
             LEFT JOIN challenges c ON c.factor_sid = f.sid AND c.status = 'pending' AND c.expires_at > $1
             WHERE f.sid = $2 ORDER BY c.id",
        );
        let select = select.bind(now.as_second()).bind(factor.to_string());
        let rows = self.read().await?.all(select).await?;
        if rows.is_empty() {
            return Ok(None);
        }
        let mut pending = Vec::new();
        for row in &rows {
            // The one row of a factor without pending challenges has none in it.
            if row.get::<Option<String>>("sid")?.is_some() {
                pending.push(Pending {
                    sid: typed(row, "sid")?,
                    metadata: row.get("metadata")?,
                    updated_at: date(row, "updated_at")?,
                    expires_at: date(row, "expires_at")?,
                });
            }
        }
        Ok(Some(pending))
    }
}
