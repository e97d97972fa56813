//! `GET /sign-in/{YC}`: how an attempt to sign in stands; signs in the browser that began it once it is approved.

use axum::{
    Json,
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Response},
};
use countersign_protocol::{
    identity::Identity,
    resources::challenge::ChallengeStatus,
    sid::{ChallengeSid, FactorSid},
};
use serde::Deserialize;
use serde_json::json;

use super::session::{Cookie, read_cookie, set_cookie};
use crate::{
    api::{Api, CallError},
    refusal::Refusal,
    running::Acme,
    sign_ins::{Attempt, SESSION_LIFE, verdict},
};

/// Answers `{status, signed_in}`. `signed_in` is true exactly when a session was made for this browser.
pub(super) async fn sign_in_status(
    State(acme): State<Acme>,
    Path(sid): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let sid: ChallengeSid = sid.parse().map_err(|_| Refusal::UnknownSignIn)?;
    let attempt = acme
        .sign_ins()
        .find(&sid, acme.now())
        .ok_or(Refusal::UnknownSignIn)?;
    let status = match attempt.outcome {
        Some(outcome) => outcome,
        None => settle(&acme, &sid, &attempt).await?,
    };
    let token = read_cookie(&headers, Cookie::SignIn);
    let session = token.and_then(|token| acme.sign_ins().sign_in(&sid, token, acme.now()));
    let body = json!({ "status": status, "signed_in": session.is_some() });
    let mut response = Json(body).into_response();
    if let Some(session) = session {
        let cookies = [
            set_cookie(&acme, Cookie::Session, &session, SESSION_LIFE),
            set_cookie(&acme, Cookie::SignIn, "", jiff::SignedDuration::ZERO),
        ];
        for cookie in cookies {
            let cookie = HeaderValue::try_from(cookie).expect("a cookie of hexadecimal digits is a header");
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
    }
    Ok(response)
}

/// Asks the API about every challenge of the attempt, and notes an outcome that will not change any more.
async fn settle(acme: &Acme, sid: &ChallengeSid, attempt: &Attempt) -> Result<ChallengeStatus, Refusal> {
    let mut statuses = Vec::with_capacity(attempt.challenges.len());
    for (challenge, factor) in &attempt.challenges {
        statuses.push(fetch_status(acme.api(), &attempt.person.identity, challenge, factor).await?);
    }
    let status = verdict(&statuses);
    if status != ChallengeStatus::Pending {
        acme.sign_ins().settle(sid, status, acme.now());
    }
    Ok(status)
}

/// The status of a challenge, if the answer really is about it. A status that is not known is no status.
async fn fetch_status(
    api: &Api,
    identity: &Identity,
    sid: &ChallengeSid,
    factor_sid: &FactorSid,
) -> Result<ChallengeStatus, CallError> {
    #[derive(Deserialize)]
    struct Fetched {
        sid: ChallengeSid,
        factor_sid: FactorSid,
        identity: Identity,
        status: ChallengeStatus,
    }
    let fetched = api.fetch_challenge(identity, sid).await?;
    let fetched: Fetched =
        serde_json::from_value(fetched).map_err(|_| CallError::Unreadable("not a challenge"))?;
    let is_the_one = fetched.sid == *sid
        && fetched.factor_sid == *factor_sid
        && fetched.identity.as_str().eq_ignore_ascii_case(identity.as_str());
    if is_the_one {
        Ok(fetched.status)
    } else {
        Err(CallError::Unreadable("another challenge than the one asked for"))
    }
}

#[cfg(test)]
mod tests {
    use countersign_protocol::error::{ApiError, ErrorCode};
    use serde_json::{Value, json};

    use crate::{
        api_double::{Answer, Stage},
        person::hash,
    };

    /// A stage on which ada has begun to sign in: the challenge, and the cookie of her browser.
    async fn begun() -> (Stage, String, String) {
        let stage = Stage::set().await;
        stage.double.add_factor(&hash("ada"), "verified");
        let answer = stage.post("/sign-in", &json!({ "name": "ada" })).await;
        let sid = answer.json["challenge_sid"].as_str().unwrap().to_owned();
        let cookie = answer.headers["set-cookie"].to_str().unwrap();
        let (cookie, rest) = cookie.split_once(';').unwrap();
        assert!(
            rest.contains("HttpOnly") && rest.contains("SameSite=Strict"),
            "{rest}"
        );
        (stage, sid, cookie.to_owned())
    }

    async fn poll(stage: &Stage, sid: &str, cookie: &str) -> Answer {
        let headers = [("host", "127.0.0.1"), ("cookie", cookie)];
        stage.send("GET", &format!("/sign-in/{sid}"), &headers, "").await
    }

    async fn session(stage: &Stage, answer: &Answer) -> Value {
        let cookies: Vec<_> = answer.headers.get_all("set-cookie").iter().collect();
        let cookie = cookies.first().map_or("", |cookie| cookie.to_str().unwrap());
        let cookie = cookie.split(';').next().unwrap();
        stage
            .send(
                "GET",
                "/session",
                &[("host", "127.0.0.1"), ("cookie", cookie)],
                "",
            )
            .await
            .json["name"]
            .clone()
    }

    #[tokio::test]
    async fn approval_signs_in_the_browser_that_asked_once() {
        let (stage, sid, cookie) = begun().await;
        assert_eq!(
            poll(&stage, &sid, &cookie).await.json,
            json!({ "status": "pending", "signed_in": false })
        );
        stage.double.set_status(&sid, "approved");
        let answer = poll(&stage, &sid, &cookie).await;
        assert_eq!(answer.json, json!({ "status": "approved", "signed_in": true }));
        assert_eq!(session(&stage, &answer).await, "ada");
        let again = poll(&stage, &sid, &cookie).await;
        assert_eq!(again.json, json!({ "status": "approved", "signed_in": false }));
    }

    #[tokio::test]
    async fn a_status_that_is_there_twice_or_in_an_endless_answer_is_none() {
        let (stage, sid, cookie) = begun().await;
        let challenge = |rest: &str| {
            format!(
                r#"{{"sid":"{sid}","factor_sid":"YF{:032x}","identity":"{}","status":"approved"{rest}}}"#,
                1,
                hash("ada")
            )
        };
        for rest in [
            r#","status":"approved""#.to_owned(),
            r#","details":{"message":"a","message":"b"}"#.to_owned(),
            format!(r#","url":"{}""#, "a".repeat(1024 * 1024)),
        ] {
            stage.double.answer_with(&challenge(&rest));
            let answer = poll(&stage, &sid, &cookie).await;
            assert_eq!(
                (answer.status, &answer.json["error"]["code"]),
                (502, &json!("unreadable"))
            );
        }
        stage.double.answer_with(&challenge(""));
        assert_eq!(poll(&stage, &sid, &cookie).await.json["signed_in"], true);
    }

    #[tokio::test]
    async fn another_browser_sees_the_status_and_is_not_signed_in() {
        let (stage, sid, _) = begun().await;
        stage.double.set_status(&sid, "approved");
        for cookie in ["", "acme_sign_in=00000000000000000000000000000000"] {
            let answer = poll(&stage, &sid, cookie).await;
            assert_eq!(answer.json, json!({ "status": "approved", "signed_in": false }));
            assert_eq!(session(&stage, &answer).await, Value::Null);
        }
    }

    #[tokio::test]
    async fn no_other_status_signs_anybody_in() {
        for status in ["pending", "denied", "expired"] {
            let (stage, sid, cookie) = begun().await;
            stage.double.set_status(&sid, status);
            let answer = poll(&stage, &sid, &cookie).await;
            assert_eq!(answer.json, json!({ "status": status, "signed_in": false }));
            assert!(answer.headers.get("set-cookie").is_none());
        }
    }

    #[tokio::test]
    async fn no_answer_that_is_not_exactly_right_signs_anybody_in() {
        for (member, value) in [
            ("status", json!("APPROVED")),
            ("status", json!("approved ")),
            ("status", json!(true)),
            ("status", json!(null)),
            ("sid", json!("YC06060606060606060606060606060606")),
            ("factor_sid", json!("YF06060606060606060606060606060606")),
            ("identity", json!("somebody-else")),
        ] {
            let (stage, sid, cookie) = begun().await;
            stage.double.set_status(&sid, "approved");
            stage.double.damage_challenges(member, value.clone());
            let answer = poll(&stage, &sid, &cookie).await;
            assert_eq!(
                (answer.status, &answer.json["error"]["code"]),
                (502, &json!("unreadable")),
                "{member} {value}"
            );
            assert!(answer.headers.get("set-cookie").is_none());
        }
    }

    #[tokio::test]
    async fn no_trouble_with_the_api_signs_anybody_in_and_afterwards_it_goes_on() {
        let (stage, sid, cookie) = begun().await;
        stage.double.set_status(&sid, "approved");
        stage.double.fail_with(ApiError::new(ErrorCode::NotFound, "gone"));
        assert_eq!(poll(&stage, &sid, &cookie).await.status, 502);
        stage.double.answer_garbage();
        assert_eq!(poll(&stage, &sid, &cookie).await.status, 502);
        stage.double.recover();
        assert_eq!(poll(&stage, &sid, &cookie).await.json["signed_in"], true);
    }

    #[tokio::test]
    async fn a_denial_on_one_computer_outweighs_an_approval_on_another() {
        let stage = Stage::set().await;
        stage.double.add_factor(&hash("ada"), "verified");
        stage.double.add_factor(&hash("ada"), "verified");
        let answer = stage.post("/sign-in", &json!({ "name": "ada" })).await;
        let cookie = answer.headers["set-cookie"].to_str().unwrap().to_owned();
        let sid = |index: usize| answer.json["challenge_sids"][index].as_str().unwrap();
        stage.double.set_status(sid(0), "approved");
        stage.double.set_status(sid(1), "denied");
        let answer = poll(&stage, sid(0), cookie.split(';').next().unwrap()).await;
        assert_eq!(answer.json, json!({ "status": "denied", "signed_in": false }));
    }

    #[tokio::test]
    async fn an_unknown_attempt_is_not_found() {
        let stage = Stage::set().await;
        for sid in ["YC05050505050505050505050505050505", "nonsense"] {
            let answer = poll(&stage, sid, "").await;
            assert_eq!(
                (answer.status, &answer.json["error"]["code"]),
                (404, &json!("not_found"))
            );
        }
    }
}
