//! Accounts, services and webhooks from the terminal.

use std::path::Path;

use countersign_protocol::basic_auth::BasicAuth;
use serde_json::Value;

use crate::process::{Process, make, program, serve};

/// Runs a command: how it ended, what it printed, what it complained of.
fn run(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let output = program(folder, arguments).output().unwrap();
    (
        output.status.code().unwrap(),
        String::from_utf8(output.stdout).unwrap(),
        String::from_utf8(output.stderr).unwrap(),
    )
}

/// Runs a command that succeeds without a word beside what it prints, which is one JSON object.
fn json(folder: &Path, arguments: &[&str]) -> Value {
    let (code, out, complaints) = run(folder, &[arguments, &["--json"]].concat());
    assert_eq!((code, &*complaints), (0, ""), "{arguments:?}");
    serde_json::from_str(&out).unwrap()
}

fn sid(resource: &Value) -> String {
    resource["sid"].as_str().unwrap().to_owned()
}

/// One row below its heading, in columns.
fn assert_is_table(table: &str, heading: &[&str], row: &[&str]) {
    let lines: Vec<_> = table.lines().collect();
    assert_eq!(lines.len(), 2, "{table}");
    for (name, cell) in heading.iter().zip(row) {
        assert!(lines[0].contains(name), "{table}");
        assert_eq!(lines[0].find(name), lines[1].find(cell), "{table}");
    }
}

#[test]
fn services_and_webhooks_are_made_listed_and_changed() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    make(folder);
    assert_eq!(run(folder, &["account", "list"]).1, "There are no accounts.\n");
    let account = json(folder, &["account", "create"])["account_sid"].clone();
    let service = sid(&json(folder, &["service", "create", "Acme"]));
    assert_eq!(
        json(folder, &["account", "list"])["accounts"][0]["account_sid"],
        account
    );
    assert_eq!(json(folder, &["account", "list"])["accounts"][0]["services"], 1);
    assert_eq!(json(folder, &["service", "list"])["services"][0]["sid"], *service);
    assert_eq!(
        json(folder, &["service", "show", &service])["account_sid"],
        account
    );
    let (_, list, _) = run(folder, &["service", "list"]);
    assert!(
        list.starts_with("SID ") && list.contains(&service) && list.ends_with("Acme\n"),
        "{list}"
    );

    let of = ["--service", &*service];
    let url = "https://example.com/hook";
    let create = [
        "webhook",
        "create",
        "--friendly-name",
        "Hook",
        "--event",
        "challenge.approved",
    ];
    let create = [&create[..], &["--event", "challenge.denied", url], &of].concat();
    let hook = json(folder, &create);
    assert_eq!(
        hook["event_types"],
        serde_json::json!(["challenge.approved", "challenge.denied"])
    );
    let hook = sid(&hook);
    let one = |verb| [&["webhook", verb, &*hook][..], &of].concat();
    for (verb, status) in [("disable", "disabled"), ("enable", "enabled")] {
        assert_eq!(json(folder, &one(verb))["status"], status);
        assert_eq!(json(folder, &one("show"))["status"], status);
    }
    let list = [&["webhook", "list"][..], &of].concat();
    let (_, words, _) = run(folder, &list);
    assert_is_table(
        &words,
        &["SID", "STATUS", "FRIENDLY NAME", "EVENT TYPES", "WEBHOOK URL"],
        &[
            &hook,
            "enabled",
            "Hook",
            "challenge.approved,challenge.denied",
            url,
        ],
    );
    assert_eq!(json(folder, &one("delete"))["deleted"], *hook);
    assert_eq!(run(folder, &list).1, "There are no webhooks.\n");
    assert_eq!(run(folder, &one("show")).0, 3);
}

#[test]
fn a_list_has_everything_on_however_many_pages() {
    let folder = tempfile::tempdir().unwrap();
    make(folder.path());
    let made = json(folder.path(), &["account", "create"]);
    let credentials = BasicAuth {
        user: made["account_sid"].as_str().unwrap().to_owned(),
        password: made["auth_token"].as_str().unwrap().to_owned(),
    };
    let server = Process::start(serve(folder.path()));
    for number in 0..51 {
        let body = format!("FriendlyName=Service{number}");
        assert_eq!(server.send("POST", "/v2/Services", &credentials, &body).0, 201);
    }
    // Beside the server, which serves on.
    let services = json(folder.path(), &["service", "list"]);
    assert_eq!(services["services"].as_array().unwrap().len(), 51);
    assert!(server.end("-TERM").status.success());
}

#[test]
fn what_is_refused_ends_with_a_code_that_a_script_can_tell_apart() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    make(folder);
    let (code, _, words) = run(folder, &["service", "list"]);
    assert_eq!(code, 1);
    assert!(words.contains("there is no account; make one with"), "{words}");
    let first = json(folder, &["account", "create"])["account_sid"]
        .as_str()
        .unwrap()
        .to_owned();
    json(folder, &["account", "create"]);
    let (code, _, words) = run(folder, &["service", "list"]);
    assert_eq!(code, 1);
    assert!(
        words.contains("there are 2 accounts; name one with --account"),
        "{words}"
    );
    let unknown = format!("AC{}", "0".repeat(32));
    let nothing = format!("VA{}", "0".repeat(32));
    for (arguments, expected, text) in [
        (&["service", "list", "--account", &*first][..], 0, ""),
        (
            &["service", "list", "--account", &*unknown],
            3,
            "There is no account",
        ),
        (&["service", "show", &*nothing, "--account", &*first], 3, "20404"),
        (
            &["service", "create", "", "--account", &*first],
            9,
            "FriendlyName",
        ),
        (
            &["service", "show", "VA1", "--account", &*first],
            2,
            "not the SID",
        ),
        (&["webhook", "list", "--account", &*first], 2, "--service"),
    ] {
        let (code, out, words) = run(folder, arguments);
        assert_eq!(code, expected, "{arguments:?}: {words}");
        assert!(words.contains(text), "{text} is not in {words}");
        assert!(code == 0 || out.is_empty(), "{out}");
    }
}

#[test]
fn an_account_changes_its_auth_token_while_both_are_good() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    make(folder);
    let made = json(folder, &["account", "create"]);
    let account = made["account_sid"].as_str().unwrap();
    let server = Process::start(serve(folder));
    let status = |token: &Value| {
        let credentials = BasicAuth {
            user: account.to_owned(),
            password: token.as_str().unwrap().to_owned(),
        };
        server.send("GET", "/v2/Services", &credentials, "").0
    };
    let rotate = |option: &[&'static str]| [&["account", "rotate", account][..], option].concat();
    let listed = || json(folder, &["account", "list"])["accounts"][0]["auth_tokens"].clone();

    let (code, _, words) = run(folder, &rotate(&["--finish"]));
    assert_eq!(code, 9);
    assert!(
        words.contains("has no secondary auth token; nothing was changed"),
        "{words}"
    );
    assert_eq!(listed(), 1);
    let unwanted = json(folder, &rotate(&[]))["secondary_auth_token"].clone();
    assert_eq!((status(&unwanted), listed()), (200, Value::from(2)));
    let (code, _, words) = run(folder, &rotate(&[]));
    assert_eq!(code, 9);
    assert!(words.contains("has a secondary auth token already"), "{words}");
    assert_eq!(json(folder, &rotate(&["--cancel"]))["rotation"], "cancelled");
    assert_eq!((status(&made["auth_token"]), status(&unwanted)), (200, 401));

    let new = json(folder, &rotate(&[]))["secondary_auth_token"].clone();
    assert_eq!((status(&made["auth_token"]), status(&new)), (200, 200));
    assert_eq!(json(folder, &rotate(&["--finish"]))["rotation"], "finished");
    assert_eq!((status(&made["auth_token"]), status(&new)), (401, 200));
    assert_eq!(listed(), 1);

    assert_eq!(run(folder, &rotate(&["--finish", "--cancel"])).0, 2);
    let unknown = format!("AC{}", "0".repeat(32));
    assert_eq!(run(folder, &["account", "rotate", &unknown]).0, 3);
    assert!(server.end("-TERM").status.success());
}

#[test]
fn an_api_key_is_made_used_listed_and_revoked() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    make(folder);
    let account = json(folder, &["account", "create"])["account_sid"].clone();
    assert_eq!(run(folder, &["api-key", "list"]).1, "There are no API keys.\n");
    let made = json(folder, &["api-key", "create", "Billing"]);
    assert_eq!(made["account_sid"], account);
    let credentials = BasicAuth {
        user: sid(&made),
        password: made["secret"].as_str().unwrap().to_owned(),
    };
    let (code, words, _) = run(folder, &["api-key", "create", "Reports"]);
    assert!(
        code == 0 && words.contains("Secret:") && words.contains("API key SID: SK"),
        "{words}"
    );

    let server = Process::start(serve(folder));
    assert_eq!(server.send("GET", "/v2/Services", &credentials, "").0, 200);
    let list = json(folder, &["api-key", "list"]);
    let (used, unused): (Vec<&Value>, Vec<&Value>) = list["api_keys"]
        .as_array()
        .unwrap()
        .iter()
        .partition(|key| key["sid"] == *credentials.user);
    assert!(used[0]["friendly_name"] == "Billing" && used[0]["last_used"].is_string());
    assert!(unused[0]["friendly_name"] == "Reports" && unused[0]["last_used"].is_null());
    assert!(!list.to_string().contains(&credentials.password));
    let revoke = ["api-key", "revoke", &*credentials.user];
    assert_eq!(json(folder, &revoke)["revoked"], *credentials.user);
    assert_eq!(server.send("GET", "/v2/Services", &credentials, "").0, 401);
    assert!(server.end("-TERM").status.success());
    assert_eq!(run(folder, &revoke).0, 3);
    let list = json(folder, &["api-key", "list"]);
    let dates = list["api_keys"]
        .as_array()
        .unwrap()
        .iter()
        .map(|key| &key["date_revoked"]);
    assert_eq!(dates.filter(|date| date.is_string()).count(), 1);

    let nobody = format!("AC{}", "0".repeat(32));
    assert_eq!(
        run(folder, &["api-key", "create", "Billing", "--account", &nobody]).0,
        3
    );
    for name in ["", &"x".repeat(65)] {
        assert_eq!(run(folder, &["api-key", "create", name]).0, 2);
    }
}
