//! TOTP factors (section 9.4): a secret that the issuer's backend hands to an authenticator of the person's choice.

use std::{collections::BTreeMap, fmt};

use serde::{Deserialize, Serialize};

use crate::{
    error::{ApiError, ErrorCode},
    form::Form,
    resources::{
        factor_type::FactorType,
        parameters::{
            invalid, optional, optional_json_texts, optional_number, optional_parsed, optional_text,
            required, text,
        },
    },
    totp::{Algorithm, Code, Secret, TotpConfig},
};

/// The body of a creation of a TOTP factor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateTotpFactor {
    /// `FriendlyName`: at most 64 characters; the name of the account in the authenticator.
    pub friendly_name: String,
    /// `Binding.Secret`: made by the server if it is not given.
    pub secret: Option<Secret>,
    /// `Config.*`.
    pub config: TotpParameters,
    /// `Metadata`: texts by name, at most 1024 characters of JSON.
    pub metadata: Option<BTreeMap<String, String>>,
}

impl CreateTotpFactor {
    /// Reads and checks the body.
    ///
    /// # Errors
    /// The API's own: 20001 for what is missing, 60314 for the secret, 60369 for the type, 60370 for the config.
    pub fn from_form(form: &Form) -> Result<Self, ApiError> {
        let friendly_name = required(form, "FriendlyName")?;
        if FactorType::from_form(form)? != FactorType::Totp {
            return Err(invalid(ErrorCode::FactorType, "FactorType", "totp is expected"));
        }
        let name = "Binding.Secret";
        let secret = optional(form, name)?.map(|secret| {
            Secret::from_base32(secret).map_err(|error| invalid(ErrorCode::Binding, name, &error.to_string()))
        });
        Ok(Self {
            friendly_name: text(ErrorCode::InvalidParameter, "FriendlyName", friendly_name, 64)?,
            secret: secret.transpose()?,
            config: TotpParameters::from_form(form)?,
            metadata: optional_json_texts(ErrorCode::InvalidParameter, form, "Metadata")?,
        })
    }
}

/// The body of an update of a TOTP factor: a code, or new settings, or both.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UpdateTotpFactor {
    /// `AuthPayload`: the code that verifies the factor.
    pub code: Option<Code>,
    /// `FriendlyName`.
    pub friendly_name: Option<String>,
    /// `Config.*`.
    pub config: TotpParameters,
}

impl UpdateTotpFactor {
    /// Reads and checks the body.
    ///
    /// # Errors
    /// The API's own; 60306 for what is no code.
    pub fn from_form(form: &Form) -> Result<Self, ApiError> {
        Ok(Self {
            code: optional_parsed(ErrorCode::InvalidRequest, form, "AuthPayload")?,
            friendly_name: optional_text(ErrorCode::InvalidParameter, form, "FriendlyName", 64)?,
            config: TotpParameters::from_form(form)?,
        })
    }
}

/// `Config.*` of a TOTP factor: what is given is set, the rest keeps its value or the service's default.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TotpParameters {
    /// `Config.Alg`.
    pub alg: Option<Algorithm>,
    /// `Config.Skew`: 0 to 2.
    pub skew: Option<u32>,
    /// `Config.CodeLength`: 3 to 8.
    pub code_length: Option<u32>,
    /// `Config.TimeStep`: 20 to 60.
    pub time_step: Option<u32>,
}

impl TotpParameters {
    /// What is given instead of what was.
    pub fn over(self, config: TotpConfig) -> TotpConfig {
        TotpConfig {
            alg: self.alg.unwrap_or(config.alg),
            skew: self.skew.unwrap_or(config.skew),
            code_length: self.code_length.unwrap_or(config.code_length),
            time_step: self.time_step.unwrap_or(config.time_step),
        }
    }

    fn from_form(form: &Form) -> Result<Self, ApiError> {
        let code = ErrorCode::FactorConfig;
        Ok(Self {
            alg: optional_parsed(code, form, "Config.Alg")?,
            skew: optional_number(code, form, "Config.Skew", 0, 2)?,
            code_length: optional_number(code, form, "Config.CodeLength", 3, 8)?,
            time_step: optional_number(code, form, "Config.TimeStep", 20, 60)?,
        })
    }
}

/// What binds a TOTP factor to an authenticator: there in the answer to a creation, and never again.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names are the API's own, section 9.4")]
pub struct TotpBinding {
    pub secret: String,
    pub uri: String,
}

impl fmt::Debug for TotpBinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TotpBinding")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn create(text: &str) -> Result<CreateTotpFactor, u32> {
        CreateTotpFactor::from_form(&Form::parse(text.as_bytes()).unwrap()).map_err(|error| error.code)
    }

    fn update(text: &str) -> Result<UpdateTotpFactor, u32> {
        UpdateTotpFactor::from_form(&Form::parse(text.as_bytes()).unwrap()).map_err(|error| error.code)
    }

    #[test]
    fn a_creation_needs_a_name_and_a_type_and_has_defaults_for_the_rest() {
        let plain = create("FactorType=totp&FriendlyName=Anna").unwrap();
        assert_eq!((plain.secret, plain.config), (None, TotpParameters::default()));
        let all = create(
            "FactorType=totp&FriendlyName=Anna&Binding.Secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&Config.Alg=sha256&Config.TimeStep=60&Config.CodeLength=8&Config.Skew=0&Unknown=1",
        )
        .unwrap();
        assert_eq!(all.secret.unwrap().as_bytes(), b"12345678901234567890");
        let service = TotpConfig {
            alg: Algorithm::Sha1,
            skew: 1,
            code_length: 6,
            time_step: 30,
        };
        assert_eq!(TotpParameters::default().over(service), service);
        let set = TotpConfig {
            alg: Algorithm::Sha256,
            skew: 0,
            code_length: 8,
            time_step: 60,
        };
        assert_eq!(all.config.over(service), set);
        assert_eq!(create("FactorType=totp"), Err(20001));
        assert_eq!(create("FriendlyName=Anna"), Err(20001));
        assert_eq!(create("FactorType=push&FriendlyName=Anna"), Err(60369));
    }

    #[test]
    fn what_is_out_of_bounds_is_named_with_its_code() {
        for (text, code) in [
            ("Binding.Secret=GEZDGNBVGY3TQOJQ", 60314),
            ("Binding.Secret=01890189018901890189018901890189", 60314),
            ("Config.Alg=md5", 60370),
            ("Config.Alg=SHA1", 60370),
            ("Config.Skew=3", 60370),
            ("Config.Skew=-1", 60370),
            ("Config.CodeLength=2", 60370),
            ("Config.CodeLength=9", 60370),
            ("Config.TimeStep=19", 60370),
            ("Config.TimeStep=61", 60370),
            ("Config.TimeStep=30.5", 60370),
            ("Metadata=x", 60200),
            ("Config.Skew=1&Config.Skew=2", 20001),
        ] {
            let body = format!("FactorType=totp&FriendlyName=Anna&{text}");
            assert_eq!(create(&body), Err(code), "{text}");
        }
        assert_eq!(update("AuthPayload=12"), Err(60306));
        assert_eq!(update("AuthPayload=12345a"), Err(60306));
        assert_eq!(update("Config.Skew=9"), Err(60370));
        assert_eq!(update(""), Ok(UpdateTotpFactor::default()));
        let code = update("AuthPayload=012345").unwrap().code;
        assert_eq!(code.unwrap().as_str(), "012345");
    }

    #[test]
    fn a_secret_is_shown_in_no_debug() {
        let secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
        let binding = TotpBinding {
            secret: secret.to_owned(),
            uri: format!("otpauth://totp/a:b?secret={secret}"),
        };
        let created = create(&format!(
            "FactorType=totp&FriendlyName=Anna&Binding.Secret={secret}"
        ));
        assert!(!format!("{binding:?} {created:?}").contains("GEZD"));
    }
}
