//! What every request handler is given.

use std::{sync::Arc, time::Duration};

use countersign_protocol::{
    clock::Clock,
    date,
    identity::Identity,
    keys::PublicKey,
    sid::{AccessTokenSid, ChallengeSid, FactorSid, ServiceSid, WebhookSid},
};
use jiff::Timestamp;
use tokio_util::sync::CancellationToken;
use url::Url;

use crate::{
    rates::{Profile, Rates},
    server_key::ServerKey,
    store::Store,
    waiting::Seats,
};

/// The server, as its handlers see it.
pub struct App {
    /// What it remembers.
    pub store: Store,
    /// What it seals with.
    pub key: ServerKey,
    /// Where its clients reach it.
    pub urls: Urls,
    /// Where requests wait.
    pub seats: Seats,
    /// How much was asked for lately.
    pub rates: Rates,
    /// Cancelled when the server is about to end: from then on nothing waits.
    pub stopping: CancellationToken,
    /// What credentials of nobody are held against, so that they take nearly as long as wrong ones.
    pub(crate) decoy: Decoy,
    clock: Arc<dyn Clock>,
}

/// [`App`], as it is shared.
pub type SharedApp = Arc<App>;

impl App {
    /// Puts the pieces together.
    pub fn new(
        store: Store,
        key: ServerKey,
        public_url: &Url,
        rates: Profile,
        clock: Arc<dyn Clock>,
    ) -> SharedApp {
        Arc::new(Self {
            store,
            key,
            urls: Urls::new(public_url),
            seats: Seats::default(),
            rates: Rates::new(rates),
            stopping: CancellationToken::new(),
            decoy: Decoy::new(),
            clock,
        })
    }

    /// The present moment, in whole seconds: the resolution of the wire and of the database.
    pub fn now(&self) -> Timestamp {
        date::to_seconds(self.clock.now())
    }

    /// How long it is until `then`, and a moment more, so that it has come for certain.
    pub fn time_until(&self, then: Timestamp) -> Duration {
        let left = Duration::try_from(then.duration_since(self.clock.now()));
        left.unwrap_or_default() + Duration::from_millis(1)
    }
}

/// Credentials of nobody.
pub(crate) struct Decoy {
    pub(crate) public_key: PublicKey,
}

impl Decoy {
    pub(crate) const ACCOUNT: &str = "nobody";

    fn new() -> Self {
        Self {
            public_key: PublicKey::from_sec1_bytes(&P256_BASE_POINT).expect("the base point is on the curve"),
        }
    }
}

/// The base point of P-256, compressed (FIPS 186-5): a public key whose private half is known to everyone.
const P256_BASE_POINT: [u8; 33] = [
    0x03, 0x6b, 0x17, 0xd1, 0xf2, 0xe1, 0x2c, 0x42, 0x47, 0xf8, 0xbc, 0xe6, 0xe5, 0x63, 0xa4, 0x40, 0xf2,
    0x77, 0x03, 0x7d, 0x81, 0x2d, 0xeb, 0x33, 0xa0, 0xf4, 0xa1, 0x39, 0x45, 0xd8, 0x98, 0xc2, 0x96,
];

/// The absolute URLs that answers carry. They use the public address, because clients follow them as they are.
pub struct Urls(String);

impl Urls {
    pub(crate) fn new(public_url: &Url) -> Self {
        Self(format!("{}/v2", public_url.as_str().trim_end_matches('/')))
    }

    /// The server itself, without a slash at the end.
    pub fn root(&self) -> &str {
        self.0.strip_suffix("/v2").unwrap_or(&self.0)
    }

    /// All services.
    pub fn services(&self) -> String {
        format!("{}/Services", self.0)
    }

    /// One service.
    pub fn service(&self, sid: &ServiceSid) -> String {
        format!("{}/Services/{sid}", self.0)
    }

    /// One access token.
    pub fn access_token(&self, service: &ServiceSid, sid: &AccessTokenSid) -> String {
        format!("{}/AccessTokens/{sid}", self.service(service))
    }

    /// A service's webhooks.
    pub fn webhooks(&self, service: &ServiceSid) -> String {
        format!("{}/Webhooks", self.service(service))
    }

    /// One webhook.
    pub fn webhook(&self, service: &ServiceSid, sid: &WebhookSid) -> String {
        format!("{}/{sid}", self.webhooks(service))
    }

    /// What a webhook was told.
    pub fn deliveries(&self, service: &ServiceSid, webhook: &WebhookSid) -> String {
        let root = self.root();
        format!("{root}/countersign/v1/Services/{service}/Webhooks/{webhook}/Deliveries")
    }

    /// A service's entities.
    pub fn entities(&self, service: &ServiceSid) -> String {
        format!("{}/Entities", self.service(service))
    }

    /// One entity.
    pub fn entity(&self, service: &ServiceSid, identity: &Identity) -> String {
        format!("{}/{identity}", self.entities(service))
    }

    /// An entity's factors.
    pub fn factors(&self, service: &ServiceSid, identity: &Identity) -> String {
        format!("{}/Factors", self.entity(service, identity))
    }

    /// One factor.
    pub fn factor(&self, service: &ServiceSid, identity: &Identity, sid: &FactorSid) -> String {
        format!("{}/{sid}", self.factors(service, identity))
    }

    /// An entity's challenges.
    pub fn challenges(&self, service: &ServiceSid, identity: &Identity) -> String {
        format!("{}/Challenges", self.entity(service, identity))
    }

    /// One challenge.
    pub fn challenge(&self, service: &ServiceSid, identity: &Identity, sid: &ChallengeSid) -> String {
        format!("{}/{sid}", self.challenges(service, identity))
    }

    /// The form descriptions of a factor type.
    pub fn form(&self, form_type: &str) -> String {
        format!("{}/Forms/{form_type}", self.0)
    }
}
