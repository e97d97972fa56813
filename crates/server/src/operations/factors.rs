//! `…/Entities/{identity}/Factors` (sections 2.3, 3, 7.1 and 9.4 of the Verify Push protocol notes).

use countersign_protocol::error::ErrorCode;

use super::{
    Answer, Caller, Operation,
    parameter::{Kind, PAGING, Parameter},
};
use crate::openapi::schemas::{FACTOR, NEW_FACTOR};

const OF_FACTORS: Operation = Operation {
    group: "Factors",
    ..Operation::PLAIN
};

/// `POST …/Factors`
pub static CREATE_FACTOR: Operation = Operation {
    id: "CreateNewFactor",
    summary: "Enrol a factor",
    description: "A device does it with its access token, or the backend for it. The factor is unverified until the device has proved that it holds the key; a factor that is not verified within a day is deleted. At most 20 for one entity.",
    callers: &[Caller::AccessToken, Caller::Account],
    body: &[&[FRIENDLY_NAME.required()], BINDING, CONFIG, &[METADATA]],
    answer: Answer::Made(&NEW_FACTOR),
    refusals: &[
        ErrorCode::FactorLimit,
        ErrorCode::FactorExists,
        ErrorCode::FactorCreationLimit,
    ],
    ..OF_FACTORS
};

/// `GET …/Factors`
pub static LIST_FACTORS: Operation = Operation {
    id: "ListFactor",
    summary: "List the factors of an entity",
    query: &[PAGING],
    answer: Answer::Page("factors", &FACTOR),
    ..OF_FACTORS
};

/// `GET …/Factors/{YF}`
pub static FETCH_FACTOR: Operation = Operation {
    id: "FetchFactor",
    summary: "Look at a factor",
    callers: EITHER,
    answer: Answer::Found(&FACTOR),
    ..OF_FACTORS
};

/// `POST …/Factors/{YF}`
pub static UPDATE_FACTOR: Operation = Operation {
    id: "UpdateFactor",
    summary: "Verify a factor, or change it",
    description: "All that is asked for is done, or nothing: a wrong proof changes no name.",
    callers: EITHER,
    body: &[&[PROOF, FRIENDLY_NAME], CONFIG],
    answer: Answer::Found(&FACTOR),
    refusals: &[ErrorCode::FactorVerification],
    ..OF_FACTORS
};

/// `DELETE …/Factors/{YF}`
pub static DELETE_FACTOR: Operation = Operation {
    id: "DeleteFactor",
    summary: "Revoke a factor",
    description: "Its device is signed out at once. What it answered stays.",
    callers: EITHER,
    ..OF_FACTORS
};

const EITHER: &[Caller] = &[Caller::Account, Caller::Device];

const FRIENDLY_NAME: Parameter = Parameter::new(
    "FriendlyName",
    Kind::Text { least: 1, most: 64 },
    ErrorCode::InvalidParameter,
    "Laptop",
    "What people call the device.",
);

const PROOF: Parameter = Parameter::new(
    "AuthPayload",
    Kind::Opaque { most: 1024 },
    ErrorCode::InvalidRequest,
    "",
    "The proof that verifies the factor: the ECDSA signature over its SID, in DER and base64.",
);

const BINDING: &[Parameter] = &[
    Parameter::new(
        "FactorType",
        Kind::Word(&["push"]),
        ErrorCode::FactorType,
        "push",
        "What kind of factor it is.",
    )
    .required(),
    Parameter::new(
        "Binding.PublicKey",
        Kind::Opaque { most: 124 },
        ErrorCode::Binding,
        "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEaxfR8uEsQkf4vOblY6RA8ncDfYEt6zOg9KE5RdiYwpZP40Li/hp/m47n60p8D54WK84zV2sxXs7LtkBoN79R9Q==",
        "The device's P-256 key: SubjectPublicKeyInfo in base64.",
    )
    .required(),
    Parameter::new(
        "Binding.Alg",
        Kind::Word(&["ES256"]),
        ErrorCode::Binding,
        "ES256",
        "The algorithm of the key.",
    )
    .required(),
];

const CONFIG: &[Parameter] = &[
    Parameter::new(
        "Config.SdkVersion",
        Kind::Text { least: 1, most: 100 },
        ErrorCode::FactorConfig,
        "0.1.0",
        "The version of the library on the device.",
    ),
    Parameter::new(
        "Config.AppId",
        Kind::Text { least: 1, most: 100 },
        ErrorCode::FactorConfig,
        "org.example.app",
        "The app on the device.",
    ),
    Parameter::new(
        "Config.NotificationPlatform",
        Kind::Word(&["apn", "fcm", "none"]),
        ErrorCode::FactorConfig,
        "none",
        "Which push service reaches the device; one that polls has `none`. `apn` and `fcm` need a token.",
    ),
    Parameter::new(
        "Config.NotificationToken",
        Kind::Text { least: 32, most: 255 },
        ErrorCode::FactorConfig,
        "",
        "The device's address at the push service.",
    ),
];

const METADATA: Parameter = Parameter::new(
    "Metadata",
    Kind::Texts { most: 1024 },
    ErrorCode::InvalidParameter,
    r#"{"os": "Linux"}"#,
    "Texts by name, for the issuer's own use.",
);
