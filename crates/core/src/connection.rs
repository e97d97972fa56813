//! How this computer and a factor's server stand to each other: a state, not an error.

use jiff::{SignedDuration, Timestamp};

/// The way to a factor's server, as it was when it was last used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Connection {
    /// The server answers and knows the factor.
    Online,
    /// The server is not reached, or cannot work.
    Offline {
        /// Since when.
        since: Timestamp,
    },
    /// The two clocks differ by more than two minutes. Requests are corrected for it where that is possible.
    ClockSkewed {
        /// How far the server's clock is ahead of this computer's.
        by: SignedDuration,
    },
    /// The server does not know this factor's key any more: it was revoked there.
    SignedOut,
    /// The server has not been asked yet.
    NeverChecked,
}

/// From this difference on, the clocks are said to differ.
pub(crate) const NOTABLE_SKEW: SignedDuration = SignedDuration::from_secs(120);

impl Connection {
    /// The state after the server answered, its clock ahead of ours by `skew`.
    pub(crate) fn answered(skew: SignedDuration) -> Self {
        if skew.abs() > NOTABLE_SKEW {
            Self::ClockSkewed { by: skew }
        } else {
            Self::Online
        }
    }

    /// The state after the server was not reached at `now`: a connection that was down stays down since then.
    pub(crate) fn lost(self, now: Timestamp) -> Self {
        match self {
            Self::Offline { since } => Self::Offline { since },
            _ => Self::Offline { since: now },
        }
    }

    /// Whether this is worth an event after `before`: a skew that moves by seconds is not.
    pub(crate) fn differs_notably(self, before: Self) -> bool {
        match (self, before) {
            (Self::ClockSkewed { by }, Self::ClockSkewed { by: was }) => (by - was).abs() > NOTABLE_SKEW,
            (now, before) => now != before,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_connection_that_is_down_stays_down_since_the_first_failure() {
        let first = Timestamp::from_second(1000).unwrap();
        let later = Timestamp::from_second(2000).unwrap();
        let down = Connection::Online.lost(first);
        assert_eq!(down, Connection::Offline { since: first });
        assert_eq!(down.lost(later), down);
    }

    #[test]
    fn two_minutes_of_skew_are_not_worth_a_word_and_more_are() {
        assert_eq!(
            Connection::answered(SignedDuration::from_secs(-120)),
            Connection::Online
        );
        let by = SignedDuration::from_hours(2);
        assert_eq!(Connection::answered(by), Connection::ClockSkewed { by });
    }
}
