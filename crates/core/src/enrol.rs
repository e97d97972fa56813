//! From a link to a verified factor.

use countersign_keychain::{KeyLocation, KeychainError};
use countersign_protocol::{
    error::{ApiError, ErrorCode},
    identity::Identity,
    link::{Enrolment, Link, LinkError, ServerUrl, TicketUrl},
    resources::factor::FactorStatus,
    sid::ServiceSid,
};
use jiff::SignedDuration;

use crate::{
    client::{ClientError, FactorPayload, Said, Unreached, create_factor, verify_factor},
    device::{Device, accept},
    factor::Factor,
    removal,
    request::Malformed,
    store::StoreError,
};

/// What an enrolment link would do, for the page that asks whether to go on. Names are what the link claims.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnrolmentPreview {
    /// Whether the link carries everything, or a one-time address where the rest is fetched.
    pub kind: PreviewKind,
    /// The host that will be asked and, if it is not the usual one, its port. Punycode where it is not ASCII.
    pub host: String,
    /// The host in its own script, where that is not ASCII: a reason to look twice.
    pub unicode_host: Option<String>,
    /// Whether the host is this very computer.
    pub is_loopback: bool,
    /// Whether it is the vendor's cloud service.
    pub is_cloud: bool,
    /// The issuer's name.
    pub issuer: Option<String>,
    /// The account's name.
    pub account: Option<String>,
    /// Whom the factor will stand for.
    pub identity: Option<Identity>,
    /// The service it will be enrolled at.
    pub service_sid: Option<ServiceSid>,
    /// Where its key will live.
    pub key_location: KeyLocation,
}

/// The two kinds of enrolment links.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PreviewKind {
    /// The link carries the access token itself.
    Direct,
    /// The link carries a one-time address.
    Ticket,
}

/// Why this computer was not enrolled. Nothing is left of the attempt, but where the variant says so.
#[derive(Debug, thiserror::Error)]
pub enum EnrolError {
    /// The link is refused.
    #[error(transparent)]
    Link(#[from] LinkError),
    /// The link, or the token in it, was used before or is too old. A new one is needed.
    #[error("the link has been used before or has expired")]
    UsedOrExpired(ApiError),
    /// The server was not reached. If that happened after the factor was created, it is listed as being removed
    /// until the server has been told.
    #[error("the server cannot be reached: {0}")]
    Offline(#[source] Unreached),
    /// The server refused, with the API's own code and message.
    #[error("the server refused the enrolment: {}", Said(.0))]
    Refused(ApiError),
    /// The two clocks are further apart than a correction may bridge.
    #[error("this computer's clock and the server's differ by too much")]
    ClockSkewed {
        /// How far the server's clock is ahead, if it said what time it has.
        by: Option<SignedDuration>,
    },
    /// The server sent something that is not of this protocol.
    #[error(transparent)]
    Malformed(#[from] Malformed),
    /// No key could be made or used.
    #[error(transparent)]
    Keychain(#[from] KeychainError),
    /// The profile cannot be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<ClientError> for EnrolError {
    fn from(error: ClientError) -> Self {
        match error {
            ClientError::Offline(unreached) => Self::Offline(unreached),
            ClientError::Refused { error, .. } => Self::Refused(error),
            ClientError::SignedOut(error) => Self::Refused(error),
            ClientError::ClockSkewed { by } => Self::ClockSkewed { by },
            ClientError::Malformed(malformed) => Self::Malformed(malformed),
            ClientError::Keychain(error) => Self::Keychain(error),
            ClientError::Store(error) => Self::Store(error),
            ClientError::NoSuchFactor | ClientError::WrongFactor | ClientError::Input { .. } => {
                Self::Malformed(Malformed {
                    what: "it is not a factor, or a member of it is missing or malformed",
                })
            }
        }
    }
}

impl EnrolmentPreview {
    /// Reads a link without touching anything: neither network nor profile, nor the keychain where its key will live.
    ///
    /// # Errors
    /// If the link is refused, or is not one that enrols.
    pub fn of(link: &str, key_location: KeyLocation) -> Result<Self, LinkError> {
        match Link::parse(link)? {
            Link::Enrol(enrolment) => Ok(Self {
                kind: PreviewKind::Direct,
                host: enrolment.server.host(),
                unicode_host: enrolment.server.unicode_host(),
                is_loopback: enrolment.server.is_loopback(),
                is_cloud: enrolment.server.is_cloud(),
                issuer: enrolment.issuer,
                account: enrolment.account,
                identity: Some(enrolment.identity),
                service_sid: Some(enrolment.service_sid),
                key_location,
            }),
            Link::Ticket(ticket) => Ok(Self {
                kind: PreviewKind::Ticket,
                host: ticket.host(),
                unicode_host: ticket.unicode_host(),
                is_loopback: ticket.is_loopback(),
                is_cloud: ServerUrl::cloud().host() == ticket.host(),
                issuer: None,
                account: None,
                identity: None,
                service_sid: None,
                key_location,
            }),
            Link::Open { .. } | Link::Confirm { .. } => Err(LinkError::Action),
        }
    }
}

/// Enrols this computer: creates a factor and proves its key.
pub(crate) async fn enrol(device: &Device, link: &str) -> Result<Factor, EnrolError> {
    let enrolment = match Link::parse(link)? {
        Link::Enrol(enrolment) => *enrolment,
        Link::Ticket(ticket) => redeem(device, &ticket).await?,
        Link::Open { .. } | Link::Confirm { .. } => return Err(LinkError::Action.into()),
    };
    let payload = FactorPayload {
        friendly_name: device_name(),
        service_sid: enrolment.service_sid,
        identity: enrolment.identity,
        access_token: enrolment.token.into(),
        metadata: None,
        issuer: enrolment.issuer,
        account: enrolment.account,
    };
    let created = create_factor(device, &enrolment.server, payload).await;
    let factor = created.map_err(|error| match error {
        ClientError::Refused { error, .. } if is_spent(&error) => EnrolError::UsedOrExpired(error),
        error => error.into(),
    })?;
    match prove(device, &factor).await {
        Ok(factor) => Ok(factor),
        Err(error) => {
            // Half a factor is of no use to anybody: it goes, now or when the server can be reached again.
            if let Err(error) = removal::remove(device, &factor.sid).await {
                tracing::warn!(%error, "a factor that could not be verified is still stored");
            }
            Err(error.into())
        }
    }
}

/// Verifies a new factor. An answer that was lost on its way is asked for once more; verifying twice does no harm.
async fn prove(device: &Device, factor: &Factor) -> Result<Factor, ClientError> {
    let verified = match verify_factor(device, factor).await {
        Err(ClientError::Offline(_)) => verify_factor(device, factor).await?,
        verified => verified?,
    };
    if verified.status == FactorStatus::Verified {
        Ok(verified)
    } else {
        Err(Malformed {
            what: "it does not say that the factor is verified",
        }
        .into())
    }
}

/// Fetches a one-time address. It answers once; so the attempt is not repeated.
async fn redeem(device: &Device, ticket: &TicketUrl) -> Result<Enrolment, EnrolError> {
    let reply = device
        .http
        .fetch_ticket(ticket.expose())
        .await
        .map_err(EnrolError::Offline)?;
    let reply = accept(reply).map_err(|error| match error {
        ClientError::Refused { error, .. } if matches!(error.status, 404 | 410) => {
            EnrolError::UsedOrExpired(error)
        }
        error => error.into(),
    })?;
    let enrolment = Enrolment::from_json(&reply.body)?;
    // What the person agreed to is a host and a port; the address must not send this computer to others.
    if enrolment.server.join("/").origin() != ticket.expose().origin() {
        return Err(EnrolError::Malformed(Malformed {
            what: "the one-time address leads to a server on another host or port, which nobody agreed to",
        }));
    }
    Ok(enrolment)
}

/// Whether a creation was refused because of its token. The live service's exact codes are not known (section 2.1).
fn is_spent(error: &ApiError) -> bool {
    error.status == 401 || error.is(ErrorCode::FactorCreationForbidden)
}

/// What the server's lists call this device: the computer's name.
fn device_name() -> String {
    let name = gethostname::gethostname().to_string_lossy().into_owned();
    let name: String = name.chars().filter(|c| !c.is_control()).take(64).collect();
    if name.trim().is_empty() {
        "Countersign".to_owned()
    } else {
        name
    }
}
