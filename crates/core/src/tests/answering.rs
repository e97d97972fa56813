use countersign_protocol::{
    challenge_response::{self, Decision, SignatureFields},
    json::Members,
};
use serde_json::json;

use super::{double::Asked, setup::Setup};
use crate::{AnswerError, Answered, ChallengeStatus, Request};

pub(super) async fn approve(setup: &Setup, shown: &Request) -> Result<Answered, AnswerError> {
    setup.app.approve(&shown.sid, &shown.digest).await
}

#[tokio::test]
async fn an_approval_is_get_post_get_and_its_signature_covers_what_was_shown() {
    let (setup, shown) = Setup::asked().await;
    let body = setup.double.state().challenges[&shown.sid].to_string();
    let answered = approve(&setup, &shown).await.unwrap();
    assert_eq!(answered.status, ChallengeStatus::Approved);
    assert_eq!(
        setup.double.take_log(),
        [
            "GET /Challenges/one",
            "POST /Challenges/one",
            "GET /Challenges/one"
        ]
    );
    let factor = setup.double.state().factors[&shown.factor_sid].clone();
    let response = challenge_response::verify(
        &answered.signed_response,
        &Members::parse(body.as_bytes()).unwrap(),
        &SignatureFields::of_our_server(),
        &factor.key,
    );
    assert_eq!(response, Ok(Decision::Approved.into()));
}

#[tokio::test]
async fn an_answer_is_posted_alone_and_read_in_the_mobile_libraries_way() {
    let (setup, shown) = Setup::asked().await;
    let clock = setup.clock.clone();
    setup.double.on_a_whim(move |_| {
        clock.advance(jiff::SignedDuration::from_secs(1));
        None
    });
    setup.app.deny(&shown.sid, &shown.digest).await.unwrap();
    let state = setup.double.state();
    assert!(state.log[1].body.starts_with("AuthPayload=") && !state.log[1].body.contains('&'));
    assert_eq!(
        state.log[0].headers["accept"],
        "application/x-www-form-urlencoded"
    );
    assert_eq!(state.log[1].headers["accept"], "application/json");
    let auth = |asked: &Asked| asked.headers["authorization"].clone();
    assert_ne!(
        auth(&state.log[0]),
        auth(&state.log[2]),
        "every request has a token of its own"
    );
}

#[tokio::test]
async fn an_answer_moves_the_request_to_the_history_with_its_signature() {
    let (setup, shown) = Setup::asked().await;
    let answered = setup.app.deny(&shown.sid, &shown.digest).await.unwrap();
    assert!(setup.open_sids().await.is_empty());
    let history = setup.app.history(10).await.unwrap();
    assert_eq!(history.len(), 1);
    assert_eq!(
        (history[0].status, history[0].answered_here),
        (ChallengeStatus::Denied, true)
    );
    assert_eq!(
        history[0].signed_response.as_ref(),
        Some(&answered.signed_response)
    );
    assert_eq!(
        setup.app.request(&shown.sid).await.unwrap().status,
        ChallengeStatus::Denied
    );
}

#[tokio::test]
async fn a_second_answer_is_refused_without_being_sent() {
    let (setup, shown) = Setup::asked().await;
    approve(&setup, &shown).await.unwrap();
    setup.double.take_log();
    let again = setup.app.deny(&shown.sid, &shown.digest).await;
    let approved = ChallengeStatus::Approved;
    assert!(
        matches!(again, Err(AnswerError::AlreadyAnswered { status, .. }) if status == approved),
        "{again:?}"
    );
    assert!(setup.double.take_log().is_empty());
}

#[tokio::test]
async fn an_expired_request_is_refused_and_goes_to_the_history() {
    let (setup, shown) = Setup::asked().await;
    setup.servers_clock.advance(jiff::SignedDuration::from_mins(6));
    let late = approve(&setup, &shown).await;
    assert!(
        matches!(late, Err(AnswerError::Expired { at }) if at == shown.expires_at),
        "{late:?}"
    );
    assert_eq!(setup.double.count("POST /Challenges/one"), 0);
    assert_eq!(
        setup.app.history(10).await.unwrap()[0].status,
        ChallengeStatus::Expired
    );
    assert!(setup.open_sids().await.is_empty());
}

#[tokio::test]
async fn a_request_that_expires_between_the_get_and_the_post_is_expired() {
    let (setup, shown) = Setup::asked().await;
    let clock = setup.servers_clock.clone();
    setup.double.on_a_whim(move |asked| {
        if asked.is_post_of_challenge() {
            clock.advance(jiff::SignedDuration::from_mins(6));
        }
        None
    });
    assert!(matches!(
        approve(&setup, &shown).await,
        Err(AnswerError::Expired { .. })
    ));
    assert_eq!(setup.double.status(&shown.sid), "pending");
}

#[tokio::test]
async fn a_request_answered_elsewhere_says_so() {
    let (setup, shown) = Setup::asked().await;
    setup.double.change(&shown.sid, "status", json!("denied"));
    let late = approve(&setup, &shown).await;
    let denied = ChallengeStatus::Denied;
    assert!(
        matches!(late, Err(AnswerError::AlreadyAnswered { status, .. }) if status == denied),
        "{late:?}"
    );
    let history = setup.app.history(10).await.unwrap();
    assert_eq!((history[0].status, history[0].answered_here), (denied, false));
    assert_eq!(history[0].signed_response, None);
}

#[tokio::test]
async fn a_revoked_factor_cannot_answer() {
    let (setup, shown) = Setup::asked().await;
    setup.double.state().factors.clear();
    assert!(matches!(
        approve(&setup, &shown).await,
        Err(AnswerError::FactorRevoked)
    ));
    let connection = setup.app.connections().await.unwrap()[0].connection;
    assert_eq!(connection, crate::Connection::SignedOut);
}

#[tokio::test]
async fn a_lost_key_is_said_to_be_lost() {
    use countersign_keychain::{Keychain, KeychainError};
    let (setup, shown) = Setup::asked().await;
    for key in setup.keys.ids() {
        setup.keys.delete(&key).unwrap();
    }
    let lost = approve(&setup, &shown).await;
    assert!(
        matches!(lost, Err(AnswerError::Keychain(KeychainError::Lost { .. }))),
        "{lost:?}"
    );
}

#[tokio::test]
async fn a_request_that_nobody_knows_is_not_found() {
    let (setup, shown) = Setup::asked().await;
    let nobody = "YC00000000000000000000000000000000".parse().unwrap();
    assert!(matches!(
        setup.app.approve(&nobody, &shown.digest).await,
        Err(AnswerError::NotFound)
    ));
    setup.double.state().challenges.clear();
    assert!(matches!(
        approve(&setup, &shown).await,
        Err(AnswerError::NotFound)
    ));
    assert!(setup.open_sids().await.is_empty());
}

#[tokio::test]
async fn the_history_says_what_was_asked_and_what_the_signature_covers() {
    let (setup, shown) = Setup::asked().await;
    approve(&setup, &shown).await.unwrap();
    let history = setup.app.history(10).await.unwrap();
    assert_eq!(history[0].fields, shown.fields);
    assert!(!shown.fields.is_empty());
    assert_eq!(history[0].asked_at, shown.created_at);
    assert_eq!(history[0].signature_fields, shown.signature_fields);
    assert!(history[0].signature_fields.contains(&"details".to_owned()));
}
