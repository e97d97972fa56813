//! `cargo xtask bench desktop`: what the window costs, as it is shipped.

use anyhow::{Context, Result};

use crate::interface;
use crate::setup::{Need, prepare};
use crate::step::{cargo, run, say};

/// Builds the app as it is shipped, says how large it is, and measures it on a desktop of its own.
pub(crate) fn measure() -> Result<()> {
    prepare(&[
        Need::Compiler,
        Need::Node,
        Need::Window,
        Need::Keyring,
        Need::Desktop,
    ])?;
    interface::build()?;
    let build = [
        "build",
        "--profile",
        "desktop",
        "--locked",
        "--package",
        "countersign-app",
    ];
    run(cargo().args(build))?;
    let app = super::target()?.join("desktop").join("countersign-app");
    let size = app.metadata().context("the app was built")?.len();
    say(&format!("The program has {:.1} MiB.", megabytes(size)));
    // Only what is measured has to be fast.
    run(cargo()
        .args([
            "bench",
            "--profile",
            "dev",
            "--locked",
            "--package",
            "countersign-tests",
        ])
        .args(["--features", "installed", "--bench", "desktop"])
        .env("COUNTERSIGN_APP_BINARY", app))
}

#[expect(clippy::cast_precision_loss, reason = "a program has fewer bytes than that")]
fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / (1024.0 * 1024.0)
}
