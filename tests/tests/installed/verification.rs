//! Who is there has to be shown before an approval: with the app's PIN, or to the system.

use anyhow::{Result, ensure};
use countersign_protocol::resources::challenge::ChallengeStatus;
use countersign_tests::desktop::{Desktop, Keyring, Says, Window};

use super::site::{Site, enrol_by_pasting};

const PIN: &str = "471147";

#[tokio::test(flavor = "multi_thread")]
async fn where_the_pin_is_wanted_nothing_is_approved_without_it_and_anything_is_denied() -> Result<()> {
    let site = Site::open().await?;
    let mut desktop = Desktop::start(Keyring::Open).await?;
    let window = desktop.open_window(&[]).await?;
    enrol_by_pasting(&site, &window).await?;
    window.go_to("Settings").await?;
    window.click("Set a PIN").await?;
    window.type_into("New PIN", PIN).await?;
    window.type_into("New PIN again", PIN).await?;
    desktop.screenshot("pin-set")?;
    window.click("Set the PIN").await?;
    window.see("Asked for where the system cannot ask").await?;
    ask_always(&window).await?;
    desktop.screenshot("policy")?;

    window.go_to("Inbox").await?;
    let approved = site.ask("Sign in to Acme?").await?;
    window.see("Sign in to Acme?").await?;
    window.click("Approve").await?;
    window.see("Type your PIN").await?;
    type_pin(&window, "000000").await?;
    window.see("4 tries are left").await?;
    desktop.screenshot("pin-wrong")?;
    ensure!(
        site.status(&approved).await? == ChallengeStatus::Pending,
        "a wrong PIN approved"
    );
    type_pin(&window, PIN).await?;
    window.see("signed with this computer’s key").await?;
    ensure!(
        site.status(&approved).await? == ChallengeStatus::Approved,
        "the server has no approval"
    );

    window.see("No requests").await?;
    let denied = site.ask("Pay 900 €?").await?;
    window.see("Pay 900 €?").await?;
    window.click("Deny").await?;
    // With a question in between, it would not come to this.
    window.see("Nothing was approved.").await?;
    ensure!(
        site.status(&denied).await? == ChallengeStatus::Denied,
        "the server has no denial"
    );

    window.go_to("Factors").await?;
    window.unfold("How requests are approved").await?;
    window.pick("Confirm that it is you", "Never").await?;
    window.see("Type your PIN").await?;
    window.click("Cancel").await?;
    ensure!(
        verification(&window).await? == "always",
        "the policy was loosened without the PIN"
    );
    window.pick("Confirm that it is you", "Never").await?;
    window.see("Type your PIN").await?;
    type_pin(&window, PIN).await?;
    window.see("Saved").await?;
    ensure!(
        verification(&window).await? == "never",
        "the policy was not loosened with the PIN"
    );
    desktop.close(window).await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_system_does_not_confirm_is_not_approved() -> Result<()> {
    let site = Site::open().await?;
    let mut desktop = Desktop::start(Keyring::Open).await?;
    let polkit = desktop.start_polkit().await?;
    let window = desktop.open_window(&[]).await?;
    enrol_by_pasting(&site, &window).await?;
    // It is turned on once polkit has shown that it can ask.
    polkit.will_say(Says::Yes);
    ask_always(&window).await?;
    polkit.has_asked(1).await?;

    window.go_to("Inbox").await?;
    let asked = site.ask("Sign in to Acme?").await?;
    window.see("Sign in to Acme?").await?;
    let refusals = [Says::No, Says::Dismissed, Says::Nonsense, Says::Ends];
    for (before, says) in refusals.into_iter().enumerate() {
        polkit.will_say(says);
        window.click("Approve").await?;
        polkit.has_asked(before + 2).await?;
        window.see("It was not confirmed that it is you").await?;
        window
            .see("Nothing was approved and nothing was changed.")
            .await?;
        ensure!(
            site.status(&asked).await? == ChallengeStatus::Pending,
            "it was approved though polkit said {says:?}"
        );
    }
    desktop.screenshot("presence-refused")?;

    // It is gone now, and there is no PIN in its place.
    window.click("Approve").await?;
    window.see("This computer cannot confirm that it is you").await?;
    ensure!(
        site.status(&asked).await? == ChallengeStatus::Pending,
        "it was approved though nobody could ask"
    );
    let polkit = desktop.start_polkit().await?;
    polkit.will_say(Says::Yes);
    window.click("Approve").await?;
    window.see("signed with this computer’s key").await?;
    polkit.has_asked(1).await?;
    ensure!(
        site.status(&asked).await? == ChallengeStatus::Approved,
        "the server has no approval"
    );
    desktop.close(window).await
}

/// Has the factor's policy ask before each approval, in the window.
async fn ask_always(window: &Window) -> Result<()> {
    window.go_to("Factors").await?;
    window.unfold("How requests are approved").await?;
    window
        .pick("Confirm that it is you", "Before each approval")
        .await?;
    window.see("Saved").await?;
    let now = verification(window).await?;
    ensure!(now == "always", "the policy is {now}");
    Ok(())
}

async fn verification(window: &Window) -> Result<String> {
    let seen = window.invoke("snapshot", "{}").await?;
    let policy = &seen["factors"][0]["policy"]["verification"];
    Ok(policy.as_str().unwrap_or_default().to_owned())
}

/// Types into the question for the PIN, and confirms.
async fn type_pin(window: &Window, pin: &str) -> Result<()> {
    window.type_into("PIN", pin).await?;
    window.click("Confirm").await
}
