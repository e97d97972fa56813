//! Digests that pin what a person was shown: the request itself, and those that are answered together with it.

use std::{collections::BTreeSet, fmt, str::FromStr};

use countersign_protocol::{
    challenge_response::SignatureFields,
    json::{self, Members},
};
use sha2::{Digest, Sha256};

use super::{Malformed, UNREADABLE};

/// How many other requests one answer goes to at most. More for the same action are shown as a request of their own.
pub(crate) const MOST_TWINS: usize = 16;

/// What is pinned even where the signature does not cover it.
pub(super) const ALWAYS_PINNED: [&str; 10] = [
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

/// What has to be equal for one question to stand for two challenges.
const SAME_ACTION: [&str; 5] = [
    "account_sid",
    "details",
    "hidden_details",
    "identity",
    "service_sid",
];

/// SHA-256 over everything of a challenge that is shown or signed, the list of signed fields included. Two copies
/// that mean the same have the same digest, whatever their white space or order.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct ContentDigest([u8; 32]);

impl ContentDigest {
    pub(super) fn of(body: &Members, fields: Option<&SignatureFields>) -> Result<Self, Malformed> {
        let signed = names(fields);
        let mut parts = Parts::begin(fields);
        for name in signed
            .iter()
            .copied()
            .chain(ALWAYS_PINNED)
            .collect::<BTreeSet<_>>()
        {
            parts.add(name);
            parts.add(if signed.contains(name) { "signed" } else { "shown" });
            parts.add_member(body, name)?;
        }
        Ok(Self(parts.end()))
    }

    /// Half of the digest: enough to tell which of the requests that there are was meant.
    fn tag(self) -> Tag {
        let mut tag = [0; 16];
        tag.copy_from_slice(&self.0[..16]);
        tag
    }
}

/// Equal for challenges that ask the same person for the same action with the same details, shown and hidden, to be
/// signed in the same way.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) struct ActionDigest([u8; 32]);

impl ActionDigest {
    pub(super) fn of(body: &Members, fields: Option<&SignatureFields>) -> Result<Self, Malformed> {
        let mut parts = Parts::begin(fields);
        for name in SAME_ACTION {
            parts.add_member(body, name)?;
        }
        for name in names(fields) {
            parts.add(name);
        }
        Ok(Self(parts.end()))
    }
}

/// Values one after the other, so that no two lists run into the same bytes.
struct Parts(Sha256);

impl Parts {
    fn begin(fields: Option<&SignatureFields>) -> Self {
        let mut parts = Self(Sha256::new());
        parts.add(if fields.is_some() { "fetched" } else { "listed" });
        parts
    }

    fn add(&mut self, part: &str) {
        self.0.update((part.len() as u64).to_be_bytes());
        self.0.update(part);
    }

    fn add_member(&mut self, body: &Members, name: &str) -> Result<(), Malformed> {
        match body.get(name) {
            Some(value) => self.add(&json::canonical(value).ok_or(UNREADABLE)?),
            None => self.add("absent"),
        }
        Ok(())
    }

    fn end(self) -> [u8; 32] {
        self.0.finalize().into()
    }
}

fn names(fields: Option<&SignatureFields>) -> BTreeSet<&str> {
    fields.iter().flat_map(|fields| fields.names()).collect()
}

type Tag = [u8; 16];

const NO_TAG: Tag = [0; 16];

/// Pins what a person was shown: a request, and the other requests that were there to be answered together with it.
/// What came later is not in it, and is not answered.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct ShownDigest {
    content: ContentDigest,
    /// In order; zeros behind the last.
    twins: [Tag; MOST_TWINS],
}

impl ShownDigest {
    /// Of a request and its twins, which are [`MOST_TWINS`] at most.
    pub(crate) fn of(content: ContentDigest, twins: impl Iterator<Item = ContentDigest>) -> Self {
        let mut tags: Vec<Tag> = twins.map(ContentDigest::tag).take(MOST_TWINS).collect();
        tags.sort_unstable();
        Self::from_tags(content, &tags)
    }

    fn from_tags(content: ContentDigest, tags: &[Tag]) -> Self {
        let mut twins = [NO_TAG; MOST_TWINS];
        for (place, tag) in twins.iter_mut().zip(tags) {
            *place = *tag;
        }
        Self { content, twins }
    }

    /// The request itself.
    pub(crate) fn content(&self) -> ContentDigest {
        self.content
    }

    /// Whether this request, just as it is, was there when the other one was shown.
    pub(crate) fn covers_twin(&self, twin: ContentDigest) -> bool {
        self.tags().any(|tag| *tag == twin.tag())
    }

    fn tags(&self) -> impl Iterator<Item = &Tag> {
        self.twins.iter().take_while(|tag| **tag != NO_TAG)
    }
}

impl fmt::Display for ShownDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.content
            .0
            .iter()
            .chain(self.tags().flatten())
            .try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for ShownDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Debug for ContentDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl FromStr for ShownDigest {
    type Err = DigestError;

    fn from_str(text: &str) -> Result<Self, DigestError> {
        if text.len() > 2 * (32 + 16 * MOST_TWINS) || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(DigestError);
        }
        let bytes = (0..text.len())
            .step_by(2)
            .map(|at| u8::from_str_radix(text.get(at..at + 2)?, 16).ok())
            .collect::<Option<Vec<u8>>>()
            .ok_or(DigestError)?;
        let (content, tags) = bytes.split_first_chunk().ok_or(DigestError)?;
        let (tags, rest) = tags.as_chunks();
        if rest.is_empty() && !tags.contains(&NO_TAG) && tags.is_sorted() {
            Ok(Self::from_tags(ContentDigest(*content), tags))
        } else {
            Err(DigestError)
        }
    }
}

/// The text is not a digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "not a digest: expected 64 hexadecimal digits, and 32 more for each request answered together with it"
)]
pub struct DigestError;

#[cfg(test)]
mod tests {
    use super::*;

    fn content(byte: u8) -> ContentDigest {
        ContentDigest([byte; 32])
    }

    #[test]
    fn a_digest_reads_back_from_its_text() {
        for twins in [0, 1, 2, MOST_TWINS] {
            let twins = (1..).take(twins).map(content);
            let digest = ShownDigest::of(content(99), twins.clone());
            let text = digest.to_string();
            assert_eq!(text.len(), 64 + 32 * twins.clone().count());
            assert_eq!(text.parse(), Ok(digest));
            assert!(twins.into_iter().all(|twin| digest.covers_twin(twin)));
            assert!(!digest.covers_twin(content(99)));
        }
    }

    #[test]
    fn what_is_no_digest_is_refused() {
        let zero = format!("{}{}", "a".repeat(64), "0".repeat(32));
        let unordered = format!("{}{}{}", "a".repeat(64), "2".repeat(32), "1".repeat(32));
        let long = "1".repeat(64 + 32 * (MOST_TWINS + 1));
        for text in ["", "00", &"g".repeat(64), &"é".repeat(32), &"a".repeat(65)] {
            assert_eq!(text.parse::<ShownDigest>(), Err(DigestError), "{text}");
        }
        for text in [&"a".repeat(80), &zero, &unordered, &long] {
            assert_eq!(text.parse::<ShownDigest>(), Err(DigestError), "{text}");
        }
    }

    #[test]
    fn the_order_of_twins_does_not_matter() {
        let of = |twins: [u8; 2]| ShownDigest::of(content(9), twins.into_iter().map(content));
        assert_eq!(of([1, 2]), of([2, 1]));
        assert_ne!(of([1, 2]), of([1, 3]));
    }
}
