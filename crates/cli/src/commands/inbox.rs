//! `countersign inbox`: asks the servers, and lists what waits for an answer.

use serde_json::json;

use crate::{
    commands::check::{FactorReport, warn_of_failures},
    failure::Failure,
    keychain::Use,
    request_text,
    session::Session,
    views::{Moment, RequestView},
    words,
};

/// Lists the requests, newest first. A server that cannot be asked is a warning: what is known of it is listed.
pub(crate) async fn run(session: &Session) -> Result<(), Failure> {
    let authenticator = session.open(Use::Sign).await?;
    let reports = FactorReport::of(authenticator.check_now().await);
    warn_of_failures(session, &reports);
    let inbox = authenticator.inbox().await?;
    let requests: Vec<_> = inbox.requests.iter().map(RequestView::from).collect();
    let value = json!({
        "requests": requests,
        "factors": reports,
        "last_checked": inbox.last_checked.map(Moment),
    });
    session.output.result(&value, || {
        let checked = match inbox.last_checked {
            Some(at) => format!("Last checked {}.", words::moment(at)),
            None if reports.is_empty() => "This computer is not enrolled anywhere yet.".to_owned(),
            None => "Never checked.".to_owned(),
        };
        if inbox.requests.is_empty() {
            return format!("No requests. {checked}");
        }
        let list: Vec<_> = inbox.requests.iter().map(request_text::in_short).collect();
        format!(
            "{}\n\n{checked} To answer: countersign approve YC…, or deny YC…",
            list.join("\n\n")
        )
    })
}
