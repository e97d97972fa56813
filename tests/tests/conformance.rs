//! The vendor's own helper libraries, as they are on npm and PyPI, as the clients of our server.
//!
//! Each library has a world of its own and runs the whole suite of its language, which lies in `conformance/`: with
//! node's own test runner, and with Python's. Beside the server there is a real device, which the suites ask to
//! enrol and to decide over a small HTTP door. Everything that passes between a suite and the server is overheard
//! and held against the schema that the vendor publishes.

mod conformance {
    pub(crate) mod door;
    pub(crate) mod published;
    pub(crate) mod unchanged;
    pub(crate) mod wiretap;
}

use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Output;
use std::sync::Arc;
use std::time::Duration;

use conformance::door;
use conformance::published::Published;
use conformance::unchanged::InPlaceOfTheCloud;
use conformance::wiretap::Wiretap;
use countersign_tests::World;
use secrecy::ExposeSecret as _;
use tokio::process::Command;

/// What would lead a library elsewhere.
const ASIDE: &[&str] = &[
    "TWILIO_EDGE",
    "TWILIO_REGION",
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "ALL_PROXY",
    "http_proxy",
    "https_proxy",
    "all_proxy",
    "NO_PROXY",
    "no_proxy",
];

/// How long a suite may take before it is said to hang. On two busy cores it takes some seconds.
const LIMIT: Duration = Duration::from_secs(300);

#[tokio::test]
async fn npm_twilio_3_is_served() {
    node("twilio-3").await;
}

#[tokio::test]
async fn npm_twilio_4_is_served() {
    node("twilio-4").await;
}

#[tokio::test]
async fn npm_twilio_5_is_served() {
    node("twilio-5").await;
}

#[tokio::test]
async fn npm_twilio_6_is_served() {
    node("twilio-6").await;
}

#[tokio::test]
async fn pypi_twilio_7_is_served() {
    python("7.17.0").await;
}

#[tokio::test]
async fn pypi_twilio_8_is_served() {
    python("8.13.0").await;
}

#[tokio::test]
async fn pypi_twilio_9_0_is_served() {
    python("9.0.0").await;
}

#[tokio::test]
async fn pypi_twilio_9_13_is_served() {
    python("9.13.0").await;
}

#[tokio::test]
async fn programs_that_nobody_changed_are_served() {
    let cloud = InPlaceOfTheCloud::start().await;
    for library in ["twilio-3", "twilio-4", "twilio-5", "twilio-6"] {
        let mut program = with_node(library);
        expect_success(library, &cloud.run(program.arg("unchanged.mjs")).await);
    }
    for version in ["7.17.0", "8.13.0", "9.0.0", "9.13.0"] {
        let mut program = with_python(version);
        expect_success(version, &cloud.run(program.arg("unchanged.py")).await);
    }
}

/// Runs the suite of node with the library that is installed under this name.
async fn node(library: &str) {
    let mut node = with_node(library);
    node.args(["--test-reporter=spec", "suite.mjs"]);
    let said = run(&format!("npm {library}"), node).await;
    let closing: Vec<&str> = said.lines().filter(|line| line.starts_with("ℹ")).collect();
    assert!(
        closing.contains(&"ℹ skipped 0") && !closing.contains(&"ℹ pass 0"),
        "npm {library} left tests out:\n{said}"
    );
    announce(&format!("npm {library}: {}", closing.join(", ")));
}

/// Runs the suite of Python with this version of the library.
async fn python(version: &str) {
    let mut python = with_python(version);
    python.args(["-m", "unittest", "discover", "--verbose"]);
    let said = run(&format!("PyPI twilio {version}"), python).await;
    let ran = said.lines().find(|line| line.starts_with("Ran "));
    assert!(
        ran.is_some_and(|line| !line.starts_with("Ran 0 ")) && said.lines().any(|line| line == "OK"),
        "PyPI twilio {version} left tests out:\n{said}"
    );
    announce(&format!("PyPI twilio {version}: {}", ran.unwrap_or_default()));
}

/// Node in the folder of its suite, with the library that is installed under this name.
fn with_node(library: &str) -> Command {
    let folder = suite("node");
    let manifest = folder.join("node_modules").join(library).join("package.json");
    expect_installed(&manifest);
    let mut node = Command::new("node");
    node.current_dir(folder).env("COUNTERSIGN_LIBRARY", library);
    lead_nowhere_else(&mut node);
    node
}

/// Python in the folder of its suite, with this version of the library.
fn with_python(version: &str) -> Command {
    let interpreter = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .with_file_name("conformance")
        .join(format!("twilio-{version}"))
        .join(if cfg!(windows) {
            "Scripts/python.exe"
        } else {
            "bin/python"
        });
    expect_installed(&interpreter);
    let mut python = Command::new(interpreter);
    python
        .current_dir(suite("python"))
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .env("COUNTERSIGN_LIBRARY", version);
    lead_nowhere_else(&mut python);
    python
}

fn lead_nowhere_else(command: &mut Command) {
    for name in ASIDE {
        command.env_remove(name);
    }
}

fn expect_installed(file: &Path) {
    assert!(
        file.is_file(),
        "the vendor's library is not installed: run `cargo xtask test conformance`, which installs it"
    );
}

/// Runs a suite in a world of its own, holds all that was answered against the schema, and returns what the runner
/// said. Fails with all of its output if it fails.
async fn run(library: &str, mut suite: Command) -> String {
    let wiretap = Wiretap::open().await;
    let world = Arc::new(World::start_behind(wiretap.url()).await);
    wiretap.lead_to(world.server_url());
    let door = door::open(Arc::clone(&world), wiretap.url().clone()).await;
    let (account_sid, auth_token) = world.credentials();
    let (key_sid, secret) = world.make_api_key("Conformance").await;
    suite
        .env(
            "COUNTERSIGN_SERVER_URL",
            wiretap.url().as_str().trim_end_matches('/'),
        )
        .env("COUNTERSIGN_ACCOUNT_SID", account_sid.as_str())
        .env("COUNTERSIGN_AUTH_TOKEN", auth_token)
        .env("COUNTERSIGN_API_KEY_SID", key_sid.as_str())
        .env("COUNTERSIGN_API_KEY_SECRET", secret.expose_secret())
        .env("COUNTERSIGN_DEVICE_URL", door)
        .env("COUNTERSIGN_WEBHOOKS", door::signed_webhooks().to_string())
        .kill_on_drop(true);
    let output = tokio::time::timeout(LIMIT, suite.output())
        .await
        .unwrap_or_else(|_| panic!("the suite of {library} hangs"))
        .expect("the language of the suite is installed");
    let said = expect_success(library, &output);
    hold_against_the_schema(library, &wiretap);
    said
}

/// What was said, if all was well. Fails with it otherwise.
fn expect_success(library: &str, output: &Output) -> String {
    let said = format!(
        "{}\n{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(output.status.success(), "{library} failed:\n{said}");
    said
}

/// Every answer is valid, and every published operation was among them.
fn hold_against_the_schema(library: &str, wiretap: &Wiretap) {
    let published = Published::read();
    let verdict = published.judge(&wiretap.exchanges());
    assert!(
        verdict.faults.is_empty(),
        "{library} was answered what the vendor does not publish:\n{}",
        verdict.faults.iter().cloned().collect::<Vec<_>>().join("\n")
    );
    assert_eq!(
        published.left_out(&verdict.exercised),
        BTreeSet::new(),
        "{library} did not use every published operation"
    );
    announce(&format!(
        "{library}: {} answers held against the published schema, all {} operations among them",
        verdict.answers,
        verdict.exercised.len()
    ));
}

fn suite(language: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("conformance")
        .join(language)
}

/// Past the runner's capture, and not to standard output, where tests are counted.
fn announce(words: &str) {
    let _ = writeln!(std::io::stderr(), "{words}");
}
