//! The document that describes this server's API, at `/openapi.json`: OpenAPI 3.1, made from the route table.

use countersign_protocol::{challenge_response::FIELDS_HEADER, error::ErrorCode};
use serde_json::{Map, Value, json};

use crate::operations::{Answer, Caller, Extra, Operation, Parameter, Route, parameter::Kind};

mod examples;
pub mod schema;
pub(crate) mod schemas;

/// The document for the server at `root` that has these routes.
pub fn document(routes: &[Route], root: &str) -> Value {
    let mut schemas = Map::new();
    let mut paths = Map::new();
    let mut groups: Vec<&str> = Vec::new();
    for route in routes {
        let path = paths
            .entry(route.path)
            .or_insert_with(|| json!({ "parameters": path_parameters(route.path) }));
        path[route.method.as_str().to_ascii_lowercase()] = operation(route);
        if !groups.contains(&route.operation.group) {
            groups.push(route.operation.group);
        }
        if let Answer::Made(schema) | Answer::Found(schema) | Answer::Page(_, schema) = route.operation.answer
        {
            schema.collect(&mut schemas);
        }
    }
    schemas::PAGE_META.collect(&mut schemas);
    schemas::ERROR.collect(&mut schemas);
    let groups: Vec<_> = groups.into_iter().map(|group| json!({ "name": group })).collect();
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Countersign server",
            "version": env!("CARGO_PKG_VERSION"),
            "summary": "The Verify Push API, self-hosted.",
            "description": DESCRIPTION,
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
        },
        "servers": [{ "url": root }],
        "tags": groups,
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": security_schemes(),
        },
    })
}

const DESCRIPTION: &str = "Requests carry forms (`application/x-www-form-urlencoded`), answers carry JSON. \
    Parameters are case-sensitive; ones that are not named here are ignored, and one that is sent twice with different values is refused. \
    An empty parameter counts as one that is not there. A body has at most 64 KiB. \
    What is unknown and what belongs to somebody else is answered alike: 404. \
    A method that a path does not have is answered with 405 and code 20004.";

fn operation(route: &Route) -> Value {
    let operation = route.operation;
    let query = operation.query().map(query_parameter);
    let headers = operation.extras.iter().flat_map(|extra| request_headers(*extra));
    let mut described = json!({
        "operationId": operation.id,
        "tags": [operation.group],
        "summary": operation.summary,
        "security": operation.callers.iter().map(|caller| json!({ scheme(*caller): [] })).collect::<Vec<_>>(),
        "parameters": query.chain(headers).collect::<Vec<_>>(),
        "responses": responses(route),
    });
    if !operation.description.is_empty() {
        described["description"] = operation.description.into();
    }
    if operation.body().next().is_some() {
        described["requestBody"] = request_body(operation);
    }
    described
}

fn request_body(operation: &Operation) -> Value {
    // Names that are sent once for each value, as the helper libraries do it.
    let repeated = operation
        .body()
        .filter(|parameter| matches!(parameter.kind, Kind::Words(_) | Kind::Fields | Kind::List { .. }));
    let encoding: Map<_, _> = repeated
        .map(|parameter| {
            (
                parameter.name.to_owned(),
                json!({ "style": "form", "explode": true }),
            )
        })
        .collect();
    json!({
        "required": operation.body().any(|parameter| parameter.required),
        "content": {
            "application/x-www-form-urlencoded": {
                "schema": request_schema(operation.body()),
                "encoding": encoding,
            },
        },
    })
}

/// The JSON Schema of a form.
pub fn request_schema<'a>(parameters: impl Iterator<Item = &'a Parameter>) -> Value {
    let (mut required, mut properties) = (Vec::new(), Map::new());
    for parameter in parameters {
        properties.insert(parameter.name.to_owned(), property(parameter));
        if parameter.required {
            required.push(parameter.name);
        }
    }
    json!({ "type": "object", "required": required, "properties": properties })
}

fn property(parameter: &Parameter) -> Value {
    let mut schema = value_schema(parameter.kind);
    schema["description"] = parameter.description.into();
    if !parameter.example.is_empty() {
        schema["examples"] = json!([example(parameter)]);
    }
    schema
}

fn example(parameter: &Parameter) -> Value {
    let text = parameter.example;
    match parameter.kind {
        Kind::Number { .. } => text.parse::<u64>().map_or_else(|_| text.into(), Value::from),
        Kind::Flag => (text == "true").into(),
        Kind::Words(_) | Kind::Fields | Kind::List { .. } => json!([text]),
        _ => text.into(),
    }
}

fn value_schema(kind: Kind) -> Value {
    match kind {
        Kind::Text { least, most } => json!({ "type": "string", "minLength": least, "maxLength": most }),
        Kind::Number { least, most } => json!({ "type": "integer", "minimum": least, "maximum": most }),
        Kind::Word(words) => json!({ "type": "string", "enum": words }),
        Kind::Words(words) => json!({ "type": "array", "items": { "type": "string", "enum": words } }),
        Kind::Flag => json!({ "type": "boolean" }),
        Kind::Sid(prefix) => schema::sid(prefix),
        Kind::Date => json!({ "type": "string", "format": "date-time" }),
        Kind::Url => json!({ "type": "string", "format": "uri", "maxLength": 2048 }),
        Kind::Texts { most } => json!({
            "type": "string",
            "maxLength": most,
            "contentMediaType": "application/json",
            "contentSchema": { "type": "object", "additionalProperties": { "type": "string" } },
        }),
        Kind::Fields => json!({
            "type": "array",
            "maxItems": 20,
            "items": {
                "type": "string",
                "contentMediaType": "application/json",
                "contentSchema": {
                    "type": "object",
                    "required": ["label", "value"],
                    "properties": {
                        "label": { "type": "string", "maxLength": 36 },
                        "value": { "type": "string", "maxLength": 128 },
                    },
                },
            },
        }),
        Kind::List { most } => {
            json!({ "type": "array", "maxItems": 20, "items": { "type": "string", "maxLength": most } })
        }
        Kind::Identity => identity(),
        Kind::Opaque { most } => json!({ "type": "string", "maxLength": most }),
    }
}

fn identity() -> Value {
    json!({ "type": "string", "minLength": 8, "maxLength": 64, "pattern": "^[0-9A-Za-z]+(-[0-9A-Za-z]+)*$" })
}

fn query_parameter(parameter: &Parameter) -> Value {
    let mut described = json!({
        "name": parameter.name,
        "in": "query",
        "required": parameter.required,
        "description": parameter.description,
        "schema": value_schema(parameter.kind),
    });
    if !parameter.example.is_empty() {
        described["example"] = example(parameter);
    }
    described
}

fn path_parameters(path: &str) -> Vec<Value> {
    let names = path
        .split('/')
        .filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
    names
        .map(|name| {
            let (schema, example, description) = match name {
                "service" => (schema::sid("VA"), "VA00000000000000000000000000000001", "The service."),
                "token" => (schema::sid("YK"), "YK00000000000000000000000000000001", "The access token."),
                "webhook" => (schema::sid("YW"), "YW00000000000000000000000000000001", "The webhook."),
                "uuid" => (json!({ "type": "string", "format": "uuid" }), "0b6f2a34-8d0e-4c6f-9d1e-2f3a4b5c6d7e", "The event."),
                "factor" => (schema::sid("YF"), "YF030000000000000000000000000000d1", "The factor."),
                "challenge" => (schema::sid("YC"), "YC030000000000000000000000000000e1", "The challenge."),
                "identity" => (identity(), "user-0001", "The issuer's name for the person."),
                _ => (json!({ "type": "string", "enum": ["form-push"] }), "form-push", "The form."),
            };
            json!({ "name": name, "in": "path", "required": true, "schema": schema, "example": example, "description": description })
        })
        .collect()
}

fn responses(route: &Route) -> Value {
    let operation = route.operation;
    let mut responses = Map::new();
    let success = operation.answer.status().to_string();
    responses.insert(success, success_response(operation));
    if operation.extras.contains(&Extra::Waits) {
        let unchanged = json!({ "description": "Nothing has changed in the time.", "headers": response_headers(&[Extra::Waits]) });
        responses.insert("304".to_owned(), unchanged);
    }
    let refusals = operation.refusals(route.path);
    for status in [400, 401, 403, 404, 409, 413, 429] {
        let codes: Vec<_> = refusals
            .iter()
            .copied()
            .filter(|code| code.status() == status)
            .collect();
        if !codes.is_empty() {
            responses.insert(status.to_string(), refusal(&codes));
        }
    }
    let failed = [ErrorCode::Internal, ErrorCode::Unavailable];
    let mut failure = refusal(&failed);
    failure["description"] = "The server failed or cannot take the request now. Nothing was changed.".into();
    responses.insert("5XX".to_owned(), failure);
    Value::Object(responses)
}

fn success_response(operation: &Operation) -> Value {
    let (description, schema, example) = match operation.answer {
        Answer::Deleted => return json!({ "description": "It is gone." }),
        Answer::Made(schema) => (
            "It was made.",
            json!({ "$ref": schema.address() }),
            examples::of(schema.name),
        ),
        Answer::Found(schema) => (
            schema.description,
            json!({ "$ref": schema.address() }),
            examples::of(schema.name),
        ),
        Answer::Page(key, schema) => (
            "A page of the list.",
            json!({
                "type": "object",
                "required": [key, "meta"],
                "properties": {
                    key: { "type": "array", "items": { "$ref": schema.address() } },
                    "meta": { "$ref": schemas::PAGE_META.address() },
                },
            }),
            json!({ key: [examples::of(schema.name)], "meta": examples::page(key) }),
        ),
    };
    let mut response = json!({
        "description": description,
        "content": { "application/json": { "schema": schema, "example": example } },
    });
    let headers = response_headers(operation.extras);
    if !headers.is_empty() {
        response["headers"] = headers.into();
    }
    response
}

fn refusal(codes: &[ErrorCode]) -> Value {
    let described: Vec<_> = codes
        .iter()
        .map(|code| format!("- `{}` {}", code.number(), code.meaning()))
        .collect();
    let examples: Map<_, _> = codes
        .iter()
        .map(|code| {
            (
                code.number().to_string(),
                json!({ "value": examples::error(*code) }),
            )
        })
        .collect();
    let mut statuses: Vec<_> = codes.iter().map(|code| code.status()).collect();
    statuses.dedup();
    let numbers: Vec<_> = codes.iter().map(|code| code.number()).collect();
    let mut refusal = json!({
        "description": described.join("\n"),
        "content": {
            "application/json": {
                "schema": {
                    "allOf": [{ "$ref": schemas::ERROR.address() }],
                    "properties": { "code": { "enum": numbers }, "status": { "enum": statuses } },
                },
                "examples": examples,
            },
        },
    });
    if codes.contains(&ErrorCode::TooManyRequests) || codes.contains(&ErrorCode::Unavailable) {
        let again = "In how many seconds to come again, where the time decides.";
        refusal["headers"] =
            json!({ "Retry-After": { "description": again, "schema": { "type": "integer" } } });
    }
    refusal
}

fn request_headers(extra: Extra) -> Vec<Value> {
    let header = |name: &str, example: &str, description: &str| {
        json!({
            "name": name,
            "in": "header",
            "required": false,
            "schema": { "type": "string" },
            "example": example,
            "description": description,
        })
    };
    match extra {
        Extra::Waits => vec![
            header(
                "Prefer",
                "wait=25",
                "For how many seconds to wait for news, 25 at most (RFC 7240).",
            ),
            header(
                "If-None-Match",
                "\"0123456789abcdef0123456789abcdef\"",
                "The `ETag` of what is known already.",
            ),
        ],
        Extra::SignatureFields => vec![],
    }
}

fn response_headers(extras: &[Extra]) -> Map<String, Value> {
    let mut headers = Map::new();
    let mut add = |name: &str, description: &str| {
        headers.insert(
            name.to_owned(),
            json!({ "description": description, "schema": { "type": "string" } }),
        );
    };
    for extra in extras {
        match extra {
            Extra::Waits => {
                add("ETag", "Names what was answered, for `If-None-Match`.");
                add("Preference-Applied", "`wait`, if the server kept to `Prefer`.");
            }
            Extra::SignatureFields => add(
                FIELDS_HEADER,
                "The members that an answer has to sign, separated by commas.",
            ),
        }
    }
    headers
}

fn scheme(caller: Caller) -> &'static str {
    match caller {
        Caller::Account => "account",
        Caller::Device => "device",
        Caller::AccessToken => "accessToken",
    }
}

fn security_schemes() -> Value {
    let basic = |description: &str| json!({ "type": "http", "scheme": "basic", "description": description });
    json!({
        scheme(Caller::Account): basic("The issuer's backend: the account's SID is the user, its auth token the password; or an API key's SID and secret."),
        scheme(Caller::Device): basic("An enrolled device: the user is `token`, the password a JWT that the device signed with its key (ES256; `kid` is the factor's `config.credential_sid`, `sub` the account's SID), good for ten minutes."),
        scheme(Caller::AccessToken): basic("A device that enrols: the user is `token`, the password the access token."),
    })
}
