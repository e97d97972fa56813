//! `countersign history`: what was answered, here or elsewhere, and what expired.

use countersign_core::HistoryEntry;
use serde_json::json;

use crate::{failure::Failure, keychain::Use, plain, session::Session, views::HistoryEntryView, words};

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
    let place = if entry.answered_here { ", here" } else { "" };
    format!(
        "{}  {}{place}\n  {issuer}{} at {}  {}\n  │ {}",
        words::moment(entry.at),
        entry.status,
        account.unwrap_or_default(),
        entry.server_host(),
        entry.sid,
        plain::line(&entry.message),
    )
}
