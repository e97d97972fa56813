//! What a command answers when it fails: a code for the page, and sentences for the person.

mod from_core;

use serde::Serialize;
use specta::Type;

/// A failure, explained: what happened, whether anything was approved or added, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct CommandError {
    /// What the page acts on.
    pub(crate) code: ErrorCode,
    /// What happened, in a sentence or two.
    pub(crate) message: String,
    /// What to do.
    pub(crate) advice: String,
    /// How many wrong numbers may still be typed, if that is what went wrong.
    pub(crate) tries_left: Option<u32>,
    /// For whoever helps: codes and causes, without anything secret.
    pub(crate) detail: Option<String>,
}

/// The failures that the page tells apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) enum ErrorCode {
    /// The text is not an enrolment link.
    LinkInvalid,
    /// The link was used before, or is too old.
    LinkUsedOrExpired,
    /// There is no such request, or no such factor.
    NotFound,
    /// The request's time is over.
    Expired,
    /// The request was answered before.
    AlreadyAnswered,
    /// The request is no longer what was shown.
    ChangedSinceShown,
    /// The request is approved with a number, and none was typed.
    NumberNeeded,
    /// That was not the number. It may be tried again.
    WrongNumber,
    /// That was not the number, for the last time: the request is denied.
    WrongNumberDenied,
    /// After too many wrong numbers, the server takes none from this computer for now.
    NumberLocked,
    /// The server cannot be reached.
    Offline,
    /// This computer's clock is too far off.
    Clock,
    /// There is no keychain.
    KeychainMissing,
    /// The keychain is locked.
    KeychainLocked,
    /// The keychain said no.
    KeychainRefused,
    /// The key is gone.
    KeyLost,
    /// The server said no.
    Refused,
    /// The server does not know the factor any more.
    FactorRevoked,
    /// The profile cannot be read or written.
    Storage,
    /// None of these: a fault of this program.
    Internal,
}

impl CommandError {
    fn new(code: ErrorCode, message: &str, advice: &str) -> Self {
        Self {
            code,
            message: message.to_owned(),
            advice: advice.to_owned(),
            tries_left: None,
            detail: None,
        }
    }

    fn with_detail(self, detail: impl ToString) -> Self {
        Self {
            detail: Some(detail.to_string()),
            ..self
        }
    }

    /// The page sent something that it cannot have been shown.
    pub(crate) fn not_ours(what: &str) -> Self {
        Self::new(
            ErrorCode::Internal,
            "The window asked for something that does not exist. Nothing was approved.",
            "Try again. If it goes on, restart Countersign.",
        )
        .with_detail(what)
    }
}

/// An error and everything that caused it, on one line.
fn chain(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(error.source(), |cause| cause.source());
    causes.fold(error.to_string(), |line, cause| {
        let cause = cause.to_string();
        // Many errors repeat their cause in their own words.
        if line.ends_with(&cause) {
            line
        } else {
            format!("{line}: {cause}")
        }
    })
}
