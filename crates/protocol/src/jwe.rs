//! The access token: a compact JWE with `dir` and `A256GCM` (RFC 7516, section 2.1).
//!
//! Only the server that made a token can read it; to a device it is an opaque password. There is no compression
//! (RFC 8725, section 3.6), although the cloud service's own tokens have it.

use aes_gcm::{
    Aes256Gcm, KeyInit, Nonce,
    aead::{Aead, Payload},
};

use crate::{base64, json::Members};

/// `cty` of an access token.
pub const CONTENT_TYPE: &str = "twilio-fpa;v=1";

/// Longest token that is looked at, in characters.
const MAX_LEN: usize = 16 * 1024;

/// Encrypts `payload` under `key`.
///
/// `kid` names the key, so that keys can be rotated; `iv` are 12 random bytes, never used twice with one key.
pub fn seal(key: &[u8; 32], kid: &str, iv: [u8; 12], payload: &[u8]) -> String {
    let header = format!(
        r#"{{"kid":{},"cty":"{CONTENT_TYPE}","enc":"A256GCM","alg":"dir"}}"#,
        crate::json::raw(&kid).get()
    );
    let header = base64::encode_url(header.as_bytes());
    let mut sealed = Aes256Gcm::new(key.into())
        .encrypt(
            &Nonce::from(iv),
            Payload {
                msg: payload,
                aad: header.as_bytes(),
            },
        )
        .expect("AES-GCM encrypts any text below 64 GiB");
    let tag = sealed.split_off(payload.len());
    format!(
        "{header}..{}.{}.{}",
        base64::encode_url(&iv),
        base64::encode_url(&sealed),
        base64::encode_url(&tag)
    )
}

/// The `kid` of a token, to look up the key with; `None` if the text is not such a token.
pub fn kid(token: &str) -> Option<String> {
    Parts::parse(token).ok().map(|parts| parts.kid)
}

/// Decrypts a token.
///
/// # Errors
/// [`JweError::Form`] for anything but a compact JWE with exactly this algorithm, encryption and content type,
/// without compression; [`JweError::Sealed`] if the key is another, or a bit was changed.
pub fn open(key: &[u8; 32], token: &str) -> Result<Vec<u8>, JweError> {
    let parts = Parts::parse(token)?;
    let aad = parts.header.as_bytes();
    Aes256Gcm::new(key.into())
        .decrypt(
            &Nonce::from(parts.iv),
            Payload {
                msg: &parts.sealed,
                aad,
            },
        )
        .map_err(|_| JweError::Sealed)
}

struct Parts<'a> {
    header: &'a str,
    kid: String,
    iv: [u8; 12],
    /// Ciphertext and tag, as the cipher takes them.
    sealed: Vec<u8>,
}

impl<'a> Parts<'a> {
    fn parse(token: &'a str) -> Result<Self, JweError> {
        if token.len() > MAX_LEN {
            return Err(JweError::Form);
        }
        let mut split = token.split('.');
        let (Some(header), Some(""), Some(iv), Some(text), Some(tag), None) = (
            split.next(),
            split.next(),
            split.next(),
            split.next(),
            split.next(),
            split.next(),
        ) else {
            return Err(JweError::Form);
        };
        let decode = |part| base64::decode_url(part).ok_or(JweError::Form);
        let members = Members::parse(&decode(header)?).map_err(|_| JweError::Form)?;
        let expected = [("alg", "dir"), ("enc", "A256GCM"), ("cty", CONTENT_TYPE)];
        let known = ["alg", "enc", "cty", "kid"];
        if expected
            .iter()
            .any(|(name, value)| members.text(name).as_deref() != Some(value))
            || members.iter().any(|(name, _)| !known.contains(&name))
        {
            return Err(JweError::Form);
        }
        let tag = decode(tag)?;
        if tag.len() != 16 {
            return Err(JweError::Form);
        }
        let mut sealed = decode(text)?;
        sealed.extend(tag);
        Ok(Self {
            header,
            kid: members.text("kid").ok_or(JweError::Form)?,
            iv: decode(iv)?.try_into().map_err(|_| JweError::Form)?,
            sealed,
        })
    }
}

/// Why an access token is not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum JweError {
    /// Not an access token of this form.
    #[error("not an access token")]
    Form,
    /// It was sealed with another key, or changed.
    #[error("the access token was not issued here, or was changed")]
    Sealed,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const KEY: [u8; 32] = [7; 32];

    #[test]
    fn a_token_has_five_parts_an_empty_second_one_and_no_compression() {
        let token = seal(&KEY, "k1", [1; 12], b"{}");
        let parts: Vec<_> = token.split('.').collect();
        assert_eq!(parts.len(), 5);
        assert_eq!(parts[1], "");
        let header = base64::decode_url(parts[0]).unwrap();
        assert_eq!(
            header,
            br#"{"kid":"k1","cty":"twilio-fpa;v=1","enc":"A256GCM","alg":"dir"}"#
        );
        assert_eq!(kid(&token).as_deref(), Some("k1"));
    }

    #[test]
    fn another_key_or_header_opens_nothing() {
        let token = seal(&KEY, "k1", [1; 12], b"secret");
        assert_eq!(open(&[8; 32], &token), Err(JweError::Sealed));
        let (_, rest) = token.split_once('.').unwrap();
        let with = |header: &str| open(&KEY, &format!("{}.{rest}", base64::encode_url(header.as_bytes())));
        assert_eq!(
            with(r#"{"kid":"k2","cty":"twilio-fpa;v=1","enc":"A256GCM","alg":"dir"}"#),
            Err(JweError::Sealed)
        );
        for header in [
            r#"{"kid":"k1","cty":"twilio-fpa;v=1","enc":"A256GCM","alg":"none"}"#,
            r#"{"kid":"k1","cty":"twilio-pba;v=1","enc":"A256GCM","alg":"dir"}"#,
            r#"{"kid":"k1","cty":"twilio-fpa;v=1","enc":"A256GCM","alg":"dir","zip":"DEF"}"#,
            r#"{"kid":"k1","cty":"twilio-fpa;v=1","enc":"A256GCM","alg":"dir","crit":["zip"]}"#,
            r#"{"cty":"twilio-fpa;v=1","enc":"A256GCM","alg":"dir"}"#,
        ] {
            assert_eq!(with(header), Err(JweError::Form), "{header}");
        }
    }

    proptest! {
        #[test]
        fn what_is_sealed_opens(key: [u8; 32], iv: [u8; 12], payload: Vec<u8>, kid in "\\PC{0,20}") {
            prop_assert_eq!(open(&key, &seal(&key, &kid, iv, &payload)), Ok(payload));
        }

        #[test]
        fn one_changed_character_opens_nothing(at in 0usize..180, to in "[A-Za-z0-9_.-]") {
            let token = seal(&KEY, "k1", [1; 12], &[5; 60]);
            prop_assume!(at < token.len() && token[at..=at] != to);
            let changed = format!("{}{to}{}", &token[..at], &token[at + 1..]);
            prop_assert!(open(&KEY, &changed).is_err());
        }

        #[test]
        fn garbage_never_panics(text in "\\PC*") {
            let _ = open(&KEY, &text);
        }
    }
}
