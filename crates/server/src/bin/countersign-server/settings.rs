//! Where settings come from: the command line, then the environment, then a file, then what is usual.
//!
//! A file says what the options of `serve` say, under the same names, so that there is one list of settings and one
//! way to read each. What it says takes the place of what is usual.

use std::{collections::BTreeMap, path::Path};

use clap::{Command, CommandFactory as _, Error, FromArgMatches as _, Parser as _, error::ErrorKind};
use toml::{Spanned, Value};

use crate::Cli;

mod file;

pub(crate) use file::as_file;

/// Options of the command line that no file can set.
const NOT_IN_A_FILE: [&str; 3] = ["config", "help", "version"];

/// Reads the command line, the environment, and the file that one of them names.
///
/// # Errors
/// What is wrong, in words, also with the line of the file; or what `--help` and `--version` ask for.
pub(crate) fn read() -> Result<Cli, Error> {
    let cli = Cli::try_parse()?;
    // What `init` is told is a file that it is to write.
    let Some(path) = cli
        .common
        .config
        .as_ref()
        .filter(|_| !matches!(cli.command, crate::Command::Init(_)))
    else {
        return Ok(cli);
    };
    let command = read_file(path).and_then(|text| with_file(Cli::command(), &text));
    let command = command.map_err(|problem| {
        let problem = format!("the file {}: {problem}", path.display());
        Cli::command().error(ErrorKind::ValueValidation, problem)
    })?;
    Cli::from_arg_matches(&command.try_get_matches()?)
}

fn read_file(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|error| format!("it cannot be read: {error}"))
}

/// The same command with other defaults: those in `text`.
fn with_file(command: Command, text: &str) -> Result<Command, String> {
    // The line itself is not repeated where it cannot be read: a password may be in it.
    let at = |offset: usize, problem: &str| {
        let line = text[..offset].matches('\n').count() + 1;
        format!("line {line}: {problem}")
    };
    let entries: BTreeMap<Spanned<String>, Value> = toml::from_str(text)
        .map_err(|error| at(error.span().map_or(0, |span| span.start), error.message()))?;
    entries.into_iter().try_fold(command, |command, (key, value)| {
        let offset = key.span().start;
        let name = key.into_inner();
        set(command, &name, value).map_err(|problem| at(offset, &problem))
    })
}

fn set(command: Command, name: &str, value: Value) -> Result<Command, String> {
    let values = texts(value)
        .ok_or_else(|| format!("{name} is neither a text, a number, true or false, nor a list of them"))?;
    let has = |command: &Command| {
        let mut arguments = command.get_arguments().filter_map(|argument| argument.get_long());
        arguments.any(|long| long == name && !NOT_IN_A_FILE.contains(&name))
    };
    let serves = command.find_subcommand("serve").is_some_and(has);
    if !serves && !has(&command) {
        return Err(format!("there is no setting {name}"));
    }
    check(name, &values)?;
    let id = |command: &Command| {
        let argument = command
            .get_arguments()
            .find(|argument| argument.get_long() == Some(name));
        argument.map(|argument| argument.get_id().clone())
    };
    let replace = |command: Command| match id(&command) {
        Some(id) => command.mut_arg(id, |argument| argument.default_values(values)),
        None => command,
    };
    Ok(if serves {
        command.mut_subcommand("serve", replace)
    } else {
        replace(command)
    })
}

/// Whether the command line would take these values.
fn check(name: &str, values: &[String]) -> Result<(), String> {
    let options = values.iter().map(|value| format!("--{name}={value}"));
    let words = ["countersign-server", "serve"].map(str::to_owned);
    match Cli::command().try_get_matches_from(words.into_iter().chain(options)) {
        Ok(_) => Ok(()),
        Err(error) => {
            let text = error.to_string();
            let first = text.lines().next().unwrap_or_default();
            Err(first.trim_start_matches("error: ").to_owned())
        }
    }
}

fn texts(value: Value) -> Option<Vec<String>> {
    let text = |value| match value {
        Value::String(text) => Some(text),
        Value::Integer(number) => Some(number.to_string()),
        Value::Boolean(on) => Some(on.to_string()),
        _ => None,
    };
    match value {
        Value::Array(values) => values.into_iter().map(text).collect(),
        value => text(value).map(|text| vec![text]),
    }
}
