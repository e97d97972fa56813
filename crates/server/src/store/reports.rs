//! Reports: what people said of requests that they denied (docs/protocol.md, E6).

use countersign_protocol::{
    challenge_response::Decision,
    report::{Reason, Report},
    sid::{ChallengeSid, FactorSid},
};
use jiff::{SignedDuration, Timestamp};

use super::{
    Lock, Store, StoreError,
    challenges::{self, Challenge, ChallengeState},
    date,
    events::Event,
    session::{Session, sql},
    typed,
};

/// Why a report was not taken.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// The challenge is gone.
    #[error("there is no such challenge")]
    Gone,
    /// The challenge was not denied.
    #[error("only a challenge that was denied can be reported")]
    NotDenied,
    /// There is a report of it.
    #[error("the challenge has been reported already")]
    Already,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Store {
    /// Takes the report of a challenge that was denied, once.
    ///
    /// # Errors
    /// [`ReportError`].
    pub async fn report_challenge(
        &self,
        challenge: &Challenge,
        report: &Report,
        signed: &str,
        now: Timestamp,
    ) -> Result<(), ReportError> {
        let Challenge {
            account_sid,
            service_sid,
            identity,
            sid,
            ..
        } = challenge;
        let mut write = self.write(Lock::Entity(service_sid, identity)).await?;
        let found = challenges::find(&mut write, account_sid, service_sid, identity, sid).await?;
        let found = found.ok_or(ReportError::Gone)?;
        if !matches!(
            found.state,
            ChallengeState::Answered {
                decision: Decision::Denied,
                ..
            }
        ) {
            return Err(ReportError::NotDenied);
        }
        let earlier = sql("SELECT 1 FROM reports WHERE challenge_sid = $1").bind(sid.to_string());
        if write.optional(earlier).await?.is_some() {
            return Err(ReportError::Already);
        }
        let insert = sql(
            "INSERT INTO reports (challenge_sid, factor_sid, reason, signed, reported_at)
             VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(sid.to_string())
        .bind(found.factor_sid.to_string())
        .bind(report.reason.as_str())
        .bind(signed.to_owned())
        .bind(now.as_second());
        write.execute(insert).await?;
        Event::about_report(report, &found)
            .record(&mut write, now)
            .await?;
        write.commit().await?;
        self.changes.tell_courier();
        Ok(())
    }
}

impl Store {
    /// What a person said of a challenge that they denied, and when, if they did.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn load_report(
        &self,
        challenge: &ChallengeSid,
    ) -> Result<Option<(Reason, Timestamp)>, StoreError> {
        let select = sql("SELECT reason, reported_at FROM reports WHERE challenge_sid = $1");
        let row = self
            .read()
            .await?
            .optional(select.bind(challenge.to_string()))
            .await?;
        row.map(|row| Ok((typed(&row, "reason")?, date(&row, "reported_at")?)))
            .transpose()
    }
}

/// For how many seconds more a factor is not to be asked, if its person has reported that a request was not theirs.
pub(super) async fn paused_for(
    session: &mut Session,
    factor: &FactorSid,
    pause: u32,
    now: Timestamp,
) -> Result<Option<i64>, StoreError> {
    if pause == 0 {
        return Ok(None);
    }
    let pause = SignedDuration::from_secs(pause.into());
    let select = sql(
        "SELECT reported_at FROM reports WHERE factor_sid = $1 AND reason = $2 AND reported_at > $3
         ORDER BY reported_at DESC LIMIT 1",
    )
    .bind(factor.to_string())
    .bind(Reason::NotMe.as_str())
    .bind((now - pause).as_second());
    let Some(row) = session.optional(select).await? else {
        return Ok(None);
    };
    let ends = date(&row, "reported_at")? + pause;
    Ok(Some(ends.as_second() - now.as_second()))
}
