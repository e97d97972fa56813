//! The product's programs, as processes of their own.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;

use serde_json::Value;
use url::Url;

/// Where to find programs that are built already: set by whoever has just built them.
const FOLDER: &str = "COUNTERSIGN_PROGRAMS";

/// The packages whose programs the stories use.
const PACKAGES: [&str; 3] = ["countersign-server", "countersign-issuer", "countersign-cli"];

/// The path of a program, which is built first if need be.
///
/// # Panics
/// If it cannot be built.
pub fn program(name: &str) -> PathBuf {
    if let Some(folder) = std::env::var_os(FOLDER) {
        let path = Path::new(&folder).join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
        assert!(
            path.is_file(),
            "{} is not there, though {FOLDER} names its folder",
            path.display()
        );
        return path;
    }
    static BUILT: OnceLock<BTreeMap<String, PathBuf>> = OnceLock::new();
    BUILT
        .get_or_init(build)
        .get(name)
        .unwrap_or_else(|| panic!("no package makes a program {name}"))
        .clone()
}

/// Builds the programs together with this package, so that cargo chooses the same features for what they share
/// and has little to do.
fn build() -> BTreeMap<String, PathBuf> {
    let mut cargo = Command::new(env!("CARGO"));
    cargo
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args([
            "build",
            "--locked",
            "--bins",
            "--message-format=json-render-diagnostics",
        ])
        .args(["--package", "countersign-tests"])
        .args(PACKAGES.iter().flat_map(|package| ["--package", package]));
    // What cargo tells the tests of their own package would have libraries built anew that look at it.
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") {
            cargo.env_remove(&name);
        }
    }
    let output = cargo.stderr(Stdio::inherit()).output().expect("cargo starts");
    assert!(output.status.success(), "the programs cannot be built");
    let messages = output.stdout.lines().map_while(Result::ok);
    let artifacts = messages.filter_map(|line| serde_json::from_str::<Value>(&line).ok());
    artifacts
        .filter_map(|artifact| {
            let name = artifact["target"]["name"].as_str()?.to_owned();
            Some((name, PathBuf::from(artifact["executable"].as_str()?)))
        })
        .collect()
}

/// A program that listens. It is ended with this value, if it has not ended by itself.
pub struct Listening {
    child: Child,
    url: Url,
}

impl Listening {
    /// Starts a program and waits for the line that names its address.
    ///
    /// # Panics
    /// If it ends before, or says anything else first.
    pub fn start(command: &mut Command) -> Self {
        let mut child = command
            .env("COUNTERSIGN_LOG", "warn")
            .env("RUST_LOG", "warn")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut line = String::new();
        let mut output = BufReader::new(child.stdout.take().expect("its output is piped"));
        output.read_line(&mut line).expect("its output is text");
        let url = line
            .trim()
            .strip_prefix("listening on ")
            .and_then(|url| url.parse().ok());
        let url = url.unwrap_or_else(|| panic!("the program says {line:?} and not where it listens"));
        child.stdout = Some(output.into_inner());
        Self { child, url }
    }

    /// Where it listens.
    pub fn url(&self) -> &Url {
        &self.url
    }

    /// Its number in the system.
    pub fn process_id(&self) -> u32 {
        self.child.id()
    }

    /// Ends it at once, wherever it stands.
    ///
    /// # Panics
    /// If the system does not let it.
    pub fn kill(mut self) {
        self.child.kill().expect("it is our own");
        self.child.wait().expect("it can be waited for");
    }

    /// Asks it to end, as a service manager does, and returns its exit code.
    ///
    /// # Panics
    /// If it cannot be asked.
    pub fn terminate(mut self) -> Option<i32> {
        let asked = Command::new("kill")
            .args(["-TERM", &self.child.id().to_string()])
            .status();
        assert!(asked.expect("there is a program `kill`").success());
        self.child.wait().expect("it can be waited for").code()
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        // It may be gone already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
