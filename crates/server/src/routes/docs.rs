//! `/openapi.json`, the document of the API for programs, and `/docs`, a page to read it and to try it with.

use std::sync::{Arc, LazyLock};

use axum::{
    Router,
    body::Bytes,
    http::header,
    response::IntoResponse,
    routing::{MethodRouter, get},
};

use crate::{app::SharedApp, openapi, operations::Route};

/// Nothing but what this server itself serves: no other host, no inline script or style, no markup made by a script,
/// no frame around it. The icon is an empty one, so that no browser asks for another.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; \
    base-uri 'none'; form-action 'none'; frame-ancestors 'none'; \
    require-trusted-types-for 'script'; trusted-types 'none'";

/// The document, made once somebody asks for it (that takes more memory than all else at the start), and the page.
#[rustfmt::skip]
pub(super) fn pages(routes: Vec<Route>, root: &str) -> Router<SharedApp> {
    let root = root.to_owned();
    let document = Arc::new(LazyLock::new(move || Bytes::from(openapi::document(&routes, &root).to_string())));
    Router::new()
        .route("/openapi.json", file("application/json", move || (**document).clone()))
        .route("/docs", file("text/html; charset=utf-8", || include_str!("docs/page.html")))
        .route("/docs/page.css", file("text/css; charset=utf-8", || include_str!("docs/page.css")))
        .route("/docs/page.js", file("text/javascript; charset=utf-8", || include_str!("docs/page.js")))
}

fn file<T: IntoResponse>(
    content_type: &'static str,
    content: impl Fn() -> T + Clone + Send + Sync + 'static,
) -> MethodRouter<SharedApp> {
    let headers = [
        (header::CONTENT_TYPE, content_type),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
    ];
    get(async move || (headers, content()).into_response())
}

#[cfg(test)]
mod tests {
    use crate::tests::World;

    #[tokio::test]
    async fn the_page_is_served_to_anybody_and_may_use_nothing_from_elsewhere() {
        let world = World::new().await;
        for (path, content_type) in [
            ("/docs", "text/html; charset=utf-8"),
            ("/docs/page.css", "text/css; charset=utf-8"),
            ("/docs/page.js", "text/javascript; charset=utf-8"),
            ("/openapi.json", "application/json"),
        ] {
            let reply = world.send("GET", path, "", "").await;
            assert_eq!(reply.status, 200, "{path}");
            assert_eq!(reply.headers["content-type"], content_type);
            let policy = reply.headers["content-security-policy"].to_str().unwrap();
            assert!(
                policy.starts_with("default-src 'none'; script-src 'self';"),
                "{policy}"
            );
            assert!(!policy.contains("unsafe") && !policy.contains("http"), "{policy}");
        }
        let page = world.send("GET", "/docs", "", "").await.text;
        assert!(!page.contains("://") && !page.contains("style=") && !page.contains("onclick"));
        assert_eq!(world.post("/docs", "").await.refusal(), (405, 20004));
    }
}
