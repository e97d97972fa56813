//! Links that the system opens with the app, and instances beside each other.

use anyhow::{Result, ensure};
use countersign_protocol::resources::challenge::ChallengeStatus;
use countersign_tests::{
    desktop::{Desktop, Keyring},
    world::ada,
};

use super::site::{Site, enrol_by_pasting};

#[tokio::test(flavor = "multi_thread")]
async fn links_lead_to_the_confirmation_at_a_cold_start_and_from_a_second_instance() -> Result<()> {
    let site = Site::open().await?;
    let mut desktop = Desktop::start(Keyring::Open).await?;
    let window = desktop.open_window(&[&site.link().await]).await?;
    window.see("Add this account?").await?;
    window.see(&site.host()).await?;
    desktop.screenshot("confirm")?;
    window.click("Cancel").await?;

    let other = Site::open().await?;
    desktop.start_second_instance(&[&other.link().await])?;
    window.see(&other.host()).await?;
    ensure!(
        !window.sees(&site.host()).await?,
        "the page still shows the first link"
    );
    ensure!(
        other.tenant.factors(&ada()).await.is_empty(),
        "a link alone enrolled"
    );
    window.click("Add account").await?;
    window.see("Acme was added").await?;
    other.factor().await?;
    ensure!(
        site.tenant.factors(&ada()).await.is_empty(),
        "the link that was cancelled enrolled"
    );
    desktop.close(window).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_window_beside_a_process_that_polls_says_so_and_takes_over_when_that_one_ends() -> Result<()> {
    let site = Site::open().await?;
    let mut desktop = Desktop::start(Keyring::Open).await?;
    let window = desktop.open_window(&[]).await?;
    enrol_by_pasting(&site, &window).await?;
    desktop.close(window).await?;
    desktop.wait_for_the_last_instance_to_end().await?;
    let other = desktop.poll_in_its_place()?;
    let window = desktop.open_window(&[]).await?;
    window.see("Not checking by itself").await?;
    drop(other);
    let asked = site.ask("Sign in to Acme?").await?;
    window.see("Sign in to Acme?").await?;
    ensure!(
        !window.sees("Not checking by itself").await?,
        "the window still says that another process polls"
    );
    window.click("Deny").await?;
    window.see("Nothing was approved.").await?;
    ensure!(
        site.status(&asked).await? == ChallengeStatus::Denied,
        "the server has no denial"
    );
    desktop.close(window).await
}
