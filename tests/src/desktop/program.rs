//! A program that runs in the background and ends with the value.

use std::{
    fs::{self, OpenOptions},
    io::Write,
    path::Path,
    process::{Child, ChildStdout, Command, ExitStatus, Stdio},
    time::Duration,
};

use anyhow::{Context, Result};

use super::GLANCE;

/// A running program. Dropping it ends it.
pub struct Program(Child);

impl Program {
    /// Starts a program; what it says goes to `log`, unless its output is piped already.
    pub(super) fn start(command: Command, log: &Path) -> Result<Self> {
        Self::spawn(command, log)
    }

    /// Starts a program, hands it `input` and closes its input.
    pub(super) fn start_with_input(mut command: Command, log: &Path, input: &[u8]) -> Result<Self> {
        command.stdin(Stdio::piped());
        let mut program = Self::spawn(command, log)?;
        program
            .0
            .stdin
            .take()
            .context("the input is piped")?
            .write_all(input)?;
        Ok(program)
    }

    /// The end of its output, if it is piped and was not taken yet.
    pub(super) fn take_output(&mut self) -> Option<ChildStdout> {
        self.0.stdout.take()
    }

    /// Its process.
    pub fn id(&self) -> u32 {
        self.0.id()
    }

    /// How many web views it shows pages in.
    ///
    /// # Errors
    /// If the system does not list its processes.
    pub(super) fn webviews(&self) -> Result<usize> {
        let own = self.id().to_string();
        let mut count = 0;
        for process in fs::read_dir("/proc")? {
            // One that ends meanwhile is none.
            let Ok(status) = fs::read_to_string(process?.path().join("stat")) else {
                continue;
            };
            // Number, name in brackets, state, parent; the name is cut to 15 characters.
            let Some((name, rest)) = status.split_once(") ") else {
                continue;
            };
            let parent = rest.split(' ').nth(1);
            if name.ends_with("(WebKitWebProces") && parent == Some(&own) && !rest.starts_with('Z') {
                count += 1;
            }
        }
        Ok(count)
    }

    /// Waits until it has ended by itself.
    ///
    /// # Errors
    /// If it takes longer than `limit`.
    pub async fn ended_within(&mut self, limit: Duration) -> Result<ExitStatus> {
        let mut glances = tokio::time::interval(GLANCE);
        let waiting = async {
            loop {
                glances.tick().await;
                if let Some(status) = self.0.try_wait()? {
                    return Ok(status);
                }
            }
        };
        tokio::time::timeout(limit, waiting)
            .await
            .with_context(|| format!("it still runs after {limit:?}"))?
    }

    /// Whether it has ended by itself.
    pub(super) fn has_ended(&mut self) -> bool {
        !matches!(self.0.try_wait(), Ok(None))
    }

    fn spawn(mut command: Command, log: &Path) -> Result<Self> {
        let log = OpenOptions::new().create(true).append(true).open(log)?;
        let child = command
            .stderr(log)
            .spawn()
            .with_context(|| format!("cannot start {}", command.get_program().display()))?;
        Ok(Self(child))
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended already, which is just as well.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
