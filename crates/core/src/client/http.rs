//! The one place that speaks HTTP: no redirects, time limits, a cap on every answer, TLS or this computer itself.

use std::{sync::OnceLock, time::Duration};

use countersign_protocol::{basic_auth::BasicAuth, challenge_response::FIELDS_HEADER, user_agent::UserAgent};
use reqwest::{
    Client, ClientBuilder, Method, RequestBuilder, Response,
    header::{
        ACCEPT, AUTHORIZATION, CONTENT_TYPE, DATE, ETAG, HeaderName, HeaderValue, IF_NONE_MATCH, RETRY_AFTER,
        USER_AGENT,
    },
    redirect,
};
use url::Url;

use crate::fault::Faults;

/// Longest answer that is read, in bytes: a page of challenges, with room to spare.
pub(crate) const MAX_BODY: usize = 1024 * 1024;

const CONNECT_LIMIT: Duration = Duration::from_secs(5);
const TOTAL_LIMIT: Duration = Duration::from_secs(20);

/// How long a server is asked to hold a request, and how long its answer is waited for: the network takes its time.
const HOLD: Duration = Duration::from_secs(25);
const HELD_LIMIT: Duration = HOLD.saturating_add(Duration::from_secs(10));

/// The discovery document decides nothing that would be worth a long wait.
const DISCOVERY_LIMIT: Duration = Duration::from_secs(5);

const PREFER: HeaderName = HeaderName::from_static("prefer");
const PREFERENCE_APPLIED: HeaderName = HeaderName::from_static("preference-applied");

const FORM: &str = "application/x-www-form-urlencoded";
const JSON: &str = "application/json";

/// Name and version of the program, for the `User-Agent` and for `Config.AppId` (sections 1.4 and 2.3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppIdentity {
    /// The program's name, as people know it.
    pub name: String,
    /// The program's version.
    pub version: String,
}

/// Version of this library, as the server is told.
pub(crate) const LIBRARY_VERSION: &str = env!("CARGO_PKG_VERSION");

/// The HTTP client of one profile.
#[derive(Debug)]
pub(crate) struct Http {
    chosen: Option<Client>,
    public: OnceLock<Client>,
    loopback: OnceLock<Client>,
    user_agent: HeaderValue,
    faults: Faults,
}

/// What is asked of a server.
#[derive(Debug)]
pub(crate) struct Ask {
    pub(crate) method: Method,
    pub(crate) url: Url,
    /// The body of a POST, encoded.
    pub(crate) form: Option<String>,
    /// The tag of an earlier answer: the server may hold the request until it would answer something else (E3).
    pub(crate) known: Option<String>,
}

/// What a server answered: a status and what this library reads of the rest.
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) date: Option<String>,
    pub(crate) signature_fields: Option<String>,
    pub(crate) retry_after: Option<String>,
    /// Names what was answered, so that the same need not be answered again.
    pub(crate) tag: Option<String>,
    /// Whether the server holds such requests until there is news.
    pub(crate) held: bool,
    pub(crate) body: Vec<u8>,
}

impl Http {
    /// `chosen` replaces the clients that are built here; the rules about addresses and sizes hold for it too.
    pub(crate) fn new(chosen: Option<Client>, app: &AppIdentity, faults: Faults) -> Self {
        let agent = UserAgent {
            app: &app.name,
            app_version: &app.version,
            app_build: "1",
            os: os_name(),
            os_version: os_name(),
            model: std::env::consts::ARCH,
            library_version: LIBRARY_VERSION,
        };
        let user_agent =
            HeaderValue::try_from(agent.to_header()).unwrap_or(HeaderValue::from_static("Countersign"));
        Self {
            chosen,
            public: OnceLock::new(),
            loopback: OnceLock::new(),
            user_agent,
            faults,
        }
    }

    /// Sends a request of the API, and reads the answer, whatever its status.
    pub(crate) async fn send(&self, ask: Ask, auth: &BasicAuth) -> Result<Reply, Unreached> {
        let mut authorization = HeaderValue::try_from(auth.to_header())
            .map_err(|_| Unreached::of("the token has no place in a header"))?;
        authorization.set_sensitive(true);
        let request = self
            .client(&ask.url)?
            .request(ask.method.clone(), ask.url.clone())
            .header(AUTHORIZATION, authorization)
            // The mobile libraries send this odd pair, and servers have to live with it (section 1.4).
            .header(ACCEPT, if ask.method == Method::GET { FORM } else { JSON })
            .header(CONTENT_TYPE, FORM);
        let request = match ask.known {
            Some(tag) => request
                .header(PREFER, format!("wait={}", HOLD.as_secs()))
                .header(IF_NONE_MATCH, tag)
                .timeout(HELD_LIMIT),
            None => request,
        };
        let request = match ask.form {
            Some(form) => request.body(form),
            None => request,
        };
        self.exchange(request, &ask.method, &ask.url).await
    }

    /// Fetches a one-time enrolment ticket. Its address is a secret and does not reach the log.
    pub(crate) async fn fetch_ticket(&self, url: &Url) -> Result<Reply, Unreached> {
        let request = self.client(url)?.get(url.clone()).header(ACCEPT, JSON);
        let mut shown = url.clone();
        shown.set_path("/…");
        shown.set_query(None);
        self.exchange(request, &Method::GET, &shown).await
    }

    /// Fetches what a server says of itself, without credentials.
    pub(crate) async fn fetch_discovery(&self, url: &Url) -> Result<Reply, Unreached> {
        let request = self.client(url)?.get(url.clone()).header(ACCEPT, JSON);
        self.exchange(request.timeout(DISCOVERY_LIMIT), &Method::GET, url)
            .await
    }

    async fn exchange(
        &self,
        request: RequestBuilder,
        method: &Method,
        shown: &Url,
    ) -> Result<Reply, Unreached> {
        if self.faults.strike() {
            return Err(Unreached::of("fault"));
        }
        let sent = request.header(USER_AGENT, self.user_agent.clone()).send().await;
        let reply = match sent {
            Ok(response) => read(response).await,
            Err(error) => Err(error.into()),
        };
        let host = shown.host_str().unwrap_or_default();
        match &reply {
            Ok(reply) => tracing::debug!(%method, host, path = shown.path(), status = reply.status, "asked"),
            Err(error) => tracing::debug!(%method, host, path = shown.path(), %error, "not reached"),
        }
        // The answer is lost on its way back: the server has done what it was asked, and nobody here knows.
        if self.faults.strike() {
            return Err(Unreached::of("fault"));
        }
        reply
    }

    /// TLS everywhere, but for this very computer, which is asked directly: no proxy sees what goes there in clear.
    fn client(&self, url: &Url) -> Result<&Client, Unreached> {
        let loopback = is_loopback(url);
        if !(url.scheme() == "https" || (url.scheme() == "http" && loopback)) {
            return Err(Unreached::of("only https addresses are asked"));
        }
        if let Some(chosen) = &self.chosen {
            return Ok(chosen);
        }
        let (built, builder) = if loopback && url.scheme() == "http" {
            (&self.loopback, builder().no_proxy().tls_certs_only([]))
        } else {
            (&self.public, builder().https_only(true))
        };
        match built.get() {
            Some(client) => Ok(client),
            None => {
                let client = builder.build()?;
                Ok(built.get_or_init(|| client))
            }
        }
    }
}

fn builder() -> ClientBuilder {
    // Harmless if the program has done so already, as every `main` does.
    drop(rustls::crypto::ring::default_provider().install_default());
    Client::builder()
        .redirect(redirect::Policy::none())
        .referer(false)
        .connect_timeout(CONNECT_LIMIT)
        .timeout(TOTAL_LIMIT)
}

async fn read(mut response: Response) -> Result<Reply, Unreached> {
    let header = |name: &HeaderName| {
        response
            .headers()
            .get(name)
            .and_then(|value| value.to_str().ok())
            .map(str::to_owned)
    };
    let mut reply = Reply {
        status: response.status().as_u16(),
        date: header(&DATE),
        signature_fields: HeaderName::try_from(FIELDS_HEADER)
            .ok()
            .and_then(|name| header(&name)),
        retry_after: header(&RETRY_AFTER),
        tag: header(&ETAG),
        held: header(&PREFERENCE_APPLIED).is_some_and(|applied| names_wait(&applied)),
        body: Vec::new(),
    };
    while let Some(chunk) = response.chunk().await? {
        if reply.body.len() + chunk.len() > MAX_BODY {
            return Err(Unreached::of("the answer is longer than any the API gives"));
        }
        reply.body.extend_from_slice(&chunk);
    }
    Ok(reply)
}

/// Whether `wait` is among these preferences (RFC 7240, section 3).
fn names_wait(preferences: &str) -> bool {
    preferences.split(',').any(|preference| {
        let name = preference.split(['=', ';']).next().unwrap_or_default();
        name.trim().eq_ignore_ascii_case("wait")
    })
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        Some(url::Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

fn os_name() -> &'static str {
    match std::env::consts::OS {
        "linux" => "Linux",
        "macos" => "macOS",
        "windows" => "Windows",
        other => other,
    }
}

/// No answer came, or none that may be read. Whether the server did what it was asked is not known.
#[derive(Debug, thiserror::Error)]
#[error("{why}")]
pub struct Unreached {
    why: String,
    #[source]
    source: Option<reqwest::Error>,
}

impl Unreached {
    pub(crate) fn of(why: &str) -> Self {
        Self {
            why: why.to_owned(),
            source: None,
        }
    }
}

impl From<reqwest::Error> for Unreached {
    /// The address is taken out: a log needs no identity and no ticket.
    fn from(error: reqwest::Error) -> Self {
        let why = if error.is_timeout() {
            "the server did not answer in time"
        } else if error.is_connect() {
            "the server cannot be reached"
        } else if error.is_builder() {
            "no secure connection can be made on this computer"
        } else {
            "the connection broke off"
        };
        Self {
            why: why.to_owned(),
            source: Some(error.without_url()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_preference_is_found_among_others_and_not_in_them() {
        for applied in ["wait=25", "Wait = 25", "respond-async, wait=25; x=y"] {
            assert!(names_wait(applied), "{applied}");
        }
        for applied in ["", "waiting=25", "handling=wait", "respond-async; wait=25"] {
            assert!(!names_wait(applied), "{applied}");
        }
    }
}
