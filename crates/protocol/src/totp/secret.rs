//! What an authenticator makes its codes from, and base32, in which people and QR codes carry it.

use std::fmt;

use zeroize::Zeroizing;

/// What server and authenticator share. Shown in no `Debug`, wiped when dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Zeroizing<Vec<u8>>);

impl Secret {
    /// How many bytes a secret has at least (RFC 4226, section 4, R6).
    pub const MIN_BYTES: usize = 16;
    /// How many bytes a secret has at most *(ours)*: the block of HMAC-SHA-256, more than any authenticator takes.
    pub const MAX_BYTES: usize = 64;

    /// A secret of the length that RFC 4226 recommends, from random bytes.
    pub fn from_random(bytes: [u8; 20]) -> Self {
        Self(Zeroizing::new(bytes.to_vec()))
    }

    /// A secret that was kept as bytes.
    ///
    /// # Errors
    /// [`SecretError::Length`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, SecretError> {
        if (Self::MIN_BYTES..=Self::MAX_BYTES).contains(&bytes.len()) {
            Ok(Self(Zeroizing::new(bytes.to_vec())))
        } else {
            Err(SecretError::Length)
        }
    }

    /// Reads base32 (RFC 4648, section 6), in either case, with or without padding.
    ///
    /// # Errors
    /// [`SecretError`].
    pub fn from_base32(text: &str) -> Result<Self, SecretError> {
        // Longer than any secret with padding: not worth a look.
        if text.len() > 2 * Self::MAX_BYTES {
            return Err(SecretError::Length);
        }
        let mut bytes = Zeroizing::new(Vec::with_capacity(Self::MAX_BYTES));
        let (mut bits, mut waiting) = (0_u32, 0_u32);
        for character in text.trim_end_matches('=').bytes() {
            let value = match character.to_ascii_uppercase() {
                letter @ b'A'..=b'Z' => letter - b'A',
                digit @ b'2'..=b'7' => digit - b'2' + 26,
                _ => return Err(SecretError::Alphabet),
            };
            bits = bits << 5 | u32::from(value);
            waiting += 5;
            if waiting >= 8 {
                waiting -= 8;
                bytes.push((bits >> waiting & 0xff) as u8);
                bits &= (1 << waiting) - 1;
            }
        }
        // What is left over is less than a character and says nothing, or the text was cut.
        if waiting >= 5 || bits != 0 {
            return Err(SecretError::Alphabet);
        }
        Self::from_bytes(&bytes)
    }

    /// Writes base32 in upper case and without padding, as authenticators want it.
    pub fn to_base32(&self) -> String {
        const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        let mut text = String::with_capacity(self.0.len().div_ceil(5) * 8);
        for block in self.0.chunks(5) {
            let mut padded = [0; 8];
            padded[3..3 + block.len()].copy_from_slice(block);
            let bits = u64::from_be_bytes(padded);
            for at in 0..(block.len() * 8).div_ceil(5) {
                let index = bits >> (35 - 5 * at) & 31;
                text.push(char::from(ALPHABET[index as usize]));
            }
        }
        text
    }

    /// The bytes, to be sealed and kept.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

/// Why a text is no secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SecretError {
    /// It is not base32.
    #[error("base32 is expected: letters and the digits 2 to 7")]
    Alphabet,
    /// It is shorter or longer than a secret may be.
    #[error("a secret of 16 to 64 bytes is expected")]
    Length,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret(bytes: usize) -> Secret {
        let digits: Vec<u8> = b"1234567890".iter().copied().cycle().take(bytes).collect();
        Secret::from_bytes(&digits).unwrap()
    }

    /// RFC 4648, section 10, and what may not pass for it.
    #[test]
    fn base32_is_read_strictly_and_in_either_case() {
        let text = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
        assert_eq!(Secret::from_base32(text).unwrap(), secret(20));
        assert_eq!(Secret::from_base32(&text.to_lowercase()).unwrap(), secret(20));
        assert_eq!(secret(20).to_base32(), text);
        for bytes in 16..=64 {
            let text = secret(bytes).to_base32();
            assert_eq!(Secret::from_base32(&text).unwrap(), secret(bytes));
            let padded = format!("{text}{}", "=".repeat((8 - text.len() % 8) % 8));
            assert_eq!(Secret::from_base32(&padded).unwrap(), secret(bytes));
        }
        let with = |more: &str| Secret::from_base32(&format!("{text}{more}"));
        for not_base32 in ["1", "8", " ", "ä", "-", "=A", "A", "ABC", "ABCDEF", "AB"] {
            assert_eq!(with(not_base32), Err(SecretError::Alphabet), "{not_base32}");
        }
        for (text, length) in [("", 0), ("MZXW6YTBOI", 6), (&"A".repeat(104), 65)] {
            assert_eq!(
                Secret::from_base32(text),
                Err(SecretError::Length),
                "{length} bytes"
            );
        }
        assert_eq!(
            Secret::from_base32(&"A".repeat(1_000_000)),
            Err(SecretError::Length)
        );
    }
}
