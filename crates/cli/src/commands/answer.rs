//! `countersign approve` and `countersign deny`: shows a request as the server has it, asks, and answers exactly
//! what was shown.

use std::io;

use countersign_core::{
    AnswerError, Answered, Approval, Authenticator, ChallengeStatus, MatchNumber, NumberAsked, Request,
    ShownDigest,
};
use countersign_protocol::sid::ChallengeSid;
use secrecy::SecretString;
use serde_json::json;

use crate::{
    arguments::{Consent, NumberChoice, Which},
    exit::Exit,
    failure::Failure,
    keychain::Use,
    output,
    pin::with_pin,
    plain, request_text,
    session::Session,
    terminal,
    views::Moment,
    words,
};

const UNCONFIRMED: &str = "Nothing was approved.";
pub(super) const UNANSWERED: &str = "Nothing was answered.";

/// Approves a request. Whoever types its number has agreed by that; otherwise a yes is needed.
pub(crate) async fn approve(
    session: &Session,
    which: &Which,
    consent: Consent,
    number: Option<NumberChoice>,
) -> Result<(), Failure> {
    if !consent.yes && !output::is_attended() {
        return Err(Failure::unattended(UNCONFIRMED));
    }
    let (authenticator, request) = show(session, which).await?;
    refuse_settled(&request)?;
    let shown = which.shown.unwrap_or(request.digest);
    let answered = match number {
        None | Some(NumberChoice::Asked) if request.number.is_some() => {
            ask_and_approve(session, &authenticator, &request, &shown).await?
        }
        number => {
            if !consent.yes {
                session.output.confirm("Approve this?", UNCONFIRMED)?;
            }
            match number {
                Some(NumberChoice::Typed(number)) => {
                    give(session, &authenticator, &which.sid, &shown, Some(number)).await?
                }
                Some(NumberChoice::Asked) => return Err(AnswerError::NumberNotAsked.into()),
                None => give(session, &authenticator, &which.sid, &shown, None).await?,
            }
        }
    };
    tell(session, &request, &answered)
}

/// Denies a request. That needs no confirmation: it is the safe answer, and may be urgent.
pub(crate) async fn deny(session: &Session, which: &Which) -> Result<(), Failure> {
    let (authenticator, request) = show(session, which).await?;
    refuse_settled(&request)?;
    let shown = which.shown.unwrap_or(request.digest);
    let answered = authenticator.deny(&which.sid, &shown).await?;
    tell(session, &request, &answered)
}

/// Shows a request as its server has it now.
pub(super) async fn show(session: &Session, which: &Which) -> Result<(Authenticator, Request), Failure> {
    let opened = session.open(Use::Sign).await;
    let authenticator = opened.map_err(|failure| failure.and(UNANSWERED))?;
    let request = authenticator.refresh(&which.sid).await;
    let request = request.map_err(|error| Failure::from(error).and(UNANSWERED))?;
    session.output.show(&request_text::in_full(&request));
    Ok((authenticator, request))
}

/// A request that is over is not worth a question.
pub(super) fn refuse_settled(request: &Request) -> Result<(), Failure> {
    match request.status {
        ChallengeStatus::Pending => Ok(()),
        ChallengeStatus::Expired => Err(Failure::expired(request.expires_at)),
        status => Err(Failure::answered(status, None)),
    }
}

/// Asks for the number: a person as long as there are tries, and whatever feeds standard input once.
async fn ask_and_approve(
    session: &Session,
    authenticator: &Authenticator,
    request: &Request,
    shown: &ShownDigest,
) -> Result<Answered, Failure> {
    loop {
        let number = ask_number(request.number)?;
        match authenticator
            .approve_with(&request.sid, shown, &number.into())
            .await
        {
            Err(error @ AnswerError::WrongNumber { tries_left: 1.. }) if output::is_attended() => {
                session.output.show(&Failure::from(error).words());
            }
            answered => return Ok(answered?),
        }
    }
}

/// Approves, with the PIN if it turns out that it is needed.
async fn give(
    session: &Session,
    authenticator: &Authenticator,
    sid: &ChallengeSid,
    shown: &ShownDigest,
    number: Option<MatchNumber>,
) -> Result<Answered, Failure> {
    let approve = async |pin: Option<&SecretString>| {
        let typed = Approval {
            number: number.clone(),
            pin: pin.cloned(),
        };
        authenticator.approve_with(sid, shown, &typed).await
    };
    with_pin(session, approve, |error| match error {
        AnswerError::NotConfirmed(error) => Some(error),
        _ => None,
    })
    .await
}

fn ask_number(asked: Option<NumberAsked>) -> Result<MatchNumber, Failure> {
    let line = if output::is_attended() {
        let digits = asked.and_then(|asked| asked.digits);
        let digits = digits.map_or_else(String::new, |count| format!("{count} digits, "));
        terminal::ask(&format!(
            "Type the number shown where you started this ({digits}Enter alone to stop):"
        ))
    } else {
        let mut line = String::new();
        io::stdin().read_line(&mut line).map(|_| line)
    };
    match line.as_deref().unwrap_or_default().trim() {
        "" if output::is_attended() => Err(Failure::new(Exit::NotConfirmed, UNCONFIRMED)),
        "" => Err(AnswerError::NumberNeeded.into()),
        digits => digits
            .parse()
            .map_err(|error| Failure::number_unusable(error).and(UNANSWERED)),
    }
}

fn tell(session: &Session, request: &Request, answered: &Answered) -> Result<(), Failure> {
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
    session.output.result(&value, || done(request, answered))
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
