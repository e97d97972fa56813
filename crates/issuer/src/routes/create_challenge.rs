//! `/create-challenge`: one question to one factor (section 11.1).

use axum::{Json, extract::State};
use countersign_protocol::{
    resources::challenge::{CreateChallenge, Field, HiddenDetails},
    sid::FactorSid,
};
use serde_json::Value;

use super::sample::{CREATE_CHALLENGE_DOCS, SampleRefusal, processed_identity, require};
use crate::{instance, parameters::Parameters, refusal::Refusal, running::Acme};

/// Takes `identity`, `message`, `factor`, and perhaps `details` and `hiddenDetails`; answers with the challenge.
pub(super) async fn create_challenge(
    State(acme): State<Acme>,
    parameters: Parameters,
) -> Result<Json<Value>, SampleRefusal> {
    create(&acme, &parameters)
        .await
        .map(Json)
        .map_err(SampleRefusal::with_docs(CREATE_CHALLENGE_DOCS))
}

async fn create(acme: &Acme, parameters: &Parameters) -> Result<Value, Refusal> {
    require(parameters, &["identity", "message", "factor"])?;
    let factor_sid: FactorSid = parameters
        .required("factor")?
        .parse()
        .map_err(|error| Refusal::Malformed(format!("factor cannot be used: {error}")))?;
    let body = CreateChallenge {
        factor_sid,
        expiration_date: None,
        message: Some(parameters.required("message")?),
        fields: parameters.json::<Vec<Field>>("details")?.unwrap_or_default(),
        hidden_details: parameters.json::<HiddenDetails>("hiddenDetails")?,
        code: None,
    };
    let identity = processed_identity(acme, parameters)?;
    let challenge = acme.api().create_challenge(&identity, &body).await?;
    Ok(instance::challenge(&challenge))
}

#[cfg(test)]
mod tests {
    use countersign_protocol::error::{ApiError, ErrorCode};
    use serde_json::json;

    use crate::{api_double::Stage, person::hash};

    #[tokio::test]
    async fn details_and_hidden_details_come_as_texts_or_as_json() {
        let stage = Stage::set().await;
        let factor = stage.double.add_factor(&hash("ada"), "verified");
        let details = json!([{ "label": "IP", "value": "192.0.2.1" }]);
        let hidden = json!({ "ip": "192.0.2.1" });
        for (details, hidden) in [
            (details.clone(), hidden.clone()),
            (details.to_string().into(), hidden.to_string().into()),
        ] {
            let body = json!({
                "identity": "ada", "message": "Sign in?", "factor": factor, "details": details, "hiddenDetails": hidden,
            });
            let answer = stage.post("/create-challenge", &body).await;
            assert_eq!((answer.status, &answer.json["status"]), (200, &json!("pending")));
            assert_eq!(answer.json["identity"], hash("ada").as_str());
            assert_eq!(answer.json["factorSid"], factor.as_str());
            assert!(answer.json["dateCreated"].as_str().unwrap().ends_with(".000Z"));
            assert_eq!(
                stage.double.last_form(),
                [
                    ("FactorSid", factor.as_str()),
                    ("Details.Message", "Sign in?"),
                    ("Details.Fields", r#"{"label":"IP","value":"192.0.2.1"}"#),
                    ("HiddenDetails", r#"{"ip":"192.0.2.1"}"#),
                ]
            );
        }
    }

    #[tokio::test]
    async fn all_missing_parameters_are_named_together() {
        let stage = Stage::set().await;
        let answer = stage.post_form("/create-challenge", "identity=ada").await;
        assert_eq!(answer.status, 400);
        let expected = "Missing parameter; please provide: 'message, factor'.";
        assert_eq!(answer.json["error"]["message"], expected);
    }

    #[tokio::test]
    async fn what_cannot_be_used_is_refused_without_asking_the_api() {
        let stage = Stage::set().await;
        for body in [
            json!({ "identity": "ada", "message": "m", "factor": "YC1" }),
            json!({ "identity": "ada", "message": ["m"], "factor": "YF03030303030303030303030303030303" }),
            json!({ "identity": "ada", "message": "m", "factor": "YF03030303030303030303030303030303", "details": "{" }),
        ] {
            let answer = stage.post("/create-challenge", &body).await;
            assert_eq!(answer.status, 400, "{body}");
            assert!(answer.json["error"]["message"].is_string());
        }
        assert_eq!(stage.double.challenges_created(), 0);
    }

    #[tokio::test]
    async fn the_apis_error_keeps_its_status() {
        let stage = Stage::set().await;
        stage
            .double
            .fail_with(ApiError::new(ErrorCode::FactorUnverified, "not verified"));
        let path = "/create-challenge?identity=ada&message=m&factor=YF03030303030303030303030303030303";
        let answer = stage.get(path).await;
        let docs = "https://www.twilio.com/docs/errors/60318";
        let expected = json!({ "error": { "message": "not verified", "moreInfo": docs } });
        assert_eq!((answer.status, answer.json), (403, expected));
    }
}
