//! A request: a challenge as a person is shown it.

mod digest;
mod limits;

use std::fmt;

use countersign_protocol::{
    challenge_response::SignatureFields,
    identity::Identity,
    json::{self, Members},
    link::ServerUrl,
    matching::Matching,
    resources::challenge::DeviceChallenge,
    sid::{AccountSid, ChallengeSid, FactorSid, ServiceSid},
};
use jiff::{SignedDuration, Timestamp};

use crate::{
    matching::{self, NumberAsked},
    unusual::Unusual,
};

pub(crate) use self::digest::{ActionDigest, ContentDigest, MOST_TWINS};
pub use self::digest::{DigestError, ShownDigest};
use self::limits::{MAX_BODY, refuse_excess};

pub use countersign_protocol::resources::challenge::{ChallengeStatus, Field};

/// A challenge as a person is shown it. All text in it is the issuer's: plain, untrusted, and not cleaned here.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// The challenge.
    pub sid: ChallengeSid,
    /// The factor that is asked.
    pub factor_sid: FactorSid,
    /// The account that the service belongs to.
    pub account_sid: AccountSid,
    /// The service.
    pub service_sid: ServiceSid,
    /// Whom the factor stands for.
    pub identity: Identity,
    /// The issuer's name, as the enrolment link claimed it.
    pub issuer: Option<String>,
    /// The account's name, as the enrolment link claimed it.
    pub account: Option<String>,
    /// The server it came from.
    pub server: ServerUrl,
    /// What is asked.
    pub message: String,
    /// Further details, in order.
    pub fields: Vec<Field>,
    /// The date in the details, if the service includes one.
    pub date: Option<Timestamp>,
    /// How many values the request carries that are not for display.
    pub hidden: usize,
    /// When it was created, by the server's clock.
    pub created_at: Timestamp,
    /// When it last changed, by the server's clock.
    pub updated_at: Timestamp,
    /// When it expires, by the server's clock.
    pub expires_at: Timestamp,
    /// How long it could still be answered when this was read; zero if it no longer can. An hour at most, which is
    /// how long a challenge may live (section 9.5).
    pub expires_in: SignedDuration,
    /// What became of it, as far as this device knows. A request past its expiry reads expired.
    pub status: ChallengeStatus,
    /// Pins what is shown, twins included: an answer is made for exactly this, or not at all.
    pub digest: ShownDigest,
    /// What of it the answer's signature covers.
    pub signed: SignedCoverage,
    /// The names of all fields that the answer's signature covers, in the server's order.
    pub signature_fields: Vec<String>,
    /// The number that has to be typed to approve, if there is one.
    pub number: Option<NumberAsked>,
    /// What is new or unusual about it or one of its twins. Nothing is about one that is over.
    pub unusual: Option<Unusual>,
    /// Whether whoever approves it has to show that it is them. What counts is what is found when they do.
    pub needs_presence: bool,
    /// Whether it was started on this computer (E6): a page here knew what only the issuer and the request say.
    pub on_this_computer: bool,
    /// Whether nobody should be told of it yet: it may be approved without a question in a moment.
    pub held_back: bool,
    /// Whether it is settled if a notification tells of it, as [`announced`](crate::Authenticator::announced) noted.
    pub announced: bool,
    /// Other requests for the same action with the same details, which are answered together with this one. A request
    /// that asks for a number has none.
    pub twins: Vec<ChallengeSid>,
}

impl Request {
    /// Host of the server and, if it is not the usual one, port.
    pub fn server_host(&self) -> String {
        self.server.host()
    }

    /// Whether it waits for a decision.
    pub fn is_pending(&self) -> bool {
        self.status == ChallengeStatus::Pending
    }
}

/// Which of the parts that matter to a person the answer's signature covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SignedCoverage {
    /// Message, fields and date.
    pub details: bool,
    /// The values that are not for display.
    pub hidden_details: bool,
}

/// Something that a server sent and that cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the server's answer cannot be used: {what}")]
pub struct Malformed {
    /// What is wrong with it, as a clause.
    pub what: &'static str,
}

const UNREADABLE: Malformed = Malformed {
    what: "it is not a challenge, or a member of it is missing or malformed",
};

/// Whether the issuer named the action that this is a question about.
fn names_action(challenge: &DeviceChallenge) -> bool {
    let hidden = challenge.hidden_details.as_ref();
    hidden
        .and_then(|hidden| hidden.get("action_id"))
        .is_some_and(|id| !id.is_empty())
}

/// A challenge as it came: what was read out of it, and the raw members for the signature (section 5.1).
#[derive(Clone)]
pub(crate) struct FetchedChallenge {
    pub(crate) read: DeviceChallenge,
    /// `None` if the answer named none, as for one out of a list: that is for display only and never signed.
    pub(crate) signature_fields: Option<SignatureFields>,
    pub(crate) digest: ContentDigest,
    /// What it asks of whoever approves it.
    pub(crate) matching: Option<Matching>,
    /// Equal for those that one question stands for. `None` if it names no action, or asks for a number: what was
    /// typed for one must not approve another.
    pub(crate) action: Option<ActionDigest>,
    pub(crate) members: Members,
    pub(crate) body: String,
}

impl FetchedChallenge {
    /// Reads a challenge. `signature_fields` is the header of the answer that brought it, if it has one.
    pub(crate) fn parse(body: &[u8], signature_fields: Option<&str>) -> Result<Self, Malformed> {
        if body.len() > MAX_BODY {
            return Err(Malformed {
                what: "it is longer than 64 KiB",
            });
        }
        let text = std::str::from_utf8(body).map_err(|_| UNREADABLE)?;
        let members = Members::parse(body).map_err(|_| UNREADABLE)?;
        let read: DeviceChallenge = serde_json::from_str(text).map_err(|_| UNREADABLE)?;
        refuse_excess(&read.details)?;
        let matching = matching::read(&read)?;
        // A list that cannot be read leaves a challenge that can be shown and not answered.
        let signature_fields = signature_fields.and_then(|header| SignatureFields::parse(header).ok());
        Ok(Self {
            digest: ContentDigest::of(&members, signature_fields.as_ref())?,
            action: (names_action(&read) && matching.is_none())
                .then(|| ActionDigest::of(&members, signature_fields.as_ref()))
                .transpose()?,
            matching,
            read,
            signature_fields,
            members,
            body: text.to_owned(),
        })
    }

    /// Whether two copies agree in what a person sees and in what says that the challenge moved on.
    pub(crate) fn looks_like(&self, other: &Self) -> bool {
        [
            "details",
            "hidden_details",
            "expiration_date",
            "factor_sid",
            "status",
            "date_updated",
        ]
        .into_iter()
        .all(|name| self.same(name, other))
    }

    /// The names of all fields that an answer's signature covers, in the server's order.
    pub(crate) fn signature_names(&self) -> Vec<String> {
        let fields = self.signature_fields.iter();
        fields.flat_map(|of| of.names()).map(str::to_owned).collect()
    }

    pub(crate) fn coverage(&self) -> SignedCoverage {
        let covers = |name| {
            self.signature_fields
                .as_ref()
                .is_some_and(|fields| fields.cover(name))
        };
        SignedCoverage {
            details: covers("details"),
            hidden_details: covers("hidden_details"),
        }
    }

    fn same(&self, name: &str, other: &Self) -> bool {
        match (self.members.get(name), other.members.get(name)) {
            (None, None) => true,
            (Some(this), Some(other)) => json::means_the_same(this, other),
            _ => false,
        }
    }
}

impl fmt::Debug for FetchedChallenge {
    /// Not what it says: it may hold the number that a person has to type.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FetchedChallenge")
            .field("sid", &self.read.sid)
            .field("status", &self.read.status)
            .field("digest", &self.digest)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::{digest::ALWAYS_PINNED, *};

    const FIELDS: &str = "sid,account_sid,details,hidden_details,status";

    fn challenge() -> Value {
        json!({
            "sid": "YC00000000000000000000000000000000", "account_sid": "AC00000000000000000000000000000000",
            "service_sid": "VA00000000000000000000000000000000", "identity": "user-0001",
            "factor_sid": "YF00000000000000000000000000000000", "status": "pending",
            "date_created": "2026-11-20T05:00:00Z", "date_updated": "2026-11-20T05:00:00Z",
            "expiration_date": "2026-11-20T05:05:00Z", "metadata": {"x": 1}, "url": "https://example.com",
            "details": {"message": "Sign in?", "fields": [{"label": "a", "value": "b"}, {"label": "c", "value": "d"}]},
            "hidden_details": {"action_id": "1", "n": 1.50},
        })
    }

    fn digest(body: &str, fields: &str) -> ContentDigest {
        FetchedChallenge::parse(body.as_bytes(), Some(fields))
            .unwrap()
            .digest
    }

    /// Every value in the tree, by its path.
    fn paths(value: &Value, here: &str, all: &mut Vec<String>) {
        all.push(here.to_owned());
        match value {
            Value::Object(members) => {
                members
                    .iter()
                    .for_each(|(name, value)| paths(value, &format!("{here}/{name}"), all));
            }
            Value::Array(items) => {
                items
                    .iter()
                    .enumerate()
                    .for_each(|(at, value)| paths(value, &format!("{here}/{at}"), all));
            }
            _ => {}
        }
    }

    #[test]
    fn what_holds_more_than_any_issuer_may_write_is_refused_in_its_own_words() {
        let fields = |count, label: &str, value: &str| json!({"message": "?", "fields": vec![json!({"label": label, "value": value}); count]});
        let message = |length| json!({"message": "é".repeat(length)});
        let long = |count| "é".repeat(count);
        let parse = |details: &Value, hidden: usize| {
            let mut challenge = challenge();
            challenge["details"] = details.clone();
            challenge["hidden_details"] = json!({"x": "x".repeat(hidden)});
            FetchedChallenge::parse(challenge.to_string().as_bytes(), Some(FIELDS))
        };
        for details in [
            message(1024),
            fields(64, "a", "b"),
            fields(1, &long(256), &long(1024)),
        ] {
            parse(&details, 0).unwrap();
        }
        let mut words = Vec::new();
        for (details, hidden) in [
            (message(1025), 0),
            (fields(65, "a", "b"), 0),
            (fields(1, &long(257), "b"), 0),
            (fields(1, "a", &long(1025)), 0),
            (message(1), 64 * 1024),
        ] {
            words.push(parse(&details, hidden).unwrap_err().what);
        }
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), 5);
        assert!(!words.contains(&UNREADABLE.what));
    }

    /// One question stands for two challenges only where nothing tells them apart but whom they ask.
    #[test]
    fn twins_are_equal_in_everything_but_the_device_that_is_asked() {
        let action = |change: &dyn Fn(&mut Value), fields: &str| {
            let mut challenge = challenge();
            change(&mut challenge);
            FetchedChallenge::parse(challenge.to_string().as_bytes(), Some(fields))
                .unwrap()
                .action
        };
        let same = action(&|_| {}, FIELDS);
        assert!(same.is_some());
        let set = |pointer: &'static str, value: Value| {
            action(
                &move |challenge| *challenge.pointer_mut(pointer).unwrap() = value.clone(),
                FIELDS,
            )
        };
        for (pointer, value) in [
            ("/sid", json!("YC11111111111111111111111111111111")),
            ("/factor_sid", json!("YF11111111111111111111111111111111")),
            ("/date_created", json!("2026-11-20T05:00:09Z")),
            ("/expiration_date", json!("2026-11-20T05:05:09Z")),
        ] {
            assert_eq!(set(pointer, value), same, "{pointer}");
        }
        for (pointer, value) in [
            ("/account_sid", json!("AC11111111111111111111111111111111")),
            ("/service_sid", json!("VA11111111111111111111111111111111")),
            ("/identity", json!("user-0002")),
            ("/details/message", json!("Pay?")),
            ("/details/fields/0/value", json!("c")),
            ("/hidden_details/action_id", json!("2")),
            ("/hidden_details/n", json!(2)),
        ] {
            assert_ne!(set(pointer, value), same, "{pointer}");
        }
        assert_eq!(set("/hidden_details/action_id", json!("")), None);
        assert_ne!(action(&|_| {}, "sid,status"), same, "what is signed");
        let turned = "status,hidden_details,details,account_sid,sid";
        assert_eq!(action(&|_| {}, turned), same, "in whatever order");
    }

    #[test]
    fn what_is_hidden_is_in_no_debug_output() {
        let mut challenge = challenge();
        challenge["hidden_details"] = json!({"countersign.match": "73190246"});
        let fetched = FetchedChallenge::parse(challenge.to_string().as_bytes(), Some(FIELDS)).unwrap();
        assert!(fetched.matching.is_some());
        let shown = format!("{fetched:?} {:?}", fetched.read);
        assert!(!shown.contains("73190246"), "{shown}");
    }

    #[test]
    fn members_that_are_neither_shown_nor_signed_do_not_count_until_they_are_signed() {
        let before = challenge();
        let mut after = before.clone();
        after["metadata"] = json!(null);
        after["url"] = json!("https://elsewhere.example");
        let of = |value: &Value, fields| digest(&value.to_string(), fields);
        assert_eq!(of(&before, FIELDS), of(&after, FIELDS));
        let more = format!("{FIELDS},metadata");
        assert_ne!(of(&before, &more), of(&after, &more));
        assert_ne!(of(&before, FIELDS), of(&before, &more));
    }

    proptest! {
        #[test]
        fn whatever_of_the_shown_or_signed_changes_changes_the_digest(
            pick: prop::sample::Index,
            new in prop_oneof![Just(json!(null)), Just(json!({})), Just(json!([])), "\\PC{0,8}".prop_map(Value::from)],
        ) {
            let before = challenge();
            let mut all = Vec::new();
            for name in ALWAYS_PINNED {
                paths(&before[name], &format!("/{name}"), &mut all);
            }
            let mut after = before.clone();
            *after.pointer_mut(pick.get(&all).as_str()).unwrap() = new;
            prop_assume!(after != before);
            let of = |value: &Value| ContentDigest::of(
                &Members::parse(value.to_string().as_bytes()).unwrap(),
                SignatureFields::parse(FIELDS).ok().as_ref(),
            );
            prop_assert_ne!(of(&before).unwrap(), of(&after).unwrap());
        }

        #[test]
        fn garbage_never_panics(body: Vec<u8>, text in "\\PC*", fields in "\\PC*") {
            let _ = FetchedChallenge::parse(&body, None);
            let _ = FetchedChallenge::parse(text.as_bytes(), Some(&fields));
            let mut mixed = challenge();
            mixed["details"] = text.clone().into();
            let _ = FetchedChallenge::parse(mixed.to_string().as_bytes(), Some(&text));
        }
    }
}
