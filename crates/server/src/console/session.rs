//! Who is signed in: a sealed cookie, and no table.
//!
//! The cookie holds the account, the end of the session, a name for the auth token that was used, and the session's
//! form token. Any replica can read it. Signing out takes it away from this browser; a copy of it, which nobody gets
//! without reading this browser's files or an unencrypted line, is good until its end, eight hours at most. What ends
//! every session of an account at once is a new auth token; what ends all there are is a new server key.

use axum::{
    extract::{FromRequestParts, OriginalUri},
    http::{HeaderMap, HeaderValue, StatusCode, header, request::Parts},
    response::{IntoResponse, Redirect, Response},
};
use countersign_protocol::{form::encode_segment, json, sid::AccountSid};
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq as _;

use super::{
    page,
    paths::{PATH, SIGN_IN},
};
use crate::{
    answer::Refusal, app::App, app::SharedApp, caller::auth_token_mark, observation, random,
    server_key::Purpose,
};

/// How long a session lasts, whatever happens in it.
pub(super) const LIFE: SignedDuration = SignedDuration::from_hours(8);

const COOKIE: &str = "countersign_console";

/// A person who is signed in with an account.
pub(super) struct Session {
    /// The account.
    pub(super) account: AccountSid,
    form_token: String,
}

/// What the cookie holds, sealed.
#[derive(Serialize, Deserialize)]
struct Sealed {
    account: AccountSid,
    form_token: String,
    auth_token_mark: String,
    /// From which second on it is nobody's.
    ends: i64,
}

impl Session {
    /// Begins a session of an account that has just been authenticated: the header that gives the browser its cookie.
    pub(super) async fn begin(app: &App, account: AccountSid) -> Result<HeaderValue, Refusal> {
        let mark = auth_token_mark(app, &account).await?;
        let sealed = Sealed {
            auth_token_mark: mark.ok_or(Refusal::NotFound)?,
            account,
            form_token: random::make_hex::<16>(),
            ends: (app.now() + LIFE).as_second(),
        };
        let text = json::raw(&sealed).get().to_owned();
        let sealed = app.key.seal_text(Purpose::ConsoleSession, text.as_bytes());
        Ok(set_cookie(app, &sealed, LIFE))
    }

    /// The header that takes the cookie away.
    pub(super) fn end(app: &App) -> HeaderValue {
        set_cookie(app, "", SignedDuration::ZERO)
    }

    /// What every form of this session carries, so that no other page can write one.
    pub(super) fn form_token(&self) -> &str {
        &self.form_token
    }

    /// Whether a form carries this session's token.
    pub(super) fn is_own_form(&self, token: &str) -> bool {
        bool::from(self.form_token.as_bytes().ct_eq(token.as_bytes()))
    }

    async fn read(app: &App, headers: &HeaderMap) -> Result<Option<Self>, Refusal> {
        let Some(sealed) = cookie(headers) else {
            return Ok(None);
        };
        let opened = app.key.open_text(Purpose::ConsoleSession, sealed);
        let opened: Option<Sealed> = opened.and_then(|text| serde_json::from_slice(&text).ok());
        let Some(session) = opened.filter(|session| app.now().as_second() < session.ends) else {
            return Ok(None);
        };
        let mark = auth_token_mark(app, &session.account).await?;
        observation::note_account(&session.account);
        Ok((mark.as_ref() == Some(&session.auth_token_mark)).then_some(Self {
            account: session.account,
            form_token: session.form_token,
        }))
    }
}

impl FromRequestParts<SharedApp> for Session {
    type Rejection = Stop;

    async fn from_request_parts(parts: &mut Parts, app: &SharedApp) -> Result<Self, Stop> {
        let session = Self::read(app, &parts.headers).await?;
        session.ok_or_else(|| {
            let asked = parts
                .extensions
                .get::<OriginalUri>()
                .map_or(&parts.uri, |original| &original.0);
            let page = asked.path_and_query().map_or(PATH, |page| page.as_str());
            // A form that was sent cannot be sent again by a link.
            let back = if parts.method.is_safe() {
                page
            } else {
                asked.path()
            };
            Stop::SignedOut {
                back: back.to_owned(),
            }
        })
    }
}

/// Why a request gets no further.
pub(super) enum Stop {
    /// Nobody is signed in. Whoever signs in now comes back to this page.
    SignedOut {
        /// The page.
        back: String,
    },
    /// A form did not come from one of our own pages, or belongs to another session.
    Foreign,
    /// As everywhere.
    Refused(Refusal),
}

impl<E: Into<Refusal>> From<E> for Stop {
    fn from(error: E) -> Self {
        Self::Refused(error.into())
    }
}

impl IntoResponse for Stop {
    fn into_response(self) -> Response {
        match self {
            Self::SignedOut { back } => {
                Redirect::to(&format!("{SIGN_IN}?back={}", encode_segment(&back))).into_response()
            }
            Self::Foreign => {
                let status = StatusCode::FORBIDDEN;
                let why = "This form did not come from a page of this session. Nothing was changed. \
                           Load the page again, and then send it.";
                (status, page::refusal(status, why)).into_response()
            }
            Self::Refused(refusal) => refusal.into_response(),
        }
    }
}

/// The cookie's value. Two of them are none: one was not set by us.
fn cookie(headers: &HeaderMap) -> Option<&str> {
    let lines = headers.get_all(header::COOKIE).iter();
    let pairs = lines
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'));
    let mut ours = pairs
        .filter_map(|pair| pair.trim().split_once('='))
        .filter(|(name, _)| *name == COOKIE);
    let (_, value) = ours.next()?;
    ours.next().is_none().then_some(value)
}

/// No script reads the cookie, no other site's page sends it, and nothing outside the console gets it.
fn set_cookie(app: &App, value: &str, life: SignedDuration) -> HeaderValue {
    let is_https = app.urls.root().starts_with("https:");
    let secure = if is_https { "; Secure" } else { "" };
    let life = life.as_secs();
    let text = format!("{COOKIE}={value}; Path={PATH}; Max-Age={life}; HttpOnly; SameSite=Strict{secure}");
    HeaderValue::from_str(&text).expect("base64url is header text")
}
