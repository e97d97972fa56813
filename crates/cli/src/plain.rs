//! Text that came from outside, made safe for a terminal.

pub(crate) use countersign_protocol::plain::{is_unseen, line, lines};
