//! The program as a process, as far as it goes without a server.

use std::{
    fs,
    io::Write,
    path::Path,
    process::{Command, Output, Stdio},
};

use serde_json::Value;

const REQUEST: &str = "YC0123456789abcdef0123456789abcdef";
const FACTOR: &str = "YF0123456789abcdef0123456789abcdef";
const LINK: &str = "countersign://enrol?v=1&server=http://127.0.0.1:1&service=VA0123456789abcdef0123456789abcdef&\
                    identity=user-0001&token=abc&issuer=Acme&account=ada";

/// A profile of its own with a passphrase file. Standard input is no terminal.
struct Desk(tempfile::TempDir);

impl Desk {
    fn new() -> Self {
        let desk = Self(tempfile::tempdir().expect("a scratch directory"));
        fs::write(desk.path("passphrase"), "correct horse\n").expect("the passphrase is written");
        desk.chmod("passphrase", 0o600);
        desk
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.0.path().join(name)
    }

    fn chmod(&self, name: &str, mode: u32) {
        #[cfg(unix)]
        fs::set_permissions(
            self.path(name),
            std::os::unix::fs::PermissionsExt::from_mode(mode),
        )
        .expect("its mode is set");
        #[cfg(not(unix))]
        let _ = (name, mode);
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.run_with(arguments, "")
    }

    fn run_with(&self, arguments: &[&str], input: &str) -> Output {
        self.run_with_bytes(arguments, input.as_bytes())
    }

    fn run_with_bytes(&self, arguments: &[&str], input: &[u8]) -> Output {
        let mut child = self
            .command(&self.path("home"))
            .args(arguments)
            .spawn()
            .expect("the program starts");
        // A program that reads nothing may be gone already.
        let _ = child.stdin.take().expect("it is piped").write_all(input);
        child.wait_with_output().expect("it ends")
    }

    fn command(&self, home: &Path) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_countersign"));
        command
            .env("COUNTERSIGN_HOME", home)
            .env("COUNTERSIGN_KEYCHAIN", "vault")
            .env("COUNTERSIGN_VAULT_PASSPHRASE_FILE", self.path("passphrase"))
            .env_remove("RUST_LOG")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }
}

fn exit(output: &Output) -> i32 {
    output.status.code().expect("it ends by itself")
}

fn words(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("it speaks UTF-8")
}

fn json(bytes: &[u8]) -> Value {
    serde_json::from_slice(bytes).unwrap_or_else(|_| panic!("not JSON: {}", words(bytes)))
}

#[test]
fn an_empty_profile_has_nothing_and_says_so() {
    let desk = Desk::new();
    for (command, member) in [
        ("factors", "factors"),
        ("inbox", "requests"),
        ("history", "history"),
        ("check", "factors"),
    ] {
        let output = desk.run(&[command, "--json"]);
        assert_eq!(
            (exit(&output), words(&output.stderr)),
            (0, String::new()),
            "{command}"
        );
        assert_eq!(json(&output.stdout)[member], serde_json::json!([]), "{command}");
    }
    assert!(words(&desk.run(&["factors"]).stdout).contains("countersign enrol LINK"));
    assert!(!desk.path("home/keys.vault").exists(), "nothing was to be signed");
}

#[test]
fn errors_go_to_standard_error_as_words_or_as_json() {
    let desk = Desk::new();
    let output = desk.run(&["show", REQUEST]);
    assert_eq!((exit(&output), words(&output.stdout)), (3, String::new()));
    assert!(words(&output.stderr).starts_with("There is no such request for this computer.\n"));
    let output = desk.run(&["show", REQUEST, "--json"]);
    let error = &json(&output.stderr)["error"];
    assert_eq!(
        (exit(&output), &error["code"], &error["exit"]),
        (3, &"not_found".into(), &3.into())
    );
    let output = desk.run(&["remove", FACTOR, "--yes"]);
    assert_eq!(exit(&output), 3);
    for arguments in [
        &["approve", "YC01", "--json"][..],
        &["--json"],
        &["frobnicate", "--json"],
    ] {
        let output = desk.run(arguments);
        assert_eq!(
            (exit(&output), &json(&output.stderr)["error"]["exit"]),
            (2, &2.into()),
            "{arguments:?}"
        );
    }
}

#[test]
fn without_a_terminal_nothing_is_approved_enrolled_or_removed_unasked() {
    let desk = Desk::new();
    for arguments in [["approve", REQUEST], ["enrol", LINK], ["remove", FACTOR]] {
        let output = desk.run_with(&arguments, "y\nyes\n");
        assert_eq!(
            (exit(&output), words(&output.stdout)),
            (11, String::new()),
            "{arguments:?}"
        );
        assert!(words(&output.stderr).contains("--yes"), "{arguments:?}");
    }
    assert!(!desk.path("home").exists(), "not even the profile was made");
}

#[test]
fn a_link_that_cannot_be_used_makes_nothing() {
    let desk = Desk::new();
    for link in [
        "",
        "otpauth://totp/x",
        "https://example.com",
        "{}",
        &format!("countersign://open?challenge={REQUEST}"),
    ] {
        let output = desk.run_with(&["enrol", "-", "--yes", "--json"], link);
        let error = &json(&output.stderr)["error"];
        assert_eq!(
            (exit(&output), &error["code"]),
            (2, &"link_invalid".into()),
            "{link}"
        );
    }
    assert!(!desk.path("home").exists());
}

#[test]
fn a_server_that_is_not_there_leaves_no_factor() {
    let desk = Desk::new();
    let output = desk.run_with(&["enrol", "-", "--yes"], LINK);
    let said = words(&output.stderr);
    assert_eq!(exit(&output), 7, "{said}");
    assert!(
        said.starts_with("This enrols this computer at\n\n  127.0.0.1:1\n"),
        "{said}"
    );
    assert!(said.contains("This computer was not enrolled."), "{said}");
    let output = desk.run(&["factors", "--json"]);
    assert_eq!(json(&output.stdout)["factors"], serde_json::json!([]));
}

#[test]
fn a_passphrase_that_is_wrong_or_for_everybody_opens_no_vault() {
    let desk = Desk::new();
    desk.run_with(&["enrol", "-", "--yes"], LINK);
    assert!(desk.path("home/keys.vault").exists());
    fs::write(desk.path("passphrase"), "wrong").unwrap();
    let output = desk.run(&["inbox", "--json"]);
    let error = &json(&output.stderr)["error"];
    assert_eq!((exit(&output), &error["code"]), (8, &"wrong_passphrase".into()));
    if cfg!(unix) {
        desk.chmod("passphrase", 0o644);
        let output = desk.run(&["inbox"]);
        assert_eq!(exit(&output), 8);
        assert!(words(&output.stderr).contains("chmod 600"));
    }
    for (arguments, nothing) in [
        (["approve", REQUEST, "--yes"], "Nothing was answered."),
        (["deny", REQUEST, "--json"], "Nothing was answered."),
        (["enrol", LINK, "--yes"], "This computer was not enrolled."),
    ] {
        let output = desk.run(&arguments);
        assert_eq!(exit(&output), 8, "{arguments:?}");
        assert!(words(&output.stderr).contains(nothing), "{arguments:?}");
    }
}

#[test]
fn the_doctor_finds_nothing_wrong_with_a_new_profile_and_what_is_wrong_with_an_open_one() {
    let desk = Desk::new();
    let output = desk.run(&["doctor", "--json"]);
    let report = json(&output.stdout);
    assert_eq!(
        (exit(&output), &report["ok"], &report["keychain"]["ok"]),
        (0, &true.into(), &true.into())
    );
    if cfg!(unix) {
        fs::write(desk.path("home/thesis.txt"), "x").unwrap();
        fs::remove_file(desk.path("home/countersign.db")).unwrap();
        desk.chmod("home", 0o755);
        let output = desk.run(&["doctor", "--json"]);
        let report = json(&output.stdout);
        assert_eq!((exit(&output), &report["home"]["ok"]), (1, &false.into()));
        assert!(report["home"]["advice"].as_str().unwrap().contains("chmod 700"));
    }
}

#[test]
fn a_log_that_no_terminal_shows_has_no_colours() {
    let desk = Desk::new();
    let output = desk
        .command(&desk.path("home"))
        .arg("factors")
        .env("RUST_LOG", "trace")
        .output()
        .unwrap();
    assert!(!output.stderr.is_empty());
    assert!(!output.stderr.contains(&0x1b), "{}", words(&output.stderr));
}

#[test]
fn a_profile_that_cannot_be_made_is_told() {
    let desk = Desk::new();
    let file = desk.path("passphrase");
    let output = desk.command(&file.join("home")).arg("factors").output().unwrap();
    assert_eq!(exit(&output), 1);
    assert!(!words(&output.stderr).is_empty());
}

/// A picture of these codes, beside each other.
fn picture(texts: &[&str]) -> Vec<u8> {
    let codes: Vec<_> = texts
        .iter()
        .map(|text| fast_qr::QRBuilder::new(*text).build().expect("it is short"))
        .collect();
    let side = codes.iter().map(|code| code.size).max().unwrap_or(0) + 8;
    let points = |length: usize| u32::try_from(length * 4).expect("it is small");
    let picture = image::GrayImage::from_fn(points(side * codes.len()), points(side), |x, y| {
        let (x, y) = (x as usize / 4, y as usize / 4);
        let code = &codes[x / side];
        let module = |at: usize| at.checked_sub(4).filter(|at| *at < code.size);
        let dark = module(x % side)
            .zip(module(y))
            .is_some_and(|(x, y)| code[y][x].value());
        image::Luma([if dark { 0 } else { 255 }])
    });
    let mut file = std::io::Cursor::new(Vec::new());
    picture
        .write_to(&mut file, image::ImageFormat::Png)
        .expect("it is written");
    file.into_inner()
}

#[test]
fn a_picture_leads_to_the_same_question_as_its_link() {
    let desk = Desk::new();
    let file = desk.path("code.png");
    fs::write(&file, picture(&[LINK])).expect("the picture is written");
    let file = file.to_str().expect("its name is text");
    let typed = desk.run(&["enrol", LINK, "--yes"]);
    let said = words(&typed.stderr);
    assert!(
        said.starts_with("This enrols this computer at\n\n  127.0.0.1:1\n"),
        "{said}"
    );
    assert_eq!(words(&desk.run(&["enrol", "--qr", file, "--yes"]).stderr), said);
    let piped = desk.run_with_bytes(&["enrol", "--qr", "-", "--yes"], &picture(&[LINK]));
    assert_eq!(words(&piped.stderr), said);
}

#[test]
fn a_picture_without_one_enrolment_is_refused_and_not_repeated() {
    let desk = Desk::new();
    let otpauth = "otpauth://totp/Acme:ada?secret=JBSWY3DPEHPK3PXP";
    let other = LINK.replace("Acme", "Babbage");
    for (picture, sentence) in [
        (picture(&[otpauth]), "one-time codes"),
        (picture(&["https://example.com/x"]), "is not an enrolment"),
        (picture(&[LINK, &other]), "more than one enrolment code"),
        (b"%PDF-1.7".to_vec(), "not a picture in a known format"),
    ] {
        let refused = desk.run_with_bytes(&["enrol", "--qr", "-", "--yes"], &picture);
        let said = words(&refused.stderr);
        assert_eq!(refused.status.code(), Some(2), "{said}");
        assert!(said.contains(sentence), "{said}");
        for secret in ["JBSWY3DPEHPK3PXP", "example.com", "token=abc"] {
            assert!(!said.contains(secret), "{said}");
        }
    }
}
