//! `cargo xtask bench`: every benchmark of the workspace.

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::setup::{Need, prepare};
use crate::step::{cargo, output, run, say};

/// Runs every benchmark, and says how busy this machine was, without which no figure means anything.
pub(crate) fn bench() -> Result<()> {
    prepare(&[Need::Compiler])?;
    let metadata = output(cargo().args(["metadata", "--no-deps", "--format-version", "1"]))?;
    let metadata: Value =
        serde_json::from_str(&metadata).context("cargo metadata printed something not JSON")?;
    let benchmarks = benchmarks(&metadata);
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

/// The benchmarks that cargo knows, as package and name.
fn benchmarks(metadata: &Value) -> Vec<(String, String)> {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut found = Vec::new();
    for package in list(&metadata["packages"]) {
        for target in list(&package["targets"]) {
            if list(&target["kind"]).iter().any(|kind| kind == "bench") {
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
        ] });
        assert_eq!(
            benchmarks(&metadata),
            [("server".to_owned(), "round_trip".to_owned())]
        );
        assert!(benchmarks(&Value::Null).is_empty());
    }
}
