//! Who may talk to Acme from a browser: Acme's own page.
//!
//! Acme has no passwords, so what another site's page must not do is to enrol or to ask in the name of whoever
//! happens to look at it. Programs that are not browsers send none of these headers and are let through.

use std::net::IpAddr;

use axum::{
    extract::{Request, State},
    http::{HeaderMap, header},
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

/// Refuses what another site's page sent, whatever the method: some endpoints act on a GET.
pub(crate) async fn only_own_page(request: Request, next: Next) -> Result<Response, Refusal> {
    if is_own_page(request.headers()) {
        Ok(next.run(request).await)
    } else {
        Err(Refusal::CrossSite)
    }
}

fn is_own_host(host: &str, public_url: Option<&Url>) -> bool {
    let Ok(url) = Url::parse(&format!("http://{host}/")) else {
        return false;
    };
    let name = url.host_str().unwrap_or_default();
    let is_address = name.trim_matches(['[', ']']).parse::<IpAddr>().is_ok();
    is_address || name == "localhost" || public_url.is_some_and(|own| own.host_str() == Some(name))
}

fn is_own_page(headers: &HeaderMap) -> bool {
    let same_site = match header_text(headers, "sec-fetch-site") {
        None => true,
        Some(site) => matches!(site, "same-origin" | "none"),
    };
    let same_origin = match header_text(headers, header::ORIGIN.as_str()) {
        None => !headers.contains_key(header::ORIGIN),
        Some(origin) => origin
            .split_once("://")
            .is_some_and(|(_, authority)| header_text(headers, header::HOST.as_str()) == Some(authority)),
    };
    same_site && same_origin
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
        is_own_page(&headers.collect())
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
        assert!(sent(&[host, ("sec-fetch-site", "none")]));
        for header in [
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-site"),
            ("origin", "http://127.0.0.1:3001"),
            ("origin", "https://evil.example"),
            ("origin", "null"),
            ("origin", "http://127.0.0.1:3000.evil.example"),
        ] {
            assert!(!sent(&[host, header]), "{header:?}");
        }
    }
}
