//! The resources of the API (section 9): requests as forms, answers as JSON, each kind in its own file.
//!
//! A request is read with `from_form`, which checks everything that does not depend on stored state, and written
//! with `to_form`. An answer is one struct with every member that our server sends; where a device needs less
//! than that, and must not fail on more, there is a second struct with just what it reads.

pub mod access_token;
pub mod challenge;
pub mod delivery;
pub mod entity;
pub mod factor;
pub mod factor_type;
pub mod forms;
pub mod notification;
pub mod service;
pub mod ticket;
pub mod webhook;

mod parameters;
