//! The schema that the vendor publishes, as a test of everything that our server answers.
//!
//! `conformance/openapi.push_totp.json` holds the push and TOTP parts of `spec/json/twilio_verify_v2.json` of
//! github.com/twilio/twilio-oai at commit d50069b, unchanged. As it is written it forbids little: nothing is
//! required, nearly everything may be null, and whole objects have no members declared. The vendor's clients rely
//! on more than that, so three rules are added: every declared member is there, nothing is null but what nobody has
//! set, and no member is there that is neither declared nor part of any published example.

mod rules;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use boon::{Compiler, Draft, SchemaIndex, Schemas};
use serde_json::Value;

use super::wiretap::{Answer, Exchange};
use rules::{check_headers, check_members, check_page, check_refusal, note_members};

/// The published operations.
pub(crate) struct Published {
    operations: Vec<Operation>,
    schemas: Schemas,
    /// By the name of a resource, what its answers may hold: paths like `details/fields/label`.
    members: BTreeMap<String, BTreeSet<String>>,
}

struct Operation {
    name: String,
    method: String,
    path: String,
    answers: BTreeMap<u16, Option<Body>>,
}

struct Body {
    schema: SchemaIndex,
    resource: Resource,
}

/// The resource that a body is, or of which it is a list under this key.
struct Resource {
    name: String,
    key: Option<String>,
    required: Vec<String>,
}

/// What is left to say when all exchanges have been looked at.
#[derive(Default)]
pub(crate) struct Verdict {
    /// How many answers were looked at.
    pub(crate) answers: usize,
    /// Everything that is wrong, each once.
    pub(crate) faults: BTreeSet<String>,
    /// The operations that were answered as they should be.
    pub(crate) exercised: BTreeSet<String>,
}

impl Published {
    /// Reads the published document.
    pub(crate) fn read() -> Self {
        let document: Value = serde_json::from_str(include_str!("../../conformance/openapi.push_totp.json"))
            .expect("the published schema is JSON");
        let mut compiler = Compiler::new();
        compiler.set_default_draft(Draft::V4);
        compiler
            .add_resource(DOCUMENT, with_nulls(document.clone()))
            .expect("the published schema is a document");
        let mut published = Self {
            operations: Vec::new(),
            schemas: Schemas::new(),
            members: BTreeMap::new(),
        };
        for (path, methods) in entries(&document["paths"]) {
            for method in ["get", "post", "delete"] {
                if let Some(operation) = methods.get(method) {
                    published.add(&mut compiler, &document, [path, method], operation);
                }
            }
        }
        published
    }

    fn add(
        &mut self,
        compiler: &mut Compiler,
        document: &Value,
        [path, method]: [&str; 2],
        operation: &Value,
    ) {
        let mut answers = BTreeMap::new();
        for (status, answer) in entries(&operation["responses"]) {
            let content = &answer["content"]["application/json"];
            let body = content.get("schema").map(|schema| {
                let resource = Resource::of(document, schema);
                self.learn(&resource, content);
                let escaped = path.replace('/', "~1").replace('{', "%7B").replace('}', "%7D");
                let place = format!(
                    "{DOCUMENT}#/paths/{escaped}/{method}/responses/{status}/content/application~1json/schema"
                );
                Body {
                    schema: compiler
                        .compile(&place, &mut self.schemas)
                        .expect("the published schema is one"),
                    resource,
                }
            });
            answers.insert(status.parse().expect("a status is a number"), body);
        }
        self.operations.push(Operation {
            name: operation["operationId"].as_str().unwrap_or_default().to_owned(),
            method: method.to_uppercase(),
            path: path.to_owned(),
            answers,
        });
    }

    /// Notes what a resource declares and what its examples show.
    fn learn(&mut self, resource: &Resource, content: &Value) {
        let known = self.members.entry(resource.name.clone()).or_default();
        known.extend(resource.required.iter().cloned());
        for (_, example) in content.get("examples").into_iter().flat_map(entries) {
            for item in resource.items(&example["value"]) {
                note_members(item, "", &mut |member, _| {
                    known.insert(member.to_owned());
                });
            }
        }
    }

    /// Looks at all that was answered.
    pub(crate) fn judge(&self, exchanges: &[Exchange]) -> Verdict {
        let mut verdict = Verdict {
            answers: exchanges.len(),
            ..Verdict::default()
        };
        for exchange in exchanges {
            let Exchange { method, path, answer } = exchange;
            let operation = self.operation(method, path);
            let faults = self.faults(operation, answer);
            let asked = operation.map_or_else(|| format!("{method} {path}"), |known| known.name.clone());
            let status = answer.status;
            verdict
                .faults
                .extend(faults.iter().map(|fault| format!("{asked} ({status}): {fault}")));
            if faults.is_empty() && status < 300 {
                verdict.exercised.insert(asked);
            }
        }
        verdict
    }

    /// The published operations that are not among these.
    pub(crate) fn left_out(&self, exercised: &BTreeSet<String>) -> BTreeSet<String> {
        let names = self.operations.iter().map(|operation| operation.name.clone());
        names.filter(|name| !exercised.contains(name)).collect()
    }

    fn operation(&self, method: &str, path: &str) -> Option<&Operation> {
        self.operations
            .iter()
            .find(|operation| operation.method == method && fits(&operation.path, path))
    }

    fn faults(&self, operation: Option<&Operation>, answer: &Answer) -> Vec<String> {
        let mut faults = Vec::new();
        check_headers(answer, &mut faults);
        if answer.status >= 400 {
            check_refusal(answer, &mut faults);
            return faults;
        }
        match operation.and_then(|operation| operation.answers.get(&answer.status)) {
            None => faults.push("the vendor publishes no such answer".to_owned()),
            Some(None) if answer.body.is_empty() => {}
            Some(None) => faults.push("there is a body".to_owned()),
            Some(Some(body)) => self.check_body(body, &answer.json().unwrap_or_default(), &mut faults),
        }
        faults
    }

    fn check_body(&self, body: &Body, json: &Value, faults: &mut Vec<String>) {
        if let Err(error) = self.schemas.validate(json, body.schema) {
            faults.push(error.to_string());
        }
        let Resource { name, key, required } = &body.resource;
        for item in body.resource.items(json) {
            check_members(required, &self.members[name], item, faults);
        }
        if let Some(key) = key {
            check_page(&json["meta"], key, faults);
        }
    }
}

impl Resource {
    fn of(document: &Value, schema: &Value) -> Self {
        let list = entries(&schema["properties"]).find(|(_, property)| property["type"] == "array");
        let reference = list.map_or(schema, |(_, property)| &property["items"]);
        let place = reference["$ref"].as_str().expect("resources have names");
        let declared = document
            .pointer(place.trim_start_matches('#'))
            .expect("a reference leads somewhere");
        Self {
            name: place.to_owned(),
            key: list.map(|(key, _)| key.to_owned()),
            required: entries(&declared["properties"])
                .map(|(name, _)| name.to_owned())
                .collect(),
        }
    }

    /// The body itself, or what it lists.
    fn items<'a>(&self, body: &'a Value) -> Vec<&'a Value> {
        match &self.key {
            None => vec![body],
            Some(key) => body[key].as_array().into_iter().flatten().collect(),
        }
    }
}

const DOCUMENT: &str = "https://published.test/openapi.json";

/// OpenAPI 3.0 says `nullable` where JSON Schema has another type in the list.
fn with_nulls(mut schema: Value) -> Value {
    match &mut schema {
        Value::Object(members) => {
            if members.get("nullable") == Some(&Value::Bool(true))
                && let Some(kind) = members.get_mut("type").filter(|kind| kind.is_string())
            {
                *kind = Value::Array(vec![kind.take(), "null".into()]);
            }
            for member in members.values_mut() {
                *member = with_nulls(member.take());
            }
        }
        Value::Array(items) => {
            for item in items {
                *item = with_nulls(item.take());
            }
        }
        _ => {}
    }
    schema
}

fn entries(object: &Value) -> impl Iterator<Item = (&str, &Value)> {
    let members = object.as_object().into_iter().flatten();
    members.map(|(name, value)| (name.as_str(), value))
}

/// Whether a path is one of these, where `{…}` stands for any one segment.
fn fits(template: &str, path: &str) -> bool {
    template.split('/').count() == path.split('/').count()
        && template
            .split('/')
            .zip(path.split('/'))
            .all(|(wanted, segment)| wanted.starts_with('{') || wanted == segment)
}
