//! `countersign`: everything the app can do, from a terminal or over SSH.
//!
//! Results go to standard output and everything else to standard error, so that a script reads one and a person the
//! other. What issuers and servers wrote is neutralised before a terminal sees it.

mod arguments;
mod commands;
mod exit;
mod failure;
mod keychain;
mod output;
mod passphrase;
mod pin;
mod plain;
mod request_text;
mod session;
mod terminal;
mod views;
mod words;

use std::{io::IsTerminal, process::ExitCode};

use clap::Parser;

use crate::{arguments::Arguments, exit::Exit, failure::Failure, output::Output};

fn main() -> ExitCode {
    tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::from_default_env())
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr)
        .init();
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return refuse(&error),
    };
    let output = Output::new(arguments.json);
    let outcome = tokio::runtime::Runtime::new()
        .map_err(|error| Failure::other(format!("The program could not start: {error}.")))
        .and_then(|runtime| {
            let outcome = runtime.block_on(commands::run(arguments, &output));
            // Whatever still waits, for a lock or for a keychain, does not hold up the end.
            runtime.shutdown_background();
            outcome
        });
    match outcome {
        Ok(()) => Exit::Done.into(),
        Err(failure) => {
            output.failure(&failure);
            failure.exit.into()
        }
    }
}

/// Help and version are results; anything else is a usage error, in JSON if that is what the caller reads.
fn refuse(error: &clap::Error) -> ExitCode {
    let wants_json = std::env::args_os().any(|argument| argument == "--json");
    if error.use_stderr() && wants_json {
        let text = error.to_string();
        let message = text
            .lines()
            .next()
            .unwrap_or_default()
            .trim_start_matches("error: ");
        Output::new(true).failure(&Failure::usage(message));
    } else {
        // Nothing is to be done about a terminal that is gone.
        let _ = error.print();
    }
    if error.use_stderr() {
        Exit::Usage.into()
    } else {
        Exit::Done.into()
    }
}
