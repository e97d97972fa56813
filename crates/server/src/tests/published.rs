//! Our document against the vendor's published one: whatever is published for push and TOTP is in ours.

use std::collections::BTreeSet;

use serde_json::Value;

use super::document::DOCUMENT;

/// twilio/twilio-oai at d50069b (MIT), `spec/json/twilio_verify_v2.json`, the parts about push and TOTP.
const PUBLISHED: &str = include_str!("../../../../tests/conformance/openapi.push_totp.json");

/// What is published and not in ours, each with the reason. The test fails when one of them is in ours after all.
const ABSENT: &[(&str, &str)] = &[(
    "CreateAccessToken -> 200",
    "a token is made, so that 201 is the answer",
)];

#[test]
fn everything_that_is_published_for_push_and_totp_is_in_our_document() {
    let published: Value = serde_json::from_str(PUBLISHED).unwrap();
    let missing: BTreeSet<_> = everything(&published)
        .difference(&everything(&DOCUMENT))
        .cloned()
        .collect();
    let absent: BTreeSet<_> = ABSENT.iter().map(|(what, _)| (*what).to_owned()).collect();
    assert_eq!(missing, absent);
}

/// One line for each operation, parameter and property of an answer.
fn everything(document: &Value) -> BTreeSet<String> {
    let mut lines = BTreeSet::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let Some(id) = operation["operationId"].as_str() else {
                continue;
            };
            lines.insert(format!("{id}: {method} {}", unnamed(path)));
            for parameter in operation["parameters"].as_array().into_iter().flatten() {
                if parameter["in"] == "query" {
                    lines.insert(format!("{id} ?{}", parameter["name"].as_str().unwrap()));
                }
            }
            let form = &operation["requestBody"]["content"]["application/x-www-form-urlencoded"]["schema"];
            lines.extend(names(document, form).map(|name| format!("{id} {name}=")));
            for (status, response) in operation["responses"].as_object().unwrap() {
                if status.starts_with('2') {
                    lines.insert(format!("{id} -> {status}"));
                    let schema = &response["content"]["application/json"]["schema"];
                    lines.extend(
                        properties(document, schema)
                            .into_iter()
                            .map(|name| format!("{id} {name}")),
                    );
                }
            }
        }
    }
    lines
}

/// The path with its variable parts nameless: their names are not on the wire.
fn unnamed(path: &str) -> String {
    let parts = path
        .split('/')
        .map(|part| if part.starts_with('{') { "{}" } else { part });
    parts.collect::<Vec<_>>().join("/")
}

fn resolve<'a>(document: &'a Value, schema: &'a Value) -> &'a Value {
    match schema["$ref"].as_str() {
        Some(address) => document.pointer(&address[1..]).unwrap(),
        None => schema,
    }
}

fn names<'a>(document: &'a Value, schema: &'a Value) -> impl Iterator<Item = &'a String> {
    let schema = resolve(document, schema);
    schema["properties"]
        .as_object()
        .into_iter()
        .flat_map(|properties| properties.keys())
}

/// The properties of an answer, or of each item of a page.
fn properties(document: &Value, schema: &Value) -> Vec<String> {
    let schema = resolve(document, schema);
    let mut found = Vec::new();
    for name in names(document, schema) {
        let property = resolve(document, &schema["properties"][name]);
        if property["type"] == "array" {
            found.extend(
                properties(document, &property["items"])
                    .into_iter()
                    .map(|inner| format!("{name}[].{inner}")),
            );
        }
        found.push(format!(".{name}"));
    }
    found
}
