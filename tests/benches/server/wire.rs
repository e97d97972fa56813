//! HTTP as a client that wants to be fast speaks it: one connection, kept.

use std::net::{Ipv4Addr, SocketAddr};

use anyhow::{Context, Result, ensure};
use axum::{Router, routing::get};
use http_body_util::{BodyExt, Full};
use hyper::{
    HeaderMap, Method, Request,
    body::Bytes,
    client::conn::http1::{self, SendRequest},
    header,
};
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};

/// A connection.
pub(crate) struct Connection {
    sender: SendRequest<Full<Bytes>>,
    address: SocketAddr,
}

/// An answer.
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Connection {
    pub(crate) async fn open(address: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let (sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
        // How it ends is seen by whoever asks over it.
        tokio::spawn(connection);
        Ok(Self { sender, address })
    }

    /// As many as that.
    pub(crate) async fn open_all(address: SocketAddr, count: usize) -> Result<Vec<Self>> {
        let mut all = Vec::with_capacity(count);
        for _ in 0..count {
            all.push(Self::open(address).await?);
        }
        Ok(all)
    }

    /// Asks, with these headers beside those that every request has.
    pub(crate) async fn ask(
        &mut self,
        method: Method,
        path: &str,
        headers: &[(&'static str, &str)],
        body: String,
    ) -> Result<Reply> {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, self.address.to_string());
        if !body.is_empty() {
            request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Full::new(Bytes::from(body)))?;
        self.sender.ready().await?;
        let (head, body) = self.sender.send_request(request).await?.into_parts();
        Ok(Reply {
            status: head.status.as_u16(),
            headers: head.headers,
            body: body.collect().await?.to_bytes(),
        })
    }

    pub(crate) async fn get(&mut self, path: &str, authorization: &str) -> Result<Reply> {
        let headers = [("authorization", authorization)];
        self.ask(Method::GET, path, &headers, String::new()).await
    }

    pub(crate) async fn post(&mut self, path: &str, authorization: &str, body: String) -> Result<Reply> {
        let headers = [("authorization", authorization)];
        self.ask(Method::POST, path, &headers, body).await
    }
}

impl Reply {
    /// Insists on the status: what fails quickly would look fast.
    pub(crate) fn expect(self, status: u16) -> Result<Self> {
        let said = || String::from_utf8_lossy(&self.body).into_owned();
        ensure!(
            self.status == status,
            "{} instead of {status}: {}",
            self.status,
            said()
        );
        Ok(self)
    }

    /// One text of the answer.
    pub(crate) fn text(&self, pointer: &str) -> Result<String> {
        let value: serde_json::Value = serde_json::from_slice(&self.body)?;
        let text = value.pointer(pointer).and_then(serde_json::Value::as_str);
        Ok(text.with_context(|| format!("there is no {pointer}"))?.to_owned())
    }

    /// The tag by which the answer can be named.
    pub(crate) fn tag(&self) -> Result<String> {
        let tag = self.headers.get(header::ETAG).context("there is no tag")?;
        Ok(tag.to_str()?.to_owned())
    }
}

/// The least that a server of this kind can do: it says the same to everybody, an answer as long as an empty list.
pub(crate) async fn serve_bare() -> Result<()> {
    let body = "-".repeat(400);
    let routes = Router::new().route("/", get(move || std::future::ready(body.clone())));
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let address = listener.local_addr()?;
    let line = format!("listening on http://{address}\n");
    std::io::Write::write_all(&mut std::io::stdout(), line.as_bytes())?;
    let listener = axum::serve::ListenerExt::tap_io(listener, |stream| {
        // Without it an answer waits for others, which the server under test avoids too.
        let _ = stream.set_nodelay(true);
    });
    axum::serve(listener, routes).await?;
    Ok(())
}
