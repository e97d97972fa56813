//! `/v2/Services/{VA}/Entities` (section 9.3 of the Verify Push protocol notes).

use countersign_protocol::error::ErrorCode;

use super::{
    Answer, Operation,
    parameter::{Kind, PAGING, Parameter},
};
use crate::openapi::schemas::ENTITY;

const OF_ENTITIES: Operation = Operation {
    group: "Entities",
    ..Operation::PLAIN
};

/// `POST /v2/Services/{VA}/Entities`
pub static CREATE_ENTITY: Operation = Operation {
    id: "CreateEntity",
    summary: "Make an entity",
    description: "An entity is a person, by the name that the issuer has for them. Enrolling a factor makes it too.",
    body: &[&[Parameter::new(
        "Identity",
        Kind::Identity,
        ErrorCode::Identity,
        "user-0001",
        "Unique and immutable, and no personal data: 8 to 64 letters and digits, in groups separated by single dashes. Case counts.",
    )
    .required()]],
    answer: Answer::Made(&ENTITY),
    refusals: &[ErrorCode::EntityExists],
    ..OF_ENTITIES
};

/// `GET /v2/Services/{VA}/Entities`
pub static LIST_ENTITIES: Operation = Operation {
    id: "ListEntity",
    summary: "List the entities of a service",
    query: &[PAGING],
    answer: Answer::Page("entities", &ENTITY),
    ..OF_ENTITIES
};

/// `GET /v2/Services/{VA}/Entities/{identity}`
pub static FETCH_ENTITY: Operation = Operation {
    id: "FetchEntity",
    summary: "Look at an entity",
    answer: Answer::Found(&ENTITY),
    ..OF_ENTITIES
};

/// `DELETE /v2/Services/{VA}/Entities/{identity}`
pub static DELETE_ENTITY: Operation = Operation {
    id: "DeleteEntity",
    summary: "Delete an entity",
    description: "With its factors, challenges and access tokens.",
    ..OF_ENTITIES
};
