//! The app's PIN: its hash, and what was tried against it; and whether the system does without it.

use jiff::{SignedDuration, Timestamp};
use sqlx::Row;

use super::{Store, StoreError, from_millis, to_millis};
use crate::app_pin::LONGEST_WAIT;

/// What became of the wish to try a PIN.
pub(crate) enum PinTry {
    /// There is no PIN.
    NoPin,
    /// Not yet.
    TooSoon {
        /// How long still.
        wait: SignedDuration,
    },
    /// The try is counted as wrong; whoever finds that it is not gives it back.
    Spent {
        /// How many wrong ones there are now.
        wrong: u32,
        /// What to compare with.
        hash: String,
    },
}

impl Store {
    /// How many wrong PINs were typed in a row, and before when no more is tried. `None` if there is no PIN.
    pub(crate) async fn load_pin_tries(&self) -> Result<Option<(u32, Timestamp)>, StoreError> {
        let row = sqlx::query("SELECT wrong, not_before FROM pin")
            .fetch_optional(self.read()?)
            .await?;
        row.map(|row| Ok((row.try_get("wrong")?, from_millis(row.try_get("not_before")?)?)))
            .transpose()
    }

    /// Counts a wrong PIN, if it is time. `wait_after` says how long nothing more is tried after so many.
    pub(crate) async fn spend_pin_try(
        &self,
        now: Timestamp,
        wait_after: impl Fn(u32) -> SignedDuration,
    ) -> Result<PinTry, StoreError> {
        let mut write = self.write().await?;
        let row = sqlx::query("SELECT hash, wrong, not_before FROM pin")
            .fetch_optional(&mut *write.transaction)
            .await?;
        let Some(row) = row else {
            return Ok(PinTry::NoPin);
        };
        let wrong = row.try_get::<u32, _>("wrong")?.saturating_add(1);
        let wait = from_millis(row.try_get("not_before")?)?.duration_since(now);
        let (count, wait_from_now) = if wait.is_positive() {
            // A clock that ran ahead when it was written must not keep anybody out for years.
            (wrong - 1, wait.min(LONGEST_WAIT))
        } else {
            (wrong, wait_after(wrong))
        };
        sqlx::query("UPDATE pin SET wrong = ?, not_before = ?")
            .bind(count)
            .bind(to_millis(now.saturating_add(wait_from_now).unwrap_or(now)))
            .execute(&mut *write.transaction)
            .await?;
        write.commit().await?;
        Ok(if count == wrong {
            PinTry::Spent {
                wrong,
                hash: row.try_get("hash")?,
            }
        } else {
            PinTry::TooSoon { wait: wait_from_now }
        })
    }

    /// Gives back all tries, after the right PIN.
    pub(crate) async fn return_pin_tries(&self) -> Result<(), StoreError> {
        let mut write = self.write().await?;
        sqlx::query("UPDATE pin SET wrong = 0, not_before = 0")
            .execute(&mut *write.transaction)
            .await?;
        write.commit().await
    }

    /// Writes a PIN's hash in place of another.
    pub(crate) async fn save_pin(&self, hash: &str) -> Result<(), StoreError> {
        let mut write = self.write().await?;
        sqlx::query("INSERT OR REPLACE INTO pin (only, hash, wrong, not_before) VALUES (1, ?, 0, 0)")
            .bind(hash)
            .execute(&mut *write.transaction)
            .await?;
        write.commit().await
    }

    /// Forgets the PIN.
    pub(crate) async fn delete_pin(&self) -> Result<(), StoreError> {
        let mut write = self.write().await?;
        sqlx::query("DELETE FROM pin")
            .execute(&mut *write.transaction)
            .await?;
        write.commit().await
    }

    /// Whether the system has confirmed who is there, and has not failed to ask since.
    pub(crate) async fn load_system_confirmed(&self) -> Result<bool, StoreError> {
        let row = sqlx::query("SELECT 1 FROM system_confirmed")
            .fetch_optional(self.read()?)
            .await?;
        Ok(row.is_some())
    }

    /// Notes that the system confirmed, or that it cannot ask.
    pub(crate) async fn save_system_confirmed(&self, confirmed: bool) -> Result<(), StoreError> {
        if self.load_system_confirmed().await? == confirmed {
            return Ok(());
        }
        let mut write = self.write().await?;
        sqlx::query(if confirmed {
            "INSERT OR IGNORE INTO system_confirmed (only) VALUES (1)"
        } else {
            "DELETE FROM system_confirmed"
        })
        .execute(&mut *write.transaction)
        .await?;
        write.commit().await
    }
}
