//! The issuer's name for a person.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize};

/// An entity's identity: 8 to 64 letters and digits, in groups separated by single dashes (section 9.3).
///
/// It names a person to the issuer but is not personal data itself; what a person reads is the account label.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct Identity(String);

impl Identity {
    /// The identity as it stands on the wire.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Identity {
    type Err = IdentityError;

    fn from_str(text: &str) -> Result<Self, IdentityError> {
        let well_formed = (8..=64).contains(&text.len())
            && text
                .split('-')
                .all(|group| !group.is_empty() && group.bytes().all(|b| b.is_ascii_alphanumeric()));
        if well_formed {
            Ok(Self(text.to_owned()))
        } else {
            Err(IdentityError)
        }
    }
}

impl fmt::Display for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl AsRef<str> for Identity {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl<'de> Deserialize<'de> for Identity {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}

/// The text is not an identity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an identity is 8 to 64 letters and digits, in groups separated by single dashes")]
pub struct IdentityError;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identities_are_dash_separated_alphanumerics() {
        for good in ["user-0001", "abcdefgh", "A1-b2-C3-d4", &"f".repeat(64)] {
            assert!(good.parse::<Identity>().is_ok(), "{good}");
        }
        for bad in [
            "",
            "short",
            "user_0001",
            "-user0001",
            "user0001-",
            "user--0001",
            "user 0001",
            "ümlaut-01",
            &"f".repeat(65),
        ] {
            assert_eq!(bad.parse::<Identity>(), Err(IdentityError), "{bad}");
        }
    }
}
