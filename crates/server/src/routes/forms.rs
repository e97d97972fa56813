//! `/v2/Forms/form-push`: what fields a client should ask for (section 9.8 of the Verify Push protocol notes).

use axum::{Json, extract::State};
use countersign_protocol::{json, resources::forms::FormDescription};
use serde_json::json as value;

use crate::{
    answer::{Answer, Refusal},
    app::SharedApp,
    caller::Account,
    openapi, operations,
    request::At,
};

/// JSON Schemas of the three requests, as the operations name their parameters.
pub(super) async fn fetch(
    _: Account,
    State(app): State<SharedApp>,
    At(form): At<String>,
) -> Answer<Json<FormDescription>> {
    if form == "form-push" {
        Ok(Json(push_form(app.urls.form(&form))))
    } else {
        Err(Refusal::NotFound)
    }
}

/// The form at `url`.
pub(crate) fn push_form(url: String) -> FormDescription {
    let proof = operations::UPDATE_FACTOR.body();
    let proof = proof.filter(|parameter| parameter.name == "AuthPayload");
    let proof: Vec<_> = proof.map(|parameter| parameter.required()).collect();
    let forms = value!({
        "create_factor": openapi::request_schema(operations::PUSH_FACTOR.iter().copied().flatten()),
        "verify_factor": openapi::request_schema(proof.iter()),
        "create_challenge": openapi::request_schema(operations::PUSH_CHALLENGE.iter().copied().flatten()),
    });
    FormDescription {
        url,
        form_type: "form-push".to_owned(),
        forms: json::raw(&forms),
        form_meta: json::raw(&value!({})),
    }
}

#[cfg(test)]
mod tests {
    use crate::tests::World;

    #[tokio::test]
    async fn the_push_form_is_described_and_others_do_not_exist() {
        let world = World::new().await;
        let form = world.get("/v2/Forms/form-push").await.expect(200);
        assert_eq!(form["form_type"], "form-push");
        assert_eq!(
            form["forms"]["verify_factor"]["required"],
            serde_json::json!(["AuthPayload"])
        );
        for name in ["create_factor", "verify_factor", "create_challenge"] {
            assert_eq!(form["forms"][name]["type"], "object");
        }
        assert_eq!(world.get("/v2/Forms/form-totp").await.refusal(), (404, 20404));
    }
}
