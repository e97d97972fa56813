//! The parts that the tests are run in, and what each needs.

use std::path::PathBuf;

use clap::ValueEnum;

use crate::setup::Need;

/// A part of the tests, in the order in which they are run: what fails fast comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Part {
    /// The formatting of the Rust code
    Format,
    /// Types, lints and tests of the interface
    Ui,
    /// Lints of the Rust code
    Lint,
    /// The words of the protocol, its vectors and properties
    Protocol,
    /// The pictures with enrolment links that are read, and those that are not
    Qr,
    /// The keychains, with a real Secret Service on a private bus
    Keychain,
    /// The authenticator without a window
    Core,
    /// The server, over SQLite
    Server,
    /// The same server and the same tests, over PostgreSQL
    Postgres,
    /// The sample issuer
    Issuer,
    /// The command line program
    Cli,
    /// The desktop shell and its bindings
    App,
    /// The repository's own tasks
    Xtask,
    /// The edges between packages that must never appear
    Architecture,
    /// Stories across all the pieces, over real sockets
    E2e,
    /// The story of `cargo xtask run --demo`, with real processes
    Demo,
    /// The vendor's own libraries as clients, and its published schema
    Conformance,
    /// The server's own pages in a browser
    Pages,
    /// The screens in a browser, over their in-memory host
    Mocked,
    /// The server's console in a browser, with real processes
    Console,
    /// The real window with a real keychain
    Installed,
}

impl Part {
    /// The name as it is typed and printed.
    pub(super) fn name(self) -> String {
        self.to_possible_value()
            .map(|value| value.get_name().to_owned())
            .unwrap_or_default()
    }

    /// The packages that must be built for the part.
    pub(super) fn packages(self) -> &'static [&'static str] {
        match self {
            Self::Format | Self::Ui | Self::Lint | Self::Mocked => &[],
            Self::Protocol => &["countersign-protocol"],
            Self::Qr => &["countersign-qr"],
            Self::Keychain => &["countersign-keychain"],
            Self::Core => &["countersign-core"],
            Self::Server | Self::Postgres => &["countersign-server"],
            Self::Issuer => &["countersign-issuer"],
            Self::Cli => &["countersign-cli"],
            Self::App => &["countersign-app"],
            Self::Xtask => &["xtask"],
            Self::Architecture | Self::Conformance | Self::Pages => &["countersign-tests"],
            Self::E2e => &[
                "countersign-tests",
                "countersign-server",
                "countersign-issuer",
                "countersign-cli",
            ],
            Self::Demo => &["countersign-server", "countersign-issuer", "countersign-cli"],
            Self::Console => &["countersign-server", "countersign-cli"],
            Self::Installed => &["countersign-tests", "countersign-app", "countersign-cli"],
        }
    }

    /// The folder of the one package that the part tests whole.
    pub(super) fn folder(self) -> PathBuf {
        match self {
            Self::App => PathBuf::from("src-tauri"),
            Self::Xtask => PathBuf::from("xtask"),
            Self::Postgres => Self::Server.folder(),
            part => PathBuf::from("crates").join(part.name()),
        }
    }

    /// Whether something must be compiled for the part.
    pub(super) fn is_built(self) -> bool {
        !self.packages().is_empty()
    }

    /// Whether the window is compiled for the part, which carries the built interface inside itself.
    pub(super) fn has_window(self) -> bool {
        matches!(self, Self::Lint | Self::App | Self::Installed)
    }

    fn needs(self) -> &'static [Need] {
        match self {
            Self::Format => &[],
            Self::Ui => &[Need::Node],
            Self::Mocked => &[Need::Node, Need::Browser],
            Self::Lint | Self::App => &[Need::Compiler, Need::Node, Need::Window],
            Self::Keychain => &[Need::Compiler, Need::Keyring],
            Self::Server | Self::Postgres => &[Need::Compiler, Need::Database],
            Self::Conformance => &[Need::Compiler, Need::Node, Need::Python],
            Self::Pages => &[Need::Compiler, Need::Node, Need::Browser],
            Self::Console => &[
                Need::Compiler,
                Need::Node,
                Need::Browser,
                Need::Python,
                Need::Curl,
            ],
            Self::Installed => &[
                Need::Compiler,
                Need::Node,
                Need::Window,
                Need::Keyring,
                Need::Desktop,
            ],
            Self::E2e => &[Need::Compiler, Need::Database, Need::Authenticator],
            Self::Protocol
            | Self::Qr
            | Self::Core
            | Self::Issuer
            | Self::Cli
            | Self::Xtask
            | Self::Architecture
            | Self::Demo => &[Need::Compiler],
        }
    }
}

/// What the machine must have for these parts, each once.
pub(super) fn needs(parts: &[Part]) -> Vec<Need> {
    let mut needs: Vec<Need> = Vec::new();
    for need in parts.iter().flat_map(|part| part.needs()) {
        if !needs.contains(need) {
            needs.push(*need);
        }
    }
    needs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_without_a_window_needs_no_window() {
        assert_eq!(needs(&[Part::Protocol, Part::Demo]), [Need::Compiler]);
    }

    #[test]
    fn needs_that_parts_share_are_met_once() {
        let needs = needs(&[Part::App, Part::Installed]);
        assert_eq!(needs.iter().filter(|need| **need == Need::Window).count(), 1);
        assert!(needs.contains(&Need::Desktop));
    }

    #[test]
    fn the_package_of_a_part_lies_in_its_folder() {
        for part in Part::value_variants() {
            if let [package] = part.packages() {
                let manifest = crate::step::root().join(part.folder()).join("Cargo.toml");
                let is_whole_package = !package.ends_with("-tests");
                assert!(
                    !is_whole_package || manifest.is_file(),
                    "{} is missing",
                    manifest.display()
                );
            }
        }
    }
}
