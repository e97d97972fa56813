//! The signed answer to a challenge (section 6): what is signed, built in one place for signer and verifier.
//!
//! The server names the fields (`Twilio-Verify-Signature-Fields`); the device copies their values out of the
//! JSON it fetched, byte for byte, puts its decision in `status`, and signs. The server holds each value against
//! its own by meaning, because key order and escapes differ from client to client.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::{
    json::{self, Members},
    jws::{self, CompactJws, JwsError},
    keys::PublicKey,
    matching::{self, MatchNumber},
};

/// Longest `AuthPayload` that our server reads as the answer to a push challenge, in characters.
///
/// The cloud service reads 5456 (section 9.5). The answer to a challenge that has all its details at their limits
/// is longer than that, because it repeats them, and such a challenge must not be one that nobody can answer.
pub const MAX_AUTH_PAYLOAD: usize = jws::MAX_LEN;

/// Name of the response header that lists the fields, on the GET of one challenge.
pub const FIELDS_HEADER: &str = "Twilio-Verify-Signature-Fields";

/// Header of a signed answer: no `kid` and no `cty`, so it can never pass for a device JWT.
const HEADER: &str = r#"{"typ":"JWT","alg":"ES256"}"#;

/// What a person decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Decision {
    /// Yes.
    Approved,
    /// No.
    Denied,
}

impl Decision {
    /// The `status` on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Approved => "approved",
            Self::Denied => "denied",
        }
    }
}

impl fmt::Display for Decision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Decision {
    type Err = ResponseError;

    fn from_str(text: &str) -> Result<Self, ResponseError> {
        match text {
            "approved" => Ok(Self::Approved),
            "denied" => Ok(Self::Denied),
            _ => Err(ResponseError::Status),
        }
    }
}

/// What a device signs: a decision and, where a challenge asks for one, the number that was typed (E5).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    /// What was decided.
    pub decision: Decision,
    /// What was typed, for the server to compare.
    pub number: Option<MatchNumber>,
}

impl From<Decision> for Response {
    /// A decision for which nothing had to be typed.
    fn from(decision: Decision) -> Self {
        Self {
            decision,
            number: None,
        }
    }
}

/// The names of the fields that a signed answer covers, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignatureFields(Vec<String>);

impl SignatureFields {
    /// The fields our server names: all that is stable between the device's GET and its POST, details included.
    pub fn of_our_server() -> Self {
        let names = [
            "sid",
            "account_sid",
            "service_sid",
            "entity_sid",
            "identity",
            "factor_sid",
            "date_created",
            "expiration_date",
            "details",
            "hidden_details",
            "status",
        ];
        Self(names.map(str::to_owned).to_vec())
    }

    /// Reads the header, tolerating spaces around names.
    ///
    /// # Errors
    /// [`ResponseError::Fields`] if there is no name, an empty one, one twice, or more than 64.
    pub fn parse(header: &str) -> Result<Self, ResponseError> {
        let names: Vec<_> = header.split(',').map(|name| name.trim().to_owned()).collect();
        let mut seen = std::collections::HashSet::new();
        let usable = names.len() <= 64 && names.iter().all(|name| !name.is_empty() && seen.insert(name));
        if usable {
            Ok(Self(names))
        } else {
            Err(ResponseError::Fields)
        }
    }

    /// Whether the signature covers this field. The decision itself always is covered.
    pub fn cover(&self, name: &str) -> bool {
        name == "status" || self.0.iter().any(|field| field == name)
    }

    /// The names, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

impl fmt::Display for SignatureFields {
    /// Writes the header: commas without spaces, because the mobile libraries do not trim.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join(","))
    }
}

/// The bytes to sign for a response: the encoded header and payload of the answer.
///
/// `challenge` is the body of the GET as it came.
///
/// # Errors
/// [`ResponseError::MissingField`] if the server names a field that it did not send, [`ResponseError::Fields`] if it
/// names the one that what was typed goes into.
pub fn signing_input(
    challenge: &Members,
    fields: &SignatureFields,
    response: &Response,
) -> Result<String, ResponseError> {
    Ok(jws::signing_input(HEADER, &payload(challenge, fields, response)?))
}

fn payload(
    challenge: &Members,
    fields: &SignatureFields,
    response: &Response,
) -> Result<String, ResponseError> {
    if fields.names().any(|name| name == matching::KEY) {
        return Err(ResponseError::Fields);
    }
    let mut text = String::from("{");
    let mut member = |name: &str, value: &str| {
        if text.len() > 1 {
            text.push(',');
        }
        text.push_str(json::raw(&name).get());
        text.push(':');
        text.push_str(value);
    };
    let status = format!("\"{}\"", response.decision);
    for name in fields.names() {
        if name == "status" {
            member(name, &status);
        } else {
            let value = challenge.get(name).ok_or_else(|| ResponseError::MissingField {
                name: name.to_owned(),
            })?;
            member(name, value.get());
        }
    }
    if !fields.names().any(|name| name == "status") {
        member("status", &status);
    }
    if let Some(number) = &response.number {
        member(matching::KEY, json::raw(&number.expose()).get());
    }
    text.push('}');
    Ok(text)
}

/// Checks an answer against the challenge as the server serves it, and returns what was decided and typed. Whether
/// the number is the right one is for the server to say.
///
/// `challenge` holds the members that [`signing_input`] would be given. The signature is checked over the bytes
/// as they came, and every field by meaning. Members beyond the fields are allowed and ignored.
///
/// # Errors
/// The first thing that does not hold. [`ResponseError::Form`] means that the text is no answer at all.
pub fn verify(
    answer: &str,
    challenge: &Members,
    fields: &SignatureFields,
    key: &PublicKey,
) -> Result<Response, ResponseError> {
    let jws = CompactJws::parse(answer).map_err(ResponseError::Form)?;
    if jws.header.get("cty").is_some() {
        return Err(ResponseError::Kind);
    }
    jws.verify(key).map_err(|_| ResponseError::Signature)?;
    for name in fields.names().filter(|name| *name != "status") {
        let expected = challenge.get(name).ok_or_else(|| ResponseError::MissingField {
            name: name.to_owned(),
        })?;
        let same = jws
            .payload
            .get(name)
            .is_some_and(|signed| json::means_the_same(signed, expected));
        if !same {
            return Err(ResponseError::Differs {
                name: name.to_owned(),
            });
        }
    }
    Ok(Response {
        decision: jws.payload.text("status").ok_or(ResponseError::Status)?.parse()?,
        number: typed(&jws.payload)?,
    })
}

fn typed(payload: &Members) -> Result<Option<MatchNumber>, ResponseError> {
    if payload.get(matching::KEY).is_none() {
        return Ok(None);
    }
    let digits = payload.text(matching::KEY).ok_or(ResponseError::Number)?;
    digits.parse().map(Some).map_err(|_| ResponseError::Number)
}

/// Why an answer cannot be made, or is not accepted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ResponseError {
    /// The list of fields is empty or malformed, or names one that is not the server's to name.
    #[error("the list of signed fields is empty or malformed")]
    Fields,
    /// The server names a field that the challenge does not have.
    #[error("the challenge has no field {name}, which its signature should cover")]
    MissingField {
        /// Which.
        name: String,
    },
    /// Not a JWS with ES256.
    #[error("the answer is not a signed response: {0}")]
    Form(JwsError),
    /// A token of another kind.
    #[error("the answer is a token of another kind")]
    Kind,
    /// The signature is not this factor's.
    #[error("the signature does not verify")]
    Signature,
    /// A field differs from the challenge, or is missing from the answer.
    #[error("the field {name} is not that of the challenge")]
    Differs {
        /// Which.
        name: String,
    },
    /// What was typed is not 2 to 8 digits.
    #[error("the number in the answer is not a text of 2 to 8 digits")]
    Number,
    /// `status` is neither `approved` nor `denied`.
    #[error("the status is neither approved nor denied")]
    Status,
}
