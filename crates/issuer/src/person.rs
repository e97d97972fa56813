//! Whom a request is about.

use countersign_protocol::identity::Identity;
use sha2::{Digest, Sha256};

use crate::{parameters::Parameters, refusal::Refusal};

/// The sample user of a page that was told no name.
const SAMPLE_NAME: &str = "ada";

/// Longest name, in characters: it becomes a label in the enrolment link.
const MAX_NAME: usize = 64;

/// A person: by name, as they type it, or by the identity that the API knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Person {
    /// What the person typed. `None` if a script named the identity instead.
    pub(crate) name: Option<String>,
    /// What the API knows them by.
    pub(crate) identity: Identity,
}

impl Person {
    /// Reads `identity`, which is used as it is, or else `name`, of which the API sees only a hash. With neither,
    /// it is the sample user.
    pub(crate) fn from_parameters(parameters: &Parameters) -> Result<Self, Refusal> {
        match parameters.text("identity")? {
            Some(identity) => identity
                .parse()
                .map(|identity| Self { name: None, identity })
                .map_err(|error| Refusal::Malformed(format!("identity cannot be used: {error}"))),
            None => Self::named(parameters.text("name")?.as_deref().unwrap_or(SAMPLE_NAME)),
        }
    }

    fn named(name: &str) -> Result<Self, Refusal> {
        let name = name.trim().to_lowercase();
        if name.is_empty() || name.chars().count() > MAX_NAME || name.chars().any(char::is_control) {
            return Err(Refusal::Malformed(format!(
                "a name is 1 to {MAX_NAME} characters long, without control characters"
            )));
        }
        Ok(Self {
            identity: hash(&name),
            name: Some(name),
        })
    }

    /// How to call them.
    pub(crate) fn label(&self) -> &str {
        self.name.as_deref().unwrap_or(self.identity.as_str())
    }
}

/// SHA-256 in hexadecimal digits, which is always a well-formed identity.
pub(crate) fn hash(text: &str) -> Identity {
    let digest = Sha256::digest(text);
    let digits: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    digits.parse().expect("64 hexadecimal digits are an identity")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Result<Person, Refusal> {
        Person::from_parameters(&Parameters::from_json(json.as_bytes()).unwrap())
    }

    #[test]
    fn a_name_reaches_the_api_only_as_its_hash() {
        let ada = read(r#"{"name":" Ada "}"#).unwrap();
        assert_eq!(ada.name.as_deref(), Some("ada"));
        assert_eq!(ada.identity, hash("ada"));
        assert!(ada.identity.as_str().starts_with("fdee430d"));
        assert_eq!(read("{}").unwrap(), ada);
    }

    #[test]
    fn an_identity_is_used_as_it_is_or_not_at_all() {
        let person = read(r#"{"identity":"user-0001","name":"eve"}"#).unwrap();
        assert_eq!((person.name.as_deref(), person.label()), (None, "user-0001"));
        assert!(read(r#"{"identity":"ada"}"#).is_err());
    }

    #[test]
    fn names_that_cannot_stand_in_a_link_are_refused() {
        for name in ["   ", "a\nb", "a\u{7}b", &"n".repeat(65)] {
            assert!(
                read(&serde_json::json!({ "name": name }).to_string()).is_err(),
                "{name:?}"
            );
        }
    }
}
