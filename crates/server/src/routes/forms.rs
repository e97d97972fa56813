//! `/v2/Forms/form-push`: what fields a client should ask for (section 9.8 of the Verify Push protocol notes).

use axum::{Json, extract::State};
use countersign_protocol::{json, resources::forms::FormDescription};
use serde_json::json as value;

use crate::{
    answer::{Answer, Refusal},
    app::SharedApp,
    caller::Account,
    request::At,
};

/// JSON Schemas of the three requests, by the limits that this server keeps.
pub(super) async fn fetch(
    _: Account,
    State(app): State<SharedApp>,
    At(form): At<String>,
) -> Answer<Json<FormDescription>> {
    if form != "form-push" {
        return Err(Refusal::NotFound);
    }
    let text = |longest: u32| value!({ "type": "string", "minLength": 1, "maxLength": longest });
    let form_of = |required: &[&str], properties: serde_json::Value| value!({ "type": "object", "required": required, "properties": properties });
    let forms = value!({
        "create_factor": form_of(
            &["FriendlyName", "FactorType", "Binding.PublicKey", "Binding.Alg"],
            value!({
                "FriendlyName": text(64),
                "FactorType": { "const": "push" },
                "Binding.PublicKey": { "type": "string", "minLength": 124, "maxLength": 124 },
                "Binding.Alg": { "const": "ES256" },
                "Config.AppId": text(100),
                "Config.SdkVersion": text(100),
                "Config.NotificationPlatform": { "enum": ["apn", "fcm", "none"] },
                "Config.NotificationToken": { "type": "string", "minLength": 32, "maxLength": 255 },
                "Metadata": text(1024),
            }),
        ),
        "verify_factor": form_of(&["AuthPayload"], value!({ "AuthPayload": text(1024) })),
        "create_challenge": form_of(
            &["FactorSid", "Details.Message"],
            value!({
                "FactorSid": { "type": "string", "pattern": "^YF[0-9a-fA-F]{32}$" },
                "Details.Message": text(256),
                "Details.Fields": {
                    "type": "array",
                    "maxItems": 20,
                    "items": form_of(&["label", "value"], value!({ "label": text(36), "value": text(128) })),
                },
                "HiddenDetails": text(1024),
                "ExpirationDate": { "type": "string", "format": "date-time" },
            }),
        ),
    });
    Ok(Json(FormDescription {
        url: app.urls.form(&form),
        form_type: form,
        forms: json::raw(&forms),
        form_meta: json::raw(&value!({})),
    }))
}

#[cfg(test)]
mod tests {
    use crate::tests::World;

    #[tokio::test]
    async fn the_push_form_is_described_and_others_do_not_exist() {
        let world = World::new().await;
        let form = world.get("/v2/Forms/form-push").await.expect(200);
        assert_eq!(form["form_type"], "form-push");
        for name in ["create_factor", "verify_factor", "create_challenge"] {
            assert_eq!(form["forms"][name]["type"], "object");
        }
        assert_eq!(world.get("/v2/Forms/form-totp").await.refusal(), (404, 20404));
    }
}
