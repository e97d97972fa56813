//! What was measured, as a table or as JSON.

use std::{fmt::Write as _, io::Write as _};

use anyhow::Result;
use serde::Serialize;

use crate::{
    Options,
    database::{Database, Kind},
    floors::Floors,
    machine,
    measure::Run,
};

/// All figures of one run.
#[derive(Serialize)]
pub(crate) struct Report {
    machine: String,
    load_before: String,
    load_after: String,
    waiters: usize,
    challenges: u32,
    databases: Vec<Section>,
    #[serde(skip)]
    kind: Kind,
    #[serde(skip)]
    rows: Vec<Row>,
}

#[derive(Serialize)]
struct Section {
    database: &'static str,
    floors: Vec<Row>,
    rows: Vec<Row>,
}

/// One figure, or several of the same thing. Times are in milliseconds.
#[derive(Serialize)]
pub(crate) struct Row {
    what: String,
    p50: Option<f64>,
    p99: Option<f64>,
    per_second: Option<f64>,
    value: Option<f64>,
    unit: &'static str,
    /// What it costs at least here.
    floor: Option<f64>,
    aims: Aims,
    missed: Vec<String>,
    /// How many cores others used meanwhile.
    strangers: Option<f64>,
}

/// What is aimed at.
#[derive(Serialize, Default, Clone, Copy)]
pub(crate) struct Aims {
    p50: Option<f64>,
    p99: Option<f64>,
    per_second: Option<f64>,
    at_most: Option<f64>,
}

impl Aims {
    pub(crate) fn p50(p50: f64) -> Self {
        Self {
            p50: Some(p50),
            ..Self::default()
        }
    }

    pub(crate) fn times(p50: f64, p99: f64) -> Self {
        Self {
            p99: Some(p99),
            ..Self::p50(p50)
        }
    }

    pub(crate) fn rate(per_second: f64) -> Self {
        Self::default().per_second(per_second)
    }

    pub(crate) fn per_second(self, per_second: f64) -> Self {
        Self {
            per_second: Some(per_second),
            ..self
        }
    }

    pub(crate) fn at_most(value: f64) -> Self {
        Self {
            at_most: Some(value),
            ..Self::default()
        }
    }

    /// Twice the times, which PostgreSQL may take.
    fn doubled(self, unit: &str) -> Self {
        let times = if unit == "ms" { 2.0 } else { 1.0 };
        Self {
            p50: self.p50.map(|time| time * 2.0),
            p99: self.p99.map(|time| time * 2.0),
            per_second: self.per_second.map(|rate| rate / 2.0),
            at_most: self.at_most.map(|value| value * times),
        }
    }

    fn words(&self, unit: &str) -> String {
        let mut words = Vec::new();
        match (self.p50, self.p99) {
            (Some(p50), Some(p99)) => words.push(format!("≤ {} / {} ms", figure(p50), figure(p99))),
            (Some(p50), None) => words.push(format!("≤ {} ms", figure(p50))),
            _ => {}
        }
        words.extend(self.per_second.map(|rate| format!("≥ {}/s", figure(rate))));
        words.extend(self.at_most.map(|value| format!("≤ {} {unit}", figure(value))));
        words.join(", ")
    }
}

impl Row {
    /// Times, and how many there were in a second.
    pub(crate) fn run(what: &str, run: &Run) -> Self {
        Self {
            per_second: Some(run.per_second()),
            ..Self::latency(what, run)
        }
    }

    /// Times of something between which other things were done.
    pub(crate) fn latency(what: &str, run: &Run) -> Self {
        Self {
            p50: Some(run.p50()),
            p99: Some(run.p99()),
            strangers: Some(run.strangers),
            ..Self::value(what, 0.0, "ms")
        }
        .without_value()
    }

    /// Something that is no time of many.
    pub(crate) fn value(what: &str, value: f64, unit: &'static str) -> Self {
        Self {
            what: what.to_owned(),
            p50: None,
            p99: None,
            per_second: None,
            value: Some(value),
            unit,
            floor: None,
            aims: Aims::default(),
            missed: Vec::new(),
            strangers: None,
        }
    }

    fn without_value(self) -> Self {
        Self { value: None, ..self }
    }

    /// With what it costs at least.
    pub(crate) fn over(self, floor: f64) -> Self {
        Self {
            floor: Some(floor),
            ..self
        }
    }

    pub(crate) fn aims(self, aims: Aims) -> Self {
        Self { aims, ..self }
    }

    /// With how many cores others used meanwhile.
    pub(crate) fn among(self, strangers: f64) -> Self {
        Self {
            strangers: Some(strangers),
            ..self
        }
    }

    /// Holds the figures against the aims.
    fn judge(&mut self) {
        let above = |name: &str, figure: Option<f64>, aim: Option<f64>| {
            let ratio = figure? / aim?;
            (ratio > 1.0).then(|| format!("{name}{ratio:.1} ×"))
        };
        let below = |figure: Option<f64>, aim: Option<f64>| {
            let ratio = figure? / aim?;
            (ratio < 1.0).then(|| format!("{ratio:.1} × per s"))
        };
        self.missed = [
            above("p50 ", self.p50, self.aims.p50),
            above("p99 ", self.p99, self.aims.p99),
            above("", self.value, self.aims.at_most),
            below(self.per_second, self.aims.per_second),
        ]
        .into_iter()
        .flatten()
        .collect();
    }

    fn line(&self) -> String {
        let optional = |figure_of: Option<f64>| figure_of.map(figure).unwrap_or_default();
        let first = match self.value {
            Some(value) => format!("{} {}", figure(value), self.unit),
            None => optional(self.p50),
        };
        let ratio = self
            .floor
            .zip(self.p50)
            .map(|(floor, p50)| format!("{:.1} ×", p50 / floor));
        let aim = self.aims.words(self.unit);
        let verdict = match (aim.is_empty(), self.missed.is_empty()) {
            (true, _) => String::new(),
            (false, true) => "met".to_owned(),
            (false, false) => format!("**missed: {}**", self.missed.join(", ")),
        };
        format!(
            "| {} | {first} | {} | {} | {} | {aim} | {verdict} | {} |",
            self.what,
            optional(self.p99),
            optional(self.per_second),
            ratio.unwrap_or_default(),
            self.strangers
                .map(|cores| format!("{cores:.1}"))
                .unwrap_or_default(),
        )
    }
}

impl Report {
    pub(crate) fn new(options: &Options) -> Result<Self> {
        Ok(Self {
            machine: machine::description()?,
            load_before: machine::load()?,
            load_after: String::new(),
            waiters: options.waiters,
            challenges: options.challenges,
            databases: Vec::new(),
            kind: Kind::Sqlite,
            rows: Vec::new(),
        })
    }

    /// Takes figures of this database from now on.
    pub(crate) fn begin(&mut self, kind: Kind) {
        self.kind = kind;
    }

    /// Takes a figure, and says it to whoever is watching.
    pub(crate) fn add(&mut self, mut row: Row) {
        if self.kind == Kind::Postgres {
            row.aims = row.aims.doubled(row.unit);
        }
        row.judge();
        eprintln!("{} {}", self.kind.name(), row.line());
        self.rows.push(row);
    }

    /// Ends the figures of a database with what they stand on.
    pub(crate) fn end(&mut self, database: &Database, floors: &Floors) {
        let floors = floors.runs.iter().map(|(name, run)| Row::run(name, run));
        self.databases.push(Section {
            database: database.kind.name(),
            floors: floors.collect(),
            rows: std::mem::take(&mut self.rows),
        });
    }

    /// Prints everything on standard output.
    pub(crate) fn print(mut self, json: bool) -> Result<()> {
        self.load_after = machine::load()?;
        let text = if json {
            format!("{}\n", serde_json::to_string_pretty(&self)?)
        } else {
            self.tables()
        };
        std::io::stdout().write_all(text.as_bytes())?;
        Ok(())
    }

    fn tables(&self) -> String {
        let mut text = format!(
            "{}; load {} before, {} after. Times in milliseconds; \"others\" are cores used by strangers.\n",
            self.machine, self.load_before, self.load_after
        );
        for section in &self.databases {
            let _ = writeln!(text, "\n### {}\n", section.database);
            text.push_str("| what | p50 | p99 | per s | × floor | aim | | others |\n");
            text.push_str("| --- | ---: | ---: | ---: | ---: | --- | --- | ---: |\n");
            for row in section.rows.iter().chain(&section.floors) {
                let _ = writeln!(text, "{}", row.line());
            }
        }
        text
    }
}

/// Three digits that count.
fn figure(value: f64) -> String {
    match value.abs() {
        10_000.0.. => {
            let thousands = (value / 1_000.0).trunc();
            let rest = value - thousands * 1_000.0;
            format!("{thousands:.0} {:03.0}", rest.min(999.0))
        }
        100.0.. => format!("{value:.0}"),
        10.0.. => trimmed(&format!("{value:.1}")),
        1.0.. => trimmed(&format!("{value:.2}")),
        _ => trimmed(&format!("{value:.3}")),
    }
}

fn trimmed(text: &str) -> String {
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
