//! `/console/sign-in` and `/console/sign-out`.

use axum::{
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse as _, Redirect, Response},
};
use countersign_protocol::{basic_auth::BasicAuth, error::ErrorCode, form::Form};

use super::{
    action::{Action, OwnForm, Query},
    page,
    paths::{PATH, SIGN_IN},
    session::{Session, Stop},
};
use crate::{
    answer::{Answer, Refusal},
    app::SharedApp,
    caller::authenticate_account,
    client_address::ClientAddress,
};

pub(super) async fn form(Query(query): Query) -> Answer<maud::Markup> {
    Ok(page::sign_in(back(&query), "", None))
}

/// The same check, and the same work for whoever does not exist, as for a request to the API.
pub(super) async fn sign_in(
    State(app): State<SharedApp>,
    address: ClientAddress,
    OwnForm(form): OwnForm,
) -> Result<Response, Stop> {
    let given = |name| form.one(name).ok().flatten().unwrap_or_default();
    let credentials = BasicAuth {
        user: given("account").trim().to_owned(),
        password: given("auth_token").to_owned(),
    };
    let account = match authenticate_account(&app, &credentials, address).await {
        Ok(account) => account,
        Err(Refusal::Api(error)) if error.code == ErrorCode::Authentication.number() => {
            let why = "This account SID and auth token do not belong together. Check both, and try again.";
            let page = page::sign_in(back(&form), &credentials.user, Some(why));
            return Ok((StatusCode::FORBIDDEN, page).into_response());
        }
        Err(refusal) => return Err(refusal.into()),
    };
    let cookie = Session::begin(&app, account).await?;
    Ok(([(header::SET_COOKIE, cookie)], Redirect::to(back(&form))).into_response())
}

pub(super) async fn sign_out(State(app): State<SharedApp>, _: Action) -> Response {
    ([(header::SET_COOKIE, Session::end(&app))], Redirect::to(SIGN_IN)).into_response()
}

/// The page to go to afterwards: one of the console's, whatever was asked for.
fn back(form: &Form) -> &str {
    let back = form.one("back").ok().flatten().unwrap_or_default();
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "/-_?=&.%".contains(c);
    if back.starts_with(&format!("{PATH}/services/")) && back.chars().all(is_plain) && !back.contains("..") {
        back
    } else {
        PATH
    }
}
