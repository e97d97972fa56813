//! A request: a challenge as a person is shown it, and the digest that pins what was shown.

use std::{collections::BTreeSet, fmt, str::FromStr};

use countersign_protocol::{
    challenge_response::SignatureFields,
    identity::Identity,
    json::{self, Members},
    link::ServerUrl,
    resources::challenge::DeviceChallenge,
    sid::{AccountSid, ChallengeSid, FactorSid, ServiceSid},
};
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};

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
    /// How long it could still be answered when this was read; zero if it no longer can.
    pub expires_in: SignedDuration,
    /// What became of it, as far as this device knows. A request past its expiry reads expired.
    pub status: ChallengeStatus,
    /// Pins what is shown: an answer is made for exactly this, or not at all.
    pub digest: ShownDigest,
    /// What of it the answer's signature covers.
    pub signed: SignedCoverage,
    /// The names of all fields that the answer's signature covers, in the server's order.
    pub signature_fields: Vec<String>,
    /// Other requests for the same action with the same details, which are answered together with this one.
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

/// SHA-256 over everything of a challenge that is shown or signed, the list of signed fields included. Two copies
/// that mean the same have the same digest, whatever their white space or order.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct ShownDigest([u8; 32]);

/// What is pinned even where the signature does not cover it.
const ALWAYS_PINNED: [&str; 10] = [
    "account_sid",
    "date_created",
    "details",
    "expiration_date",
    "factor_sid",
    "hidden_details",
    "identity",
    "service_sid",
    "sid",
    "status",
];

impl ShownDigest {
    fn of(body: &Members, fields: Option<&SignatureFields>) -> Result<Self, Malformed> {
        let signed: BTreeSet<&str> = fields.iter().flat_map(|fields| fields.names()).collect();
        let mut digest = Sha256::new();
        let mut add = |part: &str| {
            digest.update((part.len() as u64).to_be_bytes());
            digest.update(part);
        };
        add(if fields.is_some() { "fetched" } else { "listed" });
        for name in signed
            .iter()
            .copied()
            .chain(ALWAYS_PINNED)
            .collect::<BTreeSet<_>>()
        {
            add(name);
            add(if signed.contains(name) { "signed" } else { "shown" });
            match body.get(name) {
                Some(value) => add(&json::canonical(value).ok_or(UNREADABLE)?),
                None => add("absent"),
            }
        }
        Ok(Self(digest.finalize().into()))
    }
}

impl fmt::Display for ShownDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for ShownDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for ShownDigest {
    type Err = DigestError;

    fn from_str(text: &str) -> Result<Self, DigestError> {
        if text.len() != 64 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(DigestError);
        }
        let mut digest = [0; 32];
        for (byte, at) in digest.iter_mut().zip((0..64).step_by(2)) {
            *byte = u8::from_str_radix(&text[at..at + 2], 16).map_err(|_| DigestError)?;
        }
        Ok(Self(digest))
    }
}

/// The text is not a digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a digest: expected 64 hexadecimal digits")]
pub struct DigestError;

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

/// A challenge as it came: what was read out of it, and the raw members for the signature (section 5.1).
#[derive(Debug, Clone)]
pub(crate) struct FetchedChallenge {
    pub(crate) read: DeviceChallenge,
    /// `None` if the answer named none, as for one out of a list: that is for display only and never signed.
    pub(crate) signature_fields: Option<SignatureFields>,
    pub(crate) digest: ShownDigest,
    pub(crate) members: Members,
    pub(crate) body: String,
}

impl FetchedChallenge {
    /// Reads a challenge. `signature_fields` is the header of the answer that brought it, if it has one.
    pub(crate) fn parse(body: &[u8], signature_fields: Option<&str>) -> Result<Self, Malformed> {
        let text = std::str::from_utf8(body).map_err(|_| UNREADABLE)?;
        let members = Members::parse(body).map_err(|_| UNREADABLE)?;
        let read = serde_json::from_str(text).map_err(|_| UNREADABLE)?;
        // A list that cannot be read leaves a challenge that can be shown and not answered.
        let signature_fields = signature_fields.and_then(|header| SignatureFields::parse(header).ok());
        Ok(Self {
            read,
            digest: ShownDigest::of(&members, signature_fields.as_ref())?,
            signature_fields,
            members,
            body: text.to_owned(),
        })
    }

    /// Whether both ask for the same action with the same details, so that one question stands for both.
    pub(crate) fn is_twin_of(&self, other: &Self) -> bool {
        let action = |of: &Self| -> Option<String> {
            of.read
                .hidden_details
                .as_ref()?
                .get("action_id")
                .filter(|id| !id.is_empty())
                .cloned()
        };
        action(self).is_some_and(|id| action(other) == Some(id)) && self.same("details", other)
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;

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

    fn digest(body: &str, fields: &str) -> ShownDigest {
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
    fn a_digest_reads_back_from_its_text() {
        let digest = digest(&challenge().to_string(), FIELDS);
        assert_eq!(digest.to_string().parse(), Ok(digest));
        for text in ["", "00", &"g".repeat(64), &"é".repeat(32)] {
            assert_eq!(text.parse::<ShownDigest>(), Err(DigestError), "{text}");
        }
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
            let of = |value: &Value| ShownDigest::of(
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
