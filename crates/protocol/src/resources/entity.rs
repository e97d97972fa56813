//! Entities (section 9.3): the people of a service, by identity.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::parameters::{invalid, required};
use crate::{
    date::serde_iso,
    error::{ApiError, ErrorCode},
    form::Form,
    identity::Identity,
    page::PageMeta,
    sid::{AccountSid, EntitySid, ServiceSid},
};

/// The body of a creation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateEntity {
    /// `Identity`.
    pub identity: Identity,
}

impl CreateEntity {
    /// Reads and checks the body.
    ///
    /// # Errors
    /// 20001 if there is no identity, 60366 if it cannot be one.
    pub fn from_form(form: &Form) -> Result<Self, ApiError> {
        let identity = required(form, "Identity")?
            .parse()
            .map_err(|error| invalid(ErrorCode::Identity, "Identity", &format!("{error}")))?;
        Ok(Self { identity })
    }
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names are the API's own, section 9.3")]
pub struct Entity {
    pub sid: EntitySid,
    pub identity: Identity,
    pub account_sid: AccountSid,
    pub service_sid: ServiceSid,
    #[serde(with = "serde_iso")]
    pub date_created: Timestamp,
    #[serde(with = "serde_iso")]
    pub date_updated: Timestamp,
    pub url: String,
    pub links: EntityLinks,
}

/// URLs of what belongs to an entity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names are the API's own, section 9.3")]
pub struct EntityLinks {
    pub factors: String,
    pub new_factors: String,
    pub challenges: String,
}

/// A page of entities.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names are the API's own, section 9.0")]
pub struct EntityList {
    pub entities: Vec<Entity>,
    pub meta: PageMeta,
}
