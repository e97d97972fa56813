//! A request in words.
//!
//! What the issuer wrote stands behind a bar, as a quotation, so that it cannot pass for ours; so do the labels of
//! its fields. Everything outside the bar is what this program knows.

use countersign_core::{ChallengeStatus, CheckedBy, Field, NumberAsked, Request, Unusual};
use unicode_width::UnicodeWidthChar;

use crate::{plain, terminal, words};

/// Width of the column with our own labels.
const LABELS: usize = 11;

/// A request in full.
pub(crate) fn in_full(request: &Request) -> String {
    let mut text = format!("{} asks:\n\n", asker(request));
    for line in quotation(&request.message, &request.fields, room()) {
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
    if let Some(number) = request.number.filter(|_| request.is_pending()) {
        fact("Number", to_type(number));
    }
    if let Some(unusual) = request.unusual {
        fact("Unusual", why(unusual).to_owned());
    }
    if request.on_this_computer {
        fact("Started", "on this computer".to_owned());
    }
    if request.needs_presence {
        fact(
            "You",
            "have to confirm that it is you before it is approved".to_owned(),
        );
    }
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
        shortened(&plain::line(&request.message), room().min(100)),
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

/// What has to be typed, and who looks at it.
fn to_type(number: NumberAsked) -> String {
    let digits = number
        .digits
        .map_or_else(String::new, |count| format!(" of {count} digits"));
    let checked = checked_by(number.checked_by);
    match number.tries_left {
        0 => "too many wrong ones were typed; it can only be denied".to_owned(),
        3.. => format!("to approve, type the one{digits} shown where you started this; {checked}"),
        left => {
            let tries = if left == 1 { "try is" } else { "tries are" };
            format!(
                "to approve, type the one{digits} shown where you started this; {checked}; {left} {tries} left"
            )
        }
    }
}

/// Why a request deserves a second look.
fn why(unusual: Unusual) -> &'static str {
    match unusual {
        Unusual::RecentlyDenied => "a request to this factor was denied within the last 24 hours",
        Unusual::Burst => "this factor got three requests or more within ten minutes",
        Unusual::FirstApproval => "nothing was ever approved with this factor",
        Unusual::NewMessage => "nothing with this message was approved with this factor before",
        Unusual::NewDetails => {
            "this was approved with this factor before, but never with exactly these details"
        }
    }
}

/// Who looks at the number, in words.
pub(crate) fn checked_by(checked_by: CheckedBy) -> &'static str {
    match checked_by {
        CheckedBy::Server => "checked by the server",
        CheckedBy::App => "checked by this app",
    }
}

/// How many columns there are behind the bar.
fn room() -> usize {
    // Four go to the bar. Too few to read are still enough to stay behind it.
    terminal::width().saturating_sub(4).max(2)
}

/// The issuer's own text: its message, then its fields, in lines that a terminal does not have to break. A line that
/// it broke would go on in front of the bar.
fn quotation(message: &str, fields: &[Field], room: usize) -> Vec<String> {
    let mut quoted = plain::lines(message);
    let labels: Vec<_> = fields.iter().map(|field| plain::line(&field.label)).collect();
    let width = labels
        .iter()
        .map(|label| columns(label))
        .max()
        .unwrap_or(0)
        .min(24);
    if !fields.is_empty() {
        quoted.push(String::new());
    }
    for (label, field) in labels.iter().zip(fields) {
        let gap = " ".repeat(width.saturating_sub(columns(label)));
        quoted.push(format!("{label}:{gap}  {}", plain::line(&field.value)));
    }
    quoted
        .iter()
        .flat_map(|line| wrapped(line, room))
        .map(str::to_owned)
        .collect()
}

/// A line in pieces of at most `room` columns, broken between words where that is possible.
fn wrapped(line: &str, room: usize) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = line;
    loop {
        let fits = fitting(rest, room);
        if fits == rest.len() {
            pieces.push(rest);
            return pieces;
        }
        let end = match rest[fits..].starts_with(' ') {
            true => Some(fits),
            false => rest[..fits].rfind(' '),
        };
        let piece = match end.map(|end| rest[..end].trim_end()) {
            Some(words) if !words.is_empty() => words,
            _ => &rest[..fits],
        };
        pieces.push(piece.trim_end());
        rest = rest[piece.len()..].trim_start();
    }
}

fn shortened(text: &str, most: usize) -> String {
    if columns(text) <= most {
        return text.to_owned();
    }
    format!("{}…", text[..fitting(text, most - 1)].trim_end())
}

/// How many bytes of a text fit into `room` columns: one character at least.
fn fitting(text: &str, room: usize) -> usize {
    let mut taken = 0;
    for (at, c) in text.char_indices() {
        taken += column(c);
        if taken > room && at > 0 {
            return at;
        }
    }
    text.len()
}

fn columns(text: &str) -> usize {
    text.chars().map(column).sum()
}

/// How many columns a character may take. Terminals differ about emoji made of several: they are counted by their
/// parts, so that the widest reading still fits.
fn column(c: char) -> usize {
    match c {
        '\u{fe0f}' => 1,
        c => c.width().unwrap_or(1),
    }
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
        let quoted = quotation("Pay?\n\n\nServer     bank", &fields, 76);
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
    fn no_line_of_the_issuers_is_wider_than_the_terminal() {
        let long = "Status     approved by 承認しますか 👩\u{200d}💻❤\u{fe0f} ".repeat(9) + &"x".repeat(300);
        let fields = [field(&long, &long), field("Where", &long)];
        for room in [2, 3, 7, 20, 76] {
            let quoted = quotation(&long, &fields, room);
            for line in &quoted {
                assert!(columns(line) <= room, "{room}: {line:?}");
            }
            let letters = |text: &str| text.matches('x').count();
            assert_eq!(quoted.iter().map(|line| letters(line)).sum::<usize>(), 4 * 300);
        }
        assert_eq!(
            quotation("one two three", &[field("To", "Ada Lovelace")], 8),
            ["one two", "three", "", "To:  Ada", "Lovelace"]
        );
        assert_eq!(quotation("承認しますか", &[], 5), ["承認", "しま", "すか"]);
    }

    #[test]
    fn a_long_message_is_shortened_in_a_list() {
        assert_eq!(shortened("承認しますか", 6), "承認…");
        assert_eq!(shortened("short", 10), "short");
        assert_eq!(shortened("a long message", 7), "a long…");
    }
}
