//! Challenges: each a question to one factor, answered at most once.

use std::collections::BTreeMap;

use countersign_protocol::{
    challenge_response::Decision,
    identity::Identity,
    resources::{
        challenge::{ChallengeFilter, ChallengeStatus, Details, HiddenDetails, Order},
        factor_type::FactorType,
    },
    sid::{AccountSid, ChallengeSid, EntitySid, FactorSid, ServiceSid},
};
use jiff::Timestamp;

pub mod answering;
pub mod creation;

use super::{
    Lock, Page, Position, Store, StoreError, date, from_json,
    page::{Window, by_number},
    services,
    session::{Row, Session, sql},
    text, to_json, typed,
};

/// One question to one factor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Challenge {
    /// Its identifier.
    pub sid: ChallengeSid,
    /// The account of its service.
    pub account_sid: AccountSid,
    /// Its service.
    pub service_sid: ServiceSid,
    /// Its entity.
    pub entity_sid: EntitySid,
    /// Its entity's identity.
    pub identity: Identity,
    /// Who is asked.
    pub factor_sid: FactorSid,
    /// With what it is answered.
    pub factor_type: FactorType,
    /// How many wrong codes came.
    pub wrong_codes: i64,
    /// Whether it was answered, and how.
    pub state: ChallengeState,
    /// What is shown.
    pub details: Details,
    /// What is delivered and not shown.
    pub hidden_details: Option<HiddenDetails>,
    /// The number that has to be typed to approve it, sealed, if it asks for one.
    pub number_sealed: Option<Vec<u8>>,
    /// What the device added to its answer.
    pub metadata: Option<BTreeMap<String, String>>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
    /// From when on it cannot be answered.
    pub expires_at: Timestamp,
}

/// Whether a challenge was answered. That a pending one has expired is derived from the time, never stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChallengeState {
    /// Not answered.
    Pending,
    /// Answered.
    Answered {
        /// How.
        decision: Decision,
        /// When.
        at: Timestamp,
    },
}

impl Challenge {
    /// The status at `now`.
    pub fn status(&self, now: Timestamp) -> ChallengeStatus {
        match self.state {
            ChallengeState::Answered { decision, .. } => decision.into(),
            ChallengeState::Pending if now >= self.expires_at => ChallengeStatus::Expired,
            ChallengeState::Pending => ChallengeStatus::Pending,
        }
    }
}

impl Store {
    /// One challenge, if this account's service and identity have it.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn load_challenge(
        &self,
        account: &AccountSid,
        service: &ServiceSid,
        identity: &Identity,
        sid: &ChallengeSid,
    ) -> Result<Option<Challenge>, StoreError> {
        find(&mut self.read().await?, account, service, identity, sid).await
    }

    /// A page of the challenges of an entity.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn list_challenges(
        &self,
        entity: &EntitySid,
        filter: &ChallengeFilter,
        position: Position,
        size: u32,
        now: Timestamp,
    ) -> Result<Page<Challenge>, StoreError> {
        let window = Window::new(position, size, filter.order == Order::Desc);
        let mut select = window.select(statements(filter)).bind(entity.to_string());
        if let Some(factor) = &filter.factor_sid {
            select = select.bind(factor.to_string());
        }
        select = match filter.status {
            None => select,
            Some(ChallengeStatus::Pending | ChallengeStatus::Expired) => select.bind(now.as_second()),
            Some(answered) => select.bind(answered.as_str()),
        };
        let rows = self.read().await?.all(select).await?;
        window.page(&rows, from_row)
    }

    /// A page of all challenges of a service, newest first; `None` if the account has no such service.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn list_challenges_of_service(
        &self,
        account: &AccountSid,
        service: &ServiceSid,
        status: Option<ChallengeStatus>,
        position: Position,
        size: u32,
        now: Timestamp,
    ) -> Result<Option<Page<Challenge>>, StoreError> {
        let mut read = self.read().await?;
        if !services::exists(&mut read, account, service).await? {
            return Ok(None);
        }
        let window = Window::new(position, size, true);
        let select = window.select(of_service(status)).bind(service.to_string());
        let select = match status {
            None => select,
            Some(ChallengeStatus::Pending | ChallengeStatus::Expired) => select.bind(now.as_second()),
            Some(answered) => select.bind(answered.as_str()),
        };
        let rows = read.all(select).await?;
        window.page(&rows, from_row).map(Some)
    }

    /// Notes something on a challenge and returns it as it is then; `None` if it is gone.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn annotate_challenge(
        &self,
        challenge: &Challenge,
        metadata: &BTreeMap<String, String>,
        now: Timestamp,
    ) -> Result<Option<Challenge>, StoreError> {
        let Challenge {
            account_sid,
            service_sid,
            identity,
            sid,
            ..
        } = challenge;
        let mut write = self.write(Lock::Entity(service_sid, identity)).await?;
        let update = sql("UPDATE challenges SET metadata = $1, updated_at = $2 WHERE sid = $3")
            .bind(to_json(metadata))
            .bind(now.as_second())
            .bind(sid.to_string());
        write.execute(update).await?;
        let annotated = find(&mut write, account_sid, service_sid, identity, sid).await?;
        write.commit().await?;
        self.changes.tell(service_sid, identity);
        Ok(annotated)
    }
}

/// Everything that [`from_row`] reads, and no more: each column of each row is copied several times on its way.
macro_rules! select_challenges {
    () => {
        "SELECT c.id, c.sid, c.entity_sid, c.factor_sid, c.factor_type, c.wrong_codes, c.status, c.details,
             c.hidden_details, c.number_sealed, c.metadata, c.created_at, c.updated_at, c.expires_at, c.responded_at,
             e.identity, e.service_sid, s.account_sid
         FROM challenges c JOIN entities e ON e.sid = c.entity_sid JOIN services s ON s.sid = e.service_sid"
    };
}

/// A statement that selects a window of challenges by a condition, by rising and by falling number. It goes through
/// them in that order, or, if the condition leaves only a `few`, looks for these and puts them in order.
macro_rules! challenges_where {
    ($condition:literal) => {
        challenges_where!("c.id", $condition)
    };
    (few $condition:literal) => {
        // Neither database has an index on a sum.
        challenges_where!("(c.id + 0)", $condition)
    };
    ($id:literal, $condition:literal) => {
        by_number!(
            select_challenges!(),
            " WHERE ",
            $id,
            " > $1 AND ",
            $id,
            " < $2 AND c.entity_sid = $4 AND ",
            $condition,
            " ORDER BY ",
            $id
        )
    };
}

/// Each combination of filters has a statement of its own, so that each can use the index that fits.
fn statements(filter: &ChallengeFilter) -> (&'static str, &'static str) {
    use ChallengeStatus::{Approved, Denied, Expired, Pending};
    match (filter.factor_sid.is_some(), filter.status) {
        (false, None) => challenges_where!("TRUE"),
        (false, Some(Approved | Denied)) => challenges_where!("c.status = $5"),
        (false, Some(Pending)) => challenges_where!("c.status = 'pending' AND c.expires_at > $5"),
        (false, Some(Expired)) => challenges_where!("c.status = 'pending' AND c.expires_at <= $5"),
        (true, None) => challenges_where!("c.factor_sid = $5"),
        (true, Some(Approved | Denied)) => challenges_where!("c.factor_sid = $5 AND c.status = $6"),
        (true, Some(Pending)) => {
            // What devices ask for all the time, and of thousands that were answered hardly one is pending.
            challenges_where!(few "c.factor_sid = $5 AND c.status = 'pending' AND c.expires_at > $6")
        }
        (true, Some(Expired)) => {
            challenges_where!("c.factor_sid = $5 AND c.status = 'pending' AND c.expires_at <= $6")
        }
    }
}

/// The same for all identities of a service. Told in which order to join, SQLite goes through the challenges by their
/// number until the page is full, and does not collect all of the service's to put them in order.
macro_rules! of_service_where {
    ($condition:literal) => {
        by_number!(
            "SELECT c.*, e.identity, e.service_sid, s.account_sid FROM challenges c
             CROSS JOIN entities e CROSS JOIN services s
             WHERE c.id > $1 AND c.id < $2 AND e.sid = c.entity_sid AND s.sid = e.service_sid AND s.sid = $4 AND ",
            $condition,
            " ORDER BY c.id"
        )
    };
}

fn of_service(status: Option<ChallengeStatus>) -> (&'static str, &'static str) {
    use ChallengeStatus::{Approved, Denied, Expired, Pending};
    match status {
        None => of_service_where!("TRUE"),
        Some(Approved | Denied) => of_service_where!("c.status = $5"),
        // That nobody was told of the expiry of what has not expired is known, and names the index of the few.
        Some(Pending) => {
            of_service_where!("c.status = 'pending' AND c.expiry_told = 0 AND c.expires_at > $5")
        }
        Some(Expired) => of_service_where!("c.status = 'pending' AND c.expires_at <= $5"),
    }
}

pub(super) async fn find(
    session: &mut Session,
    account: &AccountSid,
    service: &ServiceSid,
    identity: &Identity,
    sid: &ChallengeSid,
) -> Result<Option<Challenge>, StoreError> {
    let select = sql(concat!(
        select_challenges!(),
        " WHERE s.account_sid = $1 AND e.service_sid = $2 AND e.identity = $3 AND c.sid = $4",
    ))
    .bind(account.to_string())
    .bind(service.to_string())
    .bind(identity.to_string())
    .bind(sid.to_string());
    session.optional(select).await?.as_ref().map(from_row).transpose()
}

fn from_row(row: &Row) -> Result<Challenge, StoreError> {
    let state = match text(row, "status")?.as_str() {
        "pending" => ChallengeState::Pending,
        answered => ChallengeState::Answered {
            decision: answered
                .parse()
                .map_err(|_| StoreError::Damaged { column: "status" })?,
            at: date(row, "responded_at")?,
        },
    };
    Ok(Challenge {
        sid: typed(row, "sid")?,
        account_sid: typed(row, "account_sid")?,
        service_sid: typed(row, "service_sid")?,
        entity_sid: typed(row, "entity_sid")?,
        identity: typed(row, "identity")?,
        factor_sid: typed(row, "factor_sid")?,
        factor_type: typed(row, "factor_type")?,
        wrong_codes: row.get("wrong_codes")?,
        state,
        details: from_json(row, "details")?,
        hidden_details: from_json(row, "hidden_details")?,
        number_sealed: row.get("number_sealed")?,
        metadata: from_json(row, "metadata")?,
        created_at: date(row, "created_at")?,
        updated_at: date(row, "updated_at")?,
        expires_at: date(row, "expires_at")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_poll_does_not_look_through_what_was_answered() {
        let store = Store::open("sqlite::memory:").await.unwrap();
        let filter = ChallengeFilter {
            factor_sid: Some(FactorSid::from_random([1; 16])),
            status: Some(ChallengeStatus::Pending),
            order: Order::Desc,
        };
        let (rising, falling) = statements(&filter);
        for statement in [rising, falling] {
            let plan = store.dump(format!("EXPLAIN QUERY PLAN {statement}").leak()).await;
            let steps = plan.iter().map(|step| step.get::<String>("detail").unwrap());
            let found =
                steps.filter(|step| step.contains("challenges_pending (factor_sid=? AND expires_at>?)"));
            assert_eq!(found.count(), 1, "{statement}");
        }
    }
}
