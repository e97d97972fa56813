//! The addresses in a link: of a server, and of a one-time ticket.

use std::fmt;

use url::{Host, Url};

use super::{CLOUD_SERVER, LinkError};

/// Base URL of a server: `https`, or `http` on this computer only; no user, path, query or fragment.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct ServerUrl(Url);

impl ServerUrl {
    /// Reads a base URL.
    ///
    /// # Errors
    /// A [`LinkError`] for the server.
    pub fn parse(text: &str) -> Result<Self, LinkError> {
        let url = parse_secure_url(text)?;
        if !matches!(url.path(), "" | "/") || url.query().is_some() {
            return Err(LinkError::Server);
        }
        Ok(Self(url))
    }

    /// The cloud service.
    pub fn cloud() -> Self {
        Self(Url::parse(CLOUD_SERVER).expect("a constant URL"))
    }

    /// Whether this is the vendor's cloud service.
    pub fn is_cloud(&self) -> bool {
        *self == Self::cloud()
    }

    /// Whether the server is this very computer.
    pub fn is_loopback(&self) -> bool {
        is_loopback(&self.0)
    }

    /// The base URL, without a slash at its end.
    pub fn as_str(&self) -> &str {
        self.0.as_str().trim_end_matches('/')
    }

    /// Host and, if it is not the usual one, port: what a person has to recognise. Punycode where not ASCII.
    pub fn host(&self) -> String {
        authority(&self.0)
    }

    /// The host in its own script, if that is not ASCII.
    pub fn unicode_host(&self) -> Option<String> {
        unicode_host(&self.0)
    }

    /// The URL of a resource; `path` begins with a slash.
    pub fn join(&self, path: &str) -> Url {
        let mut url = self.0.clone();
        url.set_path(path);
        url
    }
}

impl fmt::Debug for ServerUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for ServerUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A one-time address that answers once with an [`Enrolment`](super::Enrolment). Its path is a secret: `Debug` shows the host only.
#[derive(Clone, PartialEq, Eq)]
pub struct TicketUrl(Url);

impl TicketUrl {
    /// Reads an address.
    ///
    /// # Errors
    /// A [`LinkError`] for the server.
    pub fn parse(text: &str) -> Result<Self, LinkError> {
        parse_secure_url(text).map(Self)
    }

    /// The address to fetch, once, after the person agreed to the host.
    pub fn expose(&self) -> &Url {
        &self.0
    }

    /// Host and, if it is not the usual one, port.
    pub fn host(&self) -> String {
        authority(&self.0)
    }

    /// The host in its own script, if that is not ASCII.
    pub fn unicode_host(&self) -> Option<String> {
        unicode_host(&self.0)
    }

    /// Whether the host is this very computer.
    pub fn is_loopback(&self) -> bool {
        is_loopback(&self.0)
    }

    /// Writes the link.
    pub fn to_link(&self) -> String {
        format!(
            "countersign://enrol?v=1&ticket={}",
            crate::form::encode_segment(self.0.as_str())
        )
    }
}

impl fmt::Debug for TicketUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TicketUrl({}/…)", authority(&self.0))
    }
}

fn parse_secure_url(text: &str) -> Result<Url, LinkError> {
    // `Url` mends backslashes, tabs and missing or doubled slashes; a link with such things is not one we wrote.
    let mended = text
        .bytes()
        .any(|byte| byte.is_ascii_control() || byte == b'\\' || byte == b' ');
    let authority = text.split_once("://").map(|(_, rest)| rest);
    if mended || text.contains("/../") || authority.is_none_or(|rest| rest.starts_with('/')) {
        return Err(LinkError::Server);
    }
    let url = Url::parse(text).map_err(|_| LinkError::Server)?;
    let plain = url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
    let hosted = url
        .host_str()
        .is_some_and(|host| !host.is_empty() && !host.ends_with('.'));
    if !plain || !hosted || url.port() == Some(0) || text.contains('@') {
        return Err(LinkError::Server);
    }
    match url.scheme() {
        "https" => Ok(url),
        "http" if is_loopback(&url) => Ok(url),
        "http" => Err(LinkError::Insecure),
        _ => Err(LinkError::Server),
    }
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

fn authority(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    match url.port() {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    }
}

fn unicode_host(url: &Url) -> Option<String> {
    let host = url.host_str()?;
    if !host.split('.').any(|label| label.starts_with("xn--")) {
        return None;
    }
    Some(idna::domain_to_unicode(host).0)
}
