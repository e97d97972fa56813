//! Why it is not confirmed that it is the right person, and why a PIN or a policy stays what it was.

use countersign_core::{NotConfirmed, PinError, PolicyError};

use super::Failure;
use crate::{exit::Exit, keychain::sentence};

impl From<NotConfirmed> for Failure {
    fn from(error: NotConfirmed) -> Self {
        let failure = Self::new(Exit::NotConfirmed, sentence(&error.to_string()));
        match error {
            NotConfirmed::Refused(_) => failure.with_code("presence_refused").with_advice("Try again."),
            NotConfirmed::Unavailable => failure
                .with_code("presence_unavailable")
                .with_advice("Where no factor asks for it yet, set a PIN (countersign pin set). Otherwise remove each factor that does (countersign remove YF…) before, and enrol anew."),
            NotConfirmed::PinNeeded => failure
                .with_code("pin_needed")
                .with_advice("Run it in a terminal, or put the PIN into a file with mode 600 and name that file in COUNTERSIGN_PIN_FILE."),
            NotConfirmed::PinWrong { wait: Some(_), .. } => failure
                .with_code("pin_wrong")
                .with_advice("Wait, then try again. Requests can still be denied."),
            NotConfirmed::PinWrong { wait: None, .. } => failure.with_code("pin_wrong").with_advice("Try again."),
            NotConfirmed::Store(error) => error.into(),
        }
    }
}

impl From<PinError> for Failure {
    fn from(error: PinError) -> Self {
        match error {
            PinError::Length => Self::new(Exit::Usage, sentence(&error.to_string())).with_code("pin_length"),
            PinError::StillNeeded => Self::new(Exit::Usage, sentence(&error.to_string()))
                .with_code("pin_still_needed")
                .with_advice("Turn verification off first: countersign policy YF… --verification never"),
            PinError::NotConfirmed(error) => Self::from(error).and("The PIN was not changed."),
            PinError::Hash(_) => Self::other(sentence(&error.to_string())),
            PinError::Store(error) => error.into(),
        }
    }
}

impl From<PolicyError> for Failure {
    fn from(error: PolicyError) -> Self {
        match error {
            PolicyError::NotFound => Self::new(Exit::NotFound, sentence(&error.to_string()))
                .with_advice("See what there is: countersign factors"),
            PolicyError::NothingToVerifyWith => Self::new(Exit::Usage, sentence(&error.to_string()))
                .with_code("nothing_to_verify_with")
                .with_advice("Set a PIN first: countersign pin set"),
            PolicyError::NotConfirmed(error) => Self::from(error).and("The policy was not changed."),
            PolicyError::Store(error) => error.into(),
        }
    }
}
