//! `countersign deny --not-me`: denies, and tells the issuer that the request was not this person's.

use countersign_core::{ChallengeStatus, Reason, Reported, Request, Told, client::ClientError};
use serde_json::{Value, json};

use super::answer;
use crate::{
    arguments::Which, failure::Failure, plain, request_text, session::Session, views::Moment, words,
};

/// Denies what is still open, and reports it. A request that was denied before is reported all the same.
pub(crate) async fn run(session: &Session, which: &Which, note: Option<&str>) -> Result<(), Failure> {
    let (authenticator, request) = answer::show(session, which).await?;
    if request.status != ChallengeStatus::Denied {
        answer::refuse_settled(&request)?;
    }
    let shown = which.shown.unwrap_or(request.digest);
    let reported = authenticator
        .report(&which.sid, &shown, Reason::NotMe, note)
        .await?;
    let value = json!({
        "sid": reported.sid,
        "factor_sid": request.factor_sid,
        "issuer": request.issuer,
        "status": ChallengeStatus::Denied,
        "at": Moment(reported.denied_at),
        "denied_now": reported.denied_now,
        "report": report(&reported.told),
    });
    session.output.result(&value, || done(&request, &reported))?;
    match reported.told {
        Told::Failed(error) => Err(unreported(error)),
        _ => Ok(()),
    }
}

/// The denial stands; that the report does not is what the exit code says.
fn unreported(error: ClientError) -> Failure {
    let failure = Failure::from(error);
    let message = format!(
        "The request is denied, but the report did not get through. {}",
        failure.message
    );
    Failure { message, ..failure }.with_advice("To try the report again, give the same command again.")
}

fn report(told: &Told) -> Value {
    let (told, address) = match told {
        Told::Server => ("server", None),
        Told::Address(url) => ("address", Some(url.as_str())),
        Told::Nobody => ("nobody", None),
        Told::Failed(_) => ("failed", None),
    };
    json!({ "told": told, "address": address })
}

fn done(request: &Request, reported: &Reported) -> String {
    let asker = plain::line(&request_text::asker(request));
    let word = if reported.denied_now {
        "Denied"
    } else {
        "Denied before"
    };
    let denied = format!("{word} for {asker} · {}", words::moment(reported.denied_at));
    let told = match &reported.told {
        Told::Server => format!("Reported to {asker}. Change your password there."),
        Told::Address(url) => format!(
            "{asker}'s server takes no reports from here. It names this address for them:\n{}",
            plain::line(url.as_str())
        ),
        Told::Nobody => {
            format!(
                "{asker}'s server takes no reports. Tell {asker} yourself, and change your password there."
            )
        }
        Told::Failed(_) => "Not reported.".to_owned(),
    };
    format!("{denied}\n{told}")
}
