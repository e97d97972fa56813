//! Why a command did not do what it was asked: what happened, whether anything was approved, what to do.

mod not_confirmed;

use countersign_core::{
    AnswerError, ChallengeStatus, EnrolError, MuteError, NumberError, PollError, ProfileError, RemoveError,
    ReportError, RequestError, SettingsError, StoreError, client::ClientError,
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

impl From<ProfileError> for Failure {
    fn from(error: ProfileError) -> Self {
        Self::usage(&error.to_string())
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

impl From<SettingsError> for Failure {
    fn from(error: SettingsError) -> Self {
        match error {
            SettingsError::Store(error) => error.into(),
            SettingsError::Language | SettingsError::LockAfter | SettingsError::HistoryDays => {
                Self::usage(&error.to_string()).and("Nothing was changed.")
            }
        }
    }
}

impl From<MuteError> for Failure {
    fn from(error: MuteError) -> Self {
        match error {
            MuteError::NotFound => Self::no_factor(),
            MuteError::Length => Self::usage(&error.to_string()),
            MuteError::Store(error) => error.into(),
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

impl From<ReportError> for Failure {
    fn from(error: ReportError) -> Self {
        match error {
            ReportError::Note => Self::usage(&error.to_string()),
            ReportError::Answer(error) => error.into(),
        }
    }
}

impl Failure {
    /// What was typed is no number.
    pub(crate) fn number_unusable(error: NumberError) -> Self {
        Self::new(Exit::Usage, sentence(&error.to_string()))
    }

    fn number(error: &AnswerError) -> Self {
        let failure = Self::new(Exit::Number, sentence(&error.to_string()));
        match error {
            AnswerError::NumberNeeded => failure
                .with_code("number_needed")
                .with_advice("Give it with --number DIGITS, or let --number - read it."),
            AnswerError::NumberNotAsked => Self {
                exit: Exit::Usage,
                ..failure
            }
            .with_code("number_not_asked")
            .with_advice("Approve it without --number, if it is what you expect."),
            AnswerError::WrongNumber { tries_left: 0 } => failure
                .with_code("denied_after_wrong_numbers")
                .with_advice("If it was you who asked, ask again there."),
            AnswerError::NumberLocked { retry_after } => {
                let later = retry_after.and_then(|after| SignedDuration::try_from(after).ok());
                let when = later.map_or_else(String::new, |after| {
                    format!("It takes some again in {}. ", words::length(after))
                });
                failure
                    .with_code("number_locked")
                    .with_advice(format!("{when}Requests can still be denied."))
            }
            _ => failure,
        }
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
            error @ (AnswerError::NumberNeeded
            | AnswerError::NumberNotAsked
            | AnswerError::WrongNumber { .. }
            | AnswerError::NumberLocked { .. }) => Self::number(&error),
            AnswerError::NotConfirmed(error) => Self::from(error).and("Nothing was approved."),
            error @ AnswerError::WrongFactor => Self::other(sentence(&error.to_string()))
                .with_code("wrong_factor")
                .and(NOTHING),
            AnswerError::Offline { sent: true, .. } | AnswerError::NotUpdated { .. } => Self::new(
                Exit::Offline,
                "The answer was sent, but whether it was taken is not known: the server did not say.",
            )
            .with_code("outcome_unknown")
            .with_advice(
                "See what became of it in a moment, or once the network is back: countersign show YC…",
            ),
            AnswerError::Offline { sent: false, source } => Self::offline(&source).and(NOTHING),
            AnswerError::ClockSkewed { by } => Self::clock(by).and(NOTHING),
            AnswerError::Keychain(error) => Self::from(error).and(NOTHING),
            AnswerError::Refused(error) => Self::new(
                Exit::Refused,
                sentence(&format!("the server refused the answer: {error}")),
            )
            .and(NOTHING),
            AnswerError::SignatureFields(error) => Self::other(sentence(&error.to_string()))
                .with_code("signature_fields")
                .and(NOTHING),
            AnswerError::FactorRevoked => Self::revoked().and(NOTHING),
            AnswerError::Malformed(malformed) => Self::other(sentence(&malformed.to_string()))
                .with_code("malformed")
                .and(NOTHING),
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
mod tests;
