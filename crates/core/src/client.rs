//! The library face: every operation of the mobile client libraries (section 8), for programs that bring their own
//! screens. [`Authenticator`](crate::Authenticator) is built from the same parts.

mod challenges;
mod error;
mod factors;
pub(crate) mod http;

use std::sync::Arc;

use countersign_protocol::{
    challenge_response::Response,
    link::ServerUrl,
    sid::{ChallengeSid, FactorSid},
};

pub use challenges::{Challenge, ChallengeList, ChallengeListPayload, ListMetadata};
pub use error::ClientError;
pub use factors::{FactorPayload, UpdateFactorPayload};
pub use http::{AppIdentity, Unreached};

pub(crate) use challenges::{News, Page, fetch_challenge, fetch_news, fetch_page};
pub(crate) use error::Said;
pub(crate) use factors::{create_factor, delete_local, discard_noted_keys, remove_factor, verify_factor};

use crate::{
    device::{Config, Device},
    factor::Factor,
    fault::Faults,
    presence::Gate,
    respond::{self, AnswerError},
    store::StoreError,
};

/// A client of one server, with factors and keys of its own.
///
/// Nothing secret reaches a log from here: of every request there are method, host, path and status, at the level
/// `debug`; never a header, a token or a body.
#[derive(Clone)]
pub struct VerifyClient {
    device: Arc<Device>,
    base_url: ServerUrl,
}

impl VerifyClient {
    /// Opens the profile. New factors are created at `base_url`; [`ServerUrl::cloud`] is the vendor's.
    ///
    /// # Errors
    /// If the profile cannot be used.
    pub async fn open(config: Config, base_url: ServerUrl) -> Result<Self, StoreError> {
        let device = Device::open(config, Faults::none()).await?;
        discard_noted_keys(&device).await;
        Ok(Self::of(Arc::new(device), base_url))
    }

    pub(crate) fn of(device: Arc<Device>, base_url: ServerUrl) -> Self {
        Self { device, base_url }
    }

    /// Makes a key and creates a factor with it (section 2.3). The factor is unverified until
    /// [`verify_factor`](Self::verify_factor).
    ///
    /// # Errors
    /// Any [`ClientError`]. Neither a key nor a stored factor is left then, nor, as far as it can be reached, one on
    /// the server.
    pub async fn create_factor(&self, payload: FactorPayload) -> Result<Factor, ClientError> {
        create_factor(&self.device, &self.base_url, payload).await
    }

    /// Proves to the server that this device holds the factor's key (section 3). May be repeated.
    ///
    /// # Errors
    /// Any [`ClientError`]; 60311 if the server does not accept the proof.
    pub async fn verify_factor(&self, sid: &FactorSid) -> Result<Factor, ClientError> {
        verify_factor(&self.device, &self.load(sid).await?).await
    }

    /// Sends the factor's settings to the server again, with another name if one is given (section 7.1).
    ///
    /// # Errors
    /// Any [`ClientError`].
    pub async fn update_factor(&self, payload: UpdateFactorPayload) -> Result<Factor, ClientError> {
        factors::update_factor(
            &self.device,
            &self.load(&payload.sid).await?,
            payload.friendly_name,
        )
        .await
    }

    /// Deletes a factor on the server, then here with its key (section 7.2). One that the server does not know any
    /// more counts as deleted.
    ///
    /// # Errors
    /// Any [`ClientError`]; everything is left in place then.
    pub async fn delete_factor(&self, sid: &FactorSid) -> Result<(), ClientError> {
        remove_factor(&self.device, &self.load(sid).await?).await
    }

    /// All factors of this device, newest first. Touches neither network nor keychain.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub async fn factors(&self) -> Result<Vec<Factor>, StoreError> {
        self.device.store.load_factors().await
    }

    /// One challenge, from the server (section 5.1).
    ///
    /// # Errors
    /// Any [`ClientError`]; [`ClientError::WrongFactor`] if it is another factor's.
    pub async fn challenge(&self, sid: &ChallengeSid, factor: &FactorSid) -> Result<Challenge, ClientError> {
        let fetched = fetch_challenge(&self.device, &self.load(factor).await?, sid).await?;
        Ok(Challenge::from(fetched))
    }

    /// A page of a factor's challenges, from the server (section 5.2).
    ///
    /// # Errors
    /// Any [`ClientError`].
    pub async fn challenges(&self, payload: &ChallengeListPayload) -> Result<ChallengeList, ClientError> {
        let page = fetch_page(&self.device, &self.load(&payload.factor_sid).await?, payload).await?;
        Ok(ChallengeList {
            challenges: page.challenges.into_iter().map(Challenge::from).collect(),
            metadata: page.metadata,
        })
    }

    /// Answers a challenge as the server shows it now: GET, POST, GET (section 6). What a person saw before is not
    /// compared; [`Authenticator::approve`](crate::Authenticator::approve) does. A [`Decision`] is a response, unless
    /// the challenge asks for a number (E5).
    ///
    /// [`Decision`]: countersign_protocol::challenge_response::Decision
    ///
    /// # Errors
    /// Any [`AnswerError`] but [`AnswerError::ChangedSinceShown`].
    pub async fn update_challenge(
        &self,
        factor: &FactorSid,
        sid: &ChallengeSid,
        response: impl Into<Response>,
    ) -> Result<(), AnswerError> {
        let factor = self
            .device
            .store
            .load_factor(factor)
            .await?
            .ok_or(AnswerError::NotFound)?;
        respond::answer(
            &self.device,
            &factor,
            sid,
            &response.into(),
            respond::Pin::AsItIs,
            &mut Gate::new(None, Vec::new()),
        )
        .await
        .map(drop)
    }

    /// Deletes all factors, their keys and the history on this device. The servers are not told: their factors stay
    /// and have to be deleted by the issuer (section 7.3).
    ///
    /// # Errors
    /// If the store or the keychain fails; keys that could not be deleted are tried again at the next start.
    pub async fn clear_local_storage(&self) -> Result<(), ClientError> {
        factors::clear_local_storage(&self.device).await
    }

    async fn load(&self, sid: &FactorSid) -> Result<Factor, ClientError> {
        self.device
            .store
            .load_factor(sid)
            .await?
            .ok_or(ClientError::NoSuchFactor)
    }
}
