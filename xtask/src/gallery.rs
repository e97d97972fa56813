//! `cargo xtask gallery`: the pictures of the documentation, of the window over its in-memory program.

use anyhow::Result;

use crate::interface;
use crate::setup::{Need, prepare};
use crate::step::{npm, run};

/// Takes them all again. They are the same as long as nothing on the screens changed.
pub(crate) fn take() -> Result<()> {
    prepare(&[Need::Node, Need::Browser])?;
    let folder = interface::folder();
    interface::install(&folder)?;
    run(npm(&folder).args(["run", "gallery"]))
}
