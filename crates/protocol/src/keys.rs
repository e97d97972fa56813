//! P-256 public keys and signatures, in the encodings the wire uses.
//!
//! Two signature formats coexist (section 3 and 4): ASN.1 DER in the proof that verifies a factor, and raw
//! `r || s` of 64 bytes in every JWS. Checking goes through `ring`, which is several times faster than the
//! pure-Rust curve; `p256` validates and re-encodes.

use p256::pkcs8::{DecodePublicKey, EncodePublicKey};

use crate::base64;

/// The public half of a factor's key: a point on P-256, checked when it is made.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct PublicKey {
    /// SEC1 uncompressed point: `0x04`, x, y.
    point: [u8; 65],
}

impl PublicKey {
    /// Length in bytes of the DER `SubjectPublicKeyInfo` of such a key.
    pub const SPKI_LEN: usize = 91;

    /// Reads a SEC1 point, compressed or not, as a keychain hands it over.
    pub fn from_sec1_bytes(bytes: &[u8]) -> Result<Self, KeyError> {
        let key = p256::PublicKey::from_sec1_bytes(bytes).map_err(|_| KeyError::NotOnCurve)?;
        Ok(Self::from_p256(&key))
    }

    /// Reads the text of `Binding.PublicKey`: standard padded base64 of a DER `SubjectPublicKeyInfo` (section 2.3).
    ///
    /// # Errors
    /// [`KeyError::Base64`], or [`KeyError::NotP256`] for any other algorithm, curve, a compressed point, or
    /// trailing bytes: the wire form is always the same 91 bytes.
    pub fn from_binding(text: &str) -> Result<Self, KeyError> {
        let der = base64::decode_standard(text).ok_or(KeyError::Base64)?;
        if der.len() != Self::SPKI_LEN {
            return Err(KeyError::NotP256);
        }
        let key = p256::PublicKey::from_public_key_der(&der).map_err(|_| KeyError::NotP256)?;
        let key = Self::from_p256(&key);
        if key.to_spki_der() == der {
            Ok(key)
        } else {
            Err(KeyError::NotP256)
        }
    }

    /// The text of `Binding.PublicKey`: always 124 characters.
    pub fn to_binding(&self) -> String {
        base64::encode_standard(&self.to_spki_der())
    }

    /// The SEC1 uncompressed point.
    pub fn to_sec1_bytes(&self) -> [u8; 65] {
        self.point
    }

    /// Whether `signature` is this key's ECDSA signature over the SHA-256 of `message`.
    pub fn verify(&self, message: &[u8], signature: &Signature) -> bool {
        use ring::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};
        UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, &self.point)
            .verify(message, &signature.0)
            .is_ok()
    }

    fn from_p256(key: &p256::PublicKey) -> Self {
        let mut point = [0; 65];
        point.copy_from_slice(&key.to_sec1_bytes());
        Self { point }
    }

    fn to_spki_der(self) -> Vec<u8> {
        p256::PublicKey::from_sec1_bytes(&self.point)
            .ok()
            .and_then(|key| key.to_public_key_der().ok())
            .map(|document| document.as_bytes().to_vec())
            .expect("the point was checked when the key was made")
    }
}

impl std::fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PublicKey({})", self.to_binding())
    }
}

/// An ECDSA signature over P-256 with SHA-256: `r || s`, 32 bytes each, big-endian.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Signature([u8; 64]);

impl Signature {
    /// Takes `r || s` as it stands. Range is checked where the signature is (RFC 7518, section 3.4).
    pub fn from_raw(raw: [u8; 64]) -> Self {
        Self(raw)
    }

    /// Reads `r || s`; anything but 64 bytes is refused, DER included.
    pub fn from_raw_slice(raw: &[u8]) -> Result<Self, KeyError> {
        raw.try_into()
            .map(Self)
            .map_err(|_| KeyError::SignatureLength { bytes: raw.len() })
    }

    /// Reads an ASN.1 DER signature, as `AuthPayload` carries it when a factor is verified (section 3).
    pub fn from_der(der: &[u8]) -> Result<Self, KeyError> {
        let signature = p256::ecdsa::Signature::from_der(der).map_err(|_| KeyError::SignatureDer)?;
        Ok(Self(signature.to_bytes().into()))
    }

    /// `r || s`.
    pub fn raw(&self) -> [u8; 64] {
        self.0
    }

    /// ASN.1 DER, 70 to 72 bytes for nearly every signature.
    ///
    /// # Errors
    /// [`KeyError::SignatureDer`] if `r` or `s` is zero or not below the group order.
    pub fn to_der(&self) -> Result<Vec<u8>, KeyError> {
        let signature = p256::ecdsa::Signature::from_slice(&self.0).map_err(|_| KeyError::SignatureDer)?;
        Ok(signature.to_der().as_bytes().to_vec())
    }

    /// The `AuthPayload` that verifies a factor: padded standard base64 of the DER form (section 3).
    ///
    /// # Errors
    /// As [`Signature::to_der`].
    pub fn to_factor_proof(&self) -> Result<String, KeyError> {
        Ok(base64::encode_standard(&self.to_der()?))
    }

    /// Reads the `AuthPayload` that verifies a factor.
    pub fn from_factor_proof(text: &str) -> Result<Self, KeyError> {
        Self::from_der(&base64::decode_standard(text).ok_or(KeyError::Base64)?)
    }
}

/// Why a key or a signature could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// Not canonical standard base64.
    #[error("not padded standard base64")]
    Base64,
    /// Not the DER of an uncompressed P-256 public key.
    #[error("not a DER SubjectPublicKeyInfo of an uncompressed P-256 point")]
    NotP256,
    /// The point is not on the curve.
    #[error("not a point on P-256")]
    NotOnCurve,
    /// A raw signature must have 64 bytes.
    #[error("an ES256 signature has 64 bytes, this one has {bytes}")]
    SignatureLength {
        /// How many it had.
        bytes: usize,
    },
    /// Not a DER signature, or its numbers are out of range.
    #[error("not a DER ECDSA signature over P-256")]
    SignatureDer,
}
