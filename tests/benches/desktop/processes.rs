//! What the processes of a program weigh together, and how often they wake up.

use std::{collections::HashMap, fs};

use anyhow::{Context, Result};

/// Memory of a program with all that it started.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Memory {
    /// Mebibytes, shared pages counted in parts: what the machine has less of.
    pub(crate) pss: f64,
    /// Mebibytes that nobody shares.
    pub(crate) uss: f64,
    /// How many processes.
    pub(crate) processes: f64,
}

/// The memory of a process and all its descendants.
pub(crate) fn memory(root: u32) -> Result<Memory> {
    let mut sum = Memory::default();
    for process in family(root)? {
        // One that ends meanwhile weighs nothing.
        let Ok(rollup) = fs::read_to_string(format!("/proc/{process}/smaps_rollup")) else {
            continue;
        };
        let kib = |name: &str| {
            let lines = rollup.lines().filter_map(|line| line.strip_prefix(name));
            lines
                .filter_map(|rest| rest.trim().trim_end_matches(" kB").parse::<f64>().ok())
                .sum::<f64>()
        };
        sum.pss += kib("Pss:") / 1024.0;
        sum.uss += (kib("Private_Clean:") + kib("Private_Dirty:")) / 1024.0;
        sum.processes += 1.0;
    }
    Ok(sum)
}

/// How often the threads of a process and its descendants have been put on a processor so far.
pub(crate) fn switches(root: u32) -> Result<u64> {
    let mut sum = 0;
    for process in family(root)? {
        let Ok(threads) = fs::read_dir(format!("/proc/{process}/task")) else {
            continue;
        };
        for thread in threads {
            let status = fs::read_to_string(thread?.path().join("status")).unwrap_or_default();
            let counts = status
                .lines()
                .filter_map(|line| line.split_once("ctxt_switches:"));
            sum += counts
                .filter_map(|(_, count)| count.trim().parse::<u64>().ok())
                .sum::<u64>();
        }
    }
    Ok(sum)
}

fn family(root: u32) -> Result<Vec<u32>> {
    let mut children: HashMap<u32, Vec<u32>> = HashMap::new();
    for entry in fs::read_dir("/proc")? {
        let entry = entry?;
        let Some(process) = entry.file_name().to_str().and_then(|name| name.parse().ok()) else {
            continue;
        };
        let stat = fs::read_to_string(entry.path().join("stat")).unwrap_or_default();
        // The name in brackets may hold anything.
        let parent = stat
            .rsplit_once(") ")
            .and_then(|(_, rest)| rest.split(' ').nth(1)?.parse().ok());
        if let Some(parent) = parent {
            children.entry(parent).or_default().push(process);
        }
    }
    let mut family = vec![root];
    let mut next = 0;
    while let Some(of) = family.get(next).copied() {
        family.extend(children.remove(&of).unwrap_or_default());
        next += 1;
    }
    fs::metadata(format!("/proc/{root}")).context("the program has ended")?;
    Ok(family)
}
