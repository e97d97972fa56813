//! How long to wait between two checks of a factor.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

/// Between two checks while something is expected, and while nothing is.
const SOON: Duration = Duration::from_secs(2);
pub(super) const IDLE: Duration = Duration::from_secs(10);

/// How long something is expected after a person did something that leads to requests.
pub(super) const EXPECTANT: SignedDuration = SignedDuration::from_mins(2);

/// After the first, second, … failure in a row. The last repeats: five minutes when chance adds its most.
const AFTER_FAILURE: [Duration; 7] = [
    Duration::from_secs(5),
    Duration::from_secs(10),
    Duration::from_secs(20),
    Duration::from_secs(40),
    Duration::from_secs(80),
    Duration::from_secs(160),
    Duration::from_secs(250),
];

/// While the server does not know the factor any more: a revoked factor does not come back by asking.
const SIGNED_OUT: Duration = Duration::from_secs(250);

/// However long a server asks to be left alone, after this it is asked again.
const LONGEST: SignedDuration = SignedDuration::from_hours(1);

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

impl Pace {
    /// Notes that the server wants to be left alone for so long, as long as that is reasonable.
    pub(super) fn leave_alone(&mut self, asked: Option<Duration>, now: Timestamp) {
        self.not_before = asked.and_then(|asked| {
            let asked = SignedDuration::try_from(asked).unwrap_or(LONGEST);
            now.checked_add(asked.min(LONGEST)).ok()
        });
    }

    /// How much of the time is left that the server wants to be left alone for. A clock that went back does not
    /// make it longer than it may be.
    pub(super) fn left_alone(&self, now: Timestamp) -> Option<Duration> {
        let left = self.not_before?.duration_since(now).min(LONGEST);
        Duration::try_from(left).ok().filter(|left| !left.is_zero())
    }

    fn expects(&self, now: Timestamp) -> bool {
        // More than there ever was is left only if the clock went back.
        let left = self.expecting_until.map(|until| until.duration_since(now));
        left.is_some_and(|left| left.is_positive() && left <= EXPECTANT)
    }
}

/// How long to wait for the next check of a factor. Pure: the same state and time give the same answer.
pub fn next_delay(pace: &Pace, now: Timestamp) -> Duration {
    let usual = match pace.failures.checked_sub(1) {
        None if pace.signed_out => SIGNED_OUT,
        None if pace.held => Duration::ZERO,
        None if pace.expects(now) => SOON,
        None => IDLE,
        Some(failure) => AFTER_FAILURE[failure.min(AFTER_FAILURE.len() - 1)],
    };
    // A fifth up or down; but never before a server wants to be asked, and not all devices at that very moment.
    let chance = pace.jitter.clamp(-1.0, 1.0) * 0.2;
    let left_alone = pace.left_alone(now).unwrap_or_default();
    usual
        .mul_f32(1.0 + chance)
        .max(left_alone.mul_f32(1.0 + chance.abs()))
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
        assert_eq!(next_delay(&pace, at(0)), SOON);
        assert_eq!(next_delay(&pace, at(119)), SOON);
        assert_eq!(next_delay(&pace, at(120)), IDLE);
        assert_eq!(next_delay(&pace, at(-1)), IDLE, "the clock went back");
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
        assert_eq!([1, 2, 3, 7, 8, 1000].map(after), [5, 10, 20, 250, 250, 250]);
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
        assert_eq!(next_delay(&pace(1_000_000), at(10)), LONGEST.unsigned_abs());
        let mut pace = Pace::default();
        pace.leave_alone(Some(Duration::MAX), at(0));
        assert_eq!(pace.left_alone(at(3599)), Some(Duration::from_secs(1)));
        assert_eq!(pace.left_alone(at(3600)), None, "however often somebody looked");
        pace.leave_alone(None, at(0));
        assert_eq!(pace.left_alone(at(0)), None);
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
        fn chance_never_makes_a_wait_longer_than_five_minutes(jitter in -1.0f32..=1.0, failures in 0usize..1000) {
            let pace = Pace { failures, jitter, signed_out: failures == 0, ..Pace::default() };
            prop_assert!(next_delay(&pace, at(0)) <= Duration::from_secs(300));
        }

        #[test]
        fn a_server_is_asked_after_the_time_it_named_and_not_by_everybody_at_once(jitter in -1.0f32..=1.0) {
            let pace = Pace { failures: 1, not_before: Some(at(600)), jitter, ..Pace::default() };
            let delay = next_delay(&pace, at(0)).as_secs_f32();
            prop_assert!((600.0..=720.0).contains(&delay));
            prop_assert!((delay - 600.0 * (1.0 + jitter.abs() / 5.0)).abs() < 0.1);
        }

        #[test]
        fn drawn_chance_stays_in_its_range(_: u8) {
            prop_assert!((-1.0..=1.0).contains(&draw_jitter()));
        }
    }
}
