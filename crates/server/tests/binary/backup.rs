//! A backup made while the server serves, and put back in place.

use std::{
    fs,
    os::unix::fs::PermissionsExt as _,
    path::Path,
    sync::atomic::{AtomicBool, Ordering},
    thread,
};

use countersign_protocol::basic_auth::BasicAuth;
use serde_json::Value;

use crate::{
    device::{Device, form},
    process::{Process, make, program, serve},
};

fn account(folder: &Path) -> BasicAuth {
    make(folder);
    let made = program(folder, &["account", "create", "--json"])
        .output()
        .unwrap();
    let made: Value = serde_json::from_slice(&made.stdout).unwrap();
    BasicAuth {
        user: made["account_sid"].as_str().unwrap().to_owned(),
        password: made["auth_token"].as_str().unwrap().to_owned(),
    }
}

fn names(server: &Process, backend: &BasicAuth) -> Vec<String> {
    let (_, list) = server.send("GET", "/v2/Services?PageSize=1000", backend, "");
    let services = list["services"].as_array().unwrap().iter();
    services
        .map(|service| service["friendly_name"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn what_a_backup_holds_is_there_again_and_nothing_later() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let backend = account(folder);
    let server = Process::start(serve(folder));
    let make = |name: &str| server.send("POST", "/v2/Services", &backend, &form(&[("FriendlyName", name)]));
    let (_, service) = make("before");
    let entity = format!(
        "/v2/Services/{}/Entities/user-0001",
        service["sid"].as_str().unwrap()
    );
    let device = Device::enrol(&server, &backend, &entity);
    assert_eq!(device.ask(&server), 200);

    // Others write all the time meanwhile.
    let stop = AtomicBool::new(false);
    let copy = folder.join("copy.db");
    let backup = thread::scope(|scope| {
        scope.spawn(|| {
            while !stop.load(Ordering::Relaxed) {
                assert_eq!(make("meanwhile").0, 201);
            }
        });
        let output = program(folder, &["backup", "--json", "--to", copy.to_str().unwrap()]).output();
        stop.store(true, Ordering::Relaxed);
        output.unwrap()
    });
    assert!(
        backup.status.success(),
        "{}",
        String::from_utf8_lossy(&backup.stderr)
    );
    let backup: Value = serde_json::from_slice(&backup.stdout).unwrap();
    assert_eq!(backup["bytes"].as_u64(), Some(fs::metadata(&copy).unwrap().len()));
    assert_eq!(
        backup["server_key_file"],
        folder.join("server.db.key").to_str().unwrap()
    );
    assert_eq!(fs::metadata(&copy).unwrap().permissions().mode() & 0o777, 0o600);

    assert_eq!(make("after").0, 201);
    let gone = format!("{entity}/Factors/{}", device.sid());
    assert_eq!(server.send("DELETE", &gone, &backend, "").0, 204);
    assert_eq!(device.ask(&server), 401);
    server.end("-TERM");
    // As docs/self-hosting.md says.
    for ending in ["", "-wal", "-shm"] {
        let _ = fs::remove_file(folder.join(format!("server.db{ending}")));
    }
    fs::copy(&copy, folder.join("server.db")).unwrap();
    let server = Process::start(serve(folder));
    let names = names(&server, &backend);
    assert!(
        names.contains(&"before".to_owned()) && !names.contains(&"after".to_owned()),
        "{names:?}"
    );
    assert_eq!(device.ask(&server), 200);
    assert!(server.end("-TERM").status.success());
}

#[test]
fn a_backup_overwrites_nothing_and_says_where_the_key_is() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    account(folder);
    let to = folder.join("copy.db");
    let back_up = || {
        program(folder, &["backup", "--to", to.to_str().unwrap()])
            .output()
            .unwrap()
    };
    let made = String::from_utf8(back_up().stdout).unwrap();
    assert!(made.contains("without the key it is of no use"), "{made}");
    assert!(made.contains("server.db.key"), "{made}");
    let before = fs::read(&to).unwrap();
    let again = back_up();
    let words = String::from_utf8(again.stderr).unwrap();
    assert_eq!(again.status.code(), Some(1));
    assert!(words.contains("copy.db: File exists"), "{words}");
    assert_eq!(fs::read(&to).unwrap(), before);
}
