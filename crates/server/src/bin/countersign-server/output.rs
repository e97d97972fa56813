//! What is printed.

use std::io::Write as _;

use anyhow::Context as _;

/// Prints a line on standard output, at once.
///
/// # Errors
/// If nobody reads it any more.
pub(crate) fn print(line: &str) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}")
        .and_then(|()| out.flush())
        .context("standard output is closed")
}

/// Says on standard error what went wrong.
pub(crate) fn complain(error: &anyhow::Error) {
    // If nobody reads this either, the exit code still tells.
    let _ = writeln!(std::io::stderr(), "error: {error:#}");
}
