//! What the person chose: settings, and quiet.

use countersign_protocol::sid::FactorSid;
use jiff::Timestamp;
use serde_json::{Map, Value};
use sqlx::{Executor, Row, Sqlite, sqlite::SqliteRow};

use super::{Store, StoreError, from_millis, parse, to_millis};
use crate::{
    mute::{Mute, MuteReason, MuteScope},
    settings::Settings,
};

impl Store {
    /// The settings. Those that were never chosen are the usual ones.
    pub(crate) async fn load_settings(&self) -> Result<Settings, StoreError> {
        Ok(Settings::from_stored(&stored_settings(self.read()?).await?))
    }

    /// Writes the settings into what is there, so that what another version keeps there stays.
    pub(crate) async fn save_settings(&self, settings: &Settings) -> Result<(), StoreError> {
        let mut write = self.write().await?;
        let mut stored = stored_settings(&mut *write.transaction).await?;
        settings.write_to(&mut stored);
        sqlx::query(
            "INSERT INTO settings (id, body) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body",
        )
        .bind(Value::from(stored).to_string())
        .execute(&mut *write.transaction)
        .await?;
        write.commit().await
    }

    /// Writes a mute in the place of an earlier one of the same scope.
    pub(crate) async fn save_mute(&self, mute: &Mute) -> Result<(), StoreError> {
        let mut write = self.write().await?;
        delete_mute(&mut *write.transaction, &mute.scope).await?;
        sqlx::query("INSERT INTO mutes (factor_sid, muted_until, reason) VALUES (?, ?, ?)")
            .bind(factor_of(&mute.scope))
            .bind(to_millis(mute.until))
            .bind(reason_name(mute.reason))
            .execute(&mut *write.transaction)
            .await?;
        write.commit().await
    }

    /// Deletes the mute of this scope, if there is one.
    pub(crate) async fn delete_mute(&self, scope: &MuteScope) -> Result<(), StoreError> {
        let mut write = self.write().await?;
        delete_mute(&mut *write.transaction, scope).await?;
        write.commit().await
    }

    /// The mutes that last beyond `now`, the longest first.
    pub(crate) async fn load_mutes(&self, now: Timestamp) -> Result<Vec<Mute>, StoreError> {
        sqlx::query("SELECT * FROM mutes WHERE muted_until > ? ORDER BY muted_until DESC, factor_sid")
            .bind(to_millis(now))
            .fetch_all(self.read()?)
            .await?
            .iter()
            .map(read_mute)
            .collect()
    }

    /// Deletes what was settled before `before`. Returns how many entries that were.
    pub(crate) async fn delete_settled(&self, before: Timestamp) -> Result<u64, StoreError> {
        let mut write = self.write().await?;
        let gone = sqlx::query("DELETE FROM challenges WHERE status <> 'pending' AND learned_at < ?")
            .bind(to_millis(before))
            .execute(&mut *write.transaction)
            .await?;
        write.commit().await?;
        Ok(gone.rows_affected())
    }
}

async fn stored_settings(
    database: impl Executor<'_, Database = Sqlite>,
) -> Result<Map<String, Value>, StoreError> {
    let body: Option<String> = sqlx::query_scalar("SELECT body FROM settings")
        .fetch_optional(database)
        .await?;
    body.map_or_else(
        || Ok(Map::new()),
        |body| serde_json::from_str(&body).map_err(|_| StoreError::Damaged { what: "the settings" }),
    )
}

async fn delete_mute(
    database: impl Executor<'_, Database = Sqlite>,
    scope: &MuteScope,
) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM mutes WHERE factor_sid IS ?")
        .bind(factor_of(scope))
        .execute(database)
        .await?;
    Ok(())
}

fn factor_of(scope: &MuteScope) -> Option<&str> {
    match scope {
        MuteScope::Everything => None,
        MuteScope::Factor(sid) => Some(sid.as_str()),
    }
}

fn reason_name(reason: MuteReason) -> &'static str {
    match reason {
        MuteReason::Asked => "asked",
        MuteReason::Reported => "reported",
    }
}

fn read_mute(row: &SqliteRow) -> Result<Mute, StoreError> {
    let factor: Option<String> = row.try_get("factor_sid")?;
    let factor: Option<FactorSid> = factor.map(|sid| parse("a factor's SID", &sid)).transpose()?;
    Ok(Mute {
        scope: factor.map_or(MuteScope::Everything, MuteScope::Factor),
        until: from_millis(row.try_get("muted_until")?)?,
        reason: match row.try_get::<&str, _>("reason")? {
            "reported" => MuteReason::Reported,
            _ => MuteReason::Asked,
        },
    })
}
