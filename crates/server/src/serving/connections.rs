//! Connections: how many there may be, how long each may take, and how they end.

use std::{
    convert::Infallible,
    io,
    net::SocketAddr,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    task::{Context, Poll, ready},
    time::Duration,
};

use axum::{Router, extract::Request};
use http_body_util::BodyExt as _;
use hyper::{
    body::Incoming,
    service::{Service as _, service_fn},
};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
    service::TowerToHyperService,
};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore},
    time::{Instant, Sleep},
};
use tokio_util::sync::CancellationToken;

use crate::client_address::TrustedProxies;

/// Most bytes of a request's head, and of what is read ahead.
const MOST_READ_AHEAD: usize = 64 * 1024;

/// What connections may take.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// How many there may be at once. More wait until one of them ends.
    pub(super) connections: u32,
    /// How long one may take to send a request head, idle time before it included.
    pub(super) head_time: Duration,
    /// How long one may take none of an answer.
    pub(super) write_time: Duration,
    /// How long requests that are under way at the end may take to be answered.
    pub(super) last_answers_time: Duration,
}

impl Limits {
    pub(super) fn of(connections: u32) -> Self {
        Self {
            connections,
            head_time: Duration::from_secs(30),
            write_time: Duration::from_secs(30),
            last_answers_time: Duration::from_secs(10),
        }
    }
}

/// How every connection is met.
#[derive(Clone)]
pub(super) struct Reception {
    /// What answers its requests.
    pub(super) router: Router,
    /// What it may take.
    pub(super) limits: Limits,
    /// Who may speak for others.
    pub(super) proxies: Arc<TrustedProxies>,
    /// Cancelled when the server is about to end.
    pub(super) stop: CancellationToken,
}

/// Serves until it is to stop, and then until the requests under way are answered.
pub(super) async fn serve(listener: TcpListener, reception: Reception) {
    let Reception { limits, stop, .. } = reception.clone();
    let seats = Arc::new(Semaphore::new(limits.connections as usize));
    let connections = GracefulShutdown::new();
    loop {
        let accepted = tokio::select! {
            accepted = accept(&listener, &seats) => accepted,
            () = stop.cancelled() => break,
        };
        match accepted {
            Ok((stream, peer, seat)) => {
                serve_connection(stream, peer, seat, reception.clone(), &connections);
            }
            Err(error) => {
                // Too many open files, most likely: others have to end first.
                tracing::warn!(%error, "a connection was not accepted");
                let _ = tokio::time::timeout(Duration::from_millis(50), stop.cancelled()).await;
            }
        }
    }
    drop(listener);
    if tokio::time::timeout(limits.last_answers_time, connections.shutdown())
        .await
        .is_err()
    {
        tracing::warn!("some connections were cut, because their requests took too long");
    }
}

/// The next connection, once there is a seat for it. Until then it waits with the operating system.
async fn accept(
    listener: &TcpListener,
    seats: &Arc<Semaphore>,
) -> io::Result<(TcpStream, SocketAddr, OwnedSemaphorePermit)> {
    let seat = Arc::clone(seats)
        .acquire_owned()
        .await
        .map_err(io::Error::other)?;
    let (stream, peer) = listener.accept().await?;
    Ok((stream, peer, seat))
}

fn serve_connection(
    stream: TcpStream,
    peer: SocketAddr,
    seat: OwnedSemaphorePermit,
    reception: Reception,
    connections: &GracefulShutdown,
) {
    let Reception {
        router,
        limits,
        proxies,
        stop,
    } = reception;
    // Answers are small and written at once; waiting to fill a packet would only delay them.
    let _ = stream.set_nodelay(true);
    let under_way = UnderWay::default();
    let line = Line {
        stream,
        under_way: under_way.clone(),
        stop,
        write_time: limits.write_time,
        patience: None,
    };
    let router = TowerToHyperService::new(router);
    let service = service_fn(move |mut request: Request<Incoming>| {
        let client = proxies.client(peer, request.headers());
        request.extensions_mut().insert(client);
        let (answer, mark) = (router.call(request), under_way.mark());
        async move {
            let answer = answer.await?;
            // The mark goes with the last byte of the answer.
            Ok::<_, Infallible>(answer.map(|body| {
                body.map_err(move |error| {
                    let _ = &mark;
                    error
                })
            }))
        }
    });
    let connection = hyper::server::conn::http1::Builder::new()
        // Some device libraries look headers up by their exact letters (section 1.6).
        .title_case_headers(true)
        .timer(TokioTimer::new())
        .header_read_timeout(limits.head_time)
        .max_buf_size(MOST_READ_AHEAD)
        .serve_connection(TokioIo::new(line), service);
    let connection = connections.watch(connection);
    tokio::spawn(async move {
        if let Err(error) = connection.await {
            tracing::debug!(%error, "a connection broke");
        }
        drop(seat);
    });
}

/// How many requests of a connection have begun and are not answered.
#[derive(Clone, Default)]
struct UnderWay(Arc<AtomicUsize>);

/// A request that has begun and is not answered.
struct Mark(UnderWay);

impl UnderWay {
    fn mark(&self) -> Mark {
        self.0.fetch_add(1, Ordering::Relaxed);
        Mark(self.clone())
    }

    fn is_none(&self) -> bool {
        self.0.load(Ordering::Relaxed) == 0
    }
}

impl Drop for Mark {
    fn drop(&mut self) {
        self.0.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// A connection's stream. It ends when the server does, unless a request is under way: half a head is not worth
/// waiting for. And it breaks when the other side stops to take what is written.
struct Line {
    stream: TcpStream,
    under_way: UnderWay,
    stop: CancellationToken,
    write_time: Duration,
    patience: Option<Pin<Box<Sleep>>>,
}

impl Line {
    /// Passes on how a step of writing went; an error instead if there was no progress for too long.
    fn impatiently<T>(&mut self, step: Poll<io::Result<T>>, cx: &mut Context<'_>) -> Poll<io::Result<T>> {
        if step.is_ready() {
            self.patience = None;
            return step;
        }
        let ends = Instant::now() + self.write_time;
        let patience = self
            .patience
            .get_or_insert_with(|| Box::pin(tokio::time::sleep_until(ends)));
        ready!(patience.as_mut().poll(cx));
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }
}

impl AsyncRead for Line {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.stop.is_cancelled() && self.under_way.is_none() {
            return Poll::Ready(Ok(()));
        }
        Pin::new(&mut self.stream).poll_read(cx, buffer)
    }
}

impl AsyncWrite for Line {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let step = Pin::new(&mut self.stream).poll_write(cx, bytes);
        self.impatiently(step, cx)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let step = Pin::new(&mut self.stream).poll_write_vectored(cx, slices);
        self.impatiently(step, cx)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use std::net::SocketAddr;

    use axum::routing::get;
    use tokio::{
        io::{AsyncReadExt as _, AsyncWriteExt as _},
        sync::Notify,
        task::JoinHandle,
        time::timeout,
    };

    use super::*;
    use crate::client_address::ClientAddress;

    const SHORT: Duration = Duration::from_millis(200);
    const SOON: Duration = Duration::from_secs(10);
    const LONG: Duration = Duration::from_secs(60);
    const REQUEST: &[u8] = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n";

    /// A server of one page.
    struct Server {
        address: SocketAddr,
        stop: CancellationToken,
        serving: JoinHandle<()>,
    }

    impl Server {
        async fn start(router: Router, limits: Limits) -> Self {
            Self::start_behind(TrustedProxies::default(), router, limits).await
        }

        async fn start_behind(proxies: TrustedProxies, router: Router, limits: Limits) -> Self {
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            let address = listener.local_addr().unwrap();
            let stop = CancellationToken::new();
            let reception = Reception {
                router,
                limits,
                proxies: Arc::new(proxies),
                stop: stop.clone(),
            };
            let serving = tokio::spawn(serve(listener, reception));
            Self {
                address,
                stop,
                serving,
            }
        }

        async fn send(&self, bytes: &[u8]) -> TcpStream {
            let mut stream = TcpStream::connect(self.address).await.unwrap();
            stream.write_all(bytes).await.unwrap();
            stream
        }
    }

    fn limits() -> Limits {
        Limits {
            connections: 10,
            head_time: LONG,
            write_time: LONG,
            last_answers_time: LONG,
        }
    }

    fn page() -> Router {
        Router::new().route("/", get(async || "answered"))
    }

    async fn status(stream: &mut TcpStream) -> String {
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
            let server = Server::start_behind(proxies, router, limits()).await;
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
    async fn the_end_waits_for_answers_and_not_for_half_a_request() {
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
        let server = Server::start(router, limits()).await;
        let mut half = server.send(b"GET / HTTP/1.1\r\nHost:").await;
        let mut whole = server.send(REQUEST).await;
        asked.notified().await;
        server.stop.cancel();
        // It may have been read half, or not at all, in which case the system resets the connection.
        let _ = timeout(SOON, half.read_to_end(&mut Vec::new())).await.unwrap();
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
