//! `POST /sign-out`: ends the session of this browser.

use axum::{
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{AppendHeaders, IntoResponse},
};
use jiff::SignedDuration;

use super::session::{Cookie, read_cookie, set_cookie};
use crate::running::Acme;

/// Answers 204, whether somebody was signed in or not.
pub(super) async fn sign_out(State(acme): State<Acme>, headers: HeaderMap) -> impl IntoResponse {
    if let Some(token) = read_cookie(&headers, Cookie::Session) {
        acme.sign_ins().sign_out(token, acme.now());
    }
    let cookie = set_cookie(&acme, Cookie::Session, "", SignedDuration::ZERO);
    (
        StatusCode::NO_CONTENT,
        AppendHeaders([(header::SET_COOKIE, cookie)]),
    )
}

#[cfg(test)]
mod tests {
    use crate::api_double::Stage;

    #[tokio::test]
    async fn signing_out_is_possible_at_any_time() {
        let answer = Stage::set().await.post("/sign-out", &serde_json::json!({})).await;
        assert_eq!(answer.status, 204);
        assert!(
            answer.headers["set-cookie"]
                .to_str()
                .unwrap()
                .starts_with("acme_session=; Path=/; Max-Age=0")
        );
    }
}
