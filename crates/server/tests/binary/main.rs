//! The program itself: its commands, its one line, its signals, and what it leaves in its log.
#![cfg(unix)]
#![expect(
    clippy::unwrap_used,
    reason = "a test fails by panicking, in its helping functions too"
)]

mod backup;
mod canaries;
mod commands;
mod device;
mod docs;
mod init;
mod keys;
mod kills;
mod mistakes;
mod observation;
mod process;
mod settings;
mod tls;

use std::{
    io::{Read as _, Write as _},
    net::TcpListener,
    process::Command,
};

use countersign_protocol::{basic_auth::BasicAuth, form::Form, keys::PublicKey};
use process::{Process, make, program, serve};
use serde_json::Value;

#[test]
fn an_account_is_made_and_used_and_every_signal_ends_the_server_cleanly() {
    let folder = tempfile::tempdir().unwrap();
    make(folder.path());
    let made = program(folder.path(), &["account", "create", "--json"])
        .output()
        .unwrap();
    assert!(made.status.success());
    let made: Value = serde_json::from_slice(&made.stdout).unwrap();
    let text = |name: &str| made[name].as_str().unwrap().to_owned();
    let credentials = BasicAuth {
        user: text("account_sid"),
        password: text("auth_token"),
    };
    for signal in ["-TERM", "-INT"] {
        let server = Process::start(serve(folder.path()));
        assert_eq!(server.send("GET", "/v2/Services", &credentials, "").0, 200);
        let ended = server.end(signal);
        assert!(ended.status.success(), "{}", ended.log);
    }
}

#[test]
fn what_was_acknowledged_survives_a_kill() {
    let folder = tempfile::tempdir().unwrap();
    let credentials = BasicAuth {
        user: format!("AC{}", "b".repeat(32)),
        password: "from-the-environment".to_owned(),
    };
    let start = || {
        let mut command = serve(folder.path());
        command.env("COUNTERSIGN_BOOTSTRAP_ACCOUNT_SID", &credentials.user);
        command.env("COUNTERSIGN_BOOTSTRAP_AUTH_TOKEN", &credentials.password);
        Process::start(command)
    };
    for round in 1..=5 {
        let server = start();
        let body = format!("FriendlyName=Round{round}");
        assert_eq!(server.send("POST", "/v2/Services", &credentials, &body).0, 201);
        server.end("-KILL");
        let server = start();
        let (_, list) = server.send("GET", "/v2/Services", &credentials, "");
        assert_eq!(list["services"].as_array().unwrap().len(), round);
        server.end("-KILL");
    }
}

#[test]
fn a_webhook_on_this_computer_is_told_if_the_environment_allows_it_and_the_log_says_nothing_secret() {
    let folder = tempfile::tempdir().unwrap();
    let credentials = BasicAuth {
        user: format!("AC{}", "d".repeat(32)),
        password: "canary-auth-token".to_owned(),
    };
    let receiver = TcpListener::bind("127.0.0.1:0").unwrap();
    let mut command = serve(folder.path());
    command.env("COUNTERSIGN_BOOTSTRAP_ACCOUNT_SID", &credentials.user);
    command.env("COUNTERSIGN_BOOTSTRAP_AUTH_TOKEN", &credentials.password);
    command.env("COUNTERSIGN_ALLOW_PRIVATE_WEBHOOKS", "1");
    command.env("COUNTERSIGN_LOG", "trace");
    let server = Process::start(command);
    let post = |path: &str, pairs: &[(&str, &str)]| {
        let pairs = pairs
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let (status, made) = server.send("POST", path, &credentials, &pairs.collect::<Form>().encode());
        assert_eq!(status, 201, "{made}");
        made
    };
    let service = post("/v2/Services", &[("FriendlyName", "Acme")]);
    let service = format!("/v2/Services/{}", service["sid"].as_str().unwrap());
    let url = format!("http://{}/hook?key=canary-in-url", receiver.local_addr().unwrap());
    let hook = [
        ("FriendlyName", "Hook"),
        ("EventTypes", "*"),
        ("WebhookUrl", &*url),
    ];
    post(&format!("{service}/Webhooks"), &hook);
    let key = p256::ecdsa::SigningKey::from_slice(&[1; 32]).unwrap();
    let key = PublicKey::from_sec1_bytes(&key.verifying_key().to_sec1_bytes()).unwrap();
    let factor = [
        ("FriendlyName", "Laptop"),
        ("FactorType", "push"),
        ("Binding.Alg", "ES256"),
        ("Binding.PublicKey", &*key.to_binding()),
    ];
    post(&format!("{service}/Entities/user-0001/Factors"), &factor);

    let (mut call, _) = receiver.accept().unwrap();
    let mut told = String::new();
    while !told.contains("factor_type=push") {
        let mut some = [0; 4096];
        let length = call.read(&mut some).unwrap();
        assert!(length > 0, "{told}");
        told.push_str(std::str::from_utf8(&some[..length]).unwrap());
    }
    assert!(
        told.starts_with("POST /hook?key=canary-in-url HTTP/1.1\r\n"),
        "{told}"
    );
    assert!(told.contains("type=factor.created"), "{told}");
    call.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        .unwrap();
    let ended = server.end("-TERM");
    assert!(ended.status.success());
    let log = ended.log;
    assert!(log.contains("delivered") && !log.contains("canary"), "{log}");
}

#[test]
fn the_fullest_log_holds_no_secret() {
    let folder = tempfile::tempdir().unwrap();
    let credentials = BasicAuth {
        user: format!("AC{}", "c".repeat(32)),
        password: "canary-auth-token".to_owned(),
    };
    let mut command = serve(folder.path());
    command.env("COUNTERSIGN_BOOTSTRAP_ACCOUNT_SID", &credentials.user);
    command.env("COUNTERSIGN_BOOTSTRAP_AUTH_TOKEN", &credentials.password);
    command.env("COUNTERSIGN_LOG", "trace");
    command.args(["--log-format", "json"]);
    let server = Process::start(command);
    let (_, service) = server.send("POST", "/v2/Services", &credentials, "FriendlyName=Acme");
    let path = format!("/v2/Services/{}/AccessTokens", service["sid"].as_str().unwrap());
    let (_, token) = server.send("POST", &path, &credentials, "Identity=user-0001&FactorType=push");
    let token = token["token"].as_str().unwrap().to_owned();
    let factors = format!(
        "/v2/Services/{}/Entities/user-0001/Factors",
        service["sid"].as_str().unwrap()
    );
    let device = BasicAuth::device(&token);
    let (status, _) = server.send(
        "POST",
        &factors,
        &device,
        "FriendlyName=canary-name&FactorType=push",
    );
    assert_eq!(status, 400);
    let key = std::fs::read_to_string(folder.path().join("server.db.key")).unwrap();
    let log = server.end("-TERM").log;
    assert!(log.contains("answered"), "{log}");
    let authorization = |auth: &BasicAuth| auth.to_header().split_at(6).1.to_owned();
    for secret in [
        credentials.password.clone(),
        authorization(&credentials),
        token.split('.').nth(3).unwrap().to_owned(),
        authorization(&device),
        key.trim().to_owned(),
        "canary-name".to_owned(),
    ] {
        assert!(!log.contains(&secret), "the log holds {secret}");
    }
}

#[test]
fn mistakes_are_said_in_words_and_end_with_a_failure() {
    let folder = tempfile::tempdir().unwrap();
    let fail = |command: &mut Command| {
        let output = command.output().unwrap();
        assert!(!output.status.success());
        assert!(output.stdout.is_empty());
        String::from_utf8(output.stderr).unwrap()
    };
    let only_one = fail(serve(folder.path()).env("COUNTERSIGN_BOOTSTRAP_ACCOUNT_SID", "AC1"));
    assert!(only_one.contains("belong together"), "{only_one}");
    let sid = fail(
        serve(folder.path())
            .env("COUNTERSIGN_BOOTSTRAP_ACCOUNT_SID", "AC1")
            .env("COUNTERSIGN_BOOTSTRAP_AUTH_TOKEN", "canary"),
    );
    assert!(
        sid.contains("AC and 32 hexadecimal digits") && !sid.contains("canary"),
        "{sid}"
    );
    for token in ["canary-is-short", "canary with spaces", "canary-of-letters-ä"] {
        let mut command = serve(folder.path());
        command.env(
            "COUNTERSIGN_BOOTSTRAP_ACCOUNT_SID",
            format!("AC{}", "b".repeat(32)),
        );
        let weak = fail(command.env("COUNTERSIGN_BOOTSTRAP_AUTH_TOKEN", token));
        assert!(
            weak.contains("16 or more visible") && !weak.contains("canary"),
            "{weak}"
        );
    }
    let not_text = std::os::unix::ffi::OsStrExt::from_bytes(b"canary\xff");
    let not_text: &std::ffi::OsStr = not_text;
    let bytes = fail(serve(folder.path()).env("COUNTERSIGN_BOOTSTRAP_AUTH_TOKEN", not_text));
    assert!(bytes.contains("AUTH_TOKEN is not UTF-8"), "{bytes}");
    for wrong in [
        "ftp://example.com",
        "https://:secret@example.com",
        "https://me@example.com",
    ] {
        let url = fail(serve(folder.path()).args(["--public-url", wrong]));
        assert!(url.contains("http or https"), "{url}");
    }
    let network = fail(serve(folder.path()).args(["--trusted-proxy", "10.0.0.0/33"]));
    assert!(network.contains("an address or a network"), "{network}");
    let none = fail(serve(folder.path()).args(["--max-connections", "0"]));
    assert!(none.contains("--max-connections"), "{none}");
    let nowhere = fail(&mut program(
        &folder.path().join("missing"),
        &["serve", "--listen", "127.0.0.1:0"],
    ));
    assert!(nowhere.contains("missing/server.db cannot be made"), "{nowhere}");
    std::fs::write(
        folder.path().join("server.db"),
        "this is not a database, but long enough to be read as one",
    )
    .unwrap();
    let damaged = fail(&mut serve(folder.path()));
    assert!(damaged.contains("not a database"), "{damaged}");
}
