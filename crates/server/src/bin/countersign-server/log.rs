//! What is logged, and how it is written.

#[cfg(feature = "otel")]
mod otel;

use std::io::IsTerminal as _;

use clap::{Args, ValueEnum};
use tracing_subscriber::{
    EnvFilter, Layer, Registry, fmt, layer::SubscriberExt as _, util::SubscriberInitExt as _,
};

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
    #[cfg(feature = "otel")]
    #[command(flatten)]
    collector: otel::Collector,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Text,
    Json,
}

/// A log that ends when this is dropped: what has not left yet, leaves then. To be dropped outside of the runtime.
pub(crate) struct Log {
    #[cfg(feature = "otel")]
    _traces: Option<otel::Traces>,
}

/// Begins to log.
///
/// # Errors
/// If traces are to be sent and cannot be.
pub(crate) fn start(settings: &Settings, serves: bool) -> anyhow::Result<Log> {
    let filter = match &*settings.filter {
        USUAL if !serves => "warn",
        filter => filter,
    };
    let to_stderr = fmt::layer()
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal());
    let to_stderr: Box<dyn Layer<Registry> + Send + Sync> = match settings.format {
        Format::Text => to_stderr.boxed(),
        Format::Json => to_stderr.json().boxed(),
    };
    let filter = EnvFilter::new(filter);
    #[cfg(feature = "otel")]
    if let Some((to_collector, traces)) = settings.collector.layer(serves)? {
        let layers = vec![to_stderr.with_filter(filter).boxed(), to_collector];
        tracing_subscriber::registry().with(layers).init();
        return Ok(Log {
            _traces: Some(traces),
        });
    }
    // One filter for everything, and not one of the layer: after a check whether something would be logged, as sqlx
    // makes for PostgreSQL, a layer's own filter loses the next line, and that may be the last.
    tracing_subscriber::registry().with(to_stderr).with(filter).init();
    Ok(Log {
        #[cfg(feature = "otel")]
        _traces: None,
    })
}

fn filter(text: &str) -> Result<String, String> {
    let checked = EnvFilter::builder().parse(text);
    checked
        .map(|_| text.to_owned())
        .map_err(|error| error.to_string())
}
