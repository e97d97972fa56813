//! `POST /countersign/v1/challenges/{YC}/reports`: a person says that a request was not theirs (docs/protocol.md, E6).

use axum::extract::State;
use countersign_protocol::{
    error::{ApiError, ErrorCode},
    jws::MAX_LEN,
    report::{PARAMETER, Report, ReportError as InvalidReport},
};

use super::ChallengePath;
use crate::{
    answer::{Answer, Created, Refusal},
    app::SharedApp,
    caller::DeviceCaller,
    request::{At, Parameters},
    store::reports::ReportError,
};

/// A device reports what it was asked itself; everything else is not there.
pub(in crate::routes) async fn report(
    DeviceCaller(factor): DeviceCaller,
    State(app): State<SharedApp>,
    At(ChallengePath { challenge }): At<ChallengePath>,
    Parameters(form): Parameters,
) -> Answer<Created<Report>> {
    let challenge = app
        .store
        .load_challenge(
            &factor.account_sid,
            &factor.service_sid,
            &factor.identity,
            &challenge,
        )
        .await?
        .filter(|challenge| challenge.factor_sid == factor.sid)
        .ok_or(Refusal::NotFound)?;
    let signed = form.one(PARAMETER).map_err(|_| unreadable("it is given twice"))?;
    let signed = signed
        .filter(|signed| !signed.is_empty())
        .ok_or_else(|| ApiError::missing_parameter(PARAMETER))?;
    if signed.len() > MAX_LEN {
        return Err(unreadable(&format!("at most {MAX_LEN} characters are allowed")));
    }
    let public_key = factor.public_key().ok_or(Refusal::NotFound)?;
    let report = Report::verify(signed, &challenge.sid, &factor.sid, public_key)?;
    app.store
        .report_challenge(&challenge, &report, signed, app.now())
        .await?;
    Ok(Created(report))
}

fn unreadable(why: &str) -> Refusal {
    Refusal::new(
        ErrorCode::InvalidRequest,
        format!("Invalid parameter {PARAMETER}: {why}"),
    )
}

impl From<InvalidReport> for Refusal {
    fn from(error: InvalidReport) -> Self {
        let code = match error {
            InvalidReport::Form(_) => ErrorCode::InvalidRequest,
            _ => ErrorCode::ChallengeVerification,
        };
        Self::new(code, format!("Invalid parameter {PARAMETER}: {error}"))
    }
}

impl From<ReportError> for Refusal {
    fn from(error: ReportError) -> Self {
        let (code, message) = match error {
            ReportError::Gone => return Self::NotFound,
            ReportError::Store(error) => return error.into(),
            ReportError::NotDenied => (
                ErrorCode::ReportNotDenied,
                "Only a challenge that was denied can be reported",
            ),
            ReportError::Already => (
                ErrorCode::AlreadyReported,
                "The challenge has been reported already",
            ),
        };
        Self::new(code, message)
    }
}
