//! The manifests: every package keeps the workspace's lints, and no product carries what is only for tests.

use super::tree::{File, files};

/// Manifests that do not take over the lints of the workspace.
fn without_lints(manifests: &[File]) -> Vec<&str> {
    let lacks = |file: &&File| section(&file.text, "[lints]").trim() != "workspace = true";
    manifests
        .iter()
        .filter(lacks)
        .map(|file| file.path.as_str())
        .collect()
}

/// Products whose ordinary dependencies have the feature `testing`.
fn with_testing(manifests: &[File]) -> Vec<&str> {
    let carries = |file: &&File| section(&file.text, "[dependencies]").contains("\"testing\"");
    manifests
        .iter()
        .filter(carries)
        .map(|file| file.path.as_str())
        .collect()
}

/// The lines below a heading, up to the next one.
fn section(text: &str, heading: &str) -> String {
    let lines = text.lines().skip_while(|line| line.trim() != heading).skip(1);
    lines
        .take_while(|line| !line.starts_with('['))
        .map(|line| format!("{line}\n"))
        .collect()
}

fn members() -> Vec<File> {
    let manifests = files(&["crates", "src-tauri", "tests", "xtask"], &["Cargo.toml"]);
    assert!(
        manifests.len() >= 9,
        "the manifests are not where this test looks for them"
    );
    manifests
}

#[test]
fn every_package_inherits_the_lints() {
    assert_eq!(without_lints(&members()), Vec::<&str>::new());
}

#[test]
fn no_product_carries_what_is_only_for_tests() {
    let products: Vec<File> = members()
        .into_iter()
        .filter(|file| !file.path.starts_with("tests/"))
        .collect();
    assert_eq!(with_testing(&products), Vec::<&str>::new());
}

#[test]
fn a_package_with_its_own_lints_or_with_testing_is_found() {
    let manifest = |path: &str, text: &str| File {
        path: path.to_owned(),
        text: text.to_owned(),
    };
    let manifests = [
        manifest(
            "good",
            "[lints]\nworkspace = true\n\n[dependencies]\nserde = \"1\"\n[dev-dependencies]\na = { features = [\"testing\"] }\n",
        ),
        manifest("none", "[package]\nname = \"a\"\n"),
        manifest(
            "own",
            "[lints]\nrust.unsafe_code = \"allow\"\n[dependencies]\na = { features = [\"testing\"] }\n",
        ),
    ];
    assert_eq!(without_lints(&manifests), ["none", "own"]);
    assert_eq!(with_testing(&manifests), ["own"]);
}
