//! Tickets (E1): one-time addresses that hand out the permission to enrol.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    access_token::CreateAccessToken,
    parameters::{invalid, optional_number, optional_text, required},
};
use crate::{
    date::serde_iso,
    error::{ApiError, ErrorCode},
    form::Form,
    identity::Identity,
    sid::{AccessTokenSid, AccountSid, ServiceSid},
};

/// The body of a creation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateTicket {
    /// What the ticket is good for: `Identity`, `FactorFriendlyName`, `Ttl`.
    pub permission: CreateAccessToken,
    /// `Issuer`: what the issuer calls itself.
    pub issuer: Option<String>,
    /// `Account`: what the issuer calls the person's account.
    pub account: Option<String>,
}

impl CreateTicket {
    /// Seconds for which a ticket is good if nothing else was asked for: a person has to find their way with it.
    pub const DEFAULT_TTL: u32 = 300;

    /// Reads and checks the body.
    ///
    /// # Errors
    /// The API's own: 20001 for what is missing, 60305 for what cannot be used.
    pub fn from_form(form: &Form) -> Result<Self, ApiError> {
        let code = ErrorCode::AccessTokenParameters;
        Ok(Self {
            permission: CreateAccessToken {
                identity: required(form, "Identity")?
                    .parse()
                    .map_err(|error| invalid(code, "Identity", &format!("{error}")))?,
                factor_friendly_name: optional_text(code, form, "FactorFriendlyName", 64)?,
                ttl: optional_number(code, form, "Ttl", 60, 300)?.unwrap_or(Self::DEFAULT_TTL),
            },
            issuer: optional_text(code, form, "Issuer", 128)?,
            account: optional_text(code, form, "Account", 128)?,
        })
    }
}

/// The answer, which alone has the secret address. Its `Debug` leaves that out.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ticket {
    /// The access token that the ticket hands out.
    pub sid: AccessTokenSid,
    /// Whose it is.
    pub account_sid: AccountSid,
    /// For which service.
    pub service_sid: ServiceSid,
    /// For whom.
    pub identity: Identity,
    /// The one-time address: a page for a browser, the enrolment for the app.
    pub url: String,
    /// The enrolment link that names it, for a QR code or a button.
    pub link: String,
    /// For how many seconds it is good.
    pub ttl: u32,
    /// When it was made.
    #[serde(with = "serde_iso")]
    pub date_created: Timestamp,
    /// From when on it is good for nothing.
    #[serde(with = "serde_iso")]
    pub expires_at: Timestamp,
}

impl std::fmt::Debug for Ticket {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Ticket")
            .field("sid", &self.sid)
            .finish_non_exhaustive()
    }
}
