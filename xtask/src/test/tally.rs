//! How many tests a runner ran, read from its closing lines while they are shown.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::step::{say, words};

/// The tests of one or more runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    passed: u64,
    ignored: u64,
    is_counted: bool,
}

impl Tally {
    /// Work that either succeeds or fails and has no tests to count.
    pub(super) fn not_counted() -> Self {
        Self::default()
    }

    /// One test that passed.
    pub(super) fn one() -> Self {
        Self {
            passed: 1,
            ignored: 0,
            is_counted: true,
        }
    }

    /// How many passed, if they were counted.
    pub(super) fn passed(&self) -> Option<u64> {
        self.is_counted.then_some(self.passed)
    }

    /// Both together.
    pub(super) fn and(self, other: &Self) -> Self {
        Self {
            passed: self.passed + other.passed,
            ignored: self.ignored + other.ignored,
            is_counted: self.is_counted || other.is_counted,
        }
    }

    /// Tests that were not run prove nothing: none at all, or some set aside, is a failure.
    pub(super) fn checked(self) -> Result<Self> {
        if self.is_counted && self.passed == 0 {
            bail!("no test was run");
        }
        if self.ignored > 0 {
            bail!("{} tests were set aside and not run", self.ignored);
        }
        Ok(self)
    }

    fn read(&mut self, line: &str) {
        let line = line.trim();
        if let Some(result) = line.strip_prefix("test result:") {
            // Rust's own runner, once for each program.
            self.passed += before(result, " passed").unwrap_or(0);
            self.ignored += before(result, " ignored").unwrap_or(0);
            self.is_counted = true;
        } else if line.starts_with("Test Files") {
            // Vitest counts files first and tests on the next line.
        } else if let Some(passed) = before(line, " passed")
            .or_else(|| before(line, " stories of "))
            .or_else(|| after(line, "pass "))
        {
            // Vitest, the stories of the screens, and node's own runner: the last such line is the sum.
            self.passed = passed;
            self.ignored = before(line, " skipped").unwrap_or(0);
            self.is_counted = true;
        }
    }
}

/// Runs the tests with their output shown, counting them, and fails when they fail.
pub(super) fn run(command: &mut Command) -> Result<Tally> {
    let words = words(command);
    say(&format!("> {words}"));
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .env("NO_COLOR", "1")
        .spawn()
        .with_context(|| format!("cannot start `{words}`"))?;
    let mut tally = Tally {
        is_counted: true,
        ..Tally::default()
    };
    let mut output = BufReader::new(child.stdout.take().context("standard output is piped")?);
    let mut line = Vec::new();
    // Tests may print anything, also what is not text.
    while output.read_until(b'\n', &mut line)? > 0 {
        let text = String::from_utf8_lossy(&line);
        tally.read(&text);
        say(text.trim_end());
        line.clear();
    }
    let status = child.wait()?;
    if !status.success() {
        bail!("`{words}` failed ({status})");
    }
    Ok(tally)
}

/// The number that stands right before the word.
fn before(line: &str, word: &str) -> Option<u64> {
    let (head, _) = line.split_once(word)?;
    head.rsplit(|character: char| !character.is_ascii_digit())
        .next()?
        .parse()
        .ok()
}

/// The number that ends a line beginning with the word; node marks its lines with a sign and a space.
fn after(line: &str, word: &str) -> Option<u64> {
    let (sign, number) = line.split_once(word)?;
    (sign.trim().chars().count() <= 1).then(|| number.trim().parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(lines: &[&str]) -> Tally {
        let mut tally = Tally {
            is_counted: true,
            ..Tally::default()
        };
        for line in lines {
            tally.read(line);
        }
        tally
    }

    #[test]
    fn the_closing_lines_of_several_rust_programs_are_added() {
        let tally = tally(&[
            "running 2 tests",
            "test one_passed ... ok",
            "test result: ok. 2 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s",
            "test result: ok. 40 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s",
        ]);
        assert_eq!((tally.passed(), tally.ignored), (Some(42), 1));
        assert!(tally.checked().is_err());
    }

    #[test]
    fn vitest_is_counted_by_its_tests_and_not_by_its_files() {
        let tally = tally(&[" Test Files  3 passed (3)", "      Tests  12 passed (12)"]);
        assert_eq!(tally.passed(), Some(12));
    }

    #[test]
    fn skipped_tests_of_the_interface_are_seen() {
        let tally = tally(&["      Tests  12 passed | 2 skipped (14)"]);
        assert_eq!((tally.passed(), tally.ignored), (Some(12), 2));
    }

    #[test]
    fn the_stories_of_the_screens_and_node_are_counted_too() {
        assert_eq!(tally(&["72 stories of 12 scenes, 0 faults"]).passed(), Some(72));
        assert_eq!(tally(&["# tests 5", "# pass 5", "# fail 0"]).passed(), Some(5));
        assert_eq!(tally(&["ℹ pass 6"]).passed(), Some(6));
    }

    #[test]
    fn a_run_without_a_single_test_is_a_failure() {
        assert!(
            tally(&["test result: ok. 0 passed; 0 failed; 0 ignored"])
                .checked()
                .is_err()
        );
        assert!(tally(&[]).checked().is_err());
        assert!(Tally::not_counted().checked().is_ok());
    }

    #[test]
    fn tallies_add_up() {
        let sum = tally(&["# pass 2"]).and(&tally(&["# pass 3"]));
        assert_eq!(sum.passed(), Some(5));
    }
}
