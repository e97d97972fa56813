//! Where settings come from.

use std::{fs, process::Command};

use crate::process::bare;

#[test]
fn the_command_line_has_precedence_over_the_environment_and_that_over_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let url = |name: &str| format!("sqlite://{}/{name}", folder.path().display());
    let config = folder.path().join("settings.toml");
    fs::write(&config, format!("database = \"{}\"\n", url("of-file"))).unwrap();
    let named_by = |change: &dyn Fn(&mut Command)| {
        let mut command = bare(&["account", "list"]);
        command.env("COUNTERSIGN_CONFIG", &config);
        change(&mut command);
        let output = command.output().unwrap();
        let words = String::from_utf8(output.stderr).unwrap();
        assert!(words.contains("there is no database at"), "{words}");
        let names = ["of-file", "of-environment", "of-command-line"];
        let named = names.into_iter().filter(|name| words.contains(name));
        named.collect::<Vec<_>>()
    };
    assert_eq!(named_by(&|_| {}), ["of-file"]);
    let environment = |command: &mut Command| {
        command.env("COUNTERSIGN_DATABASE", url("of-environment"));
    };
    assert_eq!(named_by(&environment), ["of-environment"]);
    let both = |command: &mut Command| {
        environment(command);
        command.args(["--database", &url("of-command-line")]);
    };
    assert_eq!(named_by(&both), ["of-command-line"]);
}

#[test]
fn a_mistake_in_the_file_is_shown_with_its_line_and_nothing_is_served() {
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("settings.toml");
    for (text, expected) in [
        (
            "# fine\n\nlissen = \"127.0.0.1:0\"",
            "line 3: there is no setting lissen",
        ),
        ("listen = \"here\"", "line 1: invalid value 'here' for '--listen"),
        (
            "\nmax-connections = 0",
            "line 2: invalid value '0' for '--max-connections",
        ),
        (
            "\nlisten = [\"127.0.0.1:0\", \"127.0.0.1:0\"]",
            "line 2: the argument '--listen",
        ),
        ("config = \"other.toml\"", "line 1: there is no setting config"),
        ("json = true", "line 1: there is no setting json"),
        ("[serve]\nlisten = 1", "line 1: serve is neither"),
        ("log = \"info\"\nlog = \"warn\"", "line 2: duplicate key"),
        ("database = \"canary", "line 1: "),
    ] {
        fs::write(&config, text).unwrap();
        let output = bare(&["serve", "--config"]).arg(&config).output().unwrap();
        let words = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{words}");
        assert!(words.contains(expected), "{expected} is not in {words}");
        assert!(
            words.contains("settings.toml") && !words.contains("canary"),
            "{words}"
        );
    }
    let missing = bare(&["serve", "--config", "missing.toml"]).output().unwrap();
    let words = String::from_utf8(missing.stderr).unwrap();
    assert!(words.contains("missing.toml: it cannot be read"), "{words}");
}
