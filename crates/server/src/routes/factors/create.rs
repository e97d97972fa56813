//! `POST …/Factors`: a device enrols with an access token, or the backend enrols it; or the backend makes a secret for
//! an authenticator (sections 2.3, 2.4 and 9.4 of the Verify Push protocol notes).

use axum::extract::State;
use countersign_protocol::{
    error::ErrorCode,
    form::Form,
    resources::{
        factor::{
            Binding, CreateFactor, Factor, PushBinding,
            totp::{CreateTotpFactor, TotpBinding},
        },
        factor_type::FactorType,
        service::TotpSettings,
    },
    totp::{Algorithm, Secret, TotpConfig},
};
use serde::Serialize;

use super::shape;
use crate::{
    answer::{Answer, Created, Refusal},
    app::{App, SharedApp},
    caller::Enroller,
    random,
    request::Parameters,
    store::factors::creation::{self, CreateFactorError, NewProof},
};

/// A factor that was just made, with what is shown only then.
#[derive(Serialize)]
pub(crate) struct NewFactor {
    #[serde(flatten)]
    factor: Factor,
    /// Always `null` for these types.
    options: (),
}

impl NewFactor {
    pub(crate) fn new(factor: Factor) -> Self {
        Self { factor, options: () }
    }
}

/// Makes the entity as well, if there is none. An access token is used up by success, and by nothing else.
pub(in crate::routes) async fn create(
    enroller: Enroller,
    State(app): State<SharedApp>,
    Parameters(form): Parameters,
) -> Answer<Created<NewFactor>> {
    let (new, binding) = match FactorType::from_form(&form)? {
        FactorType::Push => read_push(&form)?,
        FactorType::Totp => make_totp(&app, &enroller, &form).await?,
    };
    let Enroller {
        account,
        service,
        identity,
        token,
    } = enroller;
    let factor = app
        .store
        .create_factor(&account, &service, &identity, new, token.as_ref(), app.now())
        .await?;
    let factor = Factor {
        binding: Some(binding),
        ..shape(factor, &app.urls)
    };
    Ok(Created(NewFactor::new(factor)))
}

fn read_push(form: &Form) -> Answer<(creation::NewFactor<'static>, Binding)> {
    let CreateFactor {
        friendly_name,
        public_key,
        config,
        metadata,
    } = CreateFactor::from_form(form)?;
    let binding = PushBinding {
        alg: "ES256".to_owned(),
        public_key: public_key.to_binding(),
    };
    let new = creation::NewFactor {
        friendly_name,
        metadata,
        proof: NewProof::Push { public_key, config },
    };
    Ok((new, Binding::Push(binding)))
}

/// Makes a secret if none is given, and takes from the service what is not said about its codes. A device has no use
/// for it: its access token is for a key of its own.
async fn make_totp<'a>(
    app: &'a App,
    enroller: &Enroller,
    form: &Form,
) -> Answer<(creation::NewFactor<'a>, Binding)> {
    if enroller.token.is_some() {
        let message = "The access token allows a push factor only";
        return Err(Refusal::new(ErrorCode::FactorCreationForbidden, message));
    }
    let asked = CreateTotpFactor::from_form(form)?;
    let service = app
        .store
        .load_service(&enroller.account, &enroller.service)
        .await?;
    let service = service.ok_or(Refusal::NotFound)?;
    let TotpSettings {
        issuer,
        time_step,
        code_length,
        skew,
    } = service.settings.totp;
    let config = asked.config.over(TotpConfig {
        alg: Algorithm::default(),
        skew,
        code_length,
        time_step,
    });
    let secret = asked
        .secret
        .unwrap_or_else(|| Secret::from_random(random::make_bytes()));
    let issuer = issuer.unwrap_or(service.friendly_name);
    let binding = TotpBinding {
        secret: secret.to_base32(),
        uri: config.uri(&secret, &issuer, &asked.friendly_name),
    };
    let new = creation::NewFactor {
        friendly_name: asked.friendly_name,
        metadata: asked.metadata,
        proof: NewProof::Totp {
            secret,
            config,
            key: &app.key,
        },
    };
    Ok((new, Binding::Totp(binding)))
}

impl From<CreateFactorError> for Refusal {
    fn from(error: CreateFactorError) -> Self {
        let code = match error {
            CreateFactorError::NoService => return Self::NotFound,
            CreateFactorError::Store(error) => return error.into(),
            CreateFactorError::TokenSpent => ErrorCode::FactorCreationForbidden,
            CreateFactorError::TooMany => ErrorCode::FactorLimit,
            CreateFactorError::TooManyToday => ErrorCode::FactorCreationLimit,
            CreateFactorError::Exists => ErrorCode::FactorExists,
        };
        Self::new(code, format!("The factor was not created: {error}"))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use crate::tests::{Device, IDENTITY, World};

    #[tokio::test]
    async fn a_factor_has_all_that_a_device_needs() {
        let world = World::new().await;
        let token = world.access_token(IDENTITY).await;
        let device = Device::new(1);
        let body = format!("{}&Metadata=%7B%22os%22%3A%20%22Linux%22%7D", device.creation());
        let made = world
            .send("POST", &world.at("/Factors"), &token, &body)
            .await
            .expect(201);
        assert!(made["sid"].as_str().unwrap().starts_with("YF"));
        assert!(
            made["config"]["credential_sid"]
                .as_str()
                .unwrap()
                .starts_with("CR")
        );
        assert_eq!(made["account_sid"], world.account.as_str());
        assert_eq!(made["status"], "unverified");
        assert_eq!(made["friendly_name"], "This computer");
        assert_eq!(made["factor_type"], "push");
        assert_eq!(made["date_created"], "2026-11-20T05:00:00Z");
        assert_eq!(made["metadata"], serde_json::json!({"os": "Linux"}));
        assert_eq!(made["config"]["notification_platform"], "none");
        assert_eq!(made["config"]["notification_token"], Value::Null);
        assert_eq!(made["options"], Value::Null);
        assert!(made.as_object().unwrap().contains_key("options"));
        assert_eq!(made["binding"]["alg"], "ES256");
        assert_eq!(made["binding"]["public_key"], device.public_key().to_binding());
    }

    #[tokio::test]
    async fn a_backend_may_enrol_a_key_as_well() {
        let world = World::new().await;
        let made = world
            .post(&world.at("/Factors"), &Device::new(1).creation())
            .await
            .expect(201);
        assert_eq!(made["identity"], IDENTITY);
        let nowhere = world
            .at("/Factors")
            .replace(world.service.as_str(), "VA00000000000000000000000000000000");
        assert_eq!(
            world.post(&nowhere, &Device::new(2).creation()).await.refusal(),
            (404, 20404)
        );
    }

    #[tokio::test]
    async fn every_wrong_parameter_is_refused_with_its_code() {
        let world = World::new().await;
        let good = Device::new(1).creation();
        let path = world.at("/Factors");
        let without = |name: &str| {
            let pairs = good
                .split('&')
                .filter(|pair| !pair.starts_with(&format!("{name}=")));
            pairs.collect::<Vec<_>>().join("&")
        };
        let with = |name: &str, value: &str| format!("{}&{name}={value}", without(name));
        for name in ["FriendlyName", "FactorType", "Binding.PublicKey", "Binding.Alg"] {
            let reply = world.post(&path, &without(name)).await;
            assert_eq!(reply.refusal(), (400, 20001));
            assert_eq!(
                reply.json()["message"],
                format!("Missing required parameter {name} in the post body")
            );
        }
        for (name, value, code) in [
            ("FriendlyName", "a".repeat(65), 60200),
            ("FriendlyName", "a%00b".to_owned(), 60200),
            ("FactorType", "passkeys".to_owned(), 60369),
            ("Binding.Alg", "RS256".to_owned(), 60314),
            ("Binding.PublicKey", "dGVzdF9rZXk%3D".to_owned(), 60314),
            ("Binding.PublicKey", "a".repeat(124), 60314),
            ("Config.NotificationPlatform", "sms".to_owned(), 60370),
            ("Config.NotificationPlatform", "fcm".to_owned(), 20001),
            ("Config.NotificationToken", "a".repeat(31), 60370),
            ("Config.NotificationToken", "a".repeat(256), 60370),
            ("Config.AppId", "a".repeat(101), 60370),
            ("Metadata", "%7B%22a%22%3A1%7D".to_owned(), 60200),
            ("Metadata", "nonsense".to_owned(), 60200),
            (
                "Metadata",
                format!("%7B%22a%22%3A%22{}%22%7D", "x".repeat(1024)),
                60200,
            ),
        ] {
            assert_eq!(
                world.post(&path, &with(name, &value)).await.refusal(),
                (400, code),
                "{name}={value}"
            );
        }
        assert_eq!(world.get(&world.at("")).await.refusal(), (404, 20404));
    }

    #[tokio::test]
    async fn an_entity_has_at_most_twenty_factors_each_with_its_own_key() {
        let world = World::new().await;
        let path = world.at("/Factors");
        for seed in 1..=20 {
            world.post(&path, &Device::new(seed).creation()).await.expect(201);
        }
        assert_eq!(
            world.post(&path, &Device::new(20).creation()).await.refusal(),
            (409, 60317)
        );
        assert_eq!(
            world.post(&path, &Device::new(21).creation()).await.refusal(),
            (400, 60315)
        );
        // After a day those that were never verified make room.
        world.advance(24 * 3600);
        world.post(&path, &Device::new(21).creation()).await.expect(201);
        let left = world.get(&path).await.expect(200);
        assert_eq!(left["factors"].as_array().unwrap().len(), 1);
    }

    #[tokio::test]
    async fn an_entity_is_given_at_most_a_hundred_factors_a_day() {
        let world = World::new().await;
        let path = world.at("/Factors");
        for _ in 0..100 {
            let made = world.post(&path, &Device::new(1).creation()).await.expect(201);
            world
                .delete(&format!("{path}/{}", made["sid"].as_str().unwrap()))
                .await;
        }
        assert_eq!(
            world.post(&path, &Device::new(1).creation()).await.refusal(),
            (429, 60326)
        );
        world.advance(24 * 3600);
        world.post(&path, &Device::new(1).creation()).await.expect(201);
    }
}
