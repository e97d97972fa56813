//! A device's key, in the hands of `ring`, which takes the least of the processors that clients share with the server.
//! The product's own devices sign with `p256`.

use anyhow::{Result, anyhow};
use countersign_protocol::keys::{PublicKey, Signature};
use ring::{
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _},
};

/// A new key.
pub(crate) struct Key {
    pair: EcdsaKeyPair,
    random: SystemRandom,
}

impl Key {
    pub(crate) fn make() -> Result<Self> {
        let random = SystemRandom::new();
        let algorithm = &ECDSA_P256_SHA256_FIXED_SIGNING;
        let failed = || anyhow!("no key can be made");
        let document = EcdsaKeyPair::generate_pkcs8(algorithm, &random).map_err(|_| failed())?;
        let pair = EcdsaKeyPair::from_pkcs8(algorithm, document.as_ref(), &random).map_err(|_| failed())?;
        Ok(Self { pair, random })
    }

    pub(crate) fn public(&self) -> Result<PublicKey> {
        Ok(PublicKey::from_sec1_bytes(self.pair.public_key().as_ref())?)
    }

    pub(crate) fn sign(&self, message: &[u8]) -> Result<Signature> {
        let signature = self.pair.sign(&self.random, message);
        let signature = signature.map_err(|_| anyhow!("the key does not sign"))?;
        Ok(Signature::from_raw_slice(signature.as_ref())?)
    }
}
