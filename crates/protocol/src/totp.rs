//! Codes that change with the time (RFC 6238, over RFC 4226): what the codes of a factor are, and which is taken.
//!
//! A code is taken once. What is kept for that is not the number of the step but the moment until which codes are
//! used up, so that it stays true when the length of a step is changed.

use std::{fmt, str::FromStr};

use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use percent_encoding::utf8_percent_encode;
use serde::{Deserialize, Serialize};
use sha1::Sha1;
use sha2::{Sha256, Sha512};
use subtle::{Choice, ConditionallySelectable as _, ConstantTimeEq as _};

pub use self::secret::{Secret, SecretError};
use crate::form::KEPT;

mod secret;

/// The hash under the codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Algorithm {
    /// HMAC-SHA-1: the one that every authenticator knows.
    #[default]
    Sha1,
    /// HMAC-SHA-256.
    Sha256,
    /// HMAC-SHA-512.
    Sha512,
}

impl Algorithm {
    /// The text on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sha1 => "sha1",
            Self::Sha256 => "sha256",
            Self::Sha512 => "sha512",
        }
    }

    fn mac(self, secret: &Secret, counter: u64) -> Vec<u8> {
        fn mac<M: Mac + KeyInit>(secret: &Secret, counter: u64) -> Vec<u8> {
            let mut mac =
                <M as KeyInit>::new_from_slice(secret.as_bytes()).expect("HMAC takes a key of any length");
            mac.update(&counter.to_be_bytes());
            mac.finalize().into_bytes().to_vec()
        }
        match self {
            Self::Sha1 => mac::<Hmac<Sha1>>(secret, counter),
            Self::Sha256 => mac::<Hmac<Sha256>>(secret, counter),
            Self::Sha512 => mac::<Hmac<Sha512>>(secret, counter),
        }
    }
}

impl FromStr for Algorithm {
    type Err = UnknownAlgorithm;

    fn from_str(text: &str) -> Result<Self, UnknownAlgorithm> {
        match text {
            "sha1" => Ok(Self::Sha1),
            "sha256" => Ok(Self::Sha256),
            "sha512" => Ok(Self::Sha512),
            _ => Err(UnknownAlgorithm),
        }
    }
}

/// The text names no algorithm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("sha1, sha256 or sha512 is expected")]
pub struct UnknownAlgorithm;

/// How the codes of a factor are made, and how far a clock may be off: `config` of a TOTP factor (section 9.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct TotpConfig {
    /// The hash.
    pub alg: Algorithm,
    /// How many steps before and after the present one are taken as well: 0 to 2.
    pub skew: u32,
    /// How many digits a code has: 3 to 8.
    pub code_length: u32,
    /// For how many seconds a code is shown: 20 to 60.
    pub time_step: u32,
}

impl TotpConfig {
    /// The code that an authenticator shows at `now`.
    pub fn code(&self, secret: &Secret, now: Timestamp) -> Code {
        Code(self.digits(secret, self.step(now).unsigned_abs()))
    }

    /// Whether `code` is taken at `now`, where all codes shown before `used_until` are used up. If so, the moment
    /// until which they are used up from now on.
    ///
    /// All steps that count are computed, and compared in constant time. Of several that have the same code the
    /// latest is used up, so that none of them takes that code again.
    pub fn accept(
        &self,
        secret: &Secret,
        code: &Code,
        now: Timestamp,
        used_until: Timestamp,
    ) -> Option<Timestamp> {
        let (present, skew) = (self.step(now), i64::from(self.skew));
        let mut end = 0;
        for step in (present - skew).max(0)..=present + skew {
            let unused = self.begin(step) >= used_until.as_second();
            let digits = self.digits(secret, step.unsigned_abs());
            let taken = digits.as_bytes().ct_eq(code.0.as_bytes()) & Choice::from(u8::from(unused));
            end.conditional_assign(&self.begin(step + 1), taken);
        }
        if end == 0 {
            None
        } else {
            Timestamp::from_second(end).ok()
        }
    }

    /// `otpauth://totp/…`: what an authenticator reads from a QR code. It holds the secret.
    pub fn uri(&self, secret: &Secret, issuer: &str, account: &str) -> String {
        let issuer = utf8_percent_encode(issuer, KEPT);
        format!(
            "otpauth://totp/{issuer}:{}?secret={}&issuer={issuer}&algorithm={}&digits={}&period={}",
            utf8_percent_encode(account, KEPT),
            secret.to_base32(),
            self.alg.as_str().to_ascii_uppercase(),
            self.code_length,
            self.time_step,
        )
    }

    fn step(&self, now: Timestamp) -> i64 {
        now.as_second().max(0) / i64::from(self.time_step)
    }

    fn begin(&self, step: i64) -> i64 {
        step * i64::from(self.time_step)
    }

    /// HOTP (RFC 4226, section 5.3).
    fn digits(&self, secret: &Secret, counter: u64) -> String {
        let mac = self.alg.mac(secret, counter);
        let offset = usize::from(mac[mac.len() - 1] & 0xf);
        let number = u32::from_be_bytes([mac[offset], mac[offset + 1], mac[offset + 2], mac[offset + 3]]);
        let digits = (number & 0x7fff_ffff) % 10_u32.pow(self.code_length);
        format!("{digits:0width$}", width = self.code_length as usize)
    }
}

/// A code that somebody typed: 3 to 8 digits. Shown in no `Debug`, because it may still be good.
#[derive(Clone, PartialEq, Eq)]
pub struct Code(String);

impl Code {
    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Code {
    type Err = NotACode;

    fn from_str(text: &str) -> Result<Self, NotACode> {
        if (3..=8).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit()) {
            Ok(Self(text.to_owned()))
        } else {
            Err(NotACode)
        }
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Code")
    }
}

/// The text is no code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a code of 3 to 8 digits is expected")]
pub struct NotACode;

#[cfg(test)]
mod tests {
    use super::*;

    const RFC_SECRET: &[u8; 64] = b"1234567890123456789012345678901234567890123456789012345678901234";

    fn secret(bytes: usize) -> Secret {
        Secret::from_bytes(&RFC_SECRET[..bytes]).unwrap()
    }

    fn config() -> TotpConfig {
        TotpConfig {
            alg: Algorithm::Sha1,
            skew: 1,
            code_length: 6,
            time_step: 30,
        }
    }

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    /// RFC 4226, appendix D.
    #[test]
    fn codes_by_counter_are_those_of_rfc_4226() {
        let expected = [
            "755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871",
            "520489",
        ];
        for (counter, code) in (0..).zip(expected) {
            assert_eq!(config().digits(&secret(20), counter), code);
        }
    }

    /// RFC 6238, appendix B; the secrets have the lengths that its erratum 2866 gives.
    #[test]
    fn codes_by_time_are_those_of_rfc_6238() {
        for (second, sha1, sha256, sha512) in [
            (59, "94287082", "46119246", "90693936"),
            (1_111_111_109, "07081804", "68084774", "25091201"),
            (1_111_111_111, "14050471", "67062674", "99943326"),
            (1_234_567_890, "89005924", "91819424", "93441116"),
            (2_000_000_000, "69279037", "90698825", "38618901"),
            (20_000_000_000, "65353130", "77737706", "47863826"),
        ] {
            for (alg, bytes, code) in [
                (Algorithm::Sha1, 20, sha1),
                (Algorithm::Sha256, 32, sha256),
                (Algorithm::Sha512, 64, sha512),
            ] {
                let config = TotpConfig {
                    alg,
                    code_length: 8,
                    ..config()
                };
                assert_eq!(config.code(&secret(bytes), at(second)).as_str(), code);
            }
        }
    }

    #[test]
    fn a_code_is_taken_within_the_skew_and_not_beyond() {
        let (secret, now) = (secret(20), at(1_800_000_015));
        for skew in 0..=2 {
            let config = TotpConfig { skew, ..config() };
            for off in -4..=4 {
                let code = config.code(&secret, at(now.as_second() + 30 * off));
                let taken = config.accept(&secret, &code, now, Timestamp::UNIX_EPOCH);
                let expected = off.unsigned_abs() <= u64::from(skew);
                assert_eq!(taken.is_some(), expected, "skew {skew}, off by {off}");
            }
        }
    }

    #[test]
    fn a_code_is_taken_once_and_takes_all_before_it_along() {
        let (secret, config, now) = (secret(20), config(), at(1_800_000_015));
        let before = config.code(&secret, at(now.as_second() - 30));
        let present = config.code(&secret, now);
        let after = config.code(&secret, at(now.as_second() + 30));
        let used = config
            .accept(&secret, &present, now, Timestamp::UNIX_EPOCH)
            .unwrap();
        assert_eq!(used, at(1_800_000_030));
        assert_eq!(config.accept(&secret, &present, now, used), None);
        assert_eq!(config.accept(&secret, &before, now, used), None);
        assert_eq!(config.accept(&secret, &after, now, used), Some(at(1_800_000_060)));
    }

    #[test]
    fn a_longer_step_does_not_bring_a_used_code_back() {
        let (secret, now) = (secret(20), at(1_800_000_015));
        let used = config()
            .accept(&secret, &config().code(&secret, now), now, Timestamp::UNIX_EPOCH)
            .unwrap();
        let longer = TotpConfig {
            time_step: 60,
            ..config()
        };
        let code = longer.code(&secret, now);
        assert_eq!(longer.accept(&secret, &code, now, used), None);
    }

    #[test]
    fn of_two_steps_with_one_code_the_later_is_used_up() {
        let secret = secret(20);
        let config = TotpConfig {
            code_length: 3,
            skew: 2,
            ..config()
        };
        let twice = (1..100_000)
            .map(|step| at(step * 30))
            .find(|&now| config.code(&secret, now) == config.code(&secret, at(now.as_second() + 60)))
            .unwrap();
        let code = config.code(&secret, twice);
        let used = config
            .accept(&secret, &code, twice, Timestamp::UNIX_EPOCH)
            .unwrap();
        assert_eq!(used, at(twice.as_second() + 90));
        assert_eq!(config.accept(&secret, &code, twice, used), None);
    }

    #[test]
    fn a_code_of_another_length_or_from_before_1970_is_not_taken() {
        let (secret, now) = (secret(20), at(1_800_000_015));
        let longer = TotpConfig {
            code_length: 8,
            ..config()
        };
        let code = longer.code(&secret, now);
        assert_eq!(config().accept(&secret, &code, now, Timestamp::UNIX_EPOCH), None);
        let end: Code = code.as_str()[2..].parse().unwrap();
        assert!(
            config()
                .accept(&secret, &end, now, Timestamp::UNIX_EPOCH)
                .is_some()
        );
        let past = at(-1_000_000);
        let code = config().code(&secret, at(-1_000_000 + 3600));
        let _ = config().accept(&secret, &code, past, Timestamp::UNIX_EPOCH);
    }

    #[test]
    fn a_uri_is_what_authenticators_read() {
        let config = config();
        assert_eq!(
            config.uri(&secret(20), "test-issuer", "John’s Account Name"),
            "otpauth://totp/test-issuer:John%E2%80%99s%20Account%20Name?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=test-issuer&algorithm=SHA1&digits=6&period=30"
        );
        let hostile = config.uri(&secret(20), "a:b/c?d", "x&secret=AAAA#y");
        assert_eq!(hostile.matches("secret=").count(), 1);
        assert!(hostile.starts_with("otpauth://totp/a%3Ab%2Fc%3Fd:x%26secret%3DAAAA%23y?"));
    }

    #[test]
    fn neither_secret_nor_code_is_shown_in_debug() {
        let code: Code = "755224".parse().unwrap();
        assert_eq!(format!("{:?} {code:?}", secret(20)), "Secret Code");
        for not_a_code in ["", "12", "123456789", "12345a", " 123", "１２３", "-123"] {
            assert_eq!(not_a_code.parse::<Code>(), Err(NotACode), "{not_a_code}");
        }
    }
}
