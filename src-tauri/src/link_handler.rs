//! The system's way from a link to a program that runs where it was built. A package has an entry of its own for that.

use std::{
    path::Path,
    sync::{Mutex, PoisonError},
};

use tauri::{AppHandle, async_runtime::JoinHandle};

use crate::desk::QUIT_LIMIT;

/// What this process told the system about links, until it takes it back.
pub(crate) struct LinkHandler(Mutex<Option<JoinHandle<Option<imp::Registered>>>>);

impl LinkHandler {
    /// Has links lead to this program and the profile in `home`, without anybody waiting.
    pub(crate) fn register(app: &AppHandle, home: &Path) -> Self {
        let (app, home) = (app.clone(), home.to_owned());
        let registering = tauri::async_runtime::spawn_blocking(move || {
            imp::register(&app, &home)
                .inspect_err(|error| {
                    tracing::info!("countersign:// links do not lead to this build: {error:#}");
                })
                .ok()
        });
        Self(Mutex::new(Some(registering)))
    }

    /// Leaves nothing behind that would lead a link to a program that no longer runs, or is no longer there.
    pub(crate) async fn withdraw(&self, app: &AppHandle) {
        let registering = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        let Some(registering) = registering else { return };
        let registering = tokio::time::timeout(QUIT_LIMIT, registering).await;
        if let Ok(Ok(Some(registered))) = registering
            && let Err(error) = imp::withdraw(app, &registered)
        {
            tracing::info!("countersign:// links may still lead to this build: {error:#}");
        }
    }
}

#[cfg(target_os = "linux")]
mod imp {
    use std::{
        fs,
        path::{Path, PathBuf},
        process::Command,
    };

    use anyhow::{Context, Result};
    use tauri::{AppHandle, Manager};
    use tauri_plugin_deep_link::DeepLinkExt;

    const SCHEME: &str = "countersign";

    /// An entry that this process wrote.
    pub(super) struct Registered {
        file: PathBuf,
        text: String,
    }

    /// The plugin would not name the profile, so that a link would open another window on the usual one. The file has
    /// the plugin's name for it, by which the plugin forgets it again.
    pub(super) fn register(app: &AppHandle, home: &Path) -> Result<Registered> {
        let program = tauri::utils::platform::current_exe()?;
        let mut name = program.file_name().context("a program has a name")?.to_owned();
        name.push("-handler.desktop");
        let folder = app.path().data_dir()?.join("applications");
        fs::create_dir_all(&folder)?;
        let registered = Registered {
            file: folder.join(&name),
            text: entry(&program, home)?,
        };
        fs::write(&registered.file, &registered.text)?;
        run(Command::new("update-desktop-database").arg(&folder));
        let kind = format!("x-scheme-handler/{SCHEME}");
        run(Command::new("xdg-mime").arg("default").arg(&name).arg(kind));
        Ok(registered)
    }

    /// Only if the entry is still this process's: another window may have replaced it with its own.
    pub(super) fn withdraw(app: &AppHandle, registered: &Registered) -> Result<()> {
        if fs::read_to_string(&registered.file)? == registered.text {
            fs::remove_file(&registered.file)?;
            app.deep_link().unregister(SCHEME)?;
        }
        Ok(())
    }

    /// Many desktops find the entry without, so a failure is only worth a line.
    fn run(command: &mut Command) {
        match command.status() {
            Ok(status) if status.success() => {}
            Ok(status) => tracing::info!(?command, %status, "a link may not lead to this build"),
            Err(error) => tracing::info!(?command, %error, "a link may not lead to this build"),
        }
    }

    fn entry(program: &Path, home: &Path) -> Result<String> {
        let (program, home) = (argument(program)?, argument(home)?);
        Ok(format!(
            "[Desktop Entry]\nType=Application\nName=Countersign\nExec={program} --home {home} %u\nTerminal=false\n\
             MimeType=x-scheme-handler/{SCHEME};\nNoDisplay=true\n"
        ))
    }

    /// One argument of a desktop entry's `Exec` (Desktop Entry Specification, "The Exec key"). It is quoted only if
    /// it must be: some versions of `xdg-open` take the quotes for a part of the name.
    fn argument(path: &Path) -> Result<String> {
        let text = path.to_str().context("a path is not readable as text")?;
        let safe = |c: char| c.is_ascii_alphanumeric() || "/._-+:@,".contains(c);
        if text.chars().all(safe) {
            return Ok(text.to_owned());
        }
        let mut quoted = String::from('"');
        for c in text.chars() {
            match c {
                // Escaped for the quotes, and the backslash once more for the file.
                '"' | '`' | '$' => quoted.extend(['\\', '\\', c]),
                '\\' => quoted.push_str(r"\\\\"),
                '%' => quoted.push_str("%%"),
                '\n' => quoted.push_str(r"\n"),
                '\r' => quoted.push_str(r"\r"),
                _ => quoted.push(c),
            }
        }
        quoted.push('"');
        Ok(quoted)
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        fn exec(program: &str, home: &str) -> String {
            let text = entry(program.as_ref(), home.as_ref()).unwrap();
            let exec = text.lines().find_map(|line| line.strip_prefix("Exec="));
            exec.unwrap().to_owned()
        }

        #[test]
        fn a_link_leads_to_the_profile_of_the_window_that_registered() {
            assert_eq!(
                exec("/src/target/debug/countersign-app", "/data/countersign-run/home"),
                "/src/target/debug/countersign-app --home /data/countersign-run/home %u"
            );
        }

        #[test]
        fn a_path_is_quoted_only_if_it_must_be() {
            assert_eq!(
                exec("/my src/app", r#"/a"b$c`d\e%f"#),
                r#""/my src/app" --home "/a\\"b\\$c\\`d\\\\e%%f" %u"#
            );
            assert_eq!(exec("/ä/app", "/a\nb"), r#""/ä/app" --home "/a\nb" %u"#);
        }
    }
}

#[cfg(not(target_os = "linux"))]
mod imp {
    use std::path::Path;

    use anyhow::Result;
    use tauri::AppHandle;
    use tauri_plugin_deep_link::DeepLinkExt;

    /// An entry that the next one replaces.
    pub(super) struct Registered;

    pub(super) fn register(app: &AppHandle, _: &Path) -> Result<Registered> {
        app.deep_link().register_all()?;
        Ok(Registered)
    }

    #[expect(clippy::unnecessary_wraps, reason = "it can fail on Linux")]
    pub(super) fn withdraw(_: &AppHandle, _: &Registered) -> Result<()> {
        Ok(())
    }
}
