//! `POST …/Factors`: a device enrols with an access token, or the backend enrols it (sections 2.3 and 2.4 of the
//! Verify Push protocol notes).

use axum::extract::State;
use countersign_protocol::{
    error::ErrorCode,
    resources::factor::{Binding, CreateFactor, Factor},
};

use super::shape;
use crate::{
    answer::{Answer, Created, Refusal},
    app::SharedApp,
    caller::Enroller,
    request::Parameters,
    store::factors::CreateFactorError,
};

/// Makes the entity as well, if there is none. An access token is used up by success, and by nothing else.
pub(in crate::routes) async fn create(
    enroller: Enroller,
    State(app): State<SharedApp>,
    Parameters(form): Parameters,
) -> Answer<Created<Factor>> {
    let new = CreateFactor::from_form(&form)?;
    let binding = Binding {
        alg: "ES256".to_owned(),
        public_key: new.public_key.to_binding(),
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
    Ok(Created(Factor {
        binding: Some(binding),
        ..shape(factor, &app.urls)
    }))
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
