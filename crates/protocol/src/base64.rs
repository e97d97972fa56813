//! The two base64 alphabets of the wire, strict: no white space, canonical padding and trailing bits.

use base64ct::{Base64, Base64UrlUnpadded, Encoding};

pub(crate) fn encode_standard(bytes: &[u8]) -> String {
    Base64::encode_string(bytes)
}

pub(crate) fn decode_standard(text: &str) -> Option<Vec<u8>> {
    Base64::decode_vec(text).ok()
}

pub(crate) fn encode_url(bytes: &[u8]) -> String {
    Base64UrlUnpadded::encode_string(bytes)
}

pub(crate) fn decode_url(text: &str) -> Option<Vec<u8>> {
    Base64UrlUnpadded::decode_vec(text).ok()
}
