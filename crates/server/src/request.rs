//! How requests are read: paths into identifiers, bodies and queries into forms.

use std::time::Duration;

use axum::{
    extract::{FromRequest, FromRequestParts, Path, Request},
    http::{Extensions, Uri, request::Parts},
};
use countersign_protocol::{
    error::ErrorCode,
    form::{Form, FormError},
};
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use serde::de::DeserializeOwned;

use crate::{
    answer::Refusal,
    operations::{self, Operation},
};

/// Longest body that is read, in bytes. The largest request of the API, with all its limits, has about a third.
pub const MAX_BODY: usize = 64 * 1024;

/// How long a body may take to arrive.
const BODY_TIME: Duration = Duration::from_secs(30);

/// The identifiers in the path. A malformed one names nothing, so the answer is 404.
pub struct At<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for At<T> {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        let path = Path::from_request_parts(parts, state).await;
        path.map(|Path(path)| Self(path)).map_err(|_| Refusal::NotFound)
    }
}

/// The parameters in the body, in any of the four dialects (section 1.5 of the Verify Push protocol notes),
/// whatever `Content-Type` says: those that the operation names, and no others.
pub struct Parameters(pub Form);

impl<S: Send + Sync> FromRequest<S> for Parameters {
    type Rejection = Refusal;

    async fn from_request(request: Request, _: &S) -> Result<Self, Refusal> {
        let operation = operation(request.extensions())?;
        let sent = read_form(request).await?;
        Ok(Self(operations::named(operation.body(), &sent)))
    }
}

/// The parameters in the query: those that the operation names, and no others.
pub struct Query(pub Form);

impl<S: Send + Sync> FromRequestParts<S> for Query {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Refusal> {
        let operation = operation(&parts.extensions)?;
        let sent = read_query(&parts.uri)?;
        Ok(Self(operations::named(operation.query(), &sent)))
    }
}

/// All that is in a body, whoever it is for.
///
/// # Errors
/// As [`Parameters`].
pub(crate) async fn read_form(request: Request) -> Result<Form, Refusal> {
    let body = Limited::new(request.into_body(), MAX_BODY).collect();
    let body = tokio::time::timeout(BODY_TIME, body).await.map_err(|_| {
        Refusal::new(
            ErrorCode::InvalidRequest,
            format!("The body took longer than {} s", BODY_TIME.as_secs()),
        )
    })?;
    let body = body.map_err(|error| match error.downcast_ref::<LengthLimitError>() {
        Some(_) => Refusal::new(
            ErrorCode::BodyTooLarge,
            format!("The body is longer than {MAX_BODY} bytes"),
        ),
        None => Refusal::new(ErrorCode::InvalidRequest, "The body could not be read"),
    })?;
    Form::parse(&body.to_bytes()).map_err(unreadable)
}

/// All that is in a query, whoever it is for.
///
/// # Errors
/// As [`Query`].
pub(crate) fn read_query(uri: &Uri) -> Result<Form, Refusal> {
    Form::parse(uri.query().unwrap_or_default().as_bytes()).map_err(unreadable)
}

/// What is being asked for, as the route table says.
fn operation(extensions: &Extensions) -> Result<&'static Operation, Refusal> {
    let operation = extensions.get::<&'static Operation>().copied();
    operation.ok_or_else(|| Refusal::Failed("a route without an operation reads parameters".into()))
}

fn unreadable(error: FormError) -> Refusal {
    Refusal::new(
        ErrorCode::InvalidRequest,
        format!("The parameters cannot be read: {error}"),
    )
}
