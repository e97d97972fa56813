//! `/openapi.json`: the document of the API, for programs.

use axum::{
    Router,
    body::Bytes,
    http::header,
    response::IntoResponse,
    routing::{MethodRouter, get},
};

use crate::{app::SharedApp, openapi, operations::Route};

/// The document, made once.
pub(super) fn pages(routes: &[Route], root: &str) -> Router<SharedApp> {
    let document = openapi::document(routes, root).to_string();
    Router::new().route("/openapi.json", file("application/json", document))
}

fn file(content_type: &'static str, content: impl Into<Bytes>) -> MethodRouter<SharedApp> {
    let content = content.into();
    let headers = [
        (header::CONTENT_TYPE, content_type),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    get(async move || (headers, content.clone()).into_response())
}
