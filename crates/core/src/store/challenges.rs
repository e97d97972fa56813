//! Requests, as long as they are pending, and the history, once they are not.

use countersign_protocol::{
    challenge_response::Decision,
    identity::Identity,
    link::ServerUrl,
    resources::challenge::ChallengeStatus,
    sid::{AccountSid, ChallengeSid, FactorSid, ServiceSid},
};
use jiff::Timestamp;
use sqlx::{Row, sqlite::SqliteRow};

use super::{Store, StoreError, from_millis, parse, to_millis};
use crate::{
    factor::Factor,
    presence::VerifiedBy,
    request::FetchedChallenge,
    unusual::{BURST, Past},
};

/// A challenge as the store has it.
#[derive(Debug, Clone)]
pub(crate) struct StoredChallenge {
    pub(crate) challenge: FetchedChallenge,
    pub(crate) account_sid: AccountSid,
    pub(crate) service_sid: ServiceSid,
    pub(crate) identity: Identity,
    pub(crate) server: ServerUrl,
    pub(crate) issuer: Option<String>,
    pub(crate) account: Option<String>,
    /// What is known of it: its own status when it was fetched may be older.
    pub(crate) status: ChallengeStatus,
    /// When this device first had it, by this device's clock.
    pub(crate) first_seen_at: Timestamp,
    pub(crate) settled_at: Option<Timestamp>,
    /// What this device signed and may have sent.
    pub(crate) answer: Option<Answer>,
    /// Whether the server is known to have that answer.
    pub(crate) answered_here: bool,
    /// How many wrong numbers were typed for it here.
    pub(crate) wrong_numbers: u32,
    /// Whether it was started on this computer (E6).
    pub(crate) on_this_computer: bool,
    /// Whether it is settled if a notification tells of it.
    pub(crate) announced: bool,
}

/// A challenge and the factor it was asked through. Servers make up SIDs; what one says of a challenge must not
/// touch another's.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Asked<'a> {
    pub(crate) sid: &'a ChallengeSid,
    pub(crate) factor: &'a FactorSid,
}

/// A decision with its signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) decision: Decision,
    pub(crate) signed_response: String,
    /// Whether nobody was asked, because this computer started the request (E6).
    pub(crate) silent: bool,
    /// Who confirmed who is there, if it is an approval and was made since that is noted.
    pub(crate) verified: Option<VerifiedBy>,
}

impl Store {
    /// Writes what was fetched of a challenge that is pending, seen at `seen_at`. Returns whether it is new.
    ///
    /// One that is settled stays as it is, and so does one that another factor was asked: SIDs are the server's
    /// word, and one server must not overwrite what another sent.
    pub(crate) async fn save_pending(
        &self,
        factor: &Factor,
        challenge: &FetchedChallenge,
        seen_at: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut write = self.write().await?;
        let before = sqlx::query("SELECT * FROM challenges WHERE sid = ?")
            .bind(challenge.read.sid.as_str())
            .fetch_optional(&mut *write.transaction)
            .await?;
        // What was said of a request holds for what it said then.
        let same = before
            .as_ref()
            .and_then(|row| read_challenge(row).ok())
            .is_some_and(|before| before.challenge.digest == challenge.digest);
        sqlx::query(
            "INSERT INTO challenges (sid, factor_sid, account_sid, service_sid, identity, server, issuer,
                                     account, body, signature_fields, status, created_at, expires_at,
                                     first_seen_at)
             SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, 'pending', ?11, ?12, ?13
             WHERE EXISTS (SELECT 1 FROM factors WHERE sid = ?2 AND removing_since IS NULL)
             ON CONFLICT (sid) DO UPDATE
             SET body = excluded.body, signature_fields = excluded.signature_fields,
                 created_at = excluded.created_at, expires_at = excluded.expires_at,
                 on_this_computer = on_this_computer AND ?14
             WHERE challenges.status = 'pending' AND challenges.factor_sid = excluded.factor_sid",
        )
        .bind(challenge.read.sid.as_str())
        .bind(factor.sid.as_str())
        .bind(factor.account_sid.as_str())
        .bind(factor.service_sid.as_str())
        .bind(factor.identity.as_str())
        .bind(factor.server.as_str())
        .bind(&factor.issuer)
        .bind(&factor.account)
        .bind(&challenge.body)
        .bind(challenge.signature_fields.as_ref().map(ToString::to_string))
        .bind(to_millis(challenge.read.date_created))
        .bind(to_millis(challenge.read.expiration_date))
        .bind(to_millis(seen_at))
        .bind(same)
        .execute(&mut *write.transaction)
        .await?;
        write.commit().await?;
        Ok(before.is_none())
    }

    /// Writes what this device is about to send. Never sent again from here: it only tells, after a crash, whose
    /// answer the server has.
    pub(crate) async fn save_answer(&self, of: Asked<'_>, answer: &Answer) -> Result<(), StoreError> {
        let mut write = self.write().await?;
        sqlx::query(
            "UPDATE challenges
             SET decision = ?1, signed_response = ?2, silent = ?3, on_this_computer = on_this_computer OR ?3,
                 verified = ?4
             WHERE sid = ?5 AND factor_sid = ?6 AND status = 'pending'",
        )
        .bind(answer.decision.as_str())
        .bind(&answer.signed_response)
        .bind(answer.silent)
        .bind(answer.verified.map(VerifiedBy::as_str))
        .bind(of.sid.as_str())
        .bind(of.factor.as_str())
        .execute(&mut *write.transaction)
        .await?;
        write.commit().await
    }

    /// Notes that this computer started a request (E6), if it still is the one that was found to be so.
    pub(crate) async fn mark_on_this_computer(&self, found: &StoredChallenge) -> Result<(), StoreError> {
        let mut write = self.write().await?;
        sqlx::query(
            "UPDATE challenges SET on_this_computer = 1 WHERE sid = ? AND factor_sid = ? AND body = ?",
        )
        .bind(found.challenge.read.sid.as_str())
        .bind(found.challenge.read.factor_sid.as_str())
        .bind(&found.challenge.body)
        .execute(&mut *write.transaction)
        .await?;
        write.commit().await
    }

    /// Notes that it is settled if notifications tell of these.
    pub(crate) async fn save_announced(&self, sids: &[ChallengeSid]) -> Result<(), StoreError> {
        let mut write = self.write().await?;
        for sid in sids {
            sqlx::query("UPDATE challenges SET announced = 1 WHERE sid = ?")
                .bind(sid.as_str())
                .execute(&mut *write.transaction)
                .await?;
        }
        write.commit().await
    }

    /// Forgets an answer that the server is known not to have taken.
    pub(crate) async fn withdraw_answer(&self, of: Asked<'_>) -> Result<(), StoreError> {
        let mut write = self.write().await?;
        sqlx::query(
            "UPDATE challenges SET decision = NULL, signed_response = NULL
             WHERE sid = ? AND factor_sid = ? AND status = 'pending'",
        )
        .bind(of.sid.as_str())
        .bind(of.factor.as_str())
        .execute(&mut *write.transaction)
        .await?;
        write.commit().await
    }

    /// Counts a wrong number, unless `most` have been counted. Returns how many there are now.
    pub(crate) async fn spend_try(&self, of: Asked<'_>, most: u32) -> Result<Option<u32>, StoreError> {
        let mut write = self.write().await?;
        let spent = sqlx::query_scalar(
            "UPDATE challenges SET wrong_numbers = wrong_numbers + 1
             WHERE sid = ? AND factor_sid = ? AND status = 'pending' AND wrong_numbers < ?
             RETURNING wrong_numbers",
        )
        .bind(of.sid.as_str())
        .bind(of.factor.as_str())
        .bind(most)
        .fetch_optional(&mut *write.transaction)
        .await?;
        write.commit().await?;
        Ok(spent)
    }

    /// Takes back what [`spend_try`](Self::spend_try) counted.
    pub(crate) async fn return_try(&self, of: Asked<'_>) -> Result<(), StoreError> {
        let mut write = self.write().await?;
        sqlx::query(
            "UPDATE challenges SET wrong_numbers = wrong_numbers - 1
             WHERE sid = ? AND factor_sid = ? AND wrong_numbers > 0",
        )
        .bind(of.sid.as_str())
        .bind(of.factor.as_str())
        .execute(&mut *write.transaction)
        .await?;
        write.commit().await
    }

    /// Moves a challenge to the history: it was over `at` the server's time, and this device learned it at its own
    /// `learned_at`. Our own answer is kept if it is the one that counted. Returns whether it was pending until now.
    pub(crate) async fn settle(
        &self,
        of: Asked<'_>,
        status: ChallengeStatus,
        at: Timestamp,
        learned_at: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut write = self.write().await?;
        let moved = sqlx::query(
            "UPDATE challenges
             SET status = ?1, settled_at = ?2, learned_at = ?5, answered_here = COALESCE(decision = ?1, 0),
                 signed_response = CASE WHEN decision = ?1 THEN signed_response END,
                 decision = CASE WHEN decision = ?1 THEN decision END
             WHERE sid = ?3 AND factor_sid = ?4 AND status = 'pending' AND ?1 <> 'pending'",
        )
        .bind(status.as_str())
        .bind(to_millis(at))
        .bind(of.sid.as_str())
        .bind(of.factor.as_str())
        .bind(to_millis(learned_at))
        .execute(&mut *write.transaction)
        .await?;
        write.commit().await?;
        Ok(moved.rows_affected() == 1)
    }

    /// Deletes a pending challenge that the server does not know any more. When it was first seen is kept, as far as a
    /// burst is made of it. Returns whether there was one.
    pub(crate) async fn delete_pending(&self, of: Asked<'_>) -> Result<bool, StoreError> {
        let mut write = self.write().await?;
        let seen: Option<i64> = sqlx::query_scalar(
            "DELETE FROM challenges WHERE sid = ? AND factor_sid = ? AND status = 'pending'
             RETURNING first_seen_at",
        )
        .bind(of.sid.as_str())
        .bind(of.factor.as_str())
        .fetch_optional(&mut *write.transaction)
        .await?;
        if let Some(seen) = seen {
            sqlx::query("INSERT INTO withdrawn (factor_sid, first_seen_at) VALUES (?, ?)")
                .bind(of.factor.as_str())
                .bind(seen)
                .execute(&mut *write.transaction)
                .await?;
            sqlx::query(
                "DELETE FROM withdrawn WHERE factor_sid = ?1 AND rowid NOT IN (
                     SELECT rowid FROM withdrawn WHERE factor_sid = ?1 ORDER BY first_seen_at DESC LIMIT ?2)",
            )
            .bind(of.factor.as_str())
            .bind(i64::try_from(BURST).unwrap_or(i64::MAX))
            .execute(&mut *write.transaction)
            .await?;
        }
        write.commit().await?;
        Ok(seen.is_some())
    }

    /// One challenge.
    pub(crate) async fn load_challenge(
        &self,
        sid: &ChallengeSid,
    ) -> Result<Option<StoredChallenge>, StoreError> {
        sqlx::query("SELECT * FROM challenges WHERE sid = ?")
            .bind(sid.as_str())
            .fetch_optional(self.read()?)
            .await?
            .as_ref()
            .map(read_challenge)
            .transpose()
    }

    /// All pending challenges. What was last seen for the first time comes first.
    pub(crate) async fn load_pending(&self) -> Result<Vec<StoredChallenge>, StoreError> {
        sqlx::query("SELECT * FROM challenges WHERE status = 'pending' ORDER BY first_seen_at DESC, created_at DESC, sid")
            .fetch_all(self.read()?)
            .await
            .map(|rows| read_all(&rows))
            .map_err(StoreError::from)
    }

    /// What a factor was asked, the latest first: as much of it as anybody needs to say whether a request is unusual.
    pub(crate) async fn load_past(&self, factor: &FactorSid) -> Result<Vec<Past>, StoreError> {
        sqlx::query(
            "SELECT status, body -> '$.details' AS details, first_seen_at, learned_at
             FROM challenges WHERE factor_sid = ?1
             UNION ALL
             SELECT 'expired', NULL, first_seen_at, NULL FROM withdrawn WHERE factor_sid = ?1
             ORDER BY first_seen_at DESC LIMIT 500",
        )
        .bind(factor.as_str())
        .fetch_all(self.read()?)
        .await?
        .iter()
        .map(read_past)
        .collect()
    }

    /// Settled challenges, the last settled first.
    pub(crate) async fn load_settled(&self, limit: u32) -> Result<Vec<StoredChallenge>, StoreError> {
        sqlx::query(
            "SELECT * FROM challenges WHERE status <> 'pending' ORDER BY settled_at DESC, sid LIMIT ?",
        )
        .bind(limit)
        .fetch_all(self.read()?)
        .await
        .map(|rows| read_all(&rows))
        .map_err(StoreError::from)
    }
}

/// Reads what can be read: a row that is damaged must not hide the others.
fn read_all(rows: &[SqliteRow]) -> Vec<StoredChallenge> {
    let read =
        |row| read_challenge(row).inspect_err(|error| tracing::error!(%error, "a challenge was left out"));
    rows.iter().filter_map(|row| read(row).ok()).collect()
}

fn read_past(row: &SqliteRow) -> Result<Past, StoreError> {
    Ok(Past {
        status: parse("a status", &row.try_get::<String, _>("status")?)?,
        details: row
            .try_get::<Option<String>, _>("details")?
            .and_then(|details| serde_json::from_str(&details).ok()),
        first_seen_at: from_millis(row.try_get("first_seen_at")?)?,
        learned_at: row
            .try_get::<Option<i64>, _>("learned_at")?
            .map(from_millis)
            .transpose()?,
    })
}

fn read_challenge(row: &SqliteRow) -> Result<StoredChallenge, StoreError> {
    let damaged = StoreError::Damaged { what: "a challenge" };
    let text = |name: &str| row.try_get::<String, _>(name);
    let fields: Option<String> = row.try_get("signature_fields")?;
    let challenge =
        FetchedChallenge::parse(text("body")?.as_bytes(), fields.as_deref()).map_err(|_| damaged)?;
    let decision: Option<String> = row.try_get("decision")?;
    let signed_response: Option<String> = row.try_get("signed_response")?;
    let factor_sid: FactorSid = parse("a factor's SID", &text("factor_sid")?)?;
    if factor_sid != challenge.read.factor_sid {
        return Err(StoreError::Damaged { what: "a challenge" });
    }
    Ok(StoredChallenge {
        challenge,
        account_sid: parse("an account's SID", &text("account_sid")?)?,
        service_sid: parse("a service's SID", &text("service_sid")?)?,
        identity: parse("an identity", &text("identity")?)?,
        server: ServerUrl::parse(&text("server")?).map_err(|_| StoreError::Damaged { what: "a server" })?,
        issuer: row.try_get("issuer")?,
        account: row.try_get("account")?,
        status: parse("a status", &text("status")?)?,
        first_seen_at: from_millis(row.try_get("first_seen_at")?)?,
        settled_at: row
            .try_get::<Option<i64>, _>("settled_at")?
            .map(from_millis)
            .transpose()?,
        answer: match (decision, signed_response) {
            (Some(decision), Some(signed_response)) => Some(Answer {
                decision: parse("a decision", &decision)?,
                signed_response,
                silent: row.try_get("silent")?,
                verified: row
                    .try_get::<Option<String>, _>("verified")?
                    .map(|word| parse("who confirmed", &word))
                    .transpose()?,
            }),
            _ => None,
        },
        answered_here: row.try_get("answered_here")?,
        wrong_numbers: row.try_get("wrong_numbers")?,
        on_this_computer: row.try_get("on_this_computer")?,
        announced: row.try_get("announced")?,
    })
}
