//! Acme, a sample relying party.
//!
//! Acme is what an engineer who adds approvals to a product would write: it enrols computers, asks them before it
//! signs somebody in, and waits for the answer. It uses the public Verify API and nothing else, so that it runs
//! against a server of one's own and against the vendor's cloud service alike. Only `approved` signs anybody in;
//! everything else, an error included, signs nobody in.
//!
//! It is a sample in one respect: whoever reaches it may enrol as anybody, because it has no first factor. It
//! therefore listens on this computer alone unless told otherwise.

mod api;
#[cfg(test)]
mod api_double;
mod browser;
mod config;
mod instance;
mod origin;
mod page;
mod parameters;
mod person;
mod qr;
mod refusal;
mod routes;
mod running;
mod sign_ins;

pub use api::CallError;
pub use config::{Config, IdentityProcessing};
pub use running::{Running, StartError, start};
