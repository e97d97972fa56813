//! What is pending for a factor, as far as is needed to notice that it has changed.

use countersign_protocol::sid::FactorSid;
use jiff::Timestamp;

use super::{Store, StoreError, optional_date, session::sql};

/// All that is pending for a factor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pending {
    /// Names each challenge, and tells it from itself after a change. Empty if nothing is pending.
    pub names: String,
    /// When the first of them expires.
    pub ends: Option<Timestamp>,
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
    ) -> Result<Option<Pending>, StoreError> {
        // One row however much is pending: devices ask for this all the time.
        let select = sql(
            "SELECT string_agg(c.sid || ' ' || c.updated_at || ' ' || c.expires_at || ' ' || COALESCE(c.metadata, ''),
                 ' ' ORDER BY c.id) AS names, MIN(c.expires_at) AS ends
             FROM factors f
             LEFT JOIN challenges c ON c.factor_sid = f.sid AND c.status = 'pending' AND c.expires_at > $1
             WHERE f.sid = $2 GROUP BY f.sid",
        );
        let select = select.bind(now.as_second()).bind(factor.to_string());
        let row = self.read().await?.optional(select).await?;
        row.map(|row| {
            Ok(Pending {
                names: row.get::<Option<String>>("names")?.unwrap_or_default(),
                ends: optional_date(&row, "ends")?,
            })
        })
        .transpose()
    }
}
