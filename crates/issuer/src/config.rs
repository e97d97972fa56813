//! What Acme has to be told.

use std::{
    net::{Ipv4Addr, SocketAddr},
    sync::Arc,
};

use countersign_protocol::{
    clock::{Clock, SystemClock},
    link::ServerUrl,
    sid::{AccountSid, ServiceSid},
};
use secrecy::SecretString;
use url::Url;

/// What Acme has to be told.
#[derive(Clone)]
pub struct Config {
    /// Where to listen; port 0 takes a free one.
    pub listen: SocketAddr,
    /// The Verify API. Devices are sent to the same address.
    pub api_url: ServerUrl,
    /// Acme's account there.
    pub account_sid: AccountSid,
    /// The account's password.
    pub auth_token: SecretString,
    /// The service to use. Without one, the account's service named Acme is used, and made if there is none.
    pub service_sid: Option<ServiceSid>,
    /// Where people reach Acme, if that is not where it listens.
    pub public_url: Option<Url>,
    /// How the endpoints of the vendor's sample treat an identity.
    pub identity_processing: IdentityProcessing,
    /// Where "now" comes from.
    pub clock: Arc<dyn Clock>,
}

impl Config {
    /// Acme at a free port of this computer, with the account's own service.
    pub fn new(api_url: ServerUrl, account_sid: AccountSid, auth_token: SecretString) -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            api_url,
            account_sid,
            auth_token,
            service_sid: None,
            public_url: None,
            identity_processing: IdentityProcessing::Hash,
            clock: Arc::new(SystemClock),
        }
    }
}

/// How the endpoints of the vendor's sample treat an identity (section 11.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum IdentityProcessing {
    /// Its SHA-256 takes its place, so that no personal data reaches the API.
    #[default]
    Hash,
    /// It is used as it is.
    Raw,
}
