use countersign_core::{ChallengeStatus, Malformed};
use countersign_keychain::KeyId;
use countersign_protocol::error::ErrorCode as ApiCode;
use jiff::Timestamp;

use super::*;

fn api_error() -> ApiError {
    ApiError::new(ApiCode::ChallengeExpired, "The challenge has expired")
}

#[test]
fn a_failed_answer_says_whether_anything_was_answered_and_what_to_do() {
    let at = Timestamp::from_second(1_800_000_000).unwrap();
    let lost = || Box::new(ClientError::NoSuchFactor);
    let failures: [(AnswerError, ErrorCode); 12] = [
        (AnswerError::NotFound, ErrorCode::NotFound),
        (AnswerError::Expired { at }, ErrorCode::Expired),
        (
            AnswerError::AlreadyAnswered {
                status: ChallengeStatus::Denied,
                at,
            },
            ErrorCode::AlreadyAnswered,
        ),
        (AnswerError::WrongFactor, ErrorCode::Refused),
        (
            AnswerError::Offline {
                sent: false,
                source: lost(),
            },
            ErrorCode::Offline,
        ),
        (
            AnswerError::Offline {
                sent: true,
                source: lost(),
            },
            ErrorCode::Offline,
        ),
        (AnswerError::ClockSkewed { by: None }, ErrorCode::Clock),
        (KeychainError::Locked.into(), ErrorCode::KeychainLocked),
        (
            KeychainError::Lost { id: KeyId::make() }.into(),
            ErrorCode::KeyLost,
        ),
        (AnswerError::Refused(api_error()), ErrorCode::Refused),
        (
            AnswerError::NotUpdated {
                status: ChallengeStatus::Pending,
            },
            ErrorCode::Refused,
        ),
        (AnswerError::FactorRevoked, ErrorCode::FactorRevoked),
    ];
    assert_explained(failures);
}

#[test]
fn a_number_that_does_not_approve_is_explained_as_well() {
    assert_explained([
        (AnswerError::NumberNeeded, ErrorCode::NumberNeeded),
        (AnswerError::WrongNumber { tries_left: 2 }, ErrorCode::WrongNumber),
        (
            AnswerError::WrongNumber { tries_left: 0 },
            ErrorCode::WrongNumberDenied,
        ),
        (
            AnswerError::NumberLocked { retry_after: None },
            ErrorCode::NumberLocked,
        ),
    ]);
}

fn assert_explained(failures: impl IntoIterator<Item = (AnswerError, ErrorCode)>) {
    for (failure, code) in failures {
        let said = CommandError::from(failure);
        assert_eq!(said.code, code, "{said:?}");
        assert!(
            said.message.contains("Nothing") || said.message.contains("not known"),
            "{said:?}"
        );
        assert!(
            said.message.ends_with('.') && said.advice.ends_with('.'),
            "{said:?}"
        );
    }
}

#[test]
fn a_wrong_number_says_how_many_tries_are_left() {
    let left = |tries_left| CommandError::from(AnswerError::WrongNumber { tries_left }).tries_left;
    assert_eq!([left(2), left(1), left(0)], [Some(2), Some(1), None]);
}

#[test]
fn a_sent_answer_is_never_called_nothing() {
    let failure = AnswerError::Offline {
        sent: true,
        source: Box::new(ClientError::NoSuchFactor),
    };
    assert!(!CommandError::from(failure).message.contains("Nothing"));
}

#[test]
fn an_enrolment_that_failed_says_that_nothing_was_added() {
    for failure in [
        EnrolError::Link(LinkError::Insecure),
        EnrolError::UsedOrExpired(api_error()),
        EnrolError::Refused(api_error()),
        EnrolError::ClockSkewed { by: None },
        EnrolError::Malformed(Malformed { what: "a member" }),
        EnrolError::Keychain(KeychainError::Missing),
    ] {
        let said = CommandError::from(failure);
        assert!(
            said.message.contains("not added") || said.message.contains("othing was added"),
            "{said:?}"
        );
    }
}

#[test]
fn the_code_of_the_api_is_kept_for_whoever_helps() {
    let said = CommandError::from(AnswerError::Refused(api_error()));
    assert_eq!(
        said.detail.unwrap(),
        format!(
            "{} (HTTP 403): The challenge has expired",
            ApiCode::ChallengeExpired.number()
        )
    );
}
