//! AccessTokens (section 9.2): the permission to enrol one factor.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::parameters::{invalid, optional_number, optional_text, required};
use crate::{
    date::serde_iso,
    error::{ApiError, ErrorCode},
    form::Form,
    identity::Identity,
    sid::{AccessTokenSid, AccountSid, ServiceSid},
};

/// The body of a creation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateAccessToken {
    /// `Identity`: who may enrol.
    pub identity: Identity,
    /// `FactorFriendlyName`: a name for the factor, if the issuer chooses it.
    pub factor_friendly_name: Option<String>,
    /// `Ttl`: seconds for which the token is valid, 60 to 300.
    pub ttl: u32,
}

impl CreateAccessToken {
    /// Seconds for which a token is valid if nothing else was asked for.
    pub const DEFAULT_TTL: u32 = 60;

    /// Reads and checks the body.
    ///
    /// # Errors
    /// The API's own: 20001 for what is missing, 60305 for what cannot be used.
    pub fn from_form(form: &Form) -> Result<Self, ApiError> {
        let code = ErrorCode::AccessTokenParameters;
        let identity = required(form, "Identity")?;
        if required(form, "FactorType")? != "push" {
            return Err(invalid(code, "FactorType", "push is expected"));
        }
        Ok(Self {
            identity: identity
                .parse()
                .map_err(|error| invalid(code, "Identity", &format!("{error}")))?,
            factor_friendly_name: optional_text(code, form, "FactorFriendlyName", 64)?,
            ttl: optional_number(code, form, "Ttl", 60, 300)?.unwrap_or(Self::DEFAULT_TTL),
        })
    }

    /// Writes the body.
    pub fn to_form(&self) -> Form {
        let mut form = Form::default();
        form.push("Identity", self.identity.as_str());
        form.push("FactorType", "push");
        form.push_some("FactorFriendlyName", self.factor_friendly_name.as_deref());
        form.push("Ttl", self.ttl.to_string());
        form
    }
}

/// The answer. Its `Debug` leaves the token out.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names are the API's own, section 9.2")]
pub struct AccessToken {
    pub sid: AccessTokenSid,
    pub account_sid: AccountSid,
    pub service_sid: ServiceSid,
    pub entity_identity: Identity,
    pub factor_type: String,
    pub factor_friendly_name: Option<String>,
    pub token: String,
    pub url: String,
    pub ttl: u32,
    #[serde(with = "serde_iso")]
    pub date_created: Timestamp,
}

impl std::fmt::Debug for AccessToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AccessToken")
            .field("sid", &self.sid)
            .finish_non_exhaustive()
    }
}
