//! What the server says of itself.

use super::{Answer, Operation};
use crate::openapi::schemas::{DISCOVERY, HEALTH};

const OF_SERVER: Operation = Operation {
    group: "Server",
    callers: &[],
    ..Operation::PLAIN
};

/// `GET /.well-known/countersign`
pub static DISCOVER: Operation = Operation {
    id: "Discover",
    summary: "What the server does beyond the plain protocol",
    description: "Devices ask once a day.",
    answer: Answer::Found(&DISCOVERY),
    ..OF_SERVER
};

/// `GET /healthz`
pub static CHECK_HEALTH: Operation = Operation {
    id: "CheckHealth",
    summary: "Whether the server answers",
    answer: Answer::Found(&HEALTH),
    ..OF_SERVER
};

/// `GET /readyz`
pub static CHECK_READINESS: Operation = Operation {
    id: "CheckReadiness",
    summary: "Whether requests should be sent to this server",
    description: "Not while its database does not answer, nor when it is about to end.",
    answer: Answer::Found(&HEALTH),
    ..OF_SERVER
};
