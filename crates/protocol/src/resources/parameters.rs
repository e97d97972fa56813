//! Reading single parameters of a request, with the API's own errors.

use std::{collections::BTreeMap, str::FromStr};

use crate::{
    error::{ApiError, ErrorCode},
    form::Form,
};

/// A map of texts, as `HiddenDetails` and `Metadata` carry it. Kept as JSON so that its order survives.
pub(crate) const MAX_JSON_TEXT: usize = 1024;

pub(crate) fn invalid(code: ErrorCode, name: &str, why: &str) -> ApiError {
    ApiError::new(code, format!("Invalid parameter {name}: {why}"))
}

/// The value of a parameter that may be absent. An empty one counts as absent.
pub(crate) fn optional<'a>(form: &'a Form, name: &'static str) -> Result<Option<&'a str>, ApiError> {
    let value = form
        .one(name)
        .map_err(|error| ApiError::new(ErrorCode::Parameter, error.to_string()))?;
    Ok(value.filter(|value| !value.is_empty()))
}

/// The value of a parameter that has to be there.
pub(crate) fn required<'a>(form: &'a Form, name: &'static str) -> Result<&'a str, ApiError> {
    optional(form, name)?.ok_or_else(|| ApiError::missing_parameter(name))
}

/// A text of limited length without control characters.
pub(crate) fn text(code: ErrorCode, name: &str, value: &str, longest: usize) -> Result<String, ApiError> {
    if value.chars().count() > longest {
        Err(invalid(
            code,
            name,
            &format!("at most {longest} characters are allowed"),
        ))
    } else if value.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
        Err(invalid(code, name, "control characters are not allowed"))
    } else {
        Ok(value.to_owned())
    }
}

/// An optional text of limited length without control characters.
pub(crate) fn optional_text(
    code: ErrorCode,
    form: &Form,
    name: &'static str,
    longest: usize,
) -> Result<Option<String>, ApiError> {
    optional(form, name)?
        .map(|value| text(code, name, value, longest))
        .transpose()
}

/// An optional number between two bounds, both included.
pub(crate) fn optional_number(
    code: ErrorCode,
    form: &Form,
    name: &'static str,
    least: u32,
    most: u32,
) -> Result<Option<u32>, ApiError> {
    optional(form, name)?
        .map(|value| {
            value
                .parse()
                .ok()
                .filter(|number| (least..=most).contains(number))
                .ok_or_else(|| {
                    invalid(
                        code,
                        name,
                        &format!("a number from {least} to {most} is expected"),
                    )
                })
        })
        .transpose()
}

/// An optional `true` or `false`, in any case, as the helper libraries write it.
pub(crate) fn optional_bool(form: &Form, name: &'static str) -> Result<Option<bool>, ApiError> {
    optional(form, name)?
        .map(|value| match value.to_ascii_lowercase().as_str() {
            "true" => Ok(true),
            "false" => Ok(false),
            _ => Err(invalid(
                ErrorCode::InvalidParameter,
                name,
                "true or false is expected",
            )),
        })
        .transpose()
}

/// An optional value of a type that reads itself.
pub(crate) fn optional_parsed<T: FromStr<Err: std::fmt::Display>>(
    code: ErrorCode,
    form: &Form,
    name: &'static str,
) -> Result<Option<T>, ApiError> {
    optional(form, name)?
        .map(|value| {
            value
                .parse()
                .map_err(|error: T::Err| invalid(code, name, &error.to_string()))
        })
        .transpose()
}

/// An optional JSON object of texts, at most 1024 characters, returned with its members in order.
pub(crate) fn optional_json_texts(
    code: ErrorCode,
    form: &Form,
    name: &'static str,
) -> Result<Option<BTreeMap<String, String>>, ApiError> {
    let Some(value) = optional(form, name)? else {
        return Ok(None);
    };
    if value.chars().count() > MAX_JSON_TEXT {
        return Err(invalid(
            code,
            name,
            &format!("at most {MAX_JSON_TEXT} characters are allowed"),
        ));
    }
    let members = crate::json::Members::parse(value.as_bytes()).map_err(|_| {
        invalid(
            code,
            name,
            "a JSON object in which every member stands once is expected",
        )
    })?;
    members
        .iter()
        .map(|(member, value)| {
            serde_json::from_str(value.get())
                .map(|value| (member.to_owned(), value))
                .map_err(|_| invalid(code, name, "every value must be a text"))
        })
        .collect::<Result<_, _>>()
        .map(Some)
}
