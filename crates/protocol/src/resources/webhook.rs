//! Webhooks (sections 9.7 and 10): who is told of what.

use std::{fmt, str::FromStr};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::parameters::{invalid, optional, optional_parsed, required, text};
use crate::{
    date::serde_iso,
    error::{ApiError, ErrorCode},
    form::Form,
    page::PageMeta,
    sid::{AccountSid, ServiceSid, WebhookSid},
};

/// What a webhook may be told of. The last three are ours, for subscribers that name them (extensions, 7).
pub const EVENT_TYPES: [&str; 9] = [
    "*",
    "factor.created",
    "factor.verified",
    "factor.deleted",
    "challenge.approved",
    "challenge.denied",
    "challenge.created",
    "challenge.expired",
    "challenge.reported",
];

/// Whether deliveries are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum WebhookStatus {
    /// Yes.
    #[default]
    Enabled,
    /// No.
    Disabled,
}

impl WebhookStatus {
    /// The text on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Enabled => "enabled",
            Self::Disabled => "disabled",
        }
    }
}

/// Which fields a delivery has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum WebhookVersion {
    /// The first.
    V1,
    /// The second, the default.
    #[default]
    V2,
}

impl WebhookVersion {
    /// The text on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::V1 => "v1",
            Self::V2 => "v2",
        }
    }
}

/// The text is none of the words that the API knows here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnknownWord(pub(super) &'static str);

impl fmt::Display for UnknownWord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is expected", self.0)
    }
}

impl FromStr for WebhookStatus {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        match text {
            "enabled" => Ok(Self::Enabled),
            "disabled" => Ok(Self::Disabled),
            _ => Err(UnknownWord("enabled or disabled")),
        }
    }
}

impl FromStr for WebhookVersion {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        match text {
            "v1" => Ok(Self::V1),
            "v2" => Ok(Self::V2),
            _ => Err(UnknownWord("v1 or v2")),
        }
    }
}

/// The body of a creation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateWebhook {
    /// `FriendlyName`.
    pub friendly_name: String,
    /// `EventTypes`, repeated: at least one.
    pub event_types: Vec<String>,
    /// `WebhookUrl`, exactly as configured: signatures cover it to the letter.
    pub webhook_url: String,
    /// `Status`.
    pub status: WebhookStatus,
    /// `Version`.
    pub version: WebhookVersion,
}

impl CreateWebhook {
    /// Reads and checks the body.
    ///
    /// # Errors
    /// 20001 for what is missing, 60200 for what cannot be used.
    pub fn from_form(form: &Form) -> Result<Self, ApiError> {
        let update = UpdateWebhook::from_form(form)?;
        Ok(Self {
            friendly_name: update
                .friendly_name
                .ok_or_else(|| ApiError::missing_parameter("FriendlyName"))?,
            event_types: update
                .event_types
                .ok_or_else(|| ApiError::missing_parameter("EventTypes"))?,
            webhook_url: update
                .webhook_url
                .ok_or_else(|| ApiError::missing_parameter("WebhookUrl"))?,
            status: update.status.unwrap_or_default(),
            version: update.version.unwrap_or_default(),
        })
    }
}

/// The body of an update: only what changes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "as in CreateWebhook")]
pub struct UpdateWebhook {
    pub friendly_name: Option<String>,
    pub event_types: Option<Vec<String>>,
    pub webhook_url: Option<String>,
    pub status: Option<WebhookStatus>,
    pub version: Option<WebhookVersion>,
}

impl UpdateWebhook {
    /// Reads and checks the body.
    ///
    /// # Errors
    /// 60200 for what cannot be used.
    pub fn from_form(form: &Form) -> Result<Self, ApiError> {
        let code = ErrorCode::InvalidParameter;
        let friendly_name = match optional(form, "FriendlyName")? {
            Some(_) => Some(text(code, "FriendlyName", required(form, "FriendlyName")?, 64)?),
            None => None,
        };
        let mut event_types: Vec<String> = Vec::new();
        for event in form.all("EventTypes").filter(|event| !event.is_empty()) {
            if !EVENT_TYPES.contains(&event) {
                return Err(invalid(code, "EventTypes", "there is no such event"));
            }
            if !event_types.iter().any(|known| known == event) {
                event_types.push(event.to_owned());
            }
        }
        Ok(Self {
            friendly_name,
            event_types: Some(event_types).filter(|events| !events.is_empty()),
            webhook_url: optional(form, "WebhookUrl")?.map(webhook_url).transpose()?,
            status: optional_parsed(code, form, "Status")?,
            version: optional_parsed(code, form, "Version")?,
        })
    }
}

fn webhook_url(text: &str) -> Result<String, ApiError> {
    let usable = text.len() <= 2048
        && url::Url::parse(text).is_ok_and(|url| {
            matches!(url.scheme(), "https" | "http")
                && url.has_host()
                && url.username().is_empty()
                && url.password().is_none()
        });
    if usable {
        Ok(text.to_owned())
    } else {
        Err(invalid(
            ErrorCode::InvalidParameter,
            "WebhookUrl",
            "an http or https URL without a user is expected",
        ))
    }
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names are the API's own, section 9.7")]
pub struct Webhook {
    pub sid: WebhookSid,
    pub service_sid: ServiceSid,
    pub account_sid: AccountSid,
    pub friendly_name: String,
    pub event_types: Vec<String>,
    pub status: WebhookStatus,
    pub version: WebhookVersion,
    pub webhook_url: String,
    pub webhook_method: String,
    #[serde(with = "serde_iso")]
    pub date_created: Timestamp,
    #[serde(with = "serde_iso")]
    pub date_updated: Timestamp,
    pub url: String,
}

/// A page of webhooks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names are the API's own, section 9.0")]
pub struct WebhookList {
    pub webhooks: Vec<Webhook>,
    pub meta: PageMeta,
}
