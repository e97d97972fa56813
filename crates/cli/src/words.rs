//! Times and durations as people say them.

use jiff::{SignedDuration, Timestamp, tz::TimeZone};

/// A moment, by the clock on the wall: "2026-11-20 14:05:09 CET".
pub(crate) fn moment(at: Timestamp) -> String {
    in_zone(at, TimeZone::system())
}

fn in_zone(at: Timestamp, zone: TimeZone) -> String {
    at.to_zoned(zone).strftime("%Y-%m-%d %H:%M:%S %Z").to_string()
}

/// How long something lasts: "4:35" for less than an hour, "1 h 05 min" from there on.
pub(crate) fn length(duration: SignedDuration) -> String {
    let seconds = duration.as_secs().unsigned_abs();
    match seconds / 3600 {
        0 => format!("{}:{:02}", seconds / 60, seconds % 60),
        hours if hours < 48 => format!("{hours} h {:02} min", seconds % 3600 / 60),
        hours => format!("{} days", hours / 24),
    }
}

/// "1 request", "2 requests".
pub(crate) fn count(number: usize, one: &str) -> String {
    let ending = if number == 1 { "" } else { "s" };
    format!("{number} {one}{ending}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_told_as_exactly_as_they_matter() {
        for (seconds, words) in [
            (0, "0:00"),
            (59, "0:59"),
            (275, "4:35"),
            (3600, "1 h 00 min"),
            (-7500, "2 h 05 min"),
            (200_000, "2 days"),
        ] {
            assert_eq!(length(SignedDuration::from_secs(seconds)), words);
        }
    }

    #[test]
    fn a_moment_names_its_zone() {
        let at = "2026-11-20T13:05:09Z".parse().unwrap();
        assert_eq!(in_zone(at, TimeZone::UTC), "2026-11-20 13:05:09 UTC");
    }
}
