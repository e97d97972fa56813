//! The programs themselves: server, issuer and command line, as processes.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use countersign_protocol::sid::FactorSid;
use countersign_tests::programs::{Listening, program};
use countersign_tests::world::{ada, within_limit};
use countersign_tests::{Account, Exchange, Fault, Proxy, Question, World};
use jiff::SignedDuration;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::io::AsyncWriteExt;
use tokio::process::Command;

/// A person at a terminal, with a home and a vault of their own.
pub(super) struct Terminal {
    folder: TempDir,
    program: PathBuf,
}

/// How a command ended and what it printed.
#[derive(Debug)]
struct Said {
    code: Option<i32>,
    out: String,
    err: String,
}

impl Said {
    /// The result of a command that did what it was asked.
    fn result(&self) -> Value {
        assert_eq!(self.code, Some(0), "{self:?}");
        assert_eq!(
            self.out.trim().lines().count(),
            1,
            "one object and nothing else: {self:?}"
        );
        serde_json::from_str(&self.out).unwrap()
    }

    /// Asserts that a command failed with this exit code and the word for it, and printed no result.
    fn assert_fails(&self, code: i32, word: &str) {
        assert_eq!(self.code, Some(code), "{self:?}");
        assert_eq!(self.out, "", "{self:?}");
        let error: Value = serde_json::from_str(self.err.lines().last().unwrap()).unwrap();
        assert_eq!(error["error"]["code"], word, "{self:?}");
        assert_eq!(error["error"]["exit"], code, "{self:?}");
        assert!(
            error["error"]["message"]
                .as_str()
                .is_some_and(|message| !message.is_empty()),
            "{self:?}"
        );
    }
}

impl Terminal {
    fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        write_private(
            &folder.path().join("passphrase"),
            "correct horse battery staple\n",
        );
        Self {
            folder,
            program: program("countersign"),
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Runs a command of the program with JSON for its result.
    async fn run(&self, arguments: &[&str]) -> Said {
        self.run_with(arguments, "").await
    }

    /// Runs a command with this on its standard input.
    async fn run_with(&self, arguments: &[&str], input: &str) -> Said {
        self.run_at(&self.path("home"), &self.path("passphrase"), arguments, input)
            .await
    }

    /// A command over this person's home, its ends not connected yet. It ends with its handle.
    pub(super) fn command(&self, arguments: &[&str]) -> Command {
        self.command_at(&self.path("home"), &self.path("passphrase"), arguments)
    }

    fn command_at(&self, home: &Path, passphrase: &Path, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.program);
        command
            .arg("--home")
            .arg(home)
            .args(["--keychain", "vault"])
            .args(arguments)
            .env("COUNTERSIGN_VAULT_PASSPHRASE_FILE", passphrase)
            .kill_on_drop(true);
        command
    }

    async fn run_at(&self, home: &Path, passphrase: &Path, arguments: &[&str], input: &str) -> Said {
        let mut command = self.command_at(home, passphrase, arguments);
        let mut child = command
            .arg("--json")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        // A program that reads nothing may be gone before it is written to.
        let _ = stdin.write_all(input.as_bytes()).await;
        drop(stdin);
        let output = within_limit(&format!("{arguments:?}"), child.wait_with_output())
            .await
            .unwrap();
        Said {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

/// Writes a file that nobody else can read; the program takes a passphrase from no other.
fn write_private(path: &Path, text: &str) {
    std::fs::write(path, text).unwrap();
    #[cfg(unix)]
    std::fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
}

async fn post(url: &url::Url, path: &str, body: &Value) -> Value {
    let request = reqwest::Client::builder()
        .no_proxy()
        .build()
        .unwrap()
        .post(url.join(path).unwrap());
    let answer = request
        .header("content-type", "application/json")
        .body(body.to_string())
        .send()
        .await
        .unwrap();
    assert!(answer.status().is_success(), "{path}: {}", answer.status());
    serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap()
}

async fn get(url: &url::Url, path: &str) -> Value {
    let request = reqwest::Client::builder()
        .no_proxy()
        .build()
        .unwrap()
        .get(url.join(path).unwrap());
    serde_json::from_slice(&request.send().await.unwrap().bytes().await.unwrap()).unwrap()
}

fn database(folder: &Path) -> String {
    format!("sqlite://{}", folder.join("server.db").display())
}

fn serve(folder: &Path) -> Listening {
    let mut serve = std::process::Command::new(program("countersign-server"));
    Listening::start(serve.args([
        "serve",
        "--listen",
        "127.0.0.1:0",
        "--database",
        &database(folder),
    ]))
}

fn start_server(folder: &Path) -> (Listening, Value) {
    let created = std::process::Command::new(program("countersign-server"))
        .args(["init", "--json", "--database", &database(folder), "--config"])
        .arg(folder.join("server.toml"))
        .output()
        .unwrap();
    assert!(created.status.success(), "{created:?}");
    (serve(folder), serde_json::from_slice(&created.stdout).unwrap())
}

#[tokio::test]
async fn the_whole_story_is_played_by_the_programs_alone() {
    countersign_tests::world::use_ring();
    let terminal = Terminal::open();
    let (server, account) = start_server(terminal.folder.path());
    let mut acme = std::process::Command::new(program("countersign-issuer"));
    acme.args(["--listen", "127.0.0.1:0", "--api-url", server.url().as_str()])
        .env("TWILIO_ACCOUNT_SID", account["account_sid"].as_str().unwrap())
        .env("TWILIO_AUTH_TOKEN", account["auth_token"].as_str().unwrap());
    let acme = Listening::start(&mut acme);

    let enrolment = post(acme.url(), "/enrol", &json!({})).await;
    let link = enrolment["link"].as_str().unwrap();
    let factor = terminal.run_with(&["enrol", "-", "--yes"], link).await.result();
    let factors = terminal.run(&["factors"]).await.result();
    assert_eq!(factors["factors"][0]["sid"], factor["sid"], "{factors}");

    let asked = post(acme.url(), "/sign-in", &json!({})).await;
    let sid = asked["challenge_sid"].as_str().unwrap();
    let inbox = terminal.run(&["inbox"]).await.result();
    assert!(inbox.to_string().contains(sid), "{inbox}");
    let shown = terminal.run(&["show", sid]).await.result();
    assert_eq!(shown["message"], "Are you signing in to Acme?", "{shown}");
    let digest = shown["digest"].as_str().unwrap();
    let answered = terminal
        .run(&["approve", sid, "--shown", digest, "--yes"])
        .await
        .result();
    assert_eq!(answered["status"], "approved");
    assert_eq!(
        answered["signed_response"].as_str().unwrap().split('.').count(),
        3
    );
    assert_eq!(
        get(acme.url(), &format!("/sign-in/{sid}")).await["status"],
        "approved"
    );
    let history = terminal.run(&["history"]).await.result();
    assert!(history.to_string().contains(sid), "{history}");

    terminal.run(&["check"]).await.result();
    let health = terminal.run(&["doctor"]).await;
    assert!(health.out.contains("\"keychain\""), "{health:?}");
    terminal
        .run(&["remove", factor["sid"].as_str().unwrap(), "--yes"])
        .await
        .result();
    assert_eq!(terminal.run(&["factors"]).await.result()["factors"], json!([]));
    assert_eq!(acme.terminate(), Some(0));
    assert_eq!(
        server.terminate(),
        Some(0),
        "a server that was asked to end ends well"
    );
}

/// A terminal that is enrolled in a world whose server this test steers.
pub(super) async fn enrolled(world: &World) -> (Terminal, FactorSid) {
    let terminal = Terminal::open();
    let link = world.tenant.invite(&ada(), world.proxy.url()).await.to_link();
    let factor = terminal.run_with(&["enrol", "-", "--yes"], &link).await.result();
    (terminal, factor["sid"].as_str().unwrap().parse().unwrap())
}

const NOBODY_S: &str = "YC00000000000000000000000000000000";

/// Asks at the terminal's factor and returns the challenge.
async fn ask(world: &World, factor: &FactorSid) -> String {
    world
        .ask(factor, &Question::new("Sign in?"))
        .await
        .sid
        .to_string()
}

async fn status(world: &World, sid: &str) -> &'static str {
    world.status(&sid.parse().unwrap()).await.as_str()
}

#[tokio::test]
async fn every_exit_code_is_documented() {
    let help = Terminal::open().run(&["--help"]).await;
    assert_eq!(help.code, Some(0));
    for code in 0..=12 {
        assert!(
            help.out.contains(&format!("  {code:>2}  ")),
            "{code} is not documented:\n{}",
            help.out
        );
    }
}

#[tokio::test]
async fn what_cannot_be_understood_or_found_has_codes_of_its_own() {
    let world = World::start_now().await;
    let (terminal, _) = enrolled(&world).await;
    let no_folder = terminal.path("passphrase");
    terminal
        .run_at(&no_folder, &no_folder, &["factors"], "")
        .await
        .assert_fails(1, "storage");
    assert_eq!(terminal.run(&["frobnicate"]).await.code, Some(2));
    assert_eq!(
        terminal
            .run(&["show", "YF00000000000000000000000000000000"])
            .await
            .code,
        Some(2)
    );
    terminal
        .run(&["enrol", "countersign://enrol?v=1", "--yes"])
        .await
        .assert_fails(2, "link_invalid");
    terminal
        .run(&["show", NOBODY_S])
        .await
        .assert_fails(3, "not_found");
    terminal
        .run(&["approve", NOBODY_S, "--yes"])
        .await
        .assert_fails(3, "not_found");
    terminal
        .run(&["remove", "YF00000000000000000000000000000000", "--yes"])
        .await
        .assert_fails(3, "not_found");
}

#[tokio::test]
async fn a_request_that_is_over_has_codes_for_how() {
    let world = World::start_now().await;
    let (terminal, factor) = enrolled(&world).await;
    let denied = ask(&world, &factor).await;
    terminal
        .run(&["approve", &denied])
        .await
        .assert_fails(11, "not_confirmed");
    assert_eq!(status(&world, &denied).await, "pending");
    terminal.run(&["deny", &denied]).await.result();
    terminal
        .run(&["approve", &denied, "--yes"])
        .await
        .assert_fails(5, "already_answered");
    assert_eq!(status(&world, &denied).await, "denied");

    let expired = ask(&world, &factor).await;
    let link = world.tenant.invite(&ada(), world.proxy.url()).await.to_link();
    world.advance(SignedDuration::from_secs(301));
    terminal
        .run(&["approve", &expired, "--yes"])
        .await
        .assert_fails(4, "expired");
    terminal
        .run(&["enrol", &link, "--yes"])
        .await
        .assert_fails(4, "link_used_or_expired");
}

#[tokio::test]
async fn a_number_is_given_with_the_approval_and_a_wrong_one_has_a_code_of_its_own() {
    let world = World::start_now().await;
    let (terminal, factor) = enrolled(&world).await;
    let question = Question::new("Sign in?").with_hidden("countersign.match", "04213719");
    let matched = world.ask(&factor, &question).await.sid.to_string();
    let shown = terminal.run(&["show", &matched]).await;
    assert_eq!(shown.result()["number"]["tries_left"], 3);
    assert!(!shown.out.contains("04213719"), "{shown:?}");
    let approve = async |number: &str, input: &str| {
        let arguments = ["approve", &matched, "--yes", "--number", number];
        terminal.run_with(&arguments, input).await
    };
    terminal
        .run(&["approve", &matched, "--yes"])
        .await
        .assert_fails(12, "number_needed");
    approve("1", "").await.assert_fails(2, "usage");
    approve("-", "seven").await.assert_fails(2, "usage");
    approve("-", "").await.assert_fails(12, "number_needed");
    approve("999999", "").await.assert_fails(12, "wrong_number");
    approve("-", "99\n").await.assert_fails(12, "wrong_number");
    assert_eq!(approve("-", "04213719\n").await.result()["status"], "approved");
    let history = terminal.run(&["history"]).await.result();
    assert_eq!(history["history"][0]["wrong_numbers"], 2, "{history}");

    let spent = world.ask(&factor, &question).await.sid.to_string();
    for word in ["wrong_number", "wrong_number", "denied_after_wrong_numbers"] {
        terminal
            .run(&["approve", &spent, "--yes", "--number", "11"])
            .await
            .assert_fails(12, word);
    }
    assert_eq!(status(&world, &spent).await, "denied");

    let plain = ask(&world, &factor).await;
    for number in ["04213719", "-"] {
        terminal
            .run_with(&["approve", &plain, "--yes", "--number", number], "04213719")
            .await
            .assert_fails(2, "number_not_asked");
    }
    assert_eq!(status(&world, &plain).await, "pending");
}

#[tokio::test]
async fn deny_not_me_says_whom_it_told() {
    let world = World::start_now().await;
    let (terminal, factor) = enrolled(&world).await;
    let asked = ask(&world, &factor).await;
    assert_eq!(
        terminal.run(&["deny", &asked, "--note", "x"]).await.code,
        Some(2),
        "a note goes with a report"
    );
    let long = "x".repeat(257);
    terminal
        .run(&["deny", &asked, "--not-me", "--note", &long])
        .await
        .assert_fails(2, "usage");
    assert_eq!(status(&world, &asked).await, "pending");
    let denied = terminal
        .run(&["deny", &asked, "--not-me", "--note", "I was asleep"])
        .await
        .result();
    assert_eq!(
        (&denied["status"], &denied["denied_now"]),
        (&json!("denied"), &json!(true))
    );
    assert_eq!(denied["report"]["told"], "server", "{denied}");
    assert_eq!(status(&world, &asked).await, "denied");
    let again = terminal.run(&["deny", &asked, "--not-me"]).await.result();
    assert_eq!(
        (&again["denied_now"], &again["report"]["told"]),
        (&json!(false), &json!("server"))
    );

    let approved = ask(&world, &factor).await;
    terminal.run(&["approve", &approved, "--yes"]).await.result();
    terminal
        .run(&["deny", &approved, "--not-me"])
        .await
        .assert_fails(5, "already_answered");
}

#[tokio::test]
async fn a_request_that_is_no_longer_what_was_shown_is_not_approved() {
    let world = World::start_now().await;
    let (terminal, factor) = enrolled(&world).await;
    let sid = ask(&world, &factor).await;
    let shown = terminal.run(&["show", &sid]).await.result();
    let digest = shown["digest"].as_str().unwrap();
    world.proxy.change_json(Exchange::fetches_challenge, |challenge| {
        challenge["details"]["message"] = json!("Pay?");
    });
    let approve = ["approve", &sid, "--shown", digest, "--yes"];
    terminal
        .run(&approve)
        .await
        .assert_fails(6, "changed_since_shown");
    assert_eq!(status(&world, &sid).await, "pending");
    assert!(!world.proxy.seen().iter().any(Exchange::answers_challenge));
    world.proxy.calm_down();
    terminal.run(&approve).await.result();
}

#[tokio::test]
async fn trouble_with_network_vault_server_or_clock_has_codes_of_its_own() {
    let world = World::start_now().await;
    let (terminal, factor) = enrolled(&world).await;
    let sid = ask(&world, &factor).await;
    let approve = ["approve", &sid, "--yes"];
    world.proxy.go_offline();
    terminal.run(&approve).await.assert_fails(7, "offline");
    world.proxy.come_back();

    let wrong = terminal.path("wrong-passphrase");
    write_private(&wrong, "wrong\n");
    terminal
        .run_at(&terminal.path("home"), &wrong, &approve, "")
        .await
        .assert_fails(8, "wrong_passphrase");

    world.proxy.plan(1, Fault::Answers(403));
    terminal.run(&approve).await.assert_fails(9, "refused");

    world.advance(SignedDuration::from_hours(48));
    terminal.run(&approve).await.assert_fails(10, "clock");
    world.advance(SignedDuration::from_hours(-48));
    assert_eq!(
        status(&world, &sid).await,
        "pending",
        "none of this approved anything"
    );

    world.tenant.revoke(&ada(), &factor).await.unwrap();
    terminal.run(&approve).await.assert_fails(9, "factor_revoked");
}

#[tokio::test]
async fn two_profiles_of_one_person_know_nothing_of_each_other() {
    let world = World::start_now().await;
    let (one, factor) = enrolled(&world).await;
    let (other, _) = enrolled(&world).await;
    let sid = world.ask(&factor, &Question::new("Sign in?")).await.sid;
    assert!(
        one.run(&["inbox"])
            .await
            .result()
            .to_string()
            .contains(sid.as_str())
    );
    assert!(
        !other
            .run(&["inbox"])
            .await
            .result()
            .to_string()
            .contains(sid.as_str())
    );
    other
        .run(&["approve", sid.as_str(), "--yes"])
        .await
        .assert_fails(3, "not_found");
}

#[tokio::test]
async fn a_server_that_was_killed_has_lost_nothing_that_it_said() {
    let terminal = Terminal::open();
    let folder = terminal.folder.path();
    let (server, account) = start_server(folder);
    let proxy = Proxy::before(server.url()).await.unwrap();
    let text = |name: &str| account[name].as_str().unwrap();
    let mut issuer = Account::new(
        server.url(),
        &text("account_sid").parse().unwrap(),
        text("auth_token"),
    );
    let mut tenant = issuer.create_service("Acme").await;
    let link = tenant.invite(&ada(), proxy.url()).await.to_link();
    let factor = terminal.run_with(&["enrol", "-", "--yes"], &link).await.result();
    let factor = factor["sid"].as_str().unwrap().parse().unwrap();
    let answered = tenant
        .ask(&ada(), &factor, &Question::new("Pay?"))
        .await
        .unwrap()
        .sid;
    terminal
        .run(&["approve", answered.as_str(), "--yes"])
        .await
        .result();
    let asked = tenant
        .ask(&ada(), &factor, &Question::new("Sign in?"))
        .await
        .unwrap()
        .sid;

    server.kill();
    terminal
        .run(&["approve", asked.as_str(), "--yes"])
        .await
        .assert_fails(7, "offline");
    let server = serve(folder);
    proxy.lead_to(server.url());
    issuer = issuer.at(server.url());
    tenant.account = issuer;
    let status = async |sid| tenant.challenge(&ada(), sid).await.unwrap().status.as_str();
    assert_eq!(
        (status(&answered).await, status(&asked).await),
        ("approved", "pending")
    );
    terminal.run(&["approve", asked.as_str(), "--yes"]).await.result();
    assert_eq!(status(&asked).await, "approved");
    assert_eq!(server.terminate(), Some(0));
}

#[tokio::test]
async fn the_address_of_a_server_is_one_line_and_its_port_may_be_chosen() {
    let folder = tempfile::tempdir().unwrap();
    let (server, account) = start_server(folder.path());
    assert!(server.url().port().is_some_and(|port| port != 0));
    assert!(account["account_sid"].as_str().unwrap().starts_with("AC"));
    assert_eq!(account["auth_token"].as_str().unwrap().len(), 32);
    assert_eq!(server.terminate(), Some(0));
}
