//! Whose turn it is, where two must not answer at once.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use countersign_protocol::sid::ChallengeSid;

/// Lets the answers to one challenge follow each other: of two clicks, the second finds what the first did.
#[derive(Debug, Default)]
pub(crate) struct Turns(Mutex<HashMap<ChallengeSid, Arc<tokio::sync::Mutex<()>>>>);

impl Turns {
    /// Waits until nobody else answers this challenge.
    pub(crate) async fn take(&self, sid: &ChallengeSid) -> tokio::sync::OwnedMutexGuard<()> {
        let turn = {
            let mut all = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            all.retain(|_, turn| Arc::strong_count(turn) > 1);
            Arc::clone(all.entry(sid.clone()).or_default())
        };
        turn.lock_owned().await
    }
}
