//! `X-Twilio-Signature`: proof to a webhook's receiver that the server sent it (section 10).
//!
//! HMAC-SHA1 because the receivers' libraries check exactly that; its known weaknesses do not touch HMAC.

use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use sha2::{Digest, Sha256};

use crate::{base64, form::Form};

/// Name of the header.
pub const HEADER: &str = "X-Twilio-Signature";

/// Name of the query parameter that carries the hash of a JSON body.
const BODY_HASH: &str = "bodySHA256";

/// Signs a form body for the URL exactly as configured, query included.
pub fn sign_form(auth_token: &str, url: &str, form: &Form) -> String {
    base64::encode_standard(&form_mac(auth_token, url, form).finalize().into_bytes())
}

/// Whether `signature` is that of a form body sent to `url`. Takes the same time however much of it is right.
pub fn verify_form(auth_token: &str, url: &str, form: &Form, signature: &str) -> bool {
    verify(form_mac(auth_token, url, form), signature)
}

/// The URL to call and the signature for a JSON body: the body's hash joins the query, and only the URL is signed.
pub fn sign_json(auth_token: &str, url: &str, body: &[u8]) -> (String, String) {
    let hash = hex(&Sha256::digest(body));
    let (before_fragment, fragment) = match url.split_once('#') {
        Some((url, fragment)) => (url, format!("#{fragment}")),
        None => (url, String::new()),
    };
    let joint = if before_fragment.contains('?') { '&' } else { '?' };
    let url = format!("{before_fragment}{joint}{BODY_HASH}={hash}{fragment}");
    let signature = base64::encode_standard(&url_mac(auth_token, &url).finalize().into_bytes());
    (url, signature)
}

/// Whether `signature` is that of `url`, and the hash in it that of `body`.
pub fn verify_json(auth_token: &str, url: &str, body: &[u8], signature: &str) -> bool {
    let hash = url::Url::parse(url).ok().and_then(|url| {
        url.query_pairs()
            .find(|(name, _)| name == BODY_HASH)
            .map(|(_, hash)| hash.into_owned())
    });
    hash.is_some_and(|hash| hash == hex(&Sha256::digest(body))) && verify(url_mac(auth_token, url), signature)
}

fn form_mac(auth_token: &str, url: &str, form: &Form) -> Hmac<Sha1> {
    let mut pairs: Vec<_> = form.pairs().collect();
    pairs.sort_unstable();
    pairs.dedup();
    let mut mac = url_mac(auth_token, url);
    for (name, value) in pairs {
        mac.update(name.as_bytes());
        mac.update(value.as_bytes());
    }
    mac
}

fn url_mac(auth_token: &str, url: &str) -> Hmac<Sha1> {
    let mut mac =
        Hmac::<Sha1>::new_from_slice(auth_token.as_bytes()).expect("HMAC takes a key of any length");
    mac.update(url.as_bytes());
    mac
}

fn verify(mac: Hmac<Sha1>, signature: &str) -> bool {
    base64::decode_standard(signature).is_some_and(|signature| mac.verify_slice(&signature).is_ok())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(text: &str) -> Form {
        Form::parse(text.as_bytes()).unwrap()
    }

    #[test]
    fn repeated_names_count_each_distinct_value_once_and_sorted() {
        let url = "https://example.com/hook";
        assert_eq!(
            sign_form("k", url, &form("a=2&a=1&a=2")),
            sign_form("k", url, &form("a=1&a=2"))
        );
        assert_ne!(
            sign_form("k", url, &form("a=1")),
            sign_form("k", url, &form("a=1&a=2"))
        );
    }

    #[test]
    fn a_json_body_is_bound_through_its_hash() {
        let (url, signature) = sign_json("12345", "https://example.com/hook?a=1", br#"{"b":2}"#);
        assert!(url.starts_with("https://example.com/hook?a=1&bodySHA256="));
        assert!(verify_json("12345", &url, br#"{"b":2}"#, &signature));
        assert!(!verify_json("12345", &url, br#"{"b":3}"#, &signature));
        assert!(!verify_json("12346", &url, br#"{"b":2}"#, &signature));
    }

    #[test]
    fn a_wrong_url_parameter_or_token_does_not_verify() {
        let url = "https://example.com/hook";
        let signature = sign_form("k", url, &form("a=1"));
        assert!(verify_form("k", url, &form("a=1"), &signature));
        assert!(!verify_form(
            "k",
            "https://example.com/hook2",
            &form("a=1"),
            &signature
        ));
        assert!(!verify_form("k", url, &form("a=2"), &signature));
        assert!(!verify_form("l", url, &form("a=1"), &signature));
        assert!(!verify_form("k", url, &form("a=1"), "not base64"));
    }
}
