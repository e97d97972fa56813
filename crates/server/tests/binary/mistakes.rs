//! What a newcomer does wrong, and what is said about it.

use std::{
    fs,
    os::unix::fs::PermissionsExt as _,
    path::Path,
    process::{Command, Output},
};

use crate::process::{bare, make, program};

/// The words with which a command fails.
fn fail(command: &mut Command, code: i32) -> String {
    let output = command.output().unwrap();
    let words = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(code), "{words}");
    assert!(output.stdout.is_empty());
    words
}

fn within(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = bare(arguments);
    command.current_dir(folder);
    command
}

fn is_empty(folder: &Path) -> bool {
    fs::read_dir(folder).unwrap().next().is_none()
}

#[test]
fn only_init_and_serve_make_a_database() {
    let folder = tempfile::tempdir().unwrap();
    for arguments in [
        &["account", "list"][..],
        &["account", "create"],
        &["service", "list"],
        &["api-key", "list"],
        &["key", "list"],
        &["key", "rotate"],
        &["backup", "--to", "copy.db"],
    ] {
        let words = fail(&mut within(folder.path(), arguments), 1);
        let path = folder.path().join("countersign.db").display().to_string();
        assert!(
            words.contains(&format!("there is no database at {path}")) && words.contains("--config"),
            "{words}"
        );
        assert!(is_empty(folder.path()), "{arguments:?} made something");
    }
    fs::write(folder.path().join("countersign.db"), "").unwrap();
    let words = fail(&mut within(folder.path(), &["account", "list"]), 1);
    assert!(
        words.contains("the database is empty, and nothing was made"),
        "{words}"
    );
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    assert_eq!(fs::read(folder.path().join("countersign.db")).unwrap(), b"");
    make(folder.path());
    fs::remove_file(folder.path().join("server.db.key")).unwrap();
    let words = fail(&mut program(folder.path(), &["account", "list"]), 1);
    assert!(words.contains("put the key back"), "{words}");
    let words = fail(
        &mut program(folder.path(), &["serve", "--listen", "127.0.0.1:0"]),
        1,
    );
    assert!(words.contains("put the key back"), "{words}");
    assert!(!folder.path().join("server.db.key").exists());
}

#[test]
fn a_database_that_cannot_be_is_told_in_words() {
    let folder = tempfile::tempdir().unwrap();
    for (url, expected) in [
        ("mysql://x:canary@y/z", "sqlite://FILE or postgres://"),
        ("sqlite://missing/a.db", "missing/a.db cannot be made"),
        // Nothing ever listens on port 0.
        (
            "postgres://me:canary@127.0.0.1:0/none",
            "PostgreSQL cannot be reached",
        ),
    ] {
        let arguments = ["serve", "--listen", "127.0.0.1:0", "--database", url];
        let words = fail(&mut within(folder.path(), &arguments), 1);
        assert!(words.contains(expected) && !words.contains("canary"), "{words}");
        let causes: Vec<_> = words.trim_end().split(": ").collect();
        let last = causes.last().unwrap();
        assert_eq!(words.matches(last).count(), 1, "{words}");
    }
    assert!(is_empty(folder.path()));
}

#[test]
fn values_that_are_none_are_told_with_what_is_expected() {
    for (option, value, expected) in [
        (
            "--listen",
            "8080",
            "ADDRESS:PORT is expected, such as 127.0.0.1:8080",
        ),
        ("--keep-challenges", "abc", "a number of days is expected"),
        ("--keep-challenges", "36501", "a number of days is expected"),
        (
            "--public-url",
            "verify.example.com",
            "such as https://verify.example.com",
        ),
        (
            "--public-url",
            "verify.example.com:80",
            "such as https://verify.example.com",
        ),
    ] {
        let words = fail(&mut bare(&["serve", option, value]), 2);
        assert!(words.contains(expected), "{words}");
    }
}

fn init(folder: &Path, arguments: &[&str]) -> Output {
    within(folder, &["init"]).args(arguments).output().unwrap()
}

#[test]
fn a_public_url_at_which_no_device_enrols_is_warned_of() {
    for (url, expected) in [
        ("http://verify.example.com", "the public URL is http"),
        ("https://verify.example.com/push", "without a path"),
        ("https://verify.example.com", ""),
        ("http://localhost:8080", ""),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let made = init(folder.path(), &["--public-url", url]);
        let words = String::from_utf8(made.stderr).unwrap();
        assert!(made.status.success(), "{words}");
        assert!(words.contains(expected), "{words}");
        assert_eq!(words.is_empty(), expected.is_empty(), "{words}");
    }
}

#[test]
fn a_certificate_is_looked_at_before_anything_is_made_and_found_from_anywhere() {
    let folder = tempfile::tempdir().unwrap();
    let pair = ["--tls-certificate", "chain.pem", "--tls-key", "key.pem"];
    for (arguments, expected) in [(&pair[..2], "belong together"), (&pair[..], "chain.pem")] {
        let refused = init(folder.path(), arguments);
        let words = String::from_utf8(refused.stderr).unwrap();
        assert_eq!(refused.status.code(), Some(1));
        assert!(words.contains(expected), "{words}");
        assert!(is_empty(folder.path()));
    }
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    fs::write(folder.path().join("chain.pem"), made.cert.pem()).unwrap();
    fs::write(folder.path().join("key.pem"), made.signing_key.serialize_pem()).unwrap();
    fs::set_permissions(folder.path().join("key.pem"), fs::Permissions::from_mode(0o600)).unwrap();
    assert!(init(folder.path(), &pair).status.success());
    let file = fs::read_to_string(folder.path().join("countersign-server.toml")).unwrap();
    for (name, path) in [("tls-certificate", "chain.pem"), ("tls-key", "key.pem")] {
        let line = format!("{name} = \"{}\"", folder.path().join(path).display());
        assert!(
            file.lines().any(|there| there == line),
            "{line} is not in\n{file}"
        );
    }
}

#[test]
fn settings_that_lie_there_unread_are_named_and_a_hint_repeats_those_that_were_given() {
    let folder = tempfile::tempdir().unwrap();
    let made = init(folder.path(), &["--json"]);
    let made: serde_json::Value = serde_json::from_slice(&made.stdout).unwrap();
    let account = made["account_sid"].as_str().unwrap();
    fs::write(folder.path().join("file"), "").unwrap();
    // It ends at once, for a folder cannot be below a file.
    let arguments = [
        "serve",
        "--listen",
        "127.0.0.1:0",
        "--database",
        "sqlite://file/a.db",
    ];
    let words = fail(&mut within(folder.path(), &arguments), 1);
    assert!(
        words.contains("countersign-server.toml lies in this folder"),
        "{words}"
    );
    let config = ["--config", "countersign-server.toml"];
    let words = fail(within(folder.path(), &arguments).args(config), 1);
    assert!(!words.contains("lies in this folder"), "{words}");
    let rotated = within(folder.path(), &["account", "rotate", account])
        .args(config)
        .output()
        .unwrap();
    let words = String::from_utf8(rotated.stdout).unwrap();
    let hint = format!("account rotate {account} --finish --config countersign-server.toml");
    assert!(words.contains(&hint), "{words}");
    let listed = within(folder.path(), &["account", "list"])
        .args(config)
        .output()
        .unwrap();
    assert!(listed.stdout.starts_with(b"ACCOUNT SID "));
    let again = init(folder.path(), &[]);
    let words = String::from_utf8(again.stderr).unwrap();
    assert!(words.contains("already, and nothing was changed"), "{words}");
}
