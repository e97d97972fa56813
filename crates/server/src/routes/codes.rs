//! How the API names what is wrong with a code, or with bringing one now (sections 9.4 and 9.5 of the Verify Push
//! protocol notes).

use countersign_protocol::error::ErrorCode;

use crate::{
    answer::Refusal,
    store::{challenges::answering::AnswerChallengeError, codes::CodeError},
};

impl From<CodeError> for Refusal {
    fn from(error: CodeError) -> Self {
        let (code, message) = match error {
            CodeError::Gone => return Self::NotFound,
            CodeError::Store(error) => return error.into(),
            CodeError::Answered => return AnswerChallengeError::Answered.into(),
            CodeError::Expired => return AnswerChallengeError::Expired.into(),
            CodeError::ChallengeLocked => (
                ErrorCode::ChallengeAttempts,
                "The challenge was given too many wrong codes; make another one",
            ),
            CodeError::FactorLocked => (
                ErrorCode::FactorAttempts,
                "The factor was given too many wrong codes; make another one",
            ),
            CodeError::Wrong => (
                ErrorCode::FactorVerification,
                "The code is wrong, or was used before; the factor stays verified",
            ),
        };
        Self::new(code, message)
    }
}
