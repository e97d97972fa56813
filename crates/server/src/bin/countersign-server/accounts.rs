//! `account`: who may use the API.

use anyhow::bail;
use clap::{Args, Subcommand};
use countersign_protocol::{clock::SystemClock, date, sid::AccountSid};
use countersign_server::{
    random,
    server_key::ServerKey,
    serving::{self, StartError},
    store::{
        Store,
        accounts::{self, RotationError},
    },
};
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::json;

use crate::{
    Common,
    output::{self, Refused, print},
};

/// What can be done with accounts.
#[derive(Subcommand)]
pub(crate) enum Command {
    /// List the accounts
    List(List),
    /// Make an account and print its SID and its auth token, which is not shown again
    Create(Create),
    /// Give an account another auth token while the one it has stays good
    ///
    /// Webhooks are signed with the one it has until --finish.
    Rotate(Rotate),
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

/// How an account changes its auth token.
#[derive(Args)]
pub(crate) struct Rotate {
    /// Its SID
    account: AccountSid,
    /// Make the new auth token the only one: the old one is good for nothing any more, and webhooks are signed with the new
    #[arg(long, conflicts_with = "cancel")]
    finish: bool,
    /// Take the new auth token away again
    #[arg(long)]
    cancel: bool,
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
            Self::Rotate(rotate) => rotate.run(common).await,
        }
    }
}

impl List {
    async fn run(self, common: &Common) -> anyhow::Result<()> {
        let (store, _) = common.open().await?;
        let accounts = store.list_accounts().await;
        store.close().await;
        let shape = |account: accounts::Account| {
            json!({
                "account_sid": account.sid,
                "date_created": date::format(account.created_at),
                "services": account.services,
                "auth_tokens": if account.has_secondary { 2 } else { 1 },
            })
        };
        let accounts: Vec<_> = accounts?.into_iter().map(shape).collect();
        output::list(
            "accounts",
            &accounts,
            &["account_sid", "date_created", "services", "auth_tokens"],
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
    let (store, key) = if first {
        make(common).await?
    } else {
        common.open().await?
    };
    let sid = AccountSid::from_random(random::make_bytes());
    let auth_token = SecretString::from(random::make_hex::<16>());
    let saved = serving::save_account(&store, &key, &sid, &auth_token, &SystemClock).await;
    store.close().await;
    saved?;
    Ok(Account { sid, auth_token })
}

/// Opens a database that nobody has used, or makes it.
async fn make(common: &Common) -> anyhow::Result<(Store, ServerKey)> {
    let (store, key) = match serving::open(&common.database, common.server_key()?).await {
        Err(StartError::KeyGone { .. } | StartError::WrongKey) => bail!(
            "this database is in use already, with a server key of its own, and nothing was made; start the server \
             with the settings and the server key that belong to it, or name an empty database with --database"
        ),
        opened => opened?,
    };
    if !store.list_accounts().await?.is_empty() {
        store.close().await;
        bail!(
            "there are accounts in this database already, so it is not new, and nothing was made; for another one: \
             countersign-server account create, with the settings of that server"
        );
    }
    Ok((store, key))
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

impl Rotate {
    async fn run(self, common: &Common) -> anyhow::Result<()> {
        let (store, key) = common.open().await?;
        let outcome = self.ask(&store, &key).await;
        store.close().await;
        let sid = &self.account;
        let secondary = outcome.map_err(|error| -> anyhow::Error {
            match error {
                RotationError::NotFound => Refused {
                    status: 404,
                    code: 20404,
                    message: format!("There is no account {sid}"),
                }
                .into(),
                RotationError::Begun | RotationError::NotBegun => Refused {
                    status: 409,
                    code: 20409,
                    message: error.to_string(),
                }
                .into(),
                RotationError::Store(error) => error.into(),
            }
        })?;
        let Some(secondary) = secondary else {
            let done = if self.finish { "finished" } else { "cancelled" };
            let object = json!({ "account_sid": sid, "rotation": done }).to_string();
            let words = if self.finish {
                format!("The new auth token of {sid} is the only one now. It signs webhooks.")
            } else {
                format!("The new auth token of {sid} is good for nothing any more. The old one stays.")
            };
            return print(if self.json { &object } else { &words });
        };
        let secondary = secondary.expose_secret();
        if self.json {
            return print(&json!({ "account_sid": sid, "secondary_auth_token": secondary }).to_string());
        }
        print(&format!(
            "Account SID:     {sid}\n\
             New auth token:  {secondary}\n\
             It is not shown again. Both are good now; webhooks are still signed with the old one. When nobody uses\n\
             that any more: {}",
            common.command(&format!("account rotate {sid} --finish"))
        ))
    }

    async fn ask(&self, store: &Store, key: &ServerKey) -> Result<Option<SecretString>, RotationError> {
        if self.finish {
            store.promote_secondary(&self.account).await?;
        } else if self.cancel {
            store.drop_secondary(&self.account).await?;
        } else {
            return serving::rotate_account(store, key, &self.account).await.map(Some);
        }
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser as _;

    use super::*;
    use crate::Cli;

    /// With PostgreSQL, no file says that the database is in use.
    #[tokio::test]
    async fn a_database_in_use_gets_no_first_account() {
        let folder = tempfile::tempdir().unwrap();
        let database = format!("sqlite://{}/server.db", folder.path().display());
        let cli = Cli::parse_from(["countersign-server", "account", "list", "--database", &database]);
        create(&cli.common, true).await.unwrap();
        let refused = async || create(&cli.common, true).await.err().unwrap().to_string();
        assert!(
            refused()
                .await
                .contains("there are accounts in this database already")
        );
        let key = folder.path().join("server.db.key");
        std::fs::remove_file(&key).unwrap();
        assert!(
            refused()
                .await
                .contains("in use already, with a server key of its own")
        );
        assert!(!key.exists());
    }
}
