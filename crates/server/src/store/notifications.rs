//! Notifications: how often the push of a challenge was sent again.

use countersign_protocol::{resources::notification::CreateNotification, sid::NotificationSid};
use jiff::Timestamp;

use super::{Lock, Store, StoreError, challenges::Challenge, session::sql};
use crate::random;

impl Store {
    /// Notes that a challenge's push is to be sent again; `None` if it was sent as often as it may be.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn create_notification(
        &self,
        challenge: &Challenge,
        ttl: u32,
        now: Timestamp,
    ) -> Result<Option<NotificationSid>, StoreError> {
        let mut write = self
            .write(Lock::Entity(&challenge.service_sid, &challenge.identity))
            .await?;
        let count = sql("SELECT COUNT(*) AS sent FROM notifications WHERE challenge_sid = $1");
        let row = write
            .optional(count.bind(challenge.sid.to_string()))
            .await?
            .ok_or(sqlx::Error::RowNotFound)?;
        if row.get::<i64>("sent")? >= i64::from(CreateNotification::MAX_PER_CHALLENGE) {
            return Ok(None);
        }
        let sid = NotificationSid::from_random(random::make_bytes());
        let insert =
            sql("INSERT INTO notifications (sid, challenge_sid, ttl, created_at) VALUES ($1, $2, $3, $4)")
                .bind(sid.to_string())
                .bind(challenge.sid.to_string())
                .bind(ttl)
                .bind(now.as_second());
        write.execute(insert).await?;
        write.commit().await?;
        Ok(Some(sid))
    }
}
