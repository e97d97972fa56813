//! What Acme answers instead of doing what it was asked.

use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde_json::json;

use crate::api::CallError;

/// Why a request is refused. Nobody is signed in by any of them.
#[derive(Debug)]
pub(crate) enum Refusal {
    /// What was sent cannot be used.
    Malformed(String),
    /// Parameters that have to be there are not.
    Missing(Vec<&'static str>),
    /// More was sent than is read.
    TooLarge,
    /// Another site's page sent it, or it was sent to a name that is not Acme's.
    CrossSite,
    /// There is no such address.
    NotFound,
    /// No such sign-in is known; it may be over for long.
    UnknownSignIn,
    /// The person has no computer that could be asked.
    NotEnrolled,
    /// This address has begun too many sign-ins.
    TooMany,
    /// Too many people are signing in at this moment.
    Busy,
    /// The Verify API did not do its part.
    Api(CallError),
}

impl Refusal {
    /// The HTTP status. What the API says of the caller's own input is passed on; its other errors are Acme's.
    pub(crate) fn status(&self) -> StatusCode {
        match self {
            Self::Malformed(_) | Self::Missing(_) => StatusCode::BAD_REQUEST,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::CrossSite => StatusCode::FORBIDDEN,
            Self::NotFound | Self::UnknownSignIn => StatusCode::NOT_FOUND,
            Self::NotEnrolled => StatusCode::CONFLICT,
            Self::TooMany => StatusCode::TOO_MANY_REQUESTS,
            Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Self::Api(CallError::Refused(error)) => match error.status {
                400 => StatusCode::BAD_REQUEST,
                429 => StatusCode::TOO_MANY_REQUESTS,
                _ => StatusCode::BAD_GATEWAY,
            },
            Self::Api(_) => StatusCode::BAD_GATEWAY,
        }
    }

    /// One word that the page acts on.
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::Malformed(_) | Self::Missing(_) | Self::TooLarge => "malformed",
            Self::CrossSite => "cross_site",
            Self::NotFound | Self::UnknownSignIn => "not_found",
            Self::NotEnrolled => "not_enrolled",
            Self::TooMany => "too_many",
            Self::Busy => "busy",
            Self::Api(CallError::Refused(_)) => "refused",
            Self::Api(CallError::Unreachable(_)) => "unreachable",
            Self::Api(CallError::Unreadable(_)) => "unreadable",
        }
    }

    /// What happened, for a person.
    pub(crate) fn message(&self) -> String {
        match self {
            Self::Malformed(message) => message.clone(),
            Self::Missing(names) => format!("Missing parameter; please provide: '{}'.", names.join(", ")),
            Self::TooLarge => "more was sent than Acme reads".to_owned(),
            Self::CrossSite => "Acme only answers its own page".to_owned(),
            Self::NotFound => "there is nothing at this address".to_owned(),
            Self::UnknownSignIn => "this sign-in is not known; start again".to_owned(),
            Self::NotEnrolled => "no computer is enrolled that could be asked".to_owned(),
            Self::TooMany => "too many sign-ins were begun from here; try again in a minute".to_owned(),
            Self::Busy => "too many people are signing in at this moment; try again soon".to_owned(),
            Self::Api(error) => error.to_string(),
        }
    }

    /// Where to read more, if there is such a place.
    pub(crate) fn more_info(&self) -> Option<&str> {
        match self {
            Self::Api(CallError::Refused(error)) if !error.more_info.is_empty() => Some(&error.more_info),
            _ => None,
        }
    }
}

impl From<CallError> for Refusal {
    fn from(error: CallError) -> Self {
        Self::Api(error)
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        if let Self::Api(error) = &self {
            tracing::warn!(
                error = error as &dyn std::error::Error,
                "the Verify API did not do its part"
            );
        }
        let body = json!({ "error": { "code": self.code(), "message": self.message(), "moreInfo": self.more_info() } });
        (self.status(), Json(body)).into_response()
    }
}
