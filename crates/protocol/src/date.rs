//! The two date formats of the wire: `YYYY-MM-DDTHH:MM:SSZ` in JSON and forms, and the HTTP `Date` header.
//!
//! Section 1.7: the strictest reader accepts neither fractions nor `+00:00`, so neither is ever written.

use jiff::{SignedDuration, Timestamp};

/// Writes `2026-11-20T04:44:49Z`; fractions of a second are cut off.
pub fn format(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// Reads an ISO 8601 date with a zone. Fractions and numeric offsets are accepted, because servers have sent
/// them, and fractions are cut off, because they cannot be written back.
pub fn parse(text: &str) -> Result<Timestamp, DateError> {
    if text.len() > 40 {
        return Err(DateError);
    }
    text.parse::<Timestamp>().map(to_seconds).map_err(|_| DateError)
}

/// `at` without its fraction of a second: the resolution of the wire.
pub fn to_seconds(at: Timestamp) -> Timestamp {
    Timestamp::from_second(
        at.as_nanosecond()
            .div_euclid(1_000_000_000)
            .try_into()
            .unwrap_or(0),
    )
    .unwrap_or(at)
}

/// Writes the value of an HTTP `Date` header: `Tue, 21 Jul 2020 17:07:32 GMT` (RFC 9110, section 5.6.7).
pub fn format_http(at: Timestamp) -> String {
    at.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

/// Reads the value of an HTTP `Date` header.
pub fn parse_http(text: &str) -> Result<Timestamp, DateError> {
    if text.len() > 40 {
        return Err(DateError);
    }
    jiff::fmt::rfc2822::DateTimeParser::new()
        .parse_timestamp(text)
        .map_err(|_| DateError)
}

/// How far a server's clock is ahead of this one, in whole seconds, from its `Date` header (section 7.4).
///
/// # Errors
/// If the header cannot be read, or the difference exceeds 26 hours: a clock that shows another zone's time as
/// its own is off by that much at most, and a hostile one must not move the dates in our tokens at will.
pub fn correction(date_header: &str, now: Timestamp) -> Result<SignedDuration, DateError> {
    let by = SignedDuration::from_secs(parse_http(date_header)?.as_second() - now.as_second());
    if by.abs() > SignedDuration::from_hours(26) {
        Err(DateError)
    } else {
        Ok(by)
    }
}

/// The text is not a date in the expected format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a date of the form 2026-11-20T04:44:49Z")]
pub struct DateError;

/// Serialises a [`Timestamp`] in the wire format; for `#[serde(with = "…")]`.
pub mod serde_iso {
    use jiff::Timestamp;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    /// Writes the wire format.
    pub fn serialize<S: Serializer>(at: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&super::format(*at))
    }

    /// Reads the wire format.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Timestamp, D::Error> {
        super::parse(&String::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

/// As [`serde_iso`], for a date that may be `null` or absent.
pub mod serde_iso_option {
    use jiff::Timestamp;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    /// Writes the wire format, or `null`.
    pub fn serialize<S: Serializer>(at: &Option<Timestamp>, serializer: S) -> Result<S::Ok, S::Error> {
        match at {
            Some(at) => super::serde_iso::serialize(at, serializer),
            None => serializer.serialize_none(),
        }
    }

    /// Reads the wire format, or `null`.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Timestamp>, D::Error> {
        Option::<String>::deserialize(deserializer)?
            .map(|text| super::parse(&text).map_err(D::Error::custom))
            .transpose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_without_fractions_and_end_in_z() {
        let at: Timestamp = "2026-11-20T04:44:49.987Z".parse().unwrap();
        assert_eq!(format(at), "2026-11-20T04:44:49Z");
        assert_eq!(format_http(at), "Fri, 20 Nov 2026 04:44:49 GMT");
    }

    #[test]
    fn the_vendors_own_date_header_is_read() {
        let at = parse_http("Tue, 21 Jul 2020 17:07:32 GMT").unwrap();
        assert_eq!(format(at), "2020-07-21T17:07:32Z");
    }

    #[test]
    fn fractions_and_offsets_are_read_and_cut_to_seconds() {
        assert_eq!(
            format(parse("2026-11-20T04:44:49.999Z").unwrap()),
            "2026-11-20T04:44:49Z"
        );
        assert_eq!(
            format(parse("2026-11-20T04:44:49-08:00").unwrap()),
            "2026-11-20T12:44:49Z"
        );
    }

    #[test]
    fn other_texts_are_refused() {
        for text in [
            "",
            "null",
            "2026-11-20",
            "2026-11-20T04:44:49",
            "20 Nov 2026",
            "2026-13-01T00:00:00Z",
            "9".repeat(500).as_str(),
        ] {
            assert_eq!(parse(text), Err(DateError), "{text}");
            assert!(parse_http(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_clock_two_hours_off_is_corrected_and_one_a_year_off_is_not_believed() {
        let now = parse("2026-11-20T04:00:00Z").unwrap();
        assert_eq!(
            correction("Fri, 20 Nov 2026 06:00:00 GMT", now),
            Ok(SignedDuration::from_hours(2))
        );
        assert_eq!(correction("Sat, 20 Nov 2027 06:00:00 GMT", now), Err(DateError));
    }
}
