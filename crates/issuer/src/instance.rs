//! Resources in the shape that the vendor's Node library gives them, which is what its sample backend answers with
//! (section 11.1): these members, in camel case, with dates as JavaScript writes them.

use serde_json::{Map, Value};

/// Members of a challenge, by the API's names.
const CHALLENGE: [&str; 18] = [
    "sid",
    "account_sid",
    "service_sid",
    "entity_sid",
    "identity",
    "factor_sid",
    "date_created",
    "date_updated",
    "date_responded",
    "expiration_date",
    "status",
    "responded_reason",
    "details",
    "hidden_details",
    "metadata",
    "factor_type",
    "url",
    "links",
];

/// Members of a factor, by the API's names.
const FACTOR: [&str; 13] = [
    "sid",
    "account_sid",
    "service_sid",
    "entity_sid",
    "identity",
    "date_created",
    "date_updated",
    "friendly_name",
    "status",
    "factor_type",
    "config",
    "metadata",
    "url",
];

/// A challenge as the Node library shows it.
pub(crate) fn challenge(resource: &Value) -> Value {
    instance(resource, &CHALLENGE)
}

/// A factor as the Node library shows it.
pub(crate) fn factor(resource: &Value) -> Value {
    instance(resource, &FACTOR)
}

/// What the API did not send is not there either; what is nested stays as it is.
fn instance(resource: &Value, members: &[&str]) -> Value {
    let members = members.iter().filter_map(|member| {
        let value = resource.get(member)?;
        let is_date = member.starts_with("date_") || member.ends_with("_date");
        let value = if is_date {
            with_milliseconds(value)
        } else {
            value.clone()
        };
        Some((camel_case(member), value))
    });
    Value::Object(members.collect::<Map<_, _>>())
}

/// JavaScript dates carry milliseconds. Anything that is not a date of the API's stays what it is.
fn with_milliseconds(value: &Value) -> Value {
    match value.as_str().map(countersign_protocol::date::parse) {
        Some(Ok(at)) => at.strftime("%Y-%m-%dT%H:%M:%S.000Z").to_string().into(),
        _ => value.clone(),
    }
}

fn camel_case(name: &str) -> String {
    let mut words = name.split('_');
    let mut text = words.next().unwrap_or_default().to_owned();
    for word in words {
        let mut letters = word.chars();
        text.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        text.push_str(letters.as_str());
    }
    text
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_the_top_level_changes_its_case() {
        let resource = json!({
            "sid": "YC1",
            "date_created": "2026-11-20T04:44:49Z",
            "date_responded": null,
            "expiration_date": "soon",
            "hidden_details": { "action_id": "1" },
            "effective_factor_status": "unknown to the library",
        });
        let expected = json!({
            "sid": "YC1",
            "dateCreated": "2026-11-20T04:44:49.000Z",
            "dateResponded": null,
            "expirationDate": "soon",
            "hiddenDetails": { "action_id": "1" },
        });
        assert_eq!(challenge(&resource), expected);
    }
}
