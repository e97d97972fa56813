//! `POST …/Factors/{YF}`: a device proves that it holds its key, or changes how it is called and reached (sections
//! 3 and 7.1 of the Verify Push protocol notes).

use axum::{Json, extract::State};
use countersign_protocol::{
    error::ErrorCode,
    form::Form,
    keys::Signature,
    resources::factor::{Factor, NotificationPlatform, PushConfig, UpdateFactor},
};

use super::shape;
use crate::{
    answer::{Answer, Refusal},
    app::SharedApp,
    caller::FactorCaller,
    request::Parameters,
    store::factors::{self, FactorChange},
};

/// All that is asked for is done, or nothing: a wrong proof changes no name.
pub(in crate::routes) async fn update(
    caller: FactorCaller,
    State(app): State<SharedApp>,
    Parameters(form): Parameters,
) -> Answer<Json<Factor>> {
    let FactorCaller {
        account,
        service,
        identity,
        factor,
    } = caller;
    let asked = UpdateFactor::from_form(&form)?;
    let factor = app
        .store
        .load_factor(&account, &service, &identity, &factor)
        .await?;
    let factor = factor.ok_or(Refusal::NotFound)?;
    if let Some(proof) = &asked.auth_payload {
        check_proof(&factor, proof)?;
    }
    let change = FactorChange {
        verified: asked.auth_payload.is_some(),
        friendly_name: asked.friendly_name,
        config: asked.config.map(|config| complete(config, &factor.config, &form)),
    };
    let factor = app.store.update_factor(&factor, change, app.now()).await?;
    Ok(Json(shape(factor.ok_or(Refusal::NotFound)?, &app.urls)))
}

/// The proof is the signature over the factor's SID, in DER.
fn check_proof(factor: &factors::Factor, proof: &str) -> Result<(), Refusal> {
    let signature = Signature::from_factor_proof(proof).map_err(|error| {
        Refusal::new(
            ErrorCode::InvalidRequest,
            format!("Invalid parameter AuthPayload: {error}"),
        )
    })?;
    if factor
        .public_key
        .verify(factor.sid.as_str().as_bytes(), &signature)
    {
        Ok(())
    } else {
        Err(Refusal::new(
            ErrorCode::FactorVerification,
            "The signature does not verify the factor",
        ))
    }
}

/// What was not sent stays as it was. The platform `none` takes the token away.
fn complete(mut config: PushConfig, old: &PushConfig, form: &Form) -> PushConfig {
    if form.all("Config.NotificationPlatform").all(str::is_empty) {
        config.notification_platform = old.notification_platform;
        config.notification_token = config
            .notification_token
            .or_else(|| old.notification_token.clone());
    }
    if config.notification_platform == NotificationPlatform::None {
        config.notification_token = None;
    }
    config
}
