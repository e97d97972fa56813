//! The file with settings that `init` writes: every option of `serve`, explained in the words of its help.

use clap::{Arg, ArgAction, ArgMatches, CommandFactory as _, builder::StyledStr, parser::ValueSource};
use toml::Value;

use super::NOT_IN_A_FILE;
use crate::{Cli, Common};

/// The settings as a file: each with what it means and what is usual, and what the command line and the environment
/// say about it.
pub(crate) fn as_file(common: &Common) -> String {
    let mut command = Cli::command();
    command.build();
    let matches = command.clone().get_matches();
    let matches = matches.subcommand_matches("init").unwrap_or(&matches);
    let serve = command.find_subcommand("serve").expect("it is one of ours");
    let mut file = String::from(HEAD);
    for argument in serve.get_arguments() {
        let name = argument.get_long().unwrap_or_default();
        if NOT_IN_A_FILE.contains(&name) {
            continue;
        }
        let given = match name {
            "database" => Some(vec![common.database.clone()]),
            "server-key-file" => common
                .server_key_file
                .iter()
                .map(|file| Some(file.display().to_string()))
                .collect(),
            "tls-certificate" | "tls-key" => given(matches, argument.get_id().as_str())
                .map(|files| files.into_iter().map(in_full).collect()),
            _ => given(matches, argument.get_id().as_str()),
        };
        file.push_str(&entry(argument, name, given));
    }
    file
}

const HEAD: &str = "\
# Settings of countersign-server.
#
# The environment has precedence over this file, and the command line over both. What stands behind # is what is
# usual, or an example. See countersign-server serve --help.
";

/// The same file, also from another folder.
fn in_full(file: String) -> String {
    std::path::absolute(&file).map_or(file, |path| path.display().to_string())
}

/// What the command line or the environment says.
fn given(matches: &ArgMatches, id: &str) -> Option<Vec<String>> {
    let is_usual = matches.value_source(id) == Some(ValueSource::DefaultValue);
    let values = matches.get_raw(id).filter(|_| !is_usual)?;
    Some(values.map(|value| value.to_string_lossy().into_owned()).collect())
}

fn entry(argument: &Arg, name: &str, given: Option<Vec<String>>) -> String {
    let text = |help: Option<&StyledStr>| help.map(ToString::to_string).unwrap_or_default();
    let help = text(argument.get_long_help().or(argument.get_help()));
    let mut entry = String::from("\n");
    for line in wrap(&help) {
        entry.push_str(format!("# {line}").trim_end());
        entry.push('\n');
    }
    let hash = if given.is_some() { "" } else { "# " };
    let usual = argument
        .get_default_values()
        .iter()
        .map(|value| value.to_string_lossy().into_owned());
    let mut values = given.unwrap_or_else(|| usual.collect());
    if values.is_empty() {
        values.extend(
            argument
                .get_value_names()
                .into_iter()
                .flatten()
                .map(ToString::to_string),
        );
    }
    let is_list = matches!(argument.get_action(), ArgAction::Append);
    entry.push_str(&format!("{hash}{name} = {}\n", value(&values, is_list)));
    entry
}

fn value(texts: &[String], is_list: bool) -> Value {
    let value = |text: &String| match (text.parse(), text.parse()) {
        (Ok(number), _) => Value::Integer(number),
        (_, Ok(on)) => Value::Boolean(on),
        _ => Value::String(text.clone()),
    };
    match texts {
        [text] if !is_list => value(text),
        texts => Value::Array(texts.iter().map(value).collect()),
    }
}

/// Lines of up to a hundred letters.
fn wrap(text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.lines() {
        let mut line = String::new();
        for word in paragraph.split_whitespace() {
            if !line.is_empty() && line.len() + word.len() >= 100 {
                lines.push(std::mem::take(&mut line));
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        lines.push(line);
    }
    lines
}
