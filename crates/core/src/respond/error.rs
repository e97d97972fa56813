//! Why there is no answer.

use std::time::Duration;

use countersign_keychain::KeychainError;
use countersign_protocol::{
    challenge_response::ResponseError,
    error::{ApiError, ErrorCode},
};
use jiff::{SignedDuration, Timestamp};

use crate::{
    client::{ClientError, Said},
    presence::NotConfirmed,
    request::{ChallengeStatus, Malformed, Request},
    store::StoreError,
};

/// Why there is no answer. Nothing was approved, unless the variant says that it is not known.
#[derive(Debug, thiserror::Error)]
pub enum AnswerError {
    /// There is no such request, here or at the server.
    #[error("there is no such request")]
    NotFound,
    /// Its time is over.
    #[error("the request has expired; nothing was answered")]
    Expired {
        /// When it expired, by the server's clock.
        at: Timestamp,
    },
    /// It was answered before, by this device or another.
    #[error("the request has already been {status}")]
    AlreadyAnswered {
        /// How.
        status: ChallengeStatus,
        /// When, by the server's clock.
        at: Timestamp,
    },
    /// The server now shows something else than the person saw. Nothing was signed.
    #[error("the request is no longer what was shown; nothing was answered")]
    ChangedSinceShown {
        /// What it is now, to be shown anew.
        now: Box<Request>,
    },
    /// It is approved with a number, and none was typed. Nothing was signed.
    #[error("the request asks for the number that is shown where you started it; nothing was answered")]
    NumberNeeded,
    /// A number was typed for a request that asks for none. Nothing was signed.
    #[error("the request asks for no number; nothing was answered")]
    NumberNotAsked,
    /// Another number was typed than the one shown. Nothing was approved.
    #[error("{}", wrong_number(*.tries_left))]
    WrongNumber {
        /// How many tries are left. With none left, the request has been denied.
        tries_left: u32,
    },
    /// The server takes no more numbers from this factor today.
    #[error(
        "the server takes no more numbers from this computer for now, after too many wrong ones; nothing was approved"
    )]
    NumberLocked {
        /// When it takes some again, if it said so.
        retry_after: Option<Duration>,
    },
    /// The factor's policy wants to know that it is the person who may, and that was not confirmed. Nothing was signed.
    #[error("{0}; nothing was approved")]
    NotConfirmed(#[source] NotConfirmed),
    /// The server asks another factor with it.
    #[error("the request is for another factor")]
    WrongFactor,
    /// The server was not reached, or an answer was sent and it did not say what became of it.
    #[error("{}", if *.sent { "the answer was sent, but whether it was taken is not known" }
                  else { "the server cannot be reached; nothing was answered" })]
    Offline {
        /// Whether the answer had been sent: then the request's state has to be looked up before anything is said.
        sent: bool,
        /// Why.
        #[source]
        source: Box<ClientError>,
    },
    /// The two clocks are further apart than a correction may bridge.
    #[error("this computer's clock and the server's differ by too much; nothing was answered")]
    ClockSkewed {
        /// How far the server's clock is ahead, if it said what time it has.
        by: Option<SignedDuration>,
    },
    /// The key cannot be used.
    #[error(transparent)]
    Keychain(#[from] KeychainError),
    /// The server refused, with the API's own code and message.
    #[error("the server refused the answer: {}", Said(.0))]
    Refused(ApiError),
    /// What the signature should cover cannot be made out.
    #[error(transparent)]
    SignatureFields(#[from] ResponseError),
    /// The server took the answer and does not show it: whether it counts is not known.
    #[error("the server took the answer but still shows the request as {status}")]
    NotUpdated {
        /// What it shows.
        status: ChallengeStatus,
    },
    /// The server does not know the factor any more, or it is being removed here.
    #[error("the server does not know this factor any more; nothing was answered")]
    FactorRevoked,
    /// The server sent something that is not of this protocol.
    #[error(transparent)]
    Malformed(#[from] Malformed),
    /// The profile cannot be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

fn wrong_number(tries_left: u32) -> String {
    match tries_left {
        0 => "that was not the number, three times; the request has been denied".to_owned(),
        1 => "that is not the number; nothing was approved, and one try is left".to_owned(),
        left => format!("that is not the number; nothing was approved, and {left} tries are left"),
    }
}

impl AnswerError {
    /// The error for an answer that was sent, and that the server has neither shown nor refused.
    pub(super) fn unknown(error: ClientError) -> Self {
        Self::Offline {
            sent: true,
            source: Box::new(error),
        }
    }
}

impl From<NotConfirmed> for AnswerError {
    fn from(error: NotConfirmed) -> Self {
        match error {
            NotConfirmed::Store(error) => Self::Store(error),
            error => Self::NotConfirmed(error),
        }
    }
}

impl From<ClientError> for AnswerError {
    fn from(error: ClientError) -> Self {
        match error {
            error if error.is_not_found() => Self::NotFound,
            ClientError::Refused { error, retry_after } if error.is(ErrorCode::MatchingLocked) => {
                Self::NumberLocked { retry_after }
            }
            ClientError::Refused { error, .. } => Self::Refused(error),
            ClientError::SignedOut(_) | ClientError::NoSuchFactor => Self::FactorRevoked,
            ClientError::ClockSkewed { by } => Self::ClockSkewed { by },
            ClientError::Malformed(malformed) => Self::Malformed(malformed),
            ClientError::Store(error) => Self::Store(error),
            ClientError::Keychain(error) => Self::Keychain(error),
            ClientError::WrongFactor => Self::WrongFactor,
            error @ (ClientError::Offline(_) | ClientError::Input { .. }) => Self::Offline {
                sent: false,
                source: Box::new(error),
            },
        }
    }
}
