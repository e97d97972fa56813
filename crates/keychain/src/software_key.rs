//! A private key in this process's memory, for as long as one call lasts.

use countersign_protocol::keys::{PublicKey, Signature};
use getrandom::SysRng;
use p256::ecdsa::{
    SigningKey,
    signature::{RandomizedSigner, Signer},
};
use p256::elliptic_curve::Generate;
use zeroize::Zeroizing;

use crate::KeychainError;

/// How many bytes a private key has when it is stored: the big-endian scalar and nothing else.
pub(crate) const SCALAR_LEN: usize = 32;

/// A private P-256 key. Its memory is wiped when it is dropped.
pub(crate) struct SoftwareKey(SigningKey);

impl SoftwareKey {
    /// Makes a new key from the operating system's random numbers.
    pub(crate) fn make() -> Result<Self, KeychainError> {
        SigningKey::try_generate()
            .map(Self)
            .map_err(|error| KeychainError::Failed(error.into()))
    }

    /// Reads a stored scalar. `None` unless it is 32 bytes in the range of the group.
    pub(crate) fn from_scalar(scalar: &[u8]) -> Option<Self> {
        if scalar.len() != SCALAR_LEN {
            return None;
        }
        SigningKey::from_slice(scalar).ok().map(Self)
    }

    pub(crate) fn scalar(&self) -> Zeroizing<[u8; SCALAR_LEN]> {
        Zeroizing::new(self.0.to_bytes().into())
    }

    pub(crate) fn public_key(&self) -> PublicKey {
        let point = self.0.verifying_key().to_sec1_point(false);
        PublicKey::from_sec1_bytes(point.as_bytes()).expect("a private key's point is on its curve")
    }

    /// The nonce comes from key, message and random numbers (RFC 6979, section 3.6), so that weak ones cannot give the
    /// key away. Each signature is another one, so that a server can tell what was signed again from what was sent
    /// again.
    pub(crate) fn sign(&self, message: &[u8]) -> Signature {
        let signature: p256::ecdsa::Signature = self
            .0
            .try_sign_with_rng(&mut SysRng, message)
            .unwrap_or_else(|_| self.0.sign(message));
        Signature::from_raw(signature.to_bytes().into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_over_one_message_does_not_hold_for_another() {
        let key = SoftwareKey::make().unwrap();
        let signature = key.sign(b"approve");
        assert!(key.public_key().verify(b"approve", &signature));
        assert!(!key.public_key().verify(b"deny", &signature));
    }

    #[test]
    fn a_stored_scalar_gives_the_same_key_back() {
        let key = SoftwareKey::make().unwrap();
        let again = SoftwareKey::from_scalar(&*key.scalar()).unwrap();
        assert_eq!(again.public_key(), key.public_key());
    }

    #[test]
    fn what_is_signed_again_has_another_signature() {
        let key = SoftwareKey::make().unwrap();
        let (first, second) = (key.sign(b"approve"), key.sign(b"approve"));
        assert_ne!(first.raw(), second.raw());
        assert!(key.public_key().verify(b"approve", &second));
    }

    #[test]
    fn a_scalar_outside_the_group_is_no_key() {
        let order = hex("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");
        for scalar in [
            &[][..],
            &[0; 32],
            &[0xff; 32],
            &order,
            &[1; 31],
            &[1; 33],
            &[1; 24],
        ] {
            assert!(SoftwareKey::from_scalar(scalar).is_none(), "{scalar:?}");
        }
    }

    fn hex(text: &str) -> Vec<u8> {
        let digits: Vec<u32> = text.chars().map(|c| c.to_digit(16).unwrap()).collect();
        digits
            .chunks(2)
            .map(|pair| u8::try_from(pair[0] * 16 + pair[1]).unwrap())
            .collect()
    }
}
