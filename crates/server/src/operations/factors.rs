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
    description: "A device enrols with its access token, or the backend does it for the device. For an authenticator with codes the backend makes a secret, and shows the person `binding.uri` as a QR code: it is told once. Either is unverified until the key was proved or a right code brought, and deleted if that does not happen within a day. An entity has at most 20 devices and 100 authenticators.",
    callers: &[Caller::AccessToken, Caller::Account],
    body: &[
        &[FRIENDLY_NAME.required(), FACTOR_TYPE.required()],
        &[PUBLIC_KEY, ALG],
        CONFIG,
        &[SECRET],
        TOTP_CONFIG,
        &[METADATA],
    ],
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
    description: "All that is asked for is done, or nothing: a wrong proof changes no name. A wrong code leaves an unverified factor unverified, with status 200; after five it takes no more. A factor that is verified takes a hundred in a row.",
    callers: EITHER,
    body: &[&[PROOF, FRIENDLY_NAME], CONFIG, TOTP_CONFIG],
    answer: Answer::Found(&FACTOR),
    refusals: &[ErrorCode::FactorVerification, ErrorCode::FactorAttempts],
    ..OF_FACTORS
};

/// What is needed to enrol a device, for the form about it.
pub const PUSH_FACTOR: &[&[Parameter]] = &[
    &[FRIENDLY_NAME.required(), FACTOR_TYPE.required()],
    &[PUBLIC_KEY.required(), ALG.required()],
    CONFIG,
    &[METADATA],
];

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
    "What people call the device; what the authenticator calls the account.",
);

const PROOF: Parameter = Parameter::new(
    "AuthPayload",
    Kind::Opaque { most: 1024 },
    ErrorCode::InvalidRequest,
    "",
    "What verifies the factor: of a device the ECDSA signature over its SID, in DER and base64; of an authenticator the code that it shows.",
);

const FACTOR_TYPE: Parameter = Parameter::new(
    "FactorType",
    Kind::Word(&["push", "totp"]),
    ErrorCode::FactorType,
    "push",
    "What kind of factor it is: a device, or an authenticator with codes.",
);

const PUBLIC_KEY: Parameter = Parameter::new(
    "Binding.PublicKey",
    Kind::Opaque { most: 124 },
    ErrorCode::Binding,
    "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEaxfR8uEsQkf4vOblY6RA8ncDfYEt6zOg9KE5RdiYwpZP40Li/hp/m47n60p8D54WK84zV2sxXs7LtkBoN79R9Q==",
    "The device's P-256 key: SubjectPublicKeyInfo in base64. A push factor has to have one.",
);

const ALG: Parameter = Parameter::new(
    "Binding.Alg",
    Kind::Word(&["ES256"]),
    ErrorCode::Binding,
    "ES256",
    "The algorithm of the key. A push factor has to have one.",
);

const SECRET: Parameter = Parameter::new(
    "Binding.Secret",
    Kind::Opaque { most: 128 },
    ErrorCode::Binding,
    "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ",
    "What an authenticator is to make its codes from, 16 to 64 bytes in base32. One is made if it is not given.",
);

const TOTP_CONFIG: &[Parameter] = &[
    Parameter::new(
        "Config.Alg",
        Kind::Word(&["sha1", "sha256", "sha512"]),
        ErrorCode::FactorConfig,
        "sha1",
        "The hash under an authenticator's codes. Many know `sha1` only.",
    ),
    Parameter::new(
        "Config.TimeStep",
        Kind::Number { least: 20, most: 60 },
        ErrorCode::FactorConfig,
        "30",
        "For how many seconds it shows a code. As the service has it, if not given.",
    ),
    Parameter::new(
        "Config.CodeLength",
        Kind::Number { least: 3, most: 8 },
        ErrorCode::FactorConfig,
        "6",
        "How many digits a code has. As the service has it, if not given.",
    ),
    Parameter::new(
        "Config.Skew",
        Kind::Number { least: 0, most: 2 },
        ErrorCode::FactorConfig,
        "1",
        "How many codes before and after the present one are taken as well. As the service has it, if not given.",
    ),
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
