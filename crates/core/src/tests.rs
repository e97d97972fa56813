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
mod pin;
mod pinning;
mod policies;
mod polling;
mod presence;
mod removal;
mod reports;
mod same_computer;
mod setup;
mod twins;
mod waiting;
