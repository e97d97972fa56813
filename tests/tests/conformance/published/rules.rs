//! What is asked of every answer beyond the published schema.

use std::collections::BTreeSet;

use serde_json::Value;

use super::entries;
use crate::conformance::wiretap::Answer;

/// What our answers have beyond the published ones, and why.
const ADDITIONS: &[(&str, &str)] = &[(
    "config/credential_sid",
    "The client libraries for phones refuse a factor without it; the cloud service sends it, its schema forgets it.",
)];

/// Objects whose members the vendor does not name: what the customer wrote, and the forms, which are schemas.
const OPEN: &[&str] = &["hidden_details", "metadata", "forms", "form_meta"];

/// What is null while nobody has set it.
const UNSET: &[&str] = &[
    "date_responded",
    "default_template_sid",
    "factor_friendly_name",
    "hidden_details",
    "metadata",
    "options",
    "tts_name",
];

/// Looks at one resource: what it must have, what must not be null, and what it must not have.
pub(super) fn check_members(
    required: &[String],
    known: &BTreeSet<String>,
    item: &Value,
    faults: &mut Vec<String>,
) {
    for name in required {
        match item.get(name) {
            None => faults.push(format!("{name} is missing")),
            Some(Value::Null) if !UNSET.contains(&name.as_str()) => faults.push(format!("{name} is null")),
            Some(_) => {}
        }
    }
    note_members(item, "", &mut |member, value| {
        if !known.contains(member) && !ADDITIONS.iter().any(|(addition, _)| *addition == member) {
            faults.push(format!("{member} is neither published nor a known addition"));
        }
        let is_date = member.starts_with("date_") || member.ends_with("_date") || member == "details/date";
        if let (true, Some(date)) = (is_date, value.as_str())
            && !is_plain_date(date)
        {
            faults.push(format!("{member} is {date}, which not every client reads"));
        }
    });
}

/// Tells of each member below, as a path like `details/fields/label`, but not of what lies in open objects.
pub(super) fn note_members(value: &Value, path: &str, note: &mut impl FnMut(&str, &Value)) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                let below = if path.is_empty() {
                    name.clone()
                } else {
                    format!("{path}/{name}")
                };
                note(&below, member);
                if !OPEN.contains(&below.as_str()) {
                    note_members(member, &below, note);
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| note_members(item, path, note)),
        _ => {}
    }
}

/// Python's library cannot read a page without its key; both follow the addresses as they are.
pub(super) fn check_page(meta: &Value, key: &str, faults: &mut Vec<String>) {
    let names: BTreeSet<&str> = entries(meta).map(|(name, _)| name).collect();
    let wanted = [
        "first_page_url",
        "key",
        "next_page_url",
        "page",
        "page_size",
        "previous_page_url",
        "url",
    ];
    if names != BTreeSet::from(wanted) {
        faults.push(format!("meta has {names:?}"));
    }
    if meta["key"] != key {
        faults.push(format!("meta.key is {}", meta["key"]));
    }
}

/// Some clients know headers by these letters only, and correct their clocks by the date of any answer.
pub(super) fn check_headers(answer: &Answer, faults: &mut Vec<String>) {
    if answer.header("Date").is_none() {
        faults.push("has no Date".to_owned());
    }
    let kind = answer.header("Content-Type").unwrap_or_default();
    if !answer.body.is_empty() && !kind.starts_with("application/json") {
        faults.push(format!("has the Content-Type {kind}"));
    }
}

/// The envelope of every refusal. The schema does not show it; both libraries read it.
pub(super) fn check_refusal(answer: &Answer, faults: &mut Vec<String>) {
    let json = answer.json().unwrap_or_default();
    let names: BTreeSet<&str> = entries(&json).map(|(name, _)| name).collect();
    let code = json["code"].as_u64().unwrap_or_default();
    if names != BTreeSet::from(["code", "message", "more_info", "status"])
        || json["status"] != answer.status
        || !(20_000..70_000).contains(&code)
        || json["more_info"] != format!("https://www.twilio.com/docs/errors/{code}")
        || json["message"].as_str().is_none_or(str::is_empty)
    {
        faults.push(format!("is no refusal as clients know them: {json}"));
    }
}

/// The strictest reader takes `2026-11-20T05:00:00Z` and nothing else.
fn is_plain_date(date: &str) -> bool {
    date.len() == 20 && date.ends_with('Z') && date.parse::<jiff::Timestamp>().is_ok()
}
