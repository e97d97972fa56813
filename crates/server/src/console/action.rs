//! What handlers are given: a query, and for whatever changes something a form that nobody else can have written.

use axum::{
    extract::{FromRequest, FromRequestParts, Request},
    http::{HeaderMap, header, request::Parts},
};
use countersign_protocol::form::Form;
use url::Url;

use super::session::{Session, Stop};
use crate::{
    answer::Refusal,
    app::{App, SharedApp},
    request::{read_form, read_query},
};

/// The name under which a form carries its session's token.
pub(super) const FORM_TOKEN: &str = "form_token";

/// What a page is asked for with. It changes nothing.
pub(super) struct Query(pub(super) Form);

impl FromRequestParts<SharedApp> for Query {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &SharedApp) -> Result<Self, Refusal> {
        read_query(&parts.uri).map(Self)
    }
}

/// A form that a signed-in person has sent from one of our own pages.
pub(super) struct Action {
    /// Who.
    pub(super) session: Session,
    /// What.
    pub(super) form: Form,
}

impl FromRequest<SharedApp> for Action {
    type Rejection = Stop;

    async fn from_request(request: Request, app: &SharedApp) -> Result<Self, Stop> {
        let (mut parts, body) = request.into_parts();
        let session = Session::from_request_parts(&mut parts, app).await?;
        let OwnForm(form) = OwnForm::from_request(Request::from_parts(parts, body), app).await?;
        let token = form.one(FORM_TOKEN).ok().flatten().unwrap_or_default();
        if session.is_own_form(token) {
            Ok(Self { session, form })
        } else {
            Err(Stop::Foreign)
        }
    }
}

/// A form that was sent from one of our own pages, by whomever.
pub(super) struct OwnForm(pub(super) Form);

impl FromRequest<SharedApp> for OwnForm {
    type Rejection = Stop;

    async fn from_request(request: Request, app: &SharedApp) -> Result<Self, Stop> {
        if !is_from_own_page(request.headers(), app) {
            return Err(Stop::Foreign);
        }
        Ok(Self(read_form(request).await?))
    }
}

/// Every browser names the page that a form was sent from, in one of two headers at least. What has neither is no
/// browser, and programs have the API.
fn is_from_own_page(headers: &HeaderMap, app: &App) -> bool {
    let mut sites = headers.get_all("sec-fetch-site").iter().peekable();
    let mut origins = headers.get_all(header::ORIGIN).iter().peekable();
    let named = sites.peek().is_some() || origins.peek().is_some();
    named
        && sites.all(|site| site == "same-origin")
        && origins.all(|origin| {
            origin
                .to_str()
                .is_ok_and(|origin| is_own_origin(origin, headers, app))
        })
}

/// Our own origin is the public one. A server that is reached without a proxy is also at the address it was asked at.
fn is_own_origin(origin: &str, headers: &HeaderMap, app: &App) -> bool {
    let host = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok())
        .unwrap_or_default();
    let is_public =
        || Url::parse(app.urls.root()).is_ok_and(|url| url.origin().ascii_serialization() == origin);
    origin == format!("http://{host}") || is_public()
}
