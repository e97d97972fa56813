//! How requests are answered: always with JSON, always with a date, and refused in one envelope.

use std::{error::Error, sync::Arc};

use axum::{
    Json,
    body::Body,
    extract::{Request, State},
    http::{HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use countersign_protocol::{
    date,
    error::{ApiError, ErrorCode},
};
use serde::Serialize;

use crate::{app::SharedApp, observation, rates::TooMuch, store::StoreError};

/// What a handler answers: a resource, or why not.
pub type Answer<T> = Result<T, Refusal>;

/// A resource that was made: 201.
pub struct Created<T>(pub T);

impl<T: Serialize> IntoResponse for Created<T> {
    fn into_response(self) -> Response {
        (StatusCode::CREATED, Json(self.0)).into_response()
    }
}

/// Something was deleted: 204, without a body.
pub struct Deleted;

impl IntoResponse for Deleted {
    fn into_response(self) -> Response {
        StatusCode::NO_CONTENT.into_response()
    }
}

/// Why a request was refused.
#[derive(Debug)]
pub enum Refusal {
    /// There is no such resource, or it is not the caller's to see: 404 in either case, with the same words.
    NotFound,
    /// One of the API's own errors.
    Api(ApiError),
    /// Not now: an error of the API with `Retry-After`.
    Later {
        /// What is told.
        error: ApiError,
        /// For how many seconds it will be the same.
        seconds: i64,
    },
    /// The server failed, and nothing has changed. The cause is logged and not told.
    Failed(Box<dyn Error + Send + Sync>),
    /// The database cannot be reached or is too busy, which passes: 503, and when to come again.
    Unavailable(StoreError),
}

impl From<ApiError> for Refusal {
    fn from(error: ApiError) -> Self {
        Self::Api(error)
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        if error.is_passing() {
            Self::Unavailable(error)
        } else {
            Self::Failed(Box::new(error))
        }
    }
}

impl From<TooMuch> for Refusal {
    fn from(TooMuch { again }: TooMuch) -> Self {
        // Rounded up, and one at least: whoever comes at the time that is named finds it over.
        let seconds = again.as_millis().div_ceil(1000).max(1);
        Self::later(
            i64::try_from(seconds).unwrap_or(i64::MAX),
            ErrorCode::TooManyRequests,
            format!("Too many requests; try again in {seconds} seconds"),
        )
    }
}

impl Refusal {
    /// One of the API's own errors.
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self::Api(ApiError::new(code, message))
    }

    /// An error that will be the same for so many seconds.
    pub fn later(seconds: i64, code: ErrorCode, message: impl Into<String>) -> Self {
        Self::Later {
            error: ApiError::new(code, message),
            seconds,
        }
    }

    /// What the caller is told. The cause of a failure is logged here, once.
    fn tell(&self, route: &str, path: &str) -> ApiError {
        let cause: Option<&(dyn Error + 'static)> = match self {
            Self::Failed(error) => Some(&**error),
            Self::Unavailable(error) => Some(error),
            Self::NotFound | Self::Api(_) | Self::Later { .. } => None,
        };
        if let Some(error) = cause.map(chain) {
            tracing::error!(http.route = route, error, "a request failed");
        }
        match self {
            Self::NotFound => ApiError::not_found(path.strip_prefix("/v2").unwrap_or(path)),
            Self::Api(error) | Self::Later { error, .. } => error.clone(),
            Self::Failed(_) => ApiError::new(ErrorCode::Internal, "The server failed; nothing was changed"),
            Self::Unavailable(_) => ApiError::new(
                ErrorCode::Unavailable,
                "The database cannot be reached at the moment; try again",
            ),
        }
    }
}

impl IntoResponse for Refusal {
    /// An answer without a body: [`finish`] knows the path, and writes it.
    fn into_response(self) -> Response {
        let mut response = Response::new(Body::empty());
        let again = match self {
            Self::Later { seconds, .. } => Some(seconds),
            Self::Unavailable(_) => Some(1),
            Self::NotFound | Self::Api(_) | Self::Failed(_) => None,
        };
        if let Some(seconds) = again {
            response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
        }
        response.extensions_mut().insert(Refused(Arc::new(self)));
        response
    }
}

#[derive(Clone)]
struct Refused(Arc<Refusal>);

/// What a refused request is told, taken out of an answer that has no body yet; `None` if it was not refused.
pub(crate) fn take_refusal(response: &mut Response, route: &str, path: &str) -> Option<ApiError> {
    let Refused(refusal) = response.extensions_mut().remove::<Refused>()?;
    Some(refusal.tell(route, path))
}

/// Finishes every answer: writes the envelope of a refusal, dates it by the server's clock (section 1.6 of the
/// Verify Push protocol notes; devices correct their clocks by it), and keeps it out of caches.
pub async fn finish(State(app): State<SharedApp>, request: Request, next: Next) -> Response {
    let route = observation::route(&request);
    let path = request.uri().path().to_owned();
    let mut response = next.run(request).await;
    if let Some(envelope) = take_refusal(&mut response, &route, &path) {
        let kept = [header::ALLOW, header::RETRY_AFTER]
            .map(|name| response.headers_mut().remove(&name).map(|value| (name, value)));
        let status = StatusCode::from_u16(envelope.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        response = (status, Json(envelope)).into_response();
        response.headers_mut().extend(kept.into_iter().flatten());
        if status == StatusCode::UNAUTHORIZED {
            let basic = HeaderValue::from_static("Basic realm=\"Countersign\"");
            response.headers_mut().insert(header::WWW_AUTHENTICATE, basic);
        }
    }
    if let Ok(date) = HeaderValue::try_from(date::format_http(app.now())) {
        response.headers_mut().insert(header::DATE, date);
    }
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// The answer to a request whose handler panicked, which none should.
pub fn after_panic(panic: Box<dyn std::any::Any + Send>) -> Response {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    let text = text.or_else(|| panic.downcast_ref::<String>().cloned());
    Refusal::Failed(text.unwrap_or_else(|| "a panic without words".to_owned()).into()).into_response()
}

/// The answer where there is no route.
pub async fn no_such_route() -> Refusal {
    Refusal::NotFound
}

/// The answer where there is a route, but not for this method.
pub async fn method_not_allowed() -> Refusal {
    Refusal::new(ErrorCode::MethodNotAllowed, "This method is not offered here")
}

/// An error with all its causes, for the log.
pub(crate) fn chain(error: &dyn Error) -> String {
    let causes = std::iter::successors(error.source(), |&cause| cause.source());
    causes.fold(error.to_string(), |text, cause| format!("{text}: {cause}"))
}
