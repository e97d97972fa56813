//! JSON where the text itself matters: members keep their order, and values the digits in which they came.
//!
//! What a person approves is signed out of the bytes that the server sent, so they must survive untouched
//! (section 6). And what two parties read must be the same, so an object with a member twice is refused.

use std::{borrow::Cow, collections::BTreeMap, fmt};

use serde::{Deserialize, Deserializer, de};
use serde_json::value::RawValue;

/// How deep arrays and objects may be nested. Nothing on this wire needs more than three levels.
const MAX_DEPTH: usize = 32;

/// The members of a JSON object, in order, each value as the text that came.
#[derive(Debug, Clone, Default)]
pub struct Members(Vec<(String, Box<RawValue>)>);

impl Members {
    /// Reads a JSON object.
    ///
    /// # Errors
    /// If the text is not one JSON object, or names a member twice.
    pub fn parse(json: &[u8]) -> Result<Self, JsonError> {
        serde_json::from_slice(json).map_err(|_| JsonError::NotAnObject)
    }

    /// The value of a member, as text.
    pub fn get(&self, name: &str) -> Option<&RawValue> {
        self.0
            .iter()
            .find(|(member, _)| member == name)
            .map(|(_, value)| &**value)
    }

    /// The value of a member that is a string.
    pub fn text(&self, name: &str) -> Option<String> {
        self.get(name)
            .and_then(|value| serde_json::from_str(value.get()).ok())
    }

    /// The value of a member that is an integer.
    pub fn integer(&self, name: &str) -> Option<i64> {
        self.get(name)
            .and_then(|value| serde_json::from_str(value.get()).ok())
    }

    /// All members, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &RawValue)> {
        self.0.iter().map(|(name, value)| (name.as_str(), &**value))
    }

    /// Whether an object of these members means the same as one of `other`: order, white space and the way in
    /// which a character is escaped do not count; numbers are compared digit by digit.
    pub fn means_the_same(&self, other: &Self) -> bool {
        match (self.meaning(0), other.meaning(0)) {
            (Some(this), Some(other)) => this == other,
            _ => false,
        }
    }

    fn meaning(&self, depth: usize) -> Option<Meaning> {
        self.0
            .iter()
            .map(|(name, value)| Some((name.clone(), Meaning::of(value.get(), depth + 1)?)))
            .collect::<Option<_>>()
            .map(Meaning::Object)
    }
}

/// Whether two JSON texts mean the same, as [`Members::means_the_same`] has it. False if either is no JSON.
pub fn means_the_same(one: &RawValue, other: &RawValue) -> bool {
    match (Meaning::of(one.get(), 0), Meaning::of(other.get(), 0)) {
        (Some(one), Some(other)) => one == other,
        _ => false,
    }
}

/// One text for everything that means the same, as [`Members::means_the_same`] has it: members sorted by name, no
/// white space, one way to escape. For digests. `None` if the value is no JSON, or is nested too deep.
pub fn canonical(value: &RawValue) -> Option<String> {
    let mut text = String::new();
    Meaning::of(value.get(), 0)?.write(&mut text);
    Some(text)
}

/// Makes a raw value of anything that can be written as JSON.
pub fn raw(value: &impl serde::Serialize) -> Box<RawValue> {
    serde_json::value::to_raw_value(value).expect("our own types are written without error")
}

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;

        impl<'de> de::Visitor<'de> for Visitor {
            type Value = Members;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object without repeated members")
            }

            fn visit_map<A: de::MapAccess<'de>>(self, mut map: A) -> Result<Members, A::Error> {
                let mut members: Vec<(String, Box<RawValue>)> = Vec::new();
                let mut names = std::collections::HashSet::new();
                while let Some((name, value)) = map.next_entry::<String, Box<RawValue>>()? {
                    if !names.insert(name.clone()) {
                        return Err(de::Error::custom("repeated member"));
                    }
                    members.push((name, value));
                }
                Ok(Members(members))
            }
        }

        deserializer.deserialize_map(Visitor)
    }
}

/// A JSON value as it is compared.
#[derive(PartialEq, Eq)]
enum Meaning {
    Null,
    Bool(bool),
    /// The digits as they stand: `1`, `1.0` and `1e0` differ, because a reader may tell them apart.
    Number(String),
    Text(String),
    Array(Vec<Self>),
    Object(BTreeMap<String, Self>),
}

impl Meaning {
    fn of(json: &str, depth: usize) -> Option<Self> {
        if depth > MAX_DEPTH {
            return None;
        }
        let json = json.trim_matches([' ', '\t', '\r', '\n']);
        Some(match json.as_bytes().first()? {
            b'n' => serde_json::from_str(json).map(|()| Self::Null).ok()?,
            b't' | b'f' => Self::Bool(serde_json::from_str(json).ok()?),
            b'"' => Self::Text(serde_json::from_str::<Cow<'_, str>>(json).ok()?.into_owned()),
            b'[' => serde_json::from_str::<Vec<Box<RawValue>>>(json)
                .ok()?
                .iter()
                .map(|item| Self::of(item.get(), depth + 1))
                .collect::<Option<_>>()
                .map(Self::Array)?,
            b'{' => Members::parse(json.as_bytes()).ok()?.meaning(depth)?,
            _ => {
                serde_json::from_str::<&RawValue>(json).ok()?;
                Self::Number(json.to_owned())
            }
        })
    }

    fn write(&self, text: &mut String) {
        match self {
            Self::Null => text.push_str("null"),
            Self::Bool(value) => text.push_str(if *value { "true" } else { "false" }),
            Self::Number(digits) => text.push_str(digits),
            Self::Text(value) => text.push_str(raw(value).get()),
            Self::Array(items) => {
                text.push('[');
                for (index, item) in items.iter().enumerate() {
                    if index > 0 {
                        text.push(',');
                    }
                    item.write(text);
                }
                text.push(']');
            }
            Self::Object(members) => {
                text.push('{');
                for (index, (name, value)) in members.iter().enumerate() {
                    if index > 0 {
                        text.push(',');
                    }
                    text.push_str(raw(name).get());
                    text.push(':');
                    value.write(text);
                }
                text.push('}');
            }
        }
    }
}

/// Why a JSON text could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum JsonError {
    /// Not an object, not JSON at all, or a member stands in it twice.
    #[error("not a JSON object in which every member stands once")]
    NotAnObject,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn same(one: &str, other: &str) -> bool {
        let raw = |text: &str| RawValue::from_string(text.to_owned()).unwrap();
        means_the_same(&raw(one), &raw(other))
    }

    #[test]
    fn order_space_and_escapes_carry_no_meaning() {
        assert!(same(
            r#"{"a": "x/y", "b":[1, null]}"#,
            r#"{"b":[1,null],"a":"x\/y"}"#
        ));
        assert!(same(r#""\u00fc""#, "\"ü\""));
    }

    #[test]
    fn what_means_the_same_has_one_canonical_text() {
        let canonical = |text: &str| canonical(&RawValue::from_string(text.to_owned()).unwrap());
        let expected = r#"{"a":["x/y",1.50,null,{}],"b":true}"#;
        for text in [expected, r#"{ "b" : true, "a":["x\/y", 1.50 ,null,{ }] }"#] {
            assert_eq!(canonical(text).as_deref(), Some(expected));
        }
        assert_eq!(canonical(r#"{"a":{"b":1,"b":2}}"#), None);
    }

    #[test]
    fn values_digits_and_array_order_do() {
        for (one, other) in [
            ("1", "1.0"),
            ("12345678901234567890123", "12345678901234567890124"),
            ("[1,2]", "[2,1]"),
            ("null", "\"null\""),
            ("{}", "[]"),
            ("true", "false"),
            (r#"{"a":null}"#, "{}"),
        ] {
            assert!(!same(one, other), "{one} {other}");
        }
    }

    #[test]
    fn a_member_twice_is_refused_at_every_depth() {
        assert_eq!(
            Members::parse(br#"{"a":1,"a":1}"#).err(),
            Some(JsonError::NotAnObject)
        );
        assert!(!same(r#"{"x":{"a":1,"a":1}}"#, r#"{"x":{"a":1,"a":1}}"#));
    }

    #[test]
    fn nesting_without_end_is_refused_and_does_not_overflow() {
        let deep = format!("{}1{}", "[".repeat(100), "]".repeat(100));
        assert!(!same(&deep, &deep));
        assert!(Members::parse("{\"a\":".repeat(100_000).as_bytes()).is_err());
    }

    #[test]
    fn members_keep_their_order_and_their_text() {
        let members = Members::parse(br#"{"z":1.50,"a":{"k" : "v"},"m":null}"#).unwrap();
        let kept: Vec<_> = members
            .iter()
            .map(|(name, value)| format!("{name}={}", value.get()))
            .collect();
        assert_eq!(kept, ["z=1.50", r#"a={"k" : "v"}"#, "m=null"]);
    }

    proptest! {
        #[test]
        fn garbage_never_panics(text in "\\PC*") {
            let _ = Members::parse(text.as_bytes());
        }
    }
}
