//! `countersign history`: what was answered, here or elsewhere, and what expired.

use countersign_core::{ChallengeStatus, HistoryEntry, VerifiedBy};
use serde_json::json;

use crate::{
    failure::Failure, keychain::Use, plain, request_text, session::Session, views::HistoryEntryView, words,
};

/// Lists the latest entries.
pub(crate) async fn run(session: &Session, limit: u32) -> Result<(), Failure> {
    let entries = session.open(Use::Nothing).await?.history(limit).await?;
    let views: Vec<_> = entries.iter().map(HistoryEntryView::from).collect();
    session
        .output
        .result(&json!({ "history": views }), || match entries.as_slice() {
            [] => "Nothing has been answered yet.".to_owned(),
            entries => entries.iter().map(describe).collect::<Vec<_>>().join("\n\n"),
        })
}

fn describe(entry: &HistoryEntry) -> String {
    let issuer = entry
        .issuer
        .as_deref()
        .map_or_else(|| entry.server_host(), plain::line);
    let account = entry
        .account
        .as_deref()
        .map(|account| format!(" · {}", plain::line(account)));
    let number = match (entry.status, entry.number_checked_by) {
        (ChallengeStatus::Approved, Some(by)) => format!(", number {}", request_text::checked_by(by)),
        (ChallengeStatus::Denied, Some(_)) if entry.wrong_numbers > 0 => {
            format!(
                ", after {}",
                words::count(entry.wrong_numbers as usize, "wrong number")
            )
        }
        _ => String::new(),
    };
    let place = match (entry.answered_here, entry.silent) {
        (true, true) => ", here, without a question",
        (true, false) => ", here",
        (false, _) => "",
    };
    let verified = match entry.verified_by {
        Some(VerifiedBy::System) => ", confirmed through the system",
        Some(VerifiedBy::Pin) => ", confirmed with the PIN",
        Some(VerifiedBy::Nobody) | None => "",
    };
    format!(
        "{}  {}{place}{verified}{number}\n  {issuer}{} at {}  {}\n  │ {}",
        words::moment(entry.at),
        entry.status,
        account.unwrap_or_default(),
        entry.server_host(),
        entry.sid,
        plain::line(&entry.message),
    )
}
