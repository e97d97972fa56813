//! What a server says of itself at `/.well-known/countersign` (docs/protocol.md, extensions).

use serde::{Deserialize, Serialize};

/// It holds requests until there is news (E3).
pub const WAIT: &str = "wait";
/// It compares numbers itself (E5).
pub const MATCH: &str = "match";
/// It takes reports (E6).
pub const REPORTS: &str = "reports";
/// It hands out enrolment tickets (E1).
pub const TICKETS: &str = "tickets";

/// Path of the document.
pub const PATH: &str = "/.well-known/countersign";

/// The discovery document. A service that has none answers 404, and nothing beyond the plain protocol is used.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Discovery {
    /// Version of this document: 1.
    pub version: u32,
    /// What the server offers beyond the plain protocol: [`WAIT`], [`MATCH`], [`REPORTS`], [`TICKETS`].
    #[serde(default)]
    pub features: Vec<String>,
    /// The server's clock, in the format of [`crate::date`].
    #[serde(default)]
    pub date: Option<String>,
}

impl Discovery {
    /// Whether the server offers this. A document of another version says nothing that is understood here.
    pub fn offers(&self, feature: &str) -> bool {
        self.version == 1 && self.features.iter().any(|name| name == feature)
    }
}
