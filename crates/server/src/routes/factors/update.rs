//! `POST …/Factors/{YF}`: a device proves that it holds its key, or a person that their authenticator shows the right
//! codes; and what may be changed about either (sections 3, 7.1 and 9.4 of the Verify Push protocol notes).

use axum::{Json, extract::State};
use countersign_protocol::{
    error::ErrorCode,
    form::Form,
    keys::{PublicKey, Signature},
    resources::factor::{Factor, UpdateFactor, totp::UpdateTotpFactor},
};

use super::shape;
use crate::{
    answer::{Answer, Refusal},
    app::{App, SharedApp},
    caller::FactorCaller,
    request::Parameters,
    store::factors::{self, FactorChange, Proof},
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
    let factor = app
        .store
        .load_factor(&account, &service, &identity, &factor)
        .await?;
    let factor = factor.ok_or(Refusal::NotFound)?;
    match &factor.proof {
        Proof::Push(push) => update_push(&app, &factor, &push.public_key, &form).await,
        Proof::Totp(_) => {
            let asked = UpdateTotpFactor::from_form(&form)?;
            let updated = app.store.update_totp_factor(&factor, &asked, &app.key, app.now());
            Ok(Json(shape(updated.await?, &app.urls)))
        }
    }
}

async fn update_push(
    app: &App,
    factor: &factors::Factor,
    public_key: &PublicKey,
    form: &Form,
) -> Answer<Json<Factor>> {
    let asked = UpdateFactor::from_form(form)?;
    if let Some(proof) = &asked.auth_payload {
        check_proof(factor, public_key, proof)?;
    }
    let change = FactorChange {
        verified: asked.auth_payload.is_some(),
        friendly_name: asked.friendly_name,
        config: asked.config,
    };
    let factor = app.store.update_factor(factor, change, app.now()).await?;
    Ok(Json(shape(factor.ok_or(Refusal::NotFound)?, &app.urls)))
}

/// The proof is the signature over the factor's SID, in DER.
fn check_proof(factor: &factors::Factor, public_key: &PublicKey, proof: &str) -> Result<(), Refusal> {
    let signature = Signature::from_factor_proof(proof).map_err(|error| {
        Refusal::new(
            ErrorCode::InvalidRequest,
            format!("Invalid parameter AuthPayload: {error}"),
        )
    })?;
    if public_key.verify(factor.sid.as_str().as_bytes(), &signature) {
        Ok(())
    } else {
        Err(Refusal::new(
            ErrorCode::FactorVerification,
            "The signature does not verify the factor",
        ))
    }
}

#[cfg(test)]
mod tests {
    use base64ct::{Base64, Encoding as _};
    use serde_json::Value;

    use crate::tests::{World, payload};

    #[tokio::test]
    async fn the_right_proof_verifies_as_often_as_it_comes() {
        let world = World::new().await;
        let phone = world.unverified_device(1).await;
        let path = world.at(&format!("/Factors/{}", phone.sid()));
        for _ in 0..2 {
            let reply = world
                .send("POST", &path, &phone.auth(world.now()), &phone.proof())
                .await;
            assert_eq!(reply.expect(200)["status"], "verified");
        }
    }

    #[tokio::test]
    async fn a_wrong_proof_changes_nothing_not_even_the_name() {
        let world = World::new().await;
        let phone = world.unverified_device(1).await;
        let path = world.at(&format!("/Factors/{}", phone.sid()));
        let other = phone.forger();
        let not_der = payload(&Base64::encode_string(&phone.sign(phone.sid().as_bytes()).raw()));
        for (proof, refusal) in [
            (other.proof(), (403, 60311)),
            (
                payload(&phone.sign(b"YF").to_factor_proof().unwrap()),
                (403, 60311),
            ),
            (not_der, (400, 60306)),
            (payload("123456"), (400, 60306)),
            (payload(&"A".repeat(1028)), (400, 60306)),
        ] {
            let body = format!("{proof}&FriendlyName=Stolen");
            let reply = world.send("POST", &path, &phone.auth(world.now()), &body).await;
            assert_eq!(reply.refusal(), refusal, "{proof}");
        }
        let factor = world.get(&path).await.expect(200);
        assert_eq!(
            (&factor["status"], &factor["friendly_name"]),
            (&"unverified".into(), &"This computer".into())
        );
    }

    #[tokio::test]
    async fn the_push_address_comes_and_goes_and_the_rest_stays() {
        let world = World::new().await;
        let phone = world.verified_device(1).await;
        let path = world.at(&format!("/Factors/{}", phone.sid()));
        let update = async |body: &str| world.send("POST", &path, &phone.auth(world.now()), body).await;
        let token = "t".repeat(40);
        let all = format!(
            "FriendlyName=Mine&Config.SdkVersion=2&Config.AppId=x&Config.NotificationPlatform=fcm&Config.NotificationToken={token}"
        );
        let updated = update(&all).await.expect(200);
        assert_eq!(updated["friendly_name"], "Mine");
        assert_eq!(updated["status"], "verified");
        assert_eq!(updated["config"]["sdk_version"], "2");
        assert_eq!(updated["config"]["app_id"], "org.example.app");
        assert_eq!(updated["config"]["notification_token"], token);
        assert_eq!(
            updated["config"]["credential_sid"],
            phone.factor["config"]["credential_sid"]
        );

        let updated = update("Config.SdkVersion=3").await.expect(200);
        assert_eq!(updated["config"]["notification_platform"], "fcm");
        assert_eq!(updated["config"]["notification_token"], token);
        let other = format!("Config.NotificationToken={}", "u".repeat(40));
        let updated = update(&other).await.expect(200);
        assert_eq!(updated["config"]["notification_token"], "u".repeat(40));
        let updated = update("Config.NotificationPlatform=none").await.expect(200);
        assert_eq!(updated["config"]["notification_platform"], "none");
        assert_eq!(updated["config"]["notification_token"], Value::Null);
        let updated = update(&other).await.expect(200);
        assert_eq!(updated["config"]["notification_token"], Value::Null);
        assert_eq!(updated["config"]["sdk_version"], "3");
        assert_eq!(updated["friendly_name"], "Mine");
    }
}
