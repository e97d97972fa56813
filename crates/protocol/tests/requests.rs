//! Requests of every resource: what is written reads back, what is wrong is named with the API's own code.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use std::collections::BTreeMap;

use countersign_protocol::{
    challenge_response::MAX_AUTH_PAYLOAD,
    date,
    form::Form,
    keys::PublicKey,
    resources::{
        access_token::CreateAccessToken,
        challenge::{
            AnnotateChallenge, ChallengeFilter, CreateChallenge, DeviceChallenge, DeviceChallengeList, Field,
            UpdateChallenge,
        },
        entity::CreateEntity,
        factor::{
            CreateFactor, CreatedFactor, NotificationPlatform, PushConfig, UpdateFactor,
            totp::{CreateTotpFactor, UpdateTotpFactor},
        },
        notification::CreateNotification,
        service::ServiceParameters,
        webhook::{CreateWebhook, UpdateWebhook},
    },
    totp::Code,
};
use proptest::prelude::*;

const FACTOR: &str = "YF00000000000000000000000000000001";
const NOW: &str = "2026-11-20T04:00:00Z";

fn form(text: &str) -> Form {
    Form::parse(text.as_bytes()).unwrap()
}

fn challenge(query: &str) -> Result<CreateChallenge, u32> {
    CreateChallenge::from_form(&form(query), date::parse(NOW).unwrap()).map_err(|error| error.code)
}

fn binding() -> PublicKey {
    let key = p256::ecdsa::SigningKey::from_slice(&[3; 32]).unwrap();
    PublicKey::from_sec1_bytes(&key.verifying_key().to_sec1_bytes()).unwrap()
}

#[test]
fn a_challenge_needs_a_factor_and_may_have_a_message_and_a_code() {
    let factor = format!("FactorSid={FACTOR}");
    assert!(challenge(&format!("{factor}&Details.Message=Hello")).is_ok());
    assert_eq!(challenge("Details.Message=Hello"), Err(20001));
    assert_eq!(challenge(&factor).unwrap().message, None);
    assert_eq!(
        challenge(&format!("{factor}&Details.Message=")).unwrap().message,
        None
    );
    let coded = challenge(&format!("{factor}&AuthPayload=012345")).unwrap();
    assert_eq!(coded.code.as_ref().map(Code::as_str), Some("012345"));
    assert_eq!(challenge(&coded.to_form().encode()), Ok(coded));
    for not_a_code in ["12", "123456789", "12345x", "eyJ.eyJ.sig"] {
        assert_eq!(
            challenge(&format!("{factor}&AuthPayload={not_a_code}")),
            Err(60306)
        );
    }
    assert_eq!(challenge("FactorSid=YF1&Details.Message=Hello"), Err(60306));
    assert_eq!(
        challenge(&format!("{factor}&Details.Message={}", "x".repeat(257))),
        Err(60368)
    );
    assert!(challenge(&format!("{factor}&Details.Message={}", "%C3%BC".repeat(256))).is_ok());
    assert_eq!(challenge(&format!("{factor}&Details.Message=a%00b")), Err(60368));
}

#[test]
fn a_challenge_lives_an_hour_at_most_and_never_in_the_past() {
    let until = |date: &str| {
        challenge(&format!(
            "FactorSid={FACTOR}&Details.Message=m&ExpirationDate={date}"
        ))
    };
    assert!(until("2026-11-20T05:00:00Z").is_ok());
    assert!(until("2026-11-20T04:00:01Z").is_ok());
    for date in [
        "2026-11-20T05:00:01Z",
        "2026-11-20T04:00:00Z",
        "2015-01-01T00:00:00Z",
        "tomorrow",
    ] {
        assert_eq!(until(date), Err(60306), "{date}");
    }
}

#[test]
fn fields_are_objects_of_two_texts_and_at_most_twenty() {
    let with = |json: &str| {
        let mut form = form(&format!("FactorSid={FACTOR}&Details.Message=m"));
        form.push("Details.Fields", json);
        CreateChallenge::from_form(&form, date::parse(NOW).unwrap())
            .map(|body| body.fields)
            .map_err(|error| error.code)
    };
    let expected = Field {
        label: "Who".into(),
        value: "a\"b/ü".into(),
    };
    assert_eq!(
        with(r#"{"label": "Who", "value": "a\"b\/ü"}"#),
        Ok(vec![expected])
    );
    let long = |label: usize, value: usize| {
        format!(
            r#"{{"label":"{}","value":"{}"}}"#,
            "l".repeat(label),
            "v".repeat(value)
        )
    };
    assert!(with(&long(36, 128)).is_ok());
    for json in [
        long(37, 1),
        long(1, 129),
        "[]".into(),
        "{}".into(),
        r#"{"label":"a"}"#.into(),
        r#"{"label":1,"value":"b"}"#.into(),
        r#"{"label":"a","label":"b","value":"c"}"#.into(),
        "nonsense".into(),
    ] {
        assert_eq!(with(&json), Err(60368), "{json}");
    }
    let many = |count: usize| {
        let fields = "&Details.Fields=%7B%22label%22%3A%22a%22%2C%22value%22%3A%22b%22%7D".repeat(count);
        challenge(&format!("FactorSid={FACTOR}&Details.Message=m{fields}"))
    };
    assert_eq!(many(20).map(|body| body.fields.len()), Ok(20));
    assert_eq!(many(21), Err(60368));
}

#[test]
fn a_number_to_be_matched_is_digits_when_a_challenge_is_created() {
    let with = |value: &str| {
        challenge(&format!(
            "FactorSid={FACTOR}&Details.Message=m&HiddenDetails=%7B%22countersign.match%22%3A%22{value}%22%7D"
        ))
    };
    assert!(with("042137").is_ok());
    for value in ["%3F", "", "1", "123456789", "12345a", "%2012"] {
        assert_eq!(with(value), Err(60368), "{value}");
    }
}

#[test]
fn hidden_details_are_texts_by_name_of_limited_length() {
    let with = |json: &str| {
        challenge(&format!(
            "FactorSid={FACTOR}&Details.Message=m&HiddenDetails={json}"
        ))
    };
    let hidden = with("%7B%22ip%22%3A%20%22127.0.0.1%22%7D")
        .unwrap()
        .hidden_details;
    assert_eq!(hidden, Some([("ip".to_owned(), "127.0.0.1".to_owned())].into()));
    for json in [
        "%7B%22ip%22%3A1%7D",
        "%5B%5D",
        "null",
        "x",
        "%7B%22a%22%3A%22b%22%2C%22a%22%3A%22c%22%7D",
    ] {
        assert_eq!(with(json), Err(60368), "{json}");
    }
    assert_eq!(
        with(&format!("%7B%22a%22%3A%22{}%22%7D", "x".repeat(1024))),
        Err(60368)
    );
}

#[test]
fn an_access_token_is_for_push_and_lives_one_to_five_minutes() {
    let read = |query: &str| {
        CreateAccessToken::from_form(&form(query))
            .map(|body| body.ttl)
            .map_err(|error| error.code)
    };
    assert_eq!(read("Identity=user-0001&FactorType=push"), Ok(60));
    assert_eq!(read("Identity=user-0001&FactorType=push&Ttl=300"), Ok(300));
    assert_eq!(read("FactorType=push"), Err(20001));
    assert_eq!(read("Identity=user-0001"), Err(20001));
    for query in [
        "Identity=user-0001&FactorType=totp",
        "Identity=user-0001&FactorType=push&Ttl=59",
        "Identity=user-0001&FactorType=push&Ttl=301",
        "Identity=u&FactorType=push",
        "Identity=user-0001&FactorType=push&Ttl=x",
    ] {
        assert_eq!(read(query), Err(60305), "{query}");
    }
}

#[test]
fn a_push_factor_needs_a_name_a_type_and_a_usable_key() {
    let body = CreateFactor {
        friendly_name: "ada's laptop & desk".into(),
        public_key: binding(),
        config: PushConfig::polling("0.1.0", "org.countersign"),
        metadata: Some(BTreeMap::from([("os".to_owned(), "Linux".to_owned())])),
    };
    assert_eq!(CreateFactor::from_form(&body.to_form()), Ok(body.clone()));
    let names: Vec<_> = body.to_form().pairs().map(|(name, _)| name.to_owned()).collect();
    assert_eq!(
        names,
        [
            "FriendlyName",
            "FactorType",
            "Binding.PublicKey",
            "Binding.Alg",
            "Config.SdkVersion",
            "Config.AppId",
            "Config.NotificationPlatform",
            "Metadata"
        ]
    );
    let without = |name: &str| {
        let form: Form = body
            .to_form()
            .pairs()
            .filter(|(known, _)| *known != name)
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        CreateFactor::from_form(&form).map_err(|error| error.code).err()
    };
    for name in ["FriendlyName", "FactorType", "Binding.PublicKey", "Binding.Alg"] {
        assert_eq!(without(name), Some(20001), "{name}");
    }
    let with = |name: &str, value: &str| {
        let form: Form = body
            .to_form()
            .pairs()
            .filter(|(known, _)| *known != name)
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .chain([(name.to_owned(), value.to_owned())])
            .collect();
        CreateFactor::from_form(&form).map_err(|error| error.code).err()
    };
    assert_eq!(with("FriendlyName", &"x".repeat(65)), Some(60200));
    assert_eq!(with("FactorType", "passkeys"), Some(60369));
    assert_eq!(with("Binding.PublicKey", "dGVzdF9rZXk="), Some(60314));
    assert_eq!(with("Binding.Alg", "RS256"), Some(60314));
    assert_eq!(with("Config.NotificationPlatform", "gcm"), Some(60370));
    assert_eq!(with("Config.NotificationPlatform", "fcm"), Some(20001));
    assert_eq!(with("Config.NotificationToken", "short"), Some(60370));
    assert_eq!(with("Config.AppId", &"x".repeat(101)), Some(60370));
    assert_eq!(with("Metadata", "{\"a\":1}"), Some(60200));
}

#[test]
fn an_update_may_prove_rename_or_reconfigure() {
    let proof = UpdateFactor {
        auth_payload: Some("MEQ=".into()),
        ..UpdateFactor::default()
    };
    assert_eq!(UpdateFactor::from_form(&proof.to_form()), Ok(proof));
    let settings = UpdateFactor {
        auth_payload: None,
        friendly_name: Some("desk".into()),
        config: Some(PushConfig::polling("1", "a")),
    };
    assert_eq!(UpdateFactor::from_form(&settings.to_form()), Ok(settings));
    let long = form(&format!("AuthPayload={}", "x".repeat(1025)));
    assert_eq!(
        UpdateFactor::from_form(&long).map_err(|error| error.code),
        Err(60306)
    );
}

#[test]
fn an_update_that_names_no_platform_leaves_it_open() {
    let config = |text: &str| UpdateFactor::from_form(&form(text)).unwrap().config;
    assert_eq!(config("FriendlyName=desk"), None);
    let named = config("Config.SdkVersion=2").unwrap();
    assert_eq!(
        (named.sdk_version.as_deref(), named.notification_platform),
        (Some("2"), None)
    );
    let none = config("Config.NotificationPlatform=none").unwrap();
    assert_eq!(none.notification_platform, Some(NotificationPlatform::None));
}

#[test]
fn a_note_is_no_answer() {
    let read = |text: &str| {
        AnnotateChallenge::from_form(&form(text))
            .map(|note| note.map(|note| note.metadata.len()))
            .map_err(|error| error.code)
    };
    assert_eq!(read("Metadata=%7B%22a%22%3A%22b%22%7D"), Ok(Some(1)));
    assert_eq!(read("Metadata=%7B%7D&AuthPayload=x"), Ok(None));
    assert_eq!(read(""), Ok(None));
    assert_eq!(read("Metadata=x"), Err(60306));
}

#[test]
fn an_answer_has_a_payload_of_limited_length() {
    let read = |text: &str| {
        UpdateChallenge::from_form(&form(text))
            .map(|body| body.auth_payload.len())
            .map_err(|error| error.code)
    };
    assert_eq!(read("Metadata=%7B%7D"), Err(20001));
    assert_eq!(
        read(&format!("AuthPayload={}", "x".repeat(MAX_AUTH_PAYLOAD))),
        Ok(MAX_AUTH_PAYLOAD)
    );
    assert_eq!(
        read(&format!("AuthPayload={}", "x".repeat(MAX_AUTH_PAYLOAD + 1))),
        Err(60306)
    );
}

#[test]
fn filters_know_four_statuses_and_two_orders() {
    let read = |query: &str| ChallengeFilter::from_form(&form(query)).map_err(|error| error.code);
    assert_eq!(read(""), Ok(ChallengeFilter::default()));
    let mut query = Form::default();
    let filter = read(&format!("FactorSid={FACTOR}&Status=pending&Order=desc")).unwrap();
    filter.push_to(&mut query);
    assert_eq!(read(&query.encode()), Ok(filter));
    for query in [
        "Status=open",
        "Status=PENDING",
        "Order=newest",
        "FactorSid=1",
        "Status=pending&Status=denied",
    ] {
        assert!(matches!(read(query), Err(60306 | 20001)), "{query}");
    }
}

#[test]
fn services_webhooks_entities_and_notifications_check_their_bounds() {
    let service = |text: &str| {
        ServiceParameters::for_creation(&form(text))
            .map(drop)
            .map_err(|error| error.code)
    };
    assert_eq!(
        service("FriendlyName=Acme&Push.IncludeDate=True&Totp.Skew=2&Unknown=1"),
        Ok(())
    );
    assert_eq!(service("CodeLength=6"), Err(20001));
    for text in [
        "CodeLength=3",
        "Totp.TimeStep=61",
        "Push.IncludeDate=maybe",
        "Push.FcmCredentialSid=CR1",
    ] {
        assert_eq!(
            service(&format!("FriendlyName=Acme&{text}")),
            Err(60200),
            "{text}"
        );
    }
    assert_eq!(service(&format!("FriendlyName={}", "x".repeat(33))), Err(60200));

    let webhook = |text: &str| {
        CreateWebhook::from_form(&form(text))
            .map(drop)
            .map_err(|error| error.code)
    };
    let good = "FriendlyName=w&EventTypes=challenge.approved&EventTypes=factor.created&WebhookUrl=https%3A%2F%2Fa.example%2Fhook";
    assert_eq!(webhook(good), Ok(()));
    assert_eq!(webhook("FriendlyName=w&EventTypes=*"), Err(20001));
    assert_eq!(
        webhook(&good.replace("factor.created", "factor.exploded")),
        Err(60200)
    );
    assert_eq!(webhook(&good.replace("https", "ftp")), Err(60200));
    assert_eq!(webhook(&format!("{good}&Status=on")), Err(60200));
    assert_eq!(
        UpdateWebhook::from_form(&form("Status=disabled")).map(|body| body.event_types),
        Ok(None)
    );

    let entity = |text: &str| {
        CreateEntity::from_form(&form(text))
            .map(drop)
            .map_err(|error| error.code)
    };
    assert_eq!(
        (entity("Identity=user-0001"), entity("Identity=me"), entity("")),
        (Ok(()), Err(60366), Err(20001))
    );

    let notification = |text: &str| {
        CreateNotification::from_form(&form(text))
            .map(|body| body.ttl)
            .map_err(|error| error.code)
    };
    assert_eq!(
        (notification(""), notification("Ttl=0"), notification("Ttl=301")),
        (Ok(300), Ok(0), Err(60306))
    );
}

#[test]
fn a_device_reads_what_it_needs_and_ignores_the_rest() {
    let created = format!(
        r#"{{"sid":"{FACTOR}","account_sid":"AC00000000000000000000000000000001","friendly_name":"f","status":"unverified","date_created":"2026-11-20T04:00:00Z","config":{{"credential_sid":"anything","x":1}},"options":null,"more":[]}}"#
    );
    assert!(serde_json::from_str::<CreatedFactor>(&created).is_ok());
    assert!(serde_json::from_str::<CreatedFactor>(&created.replace("\"anything\"", "\"\"")).is_err());
    assert!(serde_json::from_str::<CreatedFactor>(&created.replace("credential_sid", "other")).is_err());

    let challenge = format!(
        r#"{{"sid":"YC00000000000000000000000000000001","factor_sid":"{FACTOR}","status":"pending","details":{{"message":"m"}},"hidden_details":{{"n":1,"t":"x"}},"date_created":"2026-11-20T04:00:00Z","date_updated":"2026-11-20T04:00:00Z","expiration_date":"2026-11-20T04:05:00Z","date_responded":null}}"#
    );
    let read: DeviceChallenge = serde_json::from_str(&challenge).unwrap();
    assert!(read.details.fields.is_empty() && read.details.date.is_none());
    let hidden = read.hidden_details.unwrap();
    assert_eq!((hidden["n"].as_str(), hidden["t"].as_str()), ("1", "x"));
    for broken in [
        challenge.replace(r#"{"message":"m"}"#, "null"),
        challenge.replace("\"pending\"", "\"unknown\""),
        challenge.replace("expiration_date", "other"),
    ] {
        assert!(
            serde_json::from_str::<DeviceChallenge>(&broken).is_err(),
            "{broken}"
        );
    }
    assert!(
        serde_json::from_str::<DeviceChallengeList>(&format!(r#"{{"challenges":[{challenge}]}}"#)).is_err()
    );
}

proptest! {
    #[test]
    fn no_form_makes_a_request_panic(pairs in proptest::collection::vec((parameter(), "\\PC{0,60}"), 0..12)) {
        let form: Form = pairs.into_iter().collect();
        let _ = CreateAccessToken::from_form(&form);
        let _ = CreateChallenge::from_form(&form, date::parse(NOW).unwrap());
        let _ = UpdateChallenge::from_form(&form);
        let _ = ChallengeFilter::from_form(&form);
        let _ = CreateFactor::from_form(&form);
        let _ = UpdateFactor::from_form(&form);
        let _ = CreateTotpFactor::from_form(&form);
        let _ = UpdateTotpFactor::from_form(&form);
        let _ = ServiceParameters::from_form(&form);
        let _ = UpdateWebhook::from_form(&form);
    }

    #[test]
    fn every_challenge_reads_back(message in "[^\\p{Cc}]{1,200}", fields in proptest::collection::vec(("[^\\p{Cc}]{0,36}", "[^\\p{Cc}]{0,128}"), 0..4), ip in proptest::option::of("[^\\p{Cc}]{0,60}")) {
        let body = CreateChallenge {
            factor_sid: FACTOR.parse().unwrap(),
            expiration_date: None,
            message: Some(message),
            fields: fields.into_iter().map(|(label, value)| Field { label, value }).collect(),
            hidden_details: ip.map(|ip| [("ip".to_owned(), ip)].into()),
            code: None,
        };
        prop_assert_eq!(CreateChallenge::from_form(&body.to_form(), date::parse(NOW).unwrap()), Ok(body));
    }
}

fn parameter() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        "Identity",
        "FactorType",
        "FriendlyName",
        "Binding.PublicKey",
        "Binding.Alg",
        "Binding.Secret",
        "Config.CodeLength",
        "Config.NotificationPlatform",
        "Config.NotificationToken",
        "Metadata",
        "FactorSid",
        "Details.Message",
        "Details.Fields",
        "HiddenDetails",
        "ExpirationDate",
        "AuthPayload",
        "Status",
        "Order",
        "Ttl",
        "EventTypes",
        "WebhookUrl",
        "CodeLength",
        "PageSize",
    ])
    .prop_map(str::to_owned)
}
