//! A request from its arrival to its outcome, in the window.

use std::time::Duration;

use anyhow::{Result, ensure};
use countersign_protocol::resources::challenge::ChallengeStatus;
use countersign_tests::{
    Question,
    desktop::{Desktop, Keyring},
};

use super::site::{Site, enrol_by_pasting};

#[tokio::test(flavor = "multi_thread")]
async fn a_person_enrols_by_pasting_a_link_approves_one_request_and_denies_another() -> Result<()> {
    let site = Site::open().await?;
    let mut desktop = Desktop::start(Keyring::Open).await?;
    let window = desktop.open_window(&[]).await?;
    window.see("Approve sign-ins from this computer").await?;
    desktop.screenshot("first-run")?;
    enrol_by_pasting(&site, &window).await?;
    window.see("No requests").await?;
    desktop.screenshot("inbox-empty")?;

    window
        .click_from_the_first_moment("Approve", Duration::from_millis(500))
        .await?;
    let first = site.ask("Sign in to Acme?").await?;
    window.see("Sign in to Acme?").await?;
    ensure!(window.early_clicks().await? > 10, "the page hardly clicked");
    ensure!(
        site.status(&first).await? == ChallengeStatus::Pending,
        "an early click approved"
    );
    ensure!(
        window.sees("Lisbon").await? && window.sees(&site.host()).await?,
        "the request is not shown whole"
    );
    ensure!(!window.sees("4711").await?, "a hidden detail is shown");
    desktop.screenshot("request")?;

    window.click("Approve").await?;
    window.see("signed with this computer’s key").await?;
    desktop.screenshot("approved")?;
    ensure!(
        site.status(&first).await? == ChallengeStatus::Approved,
        "the server has no approval"
    );

    // The next one opens by itself where nothing is open, and never in the place of an outcome.
    window.see("No requests").await?;
    let second = site.ask("Pay 900 €?").await?;
    window.see("Pay 900 €?").await?;
    window.click("Deny").await?;
    window.see("Nothing was approved.").await?;
    ensure!(
        site.status(&second).await? == ChallengeStatus::Denied,
        "the server has no denial"
    );

    window.click("History").await?;
    window.see("Pay 900 €?").await?;
    ensure!(
        window.sees("Sign in to Acme?").await?,
        "the history has forgotten the approval"
    );
    desktop.screenshot("history")?;
    window.go_to("Factors").await?;
    window.see("the keyring of this desktop").await?;
    desktop.screenshot("factors")?;
    desktop.close(window).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_is_typed_in_the_window_and_a_strangers_request_is_reported() -> Result<()> {
    const LABEL: &str = "Type the number shown where you are signing in";
    const MUTED: &str = "because you said that a request was not yours";
    let site = Site::open().await?;
    let mut desktop = Desktop::start(Keyring::Open).await?;
    let window = desktop.open_window(&[]).await?;
    enrol_by_pasting(&site, &window).await?;
    window.see("No requests").await?;
    let question = Question::new("Sign in to Acme?").with_hidden("countersign.match", "042137");
    let asked = site.ask_for(&question).await?;
    window.see("checked by the server").await?;
    window.type_into(LABEL, "042138").await?;
    window.click("Approve").await?;
    window.see("2 tries are left").await?;
    desktop.screenshot("wrong-number")?;
    window.type_into(LABEL, "042137").await?;
    window.click("Approve").await?;
    window.see("signed with this computer’s key").await?;
    ensure!(
        site.status(&asked).await? == ChallengeStatus::Approved,
        "the server has no approval"
    );

    window.see("No requests").await?;
    let strange = site.ask("Pay 900 €?").await?;
    window.see("Pay 900 €?").await?;
    window.click("It wasn’t me").await?;
    window.see("Denied, and reported to Acme.").await?;
    desktop.screenshot("reported")?;
    ensure!(
        site.status(&strange).await? == ChallengeStatus::Denied,
        "the server has no denial"
    );

    // Whoever asks again is seen, but not heard until the person wants to.
    window.see(MUTED).await?;
    desktop.minimise_window()?;
    let heard = desktop.overhear().await?;
    site.ask("Pay 901 €?").await?;
    window.see("Pay 901 €?").await?;
    window.click("Unmute").await?;
    window.miss(MUTED).await?;
    site.ask("Pay 902 €?").await?;
    heard.wait_for("Pay 902 €?").await?;
    let said = heard.all();
    ensure!(said.len() == 1, "notifications said: {said:?}");
    desktop.close(window).await
}
