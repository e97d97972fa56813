//! Services (section 9.1): the tenants of the API.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::parameters::{invalid, optional_bool, optional_number, optional_parsed, optional_text, text};
use crate::{
    date::serde_iso,
    error::{ApiError, ErrorCode},
    form::Form,
    page::PageMeta,
    sid::{AccountSid, CredentialSid, ServiceSid},
};

/// Longest pause after a report, in seconds: a day.
pub const MAX_REPORT_PAUSE: u32 = 24 * 60 * 60;

/// The body of a creation or an update: what is given is set, the rest keeps its value or default.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the API's own, section 9.1")]
pub struct ServiceParameters {
    /// `FriendlyName`: at most 32 characters, required on creation.
    pub friendly_name: Option<String>,
    pub code_length: Option<u32>,
    pub lookup_enabled: Option<bool>,
    pub psd2_enabled: Option<bool>,
    pub skip_sms_to_landlines: Option<bool>,
    pub dtmf_input_required: Option<bool>,
    pub do_not_share_warning_enabled: Option<bool>,
    pub custom_code_enabled: Option<bool>,
    pub tts_name: Option<String>,
    pub default_template_sid: Option<String>,
    pub push_include_date: Option<bool>,
    pub push_apn_credential_sid: Option<CredentialSid>,
    pub push_fcm_credential_sid: Option<CredentialSid>,
    pub totp_issuer: Option<String>,
    pub totp_time_step: Option<u32>,
    pub totp_code_length: Option<u32>,
    pub totp_skew: Option<u32>,
    pub verify_event_subscription_enabled: Option<bool>,
    /// `Countersign.ReportPause`: for how many seconds a report keeps its factor from being asked (E6).
    pub report_pause: Option<u32>,
    pub whatsapp_msg_service_sid: Option<String>,
    pub whatsapp_from: Option<String>,
    pub passkeys_relying_party_id: Option<String>,
    pub passkeys_relying_party_name: Option<String>,
    /// `Passkeys.RelyingParty.Origins`: separated by commas, or repeated.
    pub passkeys_relying_party_origins: Option<Vec<String>>,
    pub passkeys_authenticator_attachment: Option<String>,
    pub passkeys_discoverable_credentials: Option<String>,
    pub passkeys_user_verification: Option<String>,
}

impl ServiceParameters {
    /// Reads and checks the body.
    ///
    /// # Errors
    /// 60200 for what cannot be used.
    pub fn from_form(form: &Form) -> Result<Self, ApiError> {
        let code = ErrorCode::InvalidParameter;
        Ok(Self {
            friendly_name: optional_text(code, form, "FriendlyName", 32)?,
            code_length: optional_number(code, form, "CodeLength", 4, 10)?,
            lookup_enabled: optional_bool(form, "LookupEnabled")?,
            psd2_enabled: optional_bool(form, "Psd2Enabled")?,
            skip_sms_to_landlines: optional_bool(form, "SkipSmsToLandlines")?,
            dtmf_input_required: optional_bool(form, "DtmfInputRequired")?,
            do_not_share_warning_enabled: optional_bool(form, "DoNotShareWarningEnabled")?,
            custom_code_enabled: optional_bool(form, "CustomCodeEnabled")?,
            tts_name: optional_text(code, form, "TtsName", 64)?,
            default_template_sid: template_sid(form)?,
            push_include_date: optional_bool(form, "Push.IncludeDate")?,
            push_apn_credential_sid: optional_parsed(code, form, "Push.ApnCredentialSid")?,
            push_fcm_credential_sid: optional_parsed(code, form, "Push.FcmCredentialSid")?,
            totp_issuer: optional_text(code, form, "Totp.Issuer", 64)?,
            totp_time_step: optional_number(code, form, "Totp.TimeStep", 20, 60)?,
            totp_code_length: optional_number(code, form, "Totp.CodeLength", 3, 8)?,
            totp_skew: optional_number(code, form, "Totp.Skew", 0, 2)?,
            verify_event_subscription_enabled: optional_bool(form, "VerifyEventSubscriptionEnabled")?,
            report_pause: optional_number(code, form, "Countersign.ReportPause", 0, MAX_REPORT_PAUSE)?,
            whatsapp_msg_service_sid: optional_text(code, form, "Whatsapp.MsgServiceSid", 34)?,
            whatsapp_from: optional_text(code, form, "Whatsapp.From", 64)?,
            passkeys_relying_party_id: optional_text(code, form, "Passkeys.RelyingParty.Id", 253)?,
            passkeys_relying_party_name: optional_text(code, form, "Passkeys.RelyingParty.Name", 64)?,
            passkeys_relying_party_origins: origins(form)?,
            passkeys_authenticator_attachment: optional_text(
                code,
                form,
                "Passkeys.AuthenticatorAttachment",
                64,
            )?,
            passkeys_discoverable_credentials: optional_text(
                code,
                form,
                "Passkeys.DiscoverableCredentials",
                64,
            )?,
            passkeys_user_verification: optional_text(code, form, "Passkeys.UserVerification", 64)?,
        })
    }

    /// Reads the body of a creation: as [`Self::from_form`], with a name.
    ///
    /// # Errors
    /// 20001 if there is no name.
    pub fn for_creation(form: &Form) -> Result<Self, ApiError> {
        let parameters = Self::from_form(form)?;
        if parameters.friendly_name.is_none() {
            return Err(ApiError::missing_parameter("FriendlyName"));
        }
        Ok(parameters)
    }
}

fn origins(form: &Form) -> Result<Option<Vec<String>>, ApiError> {
    let (code, name) = (ErrorCode::InvalidParameter, "Passkeys.RelyingParty.Origins");
    let given = form.all(name).flat_map(|value| value.split(','));
    let given = given.map(str::trim).filter(|origin| !origin.is_empty());
    let origins: Vec<_> = given
        .map(|origin| text(code, name, origin, 256))
        .collect::<Result<_, _>>()?;
    if origins.len() > 20 {
        return Err(invalid(code, name, "at most 20 origins are allowed"));
    }
    Ok(Some(origins).filter(|origins| !origins.is_empty()))
}

fn template_sid(form: &Form) -> Result<Option<String>, ApiError> {
    let sid = optional_text(ErrorCode::InvalidParameter, form, "DefaultTemplateSid", 34)?;
    match sid {
        Some(sid) if !(sid.len() == 34 && sid.starts_with("HJ")) => Err(invalid(
            ErrorCode::InvalidParameter,
            "DefaultTemplateSid",
            "a template SID is expected",
        )),
        sid => Ok(sid),
    }
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names are the API's own, section 9.1")]
pub struct Service {
    pub sid: ServiceSid,
    pub account_sid: AccountSid,
    pub friendly_name: String,
    pub code_length: u32,
    pub lookup_enabled: bool,
    pub psd2_enabled: bool,
    pub skip_sms_to_landlines: bool,
    pub dtmf_input_required: bool,
    pub tts_name: Option<String>,
    pub do_not_share_warning_enabled: bool,
    pub custom_code_enabled: bool,
    pub push: PushSettings,
    pub totp: TotpSettings,
    pub whatsapp: WhatsappSettings,
    pub passkeys: PasskeySettings,
    pub default_template_sid: Option<String>,
    pub verify_event_subscription_enabled: bool,
    /// Ours alone, and there only where it was set (E6).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub countersign: Option<CountersignSettings>,
    #[serde(with = "serde_iso")]
    pub date_created: Timestamp,
    #[serde(with = "serde_iso")]
    pub date_updated: Timestamp,
    pub url: String,
    pub links: ServiceLinks,
}

/// `push` of a service.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names are the API's own, section 9.1")]
pub struct PushSettings {
    pub include_date: bool,
    pub apn_credential_sid: Option<CredentialSid>,
    pub fcm_credential_sid: Option<CredentialSid>,
}

/// `countersign` of a service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountersignSettings {
    /// For how many seconds a report keeps its factor from being asked.
    pub report_pause: u32,
}

/// `totp` of a service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names are the API's own, section 9.1")]
pub struct TotpSettings {
    pub issuer: Option<String>,
    pub time_step: u32,
    pub code_length: u32,
    pub skew: u32,
}

/// `whatsapp` of a service: kept, and without effect here.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names are the API's own, section 9.1")]
pub struct WhatsappSettings {
    pub msg_service_sid: Option<String>,
    pub from: Option<String>,
}

/// `passkeys` of a service: kept, and without effect here.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names are the API's own, section 9.1")]
pub struct PasskeySettings {
    pub relying_party: RelyingParty,
    pub authenticator_attachment: Option<String>,
    pub discoverable_credentials: Option<String>,
    pub user_verification: Option<String>,
}

/// `passkeys.relying_party` of a service.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names are the API's own, section 9.1")]
pub struct RelyingParty {
    pub id: Option<String>,
    pub name: Option<String>,
    pub origins: Option<Vec<String>>,
}

/// URLs of what belongs to a service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names are the API's own, section 9.1")]
pub struct ServiceLinks {
    pub verification_checks: String,
    pub verifications: String,
    pub rate_limits: String,
    pub messaging_configurations: String,
    pub entities: String,
    pub webhooks: String,
    pub access_tokens: String,
}

/// A page of services.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names are the API's own, section 9.0")]
pub struct ServiceList {
    pub services: Vec<Service>,
    pub meta: PageMeta,
}
