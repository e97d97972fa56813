//! `account`: who may use the API.

use clap::{Args, Subcommand};
use countersign_protocol::{clock::SystemClock, sid::AccountSid};
use countersign_server::{random, serving};
use secrecy::{ExposeSecret as _, SecretString};

use crate::{Common, output::print};

/// What can be done with accounts.
#[derive(Subcommand)]
pub(crate) enum Command {
    /// Make an account and print its SID and its auth token, which is not shown again
    Create(Create),
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
            Self::Create(create) => create.run(common).await,
        }
    }
}

/// An account with the secret it proves itself with.
pub(crate) struct Account {
    pub(crate) sid: AccountSid,
    pub(crate) auth_token: SecretString,
}

/// Makes an account.
///
/// # Errors
/// If the database or the server key cannot be used.
pub(crate) async fn create(common: &Common) -> anyhow::Result<Account> {
    let (store, key) = serving::open(&common.database, common.server_key_file.as_deref()).await?;
    let sid = AccountSid::from_random(random::make_bytes());
    let auth_token = SecretString::from(random::make_hex::<16>());
    let saved = serving::save_account(&store, &key, &sid, &auth_token, &SystemClock).await;
    store.close().await;
    saved?;
    Ok(Account { sid, auth_token })
}

impl Create {
    async fn run(self, common: &Common) -> anyhow::Result<()> {
        let Account { sid, auth_token } = create(common).await?;
        let auth_token = auth_token.expose_secret();
        if self.json {
            print(&serde_json::json!({ "account_sid": sid, "auth_token": auth_token }).to_string())
        } else {
            print(&format!("Account SID: {sid}\nAuth token:  {auth_token}"))
        }
    }
}
