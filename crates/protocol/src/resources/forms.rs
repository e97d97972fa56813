//! Forms (section 9.8): what fields a client should ask for.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// The answer. The schemas are kept as they are.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names are the API's own, section 9.8")]
pub struct FormDescription {
    pub form_type: String,
    pub forms: Box<RawValue>,
    pub form_meta: Box<RawValue>,
    pub url: String,
}
