//! `cargo xtask bench`: every benchmark of the workspace, or what the server costs.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::setup::{Need, prepare};
use crate::step::{cargo, output, run, say};

pub(crate) mod desktop;
pub(crate) mod server;

/// Runs every benchmark that measures itself, and says how busy this machine was, without which no figure means anything.
pub(crate) fn bench() -> Result<()> {
    prepare(&[Need::Compiler])?;
    let benchmarks = benchmarks(&metadata()?);
    if benchmarks.is_empty() {
        bail!("no package of the workspace has a benchmark yet");
    }
    for (package, name) in benchmarks {
        say(&format!("Load of this machine now: {}", load()));
        run(cargo().args(["bench", "--package", &package, "--bench", &name]))?;
    }
    say(&format!("Load of this machine now: {}", load()));
    Ok(())
}

/// Where cargo puts what it builds.
fn target() -> Result<PathBuf> {
    let metadata = metadata()?;
    let folder = metadata["target_directory"].as_str();
    Ok(folder.context("cargo metadata names no folder")?.into())
}

/// What cargo knows of the workspace.
fn metadata() -> Result<Value> {
    let metadata = output(cargo().args(["metadata", "--no-deps", "--format-version", "1"]))?;
    serde_json::from_str(&metadata).context("cargo metadata printed something not JSON")
}

/// The benchmarks that cargo knows, as package and name, without those that measure a program built before: these
/// have a task of their own.
fn benchmarks(metadata: &Value) -> Vec<(String, String)> {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut found = Vec::new();
    for package in list(&metadata["packages"]) {
        for target in list(&package["targets"]) {
            let measures_a_program = package["name"] == "countersign-tests";
            if list(&target["kind"]).iter().any(|kind| kind == "bench") && !measures_a_program {
                found.push((text(&package["name"]), text(&target["name"])));
            }
        }
    }
    found
}

fn load() -> String {
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    load.split(' ')
        .next()
        .filter(|figure| !figure.is_empty())
        .unwrap_or("not known here")
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_benchmarks_are_taken_from_the_metadata() {
        let metadata = serde_json::json!({ "packages": [
            { "name": "server", "targets": [
                { "name": "server", "kind": ["lib"] },
                { "name": "round_trip", "kind": ["bench"] },
            ] },
            { "name": "countersign-tests", "targets": [{ "name": "server", "kind": ["bench"] }] },
        ] });
        assert_eq!(
            benchmarks(&metadata),
            [("server".to_owned(), "round_trip".to_owned())]
        );
        assert!(benchmarks(&Value::Null).is_empty());
    }
}
