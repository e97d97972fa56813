//! A report on a request that was denied (E6): a person says that it was not theirs, signed by their device.

use std::{fmt, str::FromStr};

use jiff::Timestamp;
use serde::Serialize;
use url::Url;

use crate::{
    date::{self, serde_iso},
    form::Form,
    jws::{self, CompactJws, JwsError},
    keys::PublicKey,
    link::ServerUrl,
    resources::challenge::HiddenDetails,
    sid::{ChallengeSid, FactorSid},
};

/// `cty` of a report. Answers have none and device tokens another, so none passes for the other.
pub const CONTENT_TYPE: &str = "countersign-report;v=1";

/// Longest note, in characters.
pub const MAX_NOTE: usize = 256;

/// The key in `hidden_details` of an address for reports, where the server takes none itself.
pub const URL_KEY: &str = "countersign.report_url";

/// Name of the form parameter that carries the signed report.
pub const PARAMETER: &str = "AuthPayload";

/// Longest address for reports that is looked at, in characters.
const MAX_URL: usize = 1024;

/// Path of the reports of one challenge, behind the server's base URL.
pub fn path(challenge: &ChallengeSid) -> String {
    format!("/countersign/v1/challenges/{challenge}/reports")
}

/// Why a person denied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Somebody else made the request.
    NotMe,
    /// The person made it, and did not mean to.
    Mistake,
}

impl Reason {
    /// The text on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotMe => "not_me",
            Self::Mistake => "mistake",
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Reason {
    type Err = ReportError;

    fn from_str(text: &str) -> Result<Self, ReportError> {
        match text {
            "not_me" => Ok(Self::NotMe),
            "mistake" => Ok(Self::Mistake),
            _ => Err(ReportError::Reason),
        }
    }
}

/// What is reported. A note is the person's own words, untrusted like any text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The challenge that was denied.
    pub sid: ChallengeSid,
    /// The factor that denied it, and that signs this.
    pub factor_sid: FactorSid,
    /// Why.
    pub reason: Reason,
    /// At most [`MAX_NOTE`] characters, and not empty.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// When it was said, by the device's clock as corrected for the server.
    #[serde(with = "serde_iso")]
    pub at: Timestamp,
}

impl Report {
    /// The bytes to sign.
    ///
    /// # Errors
    /// [`ReportError::Note`] if the note is empty or too long.
    pub fn signing_input(&self) -> Result<String, ReportError> {
        refuse_note(self.note.as_deref())?;
        let header = format!(r#"{{"cty":"{CONTENT_TYPE}","typ":"JWT","alg":"ES256"}}"#);
        Ok(jws::signing_input(&header, crate::json::raw(self).get()))
    }

    /// Reads a report and checks it: the signature first, then that it is about this challenge and by this factor.
    ///
    /// # Errors
    /// The first thing that does not hold. [`ReportError::Form`] means that the text is no report at all.
    pub fn verify(
        text: &str,
        sid: &ChallengeSid,
        factor_sid: &FactorSid,
        key: &PublicKey,
    ) -> Result<Self, ReportError> {
        let jws = CompactJws::parse(text).map_err(ReportError::Form)?;
        if jws.header.text("cty").as_deref() != Some(CONTENT_TYPE) {
            return Err(ReportError::Kind);
        }
        jws.verify(key).map_err(|_| ReportError::Signature)?;
        let member = |name| jws.payload.text(name);
        for (name, expected) in [("sid", sid.as_str()), ("factor_sid", factor_sid.as_str())] {
            if member(name).as_deref() != Some(expected) {
                return Err(ReportError::Differs { name });
            }
        }
        let note = match jws.payload.get("note") {
            None => None,
            Some(_) => Some(member("note").ok_or(ReportError::Note)?),
        };
        refuse_note(note.as_deref())?;
        Ok(Self {
            sid: sid.clone(),
            factor_sid: factor_sid.clone(),
            reason: member("reason").ok_or(ReportError::Reason)?.parse()?,
            note,
            at: member("at")
                .and_then(|at| date::parse(&at).ok())
                .ok_or(ReportError::Date)?,
        })
    }
}

/// The body of a report that was signed.
pub fn to_form(signed: &str) -> Form {
    let mut form = Form::default();
    form.push(PARAMETER, signed);
    form
}

fn refuse_note(note: Option<&str>) -> Result<(), ReportError> {
    match note {
        Some(note) if note.is_empty() || note.chars().count() > MAX_NOTE => Err(ReportError::Note),
        _ => Ok(()),
    }
}

/// The issuer's own address for reports, if it names one that may be offered: `https`, on the host of the factor's
/// server, so that nobody who can only write a request sends people elsewhere.
pub fn address(hidden: &HiddenDetails, server: &ServerUrl) -> Option<Url> {
    let text = hidden.get(URL_KEY).filter(|text| text.len() <= MAX_URL)?;
    let url = Url::parse(text).ok()?;
    let plain = url.scheme() == "https" && url.username().is_empty() && url.password().is_none();
    (plain && url.host() == server.join("/").host()).then_some(url)
}

/// Why a report cannot be made, or is not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ReportError {
    /// Not a JWS with ES256.
    #[error("the report is not signed: {0}")]
    Form(JwsError),
    /// A token of another kind.
    #[error("the report is a token of another kind (cty {CONTENT_TYPE} is expected)")]
    Kind,
    /// The signature is not this factor's.
    #[error("the report's signature does not verify")]
    Signature,
    /// It is about something else, or by somebody else.
    #[error("the report's {name} is not that of the request")]
    Differs {
        /// Which member.
        name: &'static str,
    },
    /// The reason is neither of the two.
    #[error("the reason is neither not_me nor mistake")]
    Reason,
    /// The note is no text, empty or too long.
    #[error("a note has 1 to {MAX_NOTE} characters")]
    Note,
    /// `at` is missing or no date.
    #[error("the report does not say when it was made")]
    Date,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_for_reports_is_https_on_the_factors_own_server() {
        let server = ServerUrl::parse("https://verify.acme.example").unwrap();
        let offered = |text: &str| {
            let hidden = HiddenDetails::from([(URL_KEY.to_owned(), text.to_owned())]);
            address(&hidden, &server).map(String::from)
        };
        let good = "https://verify.acme.example/report?id=1";
        assert_eq!(offered(good).as_deref(), Some(good));
        assert_eq!(
            offered("https://VERIFY.acme.example:8443/r").as_deref(),
            Some("https://verify.acme.example:8443/r")
        );
        for text in [
            "",
            "report",
            "/report",
            "http://verify.acme.example/report",
            "javascript:alert(1)",
            "file:///etc/passwd",
            "https://acme.example/report",
            "https://verify.acme.example.evil.example/",
            "https://evil.example/verify.acme.example",
            "https://verify.acme.example@evil.example/",
            "https://user@verify.acme.example/",
            "https://:secret@verify.acme.example/",
            &format!("https://verify.acme.example/{}", "a".repeat(MAX_URL)),
        ] {
            assert_eq!(offered(text), None, "{text}");
        }
        assert_eq!(address(&HiddenDetails::default(), &server), None);
    }
}
