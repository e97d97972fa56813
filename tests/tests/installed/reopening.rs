//! A program without a window, and what brings it back: at the request that a person chose.

use anyhow::{Result, ensure};
use countersign_protocol::resources::challenge::ChallengeStatus;
use countersign_tests::desktop::{Desktop, Keyring, Window};

use super::site::{Site, enrol_by_pasting};

const PIN: &str = "471147";

#[tokio::test(flavor = "multi_thread")]
async fn review_opens_a_window_that_there_was_not_at_that_very_request_and_so_it_does_behind_the_lock()
-> Result<()> {
    let site = Site::open().await?;
    let mut desktop = Desktop::start(Keyring::Open).await?;
    let window = desktop.open_window(&[]).await?;
    enrol_by_pasting(&site, &window).await?;
    window.see("No requests").await?;
    // Nobody is told of this one again.
    site.ask("Pay 900 €?").await?;
    window.see("Pay 900 €?").await?;
    desktop.close(window).await?;

    let tray = desktop.start_tray().await?;
    desktop.wait_for_the_last_instance_to_end().await?;
    let (window, cold) = tokio::try_join!(desktop.window_to_come(&["--hidden"]), async {
        tray.see("Open inbox (1)").await?;
        let cold = site.ask("Sign in to Acme?").await?;
        // Left to itself the window opens at the newest.
        site.ask("Send it abroad?").await?;
        desktop.wait_for_notifications(2).await?;
        desktop.press_on("Acme asks: Sign in", "Review")?;
        Ok(cold)
    })?;
    window.see_open("Sign in to Acme?").await?;
    desktop.screenshot("reopened-cold")?;
    window.click("Deny").await?;
    window.see("Nothing was approved.").await?;
    ensure!(
        site.status(&cold).await? == ChallengeStatus::Denied,
        "another request was opened than the one that was chosen"
    );

    desktop.close_window().await?;
    desktop.wait_for_notifications(0).await?;
    site.ask("Add a device?").await?;
    site.ask("Forget a device?").await?;
    desktop.wait_for_notifications(2).await?;
    desktop.press_on("Acme asks: Add", "Review")?;
    desktop.wait_for_window()?;
    window.come_back().await?;
    window.see_open("Add a device?").await?;

    set_pin(&window).await?;
    tray.click("Lock").await?;
    window.see("Countersign is locked").await?;
    desktop.close_window().await?;
    desktop.wait_for_notifications(0).await?;
    site.ask("Change the address?").await?;
    desktop.wait_for_notifications(1).await?;
    desktop.press("Review")?;
    desktop.wait_for_window()?;
    window.come_back().await?;
    site.ask("Change the name?").await?;
    window.see("6 requests wait").await?;
    ensure!(!window.sees("Change").await?, "the lock hides nothing");
    desktop.screenshot("reopened-locked")?;
    window.click("Unlock").await?;
    window.type_into("PIN", PIN).await?;
    window.click("Unlock").await?;
    window.see_open("Change the address?").await?;

    desktop.close_window().await?;
    tray.see("Acme · Pay 900 €?").await?;
    tray.click("Quit").await?;
    desktop.wait_for_the_last_instance_to_end().await
}

async fn set_pin(window: &Window) -> Result<()> {
    let script = format!(
        "window.__TAURI_INTERNALS__.invoke('set_pin', {{ pin: '{PIN}', old: null }}).then(arguments[0])"
    );
    window.run_async(&script).await.map(drop)
}
