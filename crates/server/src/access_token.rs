//! What an access token says, inside its encryption.

use countersign_protocol::{
    error::ErrorCode,
    identity::Identity,
    sid::{AccessTokenSid, AccountSid, ServiceSid},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{answer::Refusal, server_key::ServerKey};

/// The permission to enrol one push factor for one identity (section 2.1 of the Verify Push protocol notes). Whether
/// it was used already is for the store to say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Permission {
    /// The token's own identifier.
    pub sid: AccessTokenSid,
    /// The account that gave it.
    pub account: AccountSid,
    /// For which service.
    pub service: ServiceSid,
    /// For whom.
    pub identity: Identity,
    /// From which second on it is good for nothing.
    pub exp: i64,
}

impl Permission {
    /// Makes the token.
    pub fn seal(&self, key: &ServerKey) -> String {
        key.make_access_token(countersign_protocol::json::raw(self).get().as_bytes())
    }

    /// Reads a token.
    ///
    /// # Errors
    /// 401: 20101 if this server did not make it, 20104 if it has expired.
    pub fn open(key: &ServerKey, token: &str, now: Timestamp) -> Result<Self, Refusal> {
        let opened = key.open_access_token(token);
        let permission: Option<Self> = opened.and_then(|json| serde_json::from_slice(&json).ok());
        match permission {
            None => Err(Refusal::new(
                ErrorCode::TokenInvalid,
                "The access token is not one of this server",
            )),
            Some(permission) if now.as_second() >= permission.exp => Err(Refusal::new(
                ErrorCode::TokenExpired,
                "The access token has expired",
            )),
            Some(permission) => Ok(permission),
        }
    }
}
