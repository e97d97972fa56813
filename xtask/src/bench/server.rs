//! `cargo xtask bench server`: what the server costs, as it is shipped, over both databases.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::setup::{Need, prepare};
use crate::step::{cargo, run, say, words};

/// How it is measured.
#[derive(Args)]
pub(crate) struct Options {
    /// Print one JSON object on standard output
    #[arg(long)]
    json: bool,
    /// Over which database, sqlite or postgres; both when none is named
    #[arg(long, value_name = "NAME")]
    database: Vec<String>,
    /// How often each thing is done one after another
    #[arg(long, value_name = "NUMBER", default_value_t = 2_000)]
    rounds: u32,
    /// How many devices wait for news at once; 10000 for the aims in docs/performance.md
    #[arg(long, value_name = "NUMBER", default_value_t = 2_000)]
    waiters: u32,
    /// How many challenges the longest list has; 1000000 for the aims in docs/performance.md
    #[arg(long, value_name = "NUMBER", default_value_t = 100_000)]
    challenges: u32,
}

/// Builds the server as it is shipped, and lets the load client measure it. The two are built apart, so that no
/// feature for tests gets into the server.
pub(crate) fn measure(options: &Options) -> Result<()> {
    prepare(&[Need::Compiler, Need::Database])?;
    run(cargo().args([
        "build",
        "--release",
        "--locked",
        "--package",
        "countersign-server",
    ]))?;
    let server = target()?.join("release").join("countersign-server");
    let mut client = cargo();
    client.args([
        "bench",
        "--locked",
        "--package",
        "countersign-tests",
        "--bench",
        "server",
        "--",
    ]);
    client.arg("--server").arg(server);
    client.args(["--rounds", &options.rounds.to_string()]);
    client.args(["--waiters", &options.waiters.to_string()]);
    client.args(["--challenges", &options.challenges.to_string()]);
    client.args(options.database.iter().flat_map(|name| ["--database", name]));
    if options.json {
        client.arg("--json");
    }
    let words = words(&client);
    say(&format!("> {words}"));
    // Its standard output is the result.
    if !client
        .status()
        .with_context(|| format!("cannot start `{words}`"))?
        .success()
    {
        bail!("`{words}` failed");
    }
    Ok(())
}

/// Where cargo puts what it builds.
fn target() -> Result<PathBuf> {
    let metadata = super::metadata()?;
    let folder = metadata["target_directory"].as_str();
    Ok(folder.context("cargo metadata names no folder")?.into())
}
