//! What docs/self-hosting.md tells people to type.

use std::{collections::BTreeSet, fs, os::unix::fs::PermissionsExt as _};

use crate::process::{Process, bare, program};

const PAGE: &str = include_str!("../../../../docs/self-hosting.md");
const CONTAINERFILE: &str = include_str!("../../../../Containerfile");

/// The lines of all blocks of code.
fn code() -> impl Iterator<Item = &'static str> {
    PAGE.split("```").skip(1).step_by(2).flat_map(str::lines)
}

#[test]
fn every_command_is_one() {
    let mut commands = 0;
    for line in code() {
        let Some((_, arguments)) = line.rsplit_once("countersign-server ") else {
            continue;
        };
        let words: Vec<_> = arguments.split_whitespace().collect();
        if !["init", "serve", "account", "service", "webhook", "backup"].contains(&words[0]) {
            continue;
        }
        commands += 1;
        // Every argument before it is looked at before help is given.
        let output = bare(&words).arg("--help").output().unwrap();
        assert!(
            output.status.success(),
            "{line}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
    assert!(commands >= 9, "{commands}");
}

#[test]
fn every_variable_and_option_is_one() {
    let help = bare(&["serve", "--help"]).output().unwrap();
    let help = String::from_utf8(help.stdout).unwrap();
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    let words: BTreeSet<_> = [PAGE, CONTAINERFILE]
        .into_iter()
        .flat_map(|text| text.split(|c| !is_name(c)))
        .collect();
    let variables: Vec<_> = words
        .iter()
        .filter(|word| word.starts_with("COUNTERSIGN_"))
        .collect();
    assert!(variables.len() >= 5, "{variables:?}");
    for variable in variables {
        assert!(help.contains(*variable), "{variable} is not in\n{help}");
    }
    for option in [
        "--trusted-proxy",
        "--forwarded-header",
        "--metrics-listen",
        "--log-format",
        "--public-url",
    ] {
        assert!(PAGE.contains(option) && help.contains(option), "{option}");
    }
}

#[test]
fn the_settings_for_tls_are_settings() {
    let folder = tempfile::tempdir().unwrap();
    let settings = PAGE
        .split("```toml\n")
        .nth(1)
        .unwrap()
        .split("```")
        .next()
        .unwrap();
    let config = folder.path().join("server.toml");
    fs::write(&config, settings).unwrap();
    // Settings that are none would end this with 2.
    let output = bare(&["backup", "--to", "x", "--database", "sqlite::memory:", "--config"])
        .arg(&config)
        .output()
        .unwrap();
    assert_eq!(
        output.status.code(),
        Some(1),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

#[test]
fn a_server_key_from_systemd_is_taken_though_its_mode_looks_open() {
    let folder = tempfile::tempdir().unwrap();
    let key = folder.path().join("server.key");
    fs::write(&key, "5".repeat(64)).unwrap();
    fs::set_permissions(&key, fs::Permissions::from_mode(0o440)).unwrap();
    let serve = || {
        let mut command = program(folder.path(), &["serve", "--listen", "127.0.0.1:0"]);
        command.env("COUNTERSIGN_SERVER_KEY_FILE", &key);
        command
    };
    let refused = serve().output().unwrap();
    let words = String::from_utf8(refused.stderr).unwrap();
    assert!(words.contains("can be read by others"), "{words}");
    let mut trusted = serve();
    trusted.env("CREDENTIALS_DIRECTORY", folder.path());
    assert!(Process::start(trusted).end("-TERM").status.success());
}
