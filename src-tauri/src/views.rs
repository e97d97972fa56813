//! What the page is given to show: plain values, made from core's types and from nothing else.
//!
//! Texts cross unchanged, the issuer's too, so that what is shown can be held against what is signed. The page
//! neutralises control and bidirectional characters where it displays them, and never interprets a text as markup.
//! No value here is a key, a token or a signature.

pub(crate) mod choices;
mod from_core;
pub(crate) mod health;
mod key_place;
pub(crate) mod verification;

use choices::MuteView;
use serde::Serialize;
use specta::Type;

pub(crate) use key_place::KeyPlace;
use verification::{PolicyView, UnusualView, VerifiedByView};

/// Everything that the window shows before a person opens something.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Snapshot {
    /// Whether requests can be answered at all.
    pub(crate) state: AppState,
    /// The factors of this device.
    pub(crate) factors: Vec<FactorView>,
    /// What waits for an answer, newest first.
    pub(crate) requests: Vec<RequestView>,
    /// When all factors were last asked.
    pub(crate) last_checked: Option<String>,
    /// Whether any server can be reached. True while there is no factor to ask for.
    pub(crate) online: bool,
    /// Since when none can be reached.
    pub(crate) offline_since: Option<String>,
    /// Whether this process asks the servers by itself; false while another one of this profile does.
    pub(crate) polling: bool,
    /// Whether it is locked: then there are no factors, requests and mutes in here.
    pub(crate) locked: bool,
    /// Whether it may be locked on demand: only if it could be proven afterwards who is there. Whether the system can
    /// do that is found out the first time.
    pub(crate) lockable: bool,
    /// How many requests wait that can be answered, locked or not.
    pub(crate) pending_count: u32,
    /// Of what there are no notifications now.
    pub(crate) mutes: Vec<MuteView>,
    /// Whether the system's keychain cannot be reached while a vault serves in its place: then requests to factors
    /// whose key is in it do not arrive.
    pub(crate) keychain_away: bool,
    /// What a passphrase would do.
    pub(crate) passphrase: PassphraseUse,
}

/// What a passphrase would do that is typed while the profile is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) enum PassphraseUse {
    /// Nothing: a vault serves already, or this run was told where the keys are to be.
    None,
    /// Open the vault that is there and was left for the system's keychain.
    Opens,
    /// Make a vault, where the system's keychain cannot be used.
    Makes,
}

impl PassphraseUse {
    /// Whether one is taken while the keychain is in this state.
    pub(crate) fn is_welcome(self, keychain: AppState) -> bool {
        match self {
            Self::None => false,
            Self::Opens => true,
            Self::Makes => keychain != AppState::Ready,
        }
    }
}

/// Whether this computer's keychain is usable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) enum AppState {
    /// As far as is known it is.
    Ready,
    /// There is none.
    KeychainMissing,
    /// It did not open.
    KeychainLocked,
}

/// A factor of this device.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct FactorView {
    /// Its SID.
    pub(crate) sid: String,
    /// This device's name, as the server shows it.
    pub(crate) friendly_name: String,
    /// The issuer's name, as the enrolment link claimed it.
    pub(crate) issuer: Option<String>,
    /// The account's name, as the enrolment link claimed it.
    pub(crate) account: Option<String>,
    /// Whom it stands for.
    pub(crate) identity: String,
    /// Host and, if it is not the usual one, port of the server: what a person has to recognise.
    pub(crate) server_host: String,
    /// Where its key lives.
    pub(crate) key_location: KeyPlace,
    /// Whether its key has been proven.
    pub(crate) status: FactorStatus,
    /// When the server created it.
    pub(crate) created_at: String,
    /// How its requests may be approved.
    pub(crate) policy: PolicyView,
    /// How the server was when it was last asked.
    pub(crate) connection: Connection,
    /// When the server last answered.
    pub(crate) last_contact: Option<String>,
}

/// Whether a factor's key has been proven to the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) enum FactorStatus {
    /// It has.
    Verified,
    /// Not yet.
    Unverified,
}

/// The way to a factor's server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub(crate) enum Connection {
    /// The server answers.
    Online,
    /// It does not.
    Offline {
        /// Since when.
        since: String,
    },
    /// The clocks differ.
    ClockSkewed {
        /// How far the server's is ahead, in seconds.
        seconds: i32,
    },
    /// The server does not know the factor any more.
    SignedOut,
    /// The server has not been asked yet.
    NeverChecked,
}

/// A request as a person is shown it.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct RequestView {
    /// The challenge.
    pub(crate) sid: String,
    /// The factor that is asked.
    pub(crate) factor_sid: String,
    /// The issuer's name, as the enrolment link claimed it.
    pub(crate) issuer: Option<String>,
    /// The account's name, as the enrolment link claimed it.
    pub(crate) account: Option<String>,
    /// Whom the factor stands for.
    pub(crate) identity: String,
    /// Host and, if it is not the usual one, port of the server it came from.
    pub(crate) server_host: String,
    /// What is asked, in the issuer's words.
    pub(crate) message: String,
    /// Further details, in the issuer's order and words.
    pub(crate) fields: Vec<FieldView>,
    /// The date in the details, if there is one.
    pub(crate) date: Option<String>,
    /// When it was created, by the server's clock.
    pub(crate) created_at: String,
    /// When it expires, by the server's clock.
    pub(crate) expires_at: String,
    /// How long it can still be answered, by the clock of its own server and of no other. The page counts down from the
    /// moment it was told.
    pub(crate) seconds_left: u32,
    /// What became of it.
    pub(crate) status: RequestStatus,
    /// Pins what is shown: `approve` and `deny` answer exactly this, or nothing.
    pub(crate) digest: String,
    /// Whether the signature of an answer covers message, fields and date.
    pub(crate) details_signed: bool,
    /// What has to be typed to approve, if anything.
    pub(crate) number: Option<NumberView>,
    /// What is new or unusual about it.
    pub(crate) unusual: Option<UnusualView>,
    /// Whether whoever approves it has to show that it is them.
    pub(crate) needs_presence: bool,
    /// Whether it was started on this computer.
    pub(crate) on_this_computer: bool,
    /// How many other requests are answered together with this one.
    pub(crate) twins: u32,
    /// The service.
    pub(crate) service_sid: String,
    /// The account that the service belongs to.
    pub(crate) account_sid: String,
    /// The names of all that the signature covers, in the server's order.
    pub(crate) signature_fields: Vec<String>,
}

/// A number that has to be typed. What it is, the page is not told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct NumberView {
    /// Who compares it.
    pub(crate) checked_by: CheckedBy,
    /// How many digits it has, where that is known. From 2 to 8 otherwise.
    pub(crate) digits: Option<u32>,
    /// How many wrong numbers may still be typed.
    pub(crate) tries_left: u32,
}

/// Who compares the number that is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) enum CheckedBy {
    /// The server.
    Server,
    /// This app, which the service told the number.
    App,
}

/// One detail of a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub(crate) struct FieldView {
    /// What it is, in the issuer's words.
    pub(crate) label: String,
    /// Its value, in the issuer's words.
    pub(crate) value: String,
    /// Whether the signature of an answer covers it.
    pub(crate) signed: bool,
}

/// What became of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) enum RequestStatus {
    /// It waits for an answer.
    Pending,
    /// It was approved.
    Approved,
    /// It was denied.
    Denied,
    /// Nobody answered in time.
    Expired,
}

/// What a link would do, before anything is sent anywhere.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct EnrolmentPreview {
    /// What kind of link it is.
    pub(crate) kind: LinkKind,
    /// The host that would be asked, with its port if that is not the usual one. Punycode where it is not ASCII.
    pub(crate) host: String,
    /// Whether the host's name is not plain ASCII.
    pub(crate) host_is_punycode: bool,
    /// That name in its own script.
    pub(crate) host_unicode: Option<String>,
    /// Whether the host is this very computer.
    pub(crate) is_loopback: bool,
    /// Whether it is the vendor's cloud service.
    pub(crate) cloud: bool,
    /// The issuer's name, as the link claims it.
    pub(crate) issuer: Option<String>,
    /// The account's name, as the link claims it.
    pub(crate) account: Option<String>,
    /// Whom the new factor would stand for. A ticket does not say.
    pub(crate) identity: Option<String>,
    /// The service. A ticket does not say.
    pub(crate) service_sid: Option<String>,
    /// Where the key would live.
    pub(crate) key_location: KeyPlace,
}

/// What kind of enrolment link it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) enum LinkKind {
    /// It carries the access token itself.
    Direct,
    /// It carries a one-time address that gives out the token.
    Ticket,
}

/// A decision that the server confirmed.
#[derive(Debug, Clone, Serialize, Type)]
pub(crate) struct OutcomeView {
    /// The challenge.
    pub(crate) sid: String,
    /// How it was answered.
    pub(crate) status: Decided,
    /// When, by the server's clock.
    pub(crate) at: String,
    /// The issuer's name.
    pub(crate) issuer: Option<String>,
}

/// How a request was answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Decided {
    /// Yes.
    Approved,
    /// No.
    Denied,
}

/// A request that is denied, and whom that was told to.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ReportView {
    /// The challenge.
    pub(crate) sid: String,
    /// When it was denied, by the server's clock.
    pub(crate) denied_at: String,
    /// What became of the report.
    pub(crate) told: Told,
}

/// What became of a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub(crate) enum Told {
    /// The server has it.
    Server,
    /// The server takes none; the issuer names this address, on the server's host, for it.
    Address {
        /// `https`, and untrusted text like all of the issuer's.
        url: String,
    },
    /// The server takes none, and nobody else was named.
    Nobody,
    /// It was not taken, or not known to be. The request is denied all the same.
    Failed {
        /// For whoever helps.
        detail: String,
    },
}

/// A factor that is gone from this computer.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct RemovalView {
    /// Which.
    pub(crate) sid: String,
    /// Whether the server knows already; if not, it is told as soon as it can be reached.
    pub(crate) server_told: bool,
}

/// A request that was answered or expired.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct HistoryEntryView {
    /// The challenge.
    pub(crate) sid: String,
    /// The issuer's name.
    pub(crate) issuer: Option<String>,
    /// The account's name.
    pub(crate) account: Option<String>,
    /// The server it came from.
    pub(crate) server_host: String,
    /// The factor that was asked.
    pub(crate) factor_sid: String,
    /// What was asked.
    pub(crate) message: String,
    /// Further details, in the issuer's order and words.
    pub(crate) fields: Vec<FieldView>,
    /// When it was asked, by the server's clock.
    pub(crate) asked_at: String,
    /// The names of all that an answer's signature covers, in the server's order.
    pub(crate) signature_fields: Vec<String>,
    /// Whether this computer keeps the signed answer it sent: proof of what was decided about what.
    pub(crate) proof_kept: bool,
    /// How it ended.
    pub(crate) status: HistoryStatus,
    /// Whether the answer came from this computer.
    pub(crate) answered_here: bool,
    /// Who compared the number, if it asked for one.
    pub(crate) number_checked_by: Option<CheckedBy>,
    /// How many wrong numbers were typed here.
    pub(crate) wrong_numbers: u32,
    /// Whether it was started on this computer.
    pub(crate) on_this_computer: bool,
    /// Whether it was approved here without a question, because it was.
    pub(crate) silent: bool,
    /// Who confirmed that it was the right person, before it was approved here.
    pub(crate) verified_by: Option<VerifiedByView>,
    /// When it ended.
    pub(crate) at: String,
}

/// How a request ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) enum HistoryStatus {
    /// Approved.
    Approved,
    /// Denied.
    Denied,
    /// Nobody answered in time.
    Expired,
}
