//! Somebody changes a request between the moment it was shown and the moment it is answered.

use countersign_core::{AnswerError, ChallengeStatus, Request};
use countersign_protocol::challenge_response::FIELDS_HEADER;
use countersign_protocol::resources::challenge::Challenge;
use countersign_tests::world::ada;
use countersign_tests::{Device, Exchange, Question, World};
use proptest::prelude::*;
use serde_json::{Value, json};

async fn shown() -> (World, Device, Challenge, Request) {
    let world = World::start().await;
    let (device, factor) = world.enrolled(&ada()).await;
    let question = Question::new("Pay 12,50 €?")
        .with_field("Amount", "12,50 €")
        .with_field("To", "Müller")
        .with_hidden("transaction_id", "t-1");
    let asked = world.ask(&factor, &question).await;
    let request = device.look_at(&asked.sid).await;
    world.proxy.forget();
    (world, device, asked, request)
}

/// Answers are refused, and the keychain made no signature but those of the requests that were sent.
async fn assert_refused(world: &World, device: &Device, asked: &Challenge, request: &Request, what: &str) {
    for approve in [true, false] {
        let signatures = device.faults.calls();
        let answered = if approve {
            device.authenticator.approve(&asked.sid, &request.digest).await
        } else {
            device.authenticator.deny(&asked.sid, &request.digest).await
        };
        assert!(answered.is_err(), "{what}: {answered:?}");
        let seen = world.proxy.seen();
        assert_eq!(
            device.faults.calls() - signatures,
            seen.len(),
            "{what}: each request's own token, no more"
        );
        assert!(
            !seen.iter().any(Exchange::answers_challenge),
            "{what}: nothing was sent"
        );
        world.proxy.forget();
    }
    let status = world.status(&asked.sid).await;
    assert_eq!(status, ChallengeStatus::Pending, "{what}");
}

#[tokio::test]
async fn whatever_shown_or_signed_is_changed_nothing_is_answered_and_the_change_is_shown() {
    let changes: [(&str, Value); 14] = [
        ("/details/message", json!("Pay 12.500 €?")),
        ("/details/message", json!("Pay 12,50 €? ")),
        ("/details/fields/0/value", json!("12.500 €")),
        ("/details/fields/0/label", json!("Sum")),
        ("/details/fields/1", json!({ "label": "To", "value": "Meier" })),
        (
            "/details/fields",
            json!([{ "label": "To", "value": "Müller" }, { "label": "Amount", "value": "12,50 €" }]),
        ),
        ("/details/fields", json!([])),
        ("/details", json!({ "message": "Pay 12,50 €?" })),
        ("/hidden_details/transaction_id", json!("t-2")),
        ("/hidden_details", json!(null)),
        (
            "/hidden_details",
            json!({ "transaction_id": "t-1", "action_id": "a" }),
        ),
        ("/expiration_date", json!("2026-11-20T05:59:00Z")),
        ("/date_created", json!("2026-11-20T04:59:00Z")),
        ("/identity", json!("somebody-else")),
    ];
    for (pointer, value) in changes {
        let (world, device, asked, request) = shown().await;
        let changed = value.clone();
        world
            .proxy
            .change_json(Exchange::fetches_challenge, move |challenge| {
                *challenge.pointer_mut(pointer).unwrap() = changed.clone();
            });
        let answered = device.authenticator.approve(&asked.sid, &request.digest).await;
        let Err(AnswerError::ChangedSinceShown { now }) = answered else {
            panic!("{pointer} as {value}: {answered:?}");
        };
        assert_ne!(now.digest, request.digest);
        world.proxy.forget();
        assert_refused(
            &world,
            &device,
            &asked,
            &request,
            &format!("{pointer} as {value}"),
        )
        .await;
    }
}

#[tokio::test]
async fn a_challenge_of_another_account_service_or_factor_is_not_answered() {
    let others = [
        ("account_sid", "AC00000000000000000000000000000000"),
        ("service_sid", "VA00000000000000000000000000000000"),
        ("entity_sid", "YE00000000000000000000000000000000"),
        ("factor_sid", "YF00000000000000000000000000000000"),
        ("sid", "YC00000000000000000000000000000000"),
    ];
    for (name, other) in others {
        let (world, device, asked, request) = shown().await;
        world
            .proxy
            .change_json(Exchange::fetches_challenge, move |challenge| {
                challenge[name] = other.into()
            });
        assert_refused(&world, &device, &asked, &request, name).await;
    }
}

#[tokio::test]
async fn another_list_of_signed_fields_is_not_signed() {
    let lists = [
        "sid,status",
        "sid,account_sid,service_sid,entity_sid,identity,factor_sid,date_created,expiration_date,hidden_details,status",
        "sid,account_sid,service_sid,entity_sid,identity,factor_sid,date_created,expiration_date,details,hidden_details,status,date_updated",
        "nonsense",
        "sid,,details",
        "",
    ];
    for list in lists {
        let (world, device, asked, request) = shown().await;
        world.proxy.change(move |_, answer| {
            if answer.headers.contains_key(FIELDS_HEADER) {
                answer.headers.insert(FIELDS_HEADER, list.parse().unwrap());
            }
        });
        assert_refused(&world, &device, &asked, &request, list).await;
    }
    let (world, device, asked, request) = shown().await;
    world.proxy.change(|_, answer| {
        answer.headers.remove(FIELDS_HEADER);
    });
    assert_refused(&world, &device, &asked, &request, "no list at all").await;
}

#[tokio::test]
async fn what_was_changed_can_be_looked_at_anew_and_then_be_denied() {
    let (world, device, asked, request) = shown().await;
    world.proxy.change_json(Exchange::fetches_challenge, |challenge| {
        challenge["metadata"] = json!({ "seen": "no" });
        challenge["url"] = json!("https://elsewhere.example/");
    });
    device
        .authenticator
        .deny(&asked.sid, &request.digest)
        .await
        .unwrap();
    let theirs = world.tenant.challenge(&ada(), &asked.sid).await.unwrap();
    assert_eq!(
        theirs.status,
        ChallengeStatus::Denied,
        "what is neither shown nor signed may change"
    );
}

#[tokio::test]
async fn a_server_that_takes_an_answer_for_something_else_than_it_showed_refuses_it() {
    let (world, device, asked, _) = shown().await;
    // Changed from the first look on: the device shows, pins and signs what it was given.
    world.proxy.change_json(Exchange::fetches_challenge, |challenge| {
        challenge["details"]["message"] = json!("Pay 1 €?");
    });
    let request = device.look_at(&asked.sid).await;
    assert_eq!(request.message, "Pay 1 €?");
    let answered = device.authenticator.approve(&asked.sid, &request.digest).await;
    assert!(
        matches!(&answered, Err(AnswerError::Refused(error)) if error.code == 60324),
        "{answered:?}"
    );
    let theirs = world.tenant.challenge(&ada(), &asked.sid).await.unwrap();
    assert_eq!(
        theirs.status,
        ChallengeStatus::Pending,
        "the signature is for what the person saw"
    );
}

#[tokio::test]
async fn an_answer_changed_on_its_way_back_approves_nothing() {
    let (world, device, asked, request) = shown().await;
    world.proxy.plan(1, countersign_tests::Fault::Answers(200));
    let answered = device.authenticator.approve(&asked.sid, &request.digest).await;
    assert!(answered.is_err(), "somebody else said yes: {answered:?}");
    let theirs = world.tenant.challenge(&ada(), &asked.sid).await.unwrap();
    assert_eq!(theirs.status, ChallengeStatus::Pending);
}

/// What is neither shown nor signed, and may change under way.
const FREE: [&str; 7] = [
    "date_responded",
    "date_updated",
    "factor_type",
    "links",
    "metadata",
    "responded_reason",
    "url",
];

/// The places of a challenge that a change can be made at: every value at any depth.
fn places(value: &Value, at: &str, found: &mut Vec<String>) {
    let mut inside = |name: &str, value: &Value| {
        let place = format!("{at}/{name}");
        found.push(place.clone());
        places(value, &place, found);
    };
    match value {
        Value::Object(members) => members.iter().for_each(|(name, value)| inside(name, value)),
        Value::Array(items) => {
            items
                .iter()
                .enumerate()
                .for_each(|(number, value)| inside(&number.to_string(), value));
        }
        _ => {}
    }
}

/// Something else than what was there, as like it as can be.
fn altered(value: &Value, how: u8) -> Value {
    match (value, how % 4) {
        (Value::String(text), 0) => json!(format!("{text} ")),
        (Value::String(text), 1) => json!(format!("{text}\u{200b}")),
        (Value::String(text), 2) if text.to_uppercase() != *text => json!(text.to_uppercase()),
        (Value::Null, _) => json!({ "name": "value" }),
        (Value::Array(items), 3) if items.len() > 1 => items.iter().rev().cloned().collect(),
        (Value::Object(members), 3) => {
            let mut members = members.clone();
            members.insert("more".to_owned(), json!("text"));
            Value::Object(members)
        }
        _ => Value::Null,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_hundred_random_changes_between_look_and_answer_are_never_signed(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 100),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let (world, device, asked, request) = shown().await;
            for (place, how) in changes {
                world.proxy.change_json(Exchange::fetches_challenge, move |challenge| {
                    let mut found = Vec::new();
                    places(challenge, "", &mut found);
                    found.retain(|place| !FREE.iter().any(|name| place.starts_with(&format!("/{name}"))));
                    let value = challenge.pointer_mut(&found[place.index(found.len())]).unwrap();
                    *value = altered(value, how);
                });
                let answered = device.authenticator.approve(&asked.sid, &request.digest).await;
                assert!(answered.is_err(), "{answered:?}");
                assert!(!world.proxy.seen().iter().any(Exchange::answers_challenge));
            }
            assert_eq!(world.status(&asked.sid).await, ChallengeStatus::Pending);
            world.proxy.calm_down();
            device.authenticator.approve(&asked.sid, &request.digest).await.unwrap();
        });
    }
}
