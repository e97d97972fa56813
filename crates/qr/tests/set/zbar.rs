//! What another reader makes of the same pictures: only printed, and only if it is asked for.

use std::{
    io::Write,
    process::{Command, Stdio},
};

/// Whether `QR_CROSS_CHECK` says so.
pub(crate) fn is_asked() -> bool {
    std::env::var_os("QR_CROSS_CHECK").is_some_and(|chosen| chosen == "zbar")
}

/// Whether `zbarimg` finds exactly these texts; nothing, if it is not asked.
pub(crate) fn reads(file: &[u8], texts: &[String]) -> bool {
    if !is_asked() {
        return false;
    }
    let child = Command::new("zbarimg")
        .args(["--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn();
    let mut child = child.expect("zbarimg is installed: zbar-tools on Debian");
    // One that ends before it has read everything has found nothing.
    drop(child.stdin.take().unwrap().write_all(file));
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let mut said: Vec<&str> = said.lines().collect();
    said.sort_unstable();
    let mut texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    texts.sort_unstable();
    said == texts
}
