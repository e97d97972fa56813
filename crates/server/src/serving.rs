//! Sockets: from a configuration to a running server, and down again.

use std::{io, net::SocketAddr, path::PathBuf, sync::Arc, time::Duration};

use countersign_protocol::{
    clock::{Clock, SystemClock},
    sid::AccountSid,
};
use jiff::SignedDuration;
use secrecy::{ExposeSecret as _, SecretString};
use tokio::{net::TcpListener, task::JoinHandle};
use tokio_util::sync::{CancellationToken, DropGuard};
use url::Url;

use crate::{
    app::{App, SharedApp},
    client_address::TrustedProxies,
    deliveries::{Courier, Targets},
    observation, random,
    rates::Profile,
    routes,
    server_key::{KeySource, Purpose, ServerKey, ServerKeyError},
    store::{Location, OpenError, Store, StoreError, accounts::RotationError},
};

mod api_keys;
mod connections;
mod keys;
mod tls;

pub use api_keys::make_api_key;
use connections::{Limits, Reception};
use keys::follow_key;
pub use keys::{RetireError, reload_key, reseal, retire_key};
pub use tls::{Certificate, CertificateError};

/// How often what has outlived its use is taken away.
const SWEEP_EVERY: Duration = Duration::from_secs(600);

/// How many connections of monitors there may be at once.
const MONITORS: u32 = 16;

/// What a server needs to know before it starts.
pub struct Config {
    /// Where to listen; port 0 lets the operating system choose.
    pub listen: SocketAddr,
    /// `sqlite://FILE`, `sqlite::memory:` or `postgres://…`.
    pub database: String,
    /// Where clients reach the server, if not at the address it listens on.
    pub public_url: Option<Url>,
    /// Where the server key is, if not beside the database.
    pub server_key: Option<KeySource>,
    /// An account that has to be there.
    pub bootstrap: Option<Bootstrap>,
    /// How many connections there may be at once. Each needs an open file; more of them wait.
    pub max_connections: u32,
    /// What TLS is spoken with. Without it, the server speaks plain HTTP.
    pub certificate: Option<Arc<Certificate>>,
    /// Where numbers for a monitor are, if anywhere. Whoever reaches it may read them.
    pub metrics_listen: Option<SocketAddr>,
    /// Who may say on whose behalf a request is made.
    pub trusted_proxies: TrustedProxies,
    /// How much anybody may ask for in a time.
    pub rates: Profile,
    /// Where webhooks may be.
    pub webhook_targets: Targets,
    /// For how many days challenges can be read after they were answered or have expired; 0 for ever.
    pub keep_challenges: u32,
    /// Where "now" comes from.
    pub clock: Arc<dyn Clock>,
}

impl Config {
    /// As many connections as is usual: all of the [`SEATS`](crate::waiting::SEATS) on which requests wait, and
    /// half as many again for everything else.
    pub const MAX_CONNECTIONS: u32 = 32_768;

    /// For as many days as is usual, challenges can be read when they are over.
    pub const KEEP_CHALLENGES: u32 = 90;

    /// A server at `listen` over `database`, and everything else as usual.
    pub fn new(listen: SocketAddr, database: impl Into<String>) -> Self {
        Self {
            listen,
            database: database.into(),
            public_url: None,
            server_key: None,
            bootstrap: None,
            max_connections: Self::MAX_CONNECTIONS,
            certificate: None,
            metrics_listen: None,
            trusted_proxies: TrustedProxies::default(),
            rates: Profile::default(),
            webhook_targets: Targets::Public,
            keep_challenges: Self::KEEP_CHALLENGES,
            clock: Arc::new(SystemClock),
        }
    }
}

/// An account that has to be there when the server starts, with this auth token.
pub struct Bootstrap {
    /// Its identifier.
    pub account_sid: AccountSid,
    /// Its secret.
    pub auth_token: SecretString,
}

/// A server that listens. Dropping it ends it as well, but nobody waits for the answers under way.
pub struct Running {
    url: Url,
    address: SocketAddr,
    metrics: Option<SocketAddr>,
    app: SharedApp,
    stop: DropGuard,
    serving: JoinHandle<()>,
    delivering: JoinHandle<()>,
}

/// Opens the database, makes what is missing, and listens.
///
/// # Errors
/// [`StartError`].
pub async fn start(config: Config) -> Result<Running, StartError> {
    let (store, key) = open(&config.database, config.server_key.clone()).await?;
    if let Some(Bootstrap {
        account_sid,
        auth_token,
    }) = &config.bootstrap
    {
        save_account(&store, &key, account_sid, auth_token, &*config.clock).await?;
    }
    let (listener, address) = listen(config.listen).await?;
    let metrics = match config.metrics_listen {
        Some(address) => Some(listen(address).await?),
        None => None,
    };
    let tls = config
        .certificate
        .map(Certificate::acceptor)
        .transpose()
        .map_err(StartError::Tls)?;
    let scheme = if tls.is_some() { "https" } else { "http" };
    let here = Url::parse(&format!("{scheme}://{address}")).map_err(StartError::PublicUrl)?;
    let public_url = config.public_url.unwrap_or_else(|| here.clone());
    let app = App::new(store, key, &public_url, config.rates, config.clock);
    let courier = Courier::new(app.clone(), config.webhook_targets).map_err(StartError::Client)?;
    let stop = app.stopping.clone();
    let metrics = metrics.map(|metrics| serve_metrics(metrics, app.clone()));
    let reception = Reception {
        name: "api",
        router: routes::router(app.clone()),
        limits: Limits::of(config.max_connections),
        proxies: Arc::new(config.trusted_proxies),
        tls,
        stop: stop.clone(),
    };
    let serving = tokio::spawn(connections::serve(listener, reception));
    let delivering = tokio::spawn(courier.run());
    tokio::spawn(sweep(app.clone(), config.keep_challenges, stop.clone()));
    tokio::spawn({
        let (store, stop) = (app.store.clone(), stop.clone());
        async move { store.share_news(stop).await }
    });
    Ok(Running {
        url: here,
        address,
        metrics,
        app,
        stop: stop.drop_guard(),
        serving,
        delivering,
    })
}

async fn listen(address: SocketAddr) -> Result<(TcpListener, SocketAddr), StartError> {
    let cannot_listen = |source| StartError::Listen { address, source };
    let listener = TcpListener::bind(address).await.map_err(cannot_listen)?;
    let address = listener.local_addr().map_err(cannot_listen)?;
    Ok((listener, address))
}

/// Serves the numbers until the server ends, and says where.
fn serve_metrics((listener, address): (TcpListener, SocketAddr), app: SharedApp) -> SocketAddr {
    let reception = Reception {
        name: "metrics",
        limits: Limits::of(MONITORS),
        proxies: Arc::default(),
        tls: None,
        stop: app.stopping.clone(),
        router: observation::page(app),
    };
    let stop = reception.stop.clone();
    tokio::spawn(stop.run_until_cancelled_owned(observation::fold()));
    tokio::spawn(connections::serve(listener, reception));
    address
}

/// Opens the database and the server keys that belong to it. The one that the database names seals.
///
/// # Errors
/// [`StartError`], also if the one that the database names is not among them.
pub async fn open(database: &str, source: Option<KeySource>) -> Result<(Store, ServerKey), StartError> {
    let store = Store::open(database).await?;
    let location = Location::parse(database)?;
    let key = match source.or_else(|| location.beside(".key").map(KeySource::File)) {
        None if location == Location::Memory => ServerKey::random(),
        // A key that every replica makes for itself opens nothing of what the others sealed.
        None => return Err(StartError::NoKeyFile),
        Some(source) => {
            if store.load_key_id().await?.is_some() {
                // A new key would open nothing of what is there.
                ServerKey::load(&source).map_err(gone)?
            } else {
                ServerKey::load_or_make(&source)?
            }
        }
    };
    if key.seal_with(&store.settle_key_id(&key.id()).await?) {
        Ok((store, key))
    } else {
        Err(StartError::WrongKey)
    }
}

/// A file that is not there is one that was, if the database was sealed with what was in it.
fn gone(error: ServerKeyError) -> StartError {
    match error {
        ServerKeyError::Io { path, source } if source.kind() == io::ErrorKind::NotFound => {
            StartError::KeyGone { path }
        }
        error => error.into(),
    }
}

/// Makes a secondary auth token for an account, good beside the primary one.
///
/// # Errors
/// [`RotationError`].
pub async fn rotate_account(
    store: &Store,
    key: &ServerKey,
    sid: &AccountSid,
) -> Result<SecretString, RotationError> {
    let auth_token = SecretString::from(random::make_hex::<16>());
    let sealed = key.seal(
        Purpose::AuthToken(sid.as_str()),
        auth_token.expose_secret().as_bytes(),
    );
    store.add_secondary(sid, sealed).await?;
    Ok(auth_token)
}

/// Saves an account with its auth token sealed.
///
/// # Errors
/// [`StoreError`].
pub async fn save_account(
    store: &Store,
    key: &ServerKey,
    sid: &AccountSid,
    auth_token: &SecretString,
    clock: &dyn Clock,
) -> Result<(), StoreError> {
    let sealed = key.seal(
        Purpose::AuthToken(sid.as_str()),
        auth_token.expose_secret().as_bytes(),
    );
    store.save_account(sid, sealed, clock.now()).await
}

impl Running {
    /// Where the server listens.
    pub fn url(&self) -> &Url {
        &self.url
    }

    /// The address on which the server listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The address on which the numbers for a monitor are.
    pub fn metrics_address(&self) -> Option<SocketAddr> {
        self.metrics
    }

    /// The pieces of the server, for tests that look inside.
    pub fn app(&self) -> &SharedApp {
        &self.app
    }

    /// Listens no more, answers what is under way, lets attempts at deliveries end, and closes the database.
    pub async fn stop(self) {
        drop(self.stop);
        for task in [self.serving, self.delivering] {
            if let Err(error) = task.await {
                tracing::error!(%error, "the server did not end by itself");
            }
        }
        self.app.store.close().await;
    }
}

async fn sweep(app: SharedApp, keep_challenges: u32, stop: CancellationToken) {
    let mut ticks = tokio::time::interval(SWEEP_EVERY);
    loop {
        tokio::select! {
            _ = ticks.tick() => {}
            () = stop.cancelled() => return,
        }
        let swept = async {
            follow_key(&app).await?;
            app.store.sweep(app.now()).await?;
            sweep_challenges(&app, keep_challenges).await
        };
        if let Err(error) = swept.await {
            tracing::warn!(%error, "what has outlived its use was not taken away");
        }
    }
}

/// Deletes the challenges that have been over for so many days, unless they are kept for ever.
pub(crate) async fn sweep_challenges(app: &App, keep: u32) -> Result<(), StoreError> {
    if keep == 0 {
        return Ok(());
    }
    let life = SignedDuration::from_hours(24 * i64::from(keep));
    // Time has not been running for that long.
    let Ok(then) = app.now().checked_sub(life) else {
        return Ok(());
    };
    let deleted = app.store.sweep_challenges(then).await?;
    if deleted > 0 {
        tracing::info!(
            deleted,
            days = keep,
            "deleted challenges that were over for longer than they are kept"
        );
    }
    Ok(())
}

impl std::fmt::Debug for Running {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Running({})", self.url)
    }
}

/// Why a server cannot start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The database cannot be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// There is no usable server key.
    #[error(transparent)]
    Key(#[from] ServerKeyError),
    /// The database was sealed with another server key.
    #[error("the server key is not the one that this database was sealed with")]
    WrongKey,
    /// The server key is not where it was.
    #[error(
        "the server key that this database was sealed with is not at {}; put the key back, for without it nothing that is sealed opens",
        path.display()
    )]
    KeyGone {
        /// Where it should be.
        path: PathBuf,
    },
    /// Nothing says where the server key is.
    #[error(
        "a PostgreSQL database has no place for the server key beside it; name its file with --server-key-file, the same file for all replicas"
    )]
    NoKeyFile,
    /// The address cannot be listened on.
    #[error("cannot listen on {address}")]
    Listen {
        /// Which address.
        address: SocketAddr,
        /// Why.
        source: io::Error,
    },
    /// Deliveries cannot be made.
    #[error("TLS cannot be set up for webhooks")]
    Client(#[source] reqwest::Error),
    /// TLS cannot be spoken.
    #[error("TLS cannot be set up")]
    Tls(#[source] rustls::Error),
    /// The public URL cannot be one.
    #[error("the public URL is not a URL")]
    PublicUrl(#[source] url::ParseError),
}
