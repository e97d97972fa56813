//! `/v2/Services/{VA}/AccessTokens` (section 9.2 of the Verify Push protocol notes).

use countersign_protocol::error::ErrorCode;

use super::{
    Answer, Operation,
    parameter::{Kind, Parameter},
};
use crate::openapi::schemas::ACCESS_TOKEN;

const OF_TOKENS: Operation = Operation {
    group: "Access tokens",
    ..Operation::PLAIN
};

/// `POST /v2/Services/{VA}/AccessTokens`
pub static CREATE_ACCESS_TOKEN: Operation = Operation {
    id: "CreateAccessToken",
    summary: "Allow one device to enrol",
    description: "The token is the permission to make one push factor for one identity, once, within its time. Put it into an enrolment link.",
    body: &[PARAMETERS],
    answer: Answer::Made(&ACCESS_TOKEN),
    ..OF_TOKENS
};

/// `GET /v2/Services/{VA}/AccessTokens/{YK}`
pub static FETCH_ACCESS_TOKEN: Operation = Operation {
    id: "FetchAccessToken",
    summary: "Look at an access token",
    description: "The token itself again, for issuers that put only its SID into a QR code.",
    answer: Answer::Found(&ACCESS_TOKEN),
    ..OF_TOKENS
};

const PARAMETERS: &[Parameter] = &[
    Parameter::new(
        "Identity",
        Kind::Identity,
        ErrorCode::AccessTokenParameters,
        "user-0001",
        "Who may enrol.",
    )
    .required(),
    Parameter::new(
        "FactorType",
        Kind::Word(&["push"]),
        ErrorCode::AccessTokenParameters,
        "push",
        "What may be enrolled.",
    )
    .required(),
    Parameter::new(
        "FactorFriendlyName",
        Kind::Text { least: 1, most: 64 },
        ErrorCode::AccessTokenParameters,
        "Laptop",
        "A name for the factor, if the issuer chooses it.",
    ),
    Parameter::new(
        "Ttl",
        Kind::Number { least: 60, most: 300 },
        ErrorCode::AccessTokenParameters,
        "300",
        "For how many seconds the token is good. 60, if not given.",
    ),
];
