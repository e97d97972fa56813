//! A receiver of webhooks on a real socket.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicU16, AtomicUsize, Ordering},
};

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode, Uri, header},
    response::{IntoResponse, Response},
    serve::ListenerExt as _,
};
use countersign_protocol::{form::Form, webhook_signature};
use tokio::{net::TcpListener, sync::Semaphore};

use super::AUTH_TOKEN;

/// A receiver of webhooks, and what it has heard.
#[derive(Clone)]
pub(crate) struct Receiver(pub(crate) Arc<Inner>);

pub(crate) struct Inner {
    pub(crate) address: std::net::SocketAddr,
    pub(crate) heard: Mutex<Vec<Heard>>,
    /// What it answers.
    says: AtomicU16,
    /// Has no permit while it does not answer.
    pub(crate) gate: Semaphore,
    pub(crate) inside: AtomicUsize,
    pub(crate) connections: AtomicUsize,
}

#[derive(Debug, Clone)]
pub(crate) struct Heard {
    pub(crate) path: String,
    pub(crate) headers: HeaderMap,
    pub(crate) form: Form,
}

impl Heard {
    pub(crate) fn says(&self, name: &'static str) -> &str {
        self.form.one(name).unwrap().unwrap()
    }

    pub(crate) fn is_signed_for(&self, url: &str) -> bool {
        let signature = self.headers[webhook_signature::HEADER].to_str().unwrap();
        webhook_signature::verify_form(AUTH_TOKEN, url, &self.form, signature)
    }
}

impl Receiver {
    pub(crate) async fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let receiver = Self(Arc::new(Inner {
            address: listener.local_addr().unwrap(),
            heard: Mutex::default(),
            says: AtomicU16::new(200),
            gate: Semaphore::new(1),
            inside: AtomicUsize::new(0),
            connections: AtomicUsize::new(0),
        }));
        let router = Router::new().fallback(hear).with_state(receiver.clone());
        let counted = receiver.clone();
        let listener = listener.tap_io(move |_| {
            counted.0.connections.fetch_add(1, Ordering::SeqCst);
        });
        tokio::spawn(async move { axum::serve(listener, router).await });
        receiver
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.0.address)
    }

    pub(crate) fn say(&self, status: u16) {
        self.0.says.store(status, Ordering::SeqCst);
    }

    /// What it has heard since it was last asked.
    pub(crate) fn heard(&self) -> Vec<Heard> {
        std::mem::take(&mut self.0.heard.lock().unwrap())
    }

    pub(crate) fn events(&self) -> Vec<String> {
        self.heard()
            .iter()
            .map(|heard| heard.says("type").to_owned())
            .collect()
    }
}

async fn hear(
    State(Receiver(inner)): State<Receiver>,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    inner.heard.lock().unwrap().push(Heard {
        path: uri.to_string(),
        headers,
        form: Form::parse(&body).unwrap(),
    });
    inner.inside.fetch_add(1, Ordering::SeqCst);
    let permit = inner.gate.acquire().await.unwrap();
    drop(permit);
    inner.inside.fetch_sub(1, Ordering::SeqCst);
    let status = StatusCode::from_u16(inner.says.load(Ordering::SeqCst)).unwrap();
    // More than is read of an answer, and a way elsewhere that is not to be taken.
    (
        status,
        [(header::LOCATION, "/elsewhere")],
        vec![b'x'; 1024 * 1024],
    )
        .into_response()
}
