//! `POST …/Challenges`: the backend asks (section 9.5 of the Verify Push protocol notes).

use axum::extract::State;
use countersign_protocol::{
    error::{ApiError, ErrorCode},
    identity::Identity,
    resources::challenge::{Challenge, CreateChallenge, Details},
    sid::ServiceSid,
};

use super::shape;
use crate::{
    answer::{Answer, Created, Refusal},
    app::SharedApp,
    caller::Account,
    request::{At, Parameters},
    store::challenges::{CreateChallengeError, NewChallenge},
};

/// Lives for five minutes unless another date is given, an hour at most.
pub(in crate::routes) async fn create(
    Account(account): Account,
    State(app): State<SharedApp>,
    At((service, identity)): At<(ServiceSid, Identity)>,
    Parameters(form): Parameters,
) -> Answer<Created<Challenge>> {
    let now = app.now();
    let asked = CreateChallenge::from_form(&form, now)?;
    let settings = app
        .store
        .load_service(&account, &service)
        .await?
        .ok_or(Refusal::NotFound)?
        .settings;
    let new = NewChallenge {
        details: Details {
            message: asked.message,
            fields: asked.fields,
            date: settings.push.include_date.then_some(now),
        },
        hidden_details: asked.hidden_details,
        expires_at: asked
            .expiration_date
            .unwrap_or(now + CreateChallenge::DEFAULT_LIFE),
    };
    let factor = &asked.factor_sid;
    let challenge = app
        .store
        .create_challenge(&account, &service, &identity, factor, new, now)
        .await;
    let challenge = challenge.map_err(|error| match error {
        CreateChallengeError::NoEntity => Refusal::NotFound,
        CreateChallengeError::NoFactor => ApiError::not_found(&format!(
            "/Services/{service}/Entities/{identity}/Factors/{factor}"
        ))
        .into(),
        CreateChallengeError::Unverified => {
            Refusal::new(ErrorCode::FactorUnverified, "The factor is not verified")
        }
        CreateChallengeError::Store(error) => error.into(),
    })?;
    Ok(Created(shape(challenge, now, &app.urls)))
}
