//! The table at the end of a test run.

use std::fmt;
use std::time::Duration;

use anyhow::{Result, bail};

/// What became of each part, in the order in which they ran.
#[derive(Default)]
pub(super) struct Summary {
    rows: Vec<Row>,
}

struct Row {
    name: String,
    /// The number of tests, where there is one to tell, or the reason of the failure.
    outcome: Result<Option<u64>, String>,
    took: Duration,
}

impl Summary {
    pub(super) fn note(&mut self, name: &str, outcome: Result<Option<u64>, String>, took: Duration) {
        self.rows.push(Row {
            name: name.to_owned(),
            outcome,
            took,
        });
    }

    /// An error that names the failed parts, if any failed.
    pub(super) fn outcome(&self) -> Result<()> {
        let failed: Vec<&str> = self
            .rows
            .iter()
            .filter(|row| row.outcome.is_err())
            .map(|row| row.name.as_str())
            .collect();
        if !failed.is_empty() {
            bail!("failed: {}", failed.join(", "));
        }
        Ok(())
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, table: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            table,
            "{:<14} {:<7} {:>6} {:>8}",
            "part", "result", "tests", "seconds"
        )?;
        for row in &self.rows {
            let result = if row.outcome.is_ok() { "passed" } else { "FAILED" };
            let tests = row
                .outcome
                .as_ref()
                .ok()
                .copied()
                .flatten()
                .map(|tests| tests.to_string());
            let (tests, seconds) = (tests.unwrap_or_default(), row.took.as_secs_f32());
            writeln!(table, "{:<14} {result:<7} {tests:>6} {seconds:>8.1}", row.name)?;
        }
        for row in &self.rows {
            if let Err(reason) = &row.outcome {
                writeln!(table, "{}: {reason}", row.name)?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn summary() -> Summary {
        let mut summary = Summary::default();
        summary.note("format", Ok(None), Duration::from_millis(400));
        summary.note("protocol", Ok(Some(120)), Duration::from_secs(2));
        summary
    }

    #[test]
    fn the_table_has_a_line_for_each_part() {
        let expected = "part           result   tests  seconds\n\
                        format         passed              0.4\n\
                        protocol       passed     120      2.0\n";
        assert_eq!(summary().to_string(), expected);
        assert!(summary().outcome().is_ok());
    }

    #[test]
    fn a_failed_part_makes_the_run_fail_and_is_named_with_its_reason() {
        let mut summary = summary();
        summary.note("e2e", Err("no test was run".to_owned()), Duration::ZERO);
        assert_eq!(summary.outcome().unwrap_err().to_string(), "failed: e2e");
        assert!(summary.to_string().ends_with("e2e: no test was run\n"));
    }
}
