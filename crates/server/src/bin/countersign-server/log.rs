//! What is logged, and how it is written.

use std::io::IsTerminal as _;

use clap::{Args, ValueEnum};
use tracing_subscriber::{EnvFilter, fmt, layer::SubscriberExt as _, util::SubscriberInitExt as _};

/// What a server logs. A command that ends by itself logs what goes wrong.
const USUAL: &str = "info,sqlx=warn";

/// How the log is to be.
#[derive(Args)]
pub(crate) struct Settings {
    /// What is logged, for example "info" or "warn,countersign_server=debug"
    #[arg(
        long = "log",
        global = true,
        value_name = "FILTER",
        default_value = USUAL,
        env = "COUNTERSIGN_LOG",
        value_parser = filter
    )]
    filter: String,
    /// How log lines are written to standard error
    #[arg(
        long = "log-format",
        global = true,
        value_enum,
        default_value = "text",
        env = "COUNTERSIGN_LOG_FORMAT"
    )]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Text,
    Json,
}

/// Begins to log.
pub(crate) fn start(settings: &Settings, serves: bool) {
    let filter = match &*settings.filter {
        USUAL if !serves => "warn",
        filter => filter,
    };
    let to_stderr = fmt::layer()
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal());
    let registry = tracing_subscriber::registry().with(EnvFilter::new(filter));
    match settings.format {
        Format::Text => registry.with(to_stderr).init(),
        Format::Json => registry.with(to_stderr.json()).init(),
    }
}

fn filter(text: &str) -> Result<String, String> {
    let checked = EnvFilter::builder().parse(text);
    checked
        .map(|_| text.to_owned())
        .map_err(|error| error.to_string())
}
