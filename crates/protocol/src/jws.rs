//! Compact JSON Web Signatures with ES256, and nothing but ES256 (RFC 7515, RFC 7518 section 3.4, RFC 8725).

use crate::{
    base64,
    json::Members,
    keys::{PublicKey, Signature},
};

/// Longest JWS that is looked at, in characters.
pub const MAX_LEN: usize = 16 * 1024;

/// Header members that would let a message choose how it is verified. None has a place on this wire.
const FORBIDDEN: [&str; 8] = ["crit", "jku", "jwk", "x5u", "x5c", "x5t", "b64", "zip"];

/// The bytes that an ES256 signature covers: the encoded header, a full stop, the encoded payload.
pub fn signing_input(header: &str, payload: &str) -> String {
    format!(
        "{}.{}",
        base64::encode_url(header.as_bytes()),
        base64::encode_url(payload.as_bytes())
    )
}

/// Puts the signature behind what it covers.
pub fn assemble(signing_input: &str, signature: &Signature) -> String {
    format!("{signing_input}.{}", base64::encode_url(&signature.raw()))
}

/// A JWS that has been taken apart, and not verified yet.
#[derive(Debug)]
pub struct CompactJws<'a> {
    /// The header's members.
    pub header: Members,
    /// The payload's members.
    pub payload: Members,
    signing_input: &'a str,
    signature: Signature,
}

impl<'a> CompactJws<'a> {
    /// Takes a compact JWS apart.
    ///
    /// # Errors
    /// For anything but three parts of strict base64url, a header with `alg` = `ES256` and none of the members
    /// that change how a signature is checked, a payload that is an object, and a signature of 64 bytes.
    pub fn parse(text: &'a str) -> Result<Self, JwsError> {
        if text.len() > MAX_LEN {
            return Err(JwsError::TooLong);
        }
        let (signing_input, signature) = text.rsplit_once('.').ok_or(JwsError::Parts)?;
        let (header, payload) = signing_input.split_once('.').ok_or(JwsError::Parts)?;
        if payload.contains('.') {
            return Err(JwsError::Parts);
        }
        let header = members(header)?;
        if header.text("alg").as_deref() != Some("ES256") {
            return Err(JwsError::Algorithm);
        }
        if FORBIDDEN.iter().any(|name| header.get(name).is_some()) {
            return Err(JwsError::Header);
        }
        let signature = base64::decode_url(signature).ok_or(JwsError::Encoding)?;
        Ok(Self {
            payload: members(payload)?,
            header,
            signing_input,
            signature: Signature::from_raw_slice(&signature).map_err(|_| JwsError::SignatureLength)?,
        })
    }

    /// Checks the signature over the bytes as they came.
    ///
    /// # Errors
    /// [`JwsError::Signature`].
    pub fn verify(&self, key: &PublicKey) -> Result<(), JwsError> {
        if key.verify(self.signing_input.as_bytes(), &self.signature) {
            Ok(())
        } else {
            Err(JwsError::Signature)
        }
    }
}

fn members(part: &str) -> Result<Members, JwsError> {
    let json = base64::decode_url(part).ok_or(JwsError::Encoding)?;
    Members::parse(&json).map_err(|_| JwsError::Json)
}

/// Why a JWS is not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum JwsError {
    /// Longer than [`MAX_LEN`].
    #[error("longer than {MAX_LEN} characters")]
    TooLong,
    /// Not three parts.
    #[error("not three parts separated by full stops")]
    Parts,
    /// A part is not base64url without padding.
    #[error("a part is not base64url without padding")]
    Encoding,
    /// Header or payload is not an object in which every member stands once.
    #[error("header or payload is not a JSON object in which every member stands once")]
    Json,
    /// `alg` is not `ES256`.
    #[error("the algorithm is not ES256")]
    Algorithm,
    /// The header has a member that is not allowed here.
    #[error("the header has a member that is not allowed")]
    Header,
    /// The signature does not have 64 bytes.
    #[error("the signature does not have 64 bytes")]
    SignatureLength,
    /// The signature is not one of this key over these bytes.
    #[error("the signature does not verify")]
    Signature,
}
