//! The API, asked by the operator from the terminal.
//!
//! The requests are those that the account's own backend could make, answered by the same code without a network
//! between: so there is one set of rules, and a terminal can do nothing that the API would refuse.

use std::sync::Arc;

use anyhow::{Context as _, bail};
use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Request, header},
};
use clap::Args;
use countersign_protocol::{basic_auth::BasicAuth, clock::SystemClock, form::Form, sid::AccountSid};
use countersign_server::{
    app::App,
    rates::Profile,
    server_key::{Purpose, ServerKey},
    store::Store,
};
use serde_json::Value;
use tower::ServiceExt as _;
use url::Url;

use crate::{Common, output::Refused};

/// On whose behalf the API is asked, and how it is answered.
#[derive(Args)]
pub(crate) struct Asking {
    /// The account, if there are several
    #[arg(long, value_name = "SID")]
    account: Option<AccountSid>,
    /// Print JSON, as the API answers
    #[arg(long)]
    pub(crate) json: bool,
}

/// Longest answer that is read: a page of the largest resources.
const LONGEST_ANSWER: usize = 16 * 1024 * 1024;

/// The API, with the credentials of an account.
pub(crate) struct Api {
    router: Router,
    authorization: String,
    store: Store,
}

impl Api {
    /// Opens the database.
    ///
    /// # Errors
    /// If that fails, or if it is not clear which account is meant.
    pub(crate) async fn open(common: &Common, asking: &Asking) -> anyhow::Result<Self> {
        let (store, key) = common.open().await?;
        let credentials = match &asking.account {
            Some(account) => credentials(&store, &key, account).await?,
            None => credentials(&store, &key, &only_account(&store).await?).await?,
        };
        let usual = || Url::parse("http://127.0.0.1:8080").expect("it is a URL");
        let url = common.public_url.clone().unwrap_or_else(usual);
        let app = App::new(store.clone(), key, &url, Profile::Off, Arc::new(SystemClock));
        Ok(Self {
            router: countersign_server::router(app),
            authorization: credentials.to_header(),
            store,
        })
    }

    /// `GET`.
    ///
    /// # Errors
    /// [`Refused`], among others.
    pub(crate) async fn get(&self, path: &str) -> anyhow::Result<Value> {
        self.ask(Request::get(path), Body::empty()).await
    }

    /// Every item of a list, on however many pages, under this name.
    ///
    /// # Errors
    /// As [`Api::get`].
    pub(crate) async fn list(&self, path: &str, name: &str) -> anyhow::Result<Vec<Value>> {
        let mut all = Vec::new();
        let mut next = Some(path.to_owned());
        while let Some(path) = next {
            let mut page = self.get(&path).await?;
            let Value::Array(items) = page[name].take() else {
                bail!("the answer has no {name}");
            };
            all.extend(items);
            let url = page["meta"]["next_page_url"]
                .as_str()
                .map(Url::parse)
                .transpose()?;
            next = url.map(|url| url[url::Position::BeforePath..].to_owned());
        }
        Ok(all)
    }

    /// `POST`.
    ///
    /// # Errors
    /// As [`Api::get`].
    pub(crate) async fn post(&self, path: &str, form: &Form) -> anyhow::Result<Value> {
        self.ask(Request::post(path), form.encode().into()).await
    }

    /// `DELETE`.
    ///
    /// # Errors
    /// As [`Api::get`].
    pub(crate) async fn delete(&self, path: &str) -> anyhow::Result<()> {
        self.ask(Request::delete(path), Body::empty()).await.map(|_| ())
    }

    /// Ends all connections to the database.
    pub(crate) async fn close(&self) {
        self.store.close().await;
    }

    async fn ask(&self, request: axum::http::request::Builder, body: Body) -> anyhow::Result<Value> {
        let request = request
            .header(header::AUTHORIZATION, &self.authorization)
            .body(body)?;
        let answer = self.router.clone().oneshot(request).await?;
        let status = answer.status();
        let body = to_bytes(answer.into_body(), LONGEST_ANSWER).await?;
        let json = serde_json::from_slice(&body).unwrap_or(Value::Null);
        if status.is_success() {
            return Ok(json);
        }
        Err(Refused {
            status: status.as_u16(),
            code: json["code"].as_u64().unwrap_or_default(),
            message: json["message"].as_str().unwrap_or_default().to_owned(),
        }
        .into())
    }
}

/// The account, if there is only one.
///
/// # Errors
/// If there is none, or it is not clear which is meant.
pub(crate) async fn only_account(store: &Store) -> anyhow::Result<AccountSid> {
    let mut accounts = store.list_accounts().await?;
    match (accounts.pop(), accounts.len()) {
        (Some(account), 0) => Ok(account.sid),
        (None, _) => bail!("there is no account; make one with: countersign-server account create"),
        (Some(_), others) => bail!("there are {} accounts; name one with --account", others + 1),
    }
}

async fn credentials(store: &Store, key: &ServerKey, account: &AccountSid) -> anyhow::Result<BasicAuth> {
    let tokens = store.load_auth_tokens(account).await?.ok_or_else(|| Refused {
        status: 404,
        code: 20404,
        message: format!("There is no account {account}"),
    })?;
    let token = key.open(Purpose::AuthToken(account.as_str()), &tokens.primary);
    let token = token.context("the account's auth token cannot be unsealed")?;
    Ok(BasicAuth {
        user: account.to_string(),
        password: String::from_utf8(token.to_vec()).context("the account's auth token is not a text")?,
    })
}
