//! Notifications: how often the push of a challenge was sent again.

use countersign_protocol::{
    resources::notification::CreateNotification,
    sid::{ChallengeSid, NotificationSid},
};
use jiff::Timestamp;
use sqlx::Row;

use super::{Store, StoreError};
use crate::random;

impl Store {
    /// Notes that a challenge's push is to be sent again; `None` if it was sent as often as it may be.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn create_notification(
        &self,
        challenge: &ChallengeSid,
        ttl: u32,
        now: Timestamp,
    ) -> Result<Option<NotificationSid>, StoreError> {
        let mut write = self.write().await?;
        let count = sqlx::query("SELECT COUNT(*) AS sent FROM notifications WHERE challenge_sid = ?");
        let row = write
            .optional(count.bind(challenge.to_string()))
            .await?
            .ok_or(sqlx::Error::RowNotFound)?;
        if row.try_get::<i64, _>("sent")? >= i64::from(CreateNotification::MAX_PER_CHALLENGE) {
            return Ok(None);
        }
        let sid = NotificationSid::from_random(random::make_bytes());
        let insert = sqlx::query(
            "INSERT INTO notifications (sid, challenge_sid, ttl, created_at) VALUES (?, ?, ?, ?)",
        )
        .bind(sid.to_string())
        .bind(challenge.to_string())
        .bind(ttl)
        .bind(now.as_second());
        write.execute(insert).await?;
        write.commit().await?;
        Ok(Some(sid))
    }
}
