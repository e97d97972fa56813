//! The sample relying party as a program.

use std::{io::IsTerminal, net::SocketAddr, process::ExitCode, sync::Arc};

use anyhow::{Context, Result};
use clap::{Parser, ValueEnum};
use countersign_issuer::{Config, IdentityProcessing, start};
use countersign_protocol::{
    clock::SystemClock,
    link::ServerUrl,
    sid::{AccountSid, ServiceSid},
};
use secrecy::SecretString;
use url::Url;

/// Acme, a sample relying party: enrols computers and signs people in with a Verify Push challenge.
///
/// It uses the public Verify API only. Whoever reaches its page may enrol as anybody: it is a sample, and listens on
/// this computer alone unless told otherwise.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// Where to listen; port 0 takes a free one
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:3000")]
    listen: SocketAddr,
    /// The Verify API: https, or plain http on this computer
    #[arg(long, value_name = "URL", default_value = countersign_protocol::link::CLOUD_SERVER, value_parser = parse_server)]
    api_url: ServerUrl,
    /// Acme's account at the API
    #[arg(long, value_name = "AC…", env = "TWILIO_ACCOUNT_SID")]
    account_sid: AccountSid,
    /// The account's password. Better given in the environment: everybody on this computer can read arguments
    #[arg(long, value_name = "TOKEN", env = "TWILIO_AUTH_TOKEN", hide_env_values = true)]
    auth_token: SecretString,
    /// The service to use; without it the account's service named Acme, made if there is none
    #[arg(long, value_name = "VA…", env = "VERIFY_SERVICE_SID")]
    service_sid: Option<ServiceSid>,
    /// Where people reach Acme, if that is not where it listens
    #[arg(long, value_name = "URL")]
    public_url: Option<Url>,
    /// How the endpoints of the vendor's sample backend treat an identity
    #[arg(long, value_name = "HOW", env = "IDENTITY_PROCESSING", default_value = "hash")]
    identity_processing: Processing,
}

#[derive(Clone, Copy, ValueEnum)]
enum Processing {
    Hash,
    Raw,
}

#[tokio::main]
async fn main() -> ExitCode {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| "info".into());
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr)
        .init();
    match serve(Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("countersign-issuer: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn serve(arguments: Arguments) -> Result<()> {
    let listen = arguments.listen;
    if !listen.ip().is_loopback() {
        tracing::warn!("{listen} is not this computer alone: whoever reaches it may enrol as anybody");
    }
    let running = start(Config {
        listen,
        api_url: arguments.api_url,
        account_sid: arguments.account_sid,
        auth_token: arguments.auth_token,
        service_sid: arguments.service_sid,
        public_url: arguments.public_url,
        identity_processing: match arguments.identity_processing {
            Processing::Hash => IdentityProcessing::Hash,
            Processing::Raw => IdentityProcessing::Raw,
        },
        clock: Arc::new(SystemClock),
    })
    .await?;
    let end = end_requested()?;
    announce(&format!(
        "listening on {}",
        running.url().as_str().trim_end_matches('/')
    ));
    end.await;
    running.stop().await;
    Ok(())
}

#[expect(clippy::print_stdout, reason = "the line by which callers learn the address")]
fn announce(line: &str) {
    println!("{line}");
}

/// Resolves when the program is asked to end, by Ctrl-C or by SIGTERM.
#[cfg(unix)]
fn end_requested() -> Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let listen = |kind| signal(kind).context("cannot listen for signals");
    let (mut interrupt, mut terminate) = (listen(SignalKind::interrupt())?, listen(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => (),
            _ = terminate.recv() => (),
        }
    })
}

/// Resolves when the program is asked to end, by Ctrl-C or with its console.
#[cfg(windows)]
fn end_requested() -> Result<impl Future<Output = ()>> {
    let mut interrupt = tokio::signal::windows::ctrl_c().context("cannot listen for Ctrl-C")?;
    let mut close = tokio::signal::windows::ctrl_close().context("cannot listen for the console")?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => (),
            _ = close.recv() => (),
        }
    })
}

fn parse_server(text: &str) -> Result<ServerUrl, String> {
    ServerUrl::parse(text).map_err(|_| "expected https://HOST, or http://HOST on this computer".to_owned())
}
