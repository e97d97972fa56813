//! What the program was started with.

use std::{env, ffi::OsString, fmt, path::PathBuf};

/// How to start the program, for a person who asked.
pub(crate) const USAGE: &str = "\
Countersign: answer approval requests from this computer.

Usage: countersign-app [--home DIR] [--hidden] [LINK]

  --home DIR   Keep the profile in DIR (also: COUNTERSIGN_HOME)
  --hidden     Start in the tray, without a window
  LINK         A countersign:// link to show for confirmation
  --help       Print this
  --version    Print the version

Environment:
  COUNTERSIGN_KEYCHAIN               os (default) or vault, a file encrypted with a passphrase
  COUNTERSIGN_VAULT_PASSPHRASE_FILE  where the vault's passphrase is read from
  COUNTERSIGN_LOG                    what to log to standard error, such as debug
";

/// The options of one start. The same are read from the arguments of a second instance, which hands them over.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Options {
    /// The profile's directory, if it is not the usual one.
    pub(crate) home: Option<PathBuf>,
    /// Whether no window is wanted yet.
    pub(crate) hidden: bool,
    /// A link to show for confirmation. Anybody can pass one: it is untrusted text.
    pub(crate) link: Option<Link>,
    /// What to print instead of starting.
    pub(crate) print: Option<&'static str>,
}

/// The text of a link that the system handed over. It may carry a token, so `Debug` does not show it.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Link(String);

impl Link {
    /// Takes `text` if it begins like one of our links. Whether it is one is for core to say, before the person.
    pub(crate) fn new(text: &str) -> Option<Self> {
        text.get(..SCHEME.len())
            .is_some_and(|scheme| scheme.eq_ignore_ascii_case(SCHEME))
            .then(|| Self(text.to_owned()))
    }

    /// Whether it says that this computer started a request, in the strict grammar of such links.
    pub(crate) fn says_started_here(&self) -> bool {
        let parsed = countersign_protocol::link::Link::parse(&self.0);
        matches!(parsed, Ok(countersign_protocol::link::Link::Confirm { .. }))
    }

    /// The text, for the page.
    pub(crate) fn into_text(self) -> String {
        self.0
    }
}

impl fmt::Debug for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Link(…)")
    }
}

const SCHEME: &str = "countersign:";

impl Options {
    /// Reads the arguments and the environment of this process.
    ///
    /// # Errors
    /// A sentence for the person who typed them.
    pub(crate) fn of_this_process() -> Result<Self, String> {
        let mut options = Self::parse(env::args_os().skip(1))?;
        if options.home.is_none() {
            options.home = env::var_os("COUNTERSIGN_HOME")
                .filter(|home| !home.is_empty())
                .map(PathBuf::from);
        }
        Ok(options)
    }

    /// Reads arguments, without the program's name.
    ///
    /// # Errors
    /// A sentence for the person who typed them.
    pub(crate) fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Self, String> {
        let mut options = Self::default();
        let mut arguments = arguments.into_iter();
        while let Some(argument) = arguments.next() {
            match argument.to_str() {
                Some("--home") => {
                    options.home = Some(arguments.next().ok_or("--home needs a directory")?.into());
                }
                Some("--hidden") => options.hidden = true,
                Some("--help" | "-h") => options.print = Some(USAGE),
                Some("--version" | "-V") => {
                    options.print = Some(concat!("countersign-app ", env!("CARGO_PKG_VERSION"), "\n"));
                }
                Some(text) => match (text.strip_prefix("--home="), Link::new(text)) {
                    (Some(home), _) => options.home = Some(home.into()),
                    (None, Some(link)) => options.link = Some(link),
                    (None, None) => return Err("this argument is not known; see --help".to_owned()),
                },
                None => return Err("an argument is not readable as text".to_owned()),
            }
        }
        Ok(options)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(arguments: &[&str]) -> Result<Options, String> {
        Options::parse(arguments.iter().map(OsString::from))
    }

    #[test]
    fn a_home_and_a_link_are_told_apart() {
        let options = parse(&["--home", "/tmp/x", "countersign://enrol?v=1"]).unwrap();
        assert_eq!(options.home, Some(PathBuf::from("/tmp/x")));
        assert_eq!(options.link.unwrap().into_text(), "countersign://enrol?v=1");
        assert_eq!(
            parse(&["--home=/tmp/x"]).unwrap().home,
            Some(PathBuf::from("/tmp/x"))
        );
        assert_eq!(parse(&[]).unwrap(), Options::default());
    }

    #[test]
    fn a_start_without_a_window_can_be_asked_for() {
        assert!(parse(&["--hidden"]).unwrap().hidden);
        assert!(!parse(&[]).unwrap().hidden);
        assert!(parse(&["--hidden=no"]).is_err());
    }

    #[test]
    fn an_argument_that_is_neither_is_refused_without_repeating_it() {
        for bad in [
            "https://example.com/?token=secret",
            "--unknown",
            "countersignx:",
            "ä",
        ] {
            let said = parse(&[bad]).unwrap_err();
            assert!(!said.contains(bad), "{said}");
        }
        assert!(parse(&["--home"]).is_err());
    }

    #[test]
    fn only_a_link_of_the_strict_grammar_says_that_this_computer_started_a_request() {
        const SID: &str = "YC0123456789abcdef0123456789abcdef";
        let says = |text: &str| Link::new(text).unwrap().says_started_here();
        assert!(says(&format!(
            "countersign://confirm?challenge={SID}&transaction=7f3a"
        )));
        for other in [
            format!("countersign://open?challenge={SID}"),
            format!("countersign://confirm?challenge={SID}"),
            format!("countersign://confirm?challenge={SID}&transaction=7f3a&silent=1"),
            format!("countersign://confirm?challenge={SID}&transaction=7f3a&transaction=7f3b"),
            format!("countersign://confirm/../enrol?challenge={SID}&transaction=7f3a"),
            "countersign://confirm".to_owned(),
        ] {
            assert!(!says(&other), "{other}");
        }
    }

    #[test]
    fn a_link_does_not_show_its_token_in_a_log() {
        let options = parse(&["countersign://enrol?token=secret"]).unwrap();
        assert!(!format!("{options:?}").contains("secret"));
    }
}
