//! A world of its own for each story.

use std::future::Future;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use countersign_protocol::clock::{Clock, SteerableClock, SystemClock};
use countersign_protocol::identity::Identity;
use countersign_protocol::matching;
use countersign_protocol::resources::challenge::{Challenge, ChallengeStatus};
use countersign_protocol::sid::{AccountSid, ApiKeySid, ChallengeSid, FactorSid};
use countersign_server::deliveries::Targets;
use countersign_server::rates::Profile;
use countersign_server::store::Store;
use countersign_server::{Bootstrap, Config, Running, serving};
use jiff::{SignedDuration, Timestamp};
use secrecy::SecretString;
use sqlx::Connection;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use tempfile::TempDir;
use url::Url;

use crate::{Account, Device, Proxy, Question, Tenant};

/// How long a story waits for what must happen before it says that it did not. Only a failing story waits so long.
const LIMIT: Duration = Duration::from_secs(30);

/// The real server with a database on disk, a service on it, a clock, and the way there.
pub struct World {
    /// The clock of the server, and of every device that does not have its own.
    pub clock: SteerableClock,
    /// The way from the devices to the server.
    pub proxy: Proxy,
    /// The service of the story's issuer.
    pub tenant: Tenant,
    server: Option<Running>,
    public_url: Option<Url>,
    credentials: Credentials,
    folder: TempDir,
}

struct Credentials {
    sid: AccountSid,
    auth_token: String,
}

impl World {
    /// A new world, at the same moment of time as every other.
    ///
    /// # Panics
    /// If its pieces cannot be made.
    pub async fn start() -> Self {
        Self::start_at(beginning(), None).await
    }

    /// A new world whose server believes that everybody finds it at this address.
    pub async fn start_behind(public_url: &Url) -> Self {
        Self::start_at(beginning(), Some(public_url.clone())).await
    }

    /// A new world at the present moment, for programs that have the computer's own clock.
    pub async fn start_now() -> Self {
        Self::start_at(SystemClock.now(), None).await
    }

    async fn start_at(moment: Timestamp, public_url: Option<Url>) -> Self {
        let clock = SteerableClock::at(moment);
        let folder = tempfile::tempdir().expect("there is room for temporary files");
        let credentials = Credentials {
            sid: AccountSid::from_random([0xac; 16]),
            auth_token: "0123456789abcdef0123456789abcdef".to_owned(),
        };
        let server = start_server(&clock, &folder, &credentials, public_url.as_ref()).await;
        let proxy = Proxy::before(server.url()).await.expect("there is a free port");
        let account = Account::new(server.url(), &credentials.sid, &credentials.auth_token);
        let tenant = account.create_service("Acme").await;
        Self {
            clock,
            proxy,
            tenant,
            server: Some(server),
            public_url,
            credentials,
            folder,
        }
    }

    /// Where the server itself is.
    ///
    /// # Panics
    /// If it was stopped.
    pub fn server_url(&self) -> &Url {
        self.server.as_ref().expect("the server runs").url()
    }

    /// The credentials of the account, for programs of their own.
    pub fn credentials(&self) -> (&AccountSid, &str) {
        (&self.credentials.sid, &self.credentials.auth_token)
    }

    /// An API key of the account: its SID and its secret.
    ///
    /// # Panics
    /// If the server's file cannot be written.
    pub async fn make_api_key(&self, friendly_name: &str) -> (ApiKeySid, SecretString) {
        let database = format!("sqlite://{}", self.folder.path().join("server.db").display());
        let store = Store::open(&database).await.expect("the server's file is there");
        let made = serving::make_api_key(&store, &self.credentials.sid, friendly_name, &self.clock).await;
        store.close().await;
        made.expect("the server's file is written")
            .expect("the account is there")
    }

    /// The folder of the server's files, which ends with this world.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Ends the server.
    pub async fn stop_server(&mut self) {
        if let Some(server) = self.server.take() {
            within_limit("the end of the server", server.stop()).await;
        }
    }

    /// Ends the server, if it runs, and starts it again on the same file. Devices find it where it was.
    pub async fn restart_server(&mut self) {
        self.stop_server().await;
        let server = start_server(
            &self.clock,
            &self.folder,
            &self.credentials,
            self.public_url.as_ref(),
        )
        .await;
        self.proxy.lead_to(server.url());
        self.tenant.account = self.tenant.account.at(server.url());
        self.server = Some(server);
    }

    /// A device of a person, with the clock of this world.
    pub async fn device(&self) -> Device {
        Device::open(self.clock.clone()).await
    }

    /// A device that has enrolled for a person, and its factor.
    ///
    /// # Panics
    /// If it cannot enrol.
    pub async fn enrolled(&self, identity: &Identity) -> (Device, FactorSid) {
        let device = self.device().await;
        let factor = device.enrol(self, identity).await;
        (device, factor)
    }

    /// Asks Ada at one of her devices.
    ///
    /// # Panics
    /// If the API refuses the question.
    pub async fn ask(&self, factor: &FactorSid, question: &Question) -> Challenge {
        self.tenant
            .ask(&ada(), factor, question)
            .await
            .expect("the question can be asked")
    }

    /// What the issuer reads of a challenge of Ada's.
    ///
    /// # Panics
    /// If it cannot be read.
    pub async fn status(&self, sid: &ChallengeSid) -> ChallengeStatus {
        self.tenant
            .challenge(&ada(), sid)
            .await
            .expect("the challenge can be read")
            .status
    }

    /// Makes the server one that does not know of number matching, as far as one challenge goes: it delivers these
    /// digits to the device and compares nothing.
    ///
    /// # Panics
    /// If the server's file cannot be written.
    pub async fn deliver_number(&self, sid: &ChallengeSid, digits: &str) {
        let file = SqliteConnectOptions::new().filename(self.folder.path().join("server.db"));
        let mut file = SqliteConnection::connect_with(&file)
            .await
            .expect("the server's file is there");
        let hidden = serde_json::json!({ matching::KEY: digits }).to_string();
        let changed =
            sqlx::query("UPDATE challenges SET hidden_details = ?, number_sealed = NULL WHERE sid = ?")
                .bind(hidden)
                .bind(sid.as_str())
                .execute(&mut file)
                .await
                .expect("the server's file is written");
        assert_eq!(changed.rows_affected(), 1, "the server has no challenge {sid}");
        file.close().await.expect("the server's file is let go");
    }

    /// Moves the clock.
    pub fn advance(&self, by: SignedDuration) {
        self.clock.advance(by);
    }
}

async fn start_server(
    clock: &SteerableClock,
    folder: &TempDir,
    credentials: &Credentials,
    public_url: Option<&Url>,
) -> Running {
    let database = format!("sqlite://{}", folder.path().join("server.db").display());
    let mut config = Config::new(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)), database);
    config.clock = Arc::new(clock.clone());
    config.public_url = public_url.cloned();
    // Nothing can be asked for in a time where the clock stands still.
    config.rates = Profile::Off;
    // The receivers of the stories are on this computer.
    config.webhook_targets = Targets::Any;
    config.bootstrap = Some(Bootstrap {
        account_sid: credentials.sid.clone(),
        auth_token: credentials.auth_token.clone().into(),
    });
    countersign_server::start(config)
        .await
        .expect("the server starts")
}

/// The moment at which every world begins.
pub fn beginning() -> Timestamp {
    "2026-11-20T05:00:00Z".parse().expect("a constant date")
}

/// The person that most stories are about.
pub fn ada() -> Identity {
    "ada-lovelace".parse().expect("a constant identity")
}

/// Another person.
pub fn grace() -> Identity {
    "grace-hopper".parse().expect("a constant identity")
}

/// Waits for what must happen, and fails the story if it does not.
///
/// # Panics
/// After half a minute.
pub async fn within_limit<F: Future>(what: &str, future: F) -> F::Output {
    within(LIMIT, what, future).await
}

/// Waits so long for what must happen, and fails the story if it does not.
///
/// # Panics
/// After that time.
pub async fn within<F: Future>(limit: Duration, what: &str, future: F) -> F::Output {
    let outcome = tokio::time::timeout(limit, future).await;
    outcome.unwrap_or_else(|_| panic!("waited in vain for {what}"))
}

/// A plain HTTP client: no redirects, no proxies, nothing unpacked.
pub(crate) fn http_client() -> reqwest::Client {
    use_ring();
    reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .no_gzip()
        .build()
        .expect("a client can be made")
}

/// Installs the one TLS provider, which every program does first thing.
pub fn use_ring() {
    // Whoever comes second finds it installed.
    let _ = rustls::crypto::ring::default_provider().install_default();
}
