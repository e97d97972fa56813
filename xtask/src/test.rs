//! `cargo xtask test`: every test there is, in parts, with a summary at the end.

mod build;
mod part;
mod summary;
mod tally;

use std::time::Instant;

use anyhow::{Context, Result};
use clap::ValueEnum;

use crate::setup::prepare;
use crate::step::{npm, root, run, say};
use crate::{check, demo, interface, python};
use build::Built;
pub(crate) use part::Part;
use summary::Summary;
use tally::Tally;

/// Runs the named parts, or all of them. A part that fails does not stop the others; the summary names it.
pub(crate) fn test(named: &[Part]) -> Result<()> {
    let parts: Vec<Part> = Part::value_variants()
        .iter()
        .filter(|part| named.is_empty() || named.contains(part))
        .copied()
        .collect();
    prepare(&part::needs(&parts))?;
    let mut summary = Summary::default();
    let mut built = None;
    for part in &parts {
        if part.is_built() && built.is_none() {
            built = Some(measured(&mut summary, "build", || Built::make(&parts)));
        }
        let built = built.as_ref().and_then(Option::as_ref);
        measured(&mut summary, &part.name(), || perform(*part, built)?.checked());
    }
    say(&format!("\n{summary}"));
    summary.outcome()
}

/// Does one piece of work, says how it went, and notes it in the summary.
fn measured<T: Counted>(summary: &mut Summary, name: &str, work: impl FnOnce() -> Result<T>) -> Option<T> {
    say(&format!("\n=== {name}"));
    let start = Instant::now();
    let outcome = work();
    if let Err(error) = &outcome {
        say(&format!("{name} FAILED: {error:#}"));
    }
    summary.note(
        name,
        outcome
            .as_ref()
            .map(Counted::tests)
            .map_err(|error| format!("{error:#}")),
        start.elapsed(),
    );
    outcome.ok()
}

/// What a piece of work may tell of the tests it ran.
trait Counted {
    fn tests(&self) -> Option<u64>;
}

impl Counted for Built {
    fn tests(&self) -> Option<u64> {
        None
    }
}

impl Counted for Tally {
    fn tests(&self) -> Option<u64> {
        self.passed()
    }
}

fn perform(part: Part, built: Option<&Built>) -> Result<Tally> {
    let built = || built.context("the build failed");
    match part {
        Part::Format => check::formatting().map(|()| Tally::not_counted()),
        Part::Lint => {
            interface::build()?;
            check::lints(true).map(|()| Tally::not_counted())
        }
        Part::Ui => ui(),
        Part::Mocked => {
            interface::build()?;
            tally::run(npm(&interface::folder()).args(["run", "stories"]))
        }
        Part::Conformance => {
            interface::install(&root().join("tests/conformance/node"))?;
            python::install(&root().join("tests/conformance/python/requirements"))?;
            built()?.stories("conformance", &[])
        }
        Part::Pages => {
            interface::install(&interface::folder())?;
            built()?.stories("pages", &[])
        }
        Part::Architecture => built()?.stories("architecture", &[]),
        Part::E2e => built()?.stories("stories", &[]),
        Part::Demo => {
            built()?;
            demo::rehearse().map(|()| Tally::one())
        }
        Part::Postgres => built()?.server_over("postgres"),
        Part::Console => {
            // The browser's driver is one of the interface's tools.
            interface::install(&interface::folder())?;
            built()?.console()
        }
        Part::Installed => {
            let built = built()?;
            let app = built.program("countersign-app")?;
            built.stories("installed", &[("COUNTERSIGN_APP_BINARY", app)])
        }
        Part::Protocol
        | Part::Qr
        | Part::Keychain
        | Part::Core
        | Part::Server
        | Part::Issuer
        | Part::Cli
        | Part::App
        | Part::Xtask => built()?.unit_tests(&part.folder()),
    }
}

/// The interface: its types and lints, and its tests.
fn ui() -> Result<Tally> {
    let folder = interface::folder();
    interface::install(&folder)?;
    run(npm(&folder).args(["run", "check"]))?;
    tally::run(npm(&folder).args(["test"]))
}
