//! What the window costs: the real program on a desktop of its own, hidden, open, and closed again, as a whole with all
//! the processes that it starts.
//!
//! `cargo xtask bench desktop` builds the program and runs this. Beside it stands what an empty page costs in the
//! browser that comes with the same WebKitGTK, in the same run; no window made of a web view costs less. Nothing is
//! asserted about time.

#![cfg_attr(
    not(target_os = "linux"),
    expect(dead_code, reason = "only Linux has such desktops")
)]

#[cfg(target_os = "linux")]
mod processes;
#[cfg(target_os = "linux")]
mod rounds;
#[cfg(target_os = "linux")]
mod site;

/// Measures as often as the median needs, and prints a table.
#[cfg(target_os = "linux")]
#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let mut rounds = Vec::new();
    for round in 0..3 {
        rounds.push(rounds::measure(round == 0).await?);
    }
    let load = std::fs::read_to_string("/proc/loadavg")?;
    rounds::print(&rounds, load.split(' ').next().unwrap_or_default());
    Ok(())
}

#[cfg(not(target_os = "linux"))]
fn main() {}
