//! What answers look like, as examples: values of the very types that the server answers with.

use countersign_protocol::{
    discovery::Discovery,
    error::{ApiError, ErrorCode},
    identity::Identity,
    page::PageMeta,
    report::{Reason, Report},
    resources::{
        access_token::AccessToken,
        challenge::{Challenge, ChallengeLinks, ChallengeStatus, Details, Field},
        delivery::{Delivery, DeliveryStatus},
        entity::{Entity, EntityLinks},
        factor::{
            Binding, Factor, FactorConfig, FactorStatus, NotificationPlatform, PushBinding, PushFactorConfig,
        },
        factor_type::FactorType,
        notification::Notification,
        service::Service,
        ticket::Ticket,
        webhook::{Webhook, WebhookStatus, WebhookVersion},
    },
};
use jiff::Timestamp;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};
use url::Url;

use crate::{
    app::Urls,
    routes::{FEATURES, factors::create::NewFactor, forms, services::shape},
    store::services::{self, Settings},
};

const SERVICE: &str = "VA00000000000000000000000000000001";
const FACTOR: &str = "YF030000000000000000000000000000d1";
const WEBHOOK: &str = "YW00000000000000000000000000000001";
const CHALLENGE: &str = "YC030000000000000000000000000000e1";

/// An example of the object with this name.
pub(super) fn of(name: &str) -> Value {
    match name {
        "Service" => value(service()),
        "AccessToken" => value(access_token()),
        "Entity" => value(entity()),
        "Factor" => value(factor()),
        "NewFactor" => value(new_factor()),
        "Challenge" => value(challenge()),
        "Notification" => value(notification()),
        "Webhook" => value(webhook()),
        "Delivery" => value(delivery()),
        "Ticket" => value(ticket()),
        "Report" => value(report()),
        "Form" => value(forms::push_form(url("/Forms/form-push"))),
        "Discovery" => value(discovery()),
        "Health" => json!({ "status": "ok" }),
        _ => Value::Null,
    }
}

/// The `meta` of a page whose items stand under `key`.
pub(super) fn page(key: &str) -> Value {
    let list = url("/…?PageSize=50&Page=0");
    value(PageMeta {
        page: 0,
        page_size: 50,
        first_page_url: list.clone(),
        previous_page_url: None,
        url: list,
        next_page_url: None,
        key: key.to_owned(),
    })
}

/// A refusal with this code.
pub(super) fn error(code: ErrorCode) -> Value {
    value(match code {
        ErrorCode::NotFound => ApiError::not_found(&format!("/Services/{SERVICE}")),
        code => ApiError::new(code, code.meaning()),
    })
}

fn service() -> Service {
    let service = services::Service {
        sid: read(SERVICE),
        account_sid: account(),
        friendly_name: "Acme".to_owned(),
        settings: Settings::default(),
        created_at: moment(),
        updated_at: moment(),
    };
    let server = Url::parse("https://verify.example.com/").expect("it is a URL");
    shape(service, &Urls::new(&server))
}

fn access_token() -> AccessToken {
    let sid = "YK00000000000000000000000000000001";
    AccessToken {
        sid: read(sid),
        account_sid: account(),
        service_sid: read(SERVICE),
        entity_identity: identity(),
        factor_type: "push".to_owned(),
        factor_friendly_name: None,
        token: "eyJlbmMi…".to_owned(),
        url: url(&format!("/Services/{SERVICE}/AccessTokens/{sid}")),
        ttl: 300,
        date_created: moment(),
    }
}

fn entity() -> Entity {
    let url = entity_url();
    Entity {
        sid: read(ENTITY),
        identity: identity(),
        account_sid: account(),
        service_sid: read(SERVICE),
        date_created: moment(),
        date_updated: moment(),
        links: EntityLinks {
            factors: format!("{url}/Factors"),
            new_factors: format!("{url}/Factors"),
            challenges: format!("{url}/Challenges"),
        },
        url,
    }
}

const ENTITY: &str = "YE00000000000000000000000000000001";

fn factor() -> Factor {
    Factor {
        sid: read(FACTOR),
        account_sid: account(),
        service_sid: read(SERVICE),
        entity_sid: read(ENTITY),
        identity: identity(),
        binding: None,
        date_created: moment(),
        date_updated: moment(),
        friendly_name: "Laptop".to_owned(),
        status: FactorStatus::Verified,
        factor_type: FactorType::Push,
        config: FactorConfig::Push(PushFactorConfig {
            sdk_version: Some("0.1.0".to_owned()),
            app_id: Some("org.example.app".to_owned()),
            notification_platform: NotificationPlatform::None,
            notification_token: None,
            credential_sid: "CR00000000000000000000000000000003".to_owned(),
        }),
        metadata: None,
        url: format!("{}/Factors/{FACTOR}", entity_url()),
    }
}

fn new_factor() -> NewFactor {
    NewFactor::new(Factor {
        status: FactorStatus::Unverified,
        binding: Some(Binding::Push(PushBinding {
            alg: "ES256".to_owned(),
            public_key: "MFkwEwYHKoZIzj0CAQYI…".to_owned(),
        })),
        ..factor()
    })
}

fn challenge() -> Challenge {
    let url = format!("{}/Challenges/{CHALLENGE}", entity_url());
    Challenge {
        sid: read(CHALLENGE),
        account_sid: account(),
        service_sid: read(SERVICE),
        entity_sid: read(ENTITY),
        identity: identity(),
        factor_sid: read(FACTOR),
        date_created: moment(),
        date_updated: moment(),
        date_responded: None,
        expiration_date: "2026-11-20T05:05:00Z".parse().unwrap_or_default(),
        status: ChallengeStatus::Pending,
        responded_reason: "none".to_owned(),
        details: Details {
            message: "Sign in to Acme?".to_owned(),
            fields: vec![Field {
                label: "Where".to_owned(),
                value: "Lisbon".to_owned(),
            }],
            date: None,
        },
        hidden_details: Some([("ip".to_owned(), "192.0.2.1".to_owned())].into()),
        metadata: None,
        factor_type: FactorType::Push,
        links: ChallengeLinks {
            notifications: format!("{url}/Notifications"),
        },
        url,
    }
}

fn notification() -> Notification {
    Notification {
        sid: read("NT00000000000000000000000000000001"),
        account_sid: account(),
        service_sid: read(SERVICE),
        entity_sid: read(ENTITY),
        identity: identity(),
        challenge_sid: read(CHALLENGE),
        priority: "high".to_owned(),
        ttl: 300,
        date_created: moment(),
    }
}

fn webhook() -> Webhook {
    Webhook {
        sid: read(WEBHOOK),
        service_sid: read(SERVICE),
        account_sid: account(),
        friendly_name: "Sign-ins".to_owned(),
        event_types: vec!["challenge.approved".to_owned(), "challenge.denied".to_owned()],
        status: WebhookStatus::Enabled,
        version: WebhookVersion::V2,
        webhook_url: "https://acme.example/webhook".to_owned(),
        webhook_method: "POST".to_owned(),
        date_created: moment(),
        date_updated: moment(),
        url: url(&format!("/Services/{SERVICE}/Webhooks/{WEBHOOK}")),
    }
}

fn delivery() -> Delivery {
    let uuid = "0b6f2a34-8d0e-4c6f-9d1e-2f3a4b5c6d7e";
    Delivery {
        uuid: read(uuid),
        account_sid: account(),
        service_sid: read(SERVICE),
        webhook_sid: read(WEBHOOK),
        event_type: "challenge.approved".to_owned(),
        factor_sid: read(FACTOR),
        status: DeliveryStatus::Delivered,
        attempts: 1,
        outcome: Some("200 OK".to_owned()),
        body: format!("uuid={uuid}&type=challenge.approved&service_sid={SERVICE}&factor_sid={FACTOR}"),
        date_created: moment(),
        date_resent: None,
        date_due: None,
        date_finished: Some(moment()),
        url: format!(
            "https://verify.example.com/countersign/v1/Services/{SERVICE}/Webhooks/{WEBHOOK}/Deliveries/{uuid}"
        ),
    }
}

fn ticket() -> Ticket {
    Ticket {
        sid: read("YK00000000000000000000000000000001"),
        account_sid: account(),
        service_sid: read(SERVICE),
        identity: identity(),
        url: "https://verify.example.com/enrol/T0123456789abcdefghijkl".to_owned(),
        link: "countersign://enrol?v=1&ticket=https%3A%2F%2Fverify.example.com%2Fenrol%2FT0123456789abcdefghijkl"
            .to_owned(),
        ttl: 300,
        date_created: moment(),
        expires_at: "2026-11-20T05:05:00Z".parse().unwrap_or_default(),
    }
}

fn report() -> Report {
    Report {
        sid: read(CHALLENGE),
        factor_sid: read(FACTOR),
        reason: Reason::NotMe,
        note: Some("I was asleep".to_owned()),
        at: moment(),
    }
}

fn discovery() -> Discovery {
    Discovery {
        version: 1,
        features: FEATURES.map(str::to_owned).to_vec(),
        date: Some("2026-11-20T05:00:00Z".to_owned()),
    }
}

fn account<T: DeserializeOwned>() -> T {
    read("AC00000000000000000000000000000001")
}

fn identity() -> Identity {
    read("user-0001")
}

fn moment() -> Timestamp {
    "2026-11-20T05:00:00Z".parse().unwrap_or_default()
}

fn entity_url() -> String {
    url(&format!("/Services/{SERVICE}/Entities/user-0001"))
}

fn url(path: &str) -> String {
    format!("https://verify.example.com/v2{path}")
}

fn read<T: DeserializeOwned>(text: &str) -> T {
    serde_json::from_value(text.into()).expect("the examples are well-formed")
}

fn value(shape: impl Serialize) -> Value {
    serde_json::to_value(shape).expect("answers are JSON")
}
