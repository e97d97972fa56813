//! What an operator sees of the server: a line in the log for every request, and numbers for a monitor.
//!
//! Neither names a person, a challenge or a secret: a request is told by its route, not by its path. The account is
//! named to those who log at the level of debugging. All numbers are here, so that what is counted is in one place;
//! where nobody asks for them, counting ends at a look at one flag.

use std::{sync::OnceLock, time::Duration};

use axum::{
    Router,
    extract::{MatchedPath, Request},
    http::{Method, header},
    middleware::Next,
    response::Response,
    routing::get,
};
use countersign_protocol::sid::AccountSid;
use metrics::{counter, describe_counter, describe_gauge, describe_histogram, gauge, histogram};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use tokio::time::Instant;
use tracing::{Instrument as _, Span, field};

use crate::{app::SharedApp, waiting};

const REQUESTS: &str = "countersign_requests_total";
const DURATION: &str = "countersign_request_duration_seconds";
const CONNECTIONS: &str = "countersign_connections";
const WAITING: &str = "countersign_waiting_requests";
const CHALLENGES_CREATED: &str = "countersign_challenges_created_total";
const CHALLENGES_ANSWERED: &str = "countersign_challenges_answered_total";
const CHALLENGES_EXPIRED: &str = "countersign_challenges_expired_total";
const DELIVERIES: &str = "countersign_deliveries_total";
const DATABASE_ERRORS: &str = "countersign_database_errors_total";
const BUILD: &str = "countersign_build_info";

/// Upper bounds of the durations, in seconds. The last but one is above the longest waiting.
const BUCKETS: [f64; 14] = [
    0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0, 30.0,
];

/// How often what was measured is folded together, if no monitor comes.
const FOLD_EVERY: Duration = Duration::from_secs(5);

/// Logs and counts a request once it is answered.
pub async fn observe(request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let (method, route) = (method(request.method()), route(&request));
    let span = tracing::debug_span!(
        "request",
        http.method = method,
        http.route = route,
        account.sid = field::Empty,
        http.status = field::Empty
    );
    let response = next.run(request).instrument(span.clone()).await;
    let duration = begun.elapsed();
    let microseconds = u32::try_from(duration.as_micros()).unwrap_or(u32::MAX);
    let status = response.status();
    span.record("http.status", status.as_u16());
    span.in_scope(|| {
        tracing::info!(
            http.method = method,
            http.route = route,
            http.status = status.as_u16(),
            duration.ms = f64::from(microseconds) / 1000.0,
            "answered"
        );
    });
    // Whoever waits for news takes as long as there is none; that says nothing about the server.
    let waited = response.headers().contains_key(waiting::PREFERENCE_APPLIED);
    let status = status.as_str().to_owned();
    counter!(REQUESTS, "method" => method, "route" => route.clone(), "status" => status).increment(1);
    histogram!(DURATION, "method" => method, "route" => route, "waited" => if waited { "true" } else { "false" })
        .record(duration);
    response
}

/// The route of a request, in which its identifiers are only names; "none" if there is no such route.
pub fn route(request: &Request) -> String {
    let route = request.extensions().get::<MatchedPath>();
    route.map_or("none", MatchedPath::as_str).to_owned()
}

/// Anybody can invent methods; those would be numbers without end.
fn method(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::POST => "POST",
        Method::DELETE => "DELETE",
        Method::HEAD => "HEAD",
        Method::OPTIONS => "OPTIONS",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        _ => "other",
    }
}

/// Notes whose request the present one is.
pub(crate) fn note_account(sid: &AccountSid) {
    Span::current().record("account.sid", sid.as_str());
}

/// A connection that is open until this is dropped.
#[derive(Debug)]
pub(crate) struct OpenConnection(&'static str);

impl OpenConnection {
    /// A connection to this listener.
    pub(crate) fn new(listener: &'static str) -> Self {
        gauge!(CONNECTIONS, "listener" => listener).increment(1.0);
        Self(listener)
    }
}

impl Drop for OpenConnection {
    fn drop(&mut self) {
        gauge!(CONNECTIONS, "listener" => self.0).decrement(1.0);
    }
}

/// A challenge was made.
pub(crate) fn challenge_created() {
    counter!(CHALLENGES_CREATED).increment(1);
}

/// A challenge was answered, and is now in this status.
pub(crate) fn challenge_answered(status: &'static str) {
    counter!(CHALLENGES_ANSWERED, "status" => status).increment(1);
}

/// So many challenges were found to have expired without an answer.
pub(crate) fn challenges_expired(count: u64) {
    counter!(CHALLENGES_EXPIRED).increment(count);
}

/// An attempt to tell a webhook ended so.
pub(crate) fn delivery_attempted(outcome: &'static str) {
    counter!(DELIVERIES, "outcome" => outcome).increment(1);
}

/// The database failed.
pub(crate) fn database_failed() {
    counter!(DATABASE_ERRORS).increment(1);
}

/// The numbers of this process, from the first call on.
static RECORDER: OnceLock<PrometheusHandle> = OnceLock::new();

/// The page with all numbers at `/metrics`, in the text form of Prometheus.
pub(crate) fn page(app: SharedApp) -> Router {
    let recorder = RECORDER.get_or_init(record).clone();
    let numbers = async move || {
        gauge!(WAITING).set(u32::try_from(app.seats.count()).unwrap_or(u32::MAX));
        let kind = [(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")];
        (kind, recorder.render())
    };
    Router::new().route("/metrics", get(numbers))
}

/// Folds together what was measured, without end: otherwise it would be kept until a monitor comes.
pub(crate) async fn fold() {
    let mut ticks = tokio::time::interval(FOLD_EVERY);
    while let Some(recorder) = RECORDER.get() {
        ticks.tick().await;
        recorder.run_upkeep();
    }
}

fn record() -> PrometheusHandle {
    let builder = PrometheusBuilder::new()
        .set_buckets(&BUCKETS)
        .expect("there are buckets");
    let recorder = builder.build_recorder();
    let handle = recorder.handle();
    // Another recorder can only be one of a program that this library is part of; then the numbers are there.
    let _ = metrics::set_global_recorder(recorder);
    describe_counter!(REQUESTS, "Requests answered");
    describe_histogram!(
        DURATION,
        "How long requests took; those that waited for news apart"
    );
    describe_gauge!(CONNECTIONS, "Open connections");
    describe_gauge!(WAITING, "Requests that wait for news");
    describe_counter!(CHALLENGES_CREATED, "Challenges made");
    describe_counter!(CHALLENGES_ANSWERED, "Challenges answered");
    describe_counter!(
        CHALLENGES_EXPIRED,
        "Challenges that nobody answered in time; up to an hour later where no webhook asks for them"
    );
    describe_counter!(DELIVERIES, "Attempts to tell webhooks, by how they ended");
    describe_counter!(DATABASE_ERRORS, "Failures of the database");
    describe_gauge!(BUILD, "Always 1; which version runs");
    gauge!(BUILD, "version" => env!("CARGO_PKG_VERSION")).set(1);
    // What has not happened yet is a number as well.
    for counter in [
        counter!(CHALLENGES_CREATED),
        counter!(CHALLENGES_EXPIRED),
        counter!(DATABASE_ERRORS),
    ] {
        counter.increment(0);
    }
    handle
}
