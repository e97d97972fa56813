//! `countersign-server`: the self-hosted Verify Push server on the command line.

use std::{
    env::VarError,
    io::{IsTerminal as _, Write as _},
    net::SocketAddr,
    path::PathBuf,
    process::ExitCode,
};

use anyhow::Context as _;
use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum, builder::FalseyValueParser};
use countersign_protocol::{clock::SystemClock, sid::AccountSid};
use countersign_server::{
    Bootstrap, Config,
    client_address::{ForwardedHeader, Network, TrustedProxies},
    deliveries::Targets,
    random, serving,
};
use secrecy::{ExposeSecret as _, SecretString};
use tracing_subscriber::{EnvFilter, fmt, layer::SubscriberExt as _, util::SubscriberInitExt as _};
use url::Url;

/// The self-hosted Verify Push server.
#[derive(Parser)]
#[command(name = "countersign-server", version, about, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    /// How log lines are written to standard error
    #[arg(
        long,
        global = true,
        value_enum,
        default_value = "text",
        env = "COUNTERSIGN_LOG_FORMAT"
    )]
    log_format: LogFormat,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the API over HTTP until SIGTERM or Ctrl-C
    ///
    /// The server speaks plain HTTP. Let it listen on a loopback address, or put a proxy that speaks TLS in front of
    /// it and name the proxy's address with --public-url: credentials and challenges are not for open networks.
    ///
    /// COUNTERSIGN_BOOTSTRAP_ACCOUNT_SID and COUNTERSIGN_BOOTSTRAP_AUTH_TOKEN, if both are set, make sure that this
    /// account exists with this auth token. COUNTERSIGN_LOG chooses what is logged, for example
    /// "countersign_server=debug".
    Serve(Serve),
    /// Manage the accounts that may use the API
    #[command(subcommand)]
    Account(Account),
}

#[derive(Subcommand)]
enum Account {
    /// Make an account and print its SID and its auth token, which is not shown again
    Create(CreateAccount),
}

#[derive(Args)]
struct Serve {
    /// Where to listen; port 0 lets the operating system choose
    #[arg(
        long,
        value_name = "ADDR",
        default_value = "127.0.0.1:8080",
        env = "COUNTERSIGN_LISTEN"
    )]
    listen: SocketAddr,
    #[command(flatten)]
    storage: Storage,
    /// Where clients reach the server, if not at the address it listens on
    #[arg(long, value_name = "URL", env = "COUNTERSIGN_PUBLIC_URL", value_parser = public_url)]
    public_url: Option<Url>,
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
    /// Let webhooks be on this computer and in private networks
    ///
    /// Whoever may configure a webhook can then make this server call what only this server can reach.
    #[arg(long, env = "COUNTERSIGN_ALLOW_PRIVATE_WEBHOOKS", value_parser = FalseyValueParser::new(), action = ArgAction::SetTrue)]
    allow_private_webhooks: bool,
}

#[derive(Args)]
struct CreateAccount {
    #[command(flatten)]
    storage: Storage,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

#[derive(Args)]
struct Storage {
    /// The database, made if it is not there
    #[arg(
        long,
        value_name = "URL",
        default_value = "sqlite://countersign.db",
        env = "COUNTERSIGN_DATABASE"
    )]
    database: String,
    /// The file with the server key, made if it is not there [default: the database's file name with .key behind it]
    #[arg(long, value_name = "FILE", env = "COUNTERSIGN_SERVER_KEY_FILE")]
    server_key_file: Option<PathBuf>,
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

#[derive(Clone, Copy, ValueEnum)]
enum LogFormat {
    Text,
    Json,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    start_logging(cli.log_format);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let outcome = runtime.context("the runtime cannot start").and_then(|runtime| {
        runtime.block_on(async {
            match cli.command {
                Command::Serve(serve) => run(serve).await,
                Command::Account(Account::Create(create)) => create_account(create).await,
            }
        })
    });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run(serve: Serve) -> anyhow::Result<()> {
    if !serve.listen.ip().is_loopback() {
        match &serve.public_url {
            None => {
                tracing::warn!("pages are given the listening address; name the public one with --public-url")
            }
            Some(url) if url.scheme() != "https" => {
                tracing::warn!("plain HTTP on more than loopback; put a proxy that speaks TLS in front");
            }
            Some(_) => {}
        }
    }
    let running = countersign_server::start(Config {
        public_url: serve.public_url,
        server_key_file: serve.storage.server_key_file,
        bootstrap: bootstrap()?,
        max_connections: serve.max_connections,
        trusted_proxies: TrustedProxies {
            networks: serve.trusted_proxy,
            header: serve.forwarded_header.into(),
        },
        webhook_targets: if serve.allow_private_webhooks {
            Targets::Any
        } else {
            Targets::Public
        },
        ..Config::new(serve.listen, serve.storage.database)
    })
    .await?;
    let the_end = the_end()?;
    print(&format!(
        "listening on {}",
        running.url().as_str().trim_end_matches('/')
    ))?;
    the_end.await?;
    tracing::info!("stopping");
    running.stop().await;
    Ok(())
}

async fn create_account(create: CreateAccount) -> anyhow::Result<()> {
    let key_file = create.storage.server_key_file.as_deref();
    let (store, key) = serving::open(&create.storage.database, key_file).await?;
    let sid = AccountSid::from_random(random::make_bytes());
    let auth_token = SecretString::from(random::make_hex::<16>());
    serving::save_account(&store, &key, &sid, &auth_token, &SystemClock).await?;
    store.close().await;
    let auth_token = auth_token.expose_secret();
    if create.json {
        print(&serde_json::json!({ "account_sid": sid, "auth_token": auth_token }).to_string())
    } else {
        print(&format!("Account SID: {sid}\nAuth token:  {auth_token}"))
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

fn public_url(text: &str) -> Result<Url, String> {
    let url = Url::parse(text).map_err(|error| error.to_string())?;
    let usable = matches!(url.scheme(), "http" | "https")
        && url.has_host()
        && url.username().is_empty()
        && url.password().is_none()
        && url.query().is_none()
        && url.fragment().is_none();
    if usable {
        Ok(url)
    } else {
        Err("an http or https address without user, query and fragment is expected".into())
    }
}

fn print(line: &str) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}")
        .and_then(|()| out.flush())
        .context("standard output is closed")
}

fn start_logging(format: LogFormat) {
    let filter =
        EnvFilter::try_from_env("COUNTERSIGN_LOG").unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn"));
    let to_stderr = fmt::layer()
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal());
    let registry = tracing_subscriber::registry().with(filter);
    match format {
        LogFormat::Text => registry.with(to_stderr).init(),
        LogFormat::Json => registry.with(to_stderr.json()).init(),
    }
}

/// Listens for the signals from the moment it is called, so that none is missed between then and the waiting.
#[cfg(unix)]
fn the_end() -> std::io::Result<impl Future<Output = std::io::Result<()>>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
        Ok(())
    })
}

#[cfg(not(unix))]
fn the_end() -> std::io::Result<impl Future<Output = std::io::Result<()>>> {
    Ok(tokio::signal::ctrl_c())
}
