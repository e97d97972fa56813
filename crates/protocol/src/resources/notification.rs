//! Notifications (section 9.6): sending the push of a challenge again.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::parameters::optional_number;
use crate::{
    date::serde_iso,
    error::{ApiError, ErrorCode},
    form::Form,
    identity::Identity,
    sid::{AccountSid, ChallengeSid, EntitySid, NotificationSid, ServiceSid},
};

/// The body of a creation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CreateNotification {
    /// `Ttl`: seconds for which the push is worth delivering, 0 to 300.
    pub ttl: u32,
}

impl CreateNotification {
    /// How many notifications a challenge may have.
    pub const MAX_PER_CHALLENGE: u32 = 3;

    /// Reads and checks the body.
    ///
    /// # Errors
    /// 60306 if `Ttl` is out of range.
    pub fn from_form(form: &Form) -> Result<Self, ApiError> {
        let ttl = optional_number(ErrorCode::InvalidRequest, form, "Ttl", 0, 300)?;
        Ok(Self {
            ttl: ttl.unwrap_or(300),
        })
    }
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names are the API's own, section 9.6")]
pub struct Notification {
    pub sid: NotificationSid,
    pub account_sid: AccountSid,
    pub service_sid: ServiceSid,
    pub entity_sid: EntitySid,
    pub identity: Identity,
    pub challenge_sid: ChallengeSid,
    pub priority: String,
    pub ttl: u32,
    #[serde(with = "serde_iso")]
    pub date_created: Timestamp,
}
