//! Challenges (sections 5, 6 and 9.5): one question to one factor.

mod hidden_details;

use std::{collections::BTreeMap, fmt, str::FromStr};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

pub use self::hidden_details::HiddenDetails;
use super::{
    factor_type::FactorType,
    parameters::{invalid, optional, optional_json_texts, optional_parsed, optional_text, required, text},
};
use crate::{
    challenge_response::{Decision, MAX_AUTH_PAYLOAD},
    date::{serde_iso, serde_iso_option},
    error::{ApiError, ErrorCode},
    form::Form,
    identity::Identity,
    page::PageMeta,
    sid::{AccountSid, ChallengeSid, EntitySid, FactorSid, ServiceSid},
    totp::Code,
};

/// Where a challenge stands. `expired` is derived: a pending one whose time is over reads as expired everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ChallengeStatus {
    /// It waits for an answer.
    Pending,
    /// Answered with yes.
    Approved,
    /// Answered with no.
    Denied,
    /// Its time ran out before an answer came.
    Expired,
}

impl ChallengeStatus {
    /// The text on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Approved => "approved",
            Self::Denied => "denied",
            Self::Expired => "expired",
        }
    }
}

impl fmt::Display for ChallengeStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for ChallengeStatus {
    type Err = UnknownText;

    fn from_str(text: &str) -> Result<Self, UnknownText> {
        match text {
            "pending" => Ok(Self::Pending),
            "approved" => Ok(Self::Approved),
            "denied" => Ok(Self::Denied),
            "expired" => Ok(Self::Expired),
            _ => Err(UnknownText {
                expected: "pending, approved, denied or expired",
            }),
        }
    }
}

impl From<Decision> for ChallengeStatus {
    fn from(decision: Decision) -> Self {
        match decision {
            Decision::Approved => Self::Approved,
            Decision::Denied => Self::Denied,
        }
    }
}

/// The order of a list, by date of creation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Order {
    /// Oldest first: the API's default.
    #[default]
    Asc,
    /// Newest first.
    Desc,
}

impl Order {
    /// The text on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Asc => "asc",
            Self::Desc => "desc",
        }
    }
}

impl FromStr for Order {
    type Err = UnknownText;

    fn from_str(text: &str) -> Result<Self, UnknownText> {
        match text {
            "asc" => Ok(Self::Asc),
            "desc" => Ok(Self::Desc),
            _ => Err(UnknownText {
                expected: "asc or desc",
            }),
        }
    }
}

/// The text is none of the words that the API knows here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{expected} is expected")]
pub struct UnknownText {
    expected: &'static str,
}

/// One line of what a person is shown: a label of at most 36 and a value of at most 128 characters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// What it is.
    pub label: String,
    /// What it says.
    pub value: String,
}

/// What a person is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Details {
    /// The question: at most 256 characters. Empty where a code was asked for without words.
    pub message: String,
    /// At most 20 lines.
    #[serde(default)]
    pub fields: Vec<Field>,
    /// The date of creation, only where the service asks for it: omitted otherwise, never `null` (section 5.1).
    #[serde(default, with = "serde_iso_option", skip_serializing_if = "Option::is_none")]
    pub date: Option<Timestamp>,
}

/// The body of a creation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateChallenge {
    /// `FactorSid`.
    pub factor_sid: FactorSid,
    /// `ExpirationDate`: five minutes from now if not given, an hour at most.
    pub expiration_date: Option<Timestamp>,
    /// `Details.Message`: a push factor has to be given one.
    pub message: Option<String>,
    /// `Details.Fields`, repeated.
    pub fields: Vec<Field>,
    /// `HiddenDetails`.
    pub hidden_details: Option<HiddenDetails>,
    /// `AuthPayload`: the code that answers the challenge as soon as it is made. For TOTP factors only.
    pub code: Option<Code>,
}

impl CreateChallenge {
    /// How long a challenge lives if nothing else was asked for.
    pub const DEFAULT_LIFE: SignedDuration = SignedDuration::from_mins(5);
    /// How long a challenge lives at most.
    pub const MAX_LIFE: SignedDuration = SignedDuration::from_mins(60);
    /// How many fields it may have.
    pub const MAX_FIELDS: usize = 20;

    /// Reads and checks the body.
    ///
    /// # Errors
    /// The API's own: 20001 for what is missing, 60368 for details, 60306 for the rest.
    pub fn from_form(form: &Form, now: Timestamp) -> Result<Self, ApiError> {
        let factor_sid = required(form, "FactorSid")?
            .parse()
            .map_err(|error| invalid(ErrorCode::InvalidRequest, "FactorSid", &format!("{error}")))?;
        let message = optional_text(ErrorCode::Details, form, "Details.Message", 256)?;
        let fields = form
            .all("Details.Fields")
            .map(field)
            .collect::<Result<Vec<_>, _>>()?;
        if fields.len() > Self::MAX_FIELDS {
            return Err(invalid(
                ErrorCode::Details,
                "Details.Fields",
                "at most 20 fields are allowed",
            ));
        }
        Ok(Self {
            factor_sid,
            expiration_date: expiration_date(form, now)?,
            message,
            fields,
            hidden_details: HiddenDetails::from_form(form)?,
            code: optional_parsed(ErrorCode::InvalidRequest, form, "AuthPayload")?,
        })
    }

    /// Writes the body.
    pub fn to_form(&self) -> Form {
        let mut form = Form::default();
        form.push("FactorSid", self.factor_sid.as_str());
        form.push_some("ExpirationDate", self.expiration_date.map(crate::date::format));
        form.push_some("Details.Message", self.message.as_deref());
        for field in &self.fields {
            form.push("Details.Fields", crate::json::raw(field).get());
        }
        form.push_some(
            "HiddenDetails",
            self.hidden_details
                .as_ref()
                .map(|hidden| crate::json::raw(hidden).get().to_owned()),
        );
        form.push_some("AuthPayload", self.code.as_ref().map(Code::as_str));
        form
    }
}

fn expiration_date(form: &Form, now: Timestamp) -> Result<Option<Timestamp>, ApiError> {
    let name = "ExpirationDate";
    let code = ErrorCode::InvalidRequest;
    let Some(value) = optional(form, name)? else {
        return Ok(None);
    };
    let at = crate::date::parse(value).map_err(|error| invalid(code, name, &error.to_string()))?;
    if at <= now {
        Err(invalid(code, name, "it lies in the past"))
    } else if at.duration_since(now) > CreateChallenge::MAX_LIFE {
        Err(invalid(code, name, "it lies more than 60 minutes ahead"))
    } else {
        Ok(Some(at))
    }
}

fn field(json: &str) -> Result<Field, ApiError> {
    let name = "Details.Fields";
    let code = ErrorCode::Details;
    let members = crate::json::Members::parse(json.as_bytes())
        .map_err(|_| invalid(code, name, "each field is a JSON object with label and value"))?;
    let member = |member: &str, longest| {
        let value = members
            .text(member)
            .ok_or_else(|| invalid(code, name, &format!("a field has no {member} that is a text")))?;
        text(code, name, &value, longest)
    };
    Ok(Field {
        label: member("label", 36)?,
        value: member("value", 128)?,
    })
}

/// The body of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UpdateChallenge {
    /// `AuthPayload`: the signed response, or the code.
    pub auth_payload: String,
    /// `Metadata`.
    pub metadata: Option<BTreeMap<String, String>>,
}

impl UpdateChallenge {
    /// Reads and checks the body.
    ///
    /// # Errors
    /// 20001 if there is no payload, 60306 if it is too long.
    pub fn from_form(form: &Form) -> Result<Self, ApiError> {
        let auth_payload = required(form, "AuthPayload")?;
        if auth_payload.len() > MAX_AUTH_PAYLOAD {
            let why = format!("at most {MAX_AUTH_PAYLOAD} characters are allowed");
            return Err(invalid(ErrorCode::InvalidRequest, "AuthPayload", &why));
        }
        Ok(Self {
            auth_payload: auth_payload.to_owned(),
            metadata: optional_json_texts(ErrorCode::InvalidRequest, form, "Metadata")?,
        })
    }

    /// Writes the body as a device does: only the payload.
    pub fn to_form(&self) -> Form {
        let mut form = Form::default();
        form.push("AuthPayload", self.auth_payload.as_str());
        form
    }
}

/// The body of a change that is not an answer: the issuer's backend notes something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnnotateChallenge {
    /// `Metadata`.
    pub metadata: BTreeMap<String, String>,
}

impl AnnotateChallenge {
    /// Reads and checks the body; `None` if it carries a payload, and so is an answer, or no metadata.
    ///
    /// # Errors
    /// 60306 for metadata that cannot be used.
    pub fn from_form(form: &Form) -> Result<Option<Self>, ApiError> {
        if optional(form, "AuthPayload")?.is_some() {
            return Ok(None);
        }
        let metadata = optional_json_texts(ErrorCode::InvalidRequest, form, "Metadata")?;
        Ok(metadata.map(|metadata| Self { metadata }))
    }
}

/// The filters of a list, beside its paging.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ChallengeFilter {
    /// `FactorSid`.
    pub factor_sid: Option<FactorSid>,
    /// `Status`.
    pub status: Option<ChallengeStatus>,
    /// `Order`.
    pub order: Order,
}

impl ChallengeFilter {
    /// Reads and checks the query.
    ///
    /// # Errors
    /// 60306 for a value that the API does not know.
    pub fn from_form(query: &Form) -> Result<Self, ApiError> {
        let code = ErrorCode::InvalidRequest;
        Ok(Self {
            factor_sid: optional_parsed(code, query, "FactorSid")?,
            status: optional_parsed(code, query, "Status")?,
            order: optional_parsed(code, query, "Order")?.unwrap_or_default(),
        })
    }

    /// Adds the filters to a query.
    pub fn push_to(&self, query: &mut Form) {
        query.push_some("FactorSid", self.factor_sid.as_ref().map(FactorSid::as_str));
        query.push("Order", self.order.as_str());
        query.push_some("Status", self.status.map(ChallengeStatus::as_str));
    }
}

/// The answer, as our server sends it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names are the API's own, section 9.5")]
pub struct Challenge {
    pub sid: ChallengeSid,
    pub account_sid: AccountSid,
    pub service_sid: ServiceSid,
    pub entity_sid: EntitySid,
    pub identity: Identity,
    pub factor_sid: FactorSid,
    #[serde(with = "serde_iso")]
    pub date_created: Timestamp,
    #[serde(with = "serde_iso")]
    pub date_updated: Timestamp,
    #[serde(with = "serde_iso_option")]
    pub date_responded: Option<Timestamp>,
    #[serde(with = "serde_iso")]
    pub expiration_date: Timestamp,
    pub status: ChallengeStatus,
    pub responded_reason: String,
    pub details: Details,
    pub hidden_details: Option<HiddenDetails>,
    pub metadata: Option<BTreeMap<String, String>>,
    pub factor_type: FactorType,
    pub url: String,
    pub links: ChallengeLinks,
}

/// URLs of what belongs to a challenge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names are the API's own, section 9.5")]
pub struct ChallengeLinks {
    pub notifications: String,
}

/// A page of challenges.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names are the API's own, section 9.0")]
pub struct ChallengeList {
    pub challenges: Vec<Challenge>,
    pub meta: PageMeta,
}

/// What a device reads of a challenge; everything else is ignored but as material to sign (section 5.1).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct DeviceChallenge {
    /// The challenge.
    pub sid: ChallengeSid,
    /// The factor it asks: must be the one that asks for it.
    pub factor_sid: FactorSid,
    /// Where it stands.
    pub status: ChallengeStatus,
    /// What to show.
    pub details: Details,
    /// What not to show. Values that are no texts are kept as their JSON text.
    #[serde(default, deserialize_with = "hidden_details::lenient")]
    pub hidden_details: Option<HiddenDetails>,
    /// When it was created, by the server's clock.
    #[serde(with = "serde_iso")]
    pub date_created: Timestamp,
    /// When it last changed.
    #[serde(with = "serde_iso")]
    pub date_updated: Timestamp,
    /// When it was answered, where the server says so.
    #[serde(default, with = "serde_iso_option")]
    pub date_responded: Option<Timestamp>,
    /// When it ends.
    #[serde(with = "serde_iso")]
    pub expiration_date: Timestamp,
}

/// A page of challenges, as a device reads it; `meta` has to be there (section 5.2).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct DeviceChallengeList {
    /// The challenges: for display only, never signed.
    pub challenges: Vec<DeviceChallenge>,
    /// Paging.
    pub meta: PageMeta,
}
