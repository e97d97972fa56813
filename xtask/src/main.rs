//! Every task of this repository: `cargo xtask run | test | check | bench | gallery | cross | package`.
//!
//! This is the only task list; CI calls the same tasks. What is being done goes to standard error in plain lines,
//! standard output carries results only.
#![expect(
    clippy::print_stdout,
    reason = "a task's result belongs on standard output; progress goes to standard error"
)]

mod background;
mod bench;
mod check;
mod cross;
mod demo;
mod device;
mod gallery;
mod http;
mod icons;
mod interface;
mod package;
mod python;
mod run;
mod secret;
mod servers;
mod setup;
mod step;
mod terminal;
mod test;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(
    name = "cargo xtask",
    about = "Every task of this repository.",
    max_term_width = 100
)]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Start the server, the sample issuer Acme and the app, and use them
    Run {
        /// Play the whole story without questions: enrol, ask, approve, confirm
        #[arg(long)]
        demo: bool,
        /// Print one JSON object on standard output
        #[arg(long, requires = "demo")]
        json: bool,
    },
    /// Run every test, or only the named parts
    Test {
        /// The parts to run; all of them when none is named
        parts: Vec<test::Part>,
    },
    /// Formatting, lints, documentation and the types of the interface
    Check,
    /// Run the benchmarks, or measure what the server costs
    Bench {
        /// What to measure; the small benchmarks of the workspace when nothing is named
        #[command(subcommand)]
        what: Option<Benchmark>,
    },
    /// Make the tray's pictures out of the drawings in icons/tray
    Icons,
    /// Take the pictures of docs/screenshots
    Gallery,
    /// Link everything for Windows and type-check it for macOS
    Cross,
    /// Make the packages for this system
    Package,
}

#[derive(Subcommand)]
enum Benchmark {
    /// The server as it is shipped, over SQLite and PostgreSQL, beside what its work costs at least here
    Server(bench::server::Options),
    /// What the window costs: memory, wake-ups, time to appear
    Desktop,
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse().task {
        Task::Run { demo: true, json } => demo::play(json),
        Task::Run { demo: false, .. } => run::run(),
        Task::Test { parts } => test::test(&parts),
        Task::Check => check::check(),
        Task::Bench { what: None } => bench::bench(),
        Task::Bench {
            what: Some(Benchmark::Server(options)),
        } => bench::server::measure(&options),
        Task::Bench {
            what: Some(Benchmark::Desktop),
        } => bench::desktop::measure(),
        Task::Icons => icons::icons(),
        Task::Gallery => gallery::take(),
        Task::Cross => cross::cross(),
        Task::Package => package::package(),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            step::say(&format!("error: {error:#}"));
            ExitCode::FAILURE
        }
    }
}
