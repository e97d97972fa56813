//! This device: everything that an operation needs, and how it asks a server in a factor's name.

mod caller;

use std::{path::PathBuf, sync::Arc, time::Duration};

use countersign_keychain::{KeyId, KeychainError, KeychainThread, PresencePrompt};
use countersign_protocol::{
    basic_auth::BasicAuth,
    clock::Clock,
    date, device_jwt,
    error::ApiError,
    form::Form,
    jws,
    keys::{PublicKey, Signature},
    link::ServerUrl,
};
use jiff::Timestamp;
use reqwest::Method;
use tokio::sync::broadcast;

pub(crate) use self::caller::{Caller, challenge_path, factor_path, resource_path};
use crate::{
    client::{
        AppIdentity, ClientError,
        http::{Ask, Http, Reply},
    },
    connection::Connection,
    discovery::Discoveries,
    event::Event,
    factor::Factor,
    fault::Faults,
    home::Home,
    inbox::Unreadable,
    same_computer::OpenLinks,
    server_time::ServerTimes,
    store::{Store, StoreError},
    turns::Turns,
};

/// What an authenticator, or the library's client, is made of.
pub struct Config {
    /// The profile's directory. It is made if it is not there.
    pub home: PathBuf,
    /// Where the keys live.
    pub keychain: KeychainThread,
    /// How the system asks who is there.
    pub presence: PresencePrompt,
    /// Where the time comes from.
    pub clock: Arc<dyn Clock>,
    /// Another HTTP client than the one that is built here, for a program with rules of its own. It should not
    /// follow redirects.
    pub http: Option<reqwest::Client>,
    /// What the program calls itself.
    pub app: AppIdentity,
}

/// How many events a slow listener may fall behind.
const EVENTS: usize = 256;

/// This device.
pub(crate) struct Device {
    pub(crate) home: Home,
    pub(crate) store: Store,
    pub(crate) http: Http,
    pub(crate) times: ServerTimes,
    pub(crate) discoveries: Discoveries,
    pub(crate) app: AppIdentity,
    pub(crate) answering: Turns,
    pub(crate) unreadable: Unreadable,
    pub(crate) links: OpenLinks,
    pub(crate) presence: PresencePrompt,
    keychain: KeychainThread,
    clock: Arc<dyn Clock>,
    events: broadcast::Sender<Event>,
    faults: Faults,
}

impl Device {
    pub(crate) async fn open(config: Config, faults: Faults) -> Result<Self, StoreError> {
        let home = Home::prepare(&config.home).map_err(|source| StoreError::Directory {
            path: config.home.clone(),
            source,
        })?;
        Ok(Self {
            store: Store::open(&home, faults.clone()).await?,
            http: Http::new(config.http, &config.app, faults.clone()),
            times: ServerTimes::default(),
            discoveries: Discoveries::default(),
            app: config.app,
            answering: Turns::default(),
            unreadable: Unreadable::default(),
            links: OpenLinks::default(),
            presence: config.presence,
            keychain: config.keychain,
            clock: config.clock,
            events: broadcast::channel(EVENTS).0,
            home,
            faults,
        })
    }

    /// The time by this computer's clock.
    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// The time by a server's clock, as well as it is known.
    pub(crate) fn now_at(&self, server: &ServerUrl) -> Timestamp {
        self.times.now_at(&server.join("/"), self.now())
    }

    /// Tells whoever listens.
    pub(crate) fn tell(&self, event: Event) {
        // Nobody listening is no fault.
        let _ = self.events.send(event);
    }

    pub(crate) fn subscribe(&self) -> broadcast::Receiver<Event> {
        self.events.subscribe()
    }

    /// Where keys are made now.
    pub(crate) fn key_location(&self) -> countersign_keychain::KeyLocation {
        self.keychain.location()
    }

    /// All places in which keys are found now.
    pub(crate) fn key_locations(&self) -> Vec<countersign_keychain::KeyLocation> {
        self.keychain.locations()
    }

    pub(crate) async fn create_key(&self, key: &KeyId) -> Result<PublicKey, KeychainError> {
        self.pass()?;
        let public_key = self.keychain.create(key).await?;
        self.pass()?;
        Ok(public_key)
    }

    pub(crate) async fn sign(&self, key: &KeyId, message: &[u8]) -> Result<Signature, KeychainError> {
        self.pass()?;
        self.keychain.sign(key, message).await
    }

    /// Deletes a key that has been noted, then the note. If the keychain does not, the note stays for the next time.
    pub(crate) async fn discard_key(&self, key: &KeyId) -> Result<(), ClientError> {
        self.pass()?;
        self.keychain.delete(key).await?;
        self.pass()?;
        Ok(self.store.forget_key(key).await?)
    }

    fn pass(&self) -> Result<(), KeychainError> {
        if self.faults.strike() {
            return Err(KeychainError::Failed("fault".into()));
        }
        Ok(())
    }

    /// Asks a server in a factor's name, and notes how the way there was.
    pub(crate) async fn ask_for(
        &self,
        factor: &Factor,
        method: Method,
        path: &str,
        form: Option<&Form>,
    ) -> Result<Reply, ClientError> {
        let reply = self.ask(&Caller::from(factor), method, path, form).await;
        self.note_connection(factor, &reply).await;
        reply
    }

    /// Posts to what is not of the plain protocol: `path` is the server's own, from its root.
    pub(crate) async fn post_beyond(
        &self,
        factor: &Factor,
        path: &str,
        form: &Form,
    ) -> Result<Reply, ClientError> {
        let question = Question {
            method: Method::POST,
            path: path.to_owned(),
            form: Some(form),
            known: None,
        };
        let reply = self.put(&Caller::from(factor), &question).await;
        self.note_connection(factor, &reply).await;
        reply
    }

    /// Asks for what is known by a tag. The server may hold the request until it has something else to say, and says
    /// 304 if it has not (E3).
    pub(crate) async fn ask_for_news(
        &self,
        factor: &Factor,
        path: &str,
        form: &Form,
        known: &str,
    ) -> Result<Reply, ClientError> {
        let caller = Caller::from(factor);
        let question = Question {
            method: Method::GET,
            path: caller.path(path),
            form: Some(form),
            known: Some(known),
        };
        let reply = self.put(&caller, &question).await;
        // It may be long ago that the factor was loaded, and others may have noted its connection since.
        if let Ok(Some(factor)) = self.store.load_factor(&factor.sid).await {
            self.note_connection(&factor, &reply).await;
        }
        reply
    }

    /// Asks a server with a device JWT made for this one request. A 401 with a `Date` corrects the clock and is
    /// tried once more (section 7.4).
    ///
    /// `path` begins behind the identity's; a GET carries the form as its query.
    pub(crate) async fn ask(
        &self,
        caller: &Caller<'_>,
        method: Method,
        path: &str,
        form: Option<&Form>,
    ) -> Result<Reply, ClientError> {
        let question = Question {
            method,
            path: caller.path(path),
            form,
            known: None,
        };
        self.put(caller, &question).await
    }

    async fn put(&self, caller: &Caller<'_>, question: &Question<'_>) -> Result<Reply, ClientError> {
        let first = self.put_once(caller, question).await?;
        if first.status != 401 {
            return question.accept(first);
        }
        let Some(date) = &first.date else {
            return accept(first);
        };
        if let Err(unbelievable) = self.times.correct(&caller.server.join("/"), date, self.now()) {
            return Err(ClientError::ClockSkewed { by: unbelievable.by });
        }
        let second = self.put_once(caller, question).await?;
        if second.status == 401 {
            return Err(ClientError::SignedOut(api_error(&second)));
        }
        question.accept(second)
    }

    async fn put_once(&self, caller: &Caller<'_>, question: &Question<'_>) -> Result<Reply, ClientError> {
        let server = caller.server.join("/");
        let now = self.times.for_token(&server, self.now());
        let input = device_jwt::signing_input(caller.credential_sid, caller.account_sid.as_str(), now);
        let signature = self.sign(caller.key_id, input.as_bytes()).await?;
        let auth = BasicAuth::device(jws::assemble(&input, &signature));
        let mut ask = Ask {
            method: question.method.clone(),
            url: caller.server.join(&question.path),
            form: None,
            known: question.known.map(str::to_owned),
        };
        let form = question.form.map(Form::encode);
        if question.method == Method::GET {
            ask.url.set_query(form.as_deref());
        } else {
            ask.form = form;
        }
        self.send(caller.server, ask, &auth).await
    }

    /// Sends a request and takes note of the server's clock.
    pub(crate) async fn send(
        &self,
        server: &ServerUrl,
        ask: Ask,
        auth: &BasicAuth,
    ) -> Result<Reply, ClientError> {
        let reply = self.http.send(ask, auth).await?;
        if let Some(date) = &reply.date {
            self.times.note(&server.join("/"), date, self.now());
        }
        Ok(reply)
    }

    pub(crate) async fn note_connection(&self, factor: &Factor, reply: &Result<Reply, ClientError>) {
        let now = self.now();
        let answered = || Connection::answered(self.times.skew(&factor.server.join("/")));
        let (connection, contact) = match reply {
            Ok(_) => (answered(), Some(now)),
            Err(ClientError::Offline(_)) => (factor.connection.lost(now), None),
            Err(ClientError::SignedOut(_)) => (Connection::SignedOut, Some(now)),
            Err(ClientError::ClockSkewed { by }) => (
                Connection::ClockSkewed {
                    by: by.unwrap_or_default(),
                },
                Some(now),
            ),
            Err(ClientError::Refused { error, .. }) => match error.status {
                401 => (Connection::SignedOut, Some(now)),
                502..=504 => (factor.connection.lost(now), None),
                _ => (answered(), Some(now)),
            },
            Err(_) => return,
        };
        let changed = connection.differs_notably(factor.connection);
        // Every answer is written down: whoever has just checked must not read of an older check. It costs little,
        // because servers are asked seldom.
        let newer = contact.is_some() && contact != factor.last_contact;
        if !changed && !newer {
            return;
        }
        if let Err(error) = self.store.save_connection(&factor.sid, connection, contact).await {
            tracing::warn!(%error, "the state of a connection could not be written");
        } else if changed {
            self.tell(Event::ConnectionChanged {
                factor_sid: factor.sid.clone(),
            });
        }
    }
}

/// What is asked in a factor's name. The path begins at the server's root.
struct Question<'a> {
    method: Method,
    path: String,
    form: Option<&'a Form>,
    known: Option<&'a str>,
}

impl Question<'_> {
    /// That there is nothing new is a good answer to whoever names what they know.
    fn accept(&self, reply: Reply) -> Result<Reply, ClientError> {
        match (reply.status, self.known) {
            (304, Some(_)) => Ok(reply),
            _ => accept(reply),
        }
    }
}

/// A status below 300 is success, whatever it is exactly (section 1.6).
pub(crate) fn accept(reply: Reply) -> Result<Reply, ClientError> {
    if reply.status < 300 {
        return Ok(reply);
    }
    Err(ClientError::Refused {
        error: api_error(&reply),
        retry_after: retry_after(&reply),
    })
}

/// `Retry-After`, in seconds or as a date by the server's own clock (RFC 9110, section 10.2.3).
fn retry_after(reply: &Reply) -> Option<Duration> {
    let text = reply.retry_after.as_deref()?.trim();
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let now = date::parse_http(reply.date.as_deref()?).ok()?;
    Duration::try_from(date::parse_http(text).ok()?.duration_since(now)).ok()
}

fn api_error(reply: &Reply) -> ApiError {
    ApiError::from_body(&reply.body, reply.status).unwrap_or_else(|| ApiError {
        code: 0,
        message: format!("The server answered with status {}", reply.status),
        more_info: String::new(),
        status: reply.status,
    })
}
