//! A setting of the web view that must be in the environment before the first window.

/// Sees to it that the window is drawn on every Linux desktop.
///
/// WebKitGTK shows a blank window with several graphics drivers unless its DMA-BUF renderer is off, and it reads
/// that from the environment only. Whoever set the variable, to whatever value, is obeyed.
///
/// Changing the environment is safe only while no other thread can be reading it. This is called before anything else,
/// and looks whether the thread is alone; if a library that came with the program has started others already, the
/// program replaces itself once, with the variable set. It does not do so each time because linking WebKit's libraries
/// once more takes as long as half of the start. Should the replacement fail, the window may be blank with those
/// drivers; everywhere else nothing is lost, so the program goes on.
pub(crate) fn prepare() {
    imp::prepare();
}

#[cfg(target_os = "linux")]
mod imp {
    use std::{env, fs, os::unix::process::CommandExt, process::Command};

    const VARIABLE: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";

    pub(super) fn prepare() {
        if env::var_os(VARIABLE).is_some() {
            return;
        }
        if is_alone() {
            #[expect(unsafe_code, reason = "setting a variable is not safe beside other threads")]
            // SAFETY: There is no other thread.
            unsafe {
                env::set_var(VARIABLE, "1");
            }
            return;
        }
        replace();
    }

    /// Whether this thread is the only one of the process; not, if that cannot be found out.
    fn is_alone() -> bool {
        fs::read_dir("/proc/self/task").is_ok_and(|threads| threads.count() == 1)
    }

    fn replace() {
        let Ok(program) = env::current_exe() else { return };
        let mut arguments = env::args_os();
        let mut again = Command::new(program);
        if let Some(name) = arguments.next() {
            again.arg0(name);
        }
        // Returns only if it failed.
        let _ = again.args(arguments).env(VARIABLE, "1").exec();
    }

    #[cfg(test)]
    mod tests {
        #[test]
        fn a_thread_beside_others_is_not_alone() {
            // The one that waits for this test is there in any case.
            assert!(!super::is_alone());
        }
    }
}

#[cfg(not(target_os = "linux"))]
mod imp {
    pub(super) fn prepare() {}
}
