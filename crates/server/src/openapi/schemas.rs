//! Every object that the API answers with (sections 9.0 to 9.8 of the Verify Push protocol notes).
//!
//! The tests hold each answer of the server against these, and find a member that is missing on either side.

use super::schema::{
    Kind::{Any, Date, Flag, List, Number, OneOf, Part, Parts, Sid, Text, Texts, Url, Word},
    Schema, member,
};

pub(crate) static SERVICE: Schema = Schema {
    name: "Service",
    description: "One product's own space: its identities, factors, challenges and webhooks.",
    members: &[
        member("sid", Sid("VA"), "The service."),
        member("account_sid", Sid("AC"), "Whose it is."),
        member("friendly_name", Text, "What it is called."),
        member("code_length", Number, "Kept, without effect here."),
        member("lookup_enabled", Flag, "Kept, without effect here."),
        member("psd2_enabled", Flag, "Kept, without effect here."),
        member("skip_sms_to_landlines", Flag, "Kept, without effect here."),
        member("dtmf_input_required", Flag, "Kept, without effect here."),
        member("tts_name", Text, "Kept, without effect here.").or_null(),
        member("do_not_share_warning_enabled", Flag, "Kept, without effect here."),
        member("custom_code_enabled", Flag, "Kept, without effect here."),
        member("push", Part(&PUSH_SETTINGS), "How push factors behave."),
        member("totp", Part(&TOTP_SETTINGS), "How TOTP factors behave."),
        member("whatsapp", Part(&WHATSAPP_SETTINGS), "Kept, without effect here."),
        member("passkeys", Part(&PASSKEY_SETTINGS), "Kept, without effect here."),
        member("default_template_sid", Sid("HJ"), "Kept, without effect here.").or_null(),
        member(
            "verify_event_subscription_enabled",
            Flag,
            "Kept, without effect here.",
        ),
        member(
            "countersign",
            Part(&COUNTERSIGN_SETTINGS),
            "Ours alone, where `Countersign.ReportPause` was set.",
        )
        .or_absent(),
        member("date_created", Date, "When it was made."),
        member("date_updated", Date, "When it last changed."),
        member("url", Url, "Where it is."),
        member("links", Part(&SERVICE_LINKS), "Where what belongs to it is."),
    ],
};

static COUNTERSIGN_SETTINGS: Schema = Schema {
    name: "CountersignSettings",
    description: "What only this server knows.",
    members: &[member(
        "report_pause",
        Number,
        "For how many seconds a report of `not_me` keeps its factor from being asked.",
    )],
};

pub(crate) static TICKET: Schema = Schema {
    name: "Ticket",
    description: "A one-time address that hands out the permission to enrol one push factor.",
    members: &[
        member("sid", Sid("YK"), "The access token that it hands out."),
        member("account_sid", Sid("AC"), "Whose it is."),
        member("service_sid", Sid("VA"), "For which service."),
        member("identity", Text, "For whom."),
        member("url", Url, "The address: a page for a browser. A secret."),
        member(
            "link",
            Text,
            "The enrolment link that names the address, for a QR code or a button.",
        ),
        member("ttl", Number, "For how many seconds it is good."),
        member("date_created", Date, "When it was made."),
        member("expires_at", Date, "From when on it is good for nothing."),
    ],
};

pub(crate) static REPORT: Schema = Schema {
    name: "Report",
    description: "What a person said of a request that they denied.",
    members: &[
        member("sid", Sid("YC"), "The challenge."),
        member("factor_sid", Sid("YF"), "The factor that denied it."),
        member("reason", Word(&["not_me", "mistake"]), "Why."),
        member("note", Text, "The person's own words.").or_absent(),
        member("at", Date, "When it was said, by the device's clock."),
    ],
};

static PUSH_SETTINGS: Schema = Schema {
    name: "PushSettings",
    description: "How push factors of a service behave.",
    members: &[
        member(
            "include_date",
            Flag,
            "Whether challenges carry their date of creation in `details`.",
        ),
        member("apn_credential_sid", Sid("CR"), "Kept, without effect here.").or_null(),
        member("fcm_credential_sid", Sid("CR"), "Kept, without effect here.").or_null(),
    ],
};

static TOTP_SETTINGS: Schema = Schema {
    name: "TotpSettings",
    description: "How TOTP factors of a service behave.",
    members: &[
        member("issuer", Text, "The issuer in the address of a factor.").or_null(),
        member("time_step", Number, "For how many seconds a code is good."),
        member("code_length", Number, "How many digits a code has."),
        member(
            "skew",
            Number,
            "How many steps before and after the present one are accepted.",
        ),
    ],
};

static WHATSAPP_SETTINGS: Schema = Schema {
    name: "WhatsappSettings",
    description: "Kept, without effect here.",
    members: &[
        member("msg_service_sid", Text, "Kept, without effect here.").or_null(),
        member("from", Text, "Kept, without effect here.").or_null(),
    ],
};

static PASSKEY_SETTINGS: Schema = Schema {
    name: "PasskeySettings",
    description: "Kept, without effect here.",
    members: &[
        member(
            "relying_party",
            Part(&RELYING_PARTY),
            "Kept, without effect here.",
        ),
        member("authenticator_attachment", Text, "Kept, without effect here.").or_null(),
        member("discoverable_credentials", Text, "Kept, without effect here.").or_null(),
        member("user_verification", Text, "Kept, without effect here.").or_null(),
    ],
};

static RELYING_PARTY: Schema = Schema {
    name: "RelyingParty",
    description: "Kept, without effect here.",
    members: &[
        member("id", Text, "Kept, without effect here.").or_null(),
        member("name", Text, "Kept, without effect here.").or_null(),
        member("origins", List, "Kept, without effect here.").or_null(),
    ],
};

static SERVICE_LINKS: Schema = Schema {
    name: "ServiceLinks",
    description: "Where what belongs to a service is. The first four are the cloud service's and lead nowhere here.",
    members: &[
        member("verification_checks", Url, "Not offered here."),
        member("verifications", Url, "Not offered here."),
        member("rate_limits", Url, "Not offered here."),
        member("messaging_configurations", Url, "Not offered here."),
        member("entities", Url, "Its entities."),
        member("webhooks", Url, "Its webhooks."),
        member("access_tokens", Url, "Where access tokens are made."),
    ],
};

pub(crate) static ACCESS_TOKEN: Schema = Schema {
    name: "AccessToken",
    description: "The permission to enrol one push factor for one identity.",
    members: &[
        member("sid", Sid("YK"), "The access token."),
        member("account_sid", Sid("AC"), "Whose it is."),
        member("service_sid", Sid("VA"), "For which service."),
        member("entity_identity", Text, "For whom."),
        member("factor_type", Word(&["push"]), "What may be enrolled."),
        member(
            "factor_friendly_name",
            Text,
            "A name for the factor, if the issuer chose it.",
        )
        .or_null(),
        member(
            "token",
            Text,
            "What the device enrols with. A secret, and opaque.",
        ),
        member("url", Url, "Where it is."),
        member("ttl", Number, "For how many seconds it is good."),
        member("date_created", Date, "When it was made."),
    ],
};

pub(crate) static ENTITY: Schema = Schema {
    name: "Entity",
    description: "A person, by the name that the issuer has for them.",
    members: &[
        member("sid", Sid("YE"), "The entity."),
        member("identity", Text, "The issuer's name for the person."),
        member("account_sid", Sid("AC"), "Whose it is."),
        member("service_sid", Sid("VA"), "Of which service."),
        member("date_created", Date, "When it was made."),
        member("date_updated", Date, "When it last changed."),
        member("url", Url, "Where it is."),
        member("links", Part(&ENTITY_LINKS), "Where what belongs to it is."),
    ],
};

static ENTITY_LINKS: Schema = Schema {
    name: "EntityLinks",
    description: "Where what belongs to an entity is.",
    members: &[
        member("factors", Url, "Its factors."),
        member("new_factors", Url, "Where factors are made."),
        member("challenges", Url, "Its challenges."),
    ],
};

macro_rules! factor {
    ($($more:expr),*) => {
        &[
            member("sid", Sid("YF"), "The factor."),
            member("account_sid", Sid("AC"), "Whose it is, and `sub` of the device's JWT."),
            member("service_sid", Sid("VA"), "Of which service."),
            member("entity_sid", Sid("YE"), "Of which entity."),
            member("identity", Text, "Of whom."),
            member("date_created", Date, "When it was made."),
            member("date_updated", Date, "When it last changed."),
            member("friendly_name", Text, "What people call it."),
            member("status", Word(&["unverified", "verified"]), "Whether it was proved that the key or the secret is where it belongs."),
            member("factor_type", Word(&["push", "totp"]), "What kind of factor it is."),
            member("config", OneOf(&[&PUSH_CONFIG, &TOTP_CONFIG]), "How a device is reached, or how codes are made."),
            member("metadata", Texts, "What the issuer noted.").or_null(),
            member("url", Url, "Where it is."),
            $($more),*
        ]
    };
}

pub(crate) static FACTOR: Schema = Schema {
    name: "Factor",
    description: "An enrolled device, or an authenticator with codes.",
    members: factor!(),
};

pub(crate) static NEW_FACTOR: Schema = Schema {
    name: "NewFactor",
    description: "A factor that was just made, with what is shown only then.",
    members: factor!(
        member(
            "binding",
            OneOf(&[&PUSH_BINDING, &TOTP_BINDING]),
            "What binds the factor to the device or the authenticator."
        ),
        member("options", Any, "Always `null`.").or_null()
    ),
};

static PUSH_BINDING: Schema = Schema {
    name: "PushBinding",
    description: "What binds a factor to a device.",
    members: &[
        member("alg", Word(&["ES256"]), "The algorithm of the key."),
        member("public_key", Text, "SubjectPublicKeyInfo in base64."),
    ],
};

static TOTP_BINDING: Schema = Schema {
    name: "TotpBinding",
    description: "What an authenticator has to be told.",
    members: &[
        member("secret", Text, "What it makes its codes from, in base32."),
        member("uri", Url, "All of it, for a QR code: `otpauth://totp/…`."),
    ],
};

static TOTP_CONFIG: Schema = Schema {
    name: "TotpConfig",
    description: "How an authenticator's codes are made.",
    members: &[
        member("alg", Word(&["sha1", "sha256", "sha512"]), "The hash under them."),
        member(
            "skew",
            Number,
            "How many before and after the present one are taken as well.",
        ),
        member("code_length", Number, "How many digits they have."),
        member("time_step", Number, "For how many seconds each is shown."),
    ],
};

static PUSH_CONFIG: Schema = Schema {
    name: "PushConfig",
    description: "How a device is reached.",
    members: &[
        member("sdk_version", Text, "The version of the library on the device.").or_null(),
        member("app_id", Text, "The app on the device.").or_null(),
        member(
            "notification_platform",
            Word(&["apn", "fcm", "none"]),
            "Which push service reaches it.",
        ),
        member("notification_token", Text, "Its address at the push service.").or_null(),
        member("credential_sid", Sid("CR"), "`kid` of the device's JWT."),
    ],
};

pub(crate) static CHALLENGE: Schema = Schema {
    name: "Challenge",
    description: "One question to one factor.",
    members: &[
        member("sid", Sid("YC"), "The challenge."),
        member("account_sid", Sid("AC"), "Whose it is."),
        member("service_sid", Sid("VA"), "Of which service."),
        member("entity_sid", Sid("YE"), "Of which entity."),
        member("identity", Text, "Who is asked."),
        member("factor_sid", Sid("YF"), "Which factor is asked."),
        member("date_created", Date, "When it was made."),
        member("date_updated", Date, "When it last changed."),
        member("date_responded", Date, "When it was answered.").or_null(),
        member("expiration_date", Date, "Until when it may be answered."),
        member(
            "status",
            Word(&["pending", "expired", "approved", "denied"]),
            "Where it stands. One that was not answered in time reads `expired` everywhere.",
        ),
        member("responded_reason", Word(&["none"]), "Always `none`."),
        member("details", Part(&DETAILS), "What the person is shown."),
        member(
            "hidden_details",
            Texts,
            "What reaches the device and is not shown.",
        )
        .or_null(),
        member(
            "metadata",
            Texts,
            "What was noted with the answer, or by the backend.",
        )
        .or_null(),
        member(
            "factor_type",
            Word(&["push", "totp"]),
            "What kind of factor is asked.",
        ),
        member("url", Url, "Where it is."),
        member("links", Part(&CHALLENGE_LINKS), "Where what belongs to it is."),
    ],
};

static DETAILS: Schema = Schema {
    name: "Details",
    description: "What the person is shown.",
    members: &[
        member("message", Text, "The question."),
        member("fields", Parts(&FIELD), "What stands beside it."),
        member(
            "date",
            Date,
            "The date of creation, where the service has `Push.IncludeDate`.",
        )
        .or_absent(),
    ],
};

static FIELD: Schema = Schema {
    name: "Field",
    description: "One line of what the person is shown.",
    members: &[
        member("label", Text, "What it is."),
        member("value", Text, "What it says."),
    ],
};

static CHALLENGE_LINKS: Schema = Schema {
    name: "ChallengeLinks",
    description: "Where what belongs to a challenge is.",
    members: &[member("notifications", Url, "Where the person is asked again.")],
};

pub(crate) static NOTIFICATION: Schema = Schema {
    name: "Notification",
    description: "A push that was asked for again.",
    members: &[
        member("sid", Sid("NT"), "The notification."),
        member("account_sid", Sid("AC"), "Whose it is."),
        member("service_sid", Sid("VA"), "Of which service."),
        member("entity_sid", Sid("YE"), "Of which entity."),
        member("identity", Text, "Who is notified."),
        member("challenge_sid", Sid("YC"), "Of which challenge."),
        member("priority", Word(&["high"]), "Always `high`."),
        member("ttl", Number, "For how many seconds it is worth delivering."),
        member("date_created", Date, "When it was made."),
    ],
};

pub(crate) static WEBHOOK: Schema = Schema {
    name: "Webhook",
    description: "Who is told of what.",
    members: &[
        member("sid", Sid("YW"), "The webhook."),
        member("service_sid", Sid("VA"), "Of which service."),
        member("account_sid", Sid("AC"), "Whose it is."),
        member("friendly_name", Text, "What it is called."),
        member("event_types", List, "What it is told of."),
        member("status", Word(&["enabled", "disabled"]), "Whether it is told."),
        member("version", Word(&["v1", "v2"]), "Which fields it is told."),
        member("webhook_url", Url, "Where it is told."),
        member("webhook_method", Word(&["POST"]), "Always `POST`."),
        member("date_created", Date, "When it was made."),
        member("date_updated", Date, "When it last changed."),
        member("url", Url, "Where it is."),
    ],
};

pub(crate) static DELIVERY: Schema = Schema {
    name: "Delivery",
    description: "What a webhook was told, or is to be told.",
    members: &[
        member("uuid", Text, "The event. All deliveries of it and all attempts carry it."),
        member("account_sid", Sid("AC"), "Whose it is."),
        member("service_sid", Sid("VA"), "Of which service."),
        member("webhook_sid", Sid("YW"), "Who is told."),
        member("event_type", Text, "What happened."),
        member("factor_sid", Sid("YF"), "The factor to which it happened."),
        member(
            "status",
            Word(&["pending", "delivered", "failed"]),
            "Where it stands: `failed` is what was given up.",
        ),
        member(
            "attempts",
            Number,
            "How many attempts were made since it was last asked for, without those that only found a receiver still down.",
        ),
        member(
            "outcome",
            Text,
            "What came of the last attempt: a status, or why the receiver was not reached.",
        )
        .or_null(),
        member("body", Text, "The form that is sent."),
        member("date_created", Date, "When it happened."),
        member("date_resent", Date, "When it was last asked for again.").or_null(),
        member(
            "date_due",
            Date,
            "When the next attempt is due; `null` while one is under way or an older event of the factor goes first, and after the last.",
        )
        .or_null(),
        member("date_finished", Date, "When it was delivered or given up.").or_null(),
        member("url", Url, "Where it is."),
    ],
};

pub(crate) static FORM: Schema = Schema {
    name: "Form",
    description: "What a client has to fill in.",
    members: &[
        member("form_type", Word(&["form-push"]), "For which kind of factor."),
        member("forms", Any, "A JSON Schema for each request."),
        member("form_meta", Any, "Empty."),
        member("url", Url, "Where it is."),
    ],
};

pub(crate) static DISCOVERY: Schema = Schema {
    name: "Discovery",
    description: "What the server does beyond the plain protocol.",
    members: &[
        member("version", Number, "Of this document: 1."),
        member(
            "features",
            List,
            "What is offered: `wait`, `match`, `reports`, `tickets`.",
        ),
        member("date", Date, "The server's clock."),
    ],
};

pub(crate) static HEALTH: Schema = Schema {
    name: "Health",
    description: "The server and its database answer.",
    members: &[member("status", Word(&["ok"]), "Always `ok`.")],
};

pub(crate) static PAGE_META: Schema = Schema {
    name: "PageMeta",
    description: "Where a page stands in its list. The URLs are absolute, and to be followed as they are.",
    members: &[
        member("page", Number, "The number of this page, from 0."),
        member("page_size", Number, "How many items a page has at most."),
        member("first_page_url", Url, "The first page."),
        member("previous_page_url", Url, "The page before; `null` on the first.").or_null(),
        member("url", Url, "This page."),
        member("next_page_url", Url, "The next page; `null` on the last.").or_null(),
        member("key", Text, "The name of the member that holds the items."),
    ],
};

pub(crate) static ERROR: Schema = Schema {
    name: "Error",
    description: "Why a request was refused. Nothing was changed.",
    members: &[
        member("code", Number, "What went wrong, for programs."),
        member("message", Text, "What went wrong, for people."),
        member("more_info", Text, "Where to read more, if anybody explains it."),
        member("status", Number, "The HTTP status once more."),
    ],
};
