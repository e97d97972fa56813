//! HTTP Basic credentials (section 1.3): `token` and a token for devices, a SID and a secret for backends.

use std::fmt;

use crate::base64;

/// The user name of a device, literally.
pub const DEVICE_USER: &str = "token";

/// Longest `Authorization` header that is decoded, in characters.
const MAX_LEN: usize = 24 * 1024;

/// User name and password of an `Authorization: Basic` header. Its `Debug` shows neither.
#[derive(Clone, PartialEq, Eq)]
pub struct BasicAuth {
    /// The user name.
    pub user: String,
    /// The password: an access token, a device JWT, or an account's auth token.
    pub password: String,
}

impl BasicAuth {
    /// Credentials of a device.
    pub fn device(token: impl Into<String>) -> Self {
        Self {
            user: DEVICE_USER.to_owned(),
            password: token.into(),
        }
    }

    /// Reads the value of an `Authorization` header; `None` if it is not well-formed Basic credentials.
    pub fn parse(header: &str) -> Option<Self> {
        if header.len() > MAX_LEN {
            return None;
        }
        let (scheme, encoded) = header.split_once(' ')?;
        if !scheme.eq_ignore_ascii_case("basic") {
            return None;
        }
        let decoded = String::from_utf8(base64::decode_standard(encoded.trim())?).ok()?;
        let (user, password) = decoded.split_once(':')?;
        Some(Self {
            user: user.to_owned(),
            password: password.to_owned(),
        })
    }

    /// Writes the value of an `Authorization` header.
    pub fn to_header(&self) -> String {
        format!(
            "Basic {}",
            base64::encode_standard(format!("{}:{}", self.user, self.password).as_bytes())
        )
    }
}

impl fmt::Debug for BasicAuth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BasicAuth(…)")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_password_may_hold_colons_and_debug_shows_nothing() {
        let auth = BasicAuth {
            user: "AC1".into(),
            password: "a:b:c".into(),
        };
        assert_eq!(BasicAuth::parse(&auth.to_header()), Some(auth.clone()));
        assert_eq!(format!("{auth:?}"), "BasicAuth(…)");
    }

    #[test]
    fn other_schemes_and_broken_base64_are_no_credentials() {
        for header in [
            "",
            "Basic",
            "Bearer abc",
            "Basic dG9rZW4",
            "Basic !!!!",
            "Basic dG9rZW4=",
            "Basic /////w==",
        ] {
            assert_eq!(BasicAuth::parse(header), None, "{header}");
        }
    }

    proptest! {
        #[test]
        fn every_pair_reads_back(user in "[^:]{0,40}", password in "\\PC{0,200}") {
            let auth = BasicAuth { user, password };
            prop_assert_eq!(BasicAuth::parse(&auth.to_header()), Some(auth));
        }

        #[test]
        fn garbage_never_panics(header in "\\PC*") {
            let _ = BasicAuth::parse(&header);
        }
    }
}
