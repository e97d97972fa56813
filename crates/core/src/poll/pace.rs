//! How long to wait between two checks of a factor.

use std::time::Duration;

use jiff::Timestamp;

/// Between two checks while something is expected, and while nothing is.
const SOON: Duration = Duration::from_secs(2);
pub(super) const IDLE: Duration = Duration::from_secs(10);

/// After the first, second, … failure in a row. The last repeats.
const AFTER_FAILURE: [Duration; 7] = [
    Duration::from_secs(5),
    Duration::from_secs(10),
    Duration::from_secs(20),
    Duration::from_secs(40),
    Duration::from_secs(80),
    Duration::from_secs(160),
    Duration::from_secs(300),
];

/// While the server does not know the factor any more: a revoked factor does not come back by asking.
const SIGNED_OUT: Duration = Duration::from_secs(300);

/// However long a server asks to be left alone, after this it is asked again.
const LONGEST: Duration = Duration::from_secs(3600);

/// What the time of the next check of a factor depends on.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Pace {
    /// Until when requests are expected: a window came to the front, a link was opened, something was answered.
    pub expecting_until: Option<Timestamp>,
    /// How many checks in a row have failed.
    pub failures: usize,
    /// When the server asked to be asked again, at the earliest.
    pub not_before: Option<Timestamp>,
    /// Whether the server does not know the factor any more.
    pub signed_out: bool,
    /// Whether the server holds the next request itself, until there is news.
    pub held: bool,
    /// From -1 to 1: where in the range of chance this check lies, so that devices do not march in step.
    pub jitter: f32,
}

/// How long to wait for the next check of a factor. Pure: the same state and time give the same answer.
pub fn next_delay(pace: &Pace, now: Timestamp) -> Duration {
    let expecting = pace.expecting_until.is_some_and(|until| now < until);
    let usual = match pace.failures.checked_sub(1) {
        None if pace.signed_out => SIGNED_OUT,
        None if pace.held => Duration::ZERO,
        None if expecting => SOON,
        None => IDLE,
        Some(failure) => AFTER_FAILURE[failure.min(AFTER_FAILURE.len() - 1)],
    };
    // A fifth up or down.
    let spread = usual.mul_f32(1.0 + pace.jitter.clamp(-1.0, 1.0) * 0.2);
    let asked_for = pace.not_before.map_or(Duration::ZERO, |at| {
        Duration::try_from(at.duration_since(now))
            .unwrap_or(Duration::ZERO)
            .min(LONGEST)
    });
    spread.max(asked_for)
}

/// Chance, from -1 to 1.
pub(super) fn draw_jitter() -> f32 {
    let chance = getrandom::u32().map_or(0, |chance| u16::try_from(chance & 0xffff).unwrap_or(0));
    f32::from(chance) / 32768.0 - 1.0
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn checks_are_frequent_while_something_is_expected_and_rare_while_not() {
        let pace = Pace {
            expecting_until: Some(at(120)),
            ..Pace::default()
        };
        assert_eq!(next_delay(&pace, at(119)), SOON);
        assert_eq!(next_delay(&pace, at(120)), IDLE);
        assert_eq!(next_delay(&Pace::default(), at(0)), IDLE);
    }

    #[test]
    fn failures_slow_the_checks_down_to_five_minutes_whatever_is_expected() {
        let after = |failures| {
            let pace = Pace {
                failures,
                expecting_until: Some(at(100)),
                ..Pace::default()
            };
            next_delay(&pace, at(0)).as_secs()
        };
        assert_eq!([1, 2, 3, 7, 8, 1000].map(after), [5, 10, 20, 300, 300, 300]);
    }

    #[test]
    fn a_server_that_asks_to_be_left_alone_is_left_alone_but_not_for_ever() {
        let pace = |not_before| Pace {
            failures: 1,
            not_before: Some(at(not_before)),
            ..Pace::default()
        };
        assert_eq!(next_delay(&pace(100), at(10)).as_secs(), 90);
        assert_eq!(next_delay(&pace(5), at(10)).as_secs(), 5);
        assert_eq!(next_delay(&pace(1_000_000), at(10)), LONGEST);
    }

    #[test]
    fn what_the_server_holds_is_asked_at_once_but_not_after_a_failure() {
        let held = Pace {
            held: true,
            ..Pace::default()
        };
        assert_eq!(next_delay(&held, at(0)), Duration::ZERO);
        let failed = Pace { failures: 1, ..held };
        assert_eq!(next_delay(&failed, at(0)), AFTER_FAILURE[0]);
        let signed_out = Pace {
            signed_out: true,
            ..held
        };
        assert_eq!(next_delay(&signed_out, at(0)), SIGNED_OUT);
    }

    proptest! {
        #[test]
        fn chance_moves_a_check_by_a_fifth_at_most(jitter in -5.0f32..5.0, failures in 0usize..10) {
            let pace = Pace { failures, jitter, ..Pace::default() };
            let still = next_delay(&Pace { jitter: 0.0, ..pace }, at(0)).as_secs_f32();
            let moved = next_delay(&pace, at(0)).as_secs_f32();
            prop_assert!((still * 0.79..=still * 1.21).contains(&moved));
        }

        #[test]
        fn drawn_chance_stays_in_its_range(_: u8) {
            prop_assert!((-1.0..=1.0).contains(&draw_jitter()));
        }
    }
}
