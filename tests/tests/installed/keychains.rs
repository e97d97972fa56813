//! Keyrings that are locked, missing or stuck, and the vault in their place.

use std::time::Duration;

use anyhow::{Result, ensure};
use countersign_protocol::resources::challenge::ChallengeStatus;
use countersign_tests::{
    desktop::{Desktop, Keyring, Window},
    world::ada,
};

use super::site::{Site, enrol_by_pasting};

/// Far more than the two seconds that the app allows itself: the machine may be busy.
const END: Duration = Duration::from_secs(30);

const PASSPHRASE: &str = "correct horse battery";

#[tokio::test(flavor = "multi_thread")]
async fn a_keyring_that_is_locked_is_a_page_with_a_way_on() -> Result<()> {
    let site = Site::open().await?;
    let mut desktop = Desktop::start(Keyring::Open).await?;
    let window = desktop.open_window(&[]).await?;
    enrol_by_pasting(&site, &window).await?;
    window.see("No requests").await?;
    desktop.lock_keyring()?;
    // It is noticed when a key is wanted.
    let asked = site.ask("Sign in to Acme?").await?;
    window.see("Your keychain is locked").await?;
    desktop.screenshot("keychain-locked")?;
    window.click("Unlock keychain").await?;
    window.see("Your keychain is locked").await?;
    ensure!(
        site.status(&asked).await? == ChallengeStatus::Pending,
        "something was answered"
    );

    // With a passphrase instead, which no page can choose again; and then with both: the key that is in the keyring stayed there.
    choose_passphrase(&window).await?;
    window.see("The system’s keychain cannot be reached").await?;
    desktop.screenshot("keychain-away")?;
    let again = window
        .invoke("open_vault", "{ passphrase: 'of somebody else' }")
        .await?;
    ensure!(again["code"] == "internal", "it was chosen again: {again}");
    desktop.start_keyring()?;
    window.click("Try again").await?;
    window.see("Sign in to Acme?").await?;
    window.click("Approve").await?;
    window.see("signed with this computer’s key").await?;
    ensure!(
        site.status(&asked).await? == ChallengeStatus::Approved,
        "the server has no approval"
    );
    desktop.close(window).await
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_keyring_a_passphrase_serves_in_its_place_and_is_asked_for_at_the_next_start() -> Result<()>
{
    let site = Site::open().await?;
    let mut desktop = Desktop::start(Keyring::Missing).await?;
    let window = desktop.open_window(&[&site.link().await]).await?;
    window.see("No keychain was found").await?;
    desktop.screenshot("keychain-missing")?;
    ensure!(
        site.tenant.factors(&ada()).await.is_empty(),
        "a factor was made without a place for its key"
    );
    choose_passphrase(&window).await?;
    window.see("Add this account?").await?;
    window.click("Add account").await?;
    window.see("Acme was added").await?;
    window.go_to("Factors").await?;
    window.see("a file encrypted with your passphrase").await?;
    desktop.close(window).await?;

    let asked = site.ask("Sign in to Acme?").await?;
    let window = desktop.open_window(&[]).await?;
    window.see("Type your passphrase").await?;
    window.type_into("Passphrase", "another one").await?;
    window.click("Open").await?;
    window.see("That is not the passphrase").await?;
    desktop.screenshot("passphrase-wrong")?;
    window.type_into("Passphrase", PASSPHRASE).await?;
    window.click("Open").await?;
    window.see("Sign in to Acme?").await?;
    window.click("Approve").await?;
    window.see("signed with this computer’s key").await?;
    ensure!(
        site.status(&asked).await? == ChallengeStatus::Approved,
        "the server has no approval"
    );
    desktop.close(window).await?;

    let window = desktop.open_window(&[]).await?;
    window.see("Type your passphrase").await?;
    // The window is gone before the driver can say that it was clicked.
    drop(window.click("Quit").await);
    desktop.wait_for_the_last_instance_to_end().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_vault_that_was_chosen_serves_without_a_keyring_and_opens_with_its_passphrase_only() -> Result<()> {
    let site = Site::open().await?;
    let mut desktop = Desktop::start(Keyring::Vault).await?;
    let window = desktop.open_window(&[]).await?;
    enrol_by_pasting(&site, &window).await?;
    desktop.close(window).await?;

    desktop.choose_passphrase("another one")?;
    let window = desktop.open_window(&[]).await?;
    window.see("could not start").await?;
    desktop.screenshot("vault-locked")?;
    let asked = site.ask("Sign in to Acme?").await?;
    desktop.close(window).await?;

    desktop.choose_passphrase("correct horse")?;
    let window = desktop.open_window(&[]).await?;
    window.see("Sign in to Acme?").await?;
    ensure!(
        site.status(&asked).await? == ChallengeStatus::Pending,
        "something was answered without the key"
    );
    window.click("Approve").await?;
    window.see("signed with this computer’s key").await?;
    ensure!(
        site.status(&asked).await? == ChallengeStatus::Approved,
        "the server has no approval"
    );
    desktop.close(window).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_keyring_that_hangs_holds_up_neither_the_window_nor_the_end() -> Result<()> {
    let desktop = Desktop::start(Keyring::Open).await?;
    desktop.freeze_keyring()?;
    let tray = desktop.start_tray().await?;
    let mut app = desktop.start_app()?;
    desktop.wait_for_window()?;
    tray.click("Quit").await?;
    let status = app.ended_within(END).await?;
    ensure!(
        status.success(),
        "the app ended with {status}: {}",
        desktop.log_of("countersign-app")
    );
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn quitting_waits_for_nobody_who_is_to_type_the_keyrings_password_and_loses_nothing() -> Result<()> {
    let site = Site::open().await?;
    let mut desktop = Desktop::start(Keyring::Open).await?;
    let window = desktop.open_window(&[]).await?;
    enrol_by_pasting(&site, &window).await?;
    desktop.close(window).await?;
    let asked = site.ask("Sign in to Acme?").await?;

    desktop.lock_keyring()?;
    let (tray, prompter) = (desktop.start_tray().await?, desktop.start_prompter().await?);
    let mut app = desktop.start_app_with(&["--hidden"])?;
    prompter.is_open().await?;
    tray.click("Quit").await?;
    let status = app.ended_within(END).await?;
    ensure!(
        status.success(),
        "the app ended with {status}: {}",
        desktop.log_of("countersign-app")
    );

    desktop.start_keyring()?;
    let window = desktop.open_window(&[]).await?;
    window.see("Sign in to Acme?").await?;
    window.click("Approve").await?;
    window.see("signed with this computer’s key").await?;
    ensure!(
        site.status(&asked).await? == ChallengeStatus::Approved,
        "the server has no approval"
    );
    desktop.close(window).await
}

/// Goes on without the keyring, from the page that says that it cannot be used.
async fn choose_passphrase(window: &Window) -> Result<()> {
    window.click("Use a passphrase instead").await?;
    window.type_into("Passphrase", PASSPHRASE).await?;
    window.type_into("Passphrase again", PASSPHRASE).await?;
    window.click("Use this passphrase").await?;
    window.miss("Use a passphrase instead?").await
}
