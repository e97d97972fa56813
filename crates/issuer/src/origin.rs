//! Who may talk to Acme from a browser: Acme's own page.
//!
//! Acme has no passwords, so what another site's page must not do is to enrol or to ask in the name of whoever
//! happens to look at it. Programs that are not browsers send none of these headers and are let through.

use std::net::IpAddr;

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, header},
    middleware::Next,
    response::Response,
};
use url::Url;

use crate::{refusal::Refusal, running::Acme};

/// Refuses what was sent to a name that is not Acme's. A name of somebody else's that leads to this computer would
/// make their page Acme's own in the eyes of the browser (DNS rebinding); no address can be forged like that.
pub(crate) async fn only_own_host(
    State(acme): State<Acme>,
    request: Request,
    next: Next,
) -> Result<Response, Refusal> {
    let host = header_text(request.headers(), header::HOST.as_str());
    if host.is_some_and(|host| is_own_host(host, acme.public_url())) {
        Ok(next.run(request).await)
    } else {
        Err(Refusal::CrossSite)
    }
}

/// Refuses what a browser sent for anything else than Acme's own page, whatever the method: some endpoints act on a
/// GET, and a link in a mail must not ask anybody anything.
pub(crate) async fn only_own_page(
    State(acme): State<Acme>,
    request: Request,
    next: Next,
) -> Result<Response, Refusal> {
    if is_own_page(request.headers(), acme.public_url()) {
        Ok(next.run(request).await)
    } else {
        Err(Refusal::CrossSite)
    }
}

fn is_own_host(host: &str, public_url: Option<&Url>) -> bool {
    let Some(url) = reached_at(host) else {
        return false;
    };
    let name = url.host_str().unwrap_or_default();
    let is_address = name.trim_matches(['[', ']']).parse::<IpAddr>().is_ok();
    is_address || name == "localhost" || public_url.is_some_and(|own| own.host_str() == Some(name))
}

fn is_own_page(headers: &HeaderMap, public_url: Option<&Url>) -> bool {
    let Some(here) = header_text(headers, header::HOST.as_str()).and_then(reached_at) else {
        return false;
    };
    // Behind its public name Acme is reached by the public scheme and port, whatever the proxy speaks.
    let here = match public_url {
        Some(public) if public.host() == here.host() => public.origin(),
        _ => here.origin(),
    };
    let is_own = |name: HeaderName| {
        let mut sent = headers.get_all(name).iter();
        sent.all(|value| {
            let url = value.to_str().ok().and_then(|text| Url::parse(text).ok());
            url.is_some_and(|url| url.origin() == here)
        })
    };
    let same_origin = headers
        .get_all("sec-fetch-site")
        .iter()
        .all(|site| site == "same-origin");
    same_origin && is_own(header::ORIGIN) && is_own(header::REFERER)
}

/// The address that a request was sent to, as long as no proxy was between.
fn reached_at(host: &str) -> Option<Url> {
    Url::parse(&format!("http://{host}/")).ok()
}

fn header_text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_the_public_name_are_acmes_own() {
        let public = Url::parse("https://acme.example").unwrap();
        for host in [
            "127.0.0.1:80",
            "localhost:3000",
            "[::1]:3000",
            "192.0.2.7",
            "acme.example",
        ] {
            assert!(is_own_host(host, Some(&public)), "{host}");
        }
        for host in [
            "evil.example:3000",
            "127.0.0.1.evil.example",
            "localhost.evil.example",
            "",
            "a b",
        ] {
            assert!(!is_own_host(host, Some(&public)), "{host}");
        }
        assert!(!is_own_host("acme.example", None));
    }

    fn sent(headers: &[(&'static str, &'static str)]) -> bool {
        let headers = headers
            .iter()
            .map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()));
        is_own_page(
            &headers.collect(),
            Some(&Url::parse("https://acme.example").unwrap()),
        )
    }

    #[test]
    fn another_sites_page_is_told_apart_from_ones_own_and_from_programs() {
        let host = ("host", "127.0.0.1:3000");
        assert!(sent(&[host]));
        assert!(sent(&[
            host,
            ("origin", "http://127.0.0.1:3000"),
            ("sec-fetch-site", "same-origin")
        ]));
        assert!(sent(&[host, ("referer", "http://127.0.0.1:3000/")]));
        let public = ("host", "acme.example");
        assert!(sent(&[public, ("origin", "https://acme.example")]));
        assert!(!sent(&[public, ("origin", "http://acme.example")]));
        assert!(!sent(&[public, ("origin", "https://acme.example:8443")]));
        for header in [
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-site"),
            ("sec-fetch-site", "none"),
            ("referer", "https://evil.example/127.0.0.1:3000"),
            ("referer", "http://127.0.0.1:3001/"),
            ("referer", "nowhere"),
            ("origin", "https://127.0.0.1:3000"),
            ("origin", "http://127.0.0.1:3001"),
            ("origin", "https://evil.example"),
            ("origin", "null"),
            ("origin", "http://127.0.0.1:3000.evil.example"),
        ] {
            assert!(!sent(&[host, header]), "{header:?}");
        }
    }
}
