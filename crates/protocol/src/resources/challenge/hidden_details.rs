//! What reaches the device with a challenge and is not shown (section 9.5, E2).

use std::{
    collections::BTreeMap,
    fmt,
    ops::{Deref, DerefMut},
};

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::value::RawValue;

use crate::{
    error::{ApiError, ErrorCode},
    form::Form,
    json::Members,
    matching::{self, MatchNumber},
    resources::parameters::{invalid, optional_json_texts},
};

/// Texts by name that reach the device and are not shown. `Debug` shows the names alone: among the texts may be a
/// number that a person has to type (E5).
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct HiddenDetails(BTreeMap<String, String>);

impl HiddenDetails {
    /// Reads and checks the parameter of a creation.
    pub(super) fn from_form(form: &Form) -> Result<Option<Self>, ApiError> {
        let (code, name) = (ErrorCode::Details, "HiddenDetails");
        let hidden = optional_json_texts(code, form, name)?.map(Self);
        let number = hidden.as_ref().and_then(|hidden| hidden.get(matching::KEY));
        if let Some(Err(error)) = number.map(|text| text.parse::<MatchNumber>()) {
            return Err(invalid(code, name, &format!("{}: {error}", matching::KEY)));
        }
        Ok(hidden)
    }
}

impl Deref for HiddenDetails {
    type Target = BTreeMap<String, String>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl DerefMut for HiddenDetails {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.0
    }
}

impl From<BTreeMap<String, String>> for HiddenDetails {
    fn from(texts: BTreeMap<String, String>) -> Self {
        Self(texts)
    }
}

impl<const N: usize> From<[(String, String); N]> for HiddenDetails {
    fn from(texts: [(String, String); N]) -> Self {
        Self(texts.into())
    }
}

impl fmt::Debug for HiddenDetails {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

/// Reads what a server sent: values that are no texts are kept as their JSON text.
pub(super) fn lenient<'de, D>(deserializer: D) -> Result<Option<HiddenDetails>, D::Error>
where
    D: Deserializer<'de>,
{
    let members = Option::<Members>::deserialize(deserializer)?;
    Ok(members.map(|members| {
        let text = |(name, value): (&str, &RawValue)| {
            (
                name.to_owned(),
                members.text(name).unwrap_or_else(|| value.get().to_owned()),
            )
        };
        HiddenDetails(members.iter().map(text).collect())
    }))
}
