//! What the stories share: a server that lives in real time, and an account that is enrolled at it.

use std::net::{Ipv4Addr, SocketAddr};

use anyhow::{Context, Result, ensure};
use countersign_protocol::{
    resources::{challenge::ChallengeStatus, factor::FactorStatus},
    sid::{AccountSid, ChallengeSid, FactorSid},
};
use countersign_server::{Bootstrap, Config, Running};
use countersign_tests::{Account, Proxy, Question, Tenant, desktop::Window, world::ada};
use tempfile::TempDir;
use url::Url;

/// A server that lives in real time, as the app does, and the issuer at it.
pub(crate) struct Site {
    pub(crate) server: Running,
    pub(crate) tenant: Tenant,
    /// Where the app finds the server.
    address: Url,
    _folder: TempDir,
}

impl Site {
    pub(crate) async fn open() -> Result<Self> {
        countersign_tests::world::use_ring();
        let folder = tempfile::tempdir()?;
        let database = format!("sqlite://{}", folder.path().join("server.db").display());
        let mut config = Config::new(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)), database);
        let (sid, token) = (
            AccountSid::from_random([0xac; 16]),
            "0123456789abcdef0123456789abcdef",
        );
        config.bootstrap = Some(Bootstrap {
            account_sid: sid.clone(),
            auth_token: token.into(),
        });
        let server = countersign_server::start(config).await?;
        let tenant = Account::new(server.url(), &sid, token)
            .create_service("Acme")
            .await;
        Ok(Self {
            address: server.url().clone(),
            server,
            tenant,
            _folder: folder,
        })
    }

    /// The same behind a proxy, which the app goes through and the issuer does not.
    pub(crate) async fn open_behind_proxy() -> Result<(Self, Proxy)> {
        let mut site = Self::open().await?;
        let proxy = Proxy::before(site.server.url()).await?;
        site.address = proxy.url().clone();
        Ok((site, proxy))
    }

    pub(crate) async fn link(&self) -> String {
        self.tenant.invite(&ada(), &self.address).await.to_link()
    }

    pub(crate) fn host(&self) -> String {
        format!("127.0.0.1:{}", self.address.port().unwrap_or_default())
    }

    /// The one factor that the window enrolled.
    pub(crate) async fn factor(&self) -> Result<FactorSid> {
        let factors = self.tenant.factors(&ada()).await;
        ensure!(factors.len() == 1, "there are {} factors", factors.len());
        let factor = factors.into_iter().next().context("there is one")?;
        ensure!(
            factor.status == FactorStatus::Verified,
            "the factor is not verified"
        );
        Ok(factor.sid)
    }

    pub(crate) async fn ask(&self, message: &str) -> Result<ChallengeSid> {
        let question = Question::new(message)
            .with_field("Place", "Lisbon")
            .with_hidden("order", "4711");
        self.ask_for(&question).await
    }

    pub(crate) async fn ask_for(&self, question: &Question) -> Result<ChallengeSid> {
        let factor = self.factor().await?;
        Ok(self.tenant.ask(&ada(), &factor, question).await?.sid)
    }

    pub(crate) async fn status(&self, sid: &ChallengeSid) -> Result<ChallengeStatus> {
        Ok(self.tenant.challenge(&ada(), sid).await?.status)
    }
}

/// Enrols as a person does who was given a link, and ends at the inbox.
pub(crate) async fn enrol_by_pasting(site: &Site, window: &Window) -> Result<()> {
    window.see("Approve sign-ins from this computer").await?;
    window.click("Add account").await?;
    window.type_into("Enrolment link", &site.link().await).await?;
    window.click("Continue").await?;
    window.see("Add this account?").await?;
    ensure!(
        site.tenant.factors(&ada()).await.is_empty(),
        "a factor was made before the person agreed"
    );
    window.click("Add account").await?;
    window.see("Acme was added").await?;
    window.click("Go to inbox").await
}
