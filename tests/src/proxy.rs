//! A proxy between a device and its server, for everything that may happen on the way.

use std::collections::BTreeMap;
use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::header::{CONNECTION, CONTENT_LENGTH, HOST, HeaderMap, TRANSFER_ENCODING};
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use url::Url;

use crate::world::within_limit;

/// What happens to a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The connection is cut before the server hears of the request.
    NeverArrives,
    /// The server does what it was asked, and the connection is cut before its answer.
    AnswerLost,
    /// The server does not hear of the request, and this status is answered in its place, with a page of HTML.
    Answers(u16),
}

/// A request that came by, and what it was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exchange {
    /// Its method.
    pub method: Method,
    /// Its path, with the query.
    pub path: String,
    /// Its body.
    pub body: String,
    /// The status of the answer; `None` if the connection was cut.
    pub status: Option<StatusCode>,
}

impl Exchange {
    /// Whether this is an answer to a challenge, or tried to be one.
    pub fn answers_challenge(&self) -> bool {
        self.method == Method::POST && self.path.contains("/Challenges/")
    }

    /// Whether this asks for one challenge.
    pub fn fetches_challenge(&self) -> bool {
        self.method == Method::GET && self.path.contains("/Challenges/YC")
    }
}

/// An answer on its way to the device.
pub struct Answer {
    /// Its status.
    pub status: StatusCode,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body.
    pub body: Vec<u8>,
}

type Which = Box<dyn Fn(&Exchange, &[Exchange]) -> bool + Send + Sync>;
type Change = Box<dyn Fn(&Exchange, &mut Answer) + Send + Sync>;

/// A proxy that passes everything on until it is told otherwise. It ends with this value.
pub struct Proxy {
    url: Url,
    state: Arc<State>,
    task: JoinHandle<()>,
}

struct State {
    upstream: Mutex<Url>,
    plan: Mutex<Plan>,
    online: watch::Sender<bool>,
    http: reqwest::Client,
}

#[derive(Default)]
struct Plan {
    requests: usize,
    faults: BTreeMap<usize, Fault>,
    seen: Vec<Exchange>,
    change: Option<Change>,
    held: Option<Arc<Held>>,
}

impl Proxy {
    /// A proxy on a free port before the server at this address.
    ///
    /// # Errors
    /// If this computer has no free port.
    pub async fn before(upstream: &Url) -> std::io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let url = format!("http://{}", listener.local_addr()?);
        let state = Arc::new(State {
            upstream: Mutex::new(upstream.clone()),
            plan: Mutex::default(),
            online: watch::Sender::new(true),
            http: crate::world::http_client(),
        });
        let task = tokio::spawn(accept(listener, Arc::clone(&state)));
        Ok(Self {
            url: url.parse().expect("an address makes a URL"),
            state,
            task,
        })
    }

    /// Where devices find it, always the same.
    pub fn url(&self) -> &Url {
        &self.url
    }

    /// Leads to another server from now on: the same one after it was started anew.
    pub fn lead_to(&self, upstream: &Url) {
        *lock(&self.state.upstream) = upstream.clone();
    }

    /// Cuts every connection, those that are open and those to come.
    pub fn go_offline(&self) {
        self.state.online.send_replace(false);
    }

    /// Lets connections through again.
    pub fn come_back(&self) {
        self.state.online.send_replace(true);
    }

    /// Plans what happens to the `n`-th request from now on; the next one is number 0.
    pub fn plan(&self, n: usize, fault: Fault) {
        let mut plan = lock(&self.state.plan);
        let request = plan.requests + n;
        plan.faults.insert(request, fault);
    }

    /// Lets this change every answer on its way, in place of what changed them before.
    pub fn change(&self, change: impl Fn(&Exchange, &mut Answer) + Send + Sync + 'static) {
        lock(&self.state.plan).change = Some(Box::new(change));
    }

    /// Changes the JSON of every answer that has some and to which `of` applies.
    pub fn change_json(
        &self,
        of: impl Fn(&Exchange) -> bool + Send + Sync + 'static,
        change: impl Fn(&mut serde_json::Value) + Send + Sync + 'static,
    ) {
        self.change(move |exchange, answer| {
            if let (true, Ok(mut json)) = (of(exchange), serde_json::from_slice(&answer.body)) {
                change(&mut json);
                answer.body = json.to_string().into_bytes();
            }
        });
    }

    /// Holds requests to which `which` applies at the door of the server, until the story lets them pass.
    /// `which` is told the request and what was seen before it.
    pub fn hold(&self, which: impl Fn(&Exchange, &[Exchange]) -> bool + Send + Sync + 'static) -> Arc<Held> {
        let held = Arc::new(Held {
            which: Box::new(which),
            waiting: watch::Sender::new(0),
            released: watch::Sender::new(false),
        });
        lock(&self.state.plan).held = Some(Arc::clone(&held));
        held
    }

    /// Forgets faults, changes and what was seen.
    pub fn calm_down(&self) {
        let requests = lock(&self.state.plan).requests;
        *lock(&self.state.plan) = Plan {
            requests,
            ..Plan::default()
        };
        self.come_back();
    }

    /// Every request since the last [`Proxy::forget`], in the order in which they were answered.
    pub fn seen(&self) -> Vec<Exchange> {
        lock(&self.state.plan).seen.clone()
    }

    /// Forgets what was seen.
    pub fn forget(&self) {
        lock(&self.state.plan).seen.clear();
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Requests that are held at the door.
pub struct Held {
    which: Which,
    waiting: watch::Sender<usize>,
    released: watch::Sender<bool>,
}

impl Held {
    /// Waits until so many requests stand at the door.
    pub async fn arrived(&self, count: usize) {
        let mut waiting = self.waiting.subscribe();
        within_limit(
            "requests that should arrive",
            waiting.wait_for(|waiting| *waiting >= count),
        )
        .await
        .expect("this value keeps the channel open");
    }

    /// Lets them pass, and all that come later.
    pub fn release(&self) {
        self.released.send_replace(true);
    }

    async fn pass(&self) {
        self.waiting.send_modify(|waiting| *waiting += 1);
        let mut released = self.released.subscribe();
        released
            .wait_for(|released| *released)
            .await
            .expect("this value keeps the channel open");
    }
}

/// The connection ends without an answer.
#[derive(Debug)]
struct Cut;

impl std::fmt::Display for Cut {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the connection was cut by the story")
    }
}

impl std::error::Error for Cut {}

async fn accept(listener: TcpListener, state: Arc<State>) {
    // The connections end with this task, and so with the proxy.
    let mut connections = tokio::task::JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        connections.spawn(serve(stream, Arc::clone(&state)));
    }
}

async fn serve(stream: TcpStream, state: Arc<State>) {
    let mut online = state.online.subscribe();
    let answer = service_fn(|request| {
        let state = Arc::clone(&state);
        // What has begun goes on, though the device may hang up: that is what networks do.
        let exchange = tokio::spawn(async move { exchange(&state, request).await });
        async move { exchange.await.unwrap_or(Err(Cut)) }
    });
    let connection = hyper::server::conn::http1::Builder::new()
        .title_case_headers(true)
        .serve_connection(TokioIo::new(stream), answer);
    tokio::select! {
        _ = online.wait_for(|online| !online) => {}
        _ = connection => {}
    }
}

async fn exchange(state: &State, request: Request<Incoming>) -> Result<Response<Full<Bytes>>, Cut> {
    let (parts, body) = request.into_parts();
    let body = body.collect().await.map_err(|_| Cut)?.to_bytes();
    let mut exchange = Exchange {
        method: parts.method.clone(),
        path: parts.uri.to_string(),
        body: String::from_utf8_lossy(&body).into_owned(),
        status: None,
    };
    let (fault, held) = {
        let mut plan = lock(&state.plan);
        let number = plan.requests;
        plan.requests += 1;
        let held = plan
            .held
            .clone()
            .filter(|held| (held.which)(&exchange, &plan.seen));
        (plan.faults.remove(&number), held)
    };
    if let Some(held) = held {
        held.pass().await;
    }
    let answer = match fault {
        Some(Fault::NeverArrives) => None,
        Some(Fault::AnswerLost) => forward(state, parts, body).await.and(None),
        Some(Fault::Answers(status)) => Some(Answer {
            status: StatusCode::from_u16(status).expect("stories name real statuses"),
            headers: HeaderMap::new(),
            body: b"<html>Something stood in the way.</html>".to_vec(),
        }),
        None => forward(state, parts, body).await,
    };
    let mut plan = lock(&state.plan);
    exchange.status = answer.as_ref().map(|answer| answer.status);
    plan.seen.push(exchange.clone());
    let mut answer = answer.ok_or(Cut)?;
    if let Some(change) = &plan.change {
        change(&exchange, &mut answer);
    }
    let mut response = Response::new(Full::new(Bytes::from(answer.body)));
    *response.status_mut() = answer.status;
    *response.headers_mut() = answer.headers;
    Ok(response)
}

/// Passes a request on. `None` if the server is not there.
async fn forward(state: &State, parts: hyper::http::request::Parts, body: Bytes) -> Option<Answer> {
    let url = lock(&state.upstream)
        .join(&parts.uri.to_string())
        .expect("a path joins a base URL");
    let mut headers = parts.headers;
    for name in [HOST, CONNECTION, CONTENT_LENGTH] {
        headers.remove(name);
    }
    let request = state.http.request(parts.method, url).headers(headers).body(body);
    let response = request.send().await.ok()?;
    let status = response.status();
    let mut headers = response.headers().clone();
    for name in [CONNECTION, CONTENT_LENGTH, TRANSFER_ENCODING] {
        headers.remove(name);
    }
    let body = response.bytes().await.ok()?.to_vec();
    Some(Answer {
        status,
        headers,
        body,
    })
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
