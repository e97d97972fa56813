//! `GET /session`: who is signed in with this browser; and the two cookies that tell browsers apart.

use axum::{Json, extract::State, http::HeaderMap};
use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::running::Acme;

/// Answers `{name}`, which is `null` when nobody is signed in, with the service that Acme uses.
pub(super) async fn session(State(acme): State<Acme>, headers: HeaderMap) -> Json<Value> {
    let token = read_cookie(&headers, Cookie::Session);
    let name = token.and_then(|token| acme.sign_ins().signed_in(token, acme.now()));
    Json(json!({
        "name": name,
        "service_sid": acme.api().service_sid(),
        "server": acme.api().server().as_str(),
    }))
}

/// The cookies that Acme sets.
#[derive(Debug, Clone, Copy)]
pub(super) enum Cookie {
    /// Proves that this browser began an attempt.
    SignIn,
    /// Proves that this browser is signed in.
    Session,
}

impl Cookie {
    fn name(self) -> &'static str {
        match self {
            Self::SignIn => "acme_sign_in",
            Self::Session => "acme_session",
        }
    }
}

/// The value of a `Set-Cookie` header. No script reads the cookie, no other site's page sends it.
pub(super) fn set_cookie(acme: &Acme, cookie: Cookie, value: &str, life: SignedDuration) -> String {
    let is_https = acme.public_url().is_some_and(|url| url.scheme() == "https");
    let secure = if is_https { "; Secure" } else { "" };
    let (name, life) = (cookie.name(), life.as_secs());
    format!("{name}={value}; Path=/; Max-Age={life}; HttpOnly; SameSite=Strict{secure}")
}

/// The cookie that the browser sent.
pub(super) fn read_cookie(headers: &HeaderMap, cookie: Cookie) -> Option<&str> {
    let pairs = headers
        .get_all("cookie")
        .iter()
        .filter_map(|value| value.to_str().ok());
    pairs
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, _)| *name == cookie.name())
        .map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use crate::api_double::Stage;

    #[tokio::test]
    async fn a_made_up_cookie_is_nobodys() {
        let stage = Stage::set().await;
        for cookie in [
            "",
            "acme_session=",
            "acme_session=00000000000000000000000000000000; other=1",
        ] {
            let headers = [("host", "127.0.0.1"), ("cookie", cookie)];
            let answer = stage.send("GET", "/session", &headers, "").await;
            assert_eq!(
                (answer.status, &answer.json["name"]),
                (200, &Value::Null),
                "{cookie}"
            );
        }
    }
}
