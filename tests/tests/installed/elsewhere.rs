//! Requests that somebody else deals with while they are on the screen.

use anyhow::{Context, Result, ensure};
use countersign_protocol::{resources::challenge::ChallengeStatus, sid::FactorSid};
use countersign_tests::{
    Question,
    desktop::{Desktop, Keyring},
    world::ada,
};

use super::site::{Site, enrol_by_pasting};

#[tokio::test(flavor = "multi_thread")]
async fn what_is_asked_at_two_factors_is_one_request_and_what_the_issuer_takes_back_is_gone_everywhere()
-> Result<()> {
    let site = Site::open().await?;
    let mut desktop = Desktop::start(Keyring::Open).await?;
    let (tray, dock) = (desktop.start_tray().await?, desktop.start_dock().await?);
    let window = desktop.open_window(&[]).await?;
    enrol_by_pasting(&site, &window).await?;
    window.see("No requests").await?;
    desktop.start_second_instance(&[&site.link().await])?;
    window.see("Add this account?").await?;
    window.click("Add account").await?;
    window.see("Acme was added").await?;
    window.click("Go to inbox").await?;
    window.see("No requests").await?;
    let factors: Vec<FactorSid> = site
        .tenant
        .factors(&ada())
        .await
        .into_iter()
        .map(|it| it.sid)
        .collect();
    let [first, second] = factors.as_slice() else {
        anyhow::bail!("there are {} factors", factors.len())
    };

    let question = Question::new("Pay 900 €?").with_hidden("action_id", "7f3a");
    let mut asked = Vec::new();
    for factor in [first, second] {
        asked.push(site.tenant.ask(&ada(), factor, &question).await?.sid);
    }
    window.see("Asked once more for the same action").await?;
    tray.see("Open inbox (1)").await?;
    dock.wait_for(1).await?;
    desktop.screenshot("asked-twice")?;
    window.click("Deny").await?;
    window.see("Nothing was approved.").await?;
    tray.see("Open inbox").await?;
    dock.wait_for(0).await?;
    for sid in &asked {
        ensure!(
            site.status(sid).await? == ChallengeStatus::Denied,
            "one answer did not cover both"
        );
    }

    desktop.minimise_window()?;
    let taken_back = Question::new("Sign in to Acme?");
    site.tenant.ask(&ada(), first, &taken_back).await?;
    desktop.wait_for_notifications(1).await?;
    desktop.press("Review")?;
    desktop.wait_for_window()?;
    window.see_open("Sign in to Acme?").await?;
    site.tenant.revoke(&ada(), first).await.context("it is there")?;
    tray.click("Check now").await?;
    window.see("no longer accepts this computer’s key").await?;
    desktop.screenshot("taken-back")?;
    tray.see("Open inbox").await?;
    dock.wait_for(0).await?;
    desktop.wait_for_notifications(0).await?;
    desktop.close(window).await
}
