//! `POST …/Challenges/{YC}`: the device answers, or the backend brings a code or notes something (sections 6 and 9.5 of
//! the Verify Push protocol notes).

use std::collections::BTreeMap;

use axum::{Json, extract::State};
use countersign_protocol::{
    challenge_response::{self, Decision, ResponseError, SignatureFields},
    error::ErrorCode,
    json::{self, Members},
    resources::{
        challenge::{AnnotateChallenge, Challenge, UpdateChallenge},
        factor_type::FactorType,
    },
    sid::ChallengeSid,
    totp::NotACode,
};
use jiff::Timestamp;

use super::{ChallengePath, numbers_are_locked, shape, unseal_number};
use crate::{
    answer::{Answer, Refusal},
    app::{App, SharedApp},
    caller::ChallengeCaller,
    observation,
    request::{At, Parameters},
    store::{
        challenges::{
            self, ChallengeState,
            answering::{AnswerChallengeError, NewAnswer, WrongNumber},
        },
        codes::TypedCode,
    },
};

/// The signature decides, whoever carries it: it is held against the challenge as it is stored, and the store
/// takes the first answer that comes in time.
pub(in crate::routes) async fn answer(
    caller: ChallengeCaller,
    State(app): State<SharedApp>,
    At(ChallengePath { challenge }): At<ChallengePath>,
    Parameters(form): Parameters,
) -> Answer<Json<Challenge>> {
    if caller.device.is_none()
        && let Some(annotation) = AnnotateChallenge::from_form(&form)?
    {
        return annotate(&app, &caller, &challenge, &annotation).await;
    }
    let UpdateChallenge {
        auth_payload,
        metadata,
    } = UpdateChallenge::from_form(&form)?;
    let challenge = caller.load(&app, &challenge).await?;
    let now = app.now();
    if challenge.factor_type == FactorType::Totp {
        let answered = take_code(&app, &challenge, &auth_payload, metadata.as_ref(), now).await?;
        note(&answered);
        return Ok(Json(shape(answered, now, &app.urls)));
    }
    let ChallengeCaller {
        account,
        service,
        identity,
        device,
    } = caller;
    let factor = match device {
        Some(device) => *device,
        None => app
            .store
            .load_factor(&account, &service, &identity, &challenge.factor_sid)
            .await?
            .ok_or(Refusal::NotFound)?,
    };
    let public_key = factor.public_key().ok_or(Refusal::NotFound)?;
    let served = json::raw(&shape(challenge.clone(), now, &app.urls));
    let served = Members::parse(served.get().as_bytes()).map_err(|error| Refusal::Failed(error.into()))?;
    let fields = SignatureFields::of_our_server();
    let response = challenge_response::verify(&auth_payload, &served, &fields, public_key)?;
    let answer = NewAnswer {
        decision: response.decision,
        number_is_right: response.number == unseal_number(&app.key, &challenge)?,
        signed: &auth_payload,
        metadata: metadata.as_ref(),
    };
    let answered = app.store.answer_challenge(&challenge, answer, now).await;
    if let Err(AnswerChallengeError::WrongNumber(WrongNumber {
        tries_left: 0,
        resent: false,
    })) = answered
    {
        observation::challenge_answered(Decision::Denied.as_str());
    }
    let answered = answered?;
    observation::challenge_answered(response.decision.as_str());
    Ok(Json(shape(answered, now, &app.urls)))
}

/// Counts an answer that a code has given.
pub(super) fn note(challenge: &challenges::Challenge) {
    if let ChallengeState::Answered { decision, .. } = challenge.state {
        observation::challenge_answered(decision.as_str());
    }
}

/// A wrong code is counted, and leaves the challenge as it is.
async fn take_code(
    app: &App,
    challenge: &challenges::Challenge,
    auth_payload: &str,
    metadata: Option<&BTreeMap<String, String>>,
    now: Timestamp,
) -> Answer<challenges::Challenge> {
    let code = auth_payload.parse().map_err(|error: NotACode| {
        let message = format!("Invalid parameter AuthPayload: {error}");
        Refusal::new(ErrorCode::InvalidRequest, message)
    })?;
    let typed = TypedCode { code, key: &app.key };
    Ok(app
        .store
        .answer_with_code(challenge, &typed, metadata, now)
        .await?)
}

/// The backend may note something on any of its challenges; what was signed does not contain it.
async fn annotate(
    app: &App,
    caller: &ChallengeCaller,
    challenge: &ChallengeSid,
    annotation: &AnnotateChallenge,
) -> Answer<Json<Challenge>> {
    let challenge = caller.load(app, challenge).await?;
    let now = app.now();
    let annotated = app
        .store
        .annotate_challenge(&challenge, &annotation.metadata, now)
        .await?;
    Ok(Json(shape(annotated.ok_or(Refusal::NotFound)?, now, &app.urls)))
}

impl From<ResponseError> for Refusal {
    fn from(error: ResponseError) -> Self {
        let code = match error {
            ResponseError::Form(_) => ErrorCode::InvalidRequest,
            _ => ErrorCode::ChallengeVerification,
        };
        Self::new(code, format!("Invalid parameter AuthPayload: {error}"))
    }
}

impl From<AnswerChallengeError> for Refusal {
    fn from(error: AnswerChallengeError) -> Self {
        let (code, message) = match error {
            AnswerChallengeError::Gone => return Self::NotFound,
            AnswerChallengeError::Store(error) => return error.into(),
            AnswerChallengeError::Locked { seconds } => return numbers_are_locked(seconds),
            AnswerChallengeError::Answered => (
                ErrorCode::ChallengeAnswered,
                "The challenge has been answered already",
            ),
            AnswerChallengeError::Expired => (ErrorCode::ChallengeExpired, "The challenge has expired"),
            AnswerChallengeError::WrongNumber(wrong) => (
                ErrorCode::WrongNumber,
                match wrong.tries_left {
                    0 => {
                        "The number is missing or not the one that is shown. It was the last try: the challenge is denied"
                    }
                    1 => "The number is missing or not the one that is shown. 1 try is left",
                    _ => "The number is missing or not the one that is shown. 2 tries are left",
                },
            ),
        };
        Self::new(code, message)
    }
}

#[cfg(test)]
mod tests {
    use countersign_protocol::challenge_response::Decision;
    use serde_json::{Value, json};

    use crate::tests::{World, payload};

    #[tokio::test]
    async fn an_answer_is_taken_once_and_read_back_at_once() {
        let world = World::new().await;
        let phone = world.verified_device(1).await;
        for decision in [Decision::Approved, Decision::Denied] {
            let challenge = world.challenge(&phone).await;
            world.advance(7);
            let answered = world.answer(&phone, &challenge, decision).await.expect(200);
            assert_eq!(answered["status"], decision.as_str());
            assert!(answered["date_responded"].is_string());
            let fetched = world
                .fetch(&phone, answered["sid"].as_str().unwrap())
                .await
                .expect(200);
            assert_eq!(fetched, answered);
            for again in [Decision::Approved, Decision::Denied] {
                assert_eq!(
                    world.answer(&phone, &challenge, again).await.refusal(),
                    (403, 60322)
                );
            }
        }
    }

    #[tokio::test]
    async fn the_backend_may_note_something_without_answering_and_a_device_may_not() {
        let world = World::new().await;
        let phone = world.verified_device(1).await;
        let challenge = world.challenge(&phone).await;
        let path = world.at(&format!(
            "/Challenges/{}",
            challenge.json()["sid"].as_str().unwrap()
        ));
        let note = "Metadata=%7B%22case%22%3A%2242%22%7D";
        let refused = world.send("POST", &path, &phone.auth(world.now()), note).await;
        assert_eq!(refused.refusal(), (400, 20001));
        assert_eq!(world.post(&path, "").await.refusal(), (400, 20001));
        assert_eq!(world.post(&path, "Metadata=42").await.refusal(), (400, 60306));
        world.advance(3);
        let noted = world.post(&path, note).await.expect(200);
        assert_eq!(
            (&noted["status"], &noted["metadata"]),
            (&json!("pending"), &json!({"case": "42"}))
        );
        assert_eq!(noted["date_updated"], "2026-11-20T05:00:03Z");
        // The note changes nothing of what the device signs.
        let answered = world
            .answer(&phone, &challenge, Decision::Denied)
            .await
            .expect(200);
        assert_eq!(answered["metadata"], json!({"case": "42"}));
    }

    #[tokio::test]
    async fn an_answer_in_another_key_order_with_other_escapes_means_the_same() {
        let world = World::new().await;
        let phone = world.verified_device(1).await;
        let challenge = world.challenge(&phone).await;
        let mut signed = challenge.json();
        signed["status"] = "approved".into();
        let mut members: Vec<_> = signed.as_object().unwrap().iter().collect();
        members.reverse();
        let members: Vec<_> = members
            .into_iter()
            .map(|(name, value)| format!("{}:{value}", json!(name)))
            .collect();
        let signed = format!("{{{}}}", members.join(" , ").replace('/', "\\/"));
        let answer = phone.seal(&countersign_protocol::jws::signing_input(
            r#"{"alg":"ES256","typ":"JWT"}"#,
            &signed,
        ));
        let path = world.at(&format!(
            "/Challenges/{}",
            challenge.json()["sid"].as_str().unwrap()
        ));
        let body = format!("{}&Metadata=%7B%22os%22%3A%22Linux%22%7D", payload(&answer));
        let answered = world
            .send("POST", &path, &phone.auth(world.now()), &body)
            .await
            .expect(200);
        assert_eq!(
            (&answered["status"], &answered["metadata"]),
            (&json!("approved"), &json!({"os": "Linux"}))
        );
    }

    #[tokio::test]
    async fn an_answer_to_anything_but_what_is_stored_is_refused() {
        let world = World::new().await;
        let phone = world.verified_device(1).await;
        let challenge = world.challenge(&phone).await;
        let served = challenge.json();
        let path = world.at(&format!("/Challenges/{}", served["sid"].as_str().unwrap()));
        let post = async |body: &str| world.send("POST", &path, &phone.auth(world.now()), body).await;
        let sign = |signed: &Value| {
            let header = r#"{"typ":"JWT","alg":"ES256"}"#;
            payload(&phone.seal(&countersign_protocol::jws::signing_input(
                header,
                &signed.to_string(),
            )))
        };
        let with = |name: &str, value: Value| {
            let mut signed = served.clone();
            signed["status"] = "approved".into();
            signed[name] = value;
            sign(&signed)
        };
        let mut without = served.clone();
        without["status"] = "approved".into();
        without.as_object_mut().unwrap().remove("details");
        for body in [
            with("details", json!({"message": "Sign out?", "fields": []})),
            with("details", Value::Null),
            with("hidden_details", json!({"ip": "192.0.2.2"})),
            with("expiration_date", "2026-11-20T06:05:00Z".into()),
            with("sid", "YC00000000000000000000000000000000".into()),
            with("factor_sid", "YF00000000000000000000000000000000".into()),
            with("status", "pending".into()),
            with("status", "expired".into()),
            with("status", true.into()),
            sign(&without),
            phone.forger().answer(&challenge, Decision::Approved),
        ] {
            assert_eq!(post(&body).await.refusal(), (403, 60324), "{body}");
        }
        for (body, code) in [
            (String::new(), 20001),
            (payload("123456"), 60306),
            (payload("a.b.c"), 60306),
            (payload(&"a".repeat(5457)), 60306),
            (
                format!("{}&Metadata=x", phone.answer(&challenge, Decision::Approved)),
                60306,
            ),
        ] {
            assert_eq!(post(&body).await.refusal(), (400, code), "{body}");
        }
        assert_eq!(
            world.fetch(&phone, served["sid"].as_str().unwrap()).await.json(),
            served
        );
        world
            .answer(&phone, &challenge, Decision::Approved)
            .await
            .expect(200);
    }

    #[tokio::test]
    async fn the_largest_challenge_can_be_answered() {
        let world = World::new().await;
        let phone = world.verified_device(1).await;
        let mut form = countersign_protocol::form::Form::default();
        form.push("FactorSid", phone.sid());
        form.push("Details.Message", "m".repeat(256));
        for _ in 0..6 {
            form.push(
                "Details.Fields",
                json!({"label": "l".repeat(36), "value": "v".repeat(128)}).to_string(),
            );
        }
        form.push("HiddenDetails", json!({"k": "x".repeat(1016)}).to_string());
        let made = world
            .post(&world.at("/Challenges"), &form.encode())
            .await
            .expect(201);
        let challenge = world.fetch(&phone, made["sid"].as_str().unwrap()).await;
        world
            .answer(&phone, &challenge, Decision::Approved)
            .await
            .expect(200);
    }
}
