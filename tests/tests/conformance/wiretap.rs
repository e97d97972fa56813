//! Everything that is said between the libraries and the server, written down byte by byte.
//!
//! It passes bytes on and understands none of them before the run is over. So the libraries meet the server's own
//! headers and its own way of ending connections, and what is checked afterwards is what they were sent.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};
use url::Url;

/// A door before the server at which everything is overheard. It ends with this value.
pub(crate) struct Wiretap {
    url: Url,
    shared: Arc<Shared>,
    task: JoinHandle<()>,
}

#[derive(Default)]
struct Shared {
    server: OnceLock<SocketAddr>,
    connections: Mutex<Vec<Arc<Connection>>>,
}

/// The two directions of one connection.
#[derive(Default)]
struct Connection {
    requests: Mutex<Vec<u8>>,
    answers: Mutex<Vec<u8>>,
}

/// A request and its answer.
#[derive(Debug, Clone)]
pub(crate) struct Exchange {
    pub(crate) method: String,
    /// Without the query.
    pub(crate) path: String,
    pub(crate) answer: Answer,
}

/// What the server answered.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// Spelled as they came.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    /// The value of a header that is spelled just so.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let (_, value) = self.headers.iter().find(|(spelled, _)| spelled == name)?;
        Some(value)
    }

    /// The body, if it is JSON.
    pub(crate) fn json(&self) -> Option<Value> {
        serde_json::from_slice(&self.body).ok()
    }
}

impl Wiretap {
    /// A door on a free port, which leads nowhere yet: the server has to know it before it can be started.
    pub(crate) async fn open() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
            .await
            .expect("there is a free port");
        let address = listener.local_addr().expect("a listener has an address");
        let shared = Arc::new(Shared::default());
        Self {
            url: format!("http://{address}")
                .parse()
                .expect("an address makes a URL"),
            task: tokio::spawn(accept(listener, Arc::clone(&shared))),
            shared,
        }
    }

    pub(crate) fn url(&self) -> &Url {
        &self.url
    }

    /// Leads to this server.
    pub(crate) fn lead_to(&self, server: &Url) {
        let addresses = server
            .socket_addrs(|| None)
            .expect("the server has an address of this computer");
        self.shared
            .server
            .set(addresses[0])
            .expect("a wiretap leads to one server");
    }

    /// All that was asked and answered, connection by connection. To be read when nobody asks any more.
    pub(crate) fn exchanges(&self) -> Vec<Exchange> {
        let connections = lock(&self.shared.connections);
        connections
            .iter()
            .flat_map(|connection| read(&lock(&connection.requests), &lock(&connection.answers)))
            .collect()
    }
}

impl Drop for Wiretap {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    // The connections end with this task, and so with the wiretap.
    let mut connections = JoinSet::new();
    while let Ok((client, _)) = listener.accept().await {
        let shared = Arc::clone(&shared);
        connections.spawn(async move {
            let address = shared
                .server
                .get()
                .expect("somebody called before the server ran");
            let server = TcpStream::connect(address).await.expect("the server listens");
            let connection = Arc::new(Connection::default());
            lock(&shared.connections).push(Arc::clone(&connection));
            let (from_client, to_client) = client.into_split();
            let (from_server, to_server) = server.into_split();
            tokio::join!(
                pass(from_client, to_server, &connection.requests),
                pass(from_server, to_client, &connection.answers),
            );
        });
    }
}

/// Passes everything on, noting it first, until one side hangs up.
async fn pass(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, noted: &Mutex<Vec<u8>>) {
    let mut buffer = vec![0; 16 * 1024];
    while let Ok(length @ 1..) = from.read(&mut buffer).await {
        lock(noted).extend_from_slice(&buffer[..length]);
        if to.write_all(&buffer[..length]).await.is_err() {
            break;
        }
    }
    // Whoever hung up already need not be told.
    let _ = to.shutdown().await;
}

/// Reads one connection. A request whose answer did not arrive is left out.
fn read(mut requests: &[u8], mut answers: &[u8]) -> Vec<Exchange> {
    let mut exchanges = Vec::new();
    while !answers.is_empty() {
        let (method, path) = read_request(&mut requests);
        let answer = read_answer(&mut answers);
        exchanges.push(Exchange { method, path, answer });
    }
    exchanges
}

fn read_request(bytes: &mut &[u8]) -> (String, String) {
    let mut headers = [httparse::EMPTY_HEADER; 64];
    let mut request = httparse::Request::new(&mut headers);
    let head = request.parse(bytes).expect("clients speak HTTP");
    let target = request.path.unwrap_or_default();
    let path = target.split_once('?').map_or(target, |(path, _)| path);
    let asked = (request.method.unwrap_or_default().to_owned(), path.to_owned());
    let length = content_length(&spelled(request.headers));
    *bytes = &bytes[head.unwrap() + length..];
    asked
}

fn read_answer(bytes: &mut &[u8]) -> Answer {
    let mut headers = [httparse::EMPTY_HEADER; 64];
    let mut response = httparse::Response::new(&mut headers);
    let head = response.parse(bytes).expect("the server speaks HTTP").unwrap();
    let status = response.code.unwrap_or_default();
    let headers = spelled(response.headers);
    let end = head + content_length(&headers);
    let body = bytes[head..end].to_vec();
    *bytes = &bytes[end..];
    Answer {
        status,
        headers,
        body,
    }
}

fn spelled(headers: &[httparse::Header]) -> Vec<(String, String)> {
    headers
        .iter()
        .map(|header| {
            let value = String::from_utf8_lossy(header.value);
            (header.name.to_owned(), value.into_owned())
        })
        .collect()
}

/// Nobody here sends bodies in chunks, neither the server nor a library; if that changes, this has to learn it.
fn content_length(headers: &[(String, String)]) -> usize {
    let value = |wanted: &str| {
        let header = headers.iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted));
        header.map(|(_, value)| value)
    };
    assert_eq!(value("transfer-encoding"), None, "a body came in chunks");
    value("content-length").map_or(0, |length| length.parse().expect("lengths are numbers"))
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
