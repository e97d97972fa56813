//! `cargo xtask package`: the packages of the desktop app for this system.

use std::process::Command;

use anyhow::{Result, bail};

use crate::interface;
use crate::setup::{Need, prepare};
use crate::step::{root, run, say};

/// Makes the packages that need no download: deb and rpm on Linux. The others (AppImage, NSIS, MSI, dmg) fetch
/// tools while they are made, and so belong to a release machine of their system.
pub(crate) fn package() -> Result<()> {
    if !cfg!(target_os = "linux") {
        bail!("only the packages for Linux (deb and rpm) are made here so far");
    }
    prepare(&[Need::Compiler, Need::Node, Need::Window])?;
    interface::build()?;
    let bundler = interface::folder().join("node_modules/.bin/tauri");
    if !bundler.exists() {
        bail!(
            "{} is missing: ui/package.json must name @tauri-apps/cli",
            bundler.display()
        );
    }
    run(Command::new(bundler)
        .current_dir(root().join("src-tauri"))
        .args(["build", "--bundles", "deb,rpm"]))?;
    say("The packages are in target/release/bundle.");
    Ok(())
}
