//! Acme's page: three files and a picture, all its own, nothing from elsewhere.

use axum::{
    Router,
    http::{HeaderValue, header},
    response::Response,
    routing::get,
};

use crate::running::Acme;

/// No inline script or style, no frame, nothing from other hosts. Pictures may be data, for the QR code.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
     img-src 'self' data:; connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'; \
     require-trusted-types-for 'script'";

/// The page's files.
pub(crate) fn router() -> Router<Acme> {
    let file =
        |kind: &'static str, text: &'static str| get(async move || ([(header::CONTENT_TYPE, kind)], text));
    Router::new()
        .route(
            "/",
            file("text/html; charset=utf-8", include_str!("page/index.html")),
        )
        .route(
            "/app.css",
            file("text/css; charset=utf-8", include_str!("page/app.css")),
        )
        .route(
            "/app.js",
            file("text/javascript; charset=utf-8", include_str!("page/app.js")),
        )
        .route("/icon.svg", file("image/svg+xml", include_str!("page/icon.svg")))
}

/// Puts the same strict headers on every answer. Nothing is stored: answers hold tokens.
pub(crate) async fn with_security_headers(mut response: Response) -> Response {
    let headers = response.headers_mut();
    for (name, value) in [
        ("content-security-policy", CONTENT_SECURITY_POLICY),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("permissions-policy", "camera=(), microphone=(), geolocation=()"),
        ("cache-control", "no-store"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

#[cfg(test)]
mod tests {
    use crate::api_double::Stage;

    #[tokio::test]
    async fn the_page_comes_with_a_strict_policy_and_so_does_every_refusal() {
        let stage = Stage::set().await;
        for path in [
            "/",
            "/app.css",
            "/app.js",
            "/icon.svg",
            "/nowhere",
            "/sign-in/YC1",
        ] {
            let answer = stage.get(path).await;
            let policy = &answer.headers["content-security-policy"];
            let policy = policy.to_str().unwrap();
            assert!(
                policy.starts_with("default-src 'none'; script-src 'self';"),
                "{path}: {policy}"
            );
            assert!(!policy.contains("unsafe"), "{path}: {policy}");
            assert_eq!(answer.headers["x-content-type-options"], "nosniff");
            assert_eq!(answer.headers["cache-control"], "no-store");
        }
    }

    #[tokio::test]
    async fn the_page_needs_nothing_that_its_policy_forbids() {
        let stage = Stage::set().await;
        let html = stage.get("/").await.text;
        for forbidden in [
            "style=", "onclick", "<script>", "<style", "http://", "https://", "//",
        ] {
            assert!(!html.contains(forbidden), "{forbidden}");
        }
        let script = stage.get("/app.js").await.text;
        for forbidden in ["innerHTML", "eval(", "https://", "insertAdjacentHTML", ".style"] {
            assert!(!script.contains(forbidden), "{forbidden}");
        }
        assert!(!stage.get("/app.css").await.text.contains("@import"));
    }

    #[tokio::test]
    async fn a_name_that_is_not_acmes_is_refused() {
        let stage = Stage::set().await;
        let answer = stage.send("GET", "/", &[("host", "rebound.example")], "").await;
        assert_eq!(
            (answer.status, &answer.json["error"]["code"]),
            (403, &"cross_site".into())
        );
    }

    #[tokio::test]
    async fn another_sites_page_can_neither_enrol_nor_ask() {
        let stage = Stage::set().await;
        for (method, path) in [
            ("POST", "/enrol"),
            ("POST", "/sign-in"),
            ("GET", "/access-token?identity=ada"),
            ("GET", "/create-challenge?identity=ada&message=m&factor=YF1"),
        ] {
            for header in [
                ("sec-fetch-site", "cross-site"),
                ("sec-fetch-site", "none"),
                ("referer", "https://evil.example/"),
                ("origin", "https://evil.example"),
            ] {
                let answer = stage
                    .send(method, path, &[("host", "127.0.0.1"), header], "")
                    .await;
                assert_eq!(answer.status, 403, "{method} {path}");
            }
        }
        assert!(
            stage
                .double
                .calls()
                .iter()
                .all(|call| call.ends_with("/v2/Services")),
            "the API was called"
        );
    }
}
