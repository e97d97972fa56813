//! A server that holds requests until there is news, and an account on this desktop that is enrolled at it.

use std::net::{Ipv4Addr, SocketAddr};

use anyhow::{Context, Result};
use countersign_protocol::sid::{AccountSid, FactorSid};
use countersign_server::{Bootstrap, Config, Running};
use countersign_tests::{Account, Question, Tenant, desktop::Desktop, world::ada};
use tempfile::TempDir;

/// The server, in this process and not in what is measured, and who asks at it.
pub(crate) struct Site {
    tenant: Tenant,
    factor: FactorSid,
    _server: Running,
    _folder: TempDir,
}

impl Site {
    /// Opens one, and enrols the desktop at it.
    pub(crate) async fn open(desktop: &Desktop) -> Result<Self> {
        countersign_tests::world::use_ring();
        let folder = tempfile::tempdir()?;
        let database = format!("sqlite://{}", folder.path().join("server.db").display());
        let mut config = Config::new(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)), database);
        let (account_sid, auth_token) = (
            AccountSid::from_random([0xac; 16]),
            "0123456789abcdef0123456789abcdef",
        );
        config.bootstrap = Some(Bootstrap {
            account_sid: account_sid.clone(),
            auth_token: auth_token.into(),
        });
        let server = countersign_server::start(config).await?;
        let tenant = Account::new(server.url(), &account_sid, auth_token)
            .create_service("Acme")
            .await;
        let link = tenant.invite(&ada(), server.url()).await.to_link();
        tokio::task::block_in_place(|| desktop.run_command_line(&["enrol", "--yes", &link]))?;
        let factors = tenant.factors(&ada()).await;
        let factor = factors.into_iter().next().context("the desktop is enrolled")?.sid;
        Ok(Self {
            tenant,
            factor,
            _server: server,
            _folder: folder,
        })
    }

    /// Asks this desktop.
    pub(crate) async fn ask(&self, message: &str) -> Result<()> {
        self.tenant
            .ask(&ada(), &self.factor, &Question::new(message))
            .await?;
        Ok(())
    }
}
