//! The two ways out: results on standard output, everything else on standard error.

use std::io::{self, IsTerminal, Write};

use serde::Serialize;
use serde_json::json;

use crate::{exit::Exit, failure::Failure, plain, terminal};

/// Where this run writes, and how.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Output {
    json: bool,
}

impl Output {
    /// As JSON, or in words.
    pub(crate) fn new(json: bool) -> Self {
        Self { json }
    }

    /// Writes a result: `value` as one line of JSON, or `words`.
    ///
    /// # Errors
    /// If standard output is gone. A pipe that was closed on purpose is no reason to complain.
    pub(crate) fn result<T: Serialize>(
        self,
        value: &T,
        words: impl FnOnce() -> String,
    ) -> Result<(), Failure> {
        let text = if self.json { to_json(value) } else { words() };
        let mut out = io::stdout().lock();
        match writeln!(out, "{}", text.trim_end()).and_then(|()| out.flush()) {
            Ok(()) => Ok(()),
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Err(Failure::silent(Exit::Done)),
            Err(error) => Err(Failure::other(format!(
                "The result could not be written: {error}."
            ))),
        }
    }

    /// Says something to the person; nothing when a script reads.
    pub(crate) fn say(self, words: &str) {
        if !self.json {
            to_stderr(words);
        }
    }

    /// Says something that the person has to read before a question, whoever reads the result.
    pub(crate) fn show(self, words: &str) {
        if !self.json || is_attended() {
            to_stderr(words);
        }
    }

    /// Says what went wrong.
    pub(crate) fn failure(self, failure: &Failure) {
        if failure.is_silent() {
            return;
        }
        if self.json {
            let error = json!({
                "code": failure.code,
                "message": failure.message,
                "advice": failure.advice,
                "exit": failure.exit.number(),
            });
            to_stderr(&to_json(&json!({ "error": error })));
        } else {
            to_stderr(&failure.words());
        }
    }

    /// Asks the person, who has to say yes after the question was shown.
    ///
    /// # Errors
    /// [`Exit::NotConfirmed`] if they do not, or if nobody is there.
    pub(crate) fn confirm(self, question: &str, unconfirmed: &str) -> Result<(), Failure> {
        if !is_attended() {
            return Err(Failure::unattended(unconfirmed));
        }
        match terminal::agrees(question) {
            Ok(true) => Ok(()),
            Ok(false) => Err(Failure::new(Exit::NotConfirmed, unconfirmed)),
            Err(_) => Err(Failure::unattended(unconfirmed)),
        }
    }
}

/// Whether a person can be asked.
pub(crate) fn is_attended() -> bool {
    io::stdin().is_terminal()
}

/// A broken standard error is no reason to stop: what was done is done.
fn to_stderr(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{}", text.trim_end());
}

/// One line of JSON that a terminal can be shown. What it might obey is escaped, and reads back as what it was.
fn to_json<T: Serialize>(value: &T) -> String {
    let text = serde_json::to_string(value).expect("our own types are written without error");
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if plain::is_unseen(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                escaped.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            escaped.push(c);
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_reads_back_as_what_it_was_and_holds_nothing_to_obey() {
        let text = "a\u{1b}[2J\u{9b}\u{202e}\u{e0041}\u{7f}é\"\\";
        let json = to_json(&json!({ "text": text }));
        assert!(!json.chars().any(plain::is_unseen), "{json:?}");
        let read: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(read["text"], text);
    }
}
