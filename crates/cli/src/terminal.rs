//! The terminal, as far as a question needs it: how wide it is, and whether an answer came after the question.

use std::io;

/// Columns where no terminal tells its own.
const USUAL_WIDTH: usize = 80;

/// How many columns there are.
pub(crate) fn width() -> usize {
    terminal_size::terminal_size().map_or(USUAL_WIDTH, |(width, _)| width.0.into())
}

/// Asks on the terminal whether to go on. Only what is typed after the question counts: whatever was typed or pasted
/// before it was shown answers something else.
///
/// # Errors
/// If the terminal is gone.
pub(crate) fn agrees(question: &str) -> io::Result<bool> {
    imp::agrees(question)
}

/// Asks on the terminal for a line. What was typed before the question is discarded where that is possible.
///
/// # Errors
/// If the terminal is gone.
pub(crate) fn ask(question: &str) -> io::Result<String> {
    imp::ask(question)
}

/// Whether more lines wait on standard input, as after a paste of several.
pub(crate) fn holds_more_lines() -> bool {
    imp::holds_more_lines()
}

#[cfg(unix)]
mod imp {
    use std::{
        fs::File,
        io::{self, BufRead, BufReader},
        os::fd::AsFd,
    };

    use rustix::{
        event::{PollFd, PollFlags, Timespec, poll},
        termios::{QueueSelector, tcflush},
    };

    /// How long the rest of a paste may be behind its first line. Nobody types a second line in that time.
    const PASTE_LAG: Timespec = Timespec {
        tv_sec: 0,
        tv_nsec: 50_000_000,
    };

    pub(super) fn agrees(question: &str) -> io::Result<bool> {
        let answer = ask(&format!("{question} [y/N]"))?;
        Ok(matches!(answer.trim().to_lowercase().as_str(), "y" | "yes"))
    }

    pub(super) fn ask(question: &str) -> io::Result<String> {
        let stdin = io::stdin();
        // Past the buffer of standard input, in which an earlier line could have left something.
        let terminal = File::from(stdin.as_fd().try_clone_to_owned()?);
        tcflush(&terminal, QueueSelector::IFlush)?;
        // The terminal shows the question even if standard output is a file.
        eprint!("{question} ");
        let mut answer = String::new();
        BufReader::new(terminal).read_line(&mut answer)?;
        Ok(answer)
    }

    pub(super) fn holds_more_lines() -> bool {
        let stdin = io::stdin();
        let mut waiting = [PollFd::new(&stdin, PollFlags::IN)];
        // Where it cannot be told, what waits is still discarded before the question.
        poll(&mut waiting, Some(&PASTE_LAG)).is_ok_and(|ready| ready > 0)
    }
}

#[cfg(not(unix))]
mod imp {
    use std::io;

    /// What was typed ahead cannot be discarded here. So the answer is a number that nobody knew before the question.
    pub(super) fn agrees(question: &str) -> io::Result<bool> {
        let mut random = [0; 2];
        getrandom::fill(&mut random).map_err(io::Error::other)?;
        let number = 100 + u16::from_be_bytes(random) % 900;
        let answer = ask(&format!("{question} Type {number} for yes:"))?;
        Ok(answer.trim() == number.to_string())
    }

    pub(super) fn ask(question: &str) -> io::Result<String> {
        eprint!("{question} ");
        let mut answer = String::new();
        io::stdin().read_line(&mut answer)?;
        Ok(answer)
    }

    pub(super) fn holds_more_lines() -> bool {
        false
    }
}
