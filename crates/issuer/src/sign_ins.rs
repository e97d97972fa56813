//! Who is signing in, and who is signed in. Kept in memory: a sample forgets when it ends.

use std::{
    collections::HashMap,
    net::{IpAddr, Ipv6Addr},
    sync::{Mutex, MutexGuard, PoisonError},
};

use countersign_protocol::{
    resources::challenge::ChallengeStatus,
    sid::{ChallengeSid, FactorSid},
};
use jiff::{SignedDuration, Timestamp};
use subtle::ConstantTimeEq;

use crate::{person::Person, refusal::Refusal};

/// How many attempts, and how many sessions, are kept at most.
const MOST: usize = 1000;

/// How long an attempt is remembered after its challenges have ended, so that its outcome can be told.
const AFTERLIFE: SignedDuration = SignedDuration::from_mins(10);

/// How many attempts one address may begin in [`ADDRESS_SPAN`]. Even if each of them is remembered for as long as it
/// can be, they are half of [`MOST`], and leave room for everybody else.
const MOST_OF_ADDRESS: usize = 30;

/// The time over which an address's attempts are counted.
const ADDRESS_SPAN: SignedDuration = SignedDuration::from_mins(1);

/// How many recent attempts are counted at most, of all addresses together.
const MOST_RECENT: usize = 10 * MOST;

/// How long a person stays signed in.
pub(crate) const SESSION_LIFE: SignedDuration = SignedDuration::from_hours(8);

/// One attempt to sign in: the same question to each of a person's computers.
#[derive(Debug, Clone)]
pub(crate) struct Attempt {
    /// Who says to be signing in.
    pub(crate) person: Person,
    /// What was asked of which factor.
    pub(crate) challenges: Vec<(ChallengeSid, FactorSid)>,
    /// How it ended, once it has.
    pub(crate) outcome: Option<ChallengeStatus>,
    token: String,
    forget_at: Timestamp,
    used: bool,
}

impl Attempt {
    fn is_about(&self, sid: &ChallengeSid) -> bool {
        self.challenges.iter().any(|(asked, _)| asked == sid)
    }
}

/// What became of an attempt whose challenges stand like this. One no outweighs every yes, and without a single
/// answer it has not been approved, whatever else happened.
pub(crate) fn verdict(statuses: &[ChallengeStatus]) -> ChallengeStatus {
    use ChallengeStatus::{Approved, Denied, Expired, Pending};
    [Denied, Approved, Pending]
        .into_iter()
        .find(|status| statuses.contains(status))
        .unwrap_or(Expired)
}

struct Session {
    name: String,
    ends_at: Timestamp,
}

/// Everybody who is signing in or signed in.
#[derive(Default)]
pub(crate) struct SignIns(Mutex<Inner>);

#[derive(Default)]
struct Inner {
    attempts: Vec<Attempt>,
    sessions: HashMap<String, Session>,
    recent: Vec<(IpAddr, Timestamp)>,
}

impl SignIns {
    /// Counts an attempt that is about to begin.
    ///
    /// # Errors
    /// [`Refusal::TooMany`] if the address has begun too many.
    pub(crate) fn admit(&self, from: IpAddr, now: Timestamp) -> Result<(), Refusal> {
        let mut inner = self.lock(now);
        inner.recent.retain(|(_, at)| *at + ADDRESS_SPAN > now);
        let from = network(from);
        let begun = inner.recent.iter().filter(|(begun, _)| *begun == from).count();
        if begun >= MOST_OF_ADDRESS {
            return Err(Refusal::TooMany);
        }
        if inner.recent.len() >= MOST_RECENT {
            return Err(Refusal::Busy);
        }
        inner.recent.push((from, now));
        Ok(())
    }

    /// Remembers an attempt whose challenges last for `life`. The token returned is for the browser that began it
    /// and for no other: only that one will be signed in.
    pub(crate) fn begin(
        &self,
        person: Person,
        challenges: Vec<(ChallengeSid, FactorSid)>,
        life: SignedDuration,
        now: Timestamp,
    ) -> Result<String, Refusal> {
        let mut inner = self.lock(now);
        if inner.attempts.len() >= MOST {
            return Err(Refusal::Busy);
        }
        let token = make_token();
        inner.attempts.push(Attempt {
            person,
            challenges,
            outcome: None,
            token: token.clone(),
            forget_at: now + life + AFTERLIFE,
            used: false,
        });
        Ok(token)
    }

    /// The attempt that this challenge belongs to.
    pub(crate) fn find(&self, sid: &ChallengeSid, now: Timestamp) -> Option<Attempt> {
        self.lock(now)
            .attempts
            .iter()
            .find(|attempt| attempt.is_about(sid))
            .cloned()
    }

    /// Notes how an attempt ended. What was noted first stays.
    pub(crate) fn settle(&self, sid: &ChallengeSid, outcome: ChallengeStatus, now: Timestamp) {
        let mut inner = self.lock(now);
        let attempt = inner.attempts.iter_mut().find(|attempt| attempt.is_about(sid));
        if let Some(attempt) = attempt.filter(|attempt| attempt.outcome.is_none()) {
            attempt.outcome = Some(outcome);
        }
    }

    /// Signs in the browser that holds the attempt's token, once, if the attempt was approved. Returns the token of
    /// the session, or `None` if nobody is signed in.
    pub(crate) fn sign_in(&self, sid: &ChallengeSid, token: &str, now: Timestamp) -> Option<String> {
        let mut inner = self.lock(now);
        let attempt = inner.attempts.iter_mut().find(|attempt| attempt.is_about(sid))?;
        let is_own = bool::from(attempt.token.as_bytes().ct_eq(token.as_bytes()));
        if attempt.outcome != Some(ChallengeStatus::Approved) || !is_own || attempt.used {
            return None;
        }
        attempt.used = true;
        let session = Session {
            name: attempt.person.label().to_owned(),
            ends_at: now + SESSION_LIFE,
        };
        if inner.sessions.len() >= MOST {
            return None;
        }
        let token = make_token();
        inner.sessions.insert(token.clone(), session);
        Some(token)
    }

    /// Who is signed in with this token.
    pub(crate) fn signed_in(&self, token: &str, now: Timestamp) -> Option<String> {
        self.lock(now)
            .sessions
            .get(token)
            .map(|session| session.name.clone())
    }

    /// Ends a session.
    pub(crate) fn sign_out(&self, token: &str, now: Timestamp) {
        self.lock(now).sessions.remove(token);
    }

    /// Whoever is past their time is forgotten before anything is looked up.
    fn lock(&self, now: Timestamp) -> MutexGuard<'_, Inner> {
        let mut inner = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        inner.attempts.retain(|attempt| attempt.forget_at > now);
        inner.sessions.retain(|_, session| session.ends_at > now);
        inner
    }
}

/// Whom an address belongs to: whoever has one of IPv6 has all that begin with the same 64 bits.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() >> 64 << 64).into(),
        address => address,
    }
}

/// 128 random bits in hexadecimal digits.
pub(crate) fn make_token() -> String {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).expect("the operating system gives random numbers");
    format!("{:032x}", u128::from_be_bytes(bytes))
}

#[cfg(test)]
mod tests {
    use ChallengeStatus::{Approved, Denied, Expired, Pending};

    use super::*;

    const MINUTES: SignedDuration = SignedDuration::from_mins(5);

    fn begun(sign_ins: &SignIns) -> (ChallengeSid, String, Timestamp) {
        let person = Person {
            name: Some("ada".to_owned()),
            identity: crate::person::hash("ada"),
        };
        let sid = ChallengeSid::from_random([1; 16]);
        let now = Timestamp::UNIX_EPOCH;
        let challenges = vec![(sid.clone(), FactorSid::from_random([2; 16]))];
        let token = sign_ins.begin(person, challenges, MINUTES, now).unwrap();
        (sid, token, now)
    }

    #[test]
    fn one_no_outweighs_every_yes_and_silence_is_no_yes() {
        for (statuses, expected) in [
            (&[Approved][..], Approved),
            (&[Pending, Approved], Approved),
            (&[Expired, Approved], Approved),
            (&[Approved, Denied], Denied),
            (&[Pending, Denied], Denied),
            (&[Pending, Expired], Pending),
            (&[Expired, Expired], Expired),
            (&[], Expired),
        ] {
            assert_eq!(verdict(statuses), expected, "{statuses:?}");
        }
    }

    #[test]
    fn only_approval_signs_in_and_only_the_browser_that_asked() {
        for outcome in [None, Some(Pending), Some(Denied), Some(Expired)] {
            let sign_ins = SignIns::default();
            let (sid, token, now) = begun(&sign_ins);
            if let Some(outcome) = outcome {
                sign_ins.settle(&sid, outcome, now);
            }
            assert_eq!(sign_ins.sign_in(&sid, &token, now), None, "{outcome:?}");
        }
        let sign_ins = SignIns::default();
        let (sid, token, now) = begun(&sign_ins);
        sign_ins.settle(&sid, Approved, now);
        assert_eq!(sign_ins.sign_in(&sid, "", now), None);
        assert_eq!(sign_ins.sign_in(&sid, &make_token(), now), None);
        let session = sign_ins.sign_in(&sid, &token, now).unwrap();
        assert_eq!(sign_ins.signed_in(&session, now).as_deref(), Some("ada"));
        assert_eq!(
            sign_ins.sign_in(&sid, &token, now),
            None,
            "an approval counts once"
        );
    }

    #[test]
    fn a_denial_is_not_overtaken_by_a_later_approval() {
        let sign_ins = SignIns::default();
        let (sid, token, now) = begun(&sign_ins);
        sign_ins.settle(&sid, Denied, now);
        sign_ins.settle(&sid, Approved, now);
        assert_eq!(sign_ins.sign_in(&sid, &token, now), None);
    }

    #[test]
    fn an_address_that_begins_too_much_waits_a_minute_and_others_do_not() {
        let sign_ins = SignIns::default();
        let now = Timestamp::UNIX_EPOCH;
        let [one, neighbour, other]: [IpAddr; 3] =
            ["2001:db8::1", "2001:db8::2", "192.0.2.7"].map(|address| address.parse().unwrap());
        for _ in 0..MOST_OF_ADDRESS {
            sign_ins.admit(one, now).unwrap();
        }
        assert!(matches!(sign_ins.admit(one, now), Err(Refusal::TooMany)));
        assert!(matches!(sign_ins.admit(neighbour, now), Err(Refusal::TooMany)));
        sign_ins.admit(other, now).unwrap();
        sign_ins.admit(one, now + ADDRESS_SPAN).unwrap();
    }

    #[test]
    fn attempts_and_sessions_end_by_the_clock() {
        let sign_ins = SignIns::default();
        let (sid, token, now) = begun(&sign_ins);
        sign_ins.settle(&sid, Approved, now);
        let session = sign_ins.sign_in(&sid, &token, now).unwrap();
        assert!(sign_ins.find(&sid, now + MINUTES).is_some());
        assert!(sign_ins.find(&sid, now + MINUTES + AFTERLIFE).is_none());
        assert!(sign_ins.signed_in(&session, now + SESSION_LIFE).is_none());
    }

    #[test]
    fn signing_out_ends_the_session() {
        let sign_ins = SignIns::default();
        let (sid, token, now) = begun(&sign_ins);
        sign_ins.settle(&sid, Approved, now);
        let session = sign_ins.sign_in(&sid, &token, now).unwrap();
        sign_ins.sign_out(&session, now);
        assert_eq!(sign_ins.signed_in(&session, now), None);
    }
}
