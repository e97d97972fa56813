//! `/v2/Services` (section 9.1 of the Verify Push protocol notes).

use countersign_protocol::{error::ErrorCode, resources::service::MAX_REPORT_PAUSE};

use super::{
    Answer, Operation,
    parameter::{Kind, PAGING, Parameter},
};
use crate::openapi::schemas::SERVICE;

const OF_SERVICES: Operation = Operation {
    group: "Services",
    ..Operation::PLAIN
};

/// `POST /v2/Services`
pub static CREATE_SERVICE: Operation = Operation {
    id: "CreateService",
    summary: "Make a service",
    description: "A service is one product's own space: its identities, factors, challenges and webhooks.",
    body: &[&[FRIENDLY_NAME.required()], SETTINGS, KEPT],
    answer: Answer::Made(&SERVICE),
    ..OF_SERVICES
};

/// `GET /v2/Services`
pub static LIST_SERVICES: Operation = Operation {
    id: "ListService",
    summary: "List the account's services",
    query: &[PAGING],
    answer: Answer::Page("services", &SERVICE),
    ..OF_SERVICES
};

/// `GET /v2/Services/{VA}`
pub static FETCH_SERVICE: Operation = Operation {
    id: "FetchService",
    summary: "Look at a service",
    answer: Answer::Found(&SERVICE),
    ..OF_SERVICES
};

/// `POST /v2/Services/{VA}`
pub static UPDATE_SERVICE: Operation = Operation {
    id: "UpdateService",
    summary: "Change a service",
    description: "What is not sent stays as it is.",
    body: &[&[FRIENDLY_NAME], SETTINGS, KEPT],
    answer: Answer::Found(&SERVICE),
    ..OF_SERVICES
};

/// `DELETE /v2/Services/{VA}`
pub static DELETE_SERVICE: Operation = Operation {
    id: "DeleteService",
    summary: "Delete a service",
    description: "With everything in it: identities, factors, challenges, access tokens and webhooks.",
    ..OF_SERVICES
};

const FRIENDLY_NAME: Parameter = Parameter::new(
    "FriendlyName",
    Kind::Text { least: 1, most: 32 },
    ErrorCode::InvalidParameter,
    "Acme",
    "What the service is called; people read it.",
);

const fn setting(
    name: &'static str,
    kind: Kind,
    example: &'static str,
    description: &'static str,
) -> Parameter {
    Parameter::new(name, kind, ErrorCode::InvalidParameter, example, description)
}

const fn number(least: u32, most: u32) -> Kind {
    Kind::Number { least, most }
}

const fn text(most: u32) -> Kind {
    Kind::Text { least: 1, most }
}

#[rustfmt::skip]
const SETTINGS: &[Parameter] = &[
    setting("Push.IncludeDate", Kind::Flag, "true", "Whether challenges carry their date of creation in `details`. No, if not given."),
    setting("Push.ApnCredentialSid", Kind::Sid("CR"), "CR00000000000000000000000000000001", "Kept; this server is connected to no push service."),
    setting("Push.FcmCredentialSid", Kind::Sid("CR"), "CR00000000000000000000000000000002", "Kept; this server is connected to no push service."),
    setting("Totp.Issuer", text(64), "Acme", "The issuer in the address of a TOTP factor. The service's name, if not given."),
    setting("Totp.TimeStep", number(20, 60), "30", "For how many seconds a code is good. 30, if not given."),
    setting("Totp.CodeLength", number(3, 8), "6", "How many digits a code has. 6, if not given."),
    setting("Totp.Skew", number(0, 2), "1", "How many steps before and after the present one are accepted. 1, if not given."),
    setting("Countersign.ReportPause", number(0, MAX_REPORT_PAUSE), "900", "Ours alone: for how many seconds a factor is not asked after a person has reported `not_me`. 0, if not given."),
];

/// For channels that this server does not have. They are given back as they were sent.
#[rustfmt::skip]
const KEPT: &[Parameter] = &[
    setting("CodeLength", number(4, 10), "6", "Kept, without effect here."),
    setting("LookupEnabled", Kind::Flag, "false", "Kept, without effect here."),
    setting("SkipSmsToLandlines", Kind::Flag, "false", "Kept, without effect here."),
    setting("DtmfInputRequired", Kind::Flag, "false", "Kept, without effect here."),
    setting("TtsName", text(64), "Acme", "Kept, without effect here."),
    setting("Psd2Enabled", Kind::Flag, "false", "Kept, without effect here."),
    setting("DoNotShareWarningEnabled", Kind::Flag, "false", "Kept, without effect here."),
    setting("CustomCodeEnabled", Kind::Flag, "false", "Kept, without effect here."),
    setting("DefaultTemplateSid", Kind::Sid("HJ"), "HJ00000000000000000000000000000001", "Kept, without effect here."),
    setting("VerifyEventSubscriptionEnabled", Kind::Flag, "false", "Kept, without effect here."),
    setting("Whatsapp.MsgServiceSid", text(34), "MG00000000000000000000000000000001", "Kept, without effect here."),
    setting("Whatsapp.From", text(64), "whatsapp:+15550100", "Kept, without effect here."),
    setting("Passkeys.RelyingParty.Id", text(253), "acme.example", "Kept, without effect here."),
    setting("Passkeys.RelyingParty.Name", text(64), "Acme", "Kept, without effect here."),
    setting("Passkeys.RelyingParty.Origins", Kind::List { most: 256 }, "https://acme.example", "At most 20. Kept, without effect here."),
    setting("Passkeys.AuthenticatorAttachment", text(64), "platform", "Kept, without effect here."),
    setting("Passkeys.DiscoverableCredentials", text(64), "preferred", "Kept, without effect here."),
    setting("Passkeys.UserVerification", text(64), "preferred", "Kept, without effect here."),
];
