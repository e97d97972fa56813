//! `POST /enrol`: everything a page needs to let a person enrol this computer.

use axum::{Json, extract::State};
use countersign_protocol::{date, link::Enrolment, resources::access_token::CreateAccessToken};
use jiff::SignedDuration;
use serde::Serialize;

use crate::{parameters::Parameters, person::Person, qr, refusal::Refusal, running::Acme};

/// Seconds for which the link works: as long as the API allows, because a person has to find their way with it.
const LINK_LIFE: u32 = 300;

#[derive(Serialize)]
pub(super) struct Answer {
    link: String,
    identity: String,
    /// The link as an SVG; `null` if it is too long for a QR code.
    qr_svg: Option<String>,
    expires_at: String,
    seconds: u32,
}

/// Takes `name` or `identity`.
pub(super) async fn enrol(State(acme): State<Acme>, parameters: Parameters) -> Result<Json<Answer>, Refusal> {
    let person = Person::from_parameters(&parameters)?;
    let body = CreateAccessToken {
        identity: person.identity.clone(),
        factor_friendly_name: None,
        ttl: LINK_LIFE,
    };
    let created = acme.api().create_access_token(&body).await?;
    let expires_at = acme.now() + SignedDuration::from_secs(i64::from(LINK_LIFE));
    let enrolment = Enrolment {
        server: acme.api().server().clone(),
        service_sid: acme.api().service_sid().clone(),
        identity: person.identity,
        token: created.token,
        issuer: Some("Acme".to_owned()),
        account: person.name,
    };
    let link = enrolment.to_link();
    Ok(Json(Answer {
        qr_svg: qr::svg(&link),
        link,
        identity: enrolment.identity.to_string(),
        expires_at: date::format(expires_at),
        seconds: LINK_LIFE,
    }))
}

#[cfg(test)]
mod tests {
    use countersign_protocol::{
        error::{ApiError, ErrorCode},
        link::Link,
    };
    use serde_json::json;

    use crate::{api_double::Stage, person::hash};

    #[tokio::test]
    async fn the_link_holds_what_a_device_needs_and_lives_five_minutes() {
        let stage = Stage::set().await;
        let answer = stage.post("/enrol", &json!({ "name": "Ada" })).await;
        assert_eq!(answer.status, 200);
        let Ok(Link::Enrol(enrolment)) = Link::parse(answer.json["link"].as_str().unwrap()) else {
            panic!("not an enrolment link: {}", answer.json["link"]);
        };
        assert_eq!(enrolment.service_sid.as_str(), stage.double.service_sid());
        assert_eq!(enrolment.server, *stage.double.server());
        assert_eq!(enrolment.identity, hash("ada"));
        assert_eq!(enrolment.token, "header..iv.text.tag");
        assert_eq!(
            (enrolment.issuer.as_deref(), enrolment.account.as_deref()),
            (Some("Acme"), Some("ada"))
        );
        assert_eq!(answer.json["identity"], hash("ada").as_str());
        assert_eq!(answer.json["expires_at"], "2026-11-20T08:05:00Z");
        assert!(answer.json["qr_svg"].as_str().unwrap().starts_with("<svg"));
        assert!(stage.double.last_form().contains(&("Ttl", "300")));
    }

    #[tokio::test]
    async fn a_script_may_name_the_identity_itself_or_nothing_at_all() {
        let stage = Stage::set().await;
        let answer = stage.post("/enrol", &json!({ "identity": "user-0001" })).await;
        assert_eq!(answer.json["identity"], "user-0001");
        let answer = stage.post("/enrol", &json!({})).await;
        assert_eq!(answer.json["identity"], hash("ada").as_str());
    }

    #[tokio::test]
    async fn every_trouble_has_its_own_answer() {
        let stage = Stage::set().await;
        let answer = stage.post("/enrol", &json!({ "identity": "x" })).await;
        assert_eq!(
            (answer.status, &answer.json["error"]["code"]),
            (400, &json!("malformed"))
        );
        stage
            .double
            .fail_with(ApiError::new(ErrorCode::Authentication, "no"));
        let answer = stage.post("/enrol", &json!({})).await;
        assert_eq!(
            (answer.status, &answer.json["error"]["code"]),
            (502, &json!("refused"))
        );
        stage.double.answer_garbage();
        let answer = stage.post("/enrol", &json!({})).await;
        assert_eq!(
            (answer.status, &answer.json["error"]["code"]),
            (502, &json!("unreadable"))
        );
        stage.double.end().await;
        let answer = stage.post("/enrol", &json!({})).await;
        assert_eq!(
            (answer.status, &answer.json["error"]["code"]),
            (502, &json!("unreachable"))
        );
    }

    #[tokio::test]
    async fn bodies_without_end_are_not_read() {
        let stage = Stage::set().await;
        let answer = stage.post("/enrol", &json!({ "name": "a".repeat(70_000) })).await;
        assert_eq!(answer.status, 413);
    }
}
