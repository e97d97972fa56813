//! What a factor proves itself with, and so the challenges to it (sections 9.4 and 9.5).

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::parameters::{invalid, required};
use crate::{
    error::{ApiError, ErrorCode},
    form::Form,
};

/// What a factor proves itself with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FactorType {
    /// A device that is asked, and signs its answer.
    Push,
    /// Codes that change with the time, from any authenticator.
    Totp,
}

impl FactorType {
    /// Which type of factor a creation asks for.
    ///
    /// # Errors
    /// 20001 if there is none, 60369 for one that is not offered.
    pub fn from_form(form: &Form) -> Result<Self, ApiError> {
        let name = "FactorType";
        required(form, name)?
            .parse()
            .map_err(|error: UnknownFactorType| invalid(ErrorCode::FactorType, name, &error.to_string()))
    }

    /// The text on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Push => "push",
            Self::Totp => "totp",
        }
    }
}

impl FromStr for FactorType {
    type Err = UnknownFactorType;

    fn from_str(text: &str) -> Result<Self, UnknownFactorType> {
        match text {
            "push" => Ok(Self::Push),
            "totp" => Ok(Self::Totp),
            _ => Err(UnknownFactorType),
        }
    }
}

/// The text names no type of factor that is offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("push or totp is expected")]
pub struct UnknownFactorType;
