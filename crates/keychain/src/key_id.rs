//! The name of a key in its keychain.

use std::{fmt, str::FromStr};

/// The name of one key: 128 random bits as 32 lower-case hexadecimal digits. It says nothing about the factor
/// that uses the key, because other programs can read such names.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct KeyId(String);

/// The text is not the name of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a key id: expected 32 lower-case hexadecimal digits")]
pub struct KeyIdError;

impl KeyId {
    /// Makes a new name.
    ///
    /// # Panics
    /// If the operating system gives no random numbers; nothing that needs a key can go on then.
    pub fn make() -> Self {
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes).expect("the operating system gives random numbers");
        Self::from_bytes(bytes)
    }

    /// Reads a name that was stored as text.
    ///
    /// # Errors
    /// [`KeyIdError`] unless the text is exactly what [`KeyId::as_str`] gives for some name.
    pub fn parse(text: &str) -> Result<Self, KeyIdError> {
        let well_formed = text.len() == 32 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        if well_formed {
            Ok(Self(text.to_owned()))
        } else {
            Err(KeyIdError)
        }
    }

    /// The name as text, to store.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(format!("{:032x}", u128::from_be_bytes(bytes)))
    }

    pub(crate) fn to_bytes(&self) -> [u8; 16] {
        u128::from_str_radix(&self.0, 16)
            .expect("a key id is 32 hexadecimal digits")
            .to_be_bytes()
    }
}

impl FromStr for KeyId {
    type Err = KeyIdError;

    fn from_str(text: &str) -> Result<Self, KeyIdError> {
        Self::parse(text)
    }
}

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_made_id_reads_back_as_itself_and_no_two_are_equal() {
        let (first, second) = (KeyId::make(), KeyId::make());
        assert_ne!(first, second);
        assert_eq!(KeyId::parse(first.as_str()), Ok(first.clone()));
        assert_eq!(KeyId::from_bytes(first.to_bytes()), first);
    }

    #[test]
    fn leading_zeros_are_kept() {
        let id = KeyId::from_bytes([0; 16]);
        assert_eq!(id.as_str(), "0".repeat(32));
    }

    #[test]
    fn only_32_lower_case_hexadecimal_digits_are_an_id() {
        for text in [
            "",
            "00",
            &"g".repeat(32),
            &"A".repeat(32),
            &"0".repeat(33),
            &"é".repeat(16),
            "+0000000000000000000000000000000",
        ] {
            assert_eq!(KeyId::parse(text), Err(KeyIdError), "{text:?}");
        }
    }
}
