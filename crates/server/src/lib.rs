//! The self-hosted Verify Push server.
//!
//! It speaks the cloud service's API so exactly that the vendor's own client libraries cannot tell the difference,
//! and keeps everything in one SQLite file or in PostgreSQL. A request comes in through [`serving`], finds its handler in
//! [`routes`], which learns who asks from [`caller`], reads parameters with [`request`], lets [`store`] decide what
//! has to be decided once, and leaves through [`answer`]. What there is to ask for stands in [`operations`], of which
//! [`openapi`] makes the document for developers. A request that wants to be told of a change is held by
//! [`waiting`]. What webhooks are to be told leaves through [`deliveries`]. People find the same things as pages in
//! [`console`].
//!
//! What is not here: no key that could approve anything (only public halves), no clock but the one that is given,
//! no dependency on the device's side.
//!
//! Section numbers in the documentation refer to the Verify Push protocol notes, `docs/protocol.md`.

pub mod access_token;
pub mod answer;
pub mod app;
pub mod caller;
pub mod client_address;
pub mod console;
pub mod deliveries;
mod mutex;
pub mod observation;
pub mod openapi;
pub mod operations;
pub mod paging;
pub mod random;
pub mod rates;
pub mod request;
pub mod routes;
pub mod server_key;
pub mod serving;
pub mod store;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
pub mod waiting;

pub use routes::router;
pub use serving::{Bootstrap, Config, Running, StartError, start};

#[cfg(test)]
mod tests;
