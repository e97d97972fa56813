//! Links: what a QR code, a deep link or the clipboard carries into the app (docs/protocol.md, extensions 1).
//!
//! Anybody can make a person open a link, so the grammar is narrow and the outcome small: an enrolment link leads
//! to a page that asks, and nothing that a link names is fetched or created before the answer.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{
    identity::Identity,
    sid::{ChallengeSid, ServiceSid},
};

mod address;

pub use address::{ServerUrl, TicketUrl};

/// Longest link, in bytes.
pub const MAX_LEN: usize = 4096;

/// The vendor's cloud service: the server of a link that names none.
pub const CLOUD_SERVER: &str = "https://verify.twilio.com";

/// Longest label (issuer, account), in characters.
const MAX_LABEL: usize = 128;

/// Longest access token, in bytes.
const MAX_TOKEN: usize = 3072;

/// What a link asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Link {
    /// To enrol this computer, with everything needed in the link itself.
    Enrol(Box<Enrolment>),
    /// To enrol this computer, with a one-time address where the rest is fetched after the person agreed.
    Ticket(TicketUrl),
    /// To show a request.
    Open {
        /// Which.
        challenge: ChallengeSid,
    },
    /// To tell that this computer started a request.
    Confirm {
        /// Which.
        challenge: ChallengeSid,
        /// The issuer's transaction id, to be compared with the one in the request.
        transaction: String,
    },
}

impl Link {
    /// Reads a link, or the JSON answer of a sample backend.
    ///
    /// # Errors
    /// A [`LinkError`] that names what is wrong. The link's own text is never part of it.
    pub fn parse(text: &str) -> Result<Self, LinkError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(LinkError::Empty);
        }
        if text.len() > MAX_LEN {
            return Err(LinkError::TooLong);
        }
        if text.starts_with('{') {
            return parse_backend_answer(text.as_bytes()).map(|enrolment| Self::Enrol(Box::new(enrolment)));
        }
        if text.bytes().any(|byte| byte.is_ascii_control() || byte == b' ') {
            return Err(LinkError::Malformed);
        }
        let (scheme, rest) = text.split_once(':').ok_or(LinkError::Malformed)?;
        match scheme.to_ascii_lowercase().as_str() {
            "countersign" => parse_own(rest),
            "authy" => parse_vendors(rest),
            "otpauth" | "otpauth-migration" => Err(LinkError::OneTimeCode),
            _ => Err(LinkError::Scheme),
        }
    }
}

/// Everything that is needed to enrol. Its `Debug` leaves the token out.
#[derive(Clone, PartialEq, Eq)]
pub struct Enrolment {
    /// Base URL of the server, without `/v2`.
    pub server: ServerUrl,
    /// The service to enrol at.
    pub service_sid: ServiceSid,
    /// The identity the token was issued for.
    pub identity: Identity,
    /// The access token, opaque.
    pub token: String,
    /// The issuer's name, as the link claims it.
    pub issuer: Option<String>,
    /// The account's name, as the link claims it.
    pub account: Option<String>,
}

impl Enrolment {
    /// Reads the JSON that a ticket's address or a sample backend answers with.
    ///
    /// # Errors
    /// As [`Link::parse`].
    pub fn from_json(json: &[u8]) -> Result<Self, LinkError> {
        if json.len() > MAX_LEN {
            return Err(LinkError::TooLong);
        }
        parse_backend_answer(json)
    }

    /// Writes the JSON that a ticket's address answers with.
    pub fn to_json(&self) -> String {
        let answer = BackendAnswer {
            token: self.token.clone(),
            service_sid: self.service_sid.to_string(),
            identity: self.identity.to_string(),
            factor_type: "push".to_owned(),
            server: Some(self.server.as_str().to_owned()),
            issuer: self.issuer.clone(),
            account: self.account.clone(),
        };
        crate::json::raw(&answer).get().to_owned()
    }

    /// Writes the link that carries the token itself.
    pub fn to_link(&self) -> String {
        let mut query: crate::form::Form = Default::default();
        query.push("v", "1");
        query.push("server", self.server.as_str());
        query.push("service", self.service_sid.as_str());
        query.push("identity", self.identity.as_str());
        query.push("token", self.token.as_str());
        query.push_some("issuer", self.issuer.as_deref());
        query.push_some("account", self.account.as_deref());
        format!("countersign://enrol?{}", query.encode())
    }
}

impl fmt::Debug for Enrolment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Enrolment")
            .field("server", &self.server)
            .field("service_sid", &self.service_sid)
            .field("identity", &self.identity)
            .field("issuer", &self.issuer)
            .field("account", &self.account)
            .finish_non_exhaustive()
    }
}

fn parse_own(rest: &str) -> Result<Link, LinkError> {
    let (action, query) = split_action(rest)?;
    let mut parameters = Parameters::parse(query)?;
    let link = match action {
        "enrol" => {
            if parameters.required("v")? != "1" {
                return Err(LinkError::Version);
            }
            match parameters.take("ticket") {
                Some(ticket) => Link::Ticket(TicketUrl::parse(&ticket)?),
                None => Link::Enrol(Box::new(enrolment(&mut parameters)?)),
            }
        }
        "open" => Link::Open {
            challenge: parameters.challenge()?,
        },
        "confirm" => Link::Confirm {
            challenge: parameters.challenge()?,
            transaction: parameters.required("transaction").and_then(|text| {
                if text.len() <= 256 {
                    Ok(text)
                } else {
                    Err(LinkError::Value { name: "transaction" })
                }
            })?,
        },
        _ => return Err(LinkError::Action),
    };
    parameters.finish()?;
    Ok(link)
}

fn parse_vendors(rest: &str) -> Result<Link, LinkError> {
    let (action, query) = split_action(rest)?;
    if action != "push" {
        return Err(LinkError::Action);
    }
    let mut parameters = Parameters::parse(query)?;
    let enrolment = Enrolment {
        server: ServerUrl::cloud(),
        service_sid: parse_value("serviceSid", &parameters.required("serviceSid")?)?,
        identity: parse_value("identity", &parameters.required("identity")?)?,
        token: token(parameters.required("token")?)?,
        issuer: None,
        account: None,
    };
    parameters.finish()?;
    Ok(Link::Enrol(Box::new(enrolment)))
}

fn enrolment(parameters: &mut Parameters) -> Result<Enrolment, LinkError> {
    Ok(Enrolment {
        server: parameters
            .take("server")
            .map_or(Ok(ServerUrl::cloud()), |text| ServerUrl::parse(&text))?,
        service_sid: parse_value("service", &parameters.required("service")?)?,
        identity: parse_value("identity", &parameters.required("identity")?)?,
        token: token(parameters.required("token")?)?,
        issuer: label("issuer", parameters.take("issuer"))?,
        account: label("account", parameters.take("account"))?,
    })
}

/// The JSON of an enrolment, as sample backends write it.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct BackendAnswer {
    token: String,
    service_sid: String,
    identity: String,
    factor_type: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    server: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    issuer: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    account: Option<String>,
}

fn parse_backend_answer(json: &[u8]) -> Result<Enrolment, LinkError> {
    let answer: BackendAnswer = serde_json::from_slice(json).map_err(|_| LinkError::Json)?;
    if answer.factor_type != "push" {
        return Err(LinkError::FactorType);
    }
    Ok(Enrolment {
        server: answer
            .server
            .map_or(Ok(ServerUrl::cloud()), |text| ServerUrl::parse(&text))?,
        service_sid: parse_value("serviceSid", &answer.service_sid)?,
        identity: parse_value("identity", &answer.identity)?,
        token: token(answer.token)?,
        issuer: label("issuer", answer.issuer)?,
        account: label("account", answer.account)?,
    })
}

fn split_action(rest: &str) -> Result<(&str, &str), LinkError> {
    let rest = rest.strip_prefix("//").ok_or(LinkError::Malformed)?;
    let (action, query) = rest.split_once('?').ok_or(LinkError::Malformed)?;
    if query.contains('#') {
        return Err(LinkError::Malformed);
    }
    Ok((action.strip_suffix('/').unwrap_or(action), query))
}

struct Parameters(Vec<(String, String)>);

impl Parameters {
    fn parse(query: &str) -> Result<Self, LinkError> {
        let form = crate::form::Form::parse(query.as_bytes()).map_err(|_| LinkError::Malformed)?;
        let mut parameters: Vec<(String, String)> = Vec::new();
        for (name, value) in form.pairs() {
            if parameters.iter().any(|(seen, _)| seen == name) {
                return Err(LinkError::Repeated);
            }
            parameters.push((name.to_owned(), value.to_owned()));
        }
        Ok(Self(parameters))
    }

    fn take(&mut self, name: &str) -> Option<String> {
        let at = self.0.iter().position(|(parameter, _)| parameter == name)?;
        Some(self.0.swap_remove(at).1)
    }

    fn required(&mut self, name: &'static str) -> Result<String, LinkError> {
        self.take(name)
            .filter(|value| !value.is_empty())
            .ok_or(LinkError::Missing { name })
    }

    fn challenge(&mut self) -> Result<ChallengeSid, LinkError> {
        parse_value("challenge", &self.required("challenge")?)
    }

    fn finish(self) -> Result<(), LinkError> {
        if self.0.is_empty() {
            Ok(())
        } else {
            Err(LinkError::Unknown)
        }
    }
}

fn parse_value<T: std::str::FromStr>(name: &'static str, text: &str) -> Result<T, LinkError> {
    text.parse().map_err(|_| LinkError::Value { name })
}

fn token(text: String) -> Result<String, LinkError> {
    let usable =
        !text.is_empty() && text.len() <= MAX_TOKEN && text.bytes().all(|byte| byte.is_ascii_graphic());
    if usable {
        Ok(text)
    } else {
        Err(LinkError::Value { name: "token" })
    }
}

fn label(name: &'static str, text: Option<String>) -> Result<Option<String>, LinkError> {
    match text {
        Some(text) if text.chars().count() > MAX_LABEL || text.chars().any(char::is_control) => {
            Err(LinkError::Value { name })
        }
        text => Ok(text.filter(|text| !text.trim().is_empty())),
    }
}

/// Why a link is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LinkError {
    /// There is nothing.
    #[error("there is no link here")]
    Empty,
    /// Longer than [`MAX_LEN`].
    #[error("the link is longer than {MAX_LEN} bytes")]
    TooLong,
    /// Not a link.
    #[error("this is not a Countersign link")]
    Malformed,
    /// Not one of ours.
    #[error("this is not a Countersign link: it has another scheme")]
    Scheme,
    /// The QR code of a one-time-code app.
    #[error("this is the set-up of a one-time code, which Countersign does not use")]
    OneTimeCode,
    /// Not an action that a link may ask for.
    #[error("the link asks for something that a link cannot do")]
    Action,
    /// Made for another version.
    #[error("the link is of a newer kind than this version understands")]
    Version,
    /// A parameter stands twice.
    #[error("the link names a value twice")]
    Repeated,
    /// A parameter that is not known.
    #[error("the link holds a value that does not belong there")]
    Unknown,
    /// A parameter is missing.
    #[error("the link has no {name}")]
    Missing {
        /// Which.
        name: &'static str,
    },
    /// A parameter cannot be used.
    #[error("the link's {name} is not valid")]
    Value {
        /// Which.
        name: &'static str,
    },
    /// The JSON is not that of an enrolment.
    #[error("this JSON is not the answer of an enrolment")]
    Json,
    /// The JSON is for another kind of factor.
    #[error("this is an enrolment of another kind than push")]
    FactorType,
    /// The server's address cannot be used.
    #[error("the link's server address is not a plain https address")]
    Server,
    /// The server is reached without encryption.
    #[error("the link's server would be reached without encryption")]
    Insecure,
}
