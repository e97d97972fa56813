//! Taking away what has outlived its use.

use jiff::{SignedDuration, Timestamp};

use super::{Store, StoreError, factors::UNVERIFIED_LIFE};

/// For how long a spent access token can still be read.
const SPENT_TOKEN_LIFE: SignedDuration = SignedDuration::from_hours(24);

impl Store {
    /// Deletes factors that were never verified in a day, access tokens that expired a day ago, and what no longer
    /// counts for the daily limit.
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
        ] {
            write
                .execute(sqlx::query(delete).bind((now - life).as_second()))
                .await?;
        }
        write.commit().await
    }
}
