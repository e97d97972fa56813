//! `cargo xtask cross`: the workspace linked for Windows and type-checked for macOS, from Linux.
//!
//! Differences between systems that are found late are dear. Neither target is shipped with the compiler, so the
//! standard library is built along. macOS cannot be linked without Apple's linker; every line for it is compiled
//! against the real bindings all the same.

use std::path::Path;
use std::process::Command;
use std::time::Instant;

use anyhow::{Result, bail};

use crate::interface;
use crate::setup::{Need, prepare};
use crate::step::{cargo, root, run, say};

const WINDOWS: &str = "x86_64-pc-windows-gnu";
const MACOS: &str = "aarch64-apple-darwin";

/// The programs that must come out of linking for Windows.
const PROGRAMS: [&str; 4] = [
    "countersign",
    "countersign-app",
    "countersign-issuer",
    "countersign-server",
];

/// Links for Windows and type-checks for macOS.
pub(crate) fn cross() -> Result<()> {
    prepare(&[Need::Compiler, Need::Node, Need::Cross])?;
    // The window carries the interface inside itself and does not compile without it.
    interface::build()?;
    let took = timed(|| run(compiler("build", WINDOWS, "target/windows").arg("--bins")))?;
    let folder = root().join("target/windows").join(WINDOWS).join("debug");
    check_programs(&folder)?;
    say(&format!(
        "Linked for Windows in {took} seconds: {}",
        PROGRAMS.join(", ")
    ));
    let took = timed(|| {
        // `true` stands in for the C compiler: nothing is linked, so what it would have compiled is not missed.
        run(compiler("check", MACOS, "target/macos")
            .env("CC_aarch64_apple_darwin", "true")
            .env("AR_aarch64_apple_darwin", "true"))
    })?;
    say(&format!("Type-checked for macOS in {took} seconds."));
    Ok(())
}

/// Cargo with Debian's compiler, which comes with the source of the standard library. A warning is an error, as it
/// is at home. This package itself is for the machine that works on Countersign, and is left out.
fn compiler(task: &str, target: &str, folder: &str) -> Command {
    let mut command = cargo();
    command
        .env("RUSTC", "/usr/bin/rustc")
        .env("RUSTC_BOOTSTRAP", "1")
        .args([task, "-Zbuild-std=std,panic_abort"])
        .args(["-Zwarnings", "--config", "build.warnings='deny'"])
        .args(["--workspace", "--exclude", "xtask"])
        .args(["--target", target, "--target-dir"])
        .arg(root().join(folder));
    command
}

fn timed(work: impl FnOnce() -> Result<()>) -> Result<u64> {
    let start = Instant::now();
    work()?;
    Ok(start.elapsed().as_secs())
}

fn check_programs(folder: &Path) -> Result<()> {
    for program in PROGRAMS {
        let path = folder.join(format!("{program}.exe"));
        if !path.is_file() {
            bail!("{} was not linked", path.display());
        }
    }
    Ok(())
}
