//! How many of a set of pictures are read, kind by kind. The pictures are drawn here, the same ones every time, and
//! are no files; `docs/performance.md` has the figures. `cargo test -p countersign-qr --test set -- --nocapture`
//! prints them, and those of zbar beside them with `QR_CROSS_CHECK=zbar` in the environment.

#![expect(
    clippy::cast_possible_truncation,
    clippy::unwrap_used,
    reason = "pictures are small numbers, and one that cannot be drawn is a failure of the test"
)]

mod set {
    pub(crate) mod drawing;
    pub(crate) mod kinds;
    pub(crate) mod zbar;
}

use std::{collections::BTreeMap, fmt::Write, thread};

use countersign_qr::{Code, read};
use set::{
    kinds::{Sample, all},
    zbar,
};

/// Of a hundred pictures, so many are read at least.
const AIM: usize = 98;

#[derive(Default)]
struct Tally {
    pictures: usize,
    read: usize,
    by_zbar: usize,
}

struct Seen {
    kind: &'static str,
    name: String,
    right: bool,
    wrong: bool,
    by_zbar: bool,
}

#[test]
fn at_least_98_of_100_pictures_are_read_and_none_is_read_wrongly() {
    let samples = all();
    assert!(samples.len() >= 300, "there are {} pictures", samples.len());
    let seen = look_at_all(samples);
    let mut tallies: BTreeMap<&str, Tally> = BTreeMap::new();
    for seen in &seen {
        let tally = tallies.entry(seen.kind).or_default();
        tally.pictures += 1;
        tally.read += usize::from(seen.right);
        tally.by_zbar += usize::from(seen.by_zbar);
    }
    println!("{}", table(&tallies));
    let names = |which: fn(&&Seen) -> bool| -> Vec<String> {
        let chosen = seen.iter().filter(which);
        chosen
            .map(|seen| format!("{}: {}", seen.kind, seen.name))
            .collect()
    };
    let (missed, wrong) = (names(|seen| !seen.right), names(|seen| seen.wrong));
    println!("missed: {missed:#?}");
    assert_eq!(wrong, Vec::<String>::new(), "read wrongly");
    assert!(
        (seen.len() - missed.len()) * 100 >= seen.len() * AIM,
        "{} of {} were read",
        seen.len() - missed.len(),
        seen.len()
    );
}

/// The same pictures on every core.
fn look_at_all(samples: Vec<Sample>) -> Vec<Seen> {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let shares: Vec<Vec<Sample>> = (0..cores).map(|_| Vec::new()).collect();
    let shares = samples
        .into_iter()
        .enumerate()
        .fold(shares, |mut shares, (at, sample)| {
            shares[at % cores].push(sample);
            shares
        });
    thread::scope(|scope| {
        let workers: Vec<_> = shares
            .iter()
            .map(|share| scope.spawn(|| share.iter().map(look_at).collect::<Vec<Seen>>()))
            .collect();
        workers
            .into_iter()
            .flat_map(|worker| worker.join().unwrap())
            .collect()
    })
}

fn look_at(sample: &Sample) -> Seen {
    let file = sample.file();
    let mut found = read(&file).unwrap();
    let expected: Vec<Code> = sample.texts.iter().cloned().map(Code::Link).collect();
    found.sort_by_key(text_of);
    let wrong = found.iter().any(|code| !expected.contains(code));
    Seen {
        kind: sample.kind,
        name: sample.name.clone(),
        right: !wrong && expected.iter().all(|code| found.contains(code)),
        wrong,
        by_zbar: zbar::reads(&file, &sample.texts),
    }
}

fn text_of(code: &Code) -> String {
    match code {
        Code::Link(text) => text.clone(),
        Code::OneTimeCode | Code::Other => String::new(),
    }
}

fn table(tallies: &BTreeMap<&str, Tally>) -> String {
    let mut table = "| kind | pictures | read | zbar |\n| --- | ---: | ---: | ---: |\n".to_owned();
    let mut row = |kind: &str, tally: &Tally| {
        let by_zbar = if zbar::is_asked() {
            tally.by_zbar.to_string()
        } else {
            String::new()
        };
        writeln!(
            table,
            "| {kind} | {} | {} | {by_zbar} |",
            tally.pictures, tally.read
        )
        .unwrap();
    };
    let mut sum = Tally::default();
    for (kind, tally) in tallies {
        row(kind, tally);
        sum.pictures += tally.pictures;
        sum.read += tally.read;
        sum.by_zbar += tally.by_zbar;
    }
    row("all", &sum);
    table
}
