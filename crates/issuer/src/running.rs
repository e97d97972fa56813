//! Acme at work: from its configuration to a server that answers.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use countersign_protocol::clock::Clock;
use jiff::Timestamp;
use tokio::{net::TcpListener, task::JoinHandle, time::timeout};
use tokio_util::sync::{CancellationToken, DropGuard};
use url::Url;

use crate::{
    api::{Account, Api, CallError},
    config::{Config, IdentityProcessing},
    routes,
    sign_ins::SignIns,
};

/// How long requests that are being answered may hold up the end.
const END_LIMIT: Duration = Duration::from_secs(3);

/// Acme, as its endpoints see it.
#[derive(Clone)]
pub(crate) struct Acme(Arc<Inner>);

struct Inner {
    api: Api,
    sign_ins: SignIns,
    public_url: Option<Url>,
    identity_processing: IdentityProcessing,
    clock: Arc<dyn Clock>,
}

impl Acme {
    /// Finds the service, and makes it if it has to.
    pub(crate) async fn prepare(config: &Config) -> Result<Self, StartError> {
        let account = Account::new(config.api_url.clone(), &config.account_sid, &config.auth_token)
            .map_err(StartError::Http)?;
        Ok(Self(Arc::new(Inner {
            api: account
                .with_service(config.service_sid.clone())
                .await
                .map_err(StartError::Service)?,
            sign_ins: SignIns::default(),
            public_url: config.public_url.clone(),
            identity_processing: config.identity_processing,
            clock: Arc::clone(&config.clock),
        })))
    }

    pub(crate) fn api(&self) -> &Api {
        &self.0.api
    }

    pub(crate) fn sign_ins(&self) -> &SignIns {
        &self.0.sign_ins
    }

    pub(crate) fn public_url(&self) -> Option<&Url> {
        self.0.public_url.as_ref()
    }

    pub(crate) fn identity_processing(&self) -> IdentityProcessing {
        self.0.identity_processing
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.0.clock.now()
    }
}

/// Acme, running. It ends with this value.
pub struct Running {
    url: Url,
    ended: JoinHandle<std::io::Result<()>>,
    stop: CancellationToken,
    _stop_on_drop: DropGuard,
}

impl Running {
    /// Where its page is.
    pub fn url(&self) -> &Url {
        &self.url
    }

    /// Takes no more requests, answers those it has, and ends; after three seconds it ends anyway.
    pub async fn stop(mut self) {
        self.stop.cancel();
        if timeout(END_LIMIT, &mut self.ended).await.is_err() {
            self.ended.abort();
        }
    }
}

/// Starts Acme. When this returns, it answers.
///
/// # Errors
/// [`StartError`], if the Verify API does not give it a service or the address is taken.
pub async fn start(config: Config) -> Result<Running, StartError> {
    let acme = Acme::prepare(&config).await?;
    let listener = TcpListener::bind(config.listen).await;
    let listener = listener.map_err(|source| StartError::Listen {
        at: config.listen,
        source,
    })?;
    let address = listener.local_addr();
    let address = address.map_err(|source| StartError::Listen {
        at: config.listen,
        source,
    })?;
    let url = Url::parse(&format!("http://{address}")).expect("a socket address makes a URL");
    tracing::info!(service.sid = %acme.api().service_sid(), api.url = %acme.api().server(), "Acme is ready");
    let stop = CancellationToken::new();
    let app = routes::router(acme).into_make_service_with_connect_info::<SocketAddr>();
    let ended = tokio::spawn(
        axum::serve(listener, app)
            .with_graceful_shutdown(stop.clone().cancelled_owned())
            .into_future(),
    );
    Ok(Running {
        url,
        ended,
        stop: stop.clone(),
        _stop_on_drop: stop.drop_guard(),
    })
}

/// Why Acme could not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The HTTP client could not be made.
    #[error("the HTTP client could not be made")]
    Http(#[source] reqwest::Error),
    /// The API gave no service.
    #[error("the Verify API gave Acme no service to use")]
    Service(#[source] CallError),
    /// The address cannot be listened on.
    #[error("cannot listen on {at}")]
    Listen {
        /// The address.
        at: SocketAddr,
        /// What the system said.
        source: std::io::Error,
    },
}
