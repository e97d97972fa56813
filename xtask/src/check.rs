//! `cargo xtask check`: everything that can be said about the code without running it.

use std::process::Command;

use anyhow::Result;

use crate::interface;
use crate::setup::{Need, can_build_the_window, prepare};
use crate::step::{cargo, exists, npm, run, say};

/// Formatting, lints, documentation, the types of the interface, and licences and bans where cargo-deny is there.
pub(crate) fn check() -> Result<()> {
    prepare(&[Need::Compiler, Need::Node])?;
    formatting()?;
    interface::build()?;
    run(npm(&interface::folder()).args(["run", "check"]))?;
    let window = can_build_the_window();
    if !window {
        say("The headers of the window are not on this machine: countersign-app is left out.");
    }
    lints(window)?;
    documentation(window)?;
    if exists("cargo-deny") {
        run(cargo().args(["deny", "check", "bans", "licenses", "sources"]))?;
    } else {
        say(
            "cargo-deny is not on this machine: bans, licences and sources are not checked (cargo install cargo-deny).",
        );
    }
    say("All checks passed.");
    Ok(())
}

/// The code is formatted as rustfmt formats it.
pub(crate) fn formatting() -> Result<()> {
    run(cargo().args(["fmt", "--all", "--check"]))
}

/// No warning in any target. The window's package needs `ui/dist`, which it carries.
pub(crate) fn lints(window: bool) -> Result<()> {
    run(
        with_or_without_the_window(cargo().args(["clippy", "--workspace", "--all-targets"]), window)
            .args(["--", "--deny", "warnings"]),
    )?;
    // What a plain build leaves out.
    run(cargo().args([
        "check",
        "--package",
        "countersign-server",
        "--features",
        "otel",
        "--bins",
    ]))
}

fn documentation(window: bool) -> Result<()> {
    let mut command = cargo();
    command.env("RUSTDOCFLAGS", "--deny warnings");
    command.args(["doc", "--workspace", "--no-deps", "--document-private-items"]);
    run(with_or_without_the_window(&mut command, window))
}

fn with_or_without_the_window(command: &mut Command, window: bool) -> &mut Command {
    if window {
        // The stories through the window are left out of a plain build.
        command.args(["--features", "countersign-tests/installed"])
    } else {
        command.args(["--exclude", "countersign-app"])
    }
}
