//! Factors (sections 2.3, 2.4, 7.1 and 9.4): what the entities have to prove themselves with. Here are push factors,
//! the enrolled devices, and what all have in common; factors with codes are in [`totp`].

use std::{collections::BTreeMap, fmt, str::FromStr};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    factor_type::FactorType,
    parameters::{invalid, optional, optional_json_texts, optional_text, required, text},
};
use crate::{
    date::serde_iso,
    error::{ApiError, ErrorCode},
    form::Form,
    identity::Identity,
    keys::PublicKey,
    page::PageMeta,
    sid::{AccountSid, EntitySid, FactorSid, ServiceSid},
    totp::TotpConfig,
};

pub mod totp;

/// Whether the factor has proved that it holds its key or secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FactorStatus {
    /// Created, not proved yet: cannot be challenged.
    Unverified,
    /// Proved.
    Verified,
}

impl FactorStatus {
    /// The text on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unverified => "unverified",
            Self::Verified => "verified",
        }
    }
}

/// Which push service reaches the device. A desktop uses [`NotificationPlatform::None`] and polls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum NotificationPlatform {
    /// Apple's.
    Apn,
    /// Google's.
    Fcm,
    /// None: the device polls.
    #[default]
    None,
}

impl NotificationPlatform {
    /// The text on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Apn => "apn",
            Self::Fcm => "fcm",
            Self::None => "none",
        }
    }
}

impl FromStr for NotificationPlatform {
    type Err = ApiError;

    fn from_str(text: &str) -> Result<Self, ApiError> {
        match text {
            "apn" => Ok(Self::Apn),
            "fcm" => Ok(Self::Fcm),
            "none" => Ok(Self::None),
            _ => Err(invalid(
                ErrorCode::FactorConfig,
                "Config.NotificationPlatform",
                "apn, fcm or none is expected",
            )),
        }
    }
}

/// The body of a creation of a push factor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateFactor {
    /// `FriendlyName`: at most 64 characters.
    pub friendly_name: String,
    /// `Binding.PublicKey`.
    pub public_key: PublicKey,
    /// `Config.*`.
    pub config: PushConfig,
    /// `Metadata`: texts by name, at most 1024 characters of JSON.
    pub metadata: Option<BTreeMap<String, String>>,
}

impl CreateFactor {
    /// Reads and checks the body.
    ///
    /// # Errors
    /// The API's own: 20001 for what is missing, 60314 for the binding, 60369 for the type, 60370 for the config.
    pub fn from_form(form: &Form) -> Result<Self, ApiError> {
        let friendly_name = required(form, "FriendlyName")?;
        if FactorType::from_form(form)? != FactorType::Push {
            return Err(invalid(ErrorCode::FactorType, "FactorType", "push is expected"));
        }
        let binding = required(form, "Binding.PublicKey")?;
        if required(form, "Binding.Alg")? != "ES256" {
            return Err(invalid(ErrorCode::Binding, "Binding.Alg", "ES256 is expected"));
        }
        Ok(Self {
            friendly_name: text(ErrorCode::InvalidParameter, "FriendlyName", friendly_name, 64)?,
            public_key: PublicKey::from_binding(binding)
                .map_err(|error| invalid(ErrorCode::Binding, "Binding.PublicKey", &error.to_string()))?,
            config: PushConfig::from_form(form)?,
            metadata: optional_json_texts(ErrorCode::InvalidParameter, form, "Metadata")?,
        })
    }

    /// Writes the body, in the mobile libraries' order.
    pub fn to_form(&self) -> Form {
        let mut form = Form::default();
        form.push("FriendlyName", self.friendly_name.as_str());
        form.push("FactorType", "push");
        form.push("Binding.PublicKey", self.public_key.to_binding());
        form.push("Binding.Alg", "ES256");
        self.config.push_to(&mut form);
        form.push_some(
            "Metadata",
            self.metadata
                .as_ref()
                .map(|metadata| crate::json::raw(metadata).get().to_owned()),
        );
        form
    }
}

/// The body of an update of a push factor (sections 3 and 7.1): a proof, or new settings, or both.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UpdateFactor {
    /// `AuthPayload`: the proof that verifies the factor.
    pub auth_payload: Option<String>,
    /// `FriendlyName`.
    pub friendly_name: Option<String>,
    /// `Config.*`, if any of it was sent.
    pub config: Option<PushConfig>,
}

impl UpdateFactor {
    /// Reads and checks the body.
    ///
    /// # Errors
    /// The API's own; 60306 for a proof longer than 1024 characters.
    pub fn from_form(form: &Form) -> Result<Self, ApiError> {
        let auth_payload = optional(form, "AuthPayload")?;
        if auth_payload.is_some_and(|payload| payload.len() > 1024) {
            return Err(invalid(
                ErrorCode::InvalidRequest,
                "AuthPayload",
                "at most 1024 characters are allowed",
            ));
        }
        let config = form.pairs().any(|(name, _)| name.starts_with("Config."));
        Ok(Self {
            auth_payload: auth_payload.map(str::to_owned),
            friendly_name: optional_text(ErrorCode::InvalidParameter, form, "FriendlyName", 64)?,
            config: if config {
                Some(PushConfig::from_form(form)?)
            } else {
                None
            },
        })
    }

    /// Writes the body.
    pub fn to_form(&self) -> Form {
        let mut form = Form::default();
        form.push_some("AuthPayload", self.auth_payload.as_deref());
        form.push_some("FriendlyName", self.friendly_name.as_deref());
        if let Some(config) = &self.config {
            config.push_to(&mut form);
        }
        form
    }
}

/// `Config.*` of a push factor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PushConfig {
    /// `Config.SdkVersion`: version of the device's library.
    pub sdk_version: Option<String>,
    /// `Config.AppId`: at most 100 characters.
    pub app_id: Option<String>,
    /// `Config.NotificationPlatform`; the device sends `none` if it has no push token. If it is not sent, a new
    /// factor has none, and another keeps the one it has.
    pub notification_platform: Option<NotificationPlatform>,
    /// `Config.NotificationToken`: 32 to 255 characters.
    pub notification_token: Option<String>,
}

impl PushConfig {
    /// The configuration of a device that polls.
    pub fn polling(sdk_version: &str, app_id: &str) -> Self {
        Self {
            sdk_version: Some(sdk_version.to_owned()),
            app_id: Some(app_id.to_owned()),
            notification_platform: Some(NotificationPlatform::None),
            notification_token: None,
        }
    }

    fn from_form(form: &Form) -> Result<Self, ApiError> {
        let code = ErrorCode::FactorConfig;
        let token = optional_text(code, form, "Config.NotificationToken", 255)?;
        if token.as_ref().is_some_and(|token| token.len() < 32) {
            return Err(invalid(
                code,
                "Config.NotificationToken",
                "32 to 255 characters are expected",
            ));
        }
        let platform = optional(form, "Config.NotificationPlatform")?;
        let platform: Option<NotificationPlatform> = platform.map(str::parse).transpose()?;
        if platform.is_some_and(|platform| platform != NotificationPlatform::None) && token.is_none() {
            return Err(ApiError::missing_parameter("Config.NotificationToken"));
        }
        Ok(Self {
            sdk_version: optional_text(code, form, "Config.SdkVersion", 100)?,
            app_id: optional_text(code, form, "Config.AppId", 100)?,
            notification_platform: platform,
            notification_token: token,
        })
    }

    fn push_to(&self, form: &mut Form) {
        form.push_some("Config.SdkVersion", self.sdk_version.as_deref());
        form.push_some("Config.AppId", self.app_id.as_deref());
        form.push_some(
            "Config.NotificationPlatform",
            self.notification_platform.map(NotificationPlatform::as_str),
        );
        form.push_some("Config.NotificationToken", self.notification_token.as_deref());
    }
}

/// The answer, as our server sends it. `binding` is there only on creation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names are the API's own, section 9.4")]
pub struct Factor {
    pub sid: FactorSid,
    pub account_sid: AccountSid,
    pub service_sid: ServiceSid,
    pub entity_sid: EntitySid,
    pub identity: Identity,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub binding: Option<Binding>,
    #[serde(with = "serde_iso")]
    pub date_created: Timestamp,
    #[serde(with = "serde_iso")]
    pub date_updated: Timestamp,
    pub friendly_name: String,
    pub status: FactorStatus,
    pub factor_type: FactorType,
    pub config: FactorConfig,
    pub metadata: Option<BTreeMap<String, String>>,
    pub url: String,
}

/// What a factor was bound with, as its type has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Binding {
    /// The public key of a device.
    Push(PushBinding),
    /// The secret of an authenticator.
    Totp(totp::TotpBinding),
}

/// What binds a push factor to its device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names are the API's own, section 9.4")]
pub struct PushBinding {
    pub alg: String,
    pub public_key: String,
}

/// `config` of a factor, as its type has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum FactorConfig {
    /// How a device is reached, and how it authenticates.
    Push(PushFactorConfig),
    /// How codes are made.
    Totp(TotpConfig),
}

/// `config` of a push factor, as our server sends it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names are the API's own, section 2.4")]
pub struct PushFactorConfig {
    pub sdk_version: Option<String>,
    pub app_id: Option<String>,
    pub notification_platform: NotificationPlatform,
    pub notification_token: Option<String>,
    /// `kid` of the device's JWT; not in the published schema, but every device needs it.
    pub credential_sid: String,
}

/// A page of factors.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names are the API's own, section 9.0")]
pub struct FactorList {
    pub factors: Vec<Factor>,
    pub meta: PageMeta,
}

/// What a device reads of a created or updated factor; everything else is ignored (section 2.4).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct CreatedFactor {
    /// The factor.
    pub sid: FactorSid,
    /// `sub` of the device's JWT.
    pub account_sid: AccountSid,
    /// Its name.
    pub friendly_name: String,
    /// Whether it is verified.
    pub status: FactorStatus,
    /// When it was created, by the server's clock.
    #[serde(with = "serde_iso")]
    pub date_created: Timestamp,
    /// Where `kid` is.
    pub config: CreatedFactorConfig,
}

/// What a device reads of `config`.
#[derive(Clone, PartialEq, Eq, Deserialize)]
pub struct CreatedFactorConfig {
    /// `kid` of the device's JWT: any text but the empty one.
    #[serde(deserialize_with = "non_empty")]
    pub credential_sid: String,
}

impl fmt::Debug for CreatedFactorConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CreatedFactorConfig")
            .field("credential_sid", &self.credential_sid)
            .finish()
    }
}

/// What a device reads after verifying: the status, nothing else (section 3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct VerifiedFactor {
    /// Whether the proof was accepted.
    pub status: FactorStatus,
}

fn non_empty<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let text = String::deserialize(deserializer)?;
    if text.is_empty() {
        Err(serde::de::Error::custom("an empty credential_sid"))
    } else {
        Ok(text)
    }
}
