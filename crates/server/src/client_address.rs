//! Where a request comes from: the other end of its connection, or what a trusted proxy there says.
//!
//! Anybody can send a header that names an address, so one counts only if it comes from a proxy that the operator
//! trusts, and only in the one header that this proxy is known to write: a proxy hands on what its clients put into
//! the others.

use std::{
    convert::Infallible,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    str::FromStr,
};

use axum::{
    extract::FromRequestParts,
    http::{Extensions, HeaderMap, HeaderName, request::Parts},
};
use ipnet::IpNet;

/// The address of the client, in every request's extensions. An IPv4 address is never in its IPv6 clothes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ClientAddress(pub IpAddr);

impl ClientAddress {
    /// The address in these extensions. A request that came over no connection comes from nowhere, 0.0.0.0.
    pub fn of(extensions: &Extensions) -> Self {
        extensions
            .get()
            .copied()
            .unwrap_or(Self(Ipv4Addr::UNSPECIFIED.into()))
    }
}

impl<S: Sync> FromRequestParts<S> for ClientAddress {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self::of(&parts.extensions))
    }
}

/// A network, or a single address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network(IpNet);

impl Network {
    fn contains(&self, address: IpAddr) -> bool {
        self.0.contains(&address)
    }
}

impl FromStr for Network {
    type Err = NotANetwork;

    fn from_str(text: &str) -> Result<Self, NotANetwork> {
        let single = || text.parse().map(|address: IpAddr| address.to_canonical().into());
        text.parse()
            .or_else(|_| single())
            .map(Self)
            .map_err(|_| NotANetwork)
    }
}

/// The text names no network.
#[derive(Debug, thiserror::Error)]
#[error("an address or a network is expected, for example 127.0.0.1 or 10.0.0.0/8")]
pub struct NotANetwork;

/// The proxies that are believed.
#[derive(Debug, Clone, Default)]
pub struct TrustedProxies {
    /// Where they are.
    pub networks: Vec<Network>,
    /// Where they write down who asked them.
    pub header: ForwardedHeader,
}

/// The header in which a proxy names its client.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ForwardedHeader {
    /// `X-Forwarded-For`: addresses, with or without a port.
    #[default]
    XForwardedFor,
    /// `Forwarded` (RFC 7239).
    Forwarded,
}

impl TrustedProxies {
    /// Who asks, given the other end of the connection and the request's headers.
    ///
    /// Every proxy appends the address it was asked from. So the list is read from its end, for as long as the one
    /// who wrote an entry is trusted; the first address that is not, is the client's. What cannot be read was
    /// written by a trusted proxy about somebody unknown, and the proxy itself is the best answer.
    pub fn client(&self, peer: SocketAddr, headers: &HeaderMap) -> ClientAddress {
        let mut address = peer.ip().to_canonical();
        let mut hops = self.header.hops(headers).into_iter().rev();
        while self.networks.iter().any(|network| network.contains(address))
            && let Some(Some(hop)) = hops.next()
        {
            address = hop;
        }
        ClientAddress(address)
    }
}

impl ForwardedHeader {
    /// Every hop that the header names, the client's end first; `None` for one that is no address.
    fn hops(self, headers: &HeaderMap) -> Vec<Option<IpAddr>> {
        let name = match self {
            Self::XForwardedFor => HeaderName::from_static("x-forwarded-for"),
            Self::Forwarded => HeaderName::from_static("forwarded"),
        };
        let lines = headers.get_all(name).iter();
        // A comma always ends a hop, inside quotes too: a quote that a client opens swallows no proxy's entry.
        let hops = lines.flat_map(|line| line.to_str().unwrap_or_default().split(','));
        hops.map(|hop| match self {
            Self::XForwardedFor => node(hop.trim()),
            Self::Forwarded => hop.split(';').find_map(|pair| {
                let (name, value) = pair.split_once('=')?;
                let is_for = name.trim().eq_ignore_ascii_case("for");
                is_for.then(|| node(value.trim().trim_matches('"')))?
            }),
        })
        .collect()
    }
}

/// An address, with or without a port: `192.0.2.1`, `192.0.2.1:4711`, `2001:db8::1`, `[2001:db8::1]:4711`.
fn node(text: &str) -> Option<IpAddr> {
    let bare = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    let address = bare.unwrap_or(text).parse();
    let with_port = || text.parse().map(|address: SocketAddr| address.ip());
    address
        .or_else(|_| with_port())
        .ok()
        .map(|address| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn client(header: ForwardedHeader, peer: &str, lines: &[(&'static str, &'static str)]) -> String {
        let networks = ["10.0.0.0/8", "127.0.0.1", "2001:db8:1::/48"];
        let proxies = TrustedProxies {
            networks: networks.map(|network| network.parse().unwrap()).to_vec(),
            header,
        };
        let mut headers = HeaderMap::new();
        for (name, value) in lines {
            headers.append(*name, HeaderValue::from_static(value));
        }
        proxies.client(peer.parse().unwrap(), &headers).0.to_string()
    }

    #[test]
    fn only_a_trusted_proxy_is_believed_and_only_about_who_asked_it() {
        for (peer, lines, expected) in [
            ("192.0.2.9:1", &["198.51.100.1"][..], "192.0.2.9"),
            ("10.0.0.1:1", &["198.51.100.1"], "198.51.100.1"),
            ("10.0.0.1:1", &[], "10.0.0.1"),
            ("10.0.0.1:1", &[""], "10.0.0.1"),
            ("10.0.0.1:1", &["203.0.113.66, 198.51.100.1"], "198.51.100.1"),
            (
                "10.0.0.1:1",
                &["203.0.113.66,198.51.100.1 , 10.2.3.4"],
                "198.51.100.1",
            ),
            (
                "10.0.0.1:1",
                &["203.0.113.66", "198.51.100.1", "127.0.0.1"],
                "198.51.100.1",
            ),
            ("10.0.0.1:1", &["10.1.1.1, 10.2.3.4"], "10.1.1.1"),
            ("10.0.0.1:1", &["203.0.113.66, nonsense"], "10.0.0.1"),
            ("10.0.0.1:1", &["203.0.113.66, nonsense, 10.2.3.4"], "10.2.3.4"),
            ("10.0.0.1:1", &["198.51.100.1:4711"], "198.51.100.1"),
            ("10.0.0.1:1", &["[2001:db8::1]:4711"], "2001:db8::1"),
            ("10.0.0.1:1", &["[2001:db8::1]"], "2001:db8::1"),
            ("10.0.0.1:1", &["2001:db8::1, 2001:db8:1::5"], "2001:db8::1"),
            ("[::ffff:10.0.0.1]:1", &["::ffff:198.51.100.1"], "198.51.100.1"),
            ("[2001:db8:1::1]:1", &["198.51.100.1"], "198.51.100.1"),
            ("[2001:db8:2::1]:1", &["198.51.100.1"], "2001:db8:2::1"),
        ] {
            let lines: Vec<_> = lines.iter().map(|line| ("x-forwarded-for", *line)).collect();
            let address = client(ForwardedHeader::XForwardedFor, peer, &lines);
            assert_eq!(address, expected, "{peer} {lines:?}");
        }
    }

    #[test]
    fn the_standard_header_is_read_as_it_is_written() {
        for (line, expected) in [
            ("for=198.51.100.1", "198.51.100.1"),
            (
                "For=\"[2001:db8::1]:4711\";proto=https;by=10.0.0.1",
                "2001:db8::1",
            ),
            (
                "for=203.0.113.66, proto=http; for=198.51.100.1 ,for=10.2.3.4",
                "198.51.100.1",
            ),
            ("for=203.0.113.66, for=unknown", "10.0.0.1"),
            ("for=203.0.113.66, for=_hidden, for=10.2.3.4", "10.2.3.4"),
            ("for=203.0.113.66, by=10.0.0.1", "10.0.0.1"),
            ("for=\"203.0.113.66, for=198.51.100.1", "198.51.100.1"),
            ("for=\"203.0.113.66, 198.51.100.1\"", "10.0.0.1"),
        ] {
            let address = client(ForwardedHeader::Forwarded, "10.0.0.1:1", &[("forwarded", line)]);
            assert_eq!(address, expected, "{line}");
        }
    }

    #[test]
    fn the_header_that_the_proxy_does_not_write_says_nothing() {
        let both = [
            ("forwarded", "for=203.0.113.66"),
            ("x-forwarded-for", "198.51.100.1"),
        ];
        for (header, expected) in [
            (ForwardedHeader::XForwardedFor, "198.51.100.1"),
            (ForwardedHeader::Forwarded, "203.0.113.66"),
        ] {
            assert_eq!(client(header, "10.0.0.1:1", &both), expected);
        }
        assert_eq!(
            client(ForwardedHeader::XForwardedFor, "10.0.0.1:1", &both[..1]),
            "10.0.0.1"
        );
    }

    #[test]
    fn a_network_is_an_address_or_a_prefix() {
        for network in [
            "10.0.0.0/8",
            "10.0.0.1",
            "::1",
            "2001:db8::/32",
            "::ffff:10.0.0.1",
        ] {
            assert!(network.parse::<Network>().is_ok(), "{network}");
        }
        for other in ["", "example.com", "10.0.0.0/33", "10.0.0"] {
            assert!(other.parse::<Network>().is_err(), "{other}");
        }
    }
}
