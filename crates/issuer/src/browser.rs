//! What a browser says of itself, in a few words that a person recognises.

/// "Firefox 140 on Linux". Only names that are known here ever come out: a header is anybody's text, and what
/// stands in a request is taken for Acme's.
pub(crate) fn describe(user_agent: &str) -> String {
    let brand =
        BRANDS
            .iter()
            .find(|(token, _)| user_agent.contains(token))
            .map(|(token, name)| match version(user_agent, token) {
                Some(version) => format!("{name} {version}"),
                None => (*name).to_owned(),
            });
    let system = SYSTEMS
        .iter()
        .find(|(token, _)| user_agent.contains(token))
        .map(|(_, name)| *name);
    match (brand, system) {
        (Some(brand), Some(system)) => format!("{brand} on {system}"),
        (Some(brand), None) => brand,
        (None, Some(system)) => format!("an unknown browser on {system}"),
        (None, None) => "an unknown browser".to_owned(),
    }
}

/// In this order, because later ones are named by earlier ones too.
const BRANDS: [(&str, &str); 6] = [
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("HeadlessChrome/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Version/", "Safari"),
];

const SYSTEMS: [(&str, &str); 6] = [
    ("Windows NT", "Windows"),
    ("Android", "Android"),
    ("iPhone", "iOS"),
    ("iPad", "iPadOS"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
];

fn version<'a>(user_agent: &'a str, token: &str) -> Option<&'a str> {
    let (_, rest) = user_agent.split_once(token)?;
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    Some(&rest[..end]).filter(|digits| (1..=4).contains(&digits.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn well_known_browsers_are_named() {
        for (user_agent, words) in [
            (
                "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
                "Firefox 140 on Linux",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 \
                 Safari/537.36 Edg/141.0.0.0",
                "Edge 141 on Windows",
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) \
                 Version/19.0 Safari/605.1.15",
                "Safari 19 on macOS",
            ),
        ] {
            assert_eq!(describe(user_agent), words);
        }
    }

    #[test]
    fn a_header_cannot_write_into_the_request() {
        assert_eq!(describe("Chrome/<b>your bank</b>"), "Chrome");
        assert_eq!(describe("Your Bank\u{202e}"), "an unknown browser");
        assert_eq!(describe(""), "an unknown browser");
    }
}
