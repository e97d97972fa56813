//! When it is not confirmed that it is the right person, and when a PIN or a policy stays what it was.

use countersign_core::{NotConfirmed, PinError, PolicyError};

use super::{CommandError, ErrorCode, chain};
use crate::views::verification::seconds;

impl From<NotConfirmed> for CommandError {
    fn from(error: NotConfirmed) -> Self {
        let detail = chain(&error);
        let code = match error {
            NotConfirmed::Store(error) => return error.into(),
            NotConfirmed::PinWrong { tries_left, wait } => {
                return Self {
                    tries_left: Some(tries_left),
                    wait_seconds: wait.map(seconds),
                    ..Self::new(ErrorCode::PinWrong)
                };
            }
            NotConfirmed::Refused(_) => ErrorCode::PresenceRefused,
            NotConfirmed::Unavailable => ErrorCode::PresenceUnavailable,
            NotConfirmed::PinNeeded => ErrorCode::PinNeeded,
        };
        Self::new(code).with_detail(detail)
    }
}

impl From<PinError> for CommandError {
    fn from(error: PinError) -> Self {
        let detail = chain(&error);
        let code = match error {
            PinError::NotConfirmed(error) => return error.into(),
            PinError::Store(error) => return error.into(),
            PinError::Length => ErrorCode::PinLength,
            PinError::StillNeeded => ErrorCode::PinStillNeeded,
            PinError::Hash(_) => ErrorCode::Internal,
        };
        Self::new(code).with_detail(detail)
    }
}

impl From<PolicyError> for CommandError {
    fn from(error: PolicyError) -> Self {
        match error {
            PolicyError::NotConfirmed(error) => error.into(),
            PolicyError::Store(error) => error.into(),
            PolicyError::NotFound => Self::new(ErrorCode::NotFound),
            PolicyError::NothingToVerifyWith => Self::new(ErrorCode::PresenceUnavailable).with_detail(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use countersign_core::AnswerError;
    use countersign_keychain::PresenceError;

    use super::*;

    #[test]
    fn whoever_was_not_confirmed_is_told_why() {
        let wait = Some(Duration::from_secs(30));
        for (error, code) in [
            (
                NotConfirmed::Refused(PresenceError::Declined),
                ErrorCode::PresenceRefused,
            ),
            (NotConfirmed::Unavailable, ErrorCode::PresenceUnavailable),
            (NotConfirmed::PinNeeded, ErrorCode::PinNeeded),
            (
                NotConfirmed::PinWrong { tries_left: 0, wait },
                ErrorCode::PinWrong,
            ),
        ] {
            assert_eq!(CommandError::from(AnswerError::NotConfirmed(error)).code, code);
        }
    }

    #[test]
    fn a_wrong_pin_says_how_many_tries_are_left_and_how_long_to_wait() {
        let wrong = |tries_left, wait| {
            let said = CommandError::from(NotConfirmed::PinWrong { tries_left, wait });
            (said.tries_left, said.wait_seconds)
        };
        assert_eq!(wrong(3, None), (Some(3), None));
        assert_eq!(wrong(0, Some(Duration::from_millis(20))), (Some(0), Some(1)));
    }
}
