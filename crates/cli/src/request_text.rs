//! A request in words.
//!
//! What the issuer wrote stands behind a bar, as a quotation, so that it cannot pass for ours; so do the labels of
//! its fields. Everything outside the bar is what this program knows.

use countersign_core::{ChallengeStatus, Field, Request};

use crate::{plain, words};

/// Width of the column with our own labels.
const LABELS: usize = 11;

/// A request in full.
pub(crate) fn in_full(request: &Request) -> String {
    let mut text = format!("{} asks:\n\n", asker(request));
    for line in quotation(&request.message, &request.fields) {
        text.push_str(&format!("  {}\n", format!("│ {line}").trim_end()));
    }
    text.push('\n');
    let mut fact = |label: &str, value: String| text.push_str(&format!("  {label:<LABELS$}{value}\n"));
    fact("Server", server(request));
    if let Some(account) = &request.account {
        fact("Account", plain::line(account));
    }
    fact("Identity", request.identity.to_string());
    fact(
        "Asked at",
        words::moment(request.date.unwrap_or(request.created_at)),
    );
    fact("Status", status(request));
    fact("Signature", coverage(request));
    if !request.twins.is_empty() {
        let twins = words::count(request.twins.len(), "other request");
        fact(
            "Also",
            format!("the same answer goes to {twins} for the same action"),
        );
    }
    fact("Request", request.sid.to_string());
    fact("Factor", request.factor_sid.to_string());
    text
}

/// A request in two lines, for a list.
pub(crate) fn in_short(request: &Request) -> String {
    let left = words::length(request.expires_in);
    let account = request
        .account
        .as_deref()
        .map(|account| format!(" · {}", plain::line(account)));
    format!(
        "{}  {left} left\n  {}{} at {}\n  │ {}",
        request.sid,
        asker(request),
        account.unwrap_or_default(),
        request.server_host(),
        shortened(&plain::line(&request.message), 100),
    )
}

/// Who asks: the name that stood in the enrolment link, or the server.
pub(crate) fn asker(request: &Request) -> String {
    request
        .issuer
        .as_deref()
        .map_or_else(|| request.server_host(), plain::line)
}

/// The server, as a person has to recognise it.
fn server(request: &Request) -> String {
    let host = request.server_host();
    match request.server.unicode_host() {
        Some(unicode) => format!("{host} (written {})", plain::line(&unicode)),
        None if request.server.is_loopback() => format!("{host} (this computer)"),
        None => host,
    }
}

fn status(request: &Request) -> String {
    let until = words::moment(request.expires_at);
    match request.status {
        ChallengeStatus::Pending => format!(
            "pending, {} left (until {until})",
            words::length(request.expires_in)
        ),
        ChallengeStatus::Expired => format!("expired at {until}"),
        answered => answered.to_string(),
    }
}

fn coverage(request: &Request) -> String {
    match (request.signature_fields.is_empty(), request.signed.details) {
        (true, _) => "not known: this is a copy from a list".to_owned(),
        (false, true) => "covers what is shown behind the bar".to_owned(),
        (false, false) => "does NOT cover what is shown behind the bar".to_owned(),
    }
}

/// The issuer's own text: its message, then its fields.
fn quotation(message: &str, fields: &[Field]) -> Vec<String> {
    let mut quoted = plain::lines(message);
    let labels: Vec<_> = fields.iter().map(|field| plain::line(&field.label)).collect();
    let width = labels
        .iter()
        .map(|label| label.chars().count())
        .max()
        .unwrap_or(0)
        .min(24);
    if !fields.is_empty() {
        quoted.push(String::new());
    }
    for (label, field) in labels.iter().zip(fields) {
        quoted.push(format!(
            "{:<1$}  {2}",
            format!("{label}:"),
            width + 1,
            plain::line(&field.value)
        ));
    }
    quoted
}

fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let kept: String = text.chars().take(most - 1).collect();
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(label: &str, value: &str) -> Field {
        Field {
            label: label.to_owned(),
            value: value.to_owned(),
        }
    }

    #[test]
    fn what_the_issuer_wrote_stays_behind_the_bar() {
        let fields = [
            field("Where", "here"),
            field("Server\n  Server", "bank\u{1b}[1A\nStatus"),
        ];
        let quoted = quotation("Pay?\n\n\nServer     bank", &fields);
        let expected = [
            "Pay?",
            "",
            "Server bank",
            "",
            "Where:          here",
            "Server Server:  bank\u{fffd}[1A Status",
        ];
        assert_eq!(quoted, expected);
    }

    #[test]
    fn a_long_message_is_shortened_in_a_list() {
        assert_eq!(shortened("short", 10), "short");
        assert_eq!(shortened("a long message", 7), "a long…");
    }
}
