//! Whether the document tells the truth: every answer that any test of this package sees is held against it.

use std::{collections::BTreeSet, sync::LazyLock};

use axum::http::Method;
use serde_json::{Value, json};

use super::{Reply, World};
use crate::{
    openapi,
    operations::{Extra, Route},
    routes,
};

const ROOT: &str = "https://verify.example.com";

pub(super) static ROUTES: LazyLock<Vec<Route>> = LazyLock::new(|| routes::api().table);

pub(super) static DOCUMENT: LazyLock<Value> = LazyLock::new(|| openapi::document(&ROUTES, ROOT));

/// Looks up what was asked for, and panics if the answer is not one that the document foresees. Returns the
/// operation, and the status of a success or the code of a refusal.
pub(super) fn check(method: &Method, path: &str, reply: &Reply) -> Option<(&'static str, u64)> {
    let route = ROUTES
        .iter()
        .find(|route| *route.method == *method && fits(route.path, path))?;
    let status = reply.status.as_u16();
    let told = format!("{method} {path} answered {status} {}", reply.text);
    let described = &DOCUMENT["paths"][route.path][method.as_str().to_ascii_lowercase()];
    let response = match &described["responses"][status.to_string()] {
        Value::Null if status >= 500 => &described["responses"]["5XX"],
        Value::Null => panic!("{told}: its operation names no such status"),
        response => response,
    };
    let promised = |header: &str| response["headers"].get(header).is_some();
    for header in ["ETag", "Preference-Applied", "Twilio-Verify-Signature-Fields"] {
        assert!(
            promised(header) || !reply.headers.contains_key(header),
            "{told}: {header} is not named"
        );
    }
    if promised("Twilio-Verify-Signature-Fields") {
        assert!(
            reply.headers.contains_key("Twilio-Verify-Signature-Fields"),
            "{told}: no signature fields"
        );
    }
    let schema = &response["content"]["application/json"]["schema"];
    if schema.is_null() {
        assert_eq!(reply.text, "", "{told}");
        return Some((route.operation.id, status.into()));
    }
    let wrong = faults(schema, &reply.json());
    assert!(wrong.is_empty(), "{told}: {}", wrong.join("; "));
    let seen = if status < 400 {
        status.into()
    } else {
        reply.json()["code"].as_u64()?
    };
    Some((route.operation.id, seen))
}

fn fits(template: &str, path: &str) -> bool {
    let mut parts = path.split('/');
    template.split('/').all(|wanted| {
        parts
            .next()
            .is_some_and(|part| wanted == part || (wanted.starts_with('{') && !part.is_empty()))
    }) && parts.next().is_none()
}

/// What is wrong with a value. Members that the schema does not name are.
pub(super) fn faults(schema: &Value, value: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    hold(schema, value, "", &mut faults);
    faults
}

fn hold(schema: &Value, value: &Value, at: &str, faults: &mut Vec<String>) {
    if let Some(address) = schema["$ref"].as_str() {
        let schema = DOCUMENT.pointer(&address[1..]).unwrap();
        return hold(schema, value, at, faults);
    }
    if let Some(all) = schema["allOf"].as_array() {
        all.iter().for_each(|schema| hold(schema, value, at, faults));
        for (name, schema) in schema["properties"].as_object().into_iter().flatten() {
            hold(schema, &value[name], &format!("{at}/{name}"), faults);
        }
        return;
    }
    if let Some(any) = schema["anyOf"].as_array() {
        if any.iter().all(|schema| !self::faults(schema, value).is_empty()) {
            faults.push(format!("{at} is {value}"));
        }
        return;
    }
    let types = schema["type"]
        .as_array()
        .cloned()
        .unwrap_or_else(|| vec![schema["type"].clone()]);
    if value.is_null() && types.contains(&json!("null")) {
        return;
    }
    let of_type = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let limits = [
        schema["type"].is_null() || types.contains(&of_type.into()),
        schema["enum"]
            .as_array()
            .is_none_or(|words| words.contains(value)),
        schema.get("const").is_none_or(|only| only == value),
        schema["pattern"]
            .as_str()
            .is_none_or(|pattern| is_sid(pattern, value)),
        schema["format"] != "date-time" || is_date(value),
        schema["format"] != "uri" || value.as_str().is_some_and(|text| url::Url::parse(text).is_ok()),
    ];
    if limits.contains(&false) {
        faults.push(format!("{at} is {value}"));
    }
    for (number, item) in value.as_array().into_iter().flatten().enumerate() {
        hold(&schema["items"], item, &format!("{at}/{number}"), faults);
    }
    if let Some(object) = value.as_object() {
        hold_members(schema, object, at, faults);
    }
}

fn hold_members(schema: &Value, object: &serde_json::Map<String, Value>, at: &str, faults: &mut Vec<String>) {
    let required = schema["required"].as_array().into_iter().flatten();
    let missing = required
        .filter_map(Value::as_str)
        .filter(|name| !object.contains_key(*name));
    faults.extend(missing.map(|name| format!("{at}/{name} is missing")));
    for (name, value) in object {
        let at = format!("{at}/{name}");
        match (&schema["properties"][name], &schema["additionalProperties"]) {
            (Value::Null, Value::Bool(true)) => {}
            (Value::Null, Value::Object(_)) => hold(&schema["additionalProperties"], value, &at, faults),
            (Value::Null, _) => faults.push(format!("{at} is not in the document")),
            (schema, _) => hold(schema, value, &at, faults),
        }
    }
}

fn is_sid(pattern: &str, value: &Value) -> bool {
    let text = value.as_str().unwrap_or_default();
    text.len() == 34
        && pattern[1..].starts_with(&text[..2])
        && text[2..].bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn is_date(value: &Value) -> bool {
    value
        .as_str()
        .is_some_and(|text| text.len() == 20 && text.parse::<jiff::Timestamp>().is_ok())
}

#[tokio::test]
async fn the_document_is_served_and_names_every_route_once() {
    let world = World::new().await;
    let served = world.send("GET", "/openapi.json", "", "").await;
    assert_eq!(served.headers["content-type"], "application/json");
    assert_eq!(served.json(), *DOCUMENT);
    let mut described = BTreeSet::new();
    for (path, methods) in DOCUMENT["paths"].as_object().unwrap() {
        let methods = methods
            .as_object()
            .unwrap()
            .keys()
            .filter(|name| *name != "parameters");
        described.extend(methods.map(|method| (method.to_ascii_uppercase(), path.clone())));
    }
    let routes: Vec<_> = ROUTES
        .iter()
        .map(|route| (route.method.to_string(), route.path.to_owned()))
        .collect();
    assert_eq!(routes.len(), described.len());
    assert_eq!(routes.into_iter().collect::<BTreeSet<_>>(), described);
    let names: BTreeSet<_> = ROUTES.iter().map(|route| route.operation.id).collect();
    assert_eq!(names.len(), ROUTES.len());
}

#[test]
fn every_example_is_what_its_schema_says() {
    let mut examples = 0;
    for route in ROUTES.iter() {
        let method = route.method.as_str().to_ascii_lowercase();
        let responses = DOCUMENT["paths"][route.path][&method]["responses"]
            .as_object()
            .unwrap();
        for (status, response) in responses {
            let content = &response["content"]["application/json"];
            let many = content["examples"]
                .as_object()
                .into_iter()
                .flat_map(|examples| examples.values());
            for example in many
                .map(|example| &example["value"])
                .chain(content.get("example"))
            {
                assert_eq!(
                    faults(&content["schema"], example),
                    [""; 0],
                    "{} {status}",
                    route.operation.id
                );
                examples += 1;
            }
        }
    }
    assert!(examples > 200, "{examples}");
}

#[test]
fn a_fault_is_found_wherever_it_is() {
    let schema = json!({ "$ref": "#/components/schemas/Challenge" });
    let page = &DOCUMENT["paths"]["/v2/Services/{service}/Entities/{identity}/Challenges"]["get"];
    let good = page["responses"]["200"]["content"]["application/json"]["example"]["challenges"][0].clone();
    assert_eq!(faults(&schema, &good), [""; 0]);
    for (member, value) in [
        ("sid", json!("YF030000000000000000000000000000e1")),
        ("sid", json!("YC03")),
        ("sid", Value::Null),
        ("status", json!("open")),
        ("date_created", json!("2026-11-20T05:00:00.5Z")),
        ("date_responded", json!(1)),
        ("details", json!({ "message": "Hi" })),
        (
            "details",
            json!({ "message": "Hi", "fields": [{ "label": 1, "value": "" }] }),
        ),
        ("hidden_details", json!({ "ip": 1 })),
        ("surprise", json!("!")),
    ] {
        let mut bad = good.clone();
        bad[member] = value;
        assert_eq!(faults(&schema, &bad).len(), 1, "{bad}");
    }
}

#[test]
fn what_waits_says_so() {
    let waiting = ROUTES
        .iter()
        .filter(|route| route.operation.extras.contains(&Extra::Waits));
    let waiting: Vec<_> = waiting.map(|route| route.operation.id).collect();
    assert_eq!(waiting, ["ListChallenge", "FetchChallenge"]);
}
