//! Why a command did not do what it was asked: what happened, whether anything was approved, what to do.

use countersign_core::{
    AnswerError, ChallengeStatus, EnrolError, PollError, RemoveError, RequestError, StoreError,
    client::ClientError,
};
use countersign_protocol::link::LinkError;
use jiff::{SignedDuration, Timestamp};

use crate::{exit::Exit, keychain::sentence, plain, words};

/// Why a command did not do what it was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Failure {
    /// The exit code.
    pub(crate) exit: Exit,
    /// One word for it: that of the exit code, or a finer one.
    pub(crate) code: &'static str,
    /// What happened, in sentences.
    pub(crate) message: String,
    /// What to do, if there is something.
    pub(crate) advice: Option<String>,
}

impl Failure {
    /// A failure with the exit code's own word.
    pub(crate) fn new(exit: Exit, message: impl Into<String>) -> Self {
        Self {
            exit,
            code: exit.code(),
            message: message.into(),
            advice: None,
        }
    }

    /// None of the others.
    pub(crate) fn other(message: impl Into<String>) -> Self {
        Self::new(Exit::Other, message)
    }

    /// What was asked cannot be understood.
    pub(crate) fn usage(reason: &str) -> Self {
        Self::new(Exit::Usage, sentence(reason)).with_advice("See: countersign --help")
    }

    /// Nobody is there to be asked.
    pub(crate) fn unattended(unconfirmed: &str) -> Self {
        Self::new(
            Exit::NotConfirmed,
            format!("This needs a yes, and standard input is no terminal to ask for it. {unconfirmed}"),
        )
        .with_advice("Run it in a terminal, or say yes beforehand with --yes.")
    }

    /// Nothing to say: the reader is gone.
    pub(crate) fn silent(exit: Exit) -> Self {
        Self::new(exit, "")
    }

    /// With a finer word.
    pub(crate) fn with_code(mut self, code: &'static str) -> Self {
        self.code = code;
        self
    }

    /// With something to do.
    pub(crate) fn with_advice(mut self, advice: impl Into<String>) -> Self {
        self.advice = Some(advice.into()).filter(|advice| !advice.is_empty());
        self
    }

    /// With one more sentence.
    pub(crate) fn and(mut self, sentence: &str) -> Self {
        self.message = format!("{} {sentence}", self.message);
        self
    }

    /// Whether there is nothing to say.
    pub(crate) fn is_silent(&self) -> bool {
        self.message.is_empty()
    }

    /// All of it, for a person.
    pub(crate) fn words(&self) -> String {
        let mut text = plain::line(&self.message);
        if let Some(advice) = &self.advice {
            text.push('\n');
            text.push_str(&plain::line(advice));
        }
        text
    }

    fn clock(by: Option<SignedDuration>) -> Self {
        let message = match by {
            Some(by) => format!(
                "This computer's clock and the server's differ by {}.",
                words::length(by)
            ),
            None => "This computer's clock and the server's differ by too much.".to_owned(),
        };
        Self::new(Exit::Clock, message).with_advice("Set this computer's clock, and try again.")
    }

    fn revoked() -> Self {
        Self::new(Exit::Refused, "The server does not know this factor any more.")
            .with_code("factor_revoked")
            .with_advice("Remove the factor (countersign remove YF…) and enrol anew.")
    }

    fn offline(reason: &dyn std::fmt::Display) -> Self {
        Self::new(Exit::Offline, sentence(&reason.to_string()))
            .with_advice("Check the network, and try again.")
    }
}

impl From<LinkError> for Failure {
    fn from(error: LinkError) -> Self {
        let advice = match error {
            LinkError::OneTimeCode => "Use an app for one-time codes for this one.",
            LinkError::Version => "Use a newer version of Countersign.",
            _ => "Copy the whole link again from the page that showed it.",
        };
        Self::new(
            Exit::Usage,
            format!("{} Nothing was created.", sentence(&error.to_string())),
        )
        .with_code("link_invalid")
        .with_advice(advice)
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        let mut message = sentence(&error.to_string());
        if let Some(source) = std::error::Error::source(&error) {
            message = sentence(&format!("{error}: {source}"));
        }
        Self::other(message)
            .with_code("storage")
            .with_advice("Run: countersign doctor")
    }
}

impl From<ClientError> for Failure {
    fn from(error: ClientError) -> Self {
        match error {
            ClientError::Offline(reason) => Self::offline(&reason),
            ClientError::Refused { error, .. } if error.status == 404 => {
                Self::new(Exit::NotFound, sentence(&error.to_string()))
            }
            ClientError::Refused { error, .. } => {
                Self::new(Exit::Refused, sentence(&format!("the server refused: {error}")))
            }
            ClientError::SignedOut(_) => Self::revoked(),
            ClientError::ClockSkewed { by } => Self::clock(by),
            ClientError::Malformed(malformed) => {
                Self::other(sentence(&malformed.to_string())).with_code("malformed")
            }
            ClientError::Store(error) => error.into(),
            ClientError::NoSuchFactor => Self::no_factor(),
            ClientError::Keychain(error) => error.into(),
            error @ ClientError::WrongFactor => {
                Self::other(sentence(&error.to_string())).with_code("wrong_factor")
            }
            error @ ClientError::Input { .. } => Self::usage(&error.to_string()),
        }
    }
}

impl Failure {
    fn no_factor() -> Self {
        Self::new(Exit::NotFound, "There is no such factor on this computer.")
            .with_advice("List those there are: countersign factors")
    }

    fn no_request() -> Self {
        Self::new(Exit::NotFound, "There is no such request for this computer.")
            .with_advice("List those that wait: countersign inbox")
    }
}

impl From<RequestError> for Failure {
    fn from(error: RequestError) -> Self {
        match error {
            RequestError::NotFound => Self::no_request(),
            RequestError::Client(error) => error.into(),
            RequestError::Store(error) => error.into(),
        }
    }
}

impl From<RemoveError> for Failure {
    fn from(error: RemoveError) -> Self {
        match error {
            RemoveError::NotFound => Self::no_factor(),
            RemoveError::Store(error) => error.into(),
        }
    }
}

impl From<PollError> for Failure {
    fn from(error: PollError) -> Self {
        Self::other(sentence(&error.to_string()))
            .with_code("storage")
            .with_advice("Run: countersign doctor")
    }
}

impl From<EnrolError> for Failure {
    fn from(error: EnrolError) -> Self {
        match error {
            EnrolError::Link(error) => return error.into(),
            EnrolError::UsedOrExpired(_) => {
                Self::new(Exit::Expired, "The link has been used before or has expired.")
                    .with_code("link_used_or_expired")
                    .with_advice("Get a new link from the page that showed it.")
            }
            EnrolError::Offline(reason) => Self::offline(&reason),
            EnrolError::Refused(error) => Self::new(
                Exit::Refused,
                sentence(&format!("the server refused the enrolment: {error}")),
            ),
            EnrolError::ClockSkewed { by } => Self::clock(by),
            EnrolError::Malformed(malformed) => {
                Self::other(sentence(&malformed.to_string())).with_code("malformed")
            }
            EnrolError::Keychain(error) => error.into(),
            EnrolError::Store(error) => error.into(),
        }
        .and("This computer was not enrolled.")
    }
}

/// Says of every error of an answer whether anything was answered: nothing, unless it is not known.
impl From<AnswerError> for Failure {
    fn from(error: AnswerError) -> Self {
        const NOTHING: &str = "Nothing was answered.";
        match error {
            AnswerError::NotFound => Self::no_request().and(NOTHING),
            AnswerError::Expired { at } => Self::expired(at),
            AnswerError::AlreadyAnswered { status, at } => Self::answered(status, Some(at)),
            AnswerError::ChangedSinceShown { now } => Self::changed(&now.sid),
            error @ AnswerError::WrongFactor => {
                Self::other(sentence(&error.to_string())).with_code("wrong_factor").and(NOTHING)
            }
            AnswerError::Offline { sent: true, .. } => Self::new(
                Exit::Offline,
                "The answer was sent, but whether it arrived is not known: the server cannot be reached any more.",
            )
            .with_code("outcome_unknown")
            .with_advice("See what became of it once the network is back: countersign show YC…"),
            AnswerError::Offline { sent: false, source } => Self::offline(&source).and(NOTHING),
            AnswerError::ClockSkewed { by } => Self::clock(by).and(NOTHING),
            AnswerError::Keychain(error) => Self::from(error).and(NOTHING),
            AnswerError::Refused(error) => {
                Self::new(Exit::Refused, sentence(&format!("the server refused the answer: {error}"))).and(NOTHING)
            }
            AnswerError::SignatureFields(error) => {
                Self::other(sentence(&error.to_string())).with_code("signature_fields").and(NOTHING)
            }
            AnswerError::NotUpdated { status } => Self::new(
                Exit::Refused,
                format!("The server took the answer but still shows the request as {status}."),
            )
            .with_code("not_updated")
            .with_advice("See what became of it: countersign show YC…"),
            AnswerError::FactorRevoked => Self::revoked().and(NOTHING),
            AnswerError::Malformed(malformed) => {
                Self::other(sentence(&malformed.to_string())).with_code("malformed").and(NOTHING)
            }
            // The store may fail before the answer is sent and after it; the server knows.
            AnswerError::Store(error) => {
                Self::from(error).with_advice("See what became of it: countersign show YC…")
            }
        }
    }
}

impl Failure {
    /// The request's time is over.
    pub(crate) fn expired(at: Timestamp) -> Self {
        let message = format!(
            "The request expired at {}. Nothing was approved.",
            words::moment(at)
        );
        Self::new(Exit::Expired, message).with_advice("If it was you who asked, ask again there.")
    }

    /// The request has its answer, given at this time if that is known.
    pub(crate) fn answered(status: ChallengeStatus, at: Option<Timestamp>) -> Self {
        let at = at.map_or_else(String::new, |at| format!(", at {}", words::moment(at)));
        let message = format!("The request was {status} before{at}. Nothing was answered now.");
        Self::new(Exit::AlreadyAnswered, message)
    }

    fn changed(sid: &countersign_protocol::sid::ChallengeSid) -> Self {
        Self::new(
            Exit::Changed,
            "The request is no longer what was shown. Nothing was answered.",
        )
        .with_advice(format!("Look at it again: countersign show {sid}"))
    }
}

#[cfg(test)]
mod tests {
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
                (9, "not_updated"),
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
    fn what_was_not_answered_is_said_to_be_so_and_what_may_have_been_is_not() {
        let silent = |error: AnswerError| !Failure::from(error).message.contains("Nothing was");
        assert!(!silent(AnswerError::NotFound));
        assert!(!silent(AnswerError::FactorRevoked));
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
}
