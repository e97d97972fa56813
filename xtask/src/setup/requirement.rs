//! What each need is made of, and how its presence is seen.

use Seen::{Command, Import, Module, Package};

/// What a task needs of the machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Need {
    /// Node.js and npm, for the interface.
    Node,
    /// Python with virtual environments, for the vendor's libraries.
    Python,
    /// A C compiler: ring and SQLite are compiled from C.
    Compiler,
    /// The headers that the window is built with.
    Window,
    /// A PostgreSQL server to start.
    Database,
    /// Somebody else's authenticator with codes.
    Authenticator,
    /// A Secret Service on a private bus.
    Keyring,
    /// The real window, driven: display, window manager, notifications, driver.
    Desktop,
    /// A browser, for the screens over their in-memory host.
    Browser,
    /// The command line's own browser, for the programs that the console shows.
    Curl,
    /// The compilers for Windows and macOS.
    Cross,
}

impl Need {
    /// Whether the need can be met on Linux only.
    pub(crate) fn is_linux_only(self) -> bool {
        matches!(self, Self::Database | Self::Keyring | Self::Desktop | Self::Cross)
    }
}

/// How the presence of a package is seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Seen {
    /// A command of this name is on the path.
    Command(&'static str),
    /// pkg-config knows this module.
    Module(&'static str),
    /// Python can import this module.
    Import(&'static str),
    /// dpkg lists the package as installed.
    Package,
}

/// One package, by the name that each family of systems gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Requirement {
    pub(super) debian: &'static str,
    pub(super) fedora: Option<&'static str>,
    pub(super) arch: Option<&'static str>,
    pub(super) seen: Seen,
}

const fn named(debian: &'static str, fedora: &'static str, arch: &'static str, seen: Seen) -> Requirement {
    Requirement {
        debian,
        fedora: Some(fedora),
        arch: Some(arch),
        seen,
    }
}

const fn debian(debian: &'static str, seen: Seen) -> Requirement {
    Requirement {
        debian,
        fedora: None,
        arch: None,
        seen,
    }
}

const COMPILER: &[Requirement] = &[named("build-essential", "gcc", "base-devel", Command("cc"))];

const PYTHON: &[Requirement] = &[
    named("python3", "python3", "python", Command("python3")),
    // Debian packs it separately from Python; elsewhere it is there when Python is.
    named("python3-venv", "python3", "python", Import("ensurepip")),
];

const WINDOW: &[Requirement] = &[
    named(
        "pkg-config",
        "pkgconf-pkg-config",
        "pkgconf",
        Command("pkg-config"),
    ),
    named(
        "libwebkit2gtk-4.1-dev",
        "webkit2gtk4.1-devel",
        "webkit2gtk-4.1",
        Module("webkit2gtk-4.1"),
    ),
    named(
        "libayatana-appindicator3-dev",
        "libayatana-appindicator-gtk3-devel",
        "libayatana-appindicator",
        Module("ayatana-appindicator3-0.1"),
    ),
    named("libdbus-1-dev", "dbus-devel", "dbus", Module("dbus-1")),
];

const DATABASE: &[Requirement] = &[debian("postgresql", Package)];

const AUTHENTICATOR: &[Requirement] = &[named("oathtool", "oathtool", "oath-toolkit", Command("oathtool"))];

const KEYRING: &[Requirement] = &[
    debian("dbus", Command("dbus-daemon")),
    debian("dbus-x11", Command("dbus-launch")),
    debian("gnome-keyring", Command("gnome-keyring-daemon")),
    debian("libsecret-tools", Command("secret-tool")),
];

const DESKTOP: &[Requirement] = &[
    debian("webkit2gtk-driver", Command("WebKitWebDriver")),
    debian("xvfb", Command("Xvfb")),
    debian("openbox", Command("openbox")),
    debian("dunst", Command("dunst")),
    // dunst's own command asks for the history with it.
    debian("systemd", Command("busctl")),
    debian("xdotool", Command("xdotool")),
    debian("imagemagick", Command("import")),
    debian("qrencode", Command("qrencode")),
    debian("at-spi2-core", Package),
    debian("xdg-utils", Command("xdg-open")),
    debian("desktop-file-utils", Command("update-desktop-database")),
    debian("libglib2.0-bin", Command("gio")),
    debian("fonts-dejavu", Package),
];

const BROWSER: &[Requirement] = &[
    debian("chromium", Command("chromium")),
    // Latin and Arabic letters, and Japanese ones.
    debian("fonts-dejavu", Package),
    debian("fonts-ipafont-gothic", Package),
];

const CURL: &[Requirement] = &[named("curl", "curl", "curl", Command("curl"))];

const CROSS: &[Requirement] = &[
    debian("gcc-mingw-w64-x86-64", Command("x86_64-w64-mingw32-gcc")),
    debian("rustc-web", Package),
    debian("rust-web-src", Package),
];

/// The packages of these needs, each once.
pub(super) fn all(needs: &[Need]) -> Vec<Requirement> {
    let mut wanted: Vec<Requirement> = Vec::new();
    for need in needs {
        let requirements = match need {
            Need::Node => &[],
            Need::Compiler => COMPILER,
            Need::Python => PYTHON,
            Need::Window => WINDOW,
            Need::Database => DATABASE,
            Need::Authenticator => AUTHENTICATOR,
            Need::Keyring => KEYRING,
            Need::Desktop => DESKTOP,
            Need::Browser => BROWSER,
            Need::Curl => CURL,
            Need::Cross => CROSS,
        };
        for requirement in requirements {
            if !wanted.contains(requirement) {
                wanted.push(*requirement);
            }
        }
    }
    wanted
}

/// What is missing of the wanted, given what dpkg lists, one `package status` on a line.
pub(super) fn missing(
    wanted: &[Requirement],
    listing: &str,
    command_exists: &dyn Fn(&str) -> bool,
    module_exists: &dyn Fn(&str) -> bool,
    python_imports: &dyn Fn(&str) -> bool,
) -> Vec<Requirement> {
    let installed = |package: &str| {
        listing
            .lines()
            .any(|line| line.split_once(' ') == Some((package, "installed")))
    };
    wanted
        .iter()
        .filter(|requirement| !match requirement.seen {
            Command(name) => command_exists(name),
            Module(name) => module_exists(name),
            Import(name) => python_imports(name),
            Package => installed(requirement.debian),
        })
        .copied()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(missing: &[Requirement]) -> Vec<&'static str> {
        missing.iter().map(|requirement| requirement.debian).collect()
    }

    #[test]
    fn a_package_that_dpkg_lists_as_installed_is_not_missing() {
        let listing = "rustc-web installed\nrust-web-src config-files\n";
        let missing = missing(CROSS, listing, &|_| true, &|_| true, &|_| true);
        assert_eq!(names(&missing), ["rust-web-src"]);
    }

    #[test]
    fn a_package_whose_name_only_begins_alike_does_not_count() {
        let missing = missing(
            CROSS,
            "rustc-web-extra installed\n",
            &|_| true,
            &|_| true,
            &|_| true,
        );
        assert_eq!(names(&missing), ["rustc-web", "rust-web-src"]);
    }

    #[test]
    fn a_missing_command_or_module_names_its_package() {
        let missing = missing(WINDOW, "", &|_| false, &|name| name != "webkit2gtk-4.1", &|_| {
            true
        });
        assert_eq!(names(&missing), ["pkg-config", "libwebkit2gtk-4.1-dev"]);
    }

    #[test]
    fn a_python_that_cannot_make_environments_needs_the_package_for_it() {
        let missing = missing(PYTHON, "", &|_| true, &|_| true, &|module| module != "ensurepip");
        assert_eq!(names(&missing), ["python3-venv"]);
    }

    #[test]
    fn two_needs_that_share_a_package_ask_for_it_once() {
        let wanted = names(&all(&[Need::Desktop, Need::Browser]));
        assert_eq!(wanted.iter().filter(|name| **name == "fonts-dejavu").count(), 1);
    }

    #[test]
    fn nothing_is_missing_where_everything_is_seen() {
        let wanted = all(&[Need::Window, Need::Compiler]);
        assert!(missing(&wanted, "", &|_| true, &|_| true, &|_| true).is_empty());
    }
}
