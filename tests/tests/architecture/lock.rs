//! The lock files: what is never linked on any system, and what is there only once.

use std::collections::BTreeMap;

use cargo_metadata::Metadata;

use super::graph::metadata;
use super::tree::{File, files};

/// Second TLS stacks, C libraries that the system would have to bring, and RSA with its timing leak.
const FORBIDDEN: [&str; 9] = [
    "openssl",
    "openssl-sys",
    "native-tls",
    "aws-lc-rs",
    "aws-lc-sys",
    "rsa",
    "async-std",
    "rusqlite",
    "chrono-tz",
];

/// Two of them would be two key stores, two TLS stacks, two D-Bus connections, or two SQLites in one program.
const ONCE: [&str; 9] = [
    "ring",
    "rustls",
    "reqwest",
    "zbus",
    "sqlx",
    "libsqlite3-sys",
    "p256",
    "jiff",
    "keyring-core",
];

/// The versions of every package for all systems together.
fn versions(metadata: &Metadata) -> BTreeMap<String, Vec<String>> {
    let mut versions: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for package in &metadata.packages {
        versions
            .entry(package.name.to_string())
            .or_default()
            .push(package.version.to_string());
    }
    versions
}

fn forbidden(versions: &BTreeMap<String, Vec<String>>) -> Vec<&str> {
    FORBIDDEN
        .into_iter()
        .filter(|name| versions.contains_key(*name))
        .collect()
}

fn not_once(versions: &BTreeMap<String, Vec<String>>) -> Vec<&str> {
    ONCE.into_iter()
        .filter(|name| versions.get(*name).is_none_or(|versions| versions.len() != 1))
        .collect()
}

/// Lines of npm's lock files that name a host, which would be asked instead of the registry of whoever installs.
fn hosts(locks: &[File]) -> Vec<String> {
    let mut found = Vec::new();
    for File { path, text } in locks {
        let named = text.lines().filter(|line| line.contains("\"resolved\":"));
        found.extend(named.map(|line| format!("{path}: {}", line.trim())));
    }
    found
}

#[test]
fn nothing_forbidden_is_locked_for_any_system() {
    assert_eq!(forbidden(&versions(&metadata())), Vec::<&str>::new());
}

#[test]
fn what_must_be_there_once_is_there_once() {
    assert_eq!(not_once(&versions(&metadata())), Vec::<&str>::new());
}

#[test]
fn the_lock_files_of_npm_name_no_host() {
    let locks = files(&["ui", "tests"], &["package-lock.json"]);
    assert!(!locks.is_empty());
    assert_eq!(hosts(&locks), Vec::<String>::new());
}

#[test]
fn a_forbidden_library_and_a_second_version_are_found() {
    let versions = |names: &[(&str, &[&str])]| {
        let entries = names.iter().map(|(name, versions)| {
            (
                (*name).to_owned(),
                versions.iter().map(|&version| version.to_owned()).collect(),
            )
        });
        entries.collect::<BTreeMap<String, Vec<String>>>()
    };
    let mut good: Vec<(&str, &[&str])> = ONCE.iter().map(|name| (*name, ["1"].as_slice())).collect();
    assert_eq!(not_once(&versions(&good)), Vec::<&str>::new());
    good[0].1 = &["1", "2"];
    good.pop();
    assert_eq!(not_once(&versions(&good)), ["ring", "keyring-core"]);
    assert_eq!(
        forbidden(&versions(&[("rsa", &["0.9.0"]), ("ring", &["1"])])),
        ["rsa"]
    );
}

#[test]
fn a_host_in_a_lock_file_is_found() {
    let lock = |text: &str| File {
        path: "a/package-lock.json".to_owned(),
        text: text.to_owned(),
    };
    let bad = lock("{\n  \"resolved\": \"https://registry.example/a.tgz\",\n}");
    assert_eq!(hosts(&[lock("{}"), bad]).len(), 1);
}
