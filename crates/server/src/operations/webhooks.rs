//! `/v2/Services/{VA}/Webhooks` (sections 9.7 and 10 of the Verify Push protocol notes).

use countersign_protocol::{error::ErrorCode, resources::webhook::EVENT_TYPES};

use super::{
    Answer, Operation,
    parameter::{Kind, PAGING, Parameter},
};
use crate::openapi::schemas::WEBHOOK;

const OF_WEBHOOKS: Operation = Operation {
    group: "Webhooks",
    ..Operation::PLAIN
};

/// `POST /v2/Services/{VA}/Webhooks`
pub static CREATE_WEBHOOK: Operation = Operation {
    id: "CreateWebhook",
    summary: "Be told of events",
    description: "Each event is posted as a form with the signature in `X-Twilio-Signature`, at least once, and again after 5 s, 30 s, 2 min, 10 min, 1 h and 6 h while no 2xx comes back.",
    body: &[
        &[
            FRIENDLY_NAME.required(),
            EVENTS.required(),
            WEBHOOK_URL.required(),
        ],
        SETTINGS,
    ],
    answer: Answer::Made(&WEBHOOK),
    ..OF_WEBHOOKS
};

/// `GET /v2/Services/{VA}/Webhooks`
pub static LIST_WEBHOOKS: Operation = Operation {
    id: "ListWebhook",
    summary: "List the webhooks of a service",
    query: &[PAGING],
    answer: Answer::Page("webhooks", &WEBHOOK),
    ..OF_WEBHOOKS
};

/// `GET /v2/Services/{VA}/Webhooks/{YW}`
pub static FETCH_WEBHOOK: Operation = Operation {
    id: "FetchWebhook",
    summary: "Look at a webhook",
    answer: Answer::Found(&WEBHOOK),
    ..OF_WEBHOOKS
};

/// `POST /v2/Services/{VA}/Webhooks/{YW}`
pub static UPDATE_WEBHOOK: Operation = Operation {
    id: "UpdateWebhook",
    summary: "Change a webhook",
    description: "What is not sent stays as it is.",
    body: &[&[FRIENDLY_NAME, EVENTS, WEBHOOK_URL], SETTINGS],
    answer: Answer::Found(&WEBHOOK),
    ..OF_WEBHOOKS
};

/// `DELETE /v2/Services/{VA}/Webhooks/{YW}`
pub static DELETE_WEBHOOK: Operation = Operation {
    id: "DeleteWebhook",
    summary: "Delete a webhook",
    ..OF_WEBHOOKS
};

const CODE: ErrorCode = ErrorCode::InvalidParameter;

const FRIENDLY_NAME: Parameter = Parameter::new(
    "FriendlyName",
    Kind::Text { least: 1, most: 64 },
    CODE,
    "Sign-ins",
    "What the webhook is called.",
);

const EVENTS: Parameter = Parameter::new(
    "EventTypes",
    Kind::Words(&EVENT_TYPES),
    CODE,
    "challenge.approved",
    "What it is told of, each sent as a parameter of its own. `*` means all but `challenge.created`, `challenge.expired` and `challenge.reported`, which have to be named.",
);

const WEBHOOK_URL: Parameter = Parameter::new(
    "WebhookUrl",
    Kind::Url,
    CODE,
    "https://acme.example/webhook",
    "Where it is told, with http or https and without a user. Signatures cover it to the letter.",
);

const SETTINGS: &[Parameter] = &[
    Parameter::new(
        "Status",
        Kind::Word(&["enabled", "disabled"]),
        CODE,
        "enabled",
        "Whether it is told. `enabled`, if not given on creation.",
    ),
    Parameter::new(
        "Version",
        Kind::Word(&["v1", "v2"]),
        CODE,
        "v2",
        "Which fields it is told. `v2`, if not given on creation.",
    ),
];
