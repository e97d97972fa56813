//! A factor: this computer, enrolled for one identity of one service.

use std::collections::BTreeMap;

use countersign_keychain::{KeyId, KeyLocation};
use countersign_protocol::{
    identity::Identity,
    link::ServerUrl,
    resources::factor::FactorStatus,
    sid::{AccountSid, FactorSid, ServiceSid},
};
use jiff::Timestamp;

use crate::{connection::Connection, policy::Policy};

/// A factor of this device, as the store has it. Reading factors never touches the network or the keychain.
#[derive(Debug, Clone, PartialEq)]
pub struct Factor {
    /// Its SID.
    pub sid: FactorSid,
    /// The account that the service belongs to.
    pub account_sid: AccountSid,
    /// The service it is enrolled at.
    pub service_sid: ServiceSid,
    /// Whom it stands for, as the issuer names them.
    pub identity: Identity,
    /// The server's base URL.
    pub server: ServerUrl,
    /// The name of this device, as the server shows it.
    pub friendly_name: String,
    /// The issuer's name, as the enrolment link claimed it.
    pub issuer: Option<String>,
    /// The account's name, as the enrolment link claimed it.
    pub account: Option<String>,
    /// What was stored with the factor when it was created.
    pub metadata: Option<BTreeMap<String, String>>,
    /// Whether its key has been proven.
    pub status: FactorStatus,
    /// When the server created it.
    pub created_at: Timestamp,
    /// Where its key lives.
    pub key_location: KeyLocation,
    /// Set while the server has not been told that this factor was removed. It answers no requests any more.
    pub removing_since: Option<Timestamp>,
    /// How the server was when it was last asked.
    pub connection: Connection,
    /// When the server last answered.
    pub last_contact: Option<Timestamp>,
    /// How its requests may be approved.
    pub policy: Policy,
    pub(crate) credential_sid: String,
    pub(crate) key_id: KeyId,
}

impl Factor {
    /// Host of its server and, if it is not the usual one, port: what a person has to recognise.
    pub fn server_host(&self) -> String {
        self.server.host()
    }

    /// Whether it may answer requests: verified, and not being removed.
    pub fn is_usable(&self) -> bool {
        self.status == FactorStatus::Verified && self.removing_since.is_none()
    }
}
