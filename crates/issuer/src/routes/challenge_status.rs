//! `/challenge-status`: where a challenge stands (section 11.1).

use axum::{
    Json,
    extract::State,
    response::{IntoResponse, Response},
};
use countersign_protocol::sid::ChallengeSid;
use serde_json::{Value, json};

use super::sample::{CREATE_CHALLENGE_DOCS, SampleRefusal, raw_identity, require};
use crate::{instance, parameters::Parameters, refusal::Refusal, running::Acme};

/// Takes `identity`, as the answer to the creation gave it, and `sid`; answers with the challenge.
pub(super) async fn challenge_status(
    State(acme): State<Acme>,
    parameters: Parameters,
) -> Result<Json<Value>, UnsuccessfulRefusal> {
    fetch(&acme, &parameters)
        .await
        .map(Json)
        .map_err(SampleRefusal::with_docs(CREATE_CHALLENGE_DOCS))
        .map_err(UnsuccessfulRefusal)
}

async fn fetch(acme: &Acme, parameters: &Parameters) -> Result<Value, Refusal> {
    require(parameters, &["identity", "sid"])?;
    let identity = raw_identity(&parameters.required("identity")?)?;
    let sid: ChallengeSid = parameters
        .required("sid")?
        .parse()
        .map_err(|error| Refusal::Malformed(format!("sid cannot be used: {error}")))?;
    let challenge = acme.api().fetch_challenge(&identity, &sid).await?;
    Ok(instance::challenge(&challenge))
}

/// The sample adds `success: false` to an error of the API's here, and nowhere else.
pub(super) struct UnsuccessfulRefusal(SampleRefusal);

impl IntoResponse for UnsuccessfulRefusal {
    fn into_response(self) -> Response {
        let mut body = json!({ "error": self.0.error() });
        if self.0.api_code().is_some() {
            body["success"] = false.into();
        }
        (self.0.status(), Json(body)).into_response()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::{api_double::Stage, person::hash};

    #[tokio::test]
    async fn the_identity_is_used_as_it_is() {
        let stage = Stage::set().await;
        let factor = stage.double.add_factor(&hash("ada"), "verified");
        let body = json!({ "identity": "ada", "message": "m", "factor": factor });
        let created = stage.post("/create-challenge", &body).await.json;
        let body = json!({ "identity": created["identity"], "sid": created["sid"] });
        assert_eq!(stage.post("/challenge-status", &body).await.json, created);
        let body = json!({ "identity": "ada", "sid": created["sid"] });
        assert_eq!(stage.post("/challenge-status", &body).await.status, 400);
    }

    #[tokio::test]
    async fn an_unknown_challenge_is_the_apis_404() {
        let stage = Stage::set().await;
        let path = "/challenge-status?identity=user-0001&sid=YC05050505050505050505050505050505";
        let answer = stage.get(path).await;
        assert_eq!((answer.status, &answer.json["success"]), (404, &json!(false)));
        assert_eq!(
            answer.json["error"]["moreInfo"],
            "https://www.twilio.com/docs/errors/20404"
        );
    }

    #[tokio::test]
    async fn missing_parameters_are_named() {
        let stage = Stage::set().await;
        let answer = stage.get("/challenge-status").await;
        let expected = "Missing parameter; please provide: 'identity, sid'.";
        assert_eq!(
            (answer.status, &answer.json["error"]["message"]),
            (400, &json!(expected))
        );
        assert_eq!(
            stage
                .get("/challenge-status?identity=user-0001&sid=x")
                .await
                .status,
            400
        );
    }
}
