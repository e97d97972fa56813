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

#[cfg(test)]
mod tests {
    use countersign_protocol::error::{ApiError, ErrorCode};

    use super::*;
    use crate::api_double::ApiDouble;

    #[tokio::test]
    async fn the_service_named_acme_is_found_on_whichever_page_it_is() {
        let double = ApiDouble::start().await;
        double.add_service("VA07070707070707070707070707070707", "Other");
        double.add_service("VA08080808080808080808080808080808", "Acme");
        let acme = Acme::prepare(&double.config()).await.unwrap();
        assert_eq!(
            acme.api().service_sid().as_str(),
            "VA08080808080808080808080808080808"
        );
        assert_eq!(double.calls(), ["GET /v2/Services", "GET /v2/Services"]);
    }

    #[tokio::test]
    async fn a_service_is_made_once_and_one_that_was_given_is_taken_as_it_is() {
        let double = ApiDouble::start().await;
        for _ in 0..2 {
            let acme = Acme::prepare(&double.config()).await.unwrap();
            assert_eq!(acme.api().service_sid().as_str(), double.service_sid());
        }
        let made = double
            .calls()
            .iter()
            .filter(|call| call.starts_with("POST"))
            .count();
        assert_eq!(made, 1);
        assert_eq!(double.last_form(), [("FriendlyName", "Acme")]);
        let mut config = double.config();
        config.service_sid = Some("VA07070707070707070707070707070707".parse().unwrap());
        let acme = Acme::prepare(&config).await.unwrap();
        assert_eq!(Some(acme.api().service_sid()), config.service_sid.as_ref());
    }

    #[tokio::test]
    async fn acme_does_not_start_without_a_service_or_an_address() {
        let double = ApiDouble::start().await;
        let taken = start(double.config()).await.unwrap();
        let mut config = double.config();
        config.listen = SocketAddr::from(([127, 0, 0, 1], taken.url().port().unwrap()));
        assert!(matches!(start(config).await, Err(StartError::Listen { .. })));
        double.fail_with(ApiError::new(ErrorCode::Authentication, "no"));
        assert!(matches!(
            start(double.config()).await,
            Err(StartError::Service(CallError::Refused(_)))
        ));
    }

    #[tokio::test]
    async fn acme_answers_once_started_and_no_more_once_stopped() {
        let double = ApiDouble::start().await;
        let running = start(double.config()).await.unwrap();
        let url = running.url().clone();
        assert_eq!(reqwest::get(url.clone()).await.unwrap().status(), 200);
        running.stop().await;
        assert!(reqwest::get(url).await.unwrap_err().is_connect());
    }
}
