//! Another language, chosen in the window.

use anyhow::{Context, Result, ensure};
use countersign_tests::desktop::{Desktop, Keyring};
use serde_json::json;

use super::site::{Site, enrol_by_pasting};

const GERMAN: &str = include_str!("../../../ui/src/locales/de.ftl");
const ARABIC: &str = include_str!("../../../ui/src/locales/ar.ftl");

#[tokio::test(flavor = "multi_thread")]
async fn a_language_that_is_chosen_is_spoken_at_once_in_window_and_tray_and_after_a_restart() -> Result<()> {
    const DIRECTION: &str =
        "return [document.documentElement.lang, getComputedStyle(document.body).direction]";
    let site = Site::open().await?;
    let mut desktop = Desktop::start(Keyring::Open).await?;
    let tray = desktop.start_tray().await?;
    let window = desktop.open_window(&[]).await?;
    enrol_by_pasting(&site, &window).await?;
    window.see("No requests").await?;
    window.go_to("Settings").await?;
    window.select("Language", "Deutsch").await?;
    window.see(text(GERMAN, "place-settings")?).await?;
    tray.see(text(GERMAN, "tray-quit")?).await?;
    assert_eq!(window.run(DIRECTION).await?, json!(["de", "ltr"]));

    window
        .select(text(GERMAN, "settings-language")?, "العربية")
        .await?;
    window.see(text(ARABIC, "place-settings")?).await?;
    tray.see(text(ARABIC, "tray-quit")?).await?;
    assert_eq!(window.run(DIRECTION).await?, json!(["ar", "rtl"]));
    desktop.screenshot("settings-arabic")?;
    desktop.close(window).await?;

    let window = desktop.open_window(&[]).await?;
    window.see(text(ARABIC, "inbox-empty-title")?).await?;
    tray.see(text(ARABIC, "tray-quit")?).await?;
    assert_eq!(window.run(DIRECTION).await?, json!(["ar", "rtl"]));
    ensure!(!window.sees("Settings").await?, "some of it is still English");
    desktop.close(window).await
}

/// The text of one line with this key.
fn text(language: &'static str, key: &str) -> Result<&'static str> {
    let mut lines = language.lines();
    lines
        .find_map(|line| line.strip_prefix(key)?.strip_prefix(" = "))
        .with_context(|| format!("there is no {key}"))
}
