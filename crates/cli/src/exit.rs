//! Exit codes: what became of it, for scripts.

use std::process::ExitCode;

macro_rules! exits {
    ($($(#[$doc:meta])* $name:ident = $number:literal, $code:literal, $words:literal;)*) => {
        /// What became of it, as a number.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub(crate) enum Exit {
            $($(#[$doc])* $name = $number,)*
        }

        impl Exit {
            /// All of them, in order.
            pub(crate) const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The number.
            pub(crate) fn number(self) -> u8 {
                self as u8
            }

            /// One word for it, for JSON.
            pub(crate) fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// A few words for it, for `--help`.
            pub(crate) fn words(self) -> &'static str {
                match self { $(Self::$name => $words,)* }
            }
        }
    };
}

exits! {
    /// It was done.
    Done = 0, "done", "done";
    /// None of the others.
    Other = 1, "failed", "failed for another reason";
    /// What was asked cannot be understood.
    Usage = 2, "usage", "the command or the link cannot be understood";
    /// There is no such request or factor.
    NotFound = 3, "not_found", "no such request or factor";
    /// Its time is over.
    Expired = 4, "expired", "the request or the link has expired, or the link was used before";
    /// Somebody was faster.
    AlreadyAnswered = 5, "already_answered", "the request has been answered already";
    /// It is no longer what was shown.
    Changed = 6, "changed_since_shown", "the request is no longer what was shown";
    /// The server is not reached, or does not say whether it took the answer.
    Offline = 7, "offline", "the server cannot be reached, or did not say whether it took the answer";
    /// The key cannot be used.
    Keychain = 8, "keychain", "the keychain, the vault or the key in it cannot be used";
    /// The server said no.
    Refused = 9, "refused", "the server refused, or does not know this factor any more";
    /// The clocks disagree.
    Clock = 10, "clock", "this computer's clock and the server's differ by too much";
    /// The person did not agree.
    NotConfirmed = 11, "not_confirmed", "not confirmed: answered with no, or nobody there to ask";
    /// The number was wrong, or there was none.
    Number = 12, "wrong_number", "the number was wrong or missing, or too many wrong ones were typed";
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.number())
    }
}

/// The table of exit codes, as `--help` shows it.
pub(crate) fn table() -> String {
    let mut text = "Exit codes:\n".to_owned();
    for exit in Exit::ALL {
        text.push_str(&format!("  {:>2}  {}\n", exit.number(), exit.words()));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_are_those_that_scripts_rely_on() {
        let numbers: Vec<_> = Exit::ALL
            .iter()
            .map(|exit| (exit.number(), exit.code()))
            .collect();
        let expected = [
            (0, "done"),
            (1, "failed"),
            (2, "usage"),
            (3, "not_found"),
            (4, "expired"),
            (5, "already_answered"),
            (6, "changed_since_shown"),
            (7, "offline"),
            (8, "keychain"),
            (9, "refused"),
            (10, "clock"),
            (11, "not_confirmed"),
            (12, "wrong_number"),
        ];
        assert_eq!(numbers, expected);
        assert!(table().contains("   6  the request is no longer what was shown\n"));
    }
}
