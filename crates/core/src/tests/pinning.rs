//! What was shown is what is signed, or nothing is.

use countersign_protocol::challenge_response::SignatureFields;
use serde_json::{Value, json};

use super::{answering::approve, double::Said, setup::Setup};
use crate::AnswerError;

/// Every way in which a challenge can become another one between being shown and being answered.
#[tokio::test]
async fn a_request_that_is_no_longer_what_was_shown_is_never_signed_and_is_shown_anew() {
    let changes: [(&str, Value); 11] = [
        ("details", json!({"message": "Pay 10 000 EUR?", "fields": []})),
        (
            "details",
            json!({"message": "Are you signing in to Acme?", "fields": []}),
        ),
        (
            "details",
            json!({"message": "Are you signing in to Acme?",
                           "fields": [{"label": "Where", "value": "Zürich / \"DE\""}]}),
        ),
        ("hidden_details", json!({"transaction_id": "another"})),
        ("expiration_date", json!("2026-11-20T05:59:00Z")),
        ("date_created", json!("2026-11-20T04:59:00Z")),
        ("identity", json!("user-0002")),
        ("account_sid", json!("ACffffffffffffffffffffffffffffffff")),
        ("service_sid", json!("VAffffffffffffffffffffffffffffffff")),
        ("entity_sid", json!("YEffffffffffffffffffffffffffffffff")),
        (
            "details",
            json!({"message": "Are you signing in to Acme?", "extra": true,
                           "fields": [{"label": "Where", "value": "Zürich / \"CH\""}]}),
        ),
    ];
    let (setup, factor) = Setup::enrolled().await;
    for (member, value) in changes {
        let sid = setup.double.challenge(&factor.sid, "Are you signing in to Acme?");
        let shown = setup.show(&sid).await;
        setup.double.change(&sid, member, value.clone());
        let refused = approve(&setup, &shown).await;
        let Err(AnswerError::ChangedSinceShown { now }) = refused else {
            panic!("{member} {value}: {refused:?}")
        };
        assert_ne!(now.digest, shown.digest, "{member}");
        assert_eq!(setup.double.status(&sid), "pending", "{member}");
        assert_eq!(setup.app.request(&sid).await.unwrap(), *now, "{member}");
        approve(&setup, &now).await.unwrap();
    }
    assert_eq!(setup.double.count("POST /Challenges/one"), 11);
}

#[tokio::test]
async fn another_list_of_signed_fields_is_a_change_too() {
    let (setup, shown) = Setup::asked().await;
    assert!(shown.signed.details && shown.signed.hidden_details);
    setup.double.state().fields = "sid,status".to_owned();
    let Err(AnswerError::ChangedSinceShown { now }) = approve(&setup, &shown).await else {
        panic!("changed")
    };
    assert!(!now.signed.details && !now.signed.hidden_details);
    assert_eq!(now.signature_fields, ["sid", "status"]);
    assert_eq!(setup.double.count("POST /Challenges/one"), 0);
}

#[tokio::test]
async fn order_and_white_space_of_the_json_are_no_change() {
    let (setup, shown) = Setup::asked().await;
    let turned = {
        let state = setup.double.state();
        let Value::Object(members) = &state.challenges[&shown.sid] else {
            panic!("an object")
        };
        let members: Vec<_> = members
            .iter()
            .rev()
            .map(|(name, value)| format!("\"{name}\" : {value}"))
            .collect();
        format!("{{ {} }}", members.join(" ,\n"))
    };
    let reply = Said::reply(200, turned).with(
        "Twilio-Verify-Signature-Fields",
        SignatureFields::of_our_server().to_string(),
    );
    setup.double.once("GET /Challenges/one", reply);
    approve(&setup, &shown).await.unwrap();
}

#[tokio::test]
async fn a_request_of_another_factor_is_refused() {
    let (setup, shown) = Setup::asked().await;
    let mut other = setup.double.state().challenges[&shown.sid].clone();
    other["factor_sid"] = json!("YF99999999999999999999999999999999");
    setup
        .double
        .once("GET /Challenges/one", Said::reply(200, other.to_string()));
    assert!(matches!(
        approve(&setup, &shown).await,
        Err(AnswerError::WrongFactor)
    ));
    assert_eq!(setup.double.status(&shown.sid), "pending");
}

#[tokio::test]
async fn a_request_without_a_list_of_signed_fields_is_never_signed() {
    for fields in ["", ",", "sid,sid"] {
        let (setup, factor) = Setup::enrolled().await;
        setup.double.state().fields = fields.to_owned();
        let sid = setup.double.challenge(&factor.sid, "?");
        let shown = setup.show(&sid).await;
        let refused = approve(&setup, &shown).await;
        assert!(
            matches!(refused, Err(AnswerError::SignatureFields(_))),
            "{fields:?} {refused:?}"
        );
        assert_eq!(setup.double.count("POST /Challenges/one"), 0);
    }
}

#[tokio::test]
async fn spaces_in_the_list_of_signed_fields_are_tolerated() {
    let (setup, factor) = Setup::enrolled().await;
    setup.double.state().fields = "sid, account_sid , details,status".to_owned();
    let sid = setup.double.challenge(&factor.sid, "?");
    let shown = setup.show(&sid).await;
    approve(&setup, &shown).await.unwrap();
}
