//! `cargo xtask icons`: the tray's pictures, out of their drawings.

use std::process::Command;

use anyhow::Result;

use crate::interface;
use crate::setup::{Need, prepare};
use crate::step::{root, run};

/// Draws `icons/tray/*.svg` anew, in a browser.
pub(crate) fn icons() -> Result<()> {
    prepare(&[Need::Node, Need::Browser])?;
    // The browser's driver is one of the interface's tools.
    interface::install(&interface::folder())?;
    run(Command::new("node")
        .current_dir(root())
        .arg("icons/tray/render.mjs"))
}
