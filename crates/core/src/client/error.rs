//! Why an operation of the library did not succeed.

use std::{fmt, time::Duration};

use countersign_keychain::KeychainError;
use countersign_protocol::error::ApiError;
use jiff::SignedDuration;

use super::http::Unreached;
use crate::{request::Malformed, store::StoreError};

/// Why an operation did not succeed. The mobile libraries' codes (section 8.4) are named where one corresponds.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// The server was not reached, or its answer did not arrive (60401). What it did is not known.
    #[error("{0}")]
    Offline(#[source] Unreached),
    /// The server said no, with the API's own code and message where it sent them (60401).
    #[error("the server refused: {}", Said(.error))]
    Refused {
        /// Code, message and HTTP status. The code is 0 if the server sent none.
        error: ApiError,
        /// When to ask again at the earliest, if the server said so.
        retry_after: Option<Duration>,
    },
    /// The server does not accept this factor's tokens, at the right time of day either: it was revoked (60401).
    #[error("the server does not know this factor any more")]
    SignedOut(ApiError),
    /// The two clocks are further apart than a correction may bridge (60401).
    #[error("this computer's clock and the server's differ by too much")]
    ClockSkewed {
        /// How far the server's clock is ahead, if it said what time it has.
        by: Option<SignedDuration>,
    },
    /// The server answered something that is not of this protocol (60402).
    #[error(transparent)]
    Malformed(#[from] Malformed),
    /// The profile cannot be read or written (60403).
    #[error(transparent)]
    Store(#[from] StoreError),
    /// No such factor on this device (60403).
    #[error("there is no such factor on this computer")]
    NoSuchFactor,
    /// The key cannot be used (60405, 60407).
    #[error(transparent)]
    Keychain(#[from] KeychainError),
    /// The challenge is for another factor (60404, WrongFactor).
    #[error("the challenge is for another factor")]
    WrongFactor,
    /// A value that was handed in cannot be used (60404).
    #[error("{what} cannot be used")]
    Input {
        /// Which value.
        what: &'static str,
    },
}

impl From<Unreached> for ClientError {
    fn from(error: Unreached) -> Self {
        Self::Offline(error)
    }
}

impl ClientError {
    /// Whether the server said that there is no such thing: 404 with whatever code.
    pub fn is_not_found(&self) -> bool {
        matches!(self, Self::Refused { error, .. } if error.status == 404)
    }

    /// Whether the server cannot work at the moment, or was not reached: the same may succeed later.
    pub fn is_passing(&self) -> bool {
        match self {
            Self::Offline(_) => true,
            Self::Refused { error, .. } => error.status == 429 || error.status >= 500,
            _ => false,
        }
    }
}

/// How much of a server's words is repeated.
const MAX_WORDS: usize = 256;

/// What a server said, as it may stand in one line of a log or a terminal: quoted, without anything that breaks the
/// line or moves the cursor, and not at any length.
pub(crate) struct Said<'a>(pub(crate) &'a ApiError);

impl fmt::Display for Said<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ApiError {
            code,
            message,
            status,
            ..
        } = self.0;
        let words: String = message.chars().take(MAX_WORDS).collect();
        write!(f, "{words:?} (code {code}, status {status})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_servers_words_stay_on_their_line() {
        let message = format!(
            "no\n2026-11-20 INFO approved\u{1b}[2J\u{202e}{}",
            "x".repeat(1000)
        );
        let error = ClientError::Refused {
            error: ApiError {
                code: 20001,
                message,
                more_info: String::new(),
                status: 400,
            },
            retry_after: None,
        };
        let text = error.to_string();
        assert!(text.starts_with("the server refused: \"no\\n2026"), "{text}");
        assert!(text.ends_with("x\" (code 20001, status 400)"), "{text}");
        assert!(
            text.len() < 400 && !text.contains(['\n', '\u{1b}', '\u{202e}']),
            "{text}"
        );
    }
}
