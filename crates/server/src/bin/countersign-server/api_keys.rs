//! `api-key`: further credentials of an account, each of which can be taken away by itself.

use clap::{Args, Subcommand};
use countersign_protocol::{
    clock::{Clock as _, SystemClock},
    date,
    sid::{AccountSid, ApiKeySid},
};
use countersign_server::{
    serving,
    store::{Store, api_keys::ApiKey},
};
use secrecy::ExposeSecret as _;
use serde_json::json;

use crate::{
    Common,
    api::only_account,
    output::{self, Refused, print},
};

/// What can be done with API keys.
#[derive(Subcommand)]
pub(crate) enum Command {
    /// List the API keys of an account, without their secrets
    List(List),
    /// Make an API key and print its SID and its secret, which is not shown again
    Create(Create),
    /// Make an API key good for nothing, at once
    Revoke(Revoke),
}

/// Whose API keys are listed.
#[derive(Args)]
pub(crate) struct List {
    /// The account, if there are several
    #[arg(long, value_name = "SID")]
    account: Option<AccountSid>,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

/// How an API key is made.
#[derive(Args)]
pub(crate) struct Create {
    /// What people call it: the program that is to have it, for example
    #[arg(value_name = "NAME", value_parser = friendly_name)]
    friendly_name: String,
    /// The account, if there are several
    #[arg(long, value_name = "SID")]
    account: Option<AccountSid>,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

/// Which API key is meant.
#[derive(Args)]
pub(crate) struct Revoke {
    /// Its SID
    key: ApiKeySid,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

impl Command {
    /// Does it.
    ///
    /// # Errors
    /// Why not.
    pub(crate) async fn run(self, common: &Common) -> anyhow::Result<()> {
        let (store, _) = common.open().await?;
        let outcome = match self {
            Self::List(list) => list.run(&store).await,
            Self::Create(create) => create.run(&store).await,
            Self::Revoke(revoke) => revoke.run(&store).await,
        };
        store.close().await;
        outcome
    }
}

impl List {
    async fn run(self, store: &Store) -> anyhow::Result<()> {
        let account = account(store, self.account).await?;
        let keys = store.list_api_keys(&account).await?;
        let shape = |key: ApiKey| {
            json!({
                "sid": key.sid,
                "account_sid": key.account_sid,
                "friendly_name": key.friendly_name,
                "date_created": date::format(key.created_at),
                "last_used": key.last_used_on,
                "date_revoked": key.revoked_at.map(date::format),
            })
        };
        let keys: Vec<_> = keys.into_iter().map(shape).collect();
        let columns = [
            "sid",
            "friendly_name",
            "date_created",
            "last_used",
            "date_revoked",
        ];
        if self.json {
            return print(&json!({ "api_keys": keys }).to_string());
        }
        output::list("API keys", &keys, &columns, false)
    }
}

impl Create {
    async fn run(self, store: &Store) -> anyhow::Result<()> {
        let account = account(store, self.account).await?;
        let made = serving::make_api_key(store, &account, &self.friendly_name, &SystemClock).await?;
        let Some((sid, secret)) = made else {
            return Err(not_found(format!("There is no account {account}")));
        };
        let secret = secret.expose_secret();
        if self.json {
            return print(&json!({ "sid": sid, "account_sid": account, "secret": secret }).to_string());
        }
        print(&format!(
            "API key SID: {sid}\nSecret:      {secret}\nAccount SID: {account}"
        ))
    }
}

impl Revoke {
    async fn run(self, store: &Store) -> anyhow::Result<()> {
        let Self { key, json } = self;
        if !store.revoke_api_key(&key, SystemClock.now()).await? {
            return Err(not_found(format!(
                "There is no API key {key} that could be revoked"
            )));
        }
        let words = format!("Revoked {key}");
        let object = json!({ "revoked": key }).to_string();
        print(if json { &object } else { &words })
    }
}

async fn account(store: &Store, named: Option<AccountSid>) -> anyhow::Result<AccountSid> {
    match named {
        Some(account) => Ok(account),
        None => only_account(store).await,
    }
}

fn not_found(message: String) -> anyhow::Error {
    Refused {
        status: 404,
        code: 20404,
        message,
    }
    .into()
}

fn friendly_name(text: &str) -> Result<String, &'static str> {
    if (1..=64).contains(&text.chars().count()) {
        Ok(text.to_owned())
    } else {
        Err("1 to 64 characters are expected")
    }
}
