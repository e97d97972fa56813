//! `/countersign/v1/Services/{VA}/Webhooks/{YW}/Deliveries` (docs/protocol.md, E8).

use countersign_protocol::error::ErrorCode;

use super::{
    Answer, Operation,
    parameter::{Kind, PAGING, Parameter},
};
use crate::openapi::schemas::DELIVERY;

const OF_DELIVERIES: Operation = Operation {
    group: "Deliveries",
    answer: Answer::Found(&DELIVERY),
    ..Operation::PLAIN
};

/// `GET …/Deliveries`
pub static LIST_DELIVERIES: Operation = Operation {
    id: "ListDelivery",
    summary: "List what a webhook was told or is to be told",
    description: "Newest first. What was finished more than 30 days ago is gone.",
    query: &[PAGING, &[STATUS]],
    answer: Answer::Page("deliveries", &DELIVERY),
    refusals: &[ErrorCode::Parameter],
    ..OF_DELIVERIES
};

/// `GET …/Deliveries/{uuid}`
pub static FETCH_DELIVERY: Operation = Operation {
    id: "FetchDelivery",
    summary: "Look at a delivery",
    ..OF_DELIVERIES
};

/// `POST …/Deliveries/{uuid}`
pub static RESEND_DELIVERY: Operation = Operation {
    id: "ResendDelivery",
    summary: "Send a delivery again",
    description: "The same event with the same `uuid` and body, and all attempts before it. It goes after the event of its factor that is being tried, and before those that wait. One that is pending stays as it is.",
    ..OF_DELIVERIES
};

const STATUS: Parameter = Parameter::new(
    "Status",
    Kind::Word(&["pending", "delivered", "failed"]),
    ErrorCode::InvalidRequest,
    "failed",
    "Only deliveries that stand so.",
);
