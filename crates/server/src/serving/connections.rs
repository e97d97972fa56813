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
    server::graceful::{GracefulShutdown, Watcher},
    service::TowerToHyperService,
};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore},
    time::{Instant, Sleep, timeout},
};
use tokio_rustls::TlsAcceptor;
use tokio_util::sync::CancellationToken;

use crate::{client_address::TrustedProxies, observation::OpenConnection};

/// Most bytes of a request's head, and of what is read ahead.
const MOST_READ_AHEAD: usize = 64 * 1024;

/// What connections may take.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// How many there may be at once. More wait until one of them ends.
    pub(super) connections: u32,
    /// How long one may take to send a request head, idle time before it included.
    pub(super) head_time: Duration,
    /// How long one may take to agree on TLS.
    pub(super) handshake_time: Duration,
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
            handshake_time: Duration::from_secs(10),
            write_time: Duration::from_secs(30),
            last_answers_time: Duration::from_secs(10),
        }
    }
}

/// How every connection is met.
#[derive(Clone)]
pub(super) struct Reception {
    /// What it is for, in one word.
    pub(super) name: &'static str,
    /// What answers its requests.
    pub(super) router: Router,
    /// What it may take.
    pub(super) limits: Limits,
    /// Who may speak for others.
    pub(super) proxies: Arc<TrustedProxies>,
    /// What it has to be met with first, if it is to be secret.
    pub(super) tls: Option<TlsAcceptor>,
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
                let _ = timeout(Duration::from_millis(50), stop.cancelled()).await;
            }
        }
    }
    drop(listener);
    if timeout(limits.last_answers_time, connections.shutdown())
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
    // Answers are small and written at once; waiting to fill a packet would only delay them.
    let _ = stream.set_nodelay(true);
    let under_way = UnderWay::default();
    let line = Line {
        stream,
        under_way: under_way.clone(),
        stop: reception.stop.clone(),
        write_time: reception.limits.write_time,
        patience: None,
    };
    let watcher = connections.watcher();
    tokio::spawn(async move {
        let _held = (seat, OpenConnection::new(reception.name));
        let Some(tls) = &reception.tls else {
            return answer_requests(line, peer, reception, under_way, watcher).await;
        };
        let agreed = tokio::select! {
            agreed = timeout(reception.limits.handshake_time, tls.accept(line)) => agreed,
            () = reception.stop.cancelled() => return,
        };
        match agreed {
            Ok(Ok(line)) => answer_requests(line, peer, reception, under_way, watcher).await,
            Ok(Err(error)) => tracing::debug!(%error, "a connection did not agree on TLS"),
            Err(_) => tracing::debug!("a connection took too long to agree on TLS"),
        }
    });
}

/// Answers what comes over a connection, until one side ends it.
async fn answer_requests(
    line: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    peer: SocketAddr,
    reception: Reception,
    under_way: UnderWay,
    watcher: Watcher,
) {
    let router = TowerToHyperService::new(reception.router);
    let service = service_fn(move |mut request: Request<Incoming>| {
        let client = reception.proxies.client(peer, request.headers());
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
        .header_read_timeout(reception.limits.head_time)
        .max_buf_size(MOST_READ_AHEAD)
        .serve_connection(TokioIo::new(line), service);
    if let Err(error) = watcher.watch(connection).await {
        tracing::debug!(%error, "a connection broke");
    }
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
mod tests;
