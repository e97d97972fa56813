//! Traces for OpenTelemetry: a span for every request, with its route, its status and the account that asked.

use anyhow::Context as _;
use clap::Args;
use opentelemetry::trace::TracerProvider as _;
use opentelemetry_otlp::{SpanExporter, WithExportConfig as _};
use opentelemetry_sdk::{Resource, trace::SdkTracerProvider};
use tracing::Level;
use tracing_subscriber::{Layer, Registry, filter::Targets};
use url::Url;

/// Where traces go.
#[derive(Args)]
pub(crate) struct Collector {
    /// Send traces to this OpenTelemetry collector, for example http://127.0.0.1:4318/v1/traces
    ///
    /// Headers that it asks for are in OTEL_EXPORTER_OTLP_HEADERS.
    #[arg(
        long = "otlp-endpoint",
        global = true,
        value_name = "URL",
        env = "COUNTERSIGN_OTLP_ENDPOINT"
    )]
    endpoint: Option<Url>,
}

/// Traces on their way. What has not left yet, leaves when this is dropped.
pub(super) struct Traces(SdkTracerProvider);

impl Drop for Traces {
    fn drop(&mut self) {
        if let Err(error) = self.0.shutdown() {
            tracing::warn!(%error, "the last traces were not sent");
        }
    }
}

type Sending = (Box<dyn Layer<Registry> + Send + Sync>, Traces);

impl Collector {
    /// What sends traces, if a server is to send any.
    pub(super) fn layer(&self, serves: bool) -> anyhow::Result<Option<Sending>> {
        let Some(endpoint) = self.endpoint.as_ref().filter(|_| serves) else {
            return Ok(None);
        };
        // The first provider that is installed stays.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let exporter = SpanExporter::builder()
            .with_http()
            .with_endpoint(endpoint.as_str())
            .build()
            .context("traces cannot be sent")?;
        let provider = SdkTracerProvider::builder()
            .with_resource(
                Resource::builder()
                    .with_service_name("countersign-server")
                    .build(),
            )
            .with_batch_exporter(exporter)
            .build();
        let tracer = provider.tracer("countersign-server");
        let ours = Targets::new().with_target("countersign_server", Level::DEBUG);
        let layer = tracing_opentelemetry::layer()
            .with_tracer(tracer)
            .with_filter(ours);
        Ok(Some((layer.boxed(), Traces(provider))))
    }
}
