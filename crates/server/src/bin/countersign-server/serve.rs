//! `serve`.

use std::{
    env::VarError,
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::Context as _;
use clap::{ArgAction, Args, ValueEnum, builder::FalseyValueParser};
use countersign_protocol::link::{LinkError, ServerUrl};
use countersign_server::{
    Bootstrap, Config,
    app::SharedApp,
    client_address::{ForwardedHeader, Network, TrustedProxies},
    deliveries::Targets,
    rates::Profile,
    serving::{self, Certificate},
};

use crate::{Common, init::CONFIG, output::print, signals::Signals};

/// Serve the API over HTTP until SIGTERM or Ctrl-C
///
/// Credentials and challenges are not for open networks: let the server speak TLS with --tls-certificate, or let it
/// listen on a loopback address behind a proxy that does, named with --public-url and --trusted-proxy.
///
/// COUNTERSIGN_BOOTSTRAP_ACCOUNT_SID and COUNTERSIGN_BOOTSTRAP_AUTH_TOKEN, if both are set, make sure that this
/// account exists with this auth token. COUNTERSIGN_LOG chooses what is logged, for example
/// "countersign_server=debug".
#[derive(Args)]
pub(crate) struct Serve {
    /// Where to listen; port 0 lets the operating system choose
    #[arg(
        long,
        value_name = "ADDR",
        default_value = "127.0.0.1:8080",
        env = "COUNTERSIGN_LISTEN",
        value_parser = address
    )]
    listen: SocketAddr,
    /// Speak TLS with the certificate in this PEM file, followed there by those that lead to a root
    ///
    /// SIGHUP makes the server read both files again, and the server key; connections stay.
    #[arg(long, value_name = "FILE", env = "COUNTERSIGN_TLS_CERTIFICATE")]
    tls_certificate: Option<PathBuf>,
    /// The private key of that certificate, a PEM file
    #[arg(long, value_name = "FILE", env = "COUNTERSIGN_TLS_KEY")]
    tls_key: Option<PathBuf>,
    /// How many connections there may be at once; more wait until one of them ends
    ///
    /// Each needs an open file, so the limit on open files (ulimit -n) has to be higher. Every device that waits for
    /// requests holds a connection.
    #[arg(
        long,
        value_name = "NUMBER",
        default_value_t = Config::MAX_CONNECTIONS,
        env = "COUNTERSIGN_MAX_CONNECTIONS",
        value_parser = clap::value_parser!(u32).range(1..)
    )]
    max_connections: u32,
    /// A proxy that is believed when it says who asks: an address or a network, for example 10.0.0.0/8
    ///
    /// Give it once for each, or several with commas between them. Whoever is not named counts as the client itself.
    #[arg(
        long,
        value_name = "NETWORK",
        env = "COUNTERSIGN_TRUSTED_PROXY",
        value_delimiter = ','
    )]
    trusted_proxy: Vec<Network>,
    /// The header in which the trusted proxies write down who asked them
    ///
    /// Only this one is read: a proxy hands on what its clients put into the other.
    #[arg(
        long,
        value_enum,
        default_value = "x-forwarded-for",
        env = "COUNTERSIGN_FORWARDED_HEADER"
    )]
    forwarded_header: Header,
    /// Where numbers for a monitor are, at /metrics, for Prometheus
    ///
    /// Whoever reaches this address may read them. They name no person, no challenge and no secret.
    #[arg(long, value_name = "ADDR", env = "COUNTERSIGN_METRICS_LISTEN", value_parser = address)]
    metrics_listen: Option<SocketAddr>,
    /// How much anybody may ask for in a time: usual, strict (people are asked less often), or off
    ///
    /// Beyond it the answer is 429, and says when to come again. What each limit is stands in docs/security.md.
    #[arg(
        long,
        value_enum,
        default_value = "usual",
        env = "COUNTERSIGN_RATES",
        hide_possible_values = true
    )]
    rates: Rates,
    /// For how many days challenges can be read after they were answered or have expired; 0 for ever
    ///
    /// Then they are deleted, with the signed answers and reports that belong to them. The log says how many.
    #[arg(
        long,
        value_name = "DAYS",
        default_value_t = Config::KEEP_CHALLENGES,
        env = "COUNTERSIGN_KEEP_CHALLENGES",
        value_parser = days
    )]
    keep_challenges: u32,
    /// Let webhooks be on this computer and in private networks
    ///
    /// Whoever may configure a webhook can then make this server call what only this server can reach.
    #[arg(
        long,
        env = "COUNTERSIGN_ALLOW_PRIVATE_WEBHOOKS",
        value_parser = FalseyValueParser::new(),
        action = ArgAction::Set,
        num_args = 0..=1,
        require_equals = true,
        default_value = "false",
        default_missing_value = "true",
        hide_possible_values = true
    )]
    allow_private_webhooks: bool,
}

fn address(text: &str) -> Result<SocketAddr, &'static str> {
    text.parse()
        .map_err(|_| "ADDRESS:PORT is expected, such as 127.0.0.1:8080")
}

fn days(text: &str) -> Result<u32, &'static str> {
    let days = text.parse().ok().filter(|days| *days <= 36_500);
    days.ok_or("a number of days is expected, from 0 to 36500")
}

#[derive(Clone, Copy, ValueEnum)]
enum Rates {
    Usual,
    Strict,
    Off,
}

impl From<Rates> for Profile {
    fn from(rates: Rates) -> Self {
        match rates {
            Rates::Usual => Self::Usual,
            Rates::Strict => Self::Strict,
            Rates::Off => Self::Off,
        }
    }
}

#[derive(Clone, Copy, ValueEnum)]
enum Header {
    XForwardedFor,
    Forwarded,
}

impl From<Header> for ForwardedHeader {
    fn from(header: Header) -> Self {
        match header {
            Header::XForwardedFor => Self::XForwardedFor,
            Header::Forwarded => Self::Forwarded,
        }
    }
}

impl Serve {
    /// Serves until it is told to end.
    ///
    /// # Errors
    /// Why it cannot start.
    pub(crate) async fn run(self, common: Common) -> anyhow::Result<()> {
        if common.config.is_none() && Path::new(CONFIG).exists() {
            tracing::warn!("{CONFIG} lies in this folder and is not read; name it with --config {CONFIG}");
        }
        let certificate = self.certificate()?;
        self.warn(&common, certificate.as_deref());
        let config = Config {
            certificate: certificate.clone(),
            ..self.config(common)?
        };
        let running = countersign_server::start(config).await?;
        let signals = Signals::listen()?;
        if let Some(address) = running.metrics_address() {
            tracing::info!("numbers for a monitor are at http://{address}/metrics");
        }
        print(&format!(
            "listening on {}",
            running.url().as_str().trim_end_matches('/')
        ))?;
        let app = running.app().clone();
        signals
            .until_the_end(|| {
                reload(certificate.as_deref());
                tokio::spawn(reload_key(app.clone()));
            })
            .await;
        tracing::info!("stopping");
        running.stop().await;
        Ok(())
    }

    /// The certificate, if there is to be one.
    ///
    /// # Errors
    /// If it cannot be used.
    pub(crate) fn certificate(&self) -> anyhow::Result<Option<Arc<Certificate>>> {
        match (&self.tls_certificate, &self.tls_key) {
            (None, None) => Ok(None),
            (Some(chain), Some(key)) => {
                let certificate = Certificate::load(chain.clone(), key.clone())?;
                Ok(Some(Arc::new(certificate)))
            }
            _ => anyhow::bail!("tls-certificate and tls-key belong together; only one is set"),
        }
    }

    /// Says what is allowed and will be regretted.
    pub(crate) fn warn(&self, common: &Common, certificate: Option<&Certificate>) {
        // The rule of the links with which devices enrol.
        match common
            .public_url
            .as_ref()
            .map(|url| ServerUrl::parse(url.as_str()))
        {
            Some(Err(LinkError::Insecure)) => tracing::warn!(
                "the public URL is http and not on this computer: no device enrols there, for what it sends could be \
                 read and changed on the way; name an https address with --public-url"
            ),
            Some(Err(_)) => tracing::warn!(
                "no device enrols at this public URL: it has to be a host and a port without a path; give the server \
                 a host name of its own"
            ),
            _ => {}
        }
        if certificate.is_some_and(Certificate::key_is_open_to_all) {
            tracing::warn!("everybody on this computer may read the TLS key; make its mode 600");
        }
        if self.listen.ip().is_loopback() {
            return;
        }
        match &common.public_url {
            None => {
                tracing::warn!(
                    "pages are given the listening address; name the public one with --public-url"
                );
            }
            _ if certificate.is_some() => {}
            Some(url) if url.scheme() != "https" => {
                tracing::warn!("plain HTTP on more than loopback; put a proxy that speaks TLS in front");
            }
            Some(_) => {}
        }
    }

    fn config(self, common: Common) -> anyhow::Result<Config> {
        Ok(Config {
            server_key: common.server_key()?,
            public_url: common.public_url,
            metrics_listen: self.metrics_listen,
            bootstrap: bootstrap()?,
            max_connections: self.max_connections,
            keep_challenges: self.keep_challenges,
            trusted_proxies: TrustedProxies {
                networks: self.trusted_proxy,
                header: self.forwarded_header.into(),
            },
            rates: self.rates.into(),
            webhook_targets: if self.allow_private_webhooks {
                Targets::Any
            } else {
                Targets::Public
            },
            ..Config::new(self.listen, common.database)
        })
    }
}

/// How many characters an auth token from outside has at least.
const SHORTEST_AUTH_TOKEN: usize = 16;

/// The account that the environment asks for. One of the two variables alone is a mistake that must not go unseen.
fn bootstrap() -> anyhow::Result<Option<Bootstrap>> {
    let read = |name| match std::env::var(name) {
        Ok(value) => Ok(Some(value).filter(|value| !value.is_empty())),
        Err(VarError::NotPresent) => Ok(None),
        Err(VarError::NotUnicode(_)) => Err(anyhow::anyhow!("{name} is not UTF-8")),
    };
    let names = (
        "COUNTERSIGN_BOOTSTRAP_ACCOUNT_SID",
        "COUNTERSIGN_BOOTSTRAP_AUTH_TOKEN",
    );
    match (read(names.0)?, read(names.1)?) {
        (None, None) => Ok(None),
        (Some(sid), Some(auth_token)) => {
            let account_sid = sid.parse().context(names.0)?;
            // It is all that stands between anybody and the account.
            let is_strong = auth_token.len() >= SHORTEST_AUTH_TOKEN
                && auth_token.bytes().all(|byte| byte.is_ascii_graphic());
            anyhow::ensure!(
                is_strong,
                "{} has to be {SHORTEST_AUTH_TOKEN} or more visible ASCII characters, without spaces",
                names.1
            );
            Ok(Some(Bootstrap {
                account_sid,
                auth_token: auth_token.into(),
            }))
        }
        _ => anyhow::bail!("{} and {} belong together; only one is set", names.0, names.1),
    }
}

/// Reads the certificate again.
fn reload(certificate: Option<&Certificate>) {
    match certificate.map(Certificate::reload) {
        Some(Ok(())) => tracing::info!("the certificate was read again"),
        Some(Err(error)) => {
            let error = anyhow::Error::from(error);
            tracing::error!("the certificate stays as it was: {error:#}");
        }
        None => {}
    }
}

/// Reads the server keys again.
async fn reload_key(app: SharedApp) {
    match serving::reload_key(&app).await {
        Ok(()) => tracing::info!("the server key was read again"),
        Err(error) => {
            let error = anyhow::Error::from(error);
            tracing::error!("the server key stays as it was: {error:#}");
        }
    }
}
