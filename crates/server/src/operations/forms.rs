//! `/v2/Forms/{form}` (section 9.8 of the Verify Push protocol notes).

use super::{Answer, Operation};
use crate::openapi::schemas::FORM;

/// `GET /v2/Forms/{form}`
pub static FETCH_FORM: Operation = Operation {
    id: "FetchForm",
    group: "Forms",
    summary: "What a client has to fill in",
    description: "JSON Schemas of the requests that make and verify a factor and make a challenge. There is one form: `form-push`.",
    answer: Answer::Found(&FORM),
    ..Operation::PLAIN
};
