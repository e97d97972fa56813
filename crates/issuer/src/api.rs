//! The Verify API as Acme uses it: account credentials, forms in, JSON out (sections 9.1 to 9.5).
//!
//! Answers are kept as JSON and read leniently, because the cloud service sends more, and here and there less, than
//! its published schema says.

use std::time::Duration;

use countersign_protocol::{
    basic_auth::BasicAuth,
    error::ApiError,
    form::{Form, encode_segment},
    identity::Identity,
    json,
    link::ServerUrl,
    resources::{access_token::CreateAccessToken, challenge::CreateChallenge},
    sid::{AccountSid, ChallengeSid, ServiceSid},
};
use reqwest::{Client, Method, header};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value, value::RawValue};
use url::Url;

/// The name under which Acme's service is found again.
const SERVICE_NAME: &str = "Acme";

/// How long one call may take. Shorter than a person's patience, and than the time in which a server has to stop.
const CALL_LIMIT: Duration = Duration::from_secs(10);

/// Longest answer that is read, in bytes.
const MAX_ANSWER: usize = 1024 * 1024;

/// How many pages of services are looked through for Acme's.
const MAX_PAGES: usize = 20;

/// The API, with an account's credentials.
pub(crate) struct Account {
    http: Client,
    server: ServerUrl,
    authorization: SecretString,
}

/// The API, with an account's credentials and the service that Acme uses.
pub(crate) struct Api {
    account: Account,
    service_sid: ServiceSid,
}

/// What Acme reads of a created access token.
#[derive(Deserialize)]
pub(crate) struct Token {
    pub(crate) token: String,
}

/// What Acme reads of a factor.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Device {
    pub(crate) sid: countersign_protocol::sid::FactorSid,
    pub(crate) friendly_name: String,
    pub(crate) status: String,
    pub(crate) date_created: String,
}

impl Account {
    /// Nothing is sent yet.
    pub(crate) fn new(
        server: ServerUrl,
        account_sid: &AccountSid,
        auth_token: &SecretString,
    ) -> Result<Self, reqwest::Error> {
        // The first provider that is installed stays; another crate of this program may have been earlier.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut http = Client::builder()
            .user_agent(concat!("acme-sample/", env!("CARGO_PKG_VERSION")))
            .redirect(reqwest::redirect::Policy::none())
            .timeout(CALL_LIMIT)
            .connect_timeout(Duration::from_secs(5));
        if server.is_loopback() {
            // A proxy of the system's leads away from this computer.
            http = http.no_proxy();
        }
        let credentials = BasicAuth {
            user: account_sid.to_string(),
            password: auth_token.expose_secret().to_owned(),
        };
        Ok(Self {
            http: http.build()?,
            server,
            authorization: credentials.to_header().into(),
        })
    }

    /// The API with this service, or with the account's service named Acme, which is made if there is none.
    pub(crate) async fn with_service(self, given: Option<ServiceSid>) -> Result<Api, CallError> {
        let service_sid = match given {
            Some(sid) => sid,
            None => match self.find_service().await? {
                Some(sid) => sid,
                None => self.create_service().await?,
            },
        };
        Ok(Api {
            account: self,
            service_sid,
        })
    }

    async fn find_service(&self) -> Result<Option<ServiceSid>, CallError> {
        #[derive(Deserialize)]
        struct Page {
            services: Vec<Named>,
            meta: Meta,
        }
        #[derive(Deserialize)]
        struct Named {
            sid: ServiceSid,
            friendly_name: Option<String>,
        }
        #[derive(Deserialize)]
        struct Meta {
            next_page_url: Option<Url>,
        }
        let mut url = self.server.join("/v2/Services");
        url.set_query(Some("PageSize=100"));
        for _ in 0..MAX_PAGES {
            let page: Page = self.call(Method::GET, url.clone(), None).await?;
            let named = |service: &Named| service.friendly_name.as_deref() == Some(SERVICE_NAME);
            if let Some(service) = page.services.into_iter().find(named) {
                return Ok(Some(service.sid));
            }
            // Only the query of the next page's address is used: credentials go to no other host.
            match page.meta.next_page_url.as_ref().and_then(Url::query) {
                Some(query) => url.set_query(Some(query)),
                None => break,
            }
        }
        Ok(None)
    }

    async fn create_service(&self) -> Result<ServiceSid, CallError> {
        #[derive(Deserialize)]
        struct Created {
            sid: ServiceSid,
        }
        let mut form = Form::default();
        form.push("FriendlyName", SERVICE_NAME);
        let url = self.server.join("/v2/Services");
        let created: Created = self.call(Method::POST, url, Some(&form)).await?;
        tracing::info!(service.sid = %created.sid, "made the service {SERVICE_NAME}");
        Ok(created.sid)
    }

    async fn call<T: DeserializeOwned>(
        &self,
        method: Method,
        url: Url,
        form: Option<&Form>,
    ) -> Result<T, CallError> {
        let mut request = self
            .http
            .request(method, url)
            .header(header::AUTHORIZATION, self.authorization.expose_secret())
            .header(header::ACCEPT, "application/json");
        if let Some(form) = form {
            request = request
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                .body(form.encode());
        }
        let answer = request.send().await.map_err(CallError::unreachable)?;
        let status = answer.status();
        let body = read(answer).await?;
        if status.is_success() {
            // Of two members with one name, two readers might believe different ones.
            let raw: &RawValue =
                serde_json::from_slice(&body).map_err(|_| CallError::Unreadable("not JSON"))?;
            json::canonical(raw).ok_or(CallError::Unreadable("a member twice, or nested too deep"))?;
            return serde_json::from_slice(&body).map_err(|_| CallError::Unreadable("not the expected JSON"));
        }
        Err(match ApiError::from_body(&body, status.as_u16()) {
            Some(error) => CallError::Refused(error),
            None => CallError::Unreadable("an error without its envelope"),
        })
    }
}

/// The body of an answer, as long as it is not too long.
async fn read(mut answer: reqwest::Response) -> Result<Vec<u8>, CallError> {
    let mut body = Vec::new();
    while let Some(piece) = answer.chunk().await.map_err(CallError::unreachable)? {
        if body.len() + piece.len() > MAX_ANSWER {
            return Err(CallError::Unreadable("more than is read"));
        }
        body.extend_from_slice(&piece);
    }
    Ok(body)
}

impl Api {
    /// The service in use.
    pub(crate) fn service_sid(&self) -> &ServiceSid {
        &self.service_sid
    }

    /// Where the API is.
    pub(crate) fn server(&self) -> &ServerUrl {
        &self.account.server
    }

    /// Asks for the permission to enrol one factor.
    pub(crate) async fn create_access_token(&self, body: &CreateAccessToken) -> Result<Token, CallError> {
        let url = self
            .account
            .server
            .join(&format!("/v2/Services/{}/AccessTokens", self.service_sid));
        let token: Token = self
            .account
            .call(Method::POST, url, Some(&body.to_form()))
            .await?;
        if token.token.is_empty() {
            return Err(CallError::Unreadable("an empty access token"));
        }
        Ok(token)
    }

    /// Asks one factor.
    pub(crate) async fn create_challenge(
        &self,
        identity: &Identity,
        body: &CreateChallenge,
    ) -> Result<Value, CallError> {
        let url = self.entity(identity, "Challenges");
        self.account.call(Method::POST, url, Some(&body.to_form())).await
    }

    /// Where a challenge stands.
    pub(crate) async fn fetch_challenge(
        &self,
        identity: &Identity,
        sid: &ChallengeSid,
    ) -> Result<Value, CallError> {
        let url = self.entity(identity, &format!("Challenges/{sid}"));
        self.account.call(Method::GET, url, None).await
    }

    /// The first 20 factors of a person, which is as many as there can be. Somebody whom the API does not know has
    /// none.
    pub(crate) async fn list_factors(&self, identity: &Identity) -> Result<Vec<Value>, CallError> {
        #[derive(Deserialize)]
        struct Page {
            factors: Vec<Value>,
        }
        let mut url = self.entity(identity, "Factors");
        url.set_query(Some("PageSize=20"));
        self.account
            .call(Method::GET, url, None)
            .await
            .map(|page: Page| page.factors)
    }

    /// As [`Self::list_factors`], with what Acme's page needs to know of each; nobody unknown is an error here.
    pub(crate) async fn list_devices(&self, identity: &Identity) -> Result<Vec<Device>, CallError> {
        let factors = match self.list_factors(identity).await {
            Err(CallError::Refused(error)) if error.status == 404 => Vec::new(),
            factors => factors?,
        };
        factors
            .into_iter()
            .map(|factor| serde_json::from_value(factor).map_err(|_| CallError::Unreadable("not a factor")))
            .collect()
    }

    fn entity(&self, identity: &Identity, rest: &str) -> Url {
        let identity = encode_segment(identity.as_str());
        self.account.server.join(&format!(
            "/v2/Services/{}/Entities/{identity}/{rest}",
            self.service_sid
        ))
    }
}

/// Why a call to the API brought nothing.
#[derive(Debug, thiserror::Error)]
pub enum CallError {
    /// The API said no.
    #[error("the Verify API refused: {0}")]
    Refused(ApiError),
    /// There was no answer.
    #[error("the Verify API cannot be reached")]
    Unreachable(#[source] reqwest::Error),
    /// The answer is not one of the API's.
    #[error("the Verify API answered something unexpected: {0}")]
    Unreadable(&'static str),
}

impl CallError {
    fn unreachable(error: reqwest::Error) -> Self {
        Self::Unreachable(error.without_url())
    }
}
