//! One round of measuring, and the table of several.

use std::time::{Duration, Instant};

use anyhow::Result;
use countersign_tests::desktop::{Desktop, Keyring, Program, Tray};

use crate::processes::{Memory, memory, switches};

/// How long a program is left alone before it is weighed.
const SETTLE: Duration = Duration::from_secs(4);

/// How long its wake-ups are counted.
const IDLE: Duration = Duration::from_secs(20);

/// Where WebKitGTK's own browser is; it comes with the library.
const BROWSER: &str = "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser";

/// A program in one state.
#[derive(Clone, Copy, Debug)]
struct State {
    /// From the start, or from the click, to the window.
    to_window: Option<Duration>,
    memory: Memory,
    wakes_per_second: f64,
}

/// Everything of one round, in the order of the table.
pub(crate) struct Round(Vec<(&'static str, State)>);

/// Measures everything once.
pub(crate) async fn measure() -> Result<Round> {
    let mut states = Vec::new();
    let desktop = Desktop::start(Keyring::Open).await?;
    let tray = desktop.start_tray().await?;
    {
        let app = desktop.start_app_with(&["--hidden"])?;
        tray.see("Open inbox").await?;
        states.push(("started hidden", state(&app, None).await?));
        states.extend(with_window(&desktop, &tray, &app).await?);
    }
    desktop.wait_for_the_last_instance_to_end().await?;
    let begun = Instant::now();
    let app = desktop.start_app()?;
    desktop.wait_for_window()?;
    states.push((
        "started with its window",
        state(&app, Some(begun.elapsed())).await?,
    ));
    drop(app);
    desktop.wait_for_the_last_instance_to_end().await?;
    let page = "data:text/html,<p>Countersign</p><title>Countersign</title>";
    let begun = Instant::now();
    let browser = desktop.start_program(BROWSER, &[page])?;
    desktop.wait_for_window()?;
    states.push((
        "floor: an empty page",
        state(&browser, Some(begun.elapsed())).await?,
    ));
    Ok(Round(states))
}

/// The window that the tray opens, and what is left when it is closed.
async fn with_window(desktop: &Desktop, tray: &Tray, app: &Program) -> Result<Vec<(&'static str, State)>> {
    let mut states = Vec::new();
    for name in ["window from the tray", "window opened again"] {
        let begun = Instant::now();
        tray.click("Open inbox").await?;
        desktop.wait_for_window()?;
        states.push((name, state(app, Some(begun.elapsed())).await?));
        desktop.close_window().await?;
        desktop.wait_for_webviews(app, 0).await?;
    }
    states.push(("window closed", state(app, None).await?));
    Ok(states)
}

async fn state(program: &Program, to_window: Option<Duration>) -> Result<State> {
    pause(SETTLE).await;
    let memory = memory(program.id())?;
    let before = switches(program.id())?;
    pause(IDLE).await;
    let woken = switches(program.id())?.saturating_sub(before);
    #[expect(clippy::cast_precision_loss, reason = "no program wakes that often")]
    let wakes_per_second = woken as f64 / IDLE.as_secs_f64();
    Ok(State {
        to_window,
        memory,
        wakes_per_second,
    })
}

#[expect(
    clippy::disallowed_methods,
    reason = "what an idle program costs takes time to see"
)]
async fn pause(length: Duration) {
    tokio::time::sleep(length).await;
}

/// The medians, as docs/performance.md has them.
#[expect(clippy::print_stdout, reason = "the table is the result")]
pub(crate) fn print(rounds: &[Round], load: &str) {
    println!(
        "Medians of {} rounds; load of the machine at the end {load}.",
        rounds.len()
    );
    println!("| state | first window | PSS | USS | processes | wake-ups/s |");
    println!("| --- | ---: | ---: | ---: | ---: | ---: |");
    let names = rounds
        .first()
        .map(|round| round.0.iter().map(|(name, _)| *name))
        .into_iter()
        .flatten();
    for (row, name) in names.enumerate() {
        let of = |figure: fn(&State) -> f64| {
            let mut figures: Vec<f64> = rounds.iter().map(|round| figure(&round.0[row].1)).collect();
            figures.sort_by(f64::total_cmp);
            figures[figures.len() / 2]
        };
        let window = of(|state| state.to_window.map_or(-1.0, |time| time.as_secs_f64() * 1000.0));
        let window = if window < 0.0 {
            "–".to_owned()
        } else {
            format!("{window:.0} ms")
        };
        #[expect(clippy::cast_precision_loss, reason = "there are a handful")]
        let processes = of(|state| state.memory.processes as f64);
        println!(
            "| {name} | {window} | {:.0} MiB | {:.0} MiB | {processes} | {:.1} |",
            of(|state| state.memory.pss),
            of(|state| state.memory.uss),
            of(|state| state.wakes_per_second),
        );
    }
}
