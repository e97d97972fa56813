//! A server from nothing.

use std::{fs, os::unix::fs::PermissionsExt as _, path::Path, process::Command};

use countersign_protocol::basic_auth::BasicAuth;
use serde_json::Value;

use crate::process::{Process, bare};

fn init(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = bare(&["init"]);
    command.args(arguments).current_dir(folder);
    command
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn all_that_a_server_needs_is_made_for_its_owner_only_and_serves() {
    let folder = tempfile::tempdir().unwrap();
    let made = init(folder.path(), &["--json", "--listen", "127.0.0.1:0"])
        .output()
        .unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let made: Value = serde_json::from_slice(&made.stdout).unwrap();
    let text = |name: &str| made[name].as_str().unwrap().to_owned();
    let files = ["countersign-server.toml", "countersign.db", "countersign.db.key"];
    assert_eq!(names(folder.path()), files);
    for name in ["config", "database", "server_key_file"] {
        let mode = fs::metadata(text(name)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
    // From anywhere: what is in the file are full paths.
    let server = Process::start(bare(&["serve", "--config", &text("config")]));
    let credentials = BasicAuth {
        user: text("account_sid"),
        password: text("auth_token"),
    };
    assert_eq!(server.send("GET", "/v2/Services", &credentials, "").0, 200);
    assert!(server.end("-TERM").status.success());
    let config = fs::read_to_string(text("config")).unwrap();
    assert!(!config.contains(&credentials.password), "{config}");
}

#[test]
fn nothing_that_is_there_is_overwritten_and_a_failure_leaves_nothing() {
    for there in ["countersign-server.toml", "countersign.db"] {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(there), "mine").unwrap();
        let refused = init(folder.path(), &[]).output().unwrap();
        let words = String::from_utf8(refused.stderr).unwrap();
        assert_eq!(refused.status.code(), Some(1), "{words}");
        assert!(words.contains(there), "{words}");
        assert_eq!(fs::read_to_string(folder.path().join(there)).unwrap(), "mine");
        assert_eq!(names(folder.path()), [there]);
    }
    let folder = tempfile::tempdir().unwrap();
    let nowhere = init(folder.path(), &["--database", "sqlite://missing/a.db"])
        .output()
        .unwrap();
    assert_eq!(nowhere.status.code(), Some(1));
    assert_eq!(names(folder.path()), Vec::<String>::new());
}

#[test]
fn what_is_given_stands_in_the_file_and_everything_else_is_explained_there() {
    let folder = tempfile::tempdir().unwrap();
    let arguments = [
        "--config",
        "here.toml",
        "--database",
        "sqlite://what? 100%25.db",
        "--trusted-proxy",
        "10.0.0.0/8,::1",
        "--allow-private-webhooks",
    ];
    let made = init(folder.path(), &arguments)
        .env("COUNTERSIGN_PUBLIC_URL", "https://push.example.com/")
        .output()
        .unwrap();
    // A question mark ends the name of the file in a URL.
    assert_eq!(made.status.code(), Some(1));
    let arguments = arguments.map(|argument| argument.replace("what? ", "what "));
    let made = init(folder.path(), &arguments.each_ref().map(String::as_str))
        .env("COUNTERSIGN_PUBLIC_URL", "https://push.example.com/")
        .output()
        .unwrap();
    let words = String::from_utf8(made.stdout).unwrap();
    assert!(
        words.contains("account SID  AC") && words.contains("serve --config"),
        "{words}"
    );
    assert_eq!(
        names(folder.path()),
        ["here.toml", "what 100%.db", "what 100%.db.key"]
    );
    let file = fs::read_to_string(folder.path().join("here.toml")).unwrap();
    for line in [
        "public-url = \"https://push.example.com/\"",
        "trusted-proxy = [\"10.0.0.0/8\", \"::1\"]",
        "allow-private-webhooks = true",
        "# listen = \"127.0.0.1:8080\"",
        "# max-connections = 32768",
        "# log-format = \"text\"",
    ] {
        assert!(
            file.lines().any(|there| there == line),
            "{line} is not in\n{file}"
        );
    }
    let mut serve = bare(&["serve", "--listen", "127.0.0.1:0", "--config", "here.toml"]);
    serve.current_dir(folder.path());
    assert!(Process::start(serve).end("-INT").status.success());
}
