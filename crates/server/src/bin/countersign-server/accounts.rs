//! `account`: who may use the API.

use anyhow::bail;
use clap::{Args, Subcommand};
use countersign_protocol::{clock::SystemClock, date, sid::AccountSid};
use countersign_server::{random, serving, store::accounts};
use secrecy::{ExposeSecret as _, SecretString};

use serde_json::json;

use crate::{
    Common,
    output::{self, print},
};

/// What can be done with accounts.
#[derive(Subcommand)]
pub(crate) enum Command {
    /// List the accounts
    List(List),
    /// Make an account and print its SID and its auth token, which is not shown again
    Create(Create),
}

/// How accounts are listed.
#[derive(Args)]
pub(crate) struct List {
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

/// How an account is made.
#[derive(Args)]
pub(crate) struct Create {
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
        match self {
            Self::List(list) => list.run(common).await,
            Self::Create(create) => create.run(common).await,
        }
    }
}

impl List {
    async fn run(self, common: &Common) -> anyhow::Result<()> {
        let (store, _) = serving::open(&common.database, common.server_key_file.as_deref()).await?;
        let accounts = store.list_accounts().await;
        store.close().await;
        let shape = |account: accounts::Account| {
            json!({
                "account_sid": account.sid,
                "date_created": date::format(account.created_at),
                "services": account.services,
            })
        };
        let accounts: Vec<_> = accounts?.into_iter().map(shape).collect();
        output::list(
            "accounts",
            &accounts,
            &["account_sid", "date_created", "services"],
            self.json,
        )
    }
}

/// An account with the secret it proves itself with.
pub(crate) struct Account {
    pub(crate) sid: AccountSid,
    pub(crate) auth_token: SecretString,
}

/// Makes an account, where there was none if it is to be the `first`.
///
/// # Errors
/// If the database or the server key cannot be used, or if there is an account already.
pub(crate) async fn create(common: &Common, first: bool) -> anyhow::Result<Account> {
    let (store, key) = serving::open(&common.database, common.server_key_file.as_deref()).await?;
    if first && !store.list_accounts().await?.is_empty() {
        store.close().await;
        bail!("there are accounts in this database already, so it is not new");
    }
    let sid = AccountSid::from_random(random::make_bytes());
    let auth_token = SecretString::from(random::make_hex::<16>());
    let saved = serving::save_account(&store, &key, &sid, &auth_token, &SystemClock).await;
    store.close().await;
    saved?;
    Ok(Account { sid, auth_token })
}

impl Create {
    async fn run(self, common: &Common) -> anyhow::Result<()> {
        let Account { sid, auth_token } = create(common, false).await?;
        let auth_token = auth_token.expose_secret();
        if self.json {
            print(&serde_json::json!({ "account_sid": sid, "auth_token": auth_token }).to_string())
        } else {
            print(&format!("Account SID: {sid}\nAuth token:  {auth_token}"))
        }
    }
}
