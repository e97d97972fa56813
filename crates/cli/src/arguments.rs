//! The command line.

use std::{path::PathBuf, str::FromStr};

use clap::{Args, Parser, Subcommand, ValueEnum};
use countersign_core::{MatchNumber, NumberError, ShownDigest, Verification};
use countersign_protocol::sid::{ChallengeSid, FactorSid};
use jiff::SignedDuration;

/// Answer approval requests from a terminal.
///
/// Results go to standard output, messages and questions to standard error.
#[derive(Debug, Parser)]
#[command(name = "countersign", version, after_help = crate::exit::table(), max_term_width = 100)]
pub(crate) struct Arguments {
    /// Use the profile in DIR instead of the usual one
    #[arg(long, value_name = "DIR", env = "COUNTERSIGN_HOME", global = true)]
    pub(crate) home: Option<PathBuf>,
    /// Where keys live: in the keychain of the system, or in a file encrypted with a passphrase
    #[arg(
        long,
        value_name = "WHERE",
        env = "COUNTERSIGN_KEYCHAIN",
        default_value = "os",
        global = true
    )]
    pub(crate) keychain: KeychainChoice,
    /// Write results, and errors too, as JSON
    #[arg(long, global = true)]
    pub(crate) json: bool,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// Where keys live. Neither ever stands in for the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum KeychainChoice {
    /// The keychain of the system
    Os,
    /// A file encrypted with a passphrase, which is asked for, or read from the file that
    /// COUNTERSIGN_VAULT_PASSPHRASE_FILE names
    Vault,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Enrol this computer
    Enrol {
        /// The enrolment link, or the JSON of an issuer's backend; - reads it from standard input
        #[arg(
            value_name = "LINK|JSON|-",
            required_unless_present = "qr",
            conflicts_with = "qr"
        )]
        link: Option<String>,
        /// Read the link from the QR code in a picture: PNG, JPEG, WebP, GIF or BMP; - reads it from standard input
        #[arg(long, value_name = "FILE|-")]
        qr: Option<PathBuf>,
        #[command(flatten)]
        consent: Consent,
    },
    /// List the factors of this computer
    Factors,
    /// Ask the servers, and list the requests that wait for an answer
    Inbox,
    /// Print requests as they arrive, until interrupted
    Watch,
    /// Show a request with everything it carries
    Show {
        /// The request
        #[arg(value_name = "YC…")]
        sid: ChallengeSid,
    },
    /// Show a request, ask, and approve it
    Approve {
        #[command(flatten)]
        which: Which,
        #[command(flatten)]
        consent: Consent,
        /// The number shown where you started the request, if it asks for one; - reads it from standard input.
        /// Without this it is asked for
        #[arg(long, value_name = "DIGITS|-")]
        number: Option<NumberChoice>,
    },
    /// Show a request and deny it; this needs no confirmation
    Deny {
        #[command(flatten)]
        which: Which,
        #[command(flatten)]
        consent: Consent,
        /// Report it as well: somebody else made the request
        #[arg(long)]
        not_me: bool,
        /// A few words to go with the report
        #[arg(long, value_name = "TEXT", requires = "not_me")]
        note: Option<String>,
    },
    /// Ask the servers whether there is anything new
    Check,
    /// List requests that were answered or have expired, the latest first
    History {
        /// How many at most
        #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=10_000))]
        limit: u32,
    },
    /// Remove a factor from this computer and from its server
    Remove {
        /// The factor
        #[arg(value_name = "YF…")]
        sid: FactorSid,
        #[command(flatten)]
        consent: Consent,
    },
    /// Show or change how a factor's requests may be approved. What lets more through than before needs you
    Policy {
        /// The factor
        #[arg(value_name = "YF…")]
        sid: FactorSid,
        #[command(flatten)]
        changes: PolicyChanges,
    },
    /// Set, remove or look at the PIN that is asked for where the system cannot ask who is there
    Pin {
        #[command(subcommand)]
        action: PinAction,
    },
    /// Show the settings, or change one; the window follows at once
    Settings {
        /// The setting, such as lock-after-minutes
        #[arg(value_name = "KEY")]
        key: Option<String>,
        /// Its new value: on, off, a number, a word, or none
        #[arg(value_name = "VALUE")]
        value: Option<String>,
    },
    /// Have no notifications for a while, or list what is muted; requests wait in the inbox all the same
    Mute {
        /// Of this factor only
        #[arg(value_name = "YF…", requires = "lasting")]
        factor: Option<FactorSid>,
        /// For so long, from a minute to a day, such as 20m or 8h
        #[arg(long = "for", value_name = "TIME")]
        lasting: Option<SignedDuration>,
    },
    /// Have notifications again
    Unmute {
        /// Of this factor; without it what was muted as a whole
        #[arg(value_name = "YF…")]
        factor: Option<FactorSid>,
    },
    /// Find out what is wrong on this computer, and how to mend it
    Doctor,
}

/// The answer to the question that follows.
#[derive(Debug, Clone, Copy, Args)]
pub(crate) struct Consent {
    /// Do not ask; the answer is yes
    #[arg(long, short)]
    pub(crate) yes: bool,
}

/// What is to be so from now on; what is not named stays as it is.
#[derive(Debug, Clone, Copy, Default, Args)]
pub(crate) struct PolicyChanges {
    /// When you have to confirm that it is you before an approval is signed
    #[arg(long, value_name = "never|unusual|always")]
    pub(crate) verification: Option<Verification>,
    /// Whether a notification offers to approve
    #[arg(long, value_name = "on|off")]
    pub(crate) notification_answer: Option<Switch>,
    /// Whether the tray's menu offers to approve
    #[arg(long, value_name = "on|off")]
    pub(crate) tray_answer: Option<Switch>,
    /// Whether what was started on this computer is approved without a question, if it is as usual
    #[arg(long, value_name = "on|off")]
    pub(crate) silent_here: Option<Switch>,
}

/// On or off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Switch {
    On,
    Off,
}

impl From<Switch> for bool {
    fn from(switch: Switch) -> Self {
        switch == Switch::On
    }
}

/// What to do with the PIN.
#[derive(Debug, Clone, Copy, Subcommand)]
pub(crate) enum PinAction {
    /// Set it, or change it with the old one
    Set,
    /// Remove it, with the PIN
    Remove,
    /// Say whether there is one, and whether it is asked for
    Status,
}

/// The number to approve with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum NumberChoice {
    /// This one.
    Typed(MatchNumber),
    /// The one on standard input.
    Asked,
}

impl FromStr for NumberChoice {
    type Err = NumberError;

    fn from_str(text: &str) -> Result<Self, NumberError> {
        match text {
            "-" => Ok(Self::Asked),
            digits => digits.parse().map(Self::Typed),
        }
    }
}

/// The request to answer.
#[derive(Debug, Clone, Args)]
pub(crate) struct Which {
    /// The request
    #[arg(value_name = "YC…")]
    pub(crate) sid: ChallengeSid,
    /// Answer only if the request is still the one that `show --json` printed with this digest
    #[arg(long, value_name = "DIGEST")]
    pub(crate) shown: Option<ShownDigest>,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    const SID: &str = "YC0123456789abcdef0123456789abcdef";

    fn parse(arguments: &[&str]) -> Result<Arguments, clap::Error> {
        Arguments::try_parse_from(["countersign"].iter().chain(arguments))
    }

    #[test]
    fn the_command_line_is_consistent_and_help_lists_the_exit_codes() {
        Arguments::command().debug_assert();
        let help = Arguments::command().render_help().to_string();
        assert!(help.contains("  11  not confirmed"), "{help}");
    }

    #[test]
    fn common_options_stand_before_or_after_the_command() {
        for arguments in [
            ["--json", "--home", "/h", "--keychain", "vault", "show", SID],
            ["show", SID, "--json", "--home", "/h", "--keychain", "vault"],
        ] {
            let parsed = parse(&arguments).unwrap();
            assert!(parsed.json && parsed.home == Some("/h".into()));
            assert_eq!(parsed.keychain, KeychainChoice::Vault);
        }
    }

    #[test]
    fn a_link_of_a_single_dash_and_one_of_json_are_links() {
        for link in ["-", r#"{"token":"t"}"#, "countersign://enrol?v=1"] {
            let parsed = parse(&["enrol", link, "--yes"]).unwrap();
            assert!(
                matches!(parsed.command, Command::Enrol { link: Some(read), qr: None, consent } if read == link && consent.yes)
            );
        }
    }

    #[test]
    fn enrolling_takes_a_link_or_a_picture_and_not_both() {
        let parsed = parse(&["enrol", "--qr", "code.png"]).unwrap();
        assert!(
            matches!(parsed.command, Command::Enrol { link: None, qr: Some(file), .. } if file == *"code.png")
        );
        assert!(parse(&["enrol"]).is_err());
        assert!(parse(&["enrol", "countersign://enrol?v=1", "--qr", "code.png"]).is_err());
    }

    #[test]
    fn a_number_is_digits_or_a_dash_and_is_not_shown() {
        for (text, choice) in [
            ("042137", NumberChoice::Typed("042137".parse().unwrap())),
            ("-", NumberChoice::Asked),
        ] {
            let parsed = parse(&["approve", SID, "--number", text]).unwrap();
            assert!(!format!("{parsed:?}").contains("042137"));
            assert!(matches!(parsed.command, Command::Approve { number, .. } if number == Some(choice)));
        }
    }

    #[test]
    fn quiet_lasts_as_long_as_a_person_says() {
        let parsed = parse(&["mute", "--for", "1h30m"]).unwrap();
        assert!(
            matches!(parsed.command, Command::Mute { factor: None, lasting: Some(lasting) }
            if lasting == SignedDuration::from_mins(90))
        );
    }

    #[test]
    fn a_sid_of_another_kind_or_a_bad_value_is_a_usage_error() {
        for arguments in [
            &["show", "YF0123456789abcdef0123456789abcdef"][..],
            &["approve", "YC01"],
            &["approve", SID, "--shown", "abc"],
            &["approve", SID, "--number", "1"],
            &["approve", SID, "--number", "12345678 9"],
            &["approve", SID, "--number"],
            &["deny", SID, "--number", "123456"],
            &["deny", SID, "--note", "without a report"],
            &["remove", SID],
            &["history", "--limit", "0"],
            &["factors", "--keychain", "memory"],
            &["mute", "YF0123456789abcdef0123456789abcdef"],
            &["mute", "--for", "soon"],
            &["unmute", SID],
            &["frobnicate"],
            &[],
        ] {
            assert_eq!(parse(arguments).unwrap_err().exit_code(), 2, "{arguments:?}");
        }
    }
}
