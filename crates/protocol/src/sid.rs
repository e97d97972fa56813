//! Typed identifiers: two letters for the kind, then 32 hexadecimal digits (section 9.0).

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The text is not an identifier of the expected kind.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not the SID of the right kind ({kind}): expected {prefix} and 32 hexadecimal digits")]
pub struct SidError {
    /// What it should have named.
    pub kind: &'static str,
    /// The two letters it should have begun with.
    pub prefix: &'static str,
}

macro_rules! sids {
    ($($(#[$doc:meta])* $name:ident, $prefix:literal, $kind:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(String);

        impl $name {
            /// The two letters that such an identifier begins with.
            pub const PREFIX: &'static str = $prefix;

            /// Makes an identifier from 16 random bytes, which the caller draws.
            pub fn from_random(bytes: [u8; 16]) -> Self {
                let mut text = String::with_capacity(34);
                text.push_str($prefix);
                for byte in bytes {
                    text.push(char::from_digit(u32::from(byte >> 4), 16).unwrap_or('0'));
                    text.push(char::from_digit(u32::from(byte & 15), 16).unwrap_or('0'));
                }
                Self(text)
            }

            /// The identifier as it stands on the wire.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = SidError;

            fn from_str(text: &str) -> Result<Self, SidError> {
                let well_formed = text.len() == 34
                    && text.starts_with($prefix)
                    && text.as_bytes()[2..].iter().all(u8::is_ascii_hexdigit);
                if well_formed { Ok(Self(text.to_owned())) } else { Err(SidError { kind: $kind, prefix: $prefix }) }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
            }
        }
    )*};
}

sids! {
    /// An account of the API: who pays, and whose credentials the issuer's backend holds.
    AccountSid, "AC", "account";
    /// An API key: further credentials of an account.
    ApiKeySid, "SK", "API key";
    /// A service: a tenant of the API.
    ServiceSid, "VA", "service";
    /// An entity: one person, as the issuer knows them.
    EntitySid, "YE", "entity";
    /// A factor: one enrolled device of an entity.
    FactorSid, "YF", "factor";
    /// A challenge: one question to one factor.
    ChallengeSid, "YC", "challenge";
    /// An access token, the permission to enrol one factor.
    AccessTokenSid, "YK", "access token";
    /// A webhook.
    WebhookSid, "YW", "webhook";
    /// A notification, the re-sending of a push.
    NotificationSid, "NT", "notification";
    /// A credential: on a factor, the `kid` of its device JWT.
    CredentialSid, "CR", "credential";
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_sid_of_another_kind_is_refused() {
        let challenge = ChallengeSid::from_random([7; 16]);
        assert_eq!(
            challenge.as_str().parse::<FactorSid>(),
            Err(SidError {
                kind: "factor",
                prefix: "YF"
            })
        );
    }

    #[test]
    fn upper_and_lower_case_digits_are_both_accepted() {
        assert!("YF0123456789abcdefABCDEF0123456789".parse::<FactorSid>().is_ok());
        assert!("yf0123456789abcdefABCDEF0123456789".parse::<FactorSid>().is_err());
    }

    proptest! {
        #[test]
        fn every_made_sid_reads_back(bytes: [u8; 16]) {
            let sid = AccountSid::from_random(bytes);
            prop_assert_eq!(sid.as_str().parse::<AccountSid>(), Ok(sid));
        }

        #[test]
        fn garbage_is_refused(text in "\\PC{0,40}") {
            prop_assume!(!text.starts_with("YC") || text.len() != 34);
            prop_assert!(text.parse::<ChallengeSid>().is_err());
        }
    }
}
