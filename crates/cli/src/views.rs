//! Results as JSON. Names are the protocol's own; times are in the format of the wire.

use countersign_core::{
    ChallengeStatus, CheckedBy, Connection, Factor, Field, HistoryEntry, NumberAsked, Policy, Request,
    SignedCoverage, Unusual, VerifiedBy,
};
use countersign_protocol::date;
use jiff::Timestamp;
use serde::{Serialize, Serializer};

/// A factor.
#[derive(Debug, Serialize)]
pub(crate) struct FactorView {
    sid: String,
    friendly_name: String,
    issuer: Option<String>,
    account: Option<String>,
    identity: String,
    server: String,
    server_host: String,
    account_sid: String,
    service_sid: String,
    status: &'static str,
    key_location: String,
    created_at: Moment,
    removing_since: Option<Moment>,
    policy: PolicyView,
    connection: ConnectionView,
    last_contact: Option<Moment>,
}

impl From<&Factor> for FactorView {
    fn from(factor: &Factor) -> Self {
        Self {
            sid: factor.sid.to_string(),
            friendly_name: factor.friendly_name.clone(),
            issuer: factor.issuer.clone(),
            account: factor.account.clone(),
            identity: factor.identity.to_string(),
            server: factor.server.to_string(),
            server_host: factor.server_host(),
            account_sid: factor.account_sid.to_string(),
            service_sid: factor.service_sid.to_string(),
            status: factor.status.as_str(),
            key_location: factor.key_location.to_string(),
            created_at: Moment(factor.created_at),
            removing_since: factor.removing_since.map(Moment),
            policy: factor.policy.into(),
            connection: factor.connection.into(),
            last_contact: factor.last_contact.map(Moment),
        }
    }
}

/// How a factor's requests may be approved.
#[derive(Debug, Serialize)]
pub(crate) struct PolicyView {
    verification: &'static str,
    answer_from_notification: bool,
    answer_from_tray: bool,
    silent_on_this_computer: bool,
}

impl From<Policy> for PolicyView {
    fn from(policy: Policy) -> Self {
        Self {
            verification: policy.verification.as_str(),
            answer_from_notification: policy.answer_from_notification,
            answer_from_tray: policy.answer_from_tray,
            silent_on_this_computer: policy.silent_on_this_computer,
        }
    }
}

/// The way to a factor's server.
#[derive(Debug, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum ConnectionView {
    Online,
    Offline { since: Moment },
    ClockSkewed { seconds: i64 },
    SignedOut,
    NeverChecked,
}

impl From<Connection> for ConnectionView {
    fn from(connection: Connection) -> Self {
        match connection {
            Connection::Online => Self::Online,
            Connection::Offline { since } => Self::Offline { since: Moment(since) },
            Connection::ClockSkewed { by } => Self::ClockSkewed {
                seconds: by.as_secs(),
            },
            Connection::SignedOut => Self::SignedOut,
            Connection::NeverChecked => Self::NeverChecked,
        }
    }
}

/// A request, with everything that it carries and that is for display.
#[derive(Debug, Serialize)]
pub(crate) struct RequestView {
    sid: String,
    factor_sid: String,
    account_sid: String,
    service_sid: String,
    identity: String,
    issuer: Option<String>,
    account: Option<String>,
    server: String,
    server_host: String,
    message: String,
    fields: Vec<Field>,
    date: Option<Moment>,
    hidden_details: usize,
    created_at: Moment,
    updated_at: Moment,
    expires_at: Moment,
    seconds_left: i64,
    status: ChallengeStatus,
    /// For `--shown`.
    digest: String,
    signed: SignedView,
    signature_fields: Vec<String>,
    /// What has to be typed to approve.
    number: Option<NumberView>,
    /// What is new or unusual about it.
    unusual: Option<&'static str>,
    /// Whether whoever approves it has to confirm that it is them.
    needs_presence: bool,
    on_this_computer: bool,
    twins: Vec<String>,
}

/// A number that has to be typed. What it is, nobody here says.
#[derive(Debug, Serialize)]
pub(crate) struct NumberView {
    checked_by: &'static str,
    digits: Option<usize>,
    tries_left: u32,
}

impl From<NumberAsked> for NumberView {
    fn from(number: NumberAsked) -> Self {
        Self {
            checked_by: checked_by(number.checked_by),
            digits: number.digits,
            tries_left: number.tries_left,
        }
    }
}

fn checked_by(checked_by: CheckedBy) -> &'static str {
    match checked_by {
        CheckedBy::Server => "server",
        CheckedBy::App => "app",
    }
}

/// What the answer's signature covers.
#[derive(Debug, Serialize)]
pub(crate) struct SignedView {
    details: bool,
    hidden_details: bool,
}

impl From<SignedCoverage> for SignedView {
    fn from(signed: SignedCoverage) -> Self {
        Self {
            details: signed.details,
            hidden_details: signed.hidden_details,
        }
    }
}

impl From<&Request> for RequestView {
    fn from(request: &Request) -> Self {
        Self {
            sid: request.sid.to_string(),
            factor_sid: request.factor_sid.to_string(),
            account_sid: request.account_sid.to_string(),
            service_sid: request.service_sid.to_string(),
            identity: request.identity.to_string(),
            issuer: request.issuer.clone(),
            account: request.account.clone(),
            server: request.server.to_string(),
            server_host: request.server_host(),
            message: request.message.clone(),
            fields: request.fields.clone(),
            date: request.date.map(Moment),
            hidden_details: request.hidden,
            created_at: Moment(request.created_at),
            updated_at: Moment(request.updated_at),
            expires_at: Moment(request.expires_at),
            seconds_left: request.expires_in.as_secs(),
            status: request.status,
            digest: request.digest.to_string(),
            signed: request.signed.into(),
            signature_fields: request.signature_fields.clone(),
            number: request.number.map(NumberView::from),
            unusual: request.unusual.map(Unusual::as_str),
            needs_presence: request.needs_presence,
            on_this_computer: request.on_this_computer,
            twins: request.twins.iter().map(ToString::to_string).collect(),
        }
    }
}

/// A request that is over.
#[derive(Debug, Serialize)]
pub(crate) struct HistoryEntryView {
    sid: String,
    factor_sid: String,
    issuer: Option<String>,
    account: Option<String>,
    server: String,
    server_host: String,
    message: String,
    fields: Vec<Field>,
    asked_at: Moment,
    signature_fields: Vec<String>,
    status: ChallengeStatus,
    at: Moment,
    answered_here: bool,
    number_checked_by: Option<&'static str>,
    wrong_numbers: u32,
    on_this_computer: bool,
    silent: bool,
    verified_by: Option<&'static str>,
    signed_response: Option<String>,
}

impl From<&HistoryEntry> for HistoryEntryView {
    fn from(entry: &HistoryEntry) -> Self {
        Self {
            sid: entry.sid.to_string(),
            factor_sid: entry.factor_sid.to_string(),
            issuer: entry.issuer.clone(),
            account: entry.account.clone(),
            server: entry.server.to_string(),
            server_host: entry.server_host(),
            message: entry.message.clone(),
            fields: entry.fields.clone(),
            asked_at: Moment(entry.asked_at),
            signature_fields: entry.signature_fields.clone(),
            status: entry.status,
            at: Moment(entry.at),
            answered_here: entry.answered_here,
            number_checked_by: entry.number_checked_by.map(checked_by),
            wrong_numbers: entry.wrong_numbers,
            on_this_computer: entry.on_this_computer,
            silent: entry.silent,
            verified_by: entry.verified_by.map(VerifiedBy::as_str),
            signed_response: entry.signed_response.clone(),
        }
    }
}

/// A moment, as the wire writes it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Moment(pub(crate) Timestamp);

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&date::format(self.0))
    }
}
