//! Telling webhooks (section 10 of the Verify Push protocol notes): at least once, in the order of the events of
//! each factor, signed over the URL as it was configured.
//!
//! What is to be told is in the store since the change it tells of, and stays there until a receiver has it; here
//! is only who carries it. A receiver that is slow or down holds up nobody but itself.

use std::{
    collections::{HashMap, HashSet},
    time::Duration,
};

use countersign_protocol::{form::Form, sid::WebhookSid, webhook_signature};
use jiff::SignedDuration;
use reqwest::{Client, StatusCode, header, redirect};
use tokio::task::{self, JoinSet};
use url::Url;
use zeroize::Zeroizing;

use crate::{
    answer::chain,
    app::{App, SharedApp},
    observation, random,
    server_key::Purpose,
    store::{
        StoreError,
        deliveries::{Attempt, Delivery, Receiver},
    },
};

mod target;

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
    /// Which deliveries they are about.
    carried: HashMap<task::Id, (WebhookSid, i64)>,
}

/// How the end of an attempt comes out of [`JoinSet::join_next_with_id`].
type Ended = Result<(task::Id, Result<(), StoreError>), task::JoinError>;

impl Courier {
    /// A courier who goes where `targets` allows.
    ///
    /// # Errors
    /// If TLS cannot be set up.
    pub fn new(app: SharedApp, targets: Targets) -> Result<Self, reqwest::Error> {
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
            .timeout(ATTEMPT_TIME)
            .pool_max_idle_per_host(AT_ONCE)
            .build()?;
        Ok(Self {
            app,
            http,
            targets,
            under_way: JoinSet::new(),
            carried: HashMap::new(),
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
                Some(ended) = self.under_way.join_next_with_id() => {
                    if let Err(error) = self.finish(ended) {
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
        while let Some(ended) = self.under_way.join_next_with_id().await {
            self.finish(ended)?;
            attempts += 1;
        }
        Ok(attempts)
    }

    /// Starts what is due, as far as there is room, and says in what time there is more.
    async fn start_due(&mut self) -> Result<Option<Duration>, StoreError> {
        let now = self.app.now();
        self.app.store.record_expired(now).await?;
        let mut carried: HashMap<WebhookSid, HashSet<i64>> = HashMap::new();
        for (webhook, id) in self.carried.values().cloned() {
            carried.entry(webhook).or_default().insert(id);
        }
        let mut to_start = Vec::new();
        for receiver in self.app.store.list_due_receivers(now).await? {
            let carried = carried.remove(&receiver.webhook).unwrap_or_default();
            let room = AT_ONCE.saturating_sub(carried.len());
            if room == 0 {
                continue;
            }
            // What is under way is due as well, until its outcome is written down.
            let due = self
                .app
                .store
                .list_due_deliveries(&receiver.webhook, AT_ONCE, now)
                .await?;
            let due = due.into_iter().filter(|due| !carried.contains(&due.id));
            to_start.extend(due.take(room).map(|delivery| (receiver.clone(), delivery)));
        }
        let next = self.app.store.load_next_due(now).await?;
        for (receiver, delivery) in to_start {
            self.start(receiver, delivery);
        }
        Ok(next.map(|next| self.app.time_until(next)))
    }

    fn start(&mut self, receiver: Receiver, delivery: Delivery) {
        let (app, http, targets) = (self.app.clone(), self.http.clone(), self.targets);
        let what = (delivery.webhook.clone(), delivery.id);
        let task = self
            .under_way
            .spawn(async move { carry(&app, &http, targets, &receiver, &delivery).await });
        self.carried.insert(task.id(), what);
    }

    fn finish(&mut self, ended: Ended) -> Result<(), StoreError> {
        let (id, settled) = match ended {
            Ok(ended) => ended,
            Err(error) => {
                tracing::error!(%error, "a delivery did not come to an end, and is made again");
                (error.id(), Ok(()))
            }
        };
        self.carried.remove(&id);
        settled
    }
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

/// One attempt. If the database fails, it counts for nothing, and the delivery stays due.
async fn carry(
    app: &App,
    http: &Client,
    targets: Targets,
    receiver: &Receiver,
    delivery: &Delivery,
) -> Result<(), StoreError> {
    let sealed = app.store.load_auth_token(&receiver.account).await?;
    let account = Purpose::AuthToken(receiver.account.as_str());
    let auth_token = sealed
        .and_then(|sealed| app.key.open(account, &sealed))
        .and_then(|token| String::from_utf8(token.to_vec()).ok())
        .map(Zeroizing::new);
    let sent = match auth_token {
        Some(auth_token) => send(http, targets, receiver, delivery, &auth_token).await,
        None => Err(Undelivered::AuthToken),
    };
    settle(app, delivery, sent).await
}

async fn send(
    http: &Client,
    targets: Targets,
    receiver: &Receiver,
    delivery: &Delivery,
    auth_token: &str,
) -> Result<StatusCode, Undelivered> {
    let url = Url::parse(&receiver.url).map_err(|_| Undelivered::Url)?;
    targets.check(&url)?;
    let form = Form::parse(delivery.body.as_bytes()).unwrap_or_default();
    let request = http
        .post(url)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(
            webhook_signature::HEADER,
            webhook_signature::sign_form(auth_token, &receiver.url, &form),
        )
        .header("I-Twilio-Idempotency-Token", &delivery.uuid)
        .body(delivery.body.clone());
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
    delivery: &Delivery,
    sent: Result<StatusCode, Undelivered>,
) -> Result<(), StoreError> {
    let now = app.now();
    let (attempt, outcome) = match sent {
        Ok(status) => (Attempt::Delivered, status.to_string()),
        Err(error @ Undelivered::Answer(StatusCode::GONE)) => (Attempt::Unwanted, error.to_string()),
        Err(error) => {
            let again = RETRIES.get(delivery.attempts).map(|after| now + jittered(*after));
            (Attempt::Failed { again }, error.to_string())
        }
    };
    let webhook = &delivery.webhook;
    observation::delivery_attempted(match attempt {
        Attempt::Delivered => "delivered",
        Attempt::Unwanted => "unwanted",
        Attempt::Failed { again: Some(_) } => "failed",
        Attempt::Failed { again: None } => "given up",
    });
    match &attempt {
        Attempt::Delivered => {
            tracing::debug!(webhook.sid = %webhook, event.uuid = delivery.uuid, "delivered")
        }
        Attempt::Unwanted => {
            tracing::warn!(webhook.sid = %webhook, "a webhook was disabled, because its receiver is gone (410)");
        }
        Attempt::Failed { again } => {
            let again = again.map(tracing::field::display);
            tracing::warn!(webhook.sid = %webhook, event.uuid = delivery.uuid, outcome, again, "not delivered");
        }
    }
    app.store.settle_delivery(delivery, &attempt, &outcome, now).await
}

/// Up to a fifth shorter or longer, so that receivers which were down are not all called at the same moment.
fn jittered(after: SignedDuration) -> SignedDuration {
    let [random] = random::make_bytes::<1>();
    let fifths = 0.8 + 0.4 * f64::from(random) / 255.0;
    SignedDuration::from_secs_f64(after.as_secs_f64() * fifths)
}
