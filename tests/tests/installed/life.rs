//! The life of the program: with and without its window, its tray and its lock.

use std::time::Duration;

use anyhow::{Result, ensure};
use countersign_tests::desktop::{Desktop, Keyring};
use serde_json::Value;

use super::site::{Site, enrol_by_pasting};

/// Far more than the two seconds that the app allows itself: the machine may be busy.
const END: Duration = Duration::from_secs(30);

/// What the page may ask while it is locked.
const ALLOWED: [&str; 6] = [
    "check_now",
    "language",
    "open_vault",
    "pin_state",
    "snapshot",
    "unlock",
];

/// Everything that the page can ask, as it is generated from the program.
const BINDINGS: &str = include_str!("../../../ui/src/ipc/bindings.ts");

#[tokio::test(flavor = "multi_thread")]
async fn a_window_that_is_closed_takes_its_web_view_along_and_the_tray_brings_it_back() -> Result<()> {
    let desktop = Desktop::start(Keyring::Open).await?;
    let tray = desktop.start_tray().await?;
    let mut app = desktop.start_app()?;
    desktop.wait_for_window()?;
    desktop.wait_for_webviews(&app, 1).await?;
    tray.see("Open inbox").await?;
    desktop.close_window().await?;
    desktop.wait_for_webviews(&app, 0).await?;
    tray.click("Open inbox").await?;
    desktop.wait_for_window()?;
    desktop.wait_for_webviews(&app, 1).await?;
    tray.click("Quit").await?;
    let status = app.ended_within(END).await?;
    ensure!(status.success(), "the app ended with {status}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_tray_closing_the_window_ends_the_app_as_was_said_once() -> Result<()> {
    let desktop = Desktop::start(Keyring::Open).await?;
    desktop.forget_what_was_said()?;
    let heard = desktop.overhear().await?;
    for start in [1, 2] {
        let mut app = desktop.start_app()?;
        desktop.wait_for_window()?;
        desktop.wait_for_webviews(&app, 1).await?;
        if start == 1 {
            heard.wait_for("This desktop has no tray").await?;
        }
        desktop.close_window().await?;
        let status = app.ended_within(END).await?;
        ensure!(status.success(), "the app ended with {status}");
    }
    ensure!(heard.all().len() == 1, "it was said again: {:?}", heard.all());
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn started_hidden_there_is_no_web_view_until_a_link_needs_one() -> Result<()> {
    let site = Site::open().await?;
    let desktop = Desktop::start(Keyring::Open).await?;
    let tray = desktop.start_tray().await?;
    let mut app = desktop.start_app_with(&["--hidden"])?;
    tray.see("Open inbox").await?;
    desktop.start_second_instance(&["--hidden"])?;
    desktop.wait_for_webviews(&app, 0).await?;
    desktop.start_second_instance(&[&site.link().await])?;
    desktop.wait_for_window()?;
    desktop.wait_for_webviews(&app, 1).await?;
    desktop.terminate(&app)?;
    let status = app.ended_within(END).await?;
    ensure!(status.success(), "the app ended with {status}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn while_it_is_locked_the_page_learns_the_count_and_nothing_else() -> Result<()> {
    let site = Site::open().await?;
    let mut desktop = Desktop::start(Keyring::Open).await?;
    let window = desktop.open_window(&[]).await?;
    enrol_by_pasting(&site, &window).await?;
    site.ask("Pay 900 € to Bob?").await?;
    window.see("Pay 900 € to Bob?").await?;
    let nobody = window.invoke("lock", "{}").await?;
    ensure!(nobody["code"] == "lockUnavailable", "locking was {nobody}");
    window.invoke("set_pin", "{ pin: '471147', old: null }").await?;
    ensure!(
        window.invoke("lock", "{}").await? == Value::Null,
        "it does not lock"
    );

    let seen = window.invoke("snapshot", "{}").await?;
    ensure!(
        seen["locked"] == true && seen["pendingCount"] == 1,
        "the snapshot is {seen}"
    );
    for hidden in ["factors", "requests", "mutes"] {
        ensure!(
            seen[hidden] == Value::Array(Vec::new()),
            "{hidden} are seen: {seen}"
        );
    }
    let commands = commands();
    ensure!(commands.contains(&"approve") && commands.contains(&"history"));
    // What ends the program is left out here.
    for command in commands.into_iter().filter(|command| *command != "quit") {
        let said = window.invoke(command, "{}").await?;
        let allowed = ALLOWED.contains(&command);
        ensure!((said["code"] == "locked") != allowed, "{command}: {said}");
    }

    let wrong = window.invoke("unlock", "{ pin: '000000' }").await?;
    ensure!(wrong["code"] == "pinWrong", "unlocking was {wrong}");
    ensure!(window.invoke("snapshot", "{}").await?["locked"] == true);
    ensure!(window.invoke("unlock", "{ pin: '471147' }").await? == Value::Null);
    window.see("Pay 900 € to Bob?").await?;
    desktop.close(window).await
}

fn commands() -> Vec<&'static str> {
    let calls = BINDINGS.split("__TAURI_INVOKE(\"").skip(1);
    calls.filter_map(|rest| rest.split('"').next()).collect()
}
