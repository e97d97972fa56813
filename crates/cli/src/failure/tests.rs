use countersign_core::Malformed;
use countersign_keychain::KeychainError;
use countersign_protocol::{challenge_response::ResponseError, error::ApiError};

use super::*;

fn api_error(status: u16) -> ApiError {
    ApiError {
        code: 20001,
        message: "because".to_owned(),
        more_info: String::new(),
        status,
    }
}

fn exit_of(error: impl Into<Failure>) -> (u8, &'static str) {
    let failure = error.into();
    (failure.exit.number(), failure.code)
}

#[test]
fn every_way_not_to_answer_has_its_exit() {
    let at = Timestamp::UNIX_EPOCH;
    let by = Some(SignedDuration::from_hours(30));
    let lost = || Box::new(ClientError::Input { what: "it" });
    for (error, expected) in [
        (AnswerError::NotFound, (3, "not_found")),
        (AnswerError::Expired { at }, (4, "expired")),
        (
            AnswerError::AlreadyAnswered {
                status: ChallengeStatus::Denied,
                at,
            },
            (5, "already_answered"),
        ),
        (AnswerError::WrongFactor, (1, "wrong_factor")),
        (
            AnswerError::Offline {
                sent: false,
                source: lost(),
            },
            (7, "offline"),
        ),
        (
            AnswerError::Offline {
                sent: true,
                source: lost(),
            },
            (7, "outcome_unknown"),
        ),
        (AnswerError::ClockSkewed { by }, (10, "clock")),
        (
            AnswerError::Keychain(KeychainError::Locked),
            (8, "keychain_locked"),
        ),
        (AnswerError::Refused(api_error(403)), (9, "refused")),
        (
            AnswerError::SignatureFields(ResponseError::Fields),
            (1, "signature_fields"),
        ),
        (
            AnswerError::NotUpdated {
                status: ChallengeStatus::Pending,
            },
            (7, "outcome_unknown"),
        ),
        (AnswerError::FactorRevoked, (9, "factor_revoked")),
        (AnswerError::Malformed(Malformed { what: "it" }), (1, "malformed")),
        (
            AnswerError::Store(StoreError::Damaged { what: "it" }),
            (1, "storage"),
        ),
    ] {
        assert_eq!(exit_of(error), expected);
    }
    assert_eq!(
        Failure::changed(&"YC0123456789abcdef0123456789abcdef".parse().unwrap()).exit,
        Exit::Changed
    );
}

#[test]
fn every_number_that_does_not_approve_has_its_exit() {
    for (error, expected) in [
        (AnswerError::NumberNeeded, (12, "number_needed")),
        (AnswerError::NumberNotAsked, (2, "number_not_asked")),
        (AnswerError::WrongNumber { tries_left: 1 }, (12, "wrong_number")),
        (
            AnswerError::WrongNumber { tries_left: 0 },
            (12, "denied_after_wrong_numbers"),
        ),
        (
            AnswerError::NumberLocked { retry_after: None },
            (12, "number_locked"),
        ),
    ] {
        assert_eq!(exit_of(error), expected);
    }
    assert_eq!(exit_of(ReportError::Note), (2, "usage"));
    let later = AnswerError::NumberLocked {
        retry_after: Some(std::time::Duration::from_secs(7200)),
    };
    let advice = Failure::from(later).advice.unwrap();
    assert!(
        advice.starts_with("It takes some again in 2 h 00 min."),
        "{advice}"
    );
}

#[test]
fn what_was_not_answered_is_said_to_be_so_and_what_may_have_been_is_not() {
    let silent = |error: AnswerError| {
        let message = Failure::from(error).message.to_lowercase();
        !message.contains("nothing was")
    };
    assert!(!silent(AnswerError::NotFound));
    assert!(!silent(AnswerError::FactorRevoked));
    assert!(!silent(AnswerError::NumberNeeded));
    assert!(!silent(AnswerError::NumberNotAsked));
    assert!(!silent(AnswerError::Expired {
        at: Timestamp::UNIX_EPOCH
    }));
    assert!(!silent(AnswerError::Keychain(KeychainError::Refused)));
    let source = Box::new(ClientError::NoSuchFactor);
    assert!(silent(AnswerError::Offline { sent: true, source }));
    assert!(silent(AnswerError::NotUpdated {
        status: ChallengeStatus::Pending
    }));
    assert!(silent(AnswerError::Store(StoreError::Damaged { what: "it" })));
}

#[test]
fn every_way_not_to_enrol_has_its_exit_and_says_so() {
    for (error, expected) in [
        (
            EnrolError::UsedOrExpired(api_error(401)),
            (4, "link_used_or_expired"),
        ),
        (EnrolError::Refused(api_error(400)), (9, "refused")),
        (EnrolError::ClockSkewed { by: None }, (10, "clock")),
        (EnrolError::Malformed(Malformed { what: "it" }), (1, "malformed")),
        (
            EnrolError::Keychain(KeychainError::Missing),
            (8, "keychain_missing"),
        ),
        (
            EnrolError::Store(StoreError::Damaged { what: "it" }),
            (1, "storage"),
        ),
    ] {
        let failure = Failure::from(error);
        assert!(
            failure.message.ends_with("This computer was not enrolled."),
            "{}",
            failure.message
        );
        assert_eq!((failure.exit.number(), failure.code), expected);
    }
    assert_eq!(exit_of(EnrolError::Link(LinkError::Empty)), (2, "link_invalid"));
    assert_eq!(exit_of(LinkError::OneTimeCode), (2, "link_invalid"));
}

#[test]
fn every_other_error_has_its_exit() {
    let refused = |status| ClientError::Refused {
        error: api_error(status),
        retry_after: None,
    };
    for (error, expected) in [
        (refused(404), (3, "not_found")),
        (refused(429), (9, "refused")),
        (ClientError::SignedOut(api_error(401)), (9, "factor_revoked")),
        (ClientError::ClockSkewed { by: None }, (10, "clock")),
        (ClientError::Malformed(Malformed { what: "it" }), (1, "malformed")),
        (
            ClientError::Store(StoreError::Damaged { what: "it" }),
            (1, "storage"),
        ),
        (ClientError::NoSuchFactor, (3, "not_found")),
        (ClientError::Keychain(KeychainError::Damaged), (8, "key_damaged")),
        (ClientError::WrongFactor, (1, "wrong_factor")),
        (ClientError::Input { what: "it" }, (2, "usage")),
    ] {
        assert_eq!(exit_of(error), expected);
    }
    assert_eq!(exit_of(RequestError::NotFound), (3, "not_found"));
    assert_eq!(exit_of(RemoveError::NotFound), (3, "not_found"));
    assert_eq!(exit_of(PollError::AnotherProcess), (1, "storage"));
}

#[test]
fn what_a_server_wrote_is_not_obeyed() {
    let mut error = api_error(400);
    error.message = "no\u{1b}[2J\nNothing is wrong".to_owned();
    let words = Failure::from(AnswerError::Refused(error)).words();
    assert!(!words.contains(['\n', '\u{1b}']), "{words:?}");
}
