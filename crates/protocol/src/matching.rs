//! Number matching (E5): the issuer's page shows digits, and the person types them where they approve.
//!
//! Who compares them depends on the server. Ours keeps the digits to itself, serves [`SERVED`] in their place, and
//! compares what comes inside the signed answer. A service that does not know the key hands it to the device, which
//! compares before it signs.

use std::{fmt, str::FromStr};

use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use crate::resources::challenge::HiddenDetails;

/// The key in `hidden_details`, and the member of a signed answer that carries what was typed.
pub const KEY: &str = "countersign.match";

/// What a server that compares by itself serves instead of the digits. It is also what the signature covers.
pub const SERVED: &str = "?";

/// How often a wrong number may be typed for one challenge. The last of them denies it.
pub const TRIES: u32 = 3;

/// Takes the number out of what an issuer asked for and leaves [`SERVED`] in its place, for a server that compares.
/// What stands there was checked when it was read; anything but digits stays.
pub fn withhold(hidden: &mut HiddenDetails) -> Option<MatchNumber> {
    let text = hidden.get_mut(KEY)?;
    let number = text.parse().ok()?;
    SERVED.clone_into(text);
    Some(number)
}

/// What a challenge asks of whoever approves it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Matching {
    /// A number, which the server compares. This device does not know it.
    ByServer,
    /// This number, which the device has to compare, since the service does not.
    ByApp(MatchNumber),
}

impl Matching {
    /// Reads what a challenge asks for; `None` if it asks for no number.
    ///
    /// # Errors
    /// If the key is there with neither [`SERVED`] nor digits. Such a challenge cannot be approved by anybody.
    pub fn of(hidden: &HiddenDetails) -> Result<Option<Self>, NumberError> {
        match hidden.get(KEY).map(String::as_str) {
            None => Ok(None),
            Some(SERVED) => Ok(Some(Self::ByServer)),
            Some(digits) => Ok(Some(Self::ByApp(digits.parse()?))),
        }
    }
}

/// The digits that a person reads on one screen and types on another: 2 to 8 of them.
///
/// Two are compared in constant time, whatever their lengths. Neither `Debug` nor `Display` shows them.
#[derive(Clone)]
pub struct MatchNumber {
    /// ASCII, with zeros behind the last digit.
    digits: Zeroizing<[u8; Self::LONGEST]>,
    count: usize,
}

impl MatchNumber {
    /// The fewest digits.
    pub const SHORTEST: usize = 2;
    /// The most digits.
    pub const LONGEST: usize = 8;
    /// How many an issuer should use: 20 bits that nobody guesses in three tries.
    pub const USUAL: usize = 6;

    /// The digits themselves, for the wire and for the page that shows them. Never for a log.
    pub fn expose(&self) -> &str {
        std::str::from_utf8(&self.digits[..self.count]).unwrap_or_default()
    }

    /// How many digits there are. That much a device may tell the person who types them.
    pub fn count(&self) -> usize {
        self.count
    }
}

impl FromStr for MatchNumber {
    type Err = NumberError;

    fn from_str(text: &str) -> Result<Self, NumberError> {
        let fits = (Self::SHORTEST..=Self::LONGEST).contains(&text.len());
        if !fits || !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(NumberError);
        }
        let mut digits = Zeroizing::new([0; Self::LONGEST]);
        digits[..text.len()].copy_from_slice(text.as_bytes());
        Ok(Self {
            digits,
            count: text.len(),
        })
    }
}

impl PartialEq for MatchNumber {
    fn eq(&self, other: &Self) -> bool {
        // Zero is no digit, so numbers of different lengths differ in these bytes.
        self.digits.as_slice().ct_eq(other.digits.as_slice()).into()
    }
}

impl Eq for MatchNumber {}

impl fmt::Debug for MatchNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MatchNumber({} digits)", self.count)
    }
}

/// The text is not a number to be matched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the number to be typed has 2 to 8 digits from 0 to 9, and nothing else")]
pub struct NumberError;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn hidden(value: &str) -> HiddenDetails {
        [(KEY.to_owned(), value.to_owned())].into()
    }

    #[test]
    fn a_number_has_two_to_eight_ascii_digits() {
        for digits in ["00", "042", "123456", "99999999"] {
            let number: MatchNumber = digits.parse().unwrap();
            assert_eq!((number.expose(), number.count()), (digits, digits.len()));
        }
        for text in [
            "",
            "1",
            "123456789",
            " 12",
            "12 ",
            "12\n",
            "+12",
            "-12",
            "1.2",
            "1 2",
            "0x1f",
            "١٢",
            "\u{ff11}\u{ff12}",
            "?",
        ] {
            assert_eq!(text.parse::<MatchNumber>(), Err(NumberError), "{text:?}");
        }
    }

    #[test]
    fn a_challenge_says_who_compares() {
        assert_eq!(Matching::of(&HiddenDetails::default()), Ok(None));
        assert_eq!(Matching::of(&hidden("?")), Ok(Some(Matching::ByServer)));
        let number = "042".parse().unwrap();
        assert_eq!(Matching::of(&hidden("042")), Ok(Some(Matching::ByApp(number))));
        for value in ["", "??", "7", "null", "12a"] {
            assert_eq!(Matching::of(&hidden(value)), Err(NumberError), "{value:?}");
        }
    }

    #[test]
    fn a_server_that_compares_keeps_the_digits_to_itself() {
        let mut asked = hidden("042");
        asked.insert("ip".to_owned(), "192.0.2.1".to_owned());
        assert_eq!(withhold(&mut asked), Some("042".parse().unwrap()));
        assert_eq!(Matching::of(&asked), Ok(Some(Matching::ByServer)));
        assert_eq!(asked["ip"], "192.0.2.1");
        assert_eq!(withhold(&mut HiddenDetails::default()), None);
    }

    #[test]
    fn the_digits_are_in_no_debug_output() {
        let of_challenge = Matching::of(&hidden("424242")).unwrap();
        for shown in [format!("{:?}", hidden("424242")), format!("{of_challenge:?}")] {
            assert!(!shown.contains("42"), "{shown}");
        }
    }

    proptest! {
        #[test]
        fn numbers_are_equal_only_if_their_digits_are(one in "[0-9]{2,8}", other in "[0-9]{2,8}") {
            let number = |text: &str| text.parse::<MatchNumber>().unwrap();
            prop_assert_eq!(number(&one) == number(&other), one == other);
            prop_assert_eq!(number(&one), number(&one));
            // Padding is not a digit.
            let longer = format!("{one}0");
            prop_assert!(longer.parse().is_ok_and(|longer: MatchNumber| longer != number(&one)) || longer.len() > 8);
        }

        #[test]
        fn garbage_is_no_number(text in "\\PC*") {
            let digits = text.len() >= 2 && text.len() <= 8 && text.bytes().all(|byte| byte.is_ascii_digit());
            prop_assert_eq!(text.parse::<MatchNumber>().is_ok(), digits);
        }
    }
}
