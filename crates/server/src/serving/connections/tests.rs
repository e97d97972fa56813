//! What connections may take, and how they end.

use std::net::SocketAddr;

use axum::routing::get;
use rustls::{ClientConfig, RootCertStore, pki_types::ServerName};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    sync::Notify,
    task::JoinHandle,
};
use tokio_rustls::TlsConnector;

use super::*;
use crate::{client_address::ClientAddress, serving::Certificate};

const SHORT: Duration = Duration::from_millis(200);
const SOON: Duration = Duration::from_secs(10);
const LONG: Duration = Duration::from_secs(60);
const REQUEST: &[u8] = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n";

/// A server of one page.
struct Server {
    address: SocketAddr,
    stop: CancellationToken,
    serving: JoinHandle<()>,
    /// How its clients speak TLS.
    tls: Option<TlsConnector>,
}

impl Server {
    async fn start(router: Router, limits: Limits) -> Self {
        Self::start_with(TrustedProxies::default(), None, router, limits).await
    }

    async fn start_with_tls(router: Router, limits: Limits) -> Self {
        let tls = Some(make_certificate());
        Self::start_with(TrustedProxies::default(), tls, router, limits).await
    }

    async fn start_with(
        proxies: TrustedProxies,
        tls: Option<(TlsAcceptor, TlsConnector)>,
        router: Router,
        limits: Limits,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let stop = CancellationToken::new();
        let (acceptor, tls) = tls.unzip();
        let reception = Reception {
            name: "test",
            router,
            limits,
            proxies: Arc::new(proxies),
            tls: acceptor,
            stop: stop.clone(),
        };
        let serving = tokio::spawn(serve(listener, reception));
        Self {
            address,
            stop,
            serving,
            tls,
        }
    }

    /// As [`Server::send`], with TLS if the server speaks it.
    async fn ask(&self, bytes: &[u8]) -> Box<dyn AsyncRead + Unpin + Send> {
        let Some(tls) = &self.tls else {
            return Box::new(self.send(bytes).await);
        };
        let name = ServerName::try_from("localhost").unwrap();
        let mut stream = tls.connect(name, self.send(b"").await).await.unwrap();
        stream.write_all(bytes).await.unwrap();
        stream.flush().await.unwrap();
        Box::new(stream)
    }

    async fn send(&self, bytes: &[u8]) -> TcpStream {
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        stream.write_all(bytes).await.unwrap();
        stream
    }
}

/// A certificate of its own: how a server speaks with it, and clients that trust it.
fn make_certificate() -> (TlsAcceptor, TlsConnector) {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let (chain, key) = (folder.path().join("chain.pem"), folder.path().join("key.pem"));
    std::fs::write(&chain, made.cert.pem()).unwrap();
    std::fs::write(&key, made.signing_key.serialize_pem()).unwrap();
    let acceptor = Arc::new(Certificate::load(chain, key).unwrap())
        .acceptor()
        .unwrap();
    let mut roots = RootCertStore::empty();
    roots.add(made.cert.der().clone()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let client = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    (acceptor, Arc::new(client).into())
}

fn limits() -> Limits {
    Limits {
        connections: 10,
        head_time: LONG,
        handshake_time: LONG,
        write_time: LONG,
        last_answers_time: LONG,
    }
}

fn page() -> Router {
    Router::new().route("/", get(async || "answered"))
}

async fn status(stream: &mut (impl AsyncRead + Unpin)) -> String {
    let mut line = [0; 12];
    stream.read_exact(&mut line).await.unwrap();
    String::from_utf8(line.to_vec()).unwrap()
}

#[tokio::test]
async fn one_connection_too_many_waits_until_another_ends() {
    let connections = 1;
    let server = Server::start(
        page(),
        Limits {
            connections,
            ..limits()
        },
    )
    .await;
    let mut first = server.send(REQUEST).await;
    assert_eq!(status(&mut first).await, "HTTP/1.1 200");
    let mut second = server.send(REQUEST).await;
    assert!(timeout(SHORT, status(&mut second)).await.is_err());
    drop(first);
    assert_eq!(status(&mut second).await, "HTTP/1.1 200");
}

#[tokio::test]
async fn every_request_knows_who_asks() {
    let echo = async |address: ClientAddress| address.0.to_string();
    for (networks, expected) in [(vec![], "127.0.0.1"), (vec!["127.0.0.0/8"], "198.51.100.1")] {
        let networks = networks.iter().map(|network| network.parse().unwrap()).collect();
        let proxies = TrustedProxies {
            networks,
            ..TrustedProxies::default()
        };
        let router = Router::new().route("/", get(echo));
        let server = Server::start_with(proxies, None, router, limits()).await;
        let request = "GET / HTTP/1.1\r\nX-Forwarded-For: 198.51.100.1\r\nConnection: close\r\n\r\n";
        let mut answer = String::new();
        let mut stream = server.send(request.as_bytes()).await;
        stream.read_to_string(&mut answer).await.unwrap();
        assert!(answer.ends_with(expected), "{answer}");
    }
}

#[tokio::test]
async fn half_a_head_is_not_waited_for_without_end() {
    let head_time = SHORT;
    let server = Server::start(
        page(),
        Limits {
            head_time,
            ..limits()
        },
    )
    .await;
    let mut slow = server.send(b"GET / HTTP/1.1\r\nHost:").await;
    timeout(SOON, slow.read_to_end(&mut Vec::new()))
        .await
        .unwrap()
        .unwrap();
}

#[tokio::test]
async fn who_takes_nothing_of_an_answer_gives_the_connection_back() {
    let endless = Router::new().route("/", get(async || vec![0; 64 * 1024 * 1024]));
    let limits = Limits {
        connections: 1,
        write_time: SHORT,
        ..limits()
    };
    let server = Server::start(endless, limits).await;
    let _silent = server.send(REQUEST).await;
    let mut next = server.send(REQUEST).await;
    assert_eq!(timeout(SOON, status(&mut next)).await.unwrap(), "HTTP/1.1 200");
}

#[tokio::test]
async fn who_does_not_agree_on_tls_gives_the_connection_back() {
    let limits = Limits {
        connections: 1,
        handshake_time: SHORT,
        ..limits()
    };
    let server = Server::start_with_tls(page(), limits).await;
    let _silent = server.send(b"\x16\x03\x01").await;
    let _plain = server.send(REQUEST).await;
    let mut next = timeout(SOON, server.ask(REQUEST)).await.unwrap();
    assert_eq!(status(&mut next).await, "HTTP/1.1 200");
}

#[tokio::test]
async fn who_takes_nothing_of_a_secret_answer_gives_the_connection_back() {
    let endless = Router::new().route("/", get(async || vec![0; 64 * 1024 * 1024]));
    let limits = Limits {
        connections: 1,
        write_time: SHORT,
        ..limits()
    };
    let server = Server::start_with_tls(endless, limits).await;
    let _silent = server.ask(REQUEST).await;
    let mut next = timeout(SOON, server.ask(REQUEST)).await.unwrap();
    assert_eq!(timeout(SOON, status(&mut next)).await.unwrap(), "HTTP/1.1 200");
}

#[tokio::test]
async fn the_end_waits_for_answers_and_not_for_half_a_request() {
    for tls in [None, Some(make_certificate())] {
        let (asked, go) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
        let router = Router::new().route(
            "/",
            get({
                let (asked, go) = (asked.clone(), go.clone());
                async move || {
                    asked.notify_one();
                    go.notified().await;
                    "answered"
                }
            }),
        );
        let server = Server::start_with(TrustedProxies::default(), tls, router, limits()).await;
        let mut nothing = server.send(b"").await;
        let mut half = server.ask(b"GET / HTTP/1.1\r\nHost:").await;
        let mut whole = server.ask(REQUEST).await;
        asked.notified().await;
        server.stop.cancel();
        // It may have been read half, or not at all, in which case the system resets the connection.
        let _ = timeout(SOON, half.read_to_end(&mut Vec::new())).await.unwrap();
        let _ = timeout(SOON, nothing.read_to_end(&mut Vec::new())).await.unwrap();
        assert!(!server.serving.is_finished());
        go.notify_one();
        let mut answer = String::new();
        whole.read_to_string(&mut answer).await.unwrap();
        assert!(
            answer.starts_with("HTTP/1.1 200") && answer.ends_with("answered"),
            "{answer}"
        );
        timeout(SOON, server.serving).await.unwrap().unwrap();
    }
}
