//! A server that cannot be reached, and comes back.

use anyhow::{Result, ensure};
use countersign_protocol::resources::challenge::ChallengeStatus;
use countersign_tests::desktop::{Desktop, Keyring};

use super::site::{Site, enrol_by_pasting};

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_answered_while_the_server_is_away_and_everything_is_there_when_it_is_back() -> Result<()>
{
    let (site, proxy) = Site::open_behind_proxy().await?;
    let mut desktop = Desktop::start(Keyring::Open).await?;
    let tray = desktop.start_tray().await?;
    let window = desktop.open_window(&[]).await?;
    enrol_by_pasting(&site, &window).await?;
    window.see("No requests").await?;
    tray.see("Open inbox").await?;
    let calm = tray.picture().await?;
    proxy.go_offline();
    window.see("Offline since").await?;
    tray.wait_for_picture(&calm, false).await?;
    desktop.screenshot("offline")?;
    let missed = site.ask("Sign in to Acme?").await?;
    proxy.come_back();
    window.click("Check now").await?;
    window.see("Sign in to Acme?").await?;
    ensure!(
        !window.sees("Offline since").await?,
        "it still says that it is offline"
    );

    proxy.go_offline();
    window
        .see("no answer can be sent. Answers are never kept for later.")
        .await?;
    for button in ["Approve", "Deny", "It wasn’t me"] {
        ensure!(!window.offers(button).await?, "“{button}” can be pressed");
    }
    desktop.screenshot("offline-request")?;
    proxy.come_back();
    window.click("Check now").await?;
    window.click("Approve").await?;
    window.see("signed with this computer’s key").await?;
    ensure!(
        site.status(&missed).await? == ChallengeStatus::Approved,
        "the server has no approval"
    );
    window.see("No requests").await?;
    tray.wait_for_picture(&calm, true).await?;
    desktop.close(window).await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_approval_whose_connection_breaks_is_called_unconfirmed_until_the_server_tells() -> Result<()> {
    let (site, proxy) = Site::open_behind_proxy().await?;
    let mut desktop = Desktop::start(Keyring::Open).await?;
    let window = desktop.open_window(&[]).await?;
    enrol_by_pasting(&site, &window).await?;

    // The answer stands before the server's door when the connection breaks: it does not know of it yet.
    let held = proxy.hold(|exchange, _| exchange.answers_challenge());
    let asked = site.ask("Sign in to Acme?").await?;
    window.see("Sign in to Acme?").await?;
    window.click("Approve").await?;
    held.arrived(1).await;
    proxy.go_offline();
    window.see("It is not known whether your answer arrived").await?;
    desktop.screenshot("unconfirmed")?;
    ensure!(
        site.status(&asked).await? == ChallengeStatus::Pending,
        "the answer came through"
    );

    // What was sent may arrive all the same. Then it is what the window says, once it can ask.
    held.release();
    proxy.calm_down();
    window.click("Check now").await?;
    window.see("signed with this computer’s key").await?;
    ensure!(
        site.status(&asked).await? == ChallengeStatus::Approved,
        "the server has no approval"
    );
    desktop.close(window).await
}
