//! What answers look like: objects and their members, as JSON Schema.

use serde_json::{Map, Value, json};

/// An object, by name.
#[derive(Debug)]
pub struct Schema {
    /// Its name in the document.
    pub name: &'static str,
    /// What it is.
    pub description: &'static str,
    /// Its members, in the order in which they are sent.
    pub members: &'static [Member],
}

/// A member of an object.
#[derive(Debug, Clone, Copy)]
pub struct Member {
    name: &'static str,
    kind: Kind,
    nullable: bool,
    optional: bool,
    description: &'static str,
}

/// What a member may be.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// An identifier that begins with these letters.
    Sid(&'static str),
    /// Any text.
    Text,
    /// An absolute URL.
    Url,
    /// A date and time in UTC, to the second.
    Date,
    /// A whole number from 0.
    Number,
    /// `true` or `false`.
    Flag,
    /// One of these words.
    Word(&'static [&'static str]),
    /// Texts by name.
    Texts,
    /// An object of any shape.
    Any,
    /// Another object.
    Part(&'static Schema),
    /// One of several objects.
    OneOf(&'static [&'static Schema]),
    /// Any number of objects.
    Parts(&'static Schema),
    /// Any number of texts.
    List,
}

/// A member that is always there and never `null`.
pub const fn member(name: &'static str, kind: Kind, description: &'static str) -> Member {
    Member {
        name,
        kind,
        nullable: false,
        optional: false,
        description,
    }
}

impl Member {
    /// The same, but it may be `null`.
    pub const fn or_null(self) -> Self {
        Self {
            nullable: true,
            ..self
        }
    }

    /// The same, but it may be left out.
    pub const fn or_absent(self) -> Self {
        Self {
            optional: true,
            ..self
        }
    }

    fn to_json(self) -> Value {
        let mut schema = self.kind.to_json();
        if self.nullable {
            match schema.get("type").cloned() {
                Some(of_type) => schema["type"] = json!([of_type, "null"]),
                None => schema = json!({ "anyOf": [schema, { "type": "null" }] }),
            }
        }
        schema["description"] = self.description.into();
        schema
    }
}

impl Kind {
    fn to_json(self) -> Value {
        match self {
            Self::Sid(prefix) => sid(prefix),
            Self::Text => json!({ "type": "string" }),
            Self::Url => json!({ "type": "string", "format": "uri" }),
            Self::Date => json!({ "type": "string", "format": "date-time" }),
            Self::Number => json!({ "type": "integer", "minimum": 0 }),
            Self::Flag => json!({ "type": "boolean" }),
            Self::Word(words) => json!({ "type": "string", "enum": words }),
            Self::Texts => json!({ "type": "object", "additionalProperties": { "type": "string" } }),
            Self::Any => json!({ "type": "object", "additionalProperties": true }),
            Self::Part(part) => json!({ "$ref": part.address() }),
            Self::OneOf(parts) => {
                let parts = parts.iter().map(|part| json!({ "$ref": part.address() }));
                json!({ "anyOf": parts.collect::<Vec<_>>() })
            }
            Self::Parts(part) => json!({ "type": "array", "items": { "$ref": part.address() } }),
            Self::List => json!({ "type": "array", "items": { "type": "string" } }),
        }
    }
}

/// The JSON Schema of an identifier.
pub fn sid(prefix: &str) -> Value {
    json!({
        "type": "string",
        "minLength": 34,
        "maxLength": 34,
        "pattern": format!("^{prefix}[0-9a-fA-F]{{32}}$"),
    })
}

impl Schema {
    /// Where it stands in the document.
    pub fn address(&self) -> String {
        format!("#/components/schemas/{}", self.name)
    }

    /// Adds itself and all objects that it speaks of, each once.
    pub fn collect(&'static self, into: &mut Map<String, Value>) {
        if into.contains_key(self.name) {
            return;
        }
        into.insert(self.name.to_owned(), self.to_json());
        for member in self.members {
            match member.kind {
                Kind::Part(part) | Kind::Parts(part) => part.collect(into),
                Kind::OneOf(parts) => parts.iter().for_each(|part| part.collect(into)),
                _ => {}
            }
        }
    }

    fn to_json(&self) -> Value {
        let members = self.members.iter();
        let required: Vec<_> = members.clone().filter(|member| !member.optional).collect();
        let required: Vec<_> = required.into_iter().map(|member| member.name).collect();
        let properties: Map<_, _> = members
            .map(|member| (member.name.to_owned(), member.to_json()))
            .collect();
        json!({
            "type": "object",
            "description": self.description,
            "required": required,
            "properties": properties,
        })
    }
}
