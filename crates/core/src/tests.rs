//! Tests of the whole crate against a double of a Verify service.

mod answering;
mod choices;
mod clock;
mod delivery;
mod double;
mod enrolment;
mod faults;
mod inbox;
mod library;
mod limits;
mod log;
mod matching;
mod model;
mod pinning;
mod polling;
mod removal;
mod reports;
mod setup;
mod twins;
mod waiting;
