//! `countersign approve` and `countersign deny`: shows a request as the server has it, asks, and answers exactly
//! what was shown.

use countersign_core::{Answered, ChallengeStatus, Request};
use countersign_protocol::challenge_response::Decision;
use serde_json::json;

use crate::{
    arguments::{Consent, Which},
    failure::Failure,
    keychain::Use,
    output, plain, request_text,
    session::Session,
    views::Moment,
    words,
};

const UNCONFIRMED: &str = "Nothing was approved.";
const UNANSWERED: &str = "Nothing was answered.";

/// Answers a request. Denying needs no confirmation: it is the safe answer, and may be urgent.
pub(crate) async fn run(
    session: &Session,
    which: &Which,
    consent: Consent,
    decision: Decision,
) -> Result<(), Failure> {
    let asks = decision == Decision::Approved && !consent.yes;
    if asks && !output::is_attended() {
        return Err(Failure::unattended(UNCONFIRMED));
    }
    let opened = session.open(Use::Sign).await;
    let authenticator = opened.map_err(|failure| failure.and(UNANSWERED))?;
    let request = authenticator.refresh(&which.sid).await;
    let request = request.map_err(|error| Failure::from(error).and(UNANSWERED))?;
    session.output.show(&request_text::in_full(&request));
    refuse_settled(&request)?;
    if asks {
        session.output.confirm("Approve this?", UNCONFIRMED)?;
    }
    let shown = which.shown.unwrap_or(request.digest);
    let answered = match decision {
        Decision::Approved => authenticator.approve(&which.sid, &shown).await?,
        Decision::Denied => authenticator.deny(&which.sid, &shown).await?,
    };
    let value = json!({
        "sid": answered.sid,
        "factor_sid": request.factor_sid,
        "issuer": request.issuer,
        "status": answered.status,
        "at": Moment(answered.at),
        "signed_response": answered.signed_response,
        "twins": answered.twins,
        "twins_left": answered.twins_left,
    });
    session.output.result(&value, || done(&request, &answered))
}

/// A request that is over is not worth a question.
fn refuse_settled(request: &Request) -> Result<(), Failure> {
    match request.status {
        ChallengeStatus::Pending => Ok(()),
        ChallengeStatus::Expired => Err(Failure::expired(request.expires_at)),
        status => Err(Failure::answered(status, None)),
    }
}

fn done(request: &Request, answered: &Answered) -> String {
    let word = match answered.status {
        ChallengeStatus::Approved => "Approved",
        _ => "Denied",
    };
    let asker = plain::line(&request_text::asker(request));
    let mut text = format!("{word} for {asker} · {}", words::moment(answered.at));
    if !answered.twins.is_empty() {
        let twins = words::count(answered.twins.len(), "other request");
        text.push_str(&format!("\nThe same answer went to {twins} for the same action."));
    }
    for sid in &answered.twins_left {
        text.push_str(&format!(
            "\n{sid}, for the same action, could not be answered and still waits."
        ));
    }
    text
}
