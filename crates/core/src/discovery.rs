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
#[derive(Debug, Clone)]
struct Said {
    /// `None` if it could not say: then it goes without what it may offer, for a while.
    document: Option<Discovery>,
    at: Timestamp,
}

impl Said {
    fn holds(&self) -> SignedDuration {
        if self.document.is_some() {
            HOLDS
        } else {
            HOLDS_UNSAID
        }
    }
}

/// Whether a server offers something beyond the plain protocol, by the name it has in [`discovery`]. `None` if it
/// could not be asked. One that says nothing of itself offers nothing; nothing is made of it, for everything works
/// without.
///
/// [`discovery`]: countersign_protocol::discovery
pub(crate) async fn offers(device: &Device, server: &ServerUrl, feature: &str) -> Option<bool> {
    let slot = device.discoveries.slot(server);
    let mut said = slot.lock().await;
    let now = device.now();
    let fresh = |said: &Said| now.duration_since(said.at).abs() < said.holds();
    if !said.as_ref().is_some_and(fresh) {
        let document = match device.http.fetch_discovery(&server.join(PATH)).await {
            Ok(reply) if reply.status == 429 || reply.status >= 500 => None,
            Ok(reply) => Some(read(&reply)),
            Err(_) => None,
        };
        *said = Some(Said { document, at: now });
    }
    let document = said.as_ref()?.document.as_ref()?;
    Some(document.offers(feature))
}

fn read(reply: &Reply) -> Discovery {
    let document = serde_json::from_slice(&reply.body).ok();
    document.filter(|_| reply.status == 200).unwrap_or_default()
}

impl Discoveries {
    fn slot(&self, server: &ServerUrl) -> Arc<AsyncMutex<Option<Said>>> {
        let mut all = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        Arc::clone(all.entry(server.clone()).or_default())
    }
}
