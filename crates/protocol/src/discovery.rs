//! What a server says of itself at `/.well-known/countersign` (docs/protocol.md, extensions).

use serde::{Deserialize, Serialize};

/// Path of the document.
pub const PATH: &str = "/.well-known/countersign";

/// The discovery document. A service that has none answers 404, and nothing beyond the plain protocol is used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Discovery {
    /// Version of this document: 1.
    pub version: u32,
    /// What the server offers beyond the plain protocol: `wait`, `match`, `reports`, `tickets`.
    #[serde(default)]
    pub features: Vec<String>,
    /// The server's clock, in the format of [`crate::date`].
    #[serde(default)]
    pub date: Option<String>,
}
