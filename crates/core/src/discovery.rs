//! What servers say of themselves (E4): each is asked once, and again daily. In memory only.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use countersign_protocol::{
    discovery::{Discovery, PATH},
    link::ServerUrl,
};
use jiff::{SignedDuration, Timestamp};
use tokio::sync::Mutex as AsyncMutex;

use crate::{client::http::Reply, device::Device};

/// How long the word of a server holds, and how long it goes without one after it could not give it.
const HOLDS: SignedDuration = SignedDuration::from_hours(24);
const HOLDS_UNSAID: SignedDuration = SignedDuration::from_mins(10);

/// What all servers have said of themselves, by base URL. Of two who want to know at once, one asks.
#[derive(Debug, Default)]
pub(crate) struct Discoveries(Mutex<HashMap<ServerUrl, Arc<AsyncMutex<Option<Said>>>>>);

/// What a server has said of itself.
#[derive(Debug, Clone, Copy)]
struct Said {
    waits: bool,
    at: Timestamp,
    holds: SignedDuration,
}

/// Whether a server holds requests until there is news (E3). One that says nothing of itself does not; nothing is
/// made of it, for everything works without.
pub(crate) async fn offers_wait(device: &Device, server: &ServerUrl) -> bool {
    let slot = device.discoveries.slot(server);
    let mut said = slot.lock().await;
    let now = device.now();
    if let Some(said) = said.filter(|said| now.duration_since(said.at).abs() < said.holds) {
        return said.waits;
    }
    let (waits, holds) = match device.http.fetch_discovery(&server.join(PATH)).await {
        Ok(reply) if reply.status == 429 || reply.status >= 500 => (false, HOLDS_UNSAID),
        Ok(reply) => (names_wait(&reply), HOLDS),
        Err(_) => (false, HOLDS_UNSAID),
    };
    *said = Some(Said {
        waits,
        at: now,
        holds,
    });
    waits
}

fn names_wait(reply: &Reply) -> bool {
    let document = serde_json::from_slice::<Discovery>(&reply.body);
    reply.status == 200
        && document.is_ok_and(|says| says.version == 1 && says.features.iter().any(|name| name == "wait"))
}

impl Discoveries {
    fn slot(&self, server: &ServerUrl) -> Arc<AsyncMutex<Option<Said>>> {
        let mut all = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        Arc::clone(all.entry(server.clone()).or_default())
    }
}
