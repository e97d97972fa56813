//! `cargo xtask package`: the packages of the desktop app for this system.

use std::process::Command;

use anyhow::{Result, bail};

use crate::interface;
use crate::setup::{Need, prepare};
use crate::step::{cargo, root, run, say};

/// The bundler, of the same version as the `tauri` crate.
const BUNDLER: &str = "@tauri-apps/cli@2.12.5";

/// Makes the packages that need no download: deb and rpm on Linux. The others (AppImage, NSIS, MSI, dmg) fetch
/// tools while they are made, and so belong to a release machine of their system.
pub(crate) fn package() -> Result<()> {
    if !cfg!(target_os = "linux") {
        bail!("only the packages for Linux (deb and rpm) are made here so far");
    }
    prepare(&[Need::Compiler, Need::Node, Need::Window])?;
    interface::build()?;
    // It goes into the packages beside the app: there are ways out that only a terminal has.
    let build = [
        "build",
        "--profile",
        "desktop",
        "--locked",
        "--package",
        "countersign-cli",
    ];
    run(cargo().args(build))?;
    // The bundler is not in the interface's lock file: half of its packages are for other systems, and a registry
    // that lacks one of them would break `npm ci` for everything else.
    run(Command::new("npm").current_dir(root().join("src-tauri")).args([
        "exec",
        "--yes",
        "--package",
        BUNDLER,
        "--",
        "tauri",
        "build",
        "--bundles",
        "deb,rpm",
        "--",
        "--profile",
        "desktop",
    ]))?;
    say("The packages are in target/desktop/bundle.");
    Ok(())
}
