//! What is printed, and how a command ends.

use std::{io::Write as _, process::ExitCode};

use anyhow::Context as _;
use countersign_protocol::plain;
use serde_json::{Value, json};

/// The API refused a request.
#[derive(Debug, thiserror::Error)]
#[error("{message} (code {code})")]
pub(crate) struct Refused {
    /// Its status in HTTP.
    pub(crate) status: u16,
    /// Its number in the API.
    pub(crate) code: u64,
    /// Why.
    pub(crate) message: String,
}

/// Prints a line on standard output, at once.
///
/// # Errors
/// If nobody reads it any more.
pub(crate) fn print(line: &str) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}")
        .and_then(|()| out.flush())
        .context("standard output is closed")
}

/// Prints a resource: as JSON, or a line for each of its members.
///
/// # Errors
/// As [`print`].
pub(crate) fn show(resource: &Value, json: bool) -> anyhow::Result<()> {
    if json {
        return print(&resource.to_string());
    }
    // Links are for programs.
    let members = resource
        .as_object()
        .into_iter()
        .flatten()
        .filter(|(name, _)| *name != "links");
    let width = members
        .clone()
        .map(|(name, _)| name.len())
        .max()
        .unwrap_or_default();
    let lines = members.map(|(name, value)| format!("{name:width$}  {}", text(value)));
    print(&lines.collect::<Vec<_>>().join("\n"))
}

/// Prints these members of resources: as one JSON object, or a table with a line for each
/// resource.
///
/// # Errors
/// As [`print`].
pub(crate) fn list(name: &str, resources: &[Value], members: &[&str], json: bool) -> anyhow::Result<()> {
    if json {
        return print(&json!({ name: resources }).to_string());
    }
    if resources.is_empty() {
        return print(&format!("There are no {name}."));
    }
    let row = |resource: &Value| {
        members
            .iter()
            .map(|member| text(&resource[*member]))
            .collect::<Vec<_>>()
    };
    let heading = members
        .iter()
        .map(|member| member.replace('_', " ").to_uppercase());
    let rows: Vec<Vec<String>> = std::iter::once(heading.collect())
        .chain(resources.iter().map(row))
        .collect();
    let width = |column: usize| {
        rows.iter()
            .map(|row| row[column].chars().count())
            .max()
            .unwrap_or_default()
    };
    let widths: Vec<_> = (0..members.len()).map(width).collect();
    let line = |row: &Vec<String>| {
        let cells = row
            .iter()
            .zip(&widths)
            .map(|(cell, width)| format!("{cell:width$}"));
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    print(&rows.iter().map(line).collect::<Vec<_>>().join("\n"))
}

/// An error with what caused it. Some errors repeat their causes, which are not said twice.
pub(crate) fn words(error: &anyhow::Error) -> String {
    error.chain().fold(String::new(), |words, cause| {
        let cause = cause.to_string();
        if words.is_empty() {
            cause
        } else if words.ends_with(&cause) {
            words
        } else {
            format!("{words}: {cause}")
        }
    })
}

/// Says on standard error what went wrong, and how the command ends: 1, or 3 if something is not there, or 9 if the
/// API refuses it. Mistakes on the command line and in the file with settings end with 2.
pub(crate) fn complain(error: &anyhow::Error) -> ExitCode {
    // If nobody reads this either, the exit code still tells.
    let _ = writeln!(std::io::stderr(), "error: {}", plain::line(&words(error)));
    match error.downcast_ref() {
        Some(Refused { status: 404, .. }) => ExitCode::from(3),
        Some(Refused {
            status: 400..=499, ..
        }) => ExitCode::from(9),
        _ => ExitCode::FAILURE,
    }
}

/// A value on one line. What people wrote into it must not repaint the terminal.
fn text(value: &Value) -> String {
    match value {
        Value::Null => "-".to_owned(),
        Value::String(text) => plain::line(text),
        Value::Array(values) if values.iter().all(Value::is_string) => {
            values.iter().map(text).collect::<Vec<_>>().join(",")
        }
        value => plain::line(&value.to_string()),
    }
}
