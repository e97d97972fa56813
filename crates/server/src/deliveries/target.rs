//! Where deliveries may go. A webhook's URL is chosen by a customer, and the server stands inside the operator's
//! network: without a rule, a webhook would be a way to reach what the customer cannot (SSRF). The rule is applied
//! to the address that is dialled, after the name was resolved, so that no answer of a name server gets around it.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::{Host, Url};

/// Which addresses deliveries may go to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Targets {
    /// Those of the public internet only.
    #[default]
    Public,
    /// All, those of this computer and its network too.
    Any,
}

/// The address belongs to this computer, to its network, or to nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "the address is not one of the public internet; whoever runs the server can allow it with \
     --allow-private-webhooks"
)]
pub struct NotPublic;

impl Targets {
    /// Whether a URL whose host is an address may be called; a name is looked at when it is resolved.
    ///
    /// # Errors
    /// [`NotPublic`].
    pub fn check(self, url: &Url) -> Result<(), NotPublic> {
        let address = match url.host() {
            Some(Host::Ipv4(address)) => IpAddr::V4(address),
            Some(Host::Ipv6(address)) => IpAddr::V6(address),
            Some(Host::Domain(_)) => return Ok(()),
            None => return Err(NotPublic),
        };
        if self.allows(address) {
            Ok(())
        } else {
            Err(NotPublic)
        }
    }

    /// Of what a name server answers at one time, what may be dialled.
    fn keep(self, found: impl Iterator<Item = SocketAddr>) -> Result<Vec<SocketAddr>, NotPublic> {
        let allowed: Vec<_> = found.filter(|address| self.allows(address.ip())).collect();
        if allowed.is_empty() {
            Err(NotPublic)
        } else {
            Ok(allowed)
        }
    }

    fn allows(self, address: IpAddr) -> bool {
        self == Self::Any
            || match address {
                IpAddr::V4(address) => is_public_v4(address),
                IpAddr::V6(address) => is_public_v6(address),
            }
    }
}

impl Resolve for Targets {
    /// Of the addresses of a name, only those that may be called are dialled.
    fn resolve(&self, name: Name) -> Resolving {
        let targets = *self;
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            Ok(Box::new(targets.keep(found)?.into_iter()) as Addrs)
        })
    }
}

/// Everything that the registry of special-purpose addresses (RFC 6890 and successors) does not set aside.
fn is_public_v4(address: Ipv4Addr) -> bool {
    !matches!(
        address.octets(),
        [0 | 10 | 127 | 224..=255, ..]
            | [100, 64..=127, ..]
            | [169, 254, ..]
            | [172, 16..=31, ..]
            | [192, 0, 0 | 2, _]
            | [192, 88, 99, _]
            | [192, 168, ..]
            | [198, 18 | 19, ..]
            | [198, 51, 100, _]
            | [203, 0, 113, _]
    )
}

/// Only what is given out for general use, and of the ways to write an IPv4 address, those that name a public one.
fn is_public_v6(address: Ipv6Addr) -> bool {
    let embedded = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        is_public_v4(Ipv4Addr::new(a, b, c, d))
    };
    match address.segments() {
        // IPv4-mapped, and the well-known prefix of NAT64.
        [0, 0, 0, 0, 0, 0xffff, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] => embedded(high, low),
        // Teredo and other protocols' own, documentation, 6to4.
        [0x2001, 0..=0x1ff | 0xdb8, ..] | [0x2002, ..] | [0x3fff, 0..=0xfff, ..] => false,
        [first, ..] => (0x2000..=0x3fff).contains(&first),
    }
}

#[cfg(test)]
pub(crate) mod hostile;

#[cfg(test)]
mod tests {
    use super::*;

    const PUBLIC: &str = "
        1.1.1.1 8.8.8.8 9.255.255.255 11.0.0.0 100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.1
        169.253.0.1 172.15.255.255 172.32.0.0 192.0.1.1 192.167.255.255 198.17.255.255 198.20.0.0
        223.255.255.255 [2606:4700:4700::1111] [2001:4860:4860::8888] [2001:200::1] [2a00:1450::1]
        [::ffff:8.8.8.8] [64:ff9b::8.8.8.8] example.com localhost
    ";

    fn check(url: &str) -> Option<Result<(), NotPublic>> {
        Url::parse(url).ok().map(|url| Targets::Public.check(&url))
    }

    #[test]
    fn no_way_of_writing_it_makes_an_inner_address_public() {
        let hosts = hostile::hosts();
        for host in &hosts {
            for url in [format!("http://{host}/"), format!("https://{host}:8443/a?b")] {
                assert_eq!(check(&url), Some(Err(NotPublic)), "{url}");
            }
        }
        // An address with a zone is no URL at all.
        for zone in [
            "[fe80::1%25eth0]",
            "[fe80::1%eth0]",
            "[::1%25lo]",
            "[::1%lo]",
            "127.0.0.1%25lo",
        ] {
            assert_eq!(check(&format!("http://{zone}/")), None, "{zone}");
        }
        eprintln!(
            "S-18: {} URLs with inner addresses, 0 let through",
            2 * hosts.len()
        );
    }

    #[test]
    fn public_addresses_and_names_are_let_through() {
        for host in PUBLIC.split_whitespace() {
            assert_eq!(check(&format!("https://{host}/")), Some(Ok(())), "{host}");
        }
    }

    #[test]
    fn whoever_allows_all_gets_all() {
        for host in ["127.0.0.1", "[::1]", "10.0.0.1"] {
            assert_eq!(
                Targets::Any.check(&Url::parse(&format!("http://{host}/")).unwrap()),
                Ok(())
            );
        }
    }

    #[test]
    fn of_a_name_that_leads_inside_as_well_only_what_is_outside_is_dialled() {
        let at = |text: &str| text.parse::<SocketAddr>().unwrap();
        let answers = |all: &[&str]| {
            Targets::Public.keep(
                all.iter()
                    .map(|address| at(address))
                    .collect::<Vec<_>>()
                    .into_iter(),
            )
        };
        let mixed = ["127.0.0.1:0", "8.8.8.8:0", "[::1]:0", "[::ffff:10.0.0.1]:0"];
        assert_eq!(answers(&mixed), Ok(vec![at("8.8.8.8:0")]));
        // What it said before does not count for what it says now.
        assert_eq!(answers(&["169.254.169.254:0"]), Err(NotPublic));
        assert_eq!(answers(&[]), Err(NotPublic));
    }

    #[tokio::test]
    async fn a_name_is_judged_by_what_it_resolves_to() {
        let name = || "localhost".parse::<Name>().unwrap();
        let refused = Targets::Public.resolve(name()).await.err().unwrap();
        assert_eq!(refused.downcast_ref(), Some(&NotPublic));
        let found = Targets::Any.resolve(name()).await.unwrap();
        assert!(
            found
                .map(|address| address.ip())
                .all(|address| address.is_loopback())
        );
    }
}
