//! The commands that tasks are made of: each is said before it runs.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

/// Says what is being done, on standard error, so that standard output stays free for results.
pub(crate) fn say(words: &str) {
    eprintln!("{words}");
}

/// The root of the workspace.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap_or(Path::new("."))
}

/// The folder that holds the programs cargo built: the one this program lies in.
pub(crate) fn programs() -> Result<PathBuf> {
    let this = std::env::current_exe().context("cannot tell where this program lies")?;
    let folder = this.parent().context("this program lies in no folder")?;
    Ok(folder.to_path_buf())
}

/// A program of this workspace, once it is built.
pub(crate) fn program(name: &str) -> Result<PathBuf> {
    let path = programs()?.join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    if !path.is_file() {
        bail!("{} was not built", path.display());
    }
    Ok(path)
}

/// The cargo that runs this task, in the root of the workspace.
///
/// What cargo told this program about itself is taken out of the environment: build scripts that watch these
/// variables would otherwise run again whenever a build is started by hand and by a task in turn.
pub(crate) fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root());
    for (name, _) in std::env::vars_os() {
        let name = name.to_string_lossy().into_owned();
        if name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_") {
            command.env_remove(name);
        }
    }
    command
}

/// npm in a folder of the workspace.
pub(crate) fn npm(folder: &Path) -> Command {
    let mut command = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
    command.current_dir(folder);
    command
}

/// The command as a person would type it.
pub(crate) fn words(command: &Command) -> String {
    let name = Path::new(command.get_program())
        .file_stem()
        .unwrap_or(command.get_program());
    let mut words = vec![name.to_string_lossy().into_owned()];
    words.extend(
        command
            .get_args()
            .map(|argument| argument.to_string_lossy().into_owned()),
    );
    words.join(" ")
}

/// Says the command, runs it with its output shown, and fails when it fails. Its standard output is shown on
/// standard error, so that it never mixes with a task's result.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let words = words(command);
    say(&format!("> {words}"));
    let status = command
        .stdout(std::io::stderr())
        .status()
        .with_context(|| format!("cannot start `{words}`"))?;
    if !status.success() {
        bail!("`{words}` failed ({status})");
    }
    Ok(())
}

/// Runs the command silently and returns its standard output; an error carries what it said on standard error.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let words = words(command);
    let output = command
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("cannot start `{words}`"))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        bail!("`{words}` failed ({}): {}", output.status, said.trim());
    }
    String::from_utf8(output.stdout).with_context(|| format!("`{words}` printed something that is not text"))
}

/// Whether a command of this name is on the path.
pub(crate) fn exists(name: &str) -> bool {
    std::env::var_os("PATH").is_some_and(|path| {
        std::env::split_paths(&path).any(|folder| {
            folder
                .join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
                .is_file()
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_said_as_a_person_would_type_it() {
        let mut command = Command::new("/usr/bin/cargo");
        command.args(["fmt", "--check"]);
        assert_eq!(words(&command), "cargo fmt --check");
    }

    #[test]
    fn a_failed_command_is_an_error_that_names_it() {
        let mut command = cargo();
        command.arg("no-such-subcommand-here");
        let error = output(&mut command).unwrap_err().to_string();
        assert!(error.contains("no-such-subcommand-here"), "{error}");
    }

    #[test]
    fn the_root_holds_the_workspace() {
        assert!(root().join("Cargo.toml").is_file());
        assert!(root().join("xtask").is_dir());
    }
}
