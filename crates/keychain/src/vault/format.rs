//! The bytes of a vault, version 1. All numbers are big-endian.
//!
//! | bytes | what |
//! | --- | --- |
//! | 8 | `CSVAULT` and a line feed |
//! | 2 | version: 1 |
//! | 4, 4, 4 | Argon2id (version 0x13): memory in KiB, passes, lanes |
//! | 16 | salt |
//! | 24 | nonce |
//! | 48 for each key, and 16 | XChaCha20-Poly1305 of the keys: 16 bytes of id, 32 of scalar |
//! | 32 | SHA-256 of all before |
//!
//! Everything up to the nonce is the associated data, so that parameters cannot be weakened unseen. The checksum
//! protects from nobody: it tells a damaged file from a wrong passphrase, for which the cipher has one answer.

use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::VaultError;
use crate::software_key::SCALAR_LEN;

const MAGIC: &[u8; 8] = b"CSVAULT\n";
const VERSION: u16 = 1;
const HEADER_LEN: usize = 8 + 2 + 12 + 16 + 24;
const ID_LEN: usize = 16;
const RECORD_LEN: usize = ID_LEN + SCALAR_LEN;
const CHECKSUM_LEN: usize = 32;

/// The keys of a vault, decrypted. They stay in the one buffer that they were decrypted into, so that wiping it
/// leaves no copy behind.
pub(super) struct Keys {
    records: Zeroizing<Vec<u8>>,
}

impl Keys {
    pub(super) fn none() -> Self {
        Self {
            records: Zeroizing::default(),
        }
    }

    #[cfg(test)]
    pub(super) fn from_records(records: Vec<u8>) -> Self {
        Self {
            records: Zeroizing::new(records),
        }
    }

    pub(super) fn scalar(&self, id: [u8; ID_LEN]) -> Option<&[u8]> {
        self.each().find_map(|record| record.strip_prefix(&id))
    }

    /// Adds a key under an id that is free.
    pub(super) fn add(&mut self, id: [u8; ID_LEN], scalar: &[u8; SCALAR_LEN]) {
        let mut records = Zeroizing::new(Vec::with_capacity(self.records.len() + RECORD_LEN));
        records.extend_from_slice(&self.records);
        records.extend_from_slice(&id);
        records.extend_from_slice(scalar);
        self.records = records;
    }

    /// Removes the key under `id`, and says whether there was one.
    pub(super) fn remove(&mut self, id: [u8; ID_LEN]) -> bool {
        let mut records = Zeroizing::new(Vec::with_capacity(self.records.len()));
        let kept = self.each().filter(|record| !record.starts_with(&id));
        kept.for_each(|record| records.extend_from_slice(record));
        let removed = records.len() < self.records.len();
        self.records = records;
        removed
    }

    fn each(&self) -> impl Iterator<Item = &[u8; RECORD_LEN]> {
        self.records.as_chunks().0.iter()
    }
}

/// What guessing a passphrase costs: the parameters of Argon2id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cost {
    memory_kib: u32,
    passes: u32,
    lanes: u32,
}

impl Cost {
    /// 64 MiB, three passes: the second recommendation of RFC 9106, with one lane.
    pub const STRONG: Self = Self {
        memory_kib: 64 * 1024,
        passes: 3,
        lanes: 1,
    };

    /// As cheap as the algorithm allows, for tests.
    #[cfg(feature = "testing")]
    pub const CHEAP: Self = Self {
        memory_kib: 8,
        passes: 1,
        lanes: 1,
    };

    /// A file may ask for more than today's cost, but not for so much that opening it stops the computer.
    fn is_bearable(self) -> bool {
        self.memory_kib <= 1024 * 1024 && self.passes <= 16 && self.lanes <= 16
    }
}

/// The key that a passphrase gave, with what it was derived by.
pub(super) struct VaultKey {
    /// On the heap, where moving a `VaultKey` leaves no copy behind.
    bytes: Box<Zeroizing<[u8; 32]>>,
    pub(super) salt: [u8; 16],
    pub(super) cost: Cost,
}

impl VaultKey {
    pub(super) fn derive(passphrase: &str, salt: [u8; 16], cost: Cost) -> Result<Self, VaultError> {
        if passphrase.is_empty() {
            return Err(VaultError::EmptyPassphrase);
        }
        let mut bytes = Box::new(Zeroizing::new([0_u8; 32]));
        let params = Params::new(cost.memory_kib, cost.passes, cost.lanes, Some(bytes.len()));
        params
            .and_then(|params| {
                Argon2::new(Algorithm::Argon2id, Version::V0x13, params).hash_password_into(
                    passphrase.as_bytes(),
                    &salt,
                    bytes.as_mut_slice(),
                )
            })
            .map_err(|_| VaultError::Damaged {
                what: "its key cannot be derived with the parameters it names",
            })?;
        Ok(Self { bytes, salt, cost })
    }

    /// The bytes of a whole file that holds `keys`, under a nonce of its own.
    pub(super) fn seal(&self, keys: &Keys) -> Result<Vec<u8>, VaultError> {
        let mut nonce = [0; 24];
        getrandom::fill(&mut nonce).map_err(|error| VaultError::Io {
            doing: "make a nonce for",
            path: "the vault".into(),
            source: error.into(),
        })?;
        let mut file = self.header(nonce);
        let payload = Payload {
            msg: &keys.records,
            aad: &file,
        };
        let cipher = self.cipher().encrypt(&XNonce::from(nonce), payload);
        file.extend(cipher.expect("a vault is far smaller than the cipher's limit"));
        file.extend_from_slice(&Sha256::digest(&file));
        Ok(file)
    }

    fn header(&self, nonce: [u8; 24]) -> Vec<u8> {
        let mut header = Vec::with_capacity(HEADER_LEN);
        header.extend_from_slice(MAGIC);
        header.extend_from_slice(&VERSION.to_be_bytes());
        for number in [self.cost.memory_kib, self.cost.passes, self.cost.lanes] {
            header.extend_from_slice(&number.to_be_bytes());
        }
        header.extend_from_slice(&self.salt);
        header.extend_from_slice(&nonce);
        header
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new((&**self.bytes).into())
    }
}

/// A vault's bytes, taken apart and not yet decrypted.
#[derive(Debug)]
pub(super) struct Sealed<'a> {
    pub(super) cost: Cost,
    pub(super) salt: [u8; 16],
    nonce: [u8; 24],
    header: &'a [u8],
    cipher: &'a [u8],
}

impl<'a> Sealed<'a> {
    pub(super) fn parse(file: &'a [u8]) -> Result<Self, VaultError> {
        let damaged = |what| VaultError::Damaged { what };
        if !file.starts_with(MAGIC) {
            return Err(damaged("it does not begin as a vault does"));
        }
        let (body, checksum) = file
            .split_last_chunk::<CHECKSUM_LEN>()
            .ok_or(damaged("it is too short"))?;
        if Sha256::digest(body).as_slice() != checksum {
            return Err(damaged("its checksum is wrong"));
        }
        let mut rest = &body[MAGIC.len()..];
        let version = u16::from_be_bytes(take(&mut rest)?);
        if version != VERSION {
            return Err(VaultError::TooNew { version });
        }
        let mut number = || Ok::<_, VaultError>(u32::from_be_bytes(take(&mut rest)?));
        let cost = Cost {
            memory_kib: number()?,
            passes: number()?,
            lanes: number()?,
        };
        if !cost.is_bearable() {
            return Err(damaged(
                "its passphrase would take more memory or time than there is",
            ));
        }
        let (salt, nonce) = (take(&mut rest)?, take(&mut rest)?);
        Ok(Self {
            cost,
            salt,
            nonce,
            header: &body[..HEADER_LEN],
            cipher: rest,
        })
    }

    /// The keys, or `None` if `key` is not the one they were sealed with or anything was changed.
    pub(super) fn open(&self, key: &VaultKey) -> Option<Keys> {
        let payload = Payload {
            msg: self.cipher,
            aad: self.header,
        };
        let plain = key.cipher().decrypt(&XNonce::from(self.nonce), payload).ok()?;
        let keys = Keys {
            records: Zeroizing::new(plain),
        };
        keys.records.len().is_multiple_of(RECORD_LEN).then_some(keys)
    }
}

/// Splits the next `N` bytes off.
fn take<const N: usize>(rest: &mut &[u8]) -> Result<[u8; N], VaultError> {
    let (head, tail) = rest.split_first_chunk().ok_or(VaultError::Damaged {
        what: "it is too short",
    })?;
    *rest = tail;
    Ok(*head)
}
