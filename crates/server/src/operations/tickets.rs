//! `/countersign/v1/Services/{VA}/Tickets` (docs/protocol.md, E1).

use countersign_protocol::error::ErrorCode;

use super::{
    Answer, Operation,
    parameter::{Kind, Parameter},
};
use crate::openapi::schemas::TICKET;

/// `POST /countersign/v1/Services/{VA}/Tickets`
pub static CREATE_TICKET: Operation = Operation {
    id: "CreateTicket",
    group: "Tickets",
    summary: "Make a one-time address to enrol at",
    description: "Ours alone. A browser finds a page there, with a QR code, the enrolment link and what becomes of it. The app fetches the access token there, once, after the person has agreed to the host.",
    body: &[PARAMETERS],
    answer: Answer::Made(&TICKET),
    ..Operation::PLAIN
};

const fn parameter(
    name: &'static str,
    kind: Kind,
    example: &'static str,
    description: &'static str,
) -> Parameter {
    Parameter::new(name, kind, ErrorCode::AccessTokenParameters, example, description)
}

const PARAMETERS: &[Parameter] = &[
    parameter("Identity", Kind::Identity, "user-0001", "Who may enrol.").required(),
    parameter(
        "FactorFriendlyName",
        Kind::Text { least: 1, most: 64 },
        "Laptop",
        "A name for the factor, if the issuer chooses it.",
    ),
    parameter(
        "Ttl",
        Kind::Number { least: 60, most: 300 },
        "300",
        "For how many seconds the ticket is good, and what it hands out. 300, if not given.",
    ),
    parameter(
        "Issuer",
        Kind::Text { least: 1, most: 128 },
        "Acme",
        "What the issuer calls itself; the person reads it.",
    ),
    parameter(
        "Account",
        Kind::Text { least: 1, most: 128 },
        "ada@acme.example",
        "What the issuer calls the person's account; the person reads it.",
    ),
];
