//! From core's types to what the page is shown. Nothing is decided here.

use countersign_core::{
    Answered, ChallengeStatus, EnrolmentPreview as CorePreview, Factor, Field, HistoryEntry, Inbox, Mute,
    NumberAsked, PreviewKind, Removal, Reported, Request,
};
use countersign_protocol::{resources::factor::FactorStatus as CoreFactorStatus, sid::FactorSid};
use jiff::{SignedDuration, Timestamp};

use super::{
    AppState, CheckedBy, Connection, Decided, EnrolmentPreview, FactorStatus, FactorView, FieldView,
    HistoryEntryView, HistoryStatus, LinkKind, NumberView, OutcomeView, PassphraseUse, RemovalView,
    ReportView, RequestStatus, RequestView, Snapshot, Told,
    choices::MuteView,
    verification::{UnusualView, VerifiedByView},
};
use crate::{attention, lock::Lock};

impl Snapshot {
    /// Puts together what the window shows.
    pub(crate) fn new(state: AppState, factors: &[Factor], inbox: &Inbox, mutes: &[Mute]) -> Self {
        // A factor that is being removed answers nothing any more; for a person it is gone.
        let factors: Vec<&Factor> = factors
            .iter()
            .filter(|factor| factor.removing_since.is_none())
            .collect();
        let offline_since = offline_since(&factors);
        Self {
            state,
            factors: factors.into_iter().map(FactorView::from).collect(),
            requests: inbox.requests.iter().map(RequestView::from).collect(),
            last_checked: inbox.last_checked.map(|at| at.to_string()),
            online: offline_since.is_none(),
            offline_since: offline_since.map(|since| since.to_string()),
            polling: false,
            locked: false,
            lockable: false,
            pending_count: u32::try_from(attention::answerable(inbox).count()).unwrap_or(u32::MAX),
            mutes: mutes.iter().map(MuteView::from).collect(),
            keychain_away: false,
            passphrase: PassphraseUse::None,
        }
    }

    /// What of it may be seen: all, or while it is locked nothing but the count and the state of the program.
    pub(crate) fn seen_through(self, lock: &Lock) -> Self {
        if !lock.is_locked() {
            return self;
        }
        Self {
            locked: true,
            factors: Vec::new(),
            requests: Vec::new(),
            mutes: Vec::new(),
            ..self
        }
    }
}

/// Since when no server at all can be reached.
fn offline_since(factors: &[&Factor]) -> Option<Timestamp> {
    let since = factors.iter().map(|factor| match factor.connection {
        countersign_core::Connection::Offline { since } => Some(since),
        _ => None,
    });
    since.collect::<Option<Vec<_>>>()?.into_iter().max()
}

/// Whole seconds; a skew of more than 68 years is told as one of 68 years.
fn seconds(of: SignedDuration) -> i32 {
    i32::try_from(of.as_secs()).unwrap_or(if of.is_negative() { i32::MIN } else { i32::MAX })
}

impl From<&Factor> for FactorView {
    fn from(factor: &Factor) -> Self {
        Self {
            sid: factor.sid.to_string(),
            friendly_name: factor.friendly_name.clone(),
            issuer: factor.issuer.clone(),
            account: factor.account.clone(),
            identity: factor.identity.to_string(),
            server_host: factor.server_host(),
            key_location: factor.key_location.into(),
            status: match factor.status {
                CoreFactorStatus::Verified => FactorStatus::Verified,
                CoreFactorStatus::Unverified => FactorStatus::Unverified,
            },
            created_at: factor.created_at.to_string(),
            policy: factor.policy.into(),
            connection: factor.connection.into(),
            last_contact: factor.last_contact.map(|at| at.to_string()),
        }
    }
}

impl From<countersign_core::Connection> for Connection {
    fn from(connection: countersign_core::Connection) -> Self {
        match connection {
            countersign_core::Connection::Online => Self::Online,
            countersign_core::Connection::Offline { since } => Self::Offline {
                since: since.to_string(),
            },
            countersign_core::Connection::ClockSkewed { by } => Self::ClockSkewed { seconds: seconds(by) },
            countersign_core::Connection::SignedOut => Self::SignedOut,
            countersign_core::Connection::NeverChecked => Self::NeverChecked,
        }
    }
}

impl From<&Request> for RequestView {
    fn from(request: &Request) -> Self {
        let signed = request.signed.details;
        Self {
            sid: request.sid.to_string(),
            factor_sid: request.factor_sid.to_string(),
            issuer: request.issuer.clone(),
            account: request.account.clone(),
            identity: request.identity.to_string(),
            server_host: request.server_host(),
            message: request.message.clone(),
            fields: field_views(request.fields.clone(), signed),
            date: request.date.map(|date| date.to_string()),
            created_at: request.created_at.to_string(),
            expires_at: request.expires_at.to_string(),
            seconds_left: u32::try_from(request.expires_in.as_secs()).unwrap_or(0),
            status: match request.status {
                ChallengeStatus::Pending => RequestStatus::Pending,
                ChallengeStatus::Approved => RequestStatus::Approved,
                ChallengeStatus::Denied => RequestStatus::Denied,
                ChallengeStatus::Expired => RequestStatus::Expired,
            },
            digest: request.digest.to_string(),
            details_signed: signed,
            number: request.number.map(NumberView::from),
            unusual: request.unusual.map(UnusualView::from),
            needs_presence: request.needs_presence,
            on_this_computer: request.on_this_computer,
            twins: u32::try_from(request.twins.len()).unwrap_or(u32::MAX),
            service_sid: request.service_sid.to_string(),
            account_sid: request.account_sid.to_string(),
            signature_fields: request.signature_fields.clone(),
        }
    }
}

fn field_views(fields: Vec<Field>, signed: bool) -> Vec<FieldView> {
    let views = fields
        .into_iter()
        .map(|Field { label, value }| FieldView { label, value, signed });
    views.collect()
}

impl From<NumberAsked> for NumberView {
    fn from(number: NumberAsked) -> Self {
        Self {
            checked_by: number.checked_by.into(),
            digits: number.digits.and_then(|count| u32::try_from(count).ok()),
            tries_left: number.tries_left,
        }
    }
}

impl From<countersign_core::CheckedBy> for CheckedBy {
    fn from(checked_by: countersign_core::CheckedBy) -> Self {
        match checked_by {
            countersign_core::CheckedBy::Server => Self::Server,
            countersign_core::CheckedBy::App => Self::App,
        }
    }
}

impl From<Reported> for ReportView {
    fn from(reported: Reported) -> Self {
        Self {
            sid: reported.sid.to_string(),
            denied_at: reported.denied_at.to_string(),
            told: match reported.told {
                countersign_core::Told::Server => Told::Server,
                countersign_core::Told::Address(url) => Told::Address { url: url.into() },
                countersign_core::Told::Nobody => Told::Nobody,
                countersign_core::Told::Failed(error) => Told::Failed {
                    detail: error.to_string(),
                },
            },
        }
    }
}

impl From<CorePreview> for EnrolmentPreview {
    fn from(preview: CorePreview) -> Self {
        Self {
            kind: match preview.kind {
                PreviewKind::Direct => LinkKind::Direct,
                PreviewKind::Ticket => LinkKind::Ticket,
            },
            host: preview.host,
            host_is_punycode: preview.unicode_host.is_some(),
            host_unicode: preview.unicode_host,
            is_loopback: preview.is_loopback,
            cloud: preview.is_cloud,
            issuer: preview.issuer,
            account: preview.account,
            identity: preview.identity.map(|identity| identity.to_string()),
            service_sid: preview.service_sid.map(|sid| sid.to_string()),
            key_location: preview.key_location.into(),
        }
    }
}

impl OutcomeView {
    /// An answer that the server has.
    pub(crate) fn new(answered: &Answered, status: Decided, issuer: Option<String>) -> Self {
        Self {
            sid: answered.sid.to_string(),
            status,
            at: answered.at.to_string(),
            issuer,
        }
    }
}

impl RemovalView {
    /// A factor that is gone from here.
    pub(crate) fn new(sid: &FactorSid, removal: Removal) -> Self {
        let server_told = match removal {
            Removal::Removed => true,
            Removal::RemovedHereOnly => false,
        };
        Self {
            sid: sid.to_string(),
            server_told,
        }
    }
}

impl From<HistoryEntry> for HistoryEntryView {
    fn from(entry: HistoryEntry) -> Self {
        let signed = entry.signature_fields.iter().any(|name| name == "details");
        Self {
            sid: entry.sid.to_string(),
            factor_sid: entry.factor_sid.to_string(),
            server_host: entry.server_host(),
            issuer: entry.issuer,
            account: entry.account,
            message: entry.message,
            fields: field_views(entry.fields, signed),
            asked_at: entry.asked_at.to_string(),
            signature_fields: entry.signature_fields,
            proof_kept: entry.signed_response.is_some(),
            status: match entry.status {
                ChallengeStatus::Approved => HistoryStatus::Approved,
                ChallengeStatus::Denied => HistoryStatus::Denied,
                // What is in the history is no longer open.
                ChallengeStatus::Expired | ChallengeStatus::Pending => HistoryStatus::Expired,
            },
            answered_here: entry.answered_here,
            number_checked_by: entry.number_checked_by.map(CheckedBy::from),
            wrong_numbers: entry.wrong_numbers,
            on_this_computer: entry.on_this_computer,
            silent: entry.silent,
            verified_by: entry.verified_by.map(VerifiedByView::from),
            at: entry.at.to_string(),
        }
    }
}
