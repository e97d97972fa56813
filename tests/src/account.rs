//! The issuer's side: what its backend asks the API for, with the account's credentials.

use countersign_protocol::basic_auth::BasicAuth;
use countersign_protocol::error::ApiError;
use countersign_protocol::form::Form;
use countersign_protocol::identity::Identity;
use countersign_protocol::link::{Enrolment, ServerUrl};
use countersign_protocol::resources::access_token::{AccessToken, CreateAccessToken};
use countersign_protocol::resources::challenge::{
    Challenge, ChallengeList, CreateChallenge, Field, HiddenDetails,
};
use countersign_protocol::resources::factor::{Factor, FactorList};
use countersign_protocol::resources::service::Service;
use countersign_protocol::resources::ticket::Ticket;
use countersign_protocol::sid::{AccountSid, ChallengeSid, FactorSid, ServiceSid};
use jiff::Timestamp;
use reqwest::Method;
use serde::de::DeserializeOwned;
use url::Url;

/// An account of the API.
#[derive(Clone)]
pub struct Account {
    server: Url,
    credentials: BasicAuth,
    http: reqwest::Client,
}

impl Account {
    /// The account with these credentials at this server.
    pub fn new(server: &Url, sid: &AccountSid, auth_token: &str) -> Self {
        let credentials = BasicAuth {
            user: sid.to_string(),
            password: auth_token.to_owned(),
        };
        Self {
            server: server.clone(),
            credentials,
            http: crate::world::http_client(),
        }
    }

    /// The same account with its server at another address.
    pub fn at(&self, server: &Url) -> Self {
        Self {
            server: server.clone(),
            ..self.clone()
        }
    }

    /// Sends one request. An answer without a body reads as JSON's `null`.
    ///
    /// # Errors
    /// What the API answered instead.
    ///
    /// # Panics
    /// If the server is not reached or answers with anything but JSON.
    pub async fn send<T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        form: &Form,
    ) -> Result<T, ApiError> {
        self.attempt(method, path, form)
            .await
            .expect("the server is reached, and its answer arrives whole")
    }

    /// Sends one request on a way that may break.
    ///
    /// # Errors
    /// How it broke, or else what the API answered instead.
    ///
    /// # Panics
    /// If the server answers with anything but JSON.
    pub async fn attempt<T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        form: &Form,
    ) -> reqwest::Result<Result<T, ApiError>> {
        let mut url = self.server.join(path).expect("a path joins a base URL");
        let mut request = self.http.request(method.clone(), url.clone());
        if method == Method::GET {
            let query = form.encode();
            url.set_query(Some(&query).filter(|query| !query.is_empty()).map(String::as_str));
            request = self.http.request(method, url);
        } else {
            request = request
                .body(form.encode())
                .header("content-type", "application/x-www-form-urlencoded");
        }
        let request = request.header("authorization", self.credentials.to_header());
        let response = request.send().await?;
        let status = response.status();
        let body = response.bytes().await?;
        if !status.is_success() {
            let error = ApiError::from_body(&body, status.as_u16());
            return Ok(Err(
                error.unwrap_or_else(|| panic!("{status} without an envelope: {body:?}"))
            ));
        }
        let body: &[u8] = if body.is_empty() { b"null" } else { &body };
        let answer = serde_json::from_slice(body);
        Ok(Ok(
            answer.expect("the answer is the JSON that the protocol describes")
        ))
    }

    /// What a browser is shown at an address.
    ///
    /// # Panics
    /// If nothing comes back.
    pub async fn browse(&self, url: &str) -> String {
        let request = self.http.get(url).header("accept", "text/html,*/*;q=0.8");
        let page = request.send().await.expect("the server is reached");
        page.text().await.expect("the page arrives whole")
    }

    /// Makes a service.
    ///
    /// # Panics
    /// If the API refuses it.
    pub async fn create_service(&self, friendly_name: &str) -> Tenant {
        let form: Form = [("FriendlyName".to_owned(), friendly_name.to_owned())]
            .into_iter()
            .collect();
        let service: Service = self
            .send(Method::POST, "/v2/Services", &form)
            .await
            .expect("a service can be made");
        Tenant {
            account: self.clone(),
            sid: service.sid,
        }
    }
}

/// A service of the account: one product that asks people.
#[derive(Clone)]
pub struct Tenant {
    /// The account that it belongs to.
    pub account: Account,
    /// Its SID.
    pub sid: ServiceSid,
}

/// What is asked.
#[derive(Debug, Clone, Default)]
pub struct Question {
    /// The message.
    pub message: String,
    /// Labels and values, in order.
    pub fields: Vec<Field>,
    /// What is not shown.
    pub hidden_details: Option<HiddenDetails>,
    /// When it ends, if not after five minutes.
    pub expiration_date: Option<Timestamp>,
}

impl Question {
    /// A question of one sentence.
    pub fn new(message: &str) -> Self {
        Self {
            message: message.to_owned(),
            ..Self::default()
        }
    }

    /// With one line more.
    #[must_use]
    pub fn with_field(mut self, label: &str, value: &str) -> Self {
        self.fields.push(Field {
            label: label.to_owned(),
            value: value.to_owned(),
        });
        self
    }

    /// With one more text that is not shown.
    #[must_use]
    pub fn with_hidden(mut self, name: &str, value: &str) -> Self {
        self.hidden_details
            .get_or_insert_default()
            .insert(name.to_owned(), value.to_owned());
        self
    }
}

impl Tenant {
    /// The path of the service, or of what lies below it.
    pub fn path(&self, below: &str) -> String {
        format!("/v2/Services/{}{below}", self.sid)
    }

    fn entity(&self, identity: &Identity, below: &str) -> String {
        self.path(&format!("/Entities/{identity}{below}"))
    }

    /// Makes an access token of the longest life.
    ///
    /// # Errors
    /// What the API answered instead.
    pub async fn create_token(&self, identity: &Identity) -> Result<AccessToken, ApiError> {
        let create = CreateAccessToken {
            identity: identity.clone(),
            factor_friendly_name: None,
            ttl: 300,
        };
        self.account
            .send(Method::POST, &self.path("/AccessTokens"), &create.to_form())
            .await
    }

    /// Makes a ticket for somebody, as Acme would.
    ///
    /// # Panics
    /// If the API refuses it.
    pub async fn ticket(&self, identity: &Identity) -> Ticket {
        let mut form = Form::default();
        form.push("Identity", identity.as_str());
        form.push("Issuer", "Acme");
        let path = format!("/countersign/v1/Services/{}/Tickets", self.sid);
        let ticket = self.account.send(Method::POST, &path, &form).await;
        ticket.expect("a ticket can be made")
    }

    /// Makes the link that a person opens to enrol a device, which then talks to `server`.
    ///
    /// # Panics
    /// If the API refuses a token.
    pub async fn invite(&self, identity: &Identity, server: &Url) -> Enrolment {
        let token = self.create_token(identity).await.expect("a token can be made");
        Enrolment {
            server: ServerUrl::parse(server.as_str()).expect("the address is this computer's"),
            service_sid: self.sid.clone(),
            identity: identity.clone(),
            token: token.token,
            issuer: Some("Acme".to_owned()),
            account: Some("ada@example.com".to_owned()),
        }
    }

    /// Asks a person, at one of their devices.
    ///
    /// # Errors
    /// What the API answered instead.
    pub async fn ask(
        &self,
        identity: &Identity,
        factor_sid: &FactorSid,
        question: &Question,
    ) -> Result<Challenge, ApiError> {
        let create = CreateChallenge {
            factor_sid: factor_sid.clone(),
            expiration_date: question.expiration_date,
            message: Some(question.message.clone()),
            fields: question.fields.clone(),
            hidden_details: question.hidden_details.clone(),
            code: None,
        };
        self.account
            .send(
                Method::POST,
                &self.entity(identity, "/Challenges"),
                &create.to_form(),
            )
            .await
    }

    /// Reads one challenge.
    ///
    /// # Errors
    /// What the API answered instead.
    pub async fn challenge(&self, identity: &Identity, sid: &ChallengeSid) -> Result<Challenge, ApiError> {
        self.account
            .send(
                Method::GET,
                &self.entity(identity, &format!("/Challenges/{sid}")),
                &Form::default(),
            )
            .await
    }

    /// Reads the first page of a person's challenges with these filters.
    ///
    /// # Errors
    /// What the API answered instead.
    pub async fn challenges(&self, identity: &Identity, query: &Form) -> Result<ChallengeList, ApiError> {
        self.account
            .send(Method::GET, &self.entity(identity, "/Challenges"), query)
            .await
    }

    /// Reads one factor.
    ///
    /// # Errors
    /// What the API answered instead.
    pub async fn factor(&self, identity: &Identity, sid: &FactorSid) -> Result<Factor, ApiError> {
        self.account
            .send(
                Method::GET,
                &self.entity(identity, &format!("/Factors/{sid}")),
                &Form::default(),
            )
            .await
    }

    /// All factors of a person; none if nobody has enrolled as them yet.
    ///
    /// # Panics
    /// If the API refuses the list for another reason.
    pub async fn factors(&self, identity: &Identity) -> Vec<Factor> {
        let list = self
            .account
            .send(Method::GET, &self.entity(identity, "/Factors"), &Form::default())
            .await;
        match list {
            Ok(FactorList { factors, .. }) => factors,
            Err(error) if error.status == 404 => Vec::new(),
            Err(error) => panic!("the factors cannot be listed: {error}"),
        }
    }

    /// Revokes a factor.
    ///
    /// # Errors
    /// What the API answered instead.
    pub async fn revoke(&self, identity: &Identity, sid: &FactorSid) -> Result<(), ApiError> {
        let path = self.entity(identity, &format!("/Factors/{sid}"));
        self.account.send(Method::DELETE, &path, &Form::default()).await
    }
}
