//! The one build that all compiled parts share.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use clap::ValueEnum;
use serde_json::Value;

use super::part::Part;
use super::tally::{self, Tally};
use crate::interface;
use crate::step::{cargo, root, say, words};

/// Everything that was built: test programs and ordinary ones.
///
/// Cargo chooses the features of every dependency anew for each choice of packages. One build for all parts keeps
/// the dependencies from being compiled several times over, and its test programs are then run directly.
pub(super) struct Built {
    programs: Vec<Program>,
}

/// One executable file.
#[derive(Debug, PartialEq, Eq)]
struct Program {
    /// The folder of its package.
    folder: PathBuf,
    name: String,
    is_test: bool,
    path: PathBuf,
}

impl Built {
    /// Builds what these parts need.
    pub(super) fn make(parts: &[Part]) -> Result<Self> {
        if parts.iter().any(|part| part.has_window()) {
            interface::build()?;
        }
        let mut built = Self { programs: Vec::new() };
        let packages = packages(parts);
        // This program's own package is built as `cargo xtask` builds it, so that it need not be built again.
        let (own, others): (Vec<&str>, Vec<&str>) = packages.iter().partition(|package| **package == "xtask");
        let mut selected = if parts.len() == Part::value_variants().len() {
            vec!["--workspace", "--exclude", "xtask"]
        } else {
            selection(&others)
        };
        if parts.contains(&Part::Installed) {
            // A plain `cargo test` leaves out the stories that need a built window.
            selected.extend(["--features", "countersign-tests/installed"]);
        }
        if !selected.is_empty() {
            built.add(&selected)?;
        }
        if !own.is_empty() {
            built.add(&["--package", "xtask"])?;
        }
        Ok(built)
    }

    fn add(&mut self, selection: &[&str]) -> Result<()> {
        let mut command = cargo();
        command
            .args([
                "build",
                "--bins",
                "--tests",
                "--message-format=json-render-diagnostics",
            ])
            .args(selection);
        let words = words(&command);
        say(&format!("> {words}"));
        let mut child = command
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("cannot start `{words}`"))?;
        let messages = BufReader::new(child.stdout.take().context("standard output is piped")?);
        for message in messages.lines() {
            self.programs.extend(program(
                &message.with_context(|| format!("cannot read from `{words}`"))?,
            ));
        }
        let status = child.wait()?;
        if !status.success() {
            bail!("`{words}` failed ({status})");
        }
        Ok(())
    }

    /// Runs all tests of the package in this folder.
    pub(super) fn unit_tests(&self, folder: &Path) -> Result<Tally> {
        self.run(folder, |_| true, &[])
    }

    /// Runs the tests of the server over this database.
    pub(super) fn server_over(&self, database: &str) -> Result<Tally> {
        let folder = Part::Server.folder();
        let environment = [("COUNTERSIGN_TEST_DATABASE", Path::new(database))];
        self.run(
            &folder,
            |program| program.name == "countersign_server",
            &environment,
        )
    }

    /// Runs the stories in this file of `tests/tests`. They use the programs that were built, and build none.
    pub(super) fn stories(&self, name: &str, environment: &[(&str, &Path)]) -> Result<Tally> {
        let environment: Vec<_> = self.environment().chain(environment.iter().copied()).collect();
        self.run(Path::new("tests"), |program| program.name == name, &environment)
    }

    /// Runs the stories of the server's console, with the programs that were built.
    pub(super) fn console(&self) -> Result<Tally> {
        self.program("countersign-server")?;
        self.program("countersign")?;
        let stories = ["stories", "gallery"].map(|name| format!("tests/console/{name}.mjs"));
        let mut node = Command::new("node");
        node.current_dir(root())
            .args(["--test", "--test-concurrency=1", "--test-reporter=spec"])
            .args(stories);
        tally::run(node.envs(self.environment()))
    }

    /// Where stories find the programs that were built.
    fn environment(&self) -> impl Iterator<Item = (&str, &Path)> {
        let program = self.programs.iter().find(|program| !program.is_test);
        let folder = program.and_then(|program| program.path.parent());
        folder.map(|folder| ("COUNTERSIGN_PROGRAMS", folder)).into_iter()
    }

    fn run(
        &self,
        folder: &Path,
        chosen: impl Fn(&Program) -> bool,
        environment: &[(&str, &Path)],
    ) -> Result<Tally> {
        let folder = root().join(folder);
        let mut sum: Option<Tally> = None;
        let mut failed = Vec::new();
        for program in self
            .programs
            .iter()
            .filter(|one| one.is_test && one.folder == folder && chosen(one))
        {
            // As cargo does it: tests start in the folder of their package.
            let mut command = Command::new(&program.path);
            command.current_dir(&folder).env("CARGO_MANIFEST_DIR", &folder);
            command.envs(environment.iter().copied());
            match tally::run(&mut command) {
                Ok(tally) => sum = Some(sum.unwrap_or_default().and(&tally)),
                Err(error) => failed.push(format!("{}: {error:#}", program.name)),
            }
        }
        if !failed.is_empty() {
            bail!("{}", failed.join("; "));
        }
        sum.with_context(|| format!("{} has no such tests", folder.display()))
    }

    /// The ordinary program of this name.
    pub(super) fn program(&self, name: &str) -> Result<&Path> {
        let found = self
            .programs
            .iter()
            .find(|program| !program.is_test && program.name == name);
        Ok(&found
            .with_context(|| format!("no package made a program {name}"))?
            .path)
    }
}

/// The packages of these parts, each once.
fn packages(parts: &[Part]) -> Vec<&'static str> {
    let mut packages: Vec<&str> = Vec::new();
    for package in parts.iter().flat_map(|part| part.packages()) {
        if !packages.contains(package) {
            packages.push(package);
        }
    }
    packages
}

fn selection<'a>(packages: &[&'a str]) -> Vec<&'a str> {
    packages
        .iter()
        .flat_map(|package| ["--package", *package])
        .collect()
}

/// The program that a message of cargo tells of, if it tells of one.
fn program(message: &str) -> Option<Program> {
    let message: Value = serde_json::from_str(message).ok()?;
    if message["reason"] != "compiler-artifact" {
        return None;
    }
    Some(Program {
        folder: Path::new(message["manifest_path"].as_str()?)
            .parent()?
            .to_path_buf(),
        name: message["target"]["name"].as_str()?.to_owned(),
        is_test: message["profile"]["test"] == true,
        path: PathBuf::from(message["executable"].as_str()?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_test_program_is_told_from_an_ordinary_one() {
        let message = r#"{"reason":"compiler-artifact","manifest_path":"/w/crates/cli/Cargo.toml",
            "target":{"name":"countersign"},"profile":{"test":true},"executable":"/t/countersign-1"}"#;
        let expected = Program {
            folder: PathBuf::from("/w/crates/cli"),
            name: "countersign".to_owned(),
            is_test: true,
            path: PathBuf::from("/t/countersign-1"),
        };
        assert_eq!(program(message), Some(expected));
        assert!(!program(&message.replace("true", "false")).unwrap().is_test);
    }

    #[test]
    fn a_message_about_a_library_or_a_warning_tells_of_no_program() {
        assert_eq!(
            program(r#"{"reason":"compiler-artifact","executable":null}"#),
            None
        );
        assert_eq!(program(r#"{"reason":"compiler-message"}"#), None);
        assert_eq!(program("not JSON"), None);
    }

    #[test]
    fn a_package_that_two_parts_need_is_chosen_once() {
        let packages = packages(&[Part::E2e, Part::Architecture, Part::Ui]);
        assert_eq!(
            packages
                .iter()
                .filter(|package| **package == "countersign-tests")
                .count(),
            1
        );
        assert_eq!(selection(&packages).len(), 2 * packages.len());
    }

    #[test]
    fn a_part_whose_tests_do_not_exist_is_an_error() {
        let built = Built { programs: Vec::new() };
        assert!(built.stories("stories", &[]).is_err());
        assert!(built.program("countersign-app").is_err());
    }
}
