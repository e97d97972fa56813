//! A double of a Verify service: small, checked signatures included, and willing to misbehave as a test asks.

mod hold;
mod presence;
mod service;
mod wire;

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard},
};

use countersign_protocol::{
    challenge_response::SignatureFields,
    clock::{Clock, SteerableClock},
    date,
    keys::PublicKey,
    link::ServerUrl,
    matching,
    report::Report,
    sid::{ChallengeSid, FactorSid},
};
use serde_json::{Value, json};
use tokio::{
    net::TcpListener,
    sync::{broadcast, watch},
    task::AbortHandle,
};

pub(super) use hold::Waits;
pub(super) use presence::{Finds, PresenceDouble};

pub(super) const SERVICE: &str = "VAbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";
pub(super) const IDENTITY: &str = "user-0001";
pub(super) const TOKEN: &str = "an-access-token-that-nobody-may-log";
const ACCOUNT: &str = "ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

/// What came in.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    pub(super) method: String,
    /// Path and query.
    pub(super) target: String,
    pub(super) headers: BTreeMap<String, String>,
    pub(super) body: String,
}

impl Asked {
    /// `POST /Factors` and the like: the method, and the path behind the identity, SIDs left out.
    pub(super) fn kind(&self) -> String {
        let path = self.target.split('?').next().unwrap_or_default();
        let rest = path.split(IDENTITY).nth(1).unwrap_or(path);
        let kind = rest.split('/').nth(1).unwrap_or_default();
        let one = if rest.split('/').count() > 2 { "/one" } else { "" };
        format!("{} /{kind}{one}", self.method)
    }

    pub(super) fn is_post_of_challenge(&self) -> bool {
        self.kind() == "POST /Challenges/one"
    }
}

/// What goes out.
#[derive(Debug, Clone)]
pub(super) enum Said {
    /// An answer.
    Reply {
        status: u16,
        headers: Vec<(&'static str, String)>,
        body: String,
    },
    /// Nothing: the connection is cut, the request undone.
    Cut,
    /// Nothing, and the connection stays open.
    Silence,
    /// Nothing: the connection is cut, but the request was carried out.
    CutAfter,
    /// Nothing yet: the request is held.
    Held,
}

impl Said {
    pub(super) fn error(status: u16, code: u32) -> Self {
        let body = json!({"code": code, "message": "said by the double", "more_info": "", "status": status});
        Self::reply(status, body.to_string())
    }

    pub(super) fn reply(status: u16, body: impl Into<String>) -> Self {
        Self::Reply {
            status,
            headers: Vec::new(),
            body: body.into(),
        }
    }

    pub(super) fn with(self, name: &'static str, value: impl Into<String>) -> Self {
        match self {
            Self::Reply {
                status,
                mut headers,
                body,
            } => {
                headers.push((name, value.into()));
                Self::Reply {
                    status,
                    headers,
                    body,
                }
            }
            other => other,
        }
    }
}

/// A factor as the double keeps it.
#[derive(Debug, Clone)]
pub(super) struct DoubleFactor {
    pub(super) key: PublicKey,
    pub(super) credential_sid: String,
    pub(super) verified: bool,
}

type Whim = Box<dyn FnMut(&Asked) -> Option<Said> + Send>;

/// Everything the double knows.
pub(super) struct State {
    pub(super) clock: SteerableClock,
    pub(super) factors: BTreeMap<FactorSid, DoubleFactor>,
    pub(super) challenges: BTreeMap<ChallengeSid, Value>,
    pub(super) fields: String,
    pub(super) log: Vec<Asked>,
    /// Numbers that the double compares itself, by challenge, with how many wrong ones have come.
    pub(super) numbers: BTreeMap<ChallengeSid, (String, u32)>,
    /// Reports that were accepted; `None` if it takes none.
    pub(super) reports: Option<Vec<Report>>,
    /// Answers that were accepted.
    pub(super) answers: Vec<(ChallengeSid, String)>,
    pub(super) send_date: bool,
    /// Whether requests are held until there is news.
    pub(super) waits: Waits,
    /// How many requests are held now, and what releases them.
    held: watch::Sender<usize>,
    releases: broadcast::Sender<hold::Release>,
    whim: Option<Whim>,
    made: u8,
}

/// A double that listens. Ends when it is dropped.
pub(super) struct Double {
    pub(super) url: ServerUrl,
    state: Arc<Mutex<State>>,
    listening: AbortHandle,
}

impl Double {
    pub(super) async fn start(clock: SteerableClock) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = ServerUrl::parse(&format!("http://{}", listener.local_addr().unwrap())).unwrap();
        let state = Arc::new(Mutex::new(State {
            clock,
            factors: BTreeMap::new(),
            challenges: BTreeMap::new(),
            fields: SignatureFields::of_our_server().to_string(),
            log: Vec::new(),
            numbers: BTreeMap::new(),
            reports: None,
            answers: Vec::new(),
            send_date: true,
            waits: Waits::Unknown,
            held: watch::Sender::new(0),
            releases: broadcast::channel(16).0,
            whim: None,
            made: 0,
        }));
        let shared = Arc::clone(&state);
        let listening = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(wire::serve(stream, Arc::clone(&shared)));
            }
        });
        Self {
            url,
            state,
            listening: listening.abort_handle(),
        }
    }

    /// A link that enrols here.
    pub(super) fn link(&self) -> String {
        json!({"token": TOKEN, "serviceSid": SERVICE, "identity": IDENTITY, "factorType": "push",
               "server": self.url.as_str(), "issuer": "Acme", "account": "ada@acme.example"})
        .to_string()
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }

    /// Has the double misbehave where `whim` says something else than it would.
    pub(super) fn on_a_whim(&self, whim: impl FnMut(&Asked) -> Option<Said> + Send + 'static) {
        self.state().whim = Some(Box::new(whim));
    }

    /// The first request of this kind is met with `said`, all others as usual.
    pub(super) fn once(&self, kind: &'static str, said: Said) {
        let mut said = Some(said);
        self.on_a_whim(move |asked| if asked.kind() == kind { said.take() } else { None });
    }

    pub(super) fn behave(&self) {
        self.state().whim = None;
    }

    /// Asks a factor. Returns the challenge's SID.
    pub(super) fn challenge(&self, factor: &FactorSid, message: &str) -> ChallengeSid {
        self.challenge_with(factor, message, json!({"action_id": null}))
    }

    pub(super) fn challenge_with(&self, factor: &FactorSid, message: &str, hidden: Value) -> ChallengeSid {
        let mut state = self.state();
        let sid = ChallengeSid::from_random(state.next());
        let now = state.clock.now();
        let expires = now + jiff::SignedDuration::from_mins(5);
        let hidden = if hidden["action_id"].is_null() {
            Value::Null
        } else {
            hidden
        };
        let challenge = json!({
            "sid": sid, "account_sid": ACCOUNT, "service_sid": SERVICE,
            "entity_sid": "YEdddddddddddddddddddddddddddddddd", "identity": IDENTITY, "factor_sid": factor,
            "date_created": date::format(now), "date_updated": date::format(now), "date_responded": null,
            "expiration_date": date::format(expires), "status": "pending", "responded_reason": "none",
            "details": {"message": message, "fields": [{"label": "Where", "value": "Zürich / \"CH\""}]},
            "hidden_details": hidden, "metadata": null, "factor_type": "push",
        });
        state.challenges.insert(sid.clone(), challenge);
        state.look_again();
        sid
    }

    /// Asks a factor for a number, which it is told as a service does that does not know the key.
    pub(super) fn matched(&self, factor: &FactorSid, number: &str) -> ChallengeSid {
        let hidden = json!({"action_id": "a-1", matching::KEY: number});
        self.challenge_with(factor, "Are you signing in to Acme?", hidden)
    }

    /// Asks a factor for a number, and compares it itself.
    pub(super) fn matched_here(&self, factor: &FactorSid, number: &str) -> ChallengeSid {
        let sid = self.matched(factor, matching::SERVED);
        let number = (number.to_owned(), 0);
        self.state().numbers.insert(sid.clone(), number);
        sid
    }

    /// Changes a challenge behind everybody's back.
    pub(super) fn change(&self, sid: &ChallengeSid, member: &str, value: Value) {
        let mut state = self.state();
        state.challenges.get_mut(sid).unwrap()[member] = value;
        state.look_again();
    }

    pub(super) fn status(&self, sid: &ChallengeSid) -> String {
        self.state().challenges[sid]["status"]
            .as_str()
            .unwrap()
            .to_owned()
    }

    /// How many requests of this kind have come.
    pub(super) fn count(&self, kind: &str) -> usize {
        self.state()
            .log
            .iter()
            .filter(|asked| asked.kind() == kind)
            .count()
    }

    /// The kinds of all requests since the last call, in order.
    pub(super) fn take_log(&self) -> Vec<String> {
        std::mem::take(&mut self.state().log)
            .iter()
            .map(Asked::kind)
            .collect()
    }
}

impl Drop for Double {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

impl State {
    fn next(&mut self) -> [u8; 16] {
        self.made += 1;
        [self.made; 16]
    }

    fn answer(&mut self, asked: &Asked) -> Said {
        let whim = self.whim.as_mut().and_then(|whim| whim(asked));
        match whim {
            Some(Said::CutAfter) => {
                self.usual(asked);
                Said::CutAfter
            }
            Some(said) => said,
            None => self.usual(asked),
        }
    }
}
