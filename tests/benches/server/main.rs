//! What the server costs: the real program as a process of its own, over SQLite and PostgreSQL, asked by clients that
//! speak HTTP over kept connections and do little else.
//!
//! `cargo xtask bench server` builds the program and runs this. Beside each figure stand what the same work costs at
//! least on this machine, measured in the same run, and how many cores strangers were using meanwhile. Nothing is
//! asserted about time: a figure that misses its aim says so, and by how much.

mod database;
mod floors;
mod key;
mod machine;
mod measure;
mod people;
mod report;
mod restarts;
mod throughput;
mod under_test;
mod waiters;
mod wire;

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::{Parser, ValueEnum};
use countersign_tests::world::use_ring;

use crate::{
    database::{Database, Kind},
    floors::Floors,
    report::Report,
};

#[derive(Parser)]
struct Options {
    /// The server to measure
    #[arg(long)]
    server: Option<PathBuf>,
    /// Print one JSON object instead of a table
    #[arg(long)]
    json: bool,
    /// Over which database; both when none is named
    #[arg(long, value_enum)]
    database: Vec<Kind>,
    /// How often each thing is done one after another
    #[arg(long, default_value_t = 2_000)]
    rounds: usize,
    /// How many devices wait for news at once
    #[arg(long, default_value_t = 10_000)]
    waiters: usize,
    /// How many challenges the person with the long list has
    #[arg(long, default_value_t = 1_000_000)]
    challenges: u32,
    /// Be the bare server that the others are compared with
    #[arg(long, hide = true)]
    bare: bool,
    /// What cargo says to every benchmark
    #[arg(long, hide = true)]
    bench: bool,
}

#[tokio::main]
async fn main() -> Result<()> {
    let options = Options::parse();
    if options.bare {
        return wire::serve_bare().await;
    }
    let Some(server) = &options.server else {
        eprintln!(
            "nothing is measured: `cargo xtask bench server` builds the server and names it with --server"
        );
        return Ok(());
    };
    use_ring();
    machine::allow_open_files()?;
    let kinds = if options.database.is_empty() {
        Kind::value_variants()
    } else {
        &options.database
    };
    let mut report = Report::new(&options)?;
    for kind in kinds {
        let database = Database::make(*kind).await?;
        let mut floors = Floors::measure(&database).await?;
        report.begin(*kind);
        measure_all(server, &options, &database, &floors, &mut report)
            .await
            .with_context(|| format!("over {}", kind.name()))?;
        floors.measure_again(&database).await?;
        report.end(&database, &floors);
    }
    report.print(options.json)
}

/// Everything over one database.
async fn measure_all(
    server: &std::path::Path,
    options: &Options,
    database: &Database,
    floors: &Floors,
    report: &mut Report,
) -> Result<()> {
    let under_test = throughput::measure_all(server, options, database, floors, report).await?;
    restarts::measure(server, under_test, database, report).await?;
    waiters::measure(server, options, database, floors, report).await
}
