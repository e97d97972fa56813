//! What is new or unusual about a request: a question to this factor's own past, and to nothing else.

use std::collections::HashMap;

use countersign_protocol::{
    resources::challenge::{ChallengeStatus, Details},
    sid::FactorSid,
};
use jiff::{SignedDuration, Timestamp};

use crate::{
    device::Device,
    factor::Factor,
    policy::{Policy, Verification},
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
    /// This message was, but never with exactly these fields below it.
    NewDetails,
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
            Self::NewDetails => "new_details",
        }
    }
}

/// One request of a factor, this or an earlier one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Past {
    pub(crate) status: ChallengeStatus,
    /// What it said; nothing if that cannot be read any more, and then it makes nothing usual.
    pub(crate) details: Option<Details>,
    /// When this device first had it, by its own clock.
    pub(crate) first_seen_at: Timestamp,
    /// When this device learned that it is over, by its own clock.
    pub(crate) learned_at: Option<Timestamp>,
}

/// What the factors of some requests were asked.
#[derive(Debug, Default)]
pub(crate) struct Pasts(HashMap<FactorSid, OfFactor>);

#[derive(Debug)]
struct OfFactor {
    /// None of one that is gone: nobody knows what it wanted, so that everything is asked for.
    policy: Option<Policy>,
    past: Vec<Past>,
}

impl Pasts {
    /// Reads the pasts of all factors that `requests` ask.
    pub(crate) async fn load(device: &Device, requests: &[&StoredChallenge]) -> Result<Self, StoreError> {
        let mut pasts = HashMap::new();
        for request in requests {
            let factor = &request.challenge.read.factor_sid;
            if !pasts.contains_key(factor) {
                let loaded = device.store.load_factor(factor).await?;
                let policy = loaded.filter(Factor::is_usable).map(|factor| factor.policy);
                let past = device.store.load_past(factor).await?;
                pasts.insert(factor.clone(), OfFactor { policy, past });
            }
        }
        Ok(Self(pasts))
    }

    /// What is unusual about a request now. A factor whose past was not read has none, and everything is unusual.
    pub(crate) fn look_at(&self, device: &Device, request: &StoredChallenge) -> Option<Unusual> {
        let challenge = &request.challenge.read;
        let of_factor = self.0.get(&challenge.factor_sid).map(|of| of.past.as_slice());
        unusual(&challenge.details, of_factor.unwrap_or_default(), device.now())
    }

    /// Whether a person has to show that it is them before this request is approved.
    pub(crate) fn needs_presence(&self, device: &Device, request: &StoredChallenge) -> bool {
        match self.policy_for(request).map(|policy| policy.verification) {
            Some(Verification::Never) => false,
            Some(Verification::Unusual) => self.look_at(device, request).is_some(),
            Some(Verification::Always) | None => true,
        }
    }

    /// Whether a request may be approved without a question, if it was started on this computer: its factor's policy
    /// says so, it asks for no number, the signature covers all that a person would be shown, nothing of that is new or
    /// unusual, and nobody has to show that it is them.
    pub(crate) fn let_silence(&self, device: &Device, request: &StoredChallenge) -> bool {
        self.policy_for(request)
            .is_some_and(|policy| policy.silent_on_this_computer)
            && request.challenge.matching.is_none()
            && request.challenge.coverage().details
            && self.look_at(device, request).is_none()
            && !self.needs_presence(device, request)
    }

    fn policy_for(&self, request: &StoredChallenge) -> Option<Policy> {
        self.0.get(&request.challenge.read.factor_sid)?.policy
    }
}

/// What is unusual about a request that says this, among everything that its factor was asked. All times are this
/// device's own: a server that dates a denial back casts no shorter shadow.
///
/// Which of its fields matter only the issuer knows: all of them do, and one that is another each time makes every
/// request a new one. The date of creation is no field, and is another each time by nature.
///
/// A time that lies ahead counts as just now, so that a clock that was moved makes more unusual and not less.
pub(crate) fn unusual(details: &Details, of_factor: &[Past], now: Timestamp) -> Option<Unusual> {
    let approved: Vec<_> = of_factor
        .iter()
        .filter(|past| past.status == ChallengeStatus::Approved)
        .collect();
    let mut same_message = approved
        .iter()
        .filter_map(|past| past.details.as_ref())
        .filter(|before| before.message == details.message)
        .peekable();
    let denied_lately = |past: &Past| {
        past.status == ChallengeStatus::Denied
            && past
                .learned_at
                .is_none_or(|at| now.duration_since(at) < DENIED_WITHIN)
    };
    let lately = of_factor
        .iter()
        .filter(|past| now.duration_since(past.first_seen_at) < BURST_WITHIN);
    if of_factor.iter().any(denied_lately) {
        Some(Unusual::RecentlyDenied)
    } else if lately.count() >= BURST {
        Some(Unusual::Burst)
    } else if approved.is_empty() {
        Some(Unusual::FirstApproval)
    } else if same_message.peek().is_none() {
        Some(Unusual::NewMessage)
    } else if !same_message.any(|before| before.fields == details.fields) {
        Some(Unusual::NewDetails)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use countersign_protocol::resources::challenge::Field;
    use proptest::prelude::*;

    use super::*;

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    fn says(message: &str, fields: &[(&str, &str)]) -> Details {
        let field = |(label, value): &(&str, &str)| Field {
            label: (*label).to_owned(),
            value: (*value).to_owned(),
        };
        Details {
            message: message.to_owned(),
            fields: fields.iter().map(field).collect(),
            date: None,
        }
    }

    fn past(status: ChallengeStatus, message: &str, ago: SignedDuration) -> Past {
        Past {
            status,
            details: Some(says(message, &[])),
            first_seen_at: NOW - ago,
            learned_at: (status != ChallengeStatus::Pending).then_some(NOW - ago),
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
        unusual(&says(message, &[]), &all, NOW)
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
            Unusual::NewDetails,
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
    fn another_field_below_the_same_message_is_new_until_exactly_it_was_approved() {
        let lunch = [("To", "Canteen"), ("Amount", "9 EUR")];
        let approved = |fields: &[(&str, &str)]| Past {
            details: Some(Details {
                date: Some(NOW - SignedDuration::from_hours(1000)),
                ..says("Pay?", fields)
            }),
            ..approved("")
        };
        let look = |fields: &[(&str, &str)], before: &[Past]| {
            let details = Details {
                date: Some(NOW),
                ..says("Pay?", fields)
            };
            unusual(&details, before, NOW)
        };
        assert_eq!(look(&lunch, &[approved(&lunch)]), None, "whatever their dates");
        for other in [
            &[("To", "Mallory"), ("Amount", "9 EUR")][..],
            &[("To", "Canteen"), ("Amount", "9000 EUR")],
            &[("To", "Canteen"), ("amount", "9 EUR")],
            &[("To", "Canteen")],
            &[("To", "Canteen"), ("Amount", "9 EUR"), ("And", "more")],
            &[],
        ] {
            let before = [approved(other), approved(&[("To", "Else")])];
            assert_eq!(look(&lunch, &before), Some(Unusual::NewDetails), "{other:?}");
            assert_eq!(
                look(other, &[approved(&lunch)]),
                Some(Unusual::NewDetails),
                "{other:?}"
            );
        }
        let unreadable = Past {
            details: None,
            ..approved(&lunch)
        };
        assert_eq!(look(&lunch, &[unreadable]), Some(Unusual::NewMessage));
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
            let same = before.iter().any(|past| past.status == ChallengeStatus::Approved && past.details == Some(says("a", &[])));
            prop_assert!(same || look("a", &before).is_some());
        }
    }
}
