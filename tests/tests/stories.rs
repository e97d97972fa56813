//! Stories across all the pieces, over real sockets: the real server with SQLite on disk, the real authenticator,
//! the real issuer, and a clock that the story moves.
//!
//! One program for all of them: add a module, not a file beside this one.

#![expect(
    clippy::unwrap_used,
    reason = "what stories share is part of the tests: it fails by panicking"
)]

mod stories {
    mod acme;
    mod clocks;
    // Its peer is a program that the test task installs, which it can on Linux only.
    #[cfg(target_os = "linux")]
    mod codes;
    mod command_line;
    mod decisions;
    mod enrolment;
    mod expiry;
    mod halves;
    mod keychain;
    mod library;
    mod links;
    mod model;
    mod numbers;
    mod offline;
    mod polling;
    mod replicas;
    mod reports;
    mod restarts;
    mod revocation;
    mod secrets;
    mod tampering;
    #[cfg(unix)]
    mod terminal;
    mod tickets;
    mod two_devices;
    mod verification;
    mod webhooks;
}
