//! Holding requests until there is news, or until the test says otherwise.

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    sync::{Arc, Mutex},
};

use countersign_protocol::{clock::Clock, date, discovery, sid::FactorSid};
use serde_json::json;
use tokio::{io::AsyncReadExt, net::TcpStream};

use super::{Asked, Double, Said, State};

/// What the double does with a request that may wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::tests) enum Waits {
    /// It does not know of such a thing.
    Unknown,
    /// It says that it holds requests, and does not: there is no room.
    Full,
    /// It holds them.
    Held,
    /// It says of every request that it was held, and holds none.
    Pretended,
}

/// What becomes of the requests that are held.
#[derive(Debug, Clone)]
pub(super) enum Release {
    /// Those that have news get them.
    News,
    /// All are answered so.
    With(Said),
}

impl Double {
    /// Waits until so many requests are held.
    pub(in crate::tests) async fn holds(&self, count: usize) {
        let mut held = self.state().held.subscribe();
        let arrived = held.wait_for(|held| *held == count);
        let arrived = tokio::time::timeout(std::time::Duration::from_secs(30), arrived).await;
        arrived.expect("so many requests are held").unwrap();
    }

    /// Answers all requests that are held.
    pub(in crate::tests) fn release(&self, said: Said) {
        let _ = self.state().releases.send(Release::With(said));
    }

    /// The headers of all requests that wanted to be held, in order.
    pub(in crate::tests) fn wishes(&self) -> Vec<Asked> {
        let log = self.state().log.clone();
        log.into_iter()
            .filter(|asked| asked.headers.contains_key("prefer"))
            .collect()
    }
}

impl Said {
    /// What is answered to a request that was held for its whole time.
    pub(in crate::tests) fn nothing_new() -> Self {
        Self::reply(304, "").with("Preference-Applied", "wait=25")
    }
}

impl State {
    pub(super) fn look_again(&self) {
        // Nobody waiting is no fault.
        let _ = self.releases.send(Release::News);
    }

    pub(super) fn discover(&self) -> Said {
        let mut features = vec![discovery::MATCH];
        if self.waits != Waits::Unknown {
            features.push(discovery::WAIT);
        }
        if self.reports.is_some() {
            features.push(discovery::REPORTS);
        }
        if features == [discovery::MATCH] {
            return Said::error(404, 20404);
        }
        let document = json!({"version": 1, "features": features, "date": date::format(self.clock.now())});
        Said::reply(200, document.to_string())
    }

    pub(super) fn list_or_hold(&self, caller: &FactorSid, query: &str, asked: &Asked) -> Said {
        let said = self.list(caller, query);
        let Said::Reply { body, .. } = &said else {
            return said;
        };
        if self.waits == Waits::Unknown {
            return said;
        }
        let mut hash = DefaultHasher::new();
        body.hash(&mut hash);
        let tag = format!("\"{:x}\"", hash.finish());
        let header = |name| asked.headers.get(name).map(String::as_str);
        let known = header("if-none-match") == Some(tag.as_str());
        let wishes = header("prefer") == Some("wait=25");
        let said = match (known, wishes, self.waits) {
            (true, true, Waits::Held) => return Said::Held,
            (true, ..) => Said::reply(304, ""),
            (false, ..) => said,
        };
        let said = said.with("ETag", tag);
        if wishes && self.waits != Waits::Full {
            return said.with("Preference-Applied", "wait=25");
        }
        said
    }
}

/// Holds a request until it is released, has news, or nobody waits for its answer any more.
pub(super) async fn hold(stream: &mut TcpStream, state: &Arc<Mutex<State>>, asked: &Asked) -> Said {
    let (mut releases, held) = {
        let state = state.lock().unwrap();
        (state.releases.subscribe(), state.held.clone())
    };
    held.send_modify(|held| *held += 1);
    let said = loop {
        // What changed before the subscription is seen here, and what changes later is told.
        let now = state.lock().unwrap().usual(asked);
        if !matches!(now, Said::Held) {
            break now;
        }
        tokio::select! {
            release = releases.recv() => if let Release::With(said) = release.unwrap() { break said },
            // Nothing follows a request, so that this ends with the connection.
            _ = stream.read_u8() => break Said::Cut,
        }
    };
    held.send_modify(|held| *held -= 1);
    said
}
