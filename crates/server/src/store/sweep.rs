//! Taking away what has outlived its use.

use jiff::{SignedDuration, Timestamp};

use super::{
    Lock, Store, StoreError, date,
    deliveries::FINISHED_LIFE,
    factors::{self, UNVERIFIED_LIFE},
    numbers,
    session::sql,
    typed,
};
use crate::observation;

/// For how long a spent access token can still be read.
const SPENT_TOKEN_LIFE: SignedDuration = SignedDuration::from_hours(24);

/// How many challenges are looked at, and deleted, in one transaction. Others write between two of them.
const CHALLENGES_AT_ONCE: i64 = 200;

/// For how long a webhook that is made after a challenge has expired may still be told of it.
const UNTOLD_LIFE: SignedDuration = SignedDuration::from_hours(1);

impl Store {
    /// Deletes factors that were never verified in a day, access tokens that expired a day ago, what no longer
    /// counts for a daily limit, and deliveries that ended a month ago. Gives up deliveries that nobody takes.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn sweep(&self, now: Timestamp) -> Result<(), StoreError> {
        self.sweep_unverified(now).await?;
        self.give_up_deliveries(now).await?;
        let mut write = self.write(Lock::Server).await?;
        for (delete, life) in [
            (
                "DELETE FROM access_tokens WHERE expires_at <= $1",
                SPENT_TOKEN_LIFE,
            ),
            (
                "DELETE FROM factor_creations WHERE created_at <= $1",
                SignedDuration::from_hours(24),
            ),
            (
                "DELETE FROM wrong_numbers WHERE typed_at <= $1",
                numbers::COUNTED_FOR,
            ),
            ("DELETE FROM deliveries WHERE finished_at <= $1", FINISHED_LIFE),
        ] {
            write.execute(sql(delete).bind((now - life).as_second())).await?;
        }
        let untold = sql("UPDATE challenges SET expiry_told = 1
             WHERE status = 'pending' AND expiry_told = 0 AND expires_at <= $1 AND NOT EXISTS (
                 SELECT 1 FROM entities e JOIN webhooks w ON w.service_sid = e.service_sid
                 WHERE e.sid = entity_sid AND w.status = 'enabled'
                     AND w.event_types LIKE '%\"challenge.expired\"%'
             )");
        let expired = write
            .execute(untold.bind((now - UNTOLD_LIFE).as_second()))
            .await?;
        write.commit().await?;
        observation::challenges_expired(expired);
        Ok(())
    }

    /// Deletes challenges that were over before `then`, answered or not, with all that belongs to them, and says how
    /// many. Those of which webhooks are still to be told that they have expired stay until they were, and those that
    /// were reported later than `then`.
    ///
    /// Challenges are looked at in the order in which they were made. None is open for more than an hour, so after a
    /// batch without one that was over, none follows that has not an hour left to be found in.
    ///
    /// # Errors
    /// [`StoreError`]. What was deleted before stays deleted.
    pub async fn sweep_challenges(&self, then: Timestamp) -> Result<u64, StoreError> {
        let mut deleted = 0;
        let mut after = 0;
        loop {
            let batch = sql("SELECT id, expires_at FROM challenges WHERE id > $1 ORDER BY id LIMIT $2");
            let batch = batch.bind(after).bind(CHALLENGES_AT_ONCE);
            let batch = self.read().await?.all(batch).await?;
            let Some(last) = batch.last() else {
                return Ok(deleted);
            };
            let mut any_is_over = false;
            for challenge in &batch {
                any_is_over |= date(challenge, "expires_at")? <= then;
            }
            if !any_is_over {
                return Ok(deleted);
            }
            let last: i64 = last.get("id")?;
            let delete = sql(
                "DELETE FROM challenges WHERE id > $1 AND id <= $2 AND expires_at <= $3
                 AND (status <> 'pending' OR expiry_told = 1) AND NOT EXISTS (
                     SELECT 1 FROM reports WHERE challenge_sid = challenges.sid AND reported_at > $3
                 )",
            );
            let delete = delete.bind(after).bind(last).bind(then.as_second());
            let mut write = self.write(Lock::Server).await?;
            deleted += write.execute(delete).await?;
            write.commit().await?;
            after = last;
        }
    }

    /// Deletes factors that were never verified in time, and tells of it.
    async fn sweep_unverified(&self, now: Timestamp) -> Result<(), StoreError> {
        let entities = sql(
            "SELECT DISTINCT e.sid, e.service_sid, e.identity FROM factors f JOIN entities e ON e.sid = f.entity_sid
             WHERE f.status = 'unverified' AND f.created_at <= $1",
        );
        let entities = entities.bind((now - UNVERIFIED_LIFE).as_second());
        let entities = self.read().await?.all(entities).await?;
        for entity in entities {
            let service = typed(&entity, "service_sid")?;
            let identity = typed(&entity, "identity")?;
            let mut write = self.write(Lock::Entity(&service, &identity)).await?;
            factors::delete_unverified(&mut write, &typed(&entity, "sid")?, now).await?;
            write.commit().await?;
            self.changes.tell(&service, &identity);
        }
        Ok(())
    }
}
