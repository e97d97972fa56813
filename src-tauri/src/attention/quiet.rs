//! How long a person may want quiet, out of a menu.

use jiff::{SignedDuration, Zoned, civil::Time};

/// A time without notifications.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Quiet {
    /// Twenty minutes.
    TwentyMinutes,
    /// An hour.
    Hour,
    /// Until the next morning.
    UntilTomorrow,
}

/// When the next day begins, for somebody who stays up late.
const MORNING: Time = Time::constant(6, 0, 0, 0);

impl Quiet {
    /// All that are offered, in their order.
    pub(crate) const ALL: [Self; 3] = [Self::TwentyMinutes, Self::Hour, Self::UntilTomorrow];

    /// The name of its text.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::TwentyMinutes => "tray-mute-minutes",
            Self::Hour => "tray-mute-hour",
            Self::UntilTomorrow => "tray-mute-tomorrow",
        }
    }

    /// How long it is from `now`; a day at most.
    pub(crate) fn lasting(self, now: &Zoned) -> SignedDuration {
        let day = SignedDuration::from_hours(24);
        match self {
            Self::TwentyMinutes => SignedDuration::from_mins(20),
            Self::Hour => SignedDuration::from_hours(1),
            Self::UntilTomorrow => {
                let today = now.with().time(MORNING).build();
                let next = [today.clone(), today.and_then(|today| today.tomorrow())];
                let next = next.into_iter().flatten().find(|morning| morning > now);
                // A minute is the shortest quiet there is.
                next.map_or(day, |morning| now.duration_until(&morning))
                    .clamp(SignedDuration::from_mins(1), day)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tomorrow_is_the_next_morning_and_never_more_than_a_day_away() {
        for (now, hours) in [
            ("2026-11-20T22:00[Europe/Berlin]", 8),
            ("2026-11-20T01:00[Europe/Berlin]", 5),
            ("2026-11-20T06:00[Europe/Berlin]", 24),
            ("2026-11-20T07:00[UTC]", 23),
            // The night in which the clocks go back is an hour longer.
            ("2026-10-24T22:00[Europe/Berlin]", 9),
            ("2026-10-24T06:00[Europe/Berlin]", 24),
        ] {
            let lasting = Quiet::UntilTomorrow.lasting(&now.parse().unwrap());
            assert_eq!(lasting, SignedDuration::from_hours(hours), "{now}");
        }
    }
}
