//! `/access-token`: what a device needs to enrol (section 11.1).

use axum::{
    Json,
    extract::State,
    response::{IntoResponse, Response},
};
use countersign_protocol::resources::access_token::CreateAccessToken;
use serde_json::{Value, json};

use super::sample::{SampleRefusal, processed_identity, require};
use crate::{parameters::Parameters, running::Acme};

const DOCS: &str = "https://www.twilio.com/docs/verify/api/access-token";

/// Answers `{token, serviceSid, identity, factorType}`. The device has to use the identity in the answer.
pub(super) async fn access_token(
    State(acme): State<Acme>,
    parameters: Parameters,
) -> Result<Json<Value>, SpreadRefusal> {
    create(&acme, &parameters).await.map(Json).map_err(SpreadRefusal)
}

async fn create(acme: &Acme, parameters: &Parameters) -> Result<Value, SampleRefusal> {
    let refuse = SampleRefusal::with_docs(DOCS);
    require(parameters, &["identity"]).map_err(&refuse)?;
    let identity = processed_identity(acme, parameters).map_err(&refuse)?;
    let body = CreateAccessToken {
        identity,
        factor_friendly_name: None,
        ttl: CreateAccessToken::DEFAULT_TTL,
    };
    let created = acme.api().create_access_token(&body).await;
    let created = created.map_err(SampleRefusal::with_docs(DOCS))?;
    Ok(json!({
        "token": created.token,
        "serviceSid": acme.api().service_sid(),
        "identity": body.identity,
        "factorType": "push",
    }))
}

/// The sample spreads the API's error into the answer here, and wraps it elsewhere. Both are given, so that a client
/// that reads either finds it.
pub(super) struct SpreadRefusal(SampleRefusal);

impl IntoResponse for SpreadRefusal {
    fn into_response(self) -> Response {
        let (status, error) = (self.0.status(), self.0.error());
        let mut body = json!({ "error": error });
        if let Some(code) = self.0.api_code() {
            body["status"] = status.as_u16().into();
            body["code"] = code.into();
            body["message"] = error["message"].clone();
            body["moreInfo"] = error["moreInfo"].clone();
        }
        (status, Json(body)).into_response()
    }
}

#[cfg(test)]
mod tests {
    use countersign_protocol::error::{ApiError, ErrorCode};
    use serde_json::json;

    use crate::{IdentityProcessing, api_double::Stage, person::hash};

    #[tokio::test]
    async fn get_and_post_form_and_json_answer_alike() {
        let stage = Stage::set().await;
        let expected = json!({
            "token": "header..iv.text.tag",
            "serviceSid": stage.double.service_sid(),
            "identity": hash("ada"),
            "factorType": "push",
        });
        assert_eq!(stage.get("/access-token?identity=ada").await.json, expected);
        assert_eq!(
            stage.post_form("/access-token", "identity=ada").await.json,
            expected
        );
        assert_eq!(
            stage
                .post("/access-token", &json!({ "identity": "ada" }))
                .await
                .json,
            expected
        );
        assert_eq!(
            stage.double.last_form(),
            [
                ("Identity", hash("ada").as_str()),
                ("FactorType", "push"),
                ("Ttl", "60")
            ]
        );
    }

    #[tokio::test]
    async fn a_missing_identity_is_named() {
        let stage = Stage::set().await;
        for body in [json!({}), json!({ "identity": "" }), json!({ "identity": null })] {
            let answer = stage.post("/access-token", &body).await;
            let expected = json!({ "error": {
                "message": "Missing parameter; please provide: 'identity'.",
                "moreInfo": "https://www.twilio.com/docs/verify/api/access-token",
            } });
            assert_eq!((answer.status, answer.json), (400, expected));
        }
    }

    #[tokio::test]
    async fn a_raw_identity_goes_through_as_it_is_or_not_at_all() {
        let stage = Stage::with(|config| config.identity_processing = IdentityProcessing::Raw).await;
        assert_eq!(
            stage.get("/access-token?identity=user-0001").await.json["identity"],
            "user-0001"
        );
        assert_eq!(stage.get("/access-token?identity=ada").await.status, 400);
    }

    #[tokio::test]
    async fn the_apis_error_is_spread() {
        let stage = Stage::set().await;
        stage
            .double
            .fail_with(ApiError::new(ErrorCode::AccessTokenParameters, "no"));
        let answer = stage.get("/access-token?identity=ada").await;
        let docs = "https://www.twilio.com/docs/errors/60305";
        let expected = json!({
            "status": 400, "code": 60305, "message": "no", "moreInfo": docs,
            "error": { "message": "no", "moreInfo": docs },
        });
        assert_eq!((answer.status, answer.json), (400, expected));
    }
}
