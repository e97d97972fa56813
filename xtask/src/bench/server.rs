//! `cargo xtask bench server`: what the server costs, as it is shipped, over both databases.

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
    /// Little of everything, in a minute for each database: to see that it works
    #[arg(long)]
    quick: bool,
    /// How often each thing is done one after another [default: 2000]
    #[arg(long, value_name = "NUMBER")]
    rounds: Option<u32>,
    /// How many devices wait for news at once [default: 10000]
    #[arg(long, value_name = "NUMBER")]
    waiters: Option<u32>,
    /// How many challenges the longest list has [default: 1000000]
    #[arg(long, value_name = "NUMBER")]
    challenges: Option<u32>,
}

impl Options {
    /// How many rounds, waiting devices and challenges: what is not said is what the aims in docs/performance.md
    /// are about.
    fn amounts(&self) -> [(&'static str, u32); 3] {
        let [rounds, waiters, challenges] = if self.quick {
            [200, 500, 10_000]
        } else {
            [2_000, 10_000, 1_000_000]
        };
        [
            ("--rounds", self.rounds.unwrap_or(rounds)),
            ("--waiters", self.waiters.unwrap_or(waiters)),
            ("--challenges", self.challenges.unwrap_or(challenges)),
        ]
    }
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
    let server = super::target()?.join("release").join("countersign-server");
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
    for (name, amount) in options.amounts() {
        client.arg(name).arg(amount.to_string());
    }
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
