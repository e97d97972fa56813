//! What is new or unusual about a request: a question to this factor's own past, and to nothing else.

use std::collections::HashMap;

use countersign_protocol::{resources::challenge::ChallengeStatus, sid::FactorSid};
use jiff::{SignedDuration, Timestamp};

use crate::{
    device::Device,
    policy::Verification,
    store::{StoreError, StoredChallenge},
};

/// Why a request deserves a second look. The first that holds is the one that is told, for the request and for all that
/// are answered with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unusual {
    /// A request of this factor was denied, or reported, within the last [`DENIED_WITHIN`].
    RecentlyDenied,
    /// This factor got [`BURST`] requests or more within the last [`BURST_WITHIN`], this one included.
    Burst,
    /// Nothing was ever approved with this factor.
    FirstApproval,
    /// Nothing with exactly this message was approved with this factor before.
    NewMessage,
}

/// How long a denial casts its shadow.
pub const DENIED_WITHIN: SignedDuration = SignedDuration::from_hours(24);

/// How many requests are a burst.
pub const BURST: usize = 3;

/// In what time they are one.
pub const BURST_WITHIN: SignedDuration = SignedDuration::from_mins(10);

impl Unusual {
    /// The word for it, for programs.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::RecentlyDenied => "recently_denied",
            Self::Burst => "burst",
            Self::FirstApproval => "first_approval",
            Self::NewMessage => "new_message",
        }
    }
}

/// One request of a factor, this or an earlier one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Past {
    pub(crate) status: ChallengeStatus,
    pub(crate) message: String,
    /// When this device first had it, by its own clock.
    pub(crate) first_seen_at: Timestamp,
    /// When it stopped being open, by the server's clock.
    pub(crate) settled_at: Option<Timestamp>,
}

/// What the factors of some requests were asked.
#[derive(Debug, Default)]
pub(crate) struct Pasts(HashMap<FactorSid, OfFactor>);

#[derive(Debug)]
struct OfFactor {
    verification: Verification,
    past: Vec<Past>,
}

impl Pasts {
    /// Reads the pasts of all factors that `requests` ask.
    pub(crate) async fn load(device: &Device, requests: &[&StoredChallenge]) -> Result<Self, StoreError> {
        let mut pasts = HashMap::new();
        for request in requests {
            let factor = &request.challenge.read.factor_sid;
            if !pasts.contains_key(factor) {
                // One that is gone can only be asked for the most: nobody knows what it wanted.
                let verification = device
                    .store
                    .load_factor(factor)
                    .await?
                    .map_or(Verification::Always, |factor| factor.policy.verification);
                let past = device.store.load_past(factor).await?;
                pasts.insert(factor.clone(), OfFactor { verification, past });
            }
        }
        Ok(Self(pasts))
    }

    /// What is unusual about a request now. A factor whose past was not read has none, and everything is unusual.
    pub(crate) fn look_at(&self, device: &Device, request: &StoredChallenge) -> Option<Unusual> {
        let challenge = &request.challenge.read;
        let of_factor = self.0.get(&challenge.factor_sid).map(|of| of.past.as_slice());
        let (now, now_there) = (device.now(), device.now_at(&request.server));
        unusual(
            &challenge.details.message,
            of_factor.unwrap_or_default(),
            now,
            now_there,
        )
    }

    /// Whether a person has to show that it is them before this request is approved.
    pub(crate) fn needs_presence(&self, device: &Device, request: &StoredChallenge) -> bool {
        let of_factor = self.0.get(&request.challenge.read.factor_sid);
        match of_factor.map_or(Verification::Always, |of| of.verification) {
            Verification::Never => false,
            Verification::Unusual => self.look_at(device, request).is_some(),
            Verification::Always => true,
        }
    }
}

/// What is unusual about a request that says `message`, among everything that its factor was asked. `now` is this
/// device's time, `now_there` the server's.
///
/// A time that lies ahead counts as just now, so that a clock that was moved makes more unusual and not less.
pub(crate) fn unusual(
    message: &str,
    of_factor: &[Past],
    now: Timestamp,
    now_there: Timestamp,
) -> Option<Unusual> {
    let mut approved = of_factor
        .iter()
        .filter(|past| past.status == ChallengeStatus::Approved)
        .peekable();
    let denied_lately = |past: &Past| {
        past.status == ChallengeStatus::Denied
            && past
                .settled_at
                .is_none_or(|at| now_there.duration_since(at) < DENIED_WITHIN)
    };
    let lately = of_factor
        .iter()
        .filter(|past| now.duration_since(past.first_seen_at) < BURST_WITHIN);
    if of_factor.iter().any(denied_lately) {
        Some(Unusual::RecentlyDenied)
    } else if lately.count() >= BURST {
        Some(Unusual::Burst)
    } else if approved.peek().is_none() {
        Some(Unusual::FirstApproval)
    } else if !approved.any(|past| past.message == message) {
        Some(Unusual::NewMessage)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    fn past(status: ChallengeStatus, message: &str, ago: SignedDuration) -> Past {
        Past {
            status,
            message: message.to_owned(),
            first_seen_at: NOW - ago,
            settled_at: (status != ChallengeStatus::Pending).then_some(NOW - ago),
        }
    }

    fn approved(message: &str) -> Past {
        past(
            ChallengeStatus::Approved,
            message,
            SignedDuration::from_hours(1000),
        )
    }

    fn look(message: &str, before: &[Past]) -> Option<Unusual> {
        let mut all = before.to_vec();
        all.push(past(ChallengeStatus::Pending, message, SignedDuration::ZERO));
        unusual(message, &all, NOW, NOW)
    }

    #[test]
    fn the_first_approval_of_a_factor_is_unusual_and_the_second_is_not() {
        assert_eq!(look("Sign in?", &[]), Some(Unusual::FirstApproval));
        let expired = past(
            ChallengeStatus::Expired,
            "Sign in?",
            SignedDuration::from_hours(50),
        );
        assert_eq!(look("Sign in?", &[expired]), Some(Unusual::FirstApproval));
        assert_eq!(look("Sign in?", &[approved("Sign in?")]), None);
    }

    #[test]
    fn of_several_reasons_the_gravest_is_the_least() {
        let grave = [
            Unusual::RecentlyDenied,
            Unusual::Burst,
            Unusual::FirstApproval,
            Unusual::NewMessage,
        ];
        assert!(grave.is_sorted());
    }

    #[test]
    fn a_message_counts_as_new_until_exactly_it_was_approved() {
        for other in ["Pay?", "sign in?", "Sign in? ", ""] {
            assert_eq!(
                look("Sign in?", &[approved(other)]),
                Some(Unusual::NewMessage),
                "{other:?}"
            );
        }
        assert_eq!(look("Sign in?", &[approved("Pay?"), approved("Sign in?")]), None);
    }

    #[test]
    fn three_requests_in_ten_minutes_are_a_burst() {
        let usual = approved("?");
        let at = |minutes| {
            past(
                ChallengeStatus::Pending,
                "other",
                SignedDuration::from_mins(minutes),
            )
        };
        assert_eq!(look("?", &[usual.clone(), at(9)]), None);
        assert_eq!(look("?", &[usual.clone(), at(9), at(10)]), None);
        assert_eq!(look("?", &[usual.clone(), at(9), at(3)]), Some(Unusual::Burst));
        let over = past(ChallengeStatus::Approved, "?", SignedDuration::from_mins(2));
        assert_eq!(
            look("?", &[usual, over.clone(), over]),
            Some(Unusual::Burst),
            "answered ones count too"
        );
    }

    #[test]
    fn a_denial_is_remembered_for_a_day() {
        let denied = |ago| past(ChallengeStatus::Denied, "other", ago);
        let day = SignedDuration::from_hours(24);
        let second = SignedDuration::from_secs(1);
        assert_eq!(
            look("?", &[approved("?"), denied(day - second)]),
            Some(Unusual::RecentlyDenied)
        );
        assert_eq!(look("?", &[approved("?"), denied(day)]), None);
    }

    #[test]
    fn a_time_that_lies_ahead_counts_as_just_now() {
        let ahead = -SignedDuration::from_hours(100);
        let denied = past(ChallengeStatus::Denied, "other", ahead);
        assert_eq!(look("?", &[approved("?"), denied]), Some(Unusual::RecentlyDenied));
        let seen = past(ChallengeStatus::Pending, "other", ahead);
        assert_eq!(
            look("?", &[approved("?"), seen.clone(), seen]),
            Some(Unusual::Burst)
        );
    }

    proptest! {
        /// Whoever wants a request to look usual has to have had the same one approved before.
        #[test]
        fn nothing_is_usual_that_was_not_approved_before(
            others in prop::collection::vec((0_usize..4, "[ab]", -100_i64..100_000), 0..20),
        ) {
            let status = [ChallengeStatus::Pending, ChallengeStatus::Approved, ChallengeStatus::Denied, ChallengeStatus::Expired];
            let before: Vec<_> = others
                .into_iter()
                .map(|(kind, message, ago)| past(status[kind], &message, SignedDuration::from_secs(ago)))
                .collect();
            let same = before.iter().any(|past| past.status == ChallengeStatus::Approved && past.message == "a");
            prop_assert!(same || look("a", &before).is_some());
        }
    }
}
