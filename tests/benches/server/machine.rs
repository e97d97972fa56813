//! The machine, and who else is using it. What is read here is there on Linux only.

use std::{collections::HashMap, time::Instant};

use anyhow::{Context, Result};

/// In how many parts the kernel counts a second of a processor.
const TICKS: f64 = 100.0;

/// How busy all processors have been, and how much of that was us: this program and every program that it started.
pub(crate) struct Usage {
    at: Instant,
    all: u64,
    ours: u64,
}

impl Usage {
    pub(crate) fn now() -> Result<Self> {
        let stat = read("/proc/stat")?;
        let line = stat.lines().next().context("/proc/stat is empty")?;
        let ticks: Vec<u64> = line
            .split_whitespace()
            .skip(1)
            .map_while(|text| text.parse().ok())
            .collect();
        // user nice system idle iowait irq softirq steal
        let busy = [0, 1, 2, 5, 6, 7].map(|column| ticks.get(column).copied().unwrap_or(0));
        Ok(Self {
            at: Instant::now(),
            all: busy.iter().sum(),
            ours: of_this_program_and_its_children()?,
        })
    }

    /// How many cores others used between two moments.
    pub(crate) fn strangers_until(&self, later: &Self) -> f64 {
        let all = later.all.saturating_sub(self.all);
        let ours = later.ours.saturating_sub(self.ours);
        seconds(all.saturating_sub(ours)) / (later.at - self.at).as_secs_f64()
    }
}

/// What a program has used of the processors, in seconds.
pub(crate) fn processor_seconds(process: u32) -> Result<f64> {
    let stat = Process::read(process)?;
    Ok(seconds(stat.ticks))
}

/// The memory that a program would give back if it ended, in MiB: of what it shares with others it counts its part.
pub(crate) fn memory(process: u32) -> Result<f64> {
    let rollup = read(&format!("/proc/{process}/smaps_rollup"))?;
    let line = rollup.lines().find_map(|line| line.strip_prefix("Pss:"));
    let kibibytes = line.and_then(|line| line.trim().strip_suffix(" kB"));
    let kibibytes: f64 = kibibytes.context("there is no PSS")?.trim().parse()?;
    Ok(kibibytes / 1024.0)
}

/// The load of the last minute, as every report of this machine shows it.
pub(crate) fn load() -> Result<String> {
    let load = read("/proc/loadavg")?;
    Ok(load.split(' ').next().unwrap_or_default().to_owned())
}

/// What this machine is, in a line.
pub(crate) fn description() -> Result<String> {
    let value = |file: &str, name: &str, separator: char| -> Result<String> {
        let text = read(file)?;
        let line = text.lines().find(|line| line.starts_with(name));
        let (_, value) = line
            .and_then(|line| line.split_once(separator))
            .context("no such line")?;
        Ok(value.trim().trim_matches('"').to_owned())
    };
    let cores = std::thread::available_parallelism()?;
    let model = value("/proc/cpuinfo", "model name", ':')?;
    let memory: f64 = value("/proc/meminfo", "MemTotal", ':')?
        .trim_end_matches(" kB")
        .parse()?;
    let system = value("/etc/os-release", "PRETTY_NAME", '=')?;
    let memory = memory / 1024.0 / 1024.0;
    Ok(format!("{cores} cores of {model}, {memory:.0} GiB, {system}"))
}

/// Lets this program and those that it starts hold as many connections as they are allowed to.
pub(crate) fn allow_open_files() -> Result<()> {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, getrlimit, setrlimit};
        let mut limit = getrlimit(Resource::Nofile);
        limit.current = limit.maximum;
        setrlimit(Resource::Nofile, limit)?;
    }
    Ok(())
}

struct Process {
    parent: u32,
    ticks: u64,
}

impl Process {
    fn read(process: u32) -> Result<Self> {
        Self::parse(&read(&format!("/proc/{process}/stat"))?).context("/proc has another form")
    }

    /// The name of a program may hold anything; behind its parenthesis the columns are numbers.
    fn parse(stat: &str) -> Option<Self> {
        let (_, columns) = stat.rsplit_once(") ")?;
        let columns: Vec<_> = columns.split(' ').collect();
        let ticks = |column: usize| columns.get(column)?.parse::<u64>().ok();
        Some(Self {
            parent: columns.get(1)?.parse().ok()?,
            // utime, stime, and the same of children that have ended
            ticks: ticks(11)? + ticks(12)? + ticks(13)? + ticks(14)?,
        })
    }
}

fn of_this_program_and_its_children() -> Result<u64> {
    let numbers =
        std::fs::read_dir("/proc")?.filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok());
    // One that has ended between two looks is not ours to count any more.
    let all: HashMap<u32, Process> = numbers
        .filter_map(|number| Some((number, Process::read(number).ok()?)))
        .collect();
    let this = std::process::id();
    let is_ours = |mut number: u32| {
        while number != this {
            match all.get(&number) {
                Some(process) if process.parent != 0 => number = process.parent,
                _ => return false,
            }
        }
        true
    };
    let ours = all.iter().filter(|(number, _)| is_ours(**number));
    Ok(ours.map(|(_, process)| process.ticks).sum())
}

#[expect(clippy::cast_precision_loss, reason = "a machine does not run that long")]
fn seconds(ticks: u64) -> f64 {
    ticks as f64 / TICKS
}

fn read(path: &str) -> Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("cannot read {path}"))
}
