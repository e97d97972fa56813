//! Programs that run in the background of a task and end with it, however it ends.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::secret;
use crate::step::say;

/// How long a program may take until it listens.
const START_LIMIT: Duration = Duration::from_secs(30);
/// How long a program may take to end once it was asked to.
const END_LIMIT: Duration = Duration::from_secs(5);
/// What a shell reports for a program that Ctrl-C ended.
const INTERRUPTED: i32 = 130;

/// The background of one task. Dropping it, Ctrl-C and SIGTERM alike end every program and remove every folder
/// given to it.
pub(crate) struct Background {
    held: Arc<Mutex<Held>>,
}

#[derive(Default)]
struct Held {
    processes: Vec<Process>,
    folders: Vec<PathBuf>,
}

/// A running program. A thread of its own waits for its end, so that nobody has to poll.
struct Process {
    name: String,
    id: u32,
    ended: Receiver<ExitStatus>,
}

impl Background {
    /// An empty background; from here on, Ctrl-C ends what it holds before it ends this program.
    pub(crate) fn new() -> Result<Self> {
        let held = Arc::new(Mutex::new(Held::default()));
        let interrupted = Arc::clone(&held);
        ctrlc::set_handler(move || {
            // Held until the very end, so that nobody who waits for a program takes its end for a good one.
            let mut held = lock(&interrupted);
            held.end();
            std::process::exit(INTERRUPTED);
        })
        .context("cannot listen for Ctrl-C")?;
        Ok(Self { held })
    }

    /// Makes a private folder that goes when the background goes.
    pub(crate) fn make_scratch_folder(&self) -> Result<PathBuf> {
        let folder = std::env::temp_dir().join(format!("countersign-{}", secret::make()?));
        secret::make_folder(&folder)?;
        lock(&self.held).folders.push(folder.clone());
        Ok(folder)
    }

    /// Starts a program that says `listening on URL` on its standard output, and returns the URL. What it says on
    /// standard error goes to the log file, whose end becomes part of the error when it does not listen.
    pub(crate) fn serve(&self, name: &str, command: &mut Command, log: &Path) -> Result<String> {
        let file = File::create(log).with_context(|| format!("cannot write {}", log.display()))?;
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(file)
            .spawn()
            .with_context(|| format!("cannot start {name}"))?;
        let output = child.stdout.take().context("standard output is piped")?;
        let (send_url, url) = channel();
        thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                if let Some(url) = listening_on(&line) {
                    // Only the first line is waited for; later ones are read so that the program never blocks.
                    let _ = send_url.send(url.to_owned());
                }
            }
        });
        self.hold(name, child);
        match url.recv_timeout(START_LIMIT) {
            Ok(url) => Ok(url),
            Err(RecvTimeoutError::Timeout) => bail!(
                "{name} did not listen within {} seconds. {}",
                START_LIMIT.as_secs(),
                end_of(log)
            ),
            Err(RecvTimeoutError::Disconnected) => {
                bail!("{name} ended before it listened. {}", end_of(log))
            }
        }
    }

    /// Starts a program that belongs to the person, such as a window, and waits for its end.
    pub(crate) fn attend(&self, name: &str, command: &mut Command) -> Result<ExitStatus> {
        let child = command.spawn().with_context(|| format!("cannot start {name}"))?;
        self.hold(name, child)
            .recv()
            .with_context(|| format!("the end of {name} could not be seen"))
    }

    /// Keeps a program until it ends or is ended, and tells its end to the caller as well.
    fn hold(&self, name: &str, mut child: Child) -> Receiver<ExitStatus> {
        let (send_end, ended) = channel();
        let (send_end_to_caller, ended_for_caller) = channel();
        let process = Process {
            name: name.to_owned(),
            id: child.id(),
            ended,
        };
        lock(&self.held).processes.push(process);
        thread::spawn(move || {
            let status = child.wait()?;
            // Whoever no longer listens does not need to know.
            let _ = send_end.send(status);
            let _ = send_end_to_caller.send(status);
            std::io::Result::Ok(())
        });
        ended_for_caller
    }

    /// Ends every program and removes every folder now, saying what did not go well.
    pub(crate) fn end(self) {
        lock(&self.held).end();
    }
}

impl Drop for Background {
    fn drop(&mut self) {
        lock(&self.held).end();
    }
}

impl Held {
    fn end(&mut self) {
        // Last started, first ended: the issuer calls the server.
        for process in self.processes.drain(..).rev() {
            process.end();
        }
        for folder in self.folders.drain(..) {
            if let Err(error) = std::fs::remove_dir_all(&folder) {
                say(&format!("Could not remove {}: {error}", folder.display()));
            }
        }
    }
}

impl Process {
    /// Asks the program to end, waits for it, and ends it by force when it does not.
    fn end(self) {
        if let Ok(status) = self.ended.try_recv() {
            if !status.success() {
                say(&format!("{} had already ended ({status}).", self.name));
            }
            return;
        }
        signal(self.id, "TERM");
        match self.ended.recv_timeout(END_LIMIT) {
            Ok(status) if status.success() || cfg!(windows) => {}
            Ok(status) => say(&format!("{} did not end well ({status}).", self.name)),
            Err(_) => {
                say(&format!(
                    "{} did not end when asked and is ended by force.",
                    self.name
                ));
                signal(self.id, "KILL");
                let _ = self.ended.recv_timeout(END_LIMIT);
            }
        }
    }
}

/// A panic elsewhere is no reason to leave programs running.
fn lock(held: &Mutex<Held>) -> MutexGuard<'_, Held> {
    held.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The standard library ends programs by force only; the shell's own `kill` is there on every Unix.
fn signal(id: u32, signal: &str) {
    let mut command = if cfg!(windows) {
        let mut command = Command::new("taskkill");
        command.args(["/F", "/T", "/PID", &id.to_string()]);
        command
    } else {
        let mut command = Command::new("sh");
        command.args(["-c", &format!("kill -{signal} {id}")]);
        command
    };
    if let Err(error) = command.stdout(Stdio::null()).stderr(Stdio::null()).status() {
        say(&format!("Could not end process {id}: {error}"));
    }
}

/// The URL in the one line with which our servers say where they are.
fn listening_on(line: &str) -> Option<&str> {
    line.strip_prefix("listening on ")
        .map(str::trim)
        .filter(|url| url.starts_with("http"))
}

fn end_of(log: &Path) -> String {
    let text = std::fs::read_to_string(log).unwrap_or_default();
    let lines: Vec<&str> = text.lines().collect();
    let last = &lines[lines.len().saturating_sub(10)..];
    if last.is_empty() {
        "It said nothing.".to_owned()
    } else {
        format!("Its last words:\n{}", last.join("\n"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_agreed_line_says_where_a_server_is() {
        assert_eq!(
            listening_on("listening on http://127.0.0.1:80/"),
            Some("http://127.0.0.1:80/")
        );
        assert_eq!(listening_on("listening on nothing"), None);
        assert_eq!(listening_on("was listening on http://127.0.0.1/"), None);
    }

    #[test]
    fn the_end_of_a_log_is_its_last_ten_lines() {
        let log = std::env::temp_dir().join(format!("xtask-log-{}", std::process::id()));
        let lines: Vec<String> = (1..=12).map(|number| number.to_string()).collect();
        std::fs::write(&log, lines.join("\n")).unwrap();
        let end = end_of(&log);
        std::fs::remove_file(&log).unwrap();
        assert!(end.ends_with("\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12"), "{end}");
        assert!(!end.contains("\n2\n"), "{end}");
    }
}
