//! `…/Entities/{identity}/Challenges` (sections 5, 6 and 9.5 of the Verify Push protocol notes).

use countersign_protocol::error::ErrorCode;

use super::{
    Answer, Caller, Extra, Operation,
    parameter::{Kind, PAGING, Parameter},
};
use crate::openapi::schemas::{CHALLENGE, REPORT};

const OF_CHALLENGES: Operation = Operation {
    group: "Challenges",
    ..Operation::PLAIN
};

/// `POST …/Challenges`
pub static CREATE_CHALLENGE: Operation = Operation {
    id: "CreateChallenge",
    summary: "Ask a person",
    description: "The factor must be verified, and belong to the identity in the path. With the code that an authenticator shows, the challenge is approved as soon as it is made, or left pending if the code is wrong. An authenticator is asked at most 50 times an hour and 100 times a day; 10 times a day if its codes have four digits or fewer.",
    body: &[&[FACTOR, MESSAGE], QUESTION, &[CODE]],
    answer: Answer::Made(&CHALLENGE),
    refusals: &[
        ErrorCode::FactorUnverified,
        ErrorCode::FactorAttempts,
        ErrorCode::ChallengeLimit,
        ErrorCode::MatchingLocked,
        ErrorCode::ReportPause,
    ],
    ..OF_CHALLENGES
};

/// `GET …/Challenges`
pub static LIST_CHALLENGES: Operation = Operation {
    id: "ListChallenge",
    summary: "List the challenges of an entity",
    description: "A device sees its own. If it asks for `Status=pending`, it may wait until that list has changed.",
    callers: EITHER,
    query: &[FILTERS, PAGING],
    answer: Answer::Page("challenges", &CHALLENGE),
    extras: &[Extra::Waits],
    refusals: &[ErrorCode::FactorUnverified, ErrorCode::Parameter],
    ..OF_CHALLENGES
};

/// `GET …/Challenges/{YC}`
pub static FETCH_CHALLENGE: Operation = Operation {
    id: "FetchChallenge",
    summary: "Look at a challenge",
    description: "The one answer that names the fields which a device has to sign. The backend may wait until the challenge has changed.",
    callers: EITHER,
    answer: Answer::Found(&CHALLENGE),
    extras: &[Extra::Waits, Extra::SignatureFields],
    refusals: &[ErrorCode::FactorUnverified],
    ..OF_CHALLENGES
};

/// `POST …/Challenges/{YC}`
pub static UPDATE_CHALLENGE: Operation = Operation {
    id: "UpdateChallenge",
    summary: "Answer a challenge",
    description: "The signature decides, whoever carries it, and the first answer counts. For an authenticator the backend brings the code: a right one approves, and counts once; a wrong one leaves the challenge pending, with status 200, and after five it takes no more. Without `AuthPayload` the backend may note `Metadata`.",
    callers: EITHER,
    body: &[RESPONSE],
    answer: Answer::Found(&CHALLENGE),
    refusals: &[
        ErrorCode::FactorUnverified,
        ErrorCode::ChallengeAttempts,
        ErrorCode::FactorAttempts,
        ErrorCode::ChallengeAnswered,
        ErrorCode::ChallengeExpired,
        ErrorCode::ChallengeVerification,
        ErrorCode::WrongNumber,
        ErrorCode::MatchingLocked,
    ],
    ..OF_CHALLENGES
};

/// `POST /countersign/v1/challenges/{YC}/reports`
pub static REPORT_CHALLENGE: Operation = Operation {
    id: "ReportChallenge",
    summary: "Say that a request was not one's own",
    description: "A device says so of a challenge that it denied, once. Webhooks that name `challenge.reported` are told, and with `Countersign.ReportPause` a report of `not_me` keeps the factor from being asked for a while.",
    callers: &[Caller::Device],
    body: &[SIGNED_REPORT],
    answer: Answer::Made(&REPORT),
    refusals: &[
        ErrorCode::Authentication,
        ErrorCode::ChallengeVerification,
        ErrorCode::ReportNotDenied,
        ErrorCode::AlreadyReported,
    ],
    ..OF_CHALLENGES
};

const SIGNED_REPORT: &[Parameter] = &[Parameter::new(
    "AuthPayload",
    Kind::Opaque { most: MAX_LEN },
    ErrorCode::InvalidRequest,
    "",
    "A JWS with `cty` = `countersign-report;v=1` over `sid`, `factor_sid`, `reason` (`not_me` or `mistake`), `at` and, if the person has more to say, `note` of 1 to 256 characters.",
)
.required()];

/// Longest JWS that is read, in characters.
const MAX_LEN: u32 = 16 * 1024;

const EITHER: &[Caller] = &[Caller::Account, Caller::Device];

/// What is needed to ask at a device, for the form about it.
pub const PUSH_CHALLENGE: &[&[Parameter]] = &[&[FACTOR, MESSAGE.required()], QUESTION];

const FACTOR: Parameter = Parameter::new(
    "FactorSid",
    Kind::Sid("YF"),
    ErrorCode::InvalidRequest,
    "YF030000000000000000000000000000d1",
    "The factor that is asked.",
)
.required();

const MESSAGE: Parameter = Parameter::new(
    "Details.Message",
    Kind::Text { least: 1, most: 256 },
    ErrorCode::Details,
    "Sign in to Acme?",
    "The question that the person reads. A device has to be given one.",
);

const CODE: Parameter = Parameter::new(
    "AuthPayload",
    Kind::Opaque { most: 8 },
    ErrorCode::InvalidRequest,
    "",
    "The code that the authenticator shows, 3 to 8 digits. Devices have none.",
);

const QUESTION: &[Parameter] = &[
    Parameter::new(
        "Details.Fields",
        Kind::Fields,
        ErrorCode::Details,
        r#"{"label": "Where", "value": "Lisbon"}"#,
        "What the person reads beside it: at most 20 objects, each sent as a parameter of its own.",
    ),
    Parameter::new(
        "HiddenDetails",
        Kind::Texts { most: 1024 },
        ErrorCode::Details,
        r#"{"ip": "192.0.2.1"}"#,
        "Texts by name that reach the device and are not shown. As `countersign.match` 2 to 8 digits that the person has to type; they stay on the server, and everybody else is served `?`.",
    ),
    Parameter::new(
        "ExpirationDate",
        Kind::Date,
        ErrorCode::InvalidRequest,
        "",
        "Until when it may be answered: an hour from now at most, five minutes if not given.",
    ),
];

const FILTERS: &[Parameter] = &[
    Parameter::new(
        "FactorSid",
        Kind::Sid("YF"),
        ErrorCode::InvalidRequest,
        "",
        "Only what this factor is asked. A device may name itself.",
    ),
    Parameter::new(
        "Status",
        Kind::Word(&["pending", "expired", "approved", "denied"]),
        ErrorCode::InvalidRequest,
        "pending",
        "Only those that stand so.",
    ),
    Parameter::new(
        "Order",
        Kind::Word(&["asc", "desc"]),
        ErrorCode::InvalidRequest,
        "desc",
        "By date of creation. Oldest first, if not given.",
    ),
];

const RESPONSE: &[Parameter] = &[
    Parameter::new(
        "AuthPayload",
        Kind::Opaque { most: 5456 },
        ErrorCode::InvalidRequest,
        "",
        "The signed response: a JWS over the named fields, with `approved` or `denied` as status and, where a number is asked for, what was typed as `countersign.match`. A device has to send it. Or the code that an authenticator shows.",
    ),
    Parameter::new(
        "Metadata",
        Kind::Texts { most: 1024 },
        ErrorCode::InvalidRequest,
        r#"{"case": "42"}"#,
        "Texts by name, for the issuer's own use.",
    ),
];
