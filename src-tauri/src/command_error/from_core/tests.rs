use countersign_core::{ChallengeStatus, Malformed};
use countersign_keychain::KeyId;
use countersign_protocol::error::ErrorCode as ApiCode;
use jiff::Timestamp;

use super::*;

fn api_error() -> ApiError {
    ApiError::new(ApiCode::ChallengeExpired, "The challenge has expired")
}

#[test]
fn a_failed_answer_has_the_code_that_explains_it() {
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
            ErrorCode::Unconfirmed,
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
            ErrorCode::Unconfirmed,
        ),
        (AnswerError::FactorRevoked, ErrorCode::FactorRevoked),
    ];
    assert_coded(failures);
}

#[test]
fn a_number_that_does_not_approve_has_a_code_as_well() {
    assert_coded([
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

fn assert_coded(failures: impl IntoIterator<Item = (AnswerError, ErrorCode)>) {
    for (failure, code) in failures {
        let said = CommandError::from(failure);
        assert_eq!(said.code, code, "{said:?}");
    }
}

#[test]
fn a_wrong_number_says_how_many_tries_are_left() {
    let left = |tries_left| CommandError::from(AnswerError::WrongNumber { tries_left }).tries_left;
    assert_eq!([left(2), left(1), left(0)], [Some(2), Some(1), None]);
}

#[test]
fn an_enrolment_that_failed_says_why() {
    for (failure, code) in [
        (EnrolError::Link(LinkError::Insecure), ErrorCode::LinkInsecure),
        (
            EnrolError::Link(LinkError::OneTimeCode),
            ErrorCode::LinkOneTimeCode,
        ),
        (
            EnrolError::UsedOrExpired(api_error()),
            ErrorCode::LinkUsedOrExpired,
        ),
        (EnrolError::Refused(api_error()), ErrorCode::Refused),
        (EnrolError::ClockSkewed { by: None }, ErrorCode::Clock),
        (
            EnrolError::Malformed(Malformed { what: "a member" }),
            ErrorCode::Refused,
        ),
        (
            EnrolError::Keychain(KeychainError::Missing),
            ErrorCode::KeychainMissing,
        ),
    ] {
        assert_eq!(CommandError::from(failure).code, code);
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
