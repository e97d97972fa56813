//! The authenticator that the app and the command line hold. Every method is one sentence of the main job; the rules
//! are in the modules that it leads to.

mod choices;

use std::{sync::Arc, time::Duration};

use countersign_protocol::{
    challenge_response::{Decision, Response},
    link::{LinkError, ServerUrl},
    matching::MatchNumber,
    report::Reason,
    resources::factor::FactorStatus,
    sid::{ChallengeSid, FactorSid},
};
use secrecy::SecretString;
use tokio::sync::broadcast;

use crate::{
    app_pin::{self, PinError, PinState},
    client::{ClientError, VerifyClient, discard_noted_keys, fetch_challenge},
    device::{Config, Device},
    enrol::{self, EnrolError, EnrolmentPreview},
    event::Event,
    factor::Factor,
    fault::Faults,
    history::{self, HistoryEntry},
    inbox::{self, CheckReport, FactorConnection, Inbox},
    policy::{self, Policy, PolicyError},
    poll::{self, PollError, Polling, Wake},
    presence::{self, NotConfirmed, Purpose},
    removal::{self, Removal, RemoveError},
    report::{self, ReportError, Reported},
    request::{ChallengeStatus, Request, ShownDigest},
    respond::{self, AnswerError, Answered},
    same_computer::{self, StartedHere, StartedHereError},
    store::{Asked, StoreError},
};

/// How long opening may take to tell servers what an earlier run left to tell.
const FINISHING: Duration = Duration::from_secs(5);

/// This device: its factors, its requests, its answers. Clones share everything.
#[derive(Clone)]
pub struct Authenticator {
    pub(crate) device: Arc<Device>,
    wake: Arc<Wake>,
    runtime: tokio::runtime::Handle,
}

impl Authenticator {
    /// Opens the profile and finishes what an earlier run left half done: deletes keys that never got a factor,
    /// proves keys of factors that were just created, tells servers of factors that were removed. What cannot be
    /// finished within a few seconds is tried again with every check.
    ///
    /// # Errors
    /// If the profile cannot be used. A keychain or a server that does not answer is no reason not to open.
    pub async fn open(config: Config) -> Result<Self, StoreError> {
        Self::open_with(config, Faults::none()).await
    }

    pub(crate) async fn open_with(config: Config, faults: Faults) -> Result<Self, StoreError> {
        let device = Arc::new(Device::open(config, faults).await?);
        let finish = async {
            history::forget_old(&device).await?;
            discard_noted_keys(&device).await;
            for factor in device.store.load_factors().await? {
                if !factor.is_usable()
                    && let Err(error) = removal::attend(&device, &factor).await
                {
                    tracing::info!(%error, factor = %factor.sid, "what was begun with a factor is not finished yet");
                }
            }
            Ok::<_, StoreError>(())
        };
        if let Ok(finished) = tokio::time::timeout(FINISHING, finish).await {
            finished?;
        }
        Ok(Self {
            device,
            wake: Arc::default(),
            runtime: tokio::runtime::Handle::current(),
        })
    }

    /// What an enrolment link would do, for the page that asks. Touches neither network nor keychain.
    ///
    /// # Errors
    /// If the link is refused, or is not one that enrols.
    pub fn preview(&self, link: &str) -> Result<EnrolmentPreview, LinkError> {
        EnrolmentPreview::of(link, self.device.key_location())
    }

    /// Enrols this computer from a link, after a person has agreed to its preview: creates a factor with a new key,
    /// and proves the key.
    ///
    /// # Errors
    /// Any [`EnrolError`]. Neither a key nor a factor is left then, as far as the server can be reached.
    pub async fn enrol(&self, link: &str) -> Result<Factor, EnrolError> {
        let factor = enrol::enrol(&self.device, link).await?;
        self.expect_requests();
        Ok(factor)
    }

    /// All factors, newest first. Touches neither network nor keychain.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub async fn factors(&self) -> Result<Vec<Factor>, StoreError> {
        self.device.store.load_factors().await
    }

    /// Changes how a factor's requests may be approved. What lets more through than before needs the person who may,
    /// through the system or with the PIN.
    ///
    /// # Errors
    /// Any [`PolicyError`]. The policy stays what it was then.
    pub async fn change_policy(
        &self,
        sid: &FactorSid,
        policy: Policy,
        pin: Option<&SecretString>,
    ) -> Result<(), PolicyError> {
        policy::change(&self.device, sid, policy, pin).await
    }

    /// What is known of the app's PIN, without anybody typing it.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub async fn pin_state(&self) -> Result<PinState, StoreError> {
        app_pin::state(&self.device).await
    }

    /// Chooses the app's PIN, or changes it with the old one. It is asked for where the system cannot ask who is
    /// there. A forgotten one goes when the last factor is removed.
    ///
    /// # Errors
    /// Any [`PinError`]. The PIN stays what it was then.
    pub async fn set_pin(&self, new: &SecretString, old: Option<&SecretString>) -> Result<(), PinError> {
        app_pin::set(&self.device, new, old, app_pin::Cost::STRONG).await
    }

    /// [`set_pin`](Self::set_pin), at a cost that tests can afford.
    #[cfg(test)]
    pub(crate) async fn set_cheap_pin(
        &self,
        new: &SecretString,
        old: Option<&SecretString>,
    ) -> Result<(), PinError> {
        app_pin::set(&self.device, new, old, app_pin::Cost::CHEAP).await
    }

    /// Removes the app's PIN, with the PIN.
    ///
    /// # Errors
    /// Any [`PinError`]. The PIN is still there then.
    pub async fn remove_pin(&self, old: &SecretString) -> Result<(), PinError> {
        app_pin::remove(&self.device, old).await
    }

    /// Has the person confirm that it is them, through the system, or where that cannot ask, with the PIN. What is
    /// confirmed here approves nothing.
    ///
    /// # Errors
    /// Any [`NotConfirmed`].
    pub async fn confirm_presence(
        &self,
        purpose: &Purpose,
        pin: Option<&SecretString>,
    ) -> Result<(), NotConfirmed> {
        presence::confirm(&self.device, purpose, pin).await.map(drop)
    }

    /// Makes sure that somebody could confirm later on that it is them: there is a PIN, or else the system asks now.
    ///
    /// # Errors
    /// Any [`NotConfirmed`]; [`NotConfirmed::Unavailable`] if there is neither.
    pub async fn make_sure_of_presence(&self) -> Result<(), NotConfirmed> {
        presence::make_sure(&self.device).await
    }

    /// Removes a factor with its key, on the server and here. A server that cannot be reached is told later.
    ///
    /// # Errors
    /// If there is no such factor, or the store fails.
    pub async fn remove(&self, sid: &FactorSid) -> Result<Removal, RemoveError> {
        removal::remove(&self.device, sid).await
    }

    /// Everything that can be answered, out of the store.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub async fn inbox(&self) -> Result<Inbox, StoreError> {
        inbox::load(&self.device).await
    }

    /// One request, open or not, as the store has it.
    ///
    /// # Errors
    /// [`RequestError::NotFound`], or if the store cannot be read.
    pub async fn request(&self, sid: &ChallengeSid) -> Result<Request, RequestError> {
        let stored = self
            .device
            .store
            .load_challenge(sid)
            .await?
            .ok_or(RequestError::NotFound)?;
        Ok(inbox::show(&self.device, stored).await?)
    }

    /// One request, fetched from its server now. What this returns is what a person should see before they decide;
    /// its digest pins it. A request that is not known here yet is looked for with every factor.
    ///
    /// # Errors
    /// [`RequestError::NotFound`] if neither this device nor a server knows it, or why the server could not be asked.
    pub async fn refresh(&self, sid: &ChallengeSid) -> Result<Request, RequestError> {
        match self.device.store.load_challenge(sid).await? {
            Some(stored) if stored.status != ChallengeStatus::Pending => {}
            Some(stored) => {
                let factor = self
                    .device
                    .store
                    .load_factor(&stored.challenge.read.factor_sid)
                    .await?;
                self.fetch(&factor.ok_or(RequestError::NotFound)?, sid).await?;
            }
            None => self.search(sid).await?,
        }
        self.request(sid).await
    }

    /// Approves exactly what `shown` pins: fetches the request again, refuses if it is not that any more, signs,
    /// sends, and looks whether the server has it. Never queued: what cannot be sent now did not happen.
    ///
    /// # Errors
    /// Any [`AnswerError`].
    pub async fn approve(&self, sid: &ChallengeSid, shown: &ShownDigest) -> Result<Answered, AnswerError> {
        self.approve_with(sid, shown, &Approval::default()).await
    }

    /// Approves what `shown` pins with what a person typed for it, as [`approve`](Self::approve) approves what asks
    /// for nothing to be typed.
    ///
    /// # Errors
    /// Any [`AnswerError`]; [`AnswerError::WrongNumber`] says how many tries are left, and with none left the request
    /// has been denied.
    pub async fn approve_with(
        &self,
        sid: &ChallengeSid,
        shown: &ShownDigest,
        typed: &Approval,
    ) -> Result<Answered, AnswerError> {
        let response = Response {
            decision: Decision::Approved,
            number: typed.number.clone(),
        };
        self.answer(sid, shown, response, typed.pin.as_ref()).await
    }

    /// Denies exactly what `shown` pins, as [`approve`](Self::approve) approves it.
    ///
    /// # Errors
    /// Any [`AnswerError`].
    pub async fn deny(&self, sid: &ChallengeSid, shown: &ShownDigest) -> Result<Answered, AnswerError> {
        self.answer(sid, shown, Decision::Denied.into(), None).await
    }

    /// Denies exactly what `shown` pins, unless it is denied already, and reports it to the issuer, where its server
    /// takes reports. A note is the person's own words.
    ///
    /// # Errors
    /// Any [`ReportError`]: nothing was reported then. A report that did not get through is no error, because the
    /// request is denied; [`Reported::told`] says so.
    pub async fn report(
        &self,
        sid: &ChallengeSid,
        shown: &ShownDigest,
        reason: Reason,
        note: Option<&str>,
    ) -> Result<Reported, ReportError> {
        let reported = report::report(&self.device, sid, shown, reason, note).await;
        self.expect_requests();
        reported
    }

    /// Does what a link wants that says that this computer started a request (E6): waits until the request is here,
    /// and marks it if the link is right about it. Where the factor's policy allows that, nothing about the request is
    /// new or unusual and it asks for no number, it is approved without a question; the history says so.
    ///
    /// All this takes time: `still` is asked whether anything may be approved without a question before it is signed,
    /// and before it is sent.
    ///
    /// # Errors
    /// Any [`StartedHereError`]. Nothing was approved then, unless it says that this is not known.
    pub async fn started_here(
        &self,
        link: &str,
        still: impl Fn() -> bool + Send + Sync,
    ) -> Result<StartedHere, StartedHereError> {
        let events = self.subscribe();
        self.expect_requests();
        same_computer::started_here(&self.device, link, events, &still).await
    }

    /// Notes that it is settled if notifications tell of these requests, so that none is told of twice, over restarts
    /// too. Whoever shows one notes it before: one too few is better than one too many.
    ///
    /// # Errors
    /// If the store cannot be written.
    pub async fn announced(&self, sids: &[ChallengeSid]) -> Result<(), StoreError> {
        self.device.store.save_announced(sids).await
    }

    /// Asks every factor's server now, and finishes what is half done.
    pub async fn check_now(&self) -> CheckReport {
        discard_noted_keys(&self.device).await;
        poll::check_now(&self.device).await
    }

    /// Starts asking the servers again and again, or waits there for news where they offer that, until the returned
    /// value is dropped. One process of a profile does.
    ///
    /// # Errors
    /// [`PollError::AnotherProcess`] if another one does.
    pub fn poll(&self) -> Result<Polling, PollError> {
        poll::start(Arc::clone(&self.device), Arc::clone(&self.wake), &self.runtime)
    }

    /// Has the poller check at once, and often for the next two minutes. For moments after which requests come: the
    /// window came to the front, a link was opened, something was answered.
    pub fn expect_requests(&self) {
        self.wake.expect_requests(self.device.now());
    }

    /// Has the poller check at once, over new connections, whatever failed before. For moments at which the ways to
    /// the servers are others: the network changed, the computer woke up. The latter it also notices by itself,
    /// within seconds, by the clock.
    pub fn reconnect(&self) {
        self.wake.reconnect();
    }

    /// What became of the last requests, the latest first.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub async fn history(&self, limit: u32) -> Result<Vec<HistoryEntry>, StoreError> {
        history::load(&self.device, limit).await
    }

    /// Tells of changes from now on. An event says that something changed, the store says what it is; a receiver that
    /// lags behind reads again and is right.
    pub fn subscribe(&self) -> broadcast::Receiver<Event> {
        self.device.subscribe()
    }

    /// How each factor's server was when it was last asked.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub async fn connections(&self) -> Result<Vec<FactorConnection>, StoreError> {
        inbox::load_connections(&self.device).await
    }

    /// The library face over the same profile. New factors are created at `base_url`.
    pub fn client(&self, base_url: ServerUrl) -> VerifyClient {
        VerifyClient::of(Arc::clone(&self.device), base_url)
    }

    /// Ends the poller, and closes the store. What was returned is on disk already; this only folds its log into the
    /// file.
    pub async fn close(self) {
        self.wake.end();
        self.device.store.close().await;
    }

    async fn answer(
        &self,
        sid: &ChallengeSid,
        shown: &ShownDigest,
        response: Response,
        pin: Option<&SecretString>,
    ) -> Result<Answered, AnswerError> {
        let answered = respond::answer_shown(&self.device, sid, shown, &response, pin).await;
        self.expect_requests();
        answered
    }

    /// Fetches a request and stores what it is.
    async fn fetch(&self, factor: &Factor, sid: &ChallengeSid) -> Result<(), RequestError> {
        match fetch_challenge(&self.device, factor, sid).await {
            Ok(fetched) if fetched.read.status == ChallengeStatus::Pending => {
                inbox::save(&self.device, factor, &fetched, self.device.now()).await?;
            }
            Ok(fetched) => {
                // One that was over before it was ever seen here is shown all the same, as what became of it.
                self.device
                    .store
                    .save_pending(factor, &fetched, self.device.now())
                    .await?;
                inbox::settle(&self.device, &fetched.read).await?;
            }
            Err(error) if error.is_not_found() => {
                inbox::forget(
                    &self.device,
                    Asked {
                        sid,
                        factor: &factor.sid,
                    },
                )
                .await?;
                return Err(RequestError::NotFound);
            }
            Err(error) => return Err(error.into()),
        }
        Ok(())
    }

    /// Looks for a request that is not known here with every factor's server.
    async fn search(&self, sid: &ChallengeSid) -> Result<(), RequestError> {
        let mut outcome = Err(RequestError::NotFound);
        for factor in self.device.store.load_factors().await? {
            if factor.status != FactorStatus::Verified || factor.removing_since.is_some() {
                continue;
            }
            match self.fetch(&factor, sid).await {
                Ok(()) => return Ok(()),
                Err(RequestError::NotFound | RequestError::Client(ClientError::WrongFactor)) => {}
                Err(error) => outcome = Err(error),
            }
        }
        outcome
    }
}

/// What a person typed to approve a request.
#[derive(Debug, Clone, Default)]
pub struct Approval {
    /// The number that is shown where the request was started, if it asks for one.
    pub number: Option<MatchNumber>,
    /// The app's PIN, if the factor's policy asks for verification and the system cannot ask.
    pub pin: Option<SecretString>,
}

impl From<MatchNumber> for Approval {
    fn from(number: MatchNumber) -> Self {
        Self {
            number: Some(number),
            pin: None,
        }
    }
}

/// Why a request cannot be shown.
#[derive(Debug, thiserror::Error)]
pub enum RequestError {
    /// There is no such request.
    #[error("there is no such request")]
    NotFound,
    /// Its server could not be asked; the stored copy is still there.
    #[error(transparent)]
    Client(#[from] ClientError),
    /// The store cannot be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
}
