//! The words both sides of Countersign speak.
//!
//! This crate is the Verify Push wire protocol and nothing else: identifiers, encodings, JSON shapes, tokens,
//! signatures and enrolment links, for the device and for the server alike, and how text that came over it is made safe
//! to look at ([`plain`]). It does no I/O, starts no task and reads no clock but through [`clock::Clock`]; every rule that
//! depends on time takes `now` as an argument.
//!
//! Section numbers in the documentation refer to `docs/protocol.md`.

pub mod basic_auth;
pub mod challenge_response;
pub mod clock;
pub mod date;
pub mod device_jwt;
pub mod discovery;
pub mod error;
pub mod form;
pub mod identity;
pub mod json;
pub mod jwe;
pub mod jws;
pub mod keys;
pub mod link;
pub mod matching;
pub mod page;
pub mod plain;
pub mod report;
pub mod resources;
pub mod sid;
pub mod totp;
pub mod user_agent;
pub mod webhook_signature;

mod base64;
