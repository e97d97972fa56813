//! Deliveries (E8): what a webhook was told, or is to be told.

use std::{fmt, str::FromStr};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{parameters::optional_parsed, webhook::UnknownWord};
use crate::{
    date::{serde_iso, serde_iso_option},
    error::{ApiError, ErrorCode},
    form::Form,
    page::PageMeta,
    sid::{AccountSid, FactorSid, ServiceSid, WebhookSid},
};

/// Names an event: a UUID as text. All deliveries of one event carry the same.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EventUuid(String);

/// The text is not a UUID.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a UUID is expected: 36 hexadecimal digits and dashes")]
pub struct NotAUuid;

impl FromStr for EventUuid {
    type Err = NotAUuid;

    fn from_str(text: &str) -> Result<Self, NotAUuid> {
        text.to_owned().try_into()
    }
}

impl TryFrom<String> for EventUuid {
    type Error = NotAUuid;

    fn try_from(text: String) -> Result<Self, NotAUuid> {
        let dash = |index| matches!(index, 8 | 13 | 18 | 23);
        let fits = |(index, byte): (usize, u8)| match dash(index) {
            true => byte == b'-',
            false => byte.is_ascii_hexdigit(),
        };
        if text.len() == 36 && text.bytes().enumerate().all(fits) {
            Ok(Self(text))
        } else {
            Err(NotAUuid)
        }
    }
}

impl From<EventUuid> for String {
    fn from(uuid: EventUuid) -> Self {
        uuid.0
    }
}

impl fmt::Display for EventUuid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Where a delivery stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DeliveryStatus {
    /// The receiver does not have it yet.
    Pending,
    /// The receiver has it.
    Delivered,
    /// It was given up.
    Failed,
}

impl DeliveryStatus {
    /// The text on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Delivered => "delivered",
            Self::Failed => "failed",
        }
    }

    /// Reads the filter `Status` of a list.
    ///
    /// # Errors
    /// 60306 for what is no status.
    pub fn filter(query: &Form) -> Result<Option<Self>, ApiError> {
        optional_parsed(ErrorCode::InvalidRequest, query, "Status")
    }
}

impl FromStr for DeliveryStatus {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        let all = [Self::Pending, Self::Delivered, Self::Failed];
        let known = all.into_iter().find(|status| status.as_str() == text);
        known.ok_or(UnknownWord("pending, delivered or failed"))
    }
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivery {
    /// The event's identifier.
    pub uuid: EventUuid,
    /// The account.
    pub account_sid: AccountSid,
    /// The service.
    pub service_sid: ServiceSid,
    /// The webhook that is told.
    pub webhook_sid: WebhookSid,
    /// What happened.
    pub event_type: String,
    /// The factor to which it happened.
    pub factor_sid: FactorSid,
    /// Where it stands.
    pub status: DeliveryStatus,
    /// How many attempts were made since it was last asked for, not counting those that only found a receiver still
    /// down.
    pub attempts: u32,
    /// What came of the last attempt: the receiver's status, or why it was not reached.
    pub outcome: Option<String>,
    /// The form that the receiver is sent.
    pub body: String,
    /// When the event happened.
    #[serde(with = "serde_iso")]
    pub date_created: Timestamp,
    /// When it was last asked for again.
    #[serde(with = "serde_iso_option")]
    pub date_resent: Option<Timestamp>,
    /// When the next attempt is due; `null` while one is under way or an older event goes first, and after the last.
    #[serde(with = "serde_iso_option")]
    pub date_due: Option<Timestamp>,
    /// When it was delivered or given up.
    #[serde(with = "serde_iso_option")]
    pub date_finished: Option<Timestamp>,
    /// Where it is.
    pub url: String,
}

/// A page of deliveries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveryList {
    /// Newest first.
    pub deliveries: Vec<Delivery>,
    /// Paging.
    pub meta: PageMeta,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_but_a_uuid_names_an_event() {
        let good = "0b6f2a34-8d0e-4c6f-9d1e-2f3a4b5c6d7e";
        assert_eq!(good.parse::<EventUuid>().unwrap().to_string(), good);
        for bad in [
            "",
            "0b6f2a34-8d0e-4c6f-9d1e-2f3a4b5c6d7",
            "0b6f2a34-8d0e-4c6f-9d1e-2f3a4b5c6d7e0",
            "0b6f2a3408d0e-4c6f-9d1e-2f3a4b5c6d7e",
            "0b6f2a34-8d0e-4c6f-9d1e-2f3a4b5c6d7\0",
            "------------------------------------",
        ] {
            assert_eq!(bad.parse::<EventUuid>(), Err(NotAUuid), "{bad}");
        }
    }
}
