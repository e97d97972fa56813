//! One server key follows another, from the terminal.

use std::{fs, os::unix::fs::PermissionsExt as _, path::Path};

use countersign_protocol::basic_auth::BasicAuth;
use serde_json::Value;

use crate::process::{Process, make, program, serve};

fn run(folder: &Path, arguments: &[&str], key: Option<&str>) -> (i32, String, String) {
    let mut command = program(folder, arguments);
    if let Some(key) = key {
        command.env("COUNTERSIGN_SERVER_KEY", key);
    }
    let output = command.output().unwrap();
    (
        output.status.code().unwrap(),
        String::from_utf8(output.stdout).unwrap(),
        String::from_utf8(output.stderr).unwrap(),
    )
}

fn json(folder: &Path, arguments: &[&str]) -> Value {
    let (code, out, words) = run(folder, &[arguments, &["--json"]].concat(), None);
    assert_eq!(code, 0, "{words}");
    serde_json::from_str(&out).unwrap()
}

fn account(folder: &Path) -> BasicAuth {
    make(folder);
    let made = json(folder, &["account", "create"]);
    BasicAuth {
        user: made["account_sid"].as_str().unwrap().to_owned(),
        password: made["auth_token"].as_str().unwrap().to_owned(),
    }
}

#[test]
fn a_server_key_follows_another_under_a_server_that_serves_on() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let account = account(folder);
    let file = folder.join("server.db.key");
    let mut server = Process::start(serve(folder));
    let old = json(folder, &["key", "list"])["keys"][0]["key"]
        .as_str()
        .unwrap()
        .to_owned();
    let copy = fs::read(&file).unwrap();
    let (code, _, words) = run(folder, &["key", "retire", &old], None);
    assert_eq!(code, 9, "{words}");

    let new = json(folder, &["key", "rotate"])["key"]
        .as_str()
        .unwrap()
        .to_owned();
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    server.signal("-HUP");
    server.wait_for("the server key was read again");
    assert_eq!(json(folder, &["key", "reseal"])["resealed"], 1);
    let keys = json(folder, &["key", "list"])["keys"].clone();
    assert_eq!(
        keys,
        serde_json::json!([{"key": new, "seals": true}, {"key": old, "seals": false}])
    );
    assert_eq!(server.send("GET", "/v2/Services", &account, "").0, 200);

    assert_eq!(run(folder, &["key", "retire", "0123456789abcdef"], None).0, 3);
    assert_eq!(json(folder, &["key", "retire", &old])["retired"], *old);
    server.signal("-HUP");
    server.wait_for("the server key was read again");
    assert_eq!(server.send("GET", "/v2/Services", &account, "").0, 200);

    // What a server has read stays, if it is followed by nonsense or by a key of something else.
    for (wrong, words) in [
        (&b"nonsense"[..], "64 hexadecimal digits"),
        (&copy, "sealed with"),
    ] {
        let good = fs::read(&file).unwrap();
        fs::write(&file, wrong).unwrap();
        server.signal("-HUP");
        let line = server.wait_for("the server key stays as it was");
        assert!(line.contains(words), "{line}");
        assert_eq!(server.send("GET", "/v2/Services", &account, "").0, 200);
        let (code, _, complaint) = run(folder, &["account", "list"], None);
        assert_eq!(code, 1);
        assert!(
            complaint.contains(words) && !complaint.contains("nonsense"),
            "{complaint}"
        );
        fs::write(&file, good).unwrap();
    }
    assert!(server.end("-TERM").status.success());
    let server = Process::start(serve(folder));
    assert_eq!(server.send("GET", "/v2/Services", &account, "").0, 200);
}

#[test]
fn the_server_key_can_come_from_the_environment() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let key = "0123456789abcdef".repeat(4);
    let create = ["account", "create"];
    let mut first = serve(folder);
    first.env("COUNTERSIGN_SERVER_KEY", &key);
    assert!(Process::start(first).end("-TERM").status.success());
    for garbage in ["canary", &key[1..], &format!("{key}\ncanary")] {
        let (code, out, words) = run(folder, &create, Some(garbage));
        assert_eq!((code, &*out), (1, ""));
        assert!(
            words.contains("COUNTERSIGN_SERVER_KEY does not hold") && !words.contains("canary"),
            "{words}"
        );
    }
    assert_eq!(run(folder, &create, Some(&key)).0, 0);
    assert!(!folder.join("server.db.key").exists());
    let (code, _, words) = run(folder, &create, None);
    assert_eq!(code, 1, "no key is made where another has sealed: {words}");
    let both = format!("{}\n{key}\n", "ab".repeat(32));
    let (code, out, words) = run(folder, &["key", "reseal", "--json"], Some(&both));
    assert_eq!(code, 0, "{words}");
    assert!(out.contains("\"resealed\":1"), "{out}");
    let (code, _, words) = run(folder, &create, Some(&key));
    assert_eq!(code, 1);
    assert!(words.contains("sealed with"), "{words}");
    let (code, _, words) = run(folder, &["key", "rotate"], Some(&both));
    assert_eq!(code, 1);
    assert!(words.contains("nothing was changed"), "{words}");
    let file = folder.join("some.key").display().to_string();
    let (code, _, words) = run(
        folder,
        &["account", "list", "--server-key-file", &file],
        Some(&both),
    );
    assert_eq!(code, 1);
    assert!(words.contains("set one of them"), "{words}");
}
