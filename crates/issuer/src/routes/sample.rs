//! What the four endpoints of the vendor's sample backend have in common (section 11.1).

use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use countersign_protocol::identity::Identity;
use serde_json::{Value, json};

use crate::{
    api::CallError, config::IdentityProcessing, parameters::Parameters, person, refusal::Refusal,
    running::Acme,
};

/// The page of the vendor's documentation that its sample points to when a parameter is missing.
pub(super) const CREATE_CHALLENGE_DOCS: &str =
    "https://www.twilio.com/docs/verify/api/challenge#create-a-challenge-resource";

/// A refusal in the sample's shape: `{error: {message, moreInfo}}`, with the API's own status where it has one.
pub(super) struct SampleRefusal {
    refusal: Refusal,
    docs: &'static str,
}

impl SampleRefusal {
    /// For `map_err`: with the page of documentation for errors that bring none.
    pub(super) fn with_docs<E: Into<Refusal>>(docs: &'static str) -> impl Fn(E) -> Self {
        move |refusal| Self {
            refusal: refusal.into(),
            docs,
        }
    }

    /// The HTTP status.
    pub(super) fn status(&self) -> StatusCode {
        match &self.refusal {
            Refusal::Api(CallError::Refused(error)) => {
                StatusCode::from_u16(error.status).unwrap_or(StatusCode::BAD_GATEWAY)
            }
            refusal => refusal.status(),
        }
    }

    /// The API's code, if the error is the API's.
    pub(super) fn api_code(&self) -> Option<u32> {
        match &self.refusal {
            Refusal::Api(CallError::Refused(error)) => Some(error.code),
            _ => None,
        }
    }

    /// The error's own members.
    pub(super) fn error(&self) -> Value {
        let message = match &self.refusal {
            Refusal::Api(CallError::Refused(error)) => error.message.clone(),
            refusal => refusal.message(),
        };
        json!({ "message": message, "moreInfo": self.refusal.more_info().unwrap_or(self.docs) })
    }
}

impl IntoResponse for SampleRefusal {
    fn into_response(self) -> Response {
        (self.status(), Json(json!({ "error": self.error() }))).into_response()
    }
}

/// Checks that all of them are there, and names those that are not in one go.
pub(super) fn require(parameters: &Parameters, names: &[&'static str]) -> Result<(), Refusal> {
    match parameters.missing(names) {
        missing if missing.is_empty() => Ok(()),
        missing => Err(Refusal::Missing(missing)),
    }
}

/// The identity that the API is asked for: by default the hash of the one that was sent.
pub(super) fn processed_identity(acme: &Acme, parameters: &Parameters) -> Result<Identity, Refusal> {
    let identity = parameters.required("identity")?;
    match acme.identity_processing() {
        IdentityProcessing::Hash => Ok(person::hash(&identity)),
        IdentityProcessing::Raw => raw_identity(&identity),
    }
}

/// An identity that is used as it is.
pub(super) fn raw_identity(identity: &str) -> Result<Identity, Refusal> {
    identity
        .parse()
        .map_err(|error| Refusal::Malformed(format!("identity cannot be used: {error}")))
}
