//! One round of measuring, and the table of several.

use std::time::{Duration, Instant};

use anyhow::Result;
use countersign_tests::desktop::{Desktop, Keyring, Program, Tray};

use crate::{
    processes::{Memory, memory, switches},
    site::Site,
};

/// How long a program is left alone before it is weighed.
const SETTLE: Duration = Duration::from_secs(3);

/// How long its wake-ups are counted.
const IDLE: Duration = Duration::from_secs(10);

/// How long servers are asked often after somebody looked at the window, and a little more.
const EXPECTANT: Duration = Duration::from_secs(125);

/// Where WebKitGTK's own browser is; it comes with the library.
const BROWSER: &str = "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser";

/// What was found out about a program in one state.
#[derive(Clone, Copy, Debug, Default)]
struct State {
    /// From the start, the click or the question, to what the person then sees.
    time: Option<Duration>,
    memory: Option<Memory>,
    wakes_per_second: Option<f64>,
}

impl State {
    fn in_time(time: Duration) -> Self {
        Self {
            time: Some(time),
            ..Self::default()
        }
    }
}

/// Everything of one round, in the order of the table.
pub(crate) struct Round(Vec<(&'static str, State)>);

/// Measures everything once; with `patience` also what is left when nobody has looked at the window for a while.
///
/// The floor comes first. It is also the first program with a window, which on most desktops finds out what the
/// screen can show, for all that come after it.
pub(crate) async fn measure(patience: bool) -> Result<Round> {
    let mut states = Vec::new();
    let desktop = Desktop::start(Keyring::Open).await?;
    let tray = desktop.start_tray().await?;
    let site = Site::open(&desktop).await?;
    {
        let page = "data:text/html,<p>Countersign</p><title>Countersign</title>";
        let begun = Instant::now();
        let browser = desktop.start_program(BROWSER, &[page])?;
        window(&desktop).await;
        states.push((
            "floor: an empty page",
            state(&browser, Some(begun.elapsed())).await?,
        ));
    }
    {
        let app = desktop.start_app_with(&["--hidden"])?;
        tray.see("Open inbox").await?;
        states.push(("started hidden", state(&app, None).await?));
        states.extend(asked_while_hidden(&desktop, &site).await?);
        desktop.close_window().await?;
        desktop.wait_for_webviews(&app, 0).await?;
        states.extend(with_window(&desktop, &tray, &app).await?);
        if patience {
            pause(EXPECTANT).await;
            states.push(("– two minutes later", state(&app, None).await?));
        }
    }
    desktop.wait_for_the_last_instance_to_end().await?;
    let begun = Instant::now();
    let app = desktop.start_app()?;
    window(&desktop).await;
    states.push((
        "started with its window",
        state(&app, Some(begun.elapsed())).await?,
    ));
    Ok(Round(states))
}

/// How long a request takes to the person, from the moment in which it is asked, and to the window.
async fn asked_while_hidden(desktop: &Desktop, site: &Site) -> Result<Vec<(&'static str, State)>> {
    let heard = desktop.overhear().await?;
    let begun = Instant::now();
    site.ask("Sign in to Acme?").await?;
    heard.wait_for("Sign in to Acme?").await?;
    let prompt = State::in_time(begun.elapsed());
    desktop.wait_for_notifications(1).await?;
    let begun = Instant::now();
    desktop.press("Review")?;
    window(desktop).await;
    Ok(vec![
        ("asked, until the notification is there", prompt),
        ("Review in it, until the window", State::in_time(begun.elapsed())),
    ])
}

/// The window that the tray opens, and what is left when it is closed.
async fn with_window(desktop: &Desktop, tray: &Tray, app: &Program) -> Result<Vec<(&'static str, State)>> {
    let mut states = Vec::new();
    for name in ["window from the tray", "window opened again"] {
        let begun = Instant::now();
        tray.click("Open inbox (1)").await?;
        window(desktop).await;
        states.push((name, state(app, Some(begun.elapsed())).await?));
        desktop.close_window().await?;
        desktop.wait_for_webviews(app, 0).await?;
    }
    states.push(("window closed", state(app, None).await?));
    Ok(states)
}

/// Waits for the window, and looks so often that it is not the looking that is measured.
async fn window(desktop: &Desktop) {
    while !desktop.has_window() {
        pause(Duration::from_millis(2)).await;
    }
}

async fn state(program: &Program, time: Option<Duration>) -> Result<State> {
    pause(SETTLE).await;
    let memory = memory(program.id())?;
    let before = switches(program.id())?;
    pause(IDLE).await;
    let woken = switches(program.id())?.saturating_sub(before);
    #[expect(clippy::cast_precision_loss, reason = "no program wakes that often")]
    let wakes_per_second = woken as f64 / IDLE.as_secs_f64();
    Ok(State {
        time,
        memory: Some(memory),
        wakes_per_second: Some(wakes_per_second),
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
    println!("| state | time | PSS | USS | processes | wake-ups/s |");
    println!("| --- | ---: | ---: | ---: | ---: | ---: |");
    // The first round has every row.
    let names = rounds.iter().take(1).flat_map(|round| &round.0);
    for (name, _) in names {
        let row = |figure: fn(&State) -> Option<f64>, unit: &str, digits: usize| {
            let states = rounds.iter().flat_map(|round| &round.0);
            let figures = states.filter(|(of, _)| of == name);
            median(figures.filter_map(|(_, state)| figure(state)).collect())
                .map_or_else(String::new, |figure| format!("{figure:.digits$}{unit}"))
        };
        println!(
            "| {name} | {} | {} | {} | {} | {} |",
            row(|state| Some(state.time?.as_secs_f64() * 1000.0), " ms", 0),
            row(|state| Some(state.memory?.pss), " MiB", 0),
            row(|state| Some(state.memory?.uss), " MiB", 0),
            row(|state| Some(state.memory?.processes), "", 0),
            row(|state| state.wakes_per_second, "", 1),
        );
    }
}

fn median(mut figures: Vec<f64>) -> Option<f64> {
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied()
}
