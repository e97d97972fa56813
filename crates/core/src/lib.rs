//! The authenticator without a window.
//!
//! Two faces over the same parts. [`Authenticator`] is what an app holds: enrol from a link, see what is asked,
//! approve or deny exactly what was seen, keep a history. [`client::VerifyClient`] is the desktop's equivalent of the
//! mobile client libraries, operation by operation, for programs with screens and rules of their own.
//!
//! The truth is in the store; the network only brings it up to date. What this crate never does: show anything, read
//! a private key, send an answer later than it was given, or wait anywhere but in the poller.
//!
//! Section numbers in the documentation refer to `docs/protocol.md`, the Verify Push protocol notes.

mod app_pin;
mod authenticator;
pub mod client;
mod connection;
mod device;
mod discovery;
mod enrol;
mod event;
mod factor;
mod fault;
mod history;
mod home;
mod inbox;
mod matching;
mod mute;
mod policy;
mod poll;
mod presence;
mod profile;
mod removal;
mod report;
mod request;
mod respond;
mod same_computer;
mod server_time;
mod settings;
mod store;
mod turns;
mod unusual;

#[cfg(test)]
mod tests;

pub use app_pin::{LONGEST_PIN, PIN_TRIES, PinError, PinState, SHORTEST_PIN};
pub use authenticator::{Approval, Authenticator, RequestError};
pub use client::AppIdentity;
pub use connection::Connection;
pub use device::Config;
pub use enrol::{EnrolError, EnrolmentPreview, PreviewKind};
pub use event::Event;
pub use factor::Factor;
pub use history::HistoryEntry;
pub use home::default_home;
pub use inbox::{Changes, CheckReport, FactorCheck, FactorConnection, Inbox};
pub use matching::{CheckedBy, NumberAsked};
pub use mute::{Mute, MuteError, MuteReason, MuteScope};
pub use policy::{Policy, PolicyError, UnknownVerification, Verification};
pub use poll::{Pace, PollError, Polling, next_delay};
pub use presence::{NotConfirmed, Purpose, VerifiedBy};
pub use profile::{Profile, ProfileError, mode_open_to_others};
pub use removal::{Removal, RemoveError};
pub use report::{ReportError, Reported, Told};
pub use request::{ChallengeStatus, DigestError, Field, Malformed, Request, ShownDigest, SignedCoverage};
pub use respond::{AnswerError, Answered};
pub use same_computer::{STARTED_WITHIN, StartedHere, StartedHereError};
pub use settings::{Settings, SettingsError, Theme};
pub use store::StoreError;
pub use unusual::{BURST, BURST_WITHIN, DENIED_WITHIN, Unusual};

pub use countersign_protocol::{
    matching::{MatchNumber, NumberError},
    report::Reason,
    resources::factor::FactorStatus,
};

/// Why a profile could not be opened.
pub type OpenError = StoreError;
