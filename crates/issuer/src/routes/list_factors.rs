//! `/list-factors`: a person's factors (section 11.1).

use axum::{Json, extract::State};
use serde_json::Value;

use super::sample::{CREATE_CHALLENGE_DOCS, SampleRefusal, processed_identity, require};
use crate::{instance, parameters::Parameters, refusal::Refusal, running::Acme};

/// Takes `identity`; answers with a list of at most 20 factors.
pub(super) async fn list_factors(
    State(acme): State<Acme>,
    parameters: Parameters,
) -> Result<Json<Vec<Value>>, SampleRefusal> {
    list(&acme, &parameters)
        .await
        .map(Json)
        .map_err(SampleRefusal::with_docs(CREATE_CHALLENGE_DOCS))
}

async fn list(acme: &Acme, parameters: &Parameters) -> Result<Vec<Value>, Refusal> {
    require(parameters, &["identity"])?;
    let identity = processed_identity(acme, parameters)?;
    let factors = acme.api().list_factors(&identity).await?;
    Ok(factors.iter().map(instance::factor).collect())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::{api_double::Stage, person::hash};

    #[tokio::test]
    async fn factors_come_as_a_bare_list_in_camel_case() {
        let stage = Stage::set().await;
        let factor = stage.double.add_factor(&hash("ada"), "unverified");
        let listed = stage.post_form("/list-factors", "identity=ada").await.json;
        assert_eq!(listed.as_array().map(Vec::len), Some(1));
        assert_eq!(listed[0]["sid"], factor.as_str());
        assert_eq!(listed[0]["friendlyName"], "a computer");
        assert_eq!(listed[0]["factorType"], "push");
    }

    #[tokio::test]
    async fn somebody_unknown_is_the_apis_404() {
        let stage = Stage::set().await;
        let answer = stage.get("/list-factors?identity=nobody").await;
        assert_eq!(answer.status, 404);
        assert!(
            answer.json["error"]["message"]
                .as_str()
                .unwrap()
                .ends_with("was not found")
        );
    }

    #[tokio::test]
    async fn a_missing_identity_is_named() {
        let answer = Stage::set().await.get("/list-factors").await;
        let expected = "Missing parameter; please provide: 'identity'.";
        assert_eq!(
            (answer.status, &answer.json["error"]["message"]),
            (400, &json!(expected))
        );
    }
}
