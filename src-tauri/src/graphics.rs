//! A setting of the web view that must be in the environment before the first window.

/// Sees to it that the window is drawn on every Linux desktop.
///
/// WebKitGTK shows a blank window with several graphics drivers unless its DMA-BUF renderer is off, and it reads
/// that from the environment only. Changing the environment of a running process is not safe, so the program
/// replaces itself once, with the variable set. Whoever set the variable, to whatever value, is obeyed. Should
/// the replacement fail, the window may be blank with those drivers; everywhere else nothing is lost, so the
/// program goes on.
pub(crate) fn prepare() {
    imp::prepare();
}

#[cfg(target_os = "linux")]
mod imp {
    use std::{env, os::unix::process::CommandExt, process::Command};

    const VARIABLE: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";

    pub(super) fn prepare() {
        if env::var_os(VARIABLE).is_some() {
            return;
        }
        let Ok(program) = env::current_exe() else { return };
        let mut arguments = env::args_os();
        let mut again = Command::new(program);
        if let Some(name) = arguments.next() {
            again.arg0(name);
        }
        // Returns only if it failed.
        let _ = again.args(arguments).env(VARIABLE, "1").exec();
    }
}

#[cfg(not(target_os = "linux"))]
mod imp {
    pub(super) fn prepare() {}
}
