//! The vendor's libraries for Python: each version in a virtual environment of its own, below `target/`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;

use anyhow::{Context, Result, bail};

use crate::step::{output, programs, run};

/// The oldest Python for which the pinned packages are made.
const OLDEST: (u32, u32) = (3, 11);

/// The command that starts Python 3.
fn python() -> Command {
    Command::new(if cfg!(windows) { "python" } else { "python3" })
}

/// Whether Python is there and can import this module.
pub(crate) fn imports(module: &str) -> bool {
    output(python().args(["-c", &format!("import {module}")])).is_ok()
}

/// Installs what each `twilio-*.txt` of a folder pins into `target/conformance/twilio-*`, unless it is there.
pub(crate) fn install(requirements: &Path) -> Result<()> {
    check_version()?;
    let below = programs()?.with_file_name("conformance");
    let shared = read(&requirements.join("dependencies.txt"))?;
    let mut files: Vec<PathBuf> = Vec::new();
    for entry in
        fs::read_dir(requirements).with_context(|| format!("cannot read {}", requirements.display()))?
    {
        let name = entry?.file_name();
        let name = name.to_string_lossy();
        if name.starts_with("twilio-") && name.ends_with(".txt") {
            files.push(requirements.join(&*name));
        }
    }
    files.sort();
    // Unpacking takes most of the time, and each version unpacks by itself.
    thread::scope(|scope| {
        let installing: Vec<_> = files
            .iter()
            .map(|file| {
                scope.spawn(|| make(file, &below.join(file.file_stem().unwrap_or_default()), &shared))
            })
            .collect();
        installing.into_iter().try_for_each(|thread| {
            thread
                .join()
                .unwrap_or_else(|_| bail!("an installation panicked"))
        })
    })
}

/// Makes sure that there is a Python that is new enough.
fn check_version() -> Result<()> {
    let hint = "Python 3.11 or newer is needed: https://www.python.org/downloads/";
    let said = output(python().arg("--version")).context(hint)?;
    match version(&said) {
        Some(version) if version >= OLDEST => Ok(()),
        _ => bail!("this is {}. {hint}", said.trim()),
    }
}

/// Reads `Python 3.11.2`.
fn version(said: &str) -> Option<(u32, u32)> {
    let mut numbers = said.trim().strip_prefix("Python ")?.split('.');
    Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
}

/// One environment. What it was made from is written into it last, so that half an environment is made anew.
fn make(requirements: &Path, environment: &Path, shared: &str) -> Result<()> {
    let wanted = read(requirements)? + shared;
    let made_from = environment.join("made-from.txt");
    let interpreter = environment.join(if cfg!(windows) {
        "Scripts/python.exe"
    } else {
        "bin/python"
    });
    // The interpreter may be a link to one that is gone by now.
    if interpreter.is_file() && fs::read_to_string(&made_from).is_ok_and(|made_from| made_from == wanted) {
        return Ok(());
    }
    run(python().args(["-m", "venv", "--clear"]).arg(environment))?;
    run(Command::new(interpreter)
        .args([
            "-m",
            "pip",
            "install",
            "--quiet",
            "--no-input",
            "--disable-pip-version-check",
        ])
        // Nothing but what the hashes name, and nothing that would run code to be installed.
        .args(["--require-hashes", "--only-binary", ":all:", "--requirement"])
        .arg(requirements))?;
    fs::write(&made_from, wanted).with_context(|| format!("cannot write {}", made_from.display()))
}

fn read(file: &Path) -> Result<String> {
    fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_of_python_is_read_from_what_it_says() {
        assert_eq!(version("Python 3.11.2\n"), Some((3, 11)));
        assert!(version("Python 3.9.19") < Some(OLDEST));
        assert!(version("Python 3.14.0rc1") > Some(OLDEST));
        assert_eq!(version("python: command not found"), None);
    }

    #[test]
    fn a_missing_file_of_requirements_is_an_error_that_names_it() {
        let error = read(Path::new("/nowhere/dependencies.txt")).unwrap_err();
        assert!(error.to_string().contains("dependencies.txt"), "{error}");
    }
}
