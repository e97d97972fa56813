//! What the stories are told with: a world of its own for each, made of the real pieces.
//!
//! A [`World`] holds the real server on a free port with SQLite on disk, a clock that the story moves, and a
//! [`Proxy`] through which every device reaches the server and which can cut, lose, hold and change what passes.
//! A [`Device`] is the real authenticator with a home of its own and a keychain in memory. An [`Account`] is the
//! issuer's side: the same requests that its backend would send.
//!
//! Nothing here sleeps, reads the wall clock or uses a fixed port.

pub mod account;
pub mod balancer;
#[cfg(all(feature = "installed", target_os = "linux"))]
pub mod desktop;
pub mod device;
pub mod programs;
pub mod proxy;
pub mod world;

pub use account::{Account, Question, Tenant};
pub use device::Device;
pub use proxy::{Exchange, Fault, Proxy};
pub use world::World;
