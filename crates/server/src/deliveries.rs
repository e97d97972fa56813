//! Telling webhooks (section 10 of the Verify Push protocol notes): at least once, in the order of the events of
//! each factor, signed over the URL as it was configured.
//!
//! What is to be told is in the store since the change it tells of, and stays there until a receiver has it; here
//! is only who carries it. A receiver that is slow or down holds up nobody but itself.

use std::time::Duration;

use countersign_protocol::{form::Form, webhook_signature};
use jiff::SignedDuration;
use reqwest::{Client, StatusCode, header, redirect};
use tokio::task::{JoinError, JoinSet};
use url::Url;
use zeroize::Zeroizing;

use crate::{
    answer::chain,
    app::{App, SharedApp},
    observation, random,
    server_key::Purpose,
    store::{
        StoreError,
        claims::{Attempt, Claimed},
    },
};

mod target;

#[cfg(test)]
pub(crate) use target::hostile;
pub use target::{NotPublic, Targets};

/// How long after each failed attempt the next one is made, give or take a fifth. After the last, it is given up.
pub const RETRIES: [SignedDuration; 6] = [
    SignedDuration::from_secs(5),
    SignedDuration::from_secs(30),
    SignedDuration::from_mins(2),
    SignedDuration::from_mins(10),
    SignedDuration::from_hours(1),
    SignedDuration::from_hours(6),
];

/// How many attempts are under way at most for one webhook.
pub const AT_ONCE: usize = 10;

/// How long an attempt may take, from the name to the end of the answer.
const ATTEMPT_TIME: Duration = Duration::from_secs(10);

/// How much of an answer is read. Only its status counts; the rest is read so that the connection can be kept.
const MAX_ANSWER: usize = 64 * 1024;

/// How long to wait when the database failed, so that a full disk does not turn into a flood of requests.
const PAUSE: Duration = Duration::from_secs(5);

/// Carries deliveries to their receivers.
pub struct Courier {
    app: SharedApp,
    http: Client,
    targets: Targets,
    /// Attempts, each ending with whether its outcome could be written down.
    under_way: JoinSet<Result<(), StoreError>>,
}

impl Courier {
    /// A courier who goes where `targets` allows.
    ///
    /// # Errors
    /// If TLS cannot be set up.
    pub fn new(app: SharedApp, targets: Targets) -> Result<Self, reqwest::Error> {
        Self::with_patience(app, targets, ATTEMPT_TIME)
    }

    /// The same with attempts that take no longer than `patience`.
    pub(crate) fn with_patience(
        app: SharedApp,
        targets: Targets,
        patience: Duration,
    ) -> Result<Self, reqwest::Error> {
        // The first provider that is installed stays; another crate of this program may have been earlier.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = Client::builder()
            .user_agent(concat!("countersign-server/", env!("CARGO_PKG_VERSION")))
            .redirect(redirect::Policy::none())
            .referer(false)
            // A proxy would dial for us, and the address would not be looked at.
            .no_proxy()
            .no_gzip()
            .dns_resolver(targets)
            .timeout(patience)
            .pool_max_idle_per_host(AT_ONCE)
            .build()?;
        Ok(Self {
            app,
            http,
            targets,
            under_way: JoinSet::new(),
        })
    }

    /// Delivers until the server stops, and then lets the attempts under way come to their end.
    pub async fn run(mut self) {
        let stopping = self.app.stopping.clone();
        while !stopping.is_cancelled() {
            let next = match self.start_due().await {
                Ok(next) => next.unwrap_or(Duration::MAX).min(self.app.store.look_again()),
                Err(error) => {
                    tracing::error!(%error, "what is to be delivered cannot be read");
                    PAUSE
                }
            };
            tokio::select! {
                Some(ended) = self.under_way.join_next() => {
                    if let Err(error) = finish(ended) {
                        tracing::error!(%error, "the outcome of a delivery was not written down, so it is made again");
                        let _ = tokio::time::timeout(PAUSE, stopping.cancelled()).await;
                    }
                }
                () = self.app.store.news() => {}
                () = stopping.cancelled() => {}
                // The future is pending for ever, so this ends when the time is over.
                _ = tokio::time::timeout(next, std::future::pending::<()>()) => {}
            }
        }
        while self.under_way.join_next().await.is_some() {}
    }

    /// Makes one attempt at everything that is due, waits for the outcomes, and says how many there were.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn deliver_due(&mut self) -> Result<usize, StoreError> {
        self.start_due().await?;
        let mut attempts = 0;
        while let Some(ended) = self.under_way.join_next().await {
            finish(ended)?;
            attempts += 1;
        }
        Ok(attempts)
    }

    /// Starts what is due, as far as there is room, and says in what time there is more.
    async fn start_due(&mut self) -> Result<Option<Duration>, StoreError> {
        let now = self.app.now();
        let store = &self.app.store;
        store.record_expired(now).await?;
        let due = store.list_due_webhooks(AT_ONCE, now).await?;
        let next = store.load_next_due(now).await?;
        for webhook in due {
            for claimed in store.claim_deliveries(&webhook, AT_ONCE, now).await? {
                let (app, http, targets) = (self.app.clone(), self.http.clone(), self.targets);
                self.under_way
                    .spawn(async move { carry(&app, &http, targets, &claimed).await });
            }
        }
        Ok(next.map(|next| self.app.time_until(next)))
    }
}

fn finish(ended: Result<Result<(), StoreError>, JoinError>) -> Result<(), StoreError> {
    ended.unwrap_or_else(|error| {
        tracing::error!(%error, "a delivery did not come to an end, and is made again");
        Ok(())
    })
}

/// Why a receiver does not have it. The URL is not named: it may carry a secret of the receiver's.
#[derive(Debug, thiserror::Error)]
enum Undelivered {
    #[error("the URL cannot be called")]
    Url,
    #[error(transparent)]
    NotPublic(#[from] NotPublic),
    #[error("the account's auth token cannot be read")]
    AuthToken,
    #[error("{0}")]
    Answer(StatusCode),
    #[error("{}", chain(.0))]
    Http(reqwest::Error),
}

/// One attempt. If the database fails, it counts for nothing, and the delivery is due again when the claim ends.
async fn carry(app: &App, http: &Client, targets: Targets, claimed: &Claimed) -> Result<(), StoreError> {
    let account = &claimed.receiver.account;
    let tokens = app.store.load_auth_tokens(account).await?;
    let account = Purpose::AuthToken(account.as_str());
    let auth_token = tokens
        .and_then(|tokens| app.key.open(account, &tokens.primary))
        .and_then(|token| String::from_utf8(token.to_vec()).ok())
        .map(Zeroizing::new);
    let sent = match auth_token {
        Some(auth_token) => send(http, targets, claimed, &auth_token).await,
        None => Err(Undelivered::AuthToken),
    };
    settle(app, claimed, sent).await
}

async fn send(
    http: &Client,
    targets: Targets,
    claimed: &Claimed,
    auth_token: &str,
) -> Result<StatusCode, Undelivered> {
    let url = Url::parse(&claimed.receiver.url).map_err(|_| Undelivered::Url)?;
    targets.check(&url)?;
    let form = Form::parse(claimed.body.as_bytes()).unwrap_or_default();
    let request = http
        .post(url)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(
            webhook_signature::HEADER,
            webhook_signature::sign_form(auth_token, &claimed.receiver.url, &form),
        )
        .header("I-Twilio-Idempotency-Token", &claimed.uuid)
        .body(claimed.body.clone());
    let unreached = |error: reqwest::Error| Undelivered::Http(error.without_url());
    let mut answer = request.send().await.map_err(unreached)?;
    let mut read = 0;
    // The status has been said; a rest that does not come, or never ends, does not take it back.
    while read < MAX_ANSWER
        && let Ok(Some(chunk)) = answer.chunk().await
    {
        read += chunk.len();
    }
    match answer.status() {
        status if status.is_success() => Ok(status),
        status => Err(Undelivered::Answer(status)),
    }
}

async fn settle(
    app: &App,
    claimed: &Claimed,
    sent: Result<StatusCode, Undelivered>,
) -> Result<(), StoreError> {
    let now = app.now();
    let (attempt, outcome) = match sent {
        Ok(status) => (Attempt::Delivered, status.to_string()),
        Err(error @ Undelivered::Answer(StatusCode::GONE)) => (Attempt::Unwanted, error.to_string()),
        Err(error) => {
            let again = RETRIES.get(claimed.attempts).map(|after| now + jittered(*after));
            (Attempt::Failed { again }, error.to_string())
        }
    };
    let webhook = &claimed.receiver.webhook;
    observation::delivery_attempted(match attempt {
        Attempt::Delivered => "delivered",
        Attempt::Unwanted => "unwanted",
        Attempt::Failed { again: Some(_) } => "failed",
        Attempt::Failed { again: None } => "given up",
    });
    match &attempt {
        Attempt::Delivered => {
            tracing::debug!(webhook.sid = %webhook, event.uuid = claimed.uuid, "delivered")
        }
        Attempt::Unwanted => {
            tracing::warn!(webhook.sid = %webhook, "a webhook was disabled, because its receiver is gone (410)");
        }
        Attempt::Failed { again } => {
            let again = again.map(tracing::field::display);
            tracing::warn!(webhook.sid = %webhook, event.uuid = claimed.uuid, outcome, again, "not delivered");
        }
    }
    app.store.settle_delivery(claimed, &attempt, &outcome, now).await
}

/// Up to a fifth shorter or longer, so that receivers which were down are not all called at the same moment.
fn jittered(after: SignedDuration) -> SignedDuration {
    let [random] = random::make_bytes::<1>();
    let fifths = 0.8 + 0.4 * f64::from(random) / 255.0;
    SignedDuration::from_secs_f64(after.as_secs_f64() * fifths)
}
