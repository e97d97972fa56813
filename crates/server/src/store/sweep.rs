//! Taking away what has outlived its use.

use jiff::{SignedDuration, Timestamp};

use super::{Store, StoreError, deliveries::FINISHED_LIFE, factors::UNVERIFIED_LIFE};

/// For how long a spent access token can still be read.
const SPENT_TOKEN_LIFE: SignedDuration = SignedDuration::from_hours(24);

/// For how long a webhook that is made after a challenge has expired may still be told of it.
const UNTOLD_LIFE: SignedDuration = SignedDuration::from_hours(1);

impl Store {
    /// Deletes factors that were never verified in a day, access tokens that expired a day ago, what no longer
    /// counts for the daily limit, and deliveries that ended a month ago.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn sweep(&self, now: Timestamp) -> Result<(), StoreError> {
        let mut write = self.write().await?;
        for (delete, life) in [
            (
                "DELETE FROM factors WHERE status = 'unverified' AND created_at <= ?",
                UNVERIFIED_LIFE,
            ),
            (
                "DELETE FROM access_tokens WHERE expires_at <= ?",
                SPENT_TOKEN_LIFE,
            ),
            (
                "DELETE FROM factor_creations WHERE created_at <= ?",
                SignedDuration::from_hours(24),
            ),
            ("DELETE FROM deliveries WHERE finished_at <= ?", FINISHED_LIFE),
            (
                "UPDATE challenges SET expiry_told = 1
                 WHERE status = 'pending' AND expiry_told = 0 AND expires_at <= ? AND NOT EXISTS (
                     SELECT 1 FROM entities e JOIN webhooks w ON w.service_sid = e.service_sid
                     WHERE e.sid = entity_sid AND w.status = 'enabled'
                         AND w.event_types LIKE '%\"challenge.expired\"%'
                 )",
                UNTOLD_LIFE,
            ),
        ] {
            write
                .execute(sqlx::query(delete).bind((now - life).as_second()))
                .await?;
        }
        write.commit().await
    }
}
