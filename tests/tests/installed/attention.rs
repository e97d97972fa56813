//! What reaches a person who does not look at the window: notifications and the tray.

use anyhow::{Result, ensure};
use countersign_protocol::resources::challenge::ChallengeStatus;
use countersign_tests::desktop::{Desktop, Keyring};

use super::site::{Site, enrol_by_pasting};

#[tokio::test(flavor = "multi_thread")]
async fn a_request_rings_without_saying_what_it_is_and_leads_to_the_window() -> Result<()> {
    let site = Site::open().await?;
    let mut desktop = Desktop::start(Keyring::Open).await?;
    let window = desktop.open_window(&[]).await?;
    enrol_by_pasting(&site, &window).await?;
    window.see("No requests").await?;
    desktop.minimise_window()?;
    site.ask("Pay 900 € to Bob?").await?;
    desktop.wait_for_notifications(1).await?;
    desktop.screenshot("notification")?;
    desktop.click_notification()?;
    desktop.wait_for_window()?;
    window.see("Pay 900 € to Bob?").await?;
    desktop.wait_for_notifications(0).await?;
    let said = desktop.notifications()?;
    ensure!(
        said.contains("Acme asks for your approval"),
        "the notification said: {said}"
    );
    ensure!(
        !said.contains("900") && !said.contains("Bob"),
        "the notification told too much: {said}"
    );
    desktop.close(window).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_notification_goes_when_the_request_is_answered() -> Result<()> {
    let site = Site::open().await?;
    let mut desktop = Desktop::start(Keyring::Open).await?;
    let window = desktop.open_window(&[]).await?;
    enrol_by_pasting(&site, &window).await?;
    window.see("No requests").await?;
    desktop.minimise_window()?;
    let asked = site.ask("Sign in to Acme?").await?;
    desktop.wait_for_notifications(1).await?;
    window.click("Deny").await?;
    desktop.wait_for_notifications(0).await?;
    ensure!(
        site.status(&asked).await? == ChallengeStatus::Denied,
        "the server has no denial"
    );
    desktop.close(window).await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_tray_counts_leads_to_the_window_and_quits() -> Result<()> {
    let site = Site::open().await?;
    let mut desktop = Desktop::start(Keyring::Open).await?;
    let tray = desktop.start_tray().await?;
    let window = desktop.open_window(&[]).await?;
    enrol_by_pasting(&site, &window).await?;
    tray.see("Open inbox").await?;
    desktop.minimise_window()?;
    let asked = site.ask("Sign in to Acme?").await?;
    tray.click("Check now").await?;
    tray.see("Open inbox (1)").await?;
    tray.click("Open inbox (1)").await?;
    desktop.wait_for_window()?;
    window.click("Deny").await?;
    tray.see("Open inbox").await?;
    ensure!(
        site.status(&asked).await? == ChallengeStatus::Denied,
        "the server has no denial"
    );
    tray.click("Quit").await?;
    desktop.wait_for_the_last_instance_to_end().await
}
