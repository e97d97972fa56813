//! `POST …/Challenges/{YC}`: the device answers (section 6 of the Verify Push protocol notes).

use axum::{Json, extract::State};
use countersign_protocol::{
    challenge_response::{self, ResponseError, SignatureFields},
    error::ErrorCode,
    json::{self, Members},
    resources::challenge::{Challenge, UpdateChallenge},
};

use super::{ChallengePath, shape};
use crate::{
    answer::{Answer, Refusal},
    app::SharedApp,
    caller::ChallengeCaller,
    request::{At, Parameters},
    store::challenges::AnswerChallengeError,
};

/// The signature decides, whoever carries it: it is held against the challenge as it is stored, and the store
/// takes the first answer that comes in time.
pub(in crate::routes) async fn answer(
    caller: ChallengeCaller,
    State(app): State<SharedApp>,
    At(ChallengePath { challenge }): At<ChallengePath>,
    Parameters(form): Parameters,
) -> Answer<Json<Challenge>> {
    let UpdateChallenge {
        auth_payload,
        metadata,
    } = UpdateChallenge::from_form(&form)?;
    let challenge = caller.load(&app, &challenge).await?;
    let ChallengeCaller {
        account,
        service,
        identity,
        device,
    } = caller;
    let factor = match device {
        Some(device) => *device,
        None => app
            .store
            .load_factor(&account, &service, &identity, &challenge.factor_sid)
            .await?
            .ok_or(Refusal::NotFound)?,
    };
    let now = app.now();
    let served = json::raw(&shape(challenge.clone(), now, &app.urls));
    let served = Members::parse(served.get().as_bytes()).map_err(|error| Refusal::Failed(error.into()))?;
    let fields = SignatureFields::of_our_server();
    let decision = challenge_response::verify(&auth_payload, &served, &fields, &factor.public_key)?;
    let answered = app
        .store
        .answer_challenge(&challenge, decision, &auth_payload, metadata.as_ref(), now)
        .await?;
    Ok(Json(shape(answered, now, &app.urls)))
}

impl From<ResponseError> for Refusal {
    fn from(error: ResponseError) -> Self {
        let code = match error {
            ResponseError::Form(_) => ErrorCode::InvalidRequest,
            _ => ErrorCode::ChallengeVerification,
        };
        Self::new(code, format!("Invalid parameter AuthPayload: {error}"))
    }
}

impl From<AnswerChallengeError> for Refusal {
    fn from(error: AnswerChallengeError) -> Self {
        match error {
            AnswerChallengeError::Gone => Self::NotFound,
            AnswerChallengeError::Answered => Self::new(
                ErrorCode::ChallengeAnswered,
                "The challenge has been answered already",
            ),
            AnswerChallengeError::Expired => {
                Self::new(ErrorCode::ChallengeExpired, "The challenge has expired")
            }
            AnswerChallengeError::Store(error) => error.into(),
        }
    }
}
