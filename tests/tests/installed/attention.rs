//! What reaches a person who does not look at the window: notifications, the tray and the count in the dock.

use anyhow::{Result, ensure};
use countersign_protocol::resources::challenge::ChallengeStatus;
use countersign_tests::desktop::{Desktop, Keyring};

use super::site::{Site, enrol_by_pasting};

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_is_told_everywhere_and_nowhere_any_more_once_it_is_answered_elsewhere() -> Result<()> {
    let site = Site::open().await?;
    let mut desktop = Desktop::start(Keyring::Open).await?;
    let (tray, dock) = (desktop.start_tray().await?, desktop.start_dock().await?);
    let notifications = desktop.overhear().await?;
    let window = desktop.open_window(&[]).await?;
    enrol_by_pasting(&site, &window).await?;
    tray.see("Open inbox").await?;
    desktop.minimise_window()?;

    tray.click("For 1 hour").await?;
    tray.see("Unmute").await?;
    let quiet = site.ask("Pay_900 € to <Bob> & Co?").await?;
    tray.see("Open inbox (1)").await?;
    tray.see("Acme · Pay__900 € to <Bob> & Co?").await?;
    dock.wait_for(1).await?;
    tray.click("Unmute").await?;
    tray.miss("Unmute").await?;

    let loud = site.ask("Sign in to Acme?").await?;
    desktop.wait_for_notifications(1).await?;
    tray.see("Open inbox (2)").await?;
    dock.wait_for(2).await?;
    desktop.screenshot("notification")?;
    tray.click("Open inbox (2)").await?;
    desktop.wait_for_window_called(r"^\(2\) Countersign$")?;
    // Whoever has the window in front of them needs no notification.
    desktop.wait_for_notifications(0).await?;
    desktop.minimise_window()?;

    // The same person, in a terminal.
    for sid in [&quiet, &loud] {
        desktop.run_command_line(&["deny", sid.as_str()])?;
    }
    tray.click("Check now").await?;
    tray.see("Open inbox").await?;
    dock.wait_for(0).await?;
    let said = notifications.all();
    ensure!(
        said == ["Acme asks: Sign in to Acme?\nada@example.com\n[\"Open\", \"Review\", \"Deny\"]"],
        "notifications said: {said:?}"
    );
    tray.click("Quit").await?;
    desktop.wait_for_the_last_instance_to_end().await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_tray_approves_where_it_may_and_a_notification_denies_when_a_person_presses_it() -> Result<()> {
    let site = Site::open().await?;
    let mut desktop = Desktop::start(Keyring::Open).await?;
    let tray = desktop.start_tray().await?;
    let notifications = desktop.overhear().await?;
    let window = desktop.open_window(&[]).await?;
    enrol_by_pasting(&site, &window).await?;
    window.see("No requests").await?;
    let factor = site.factor().await?;
    let changed = window
        .run_async(&format!(
            "const policy = {{ verification: 'never', answerFromTray: true, answerFromNotification: false,
                silentOnThisComputer: false }};
            window.__TAURI_INTERNALS__.invoke('change_policy', {{ sid: '{factor}', policy, pin: null }})
                .then(() => arguments[0]('changed'), (error) => arguments[0](JSON.stringify(error)));"
        ))
        .await?;
    ensure!(changed == "changed", "the policy was not changed: {changed}");
    desktop.minimise_window()?;

    let approved = site.ask("Sign in to Acme?").await?;
    tray.see("Place: Lisbon").await?;
    tray.click("Approve").await?;
    notifications.wait_for("Approved · Acme").await?;
    ensure!(
        site.status(&approved).await? == ChallengeStatus::Approved,
        "the server has no approval"
    );
    tray.see("Open inbox").await?;
    let before = notifications.all();
    ensure!(before.len() == 2, "notifications said: {before:?}");

    let asked = site.ask("Sign in to <b>Acme</b>?").await?;
    notifications.wait_for("<b>Acme</b>").await?;
    desktop.screenshot("notification-hostile")?;

    for key in ["deny", "approve", "review", "0", ""] {
        desktop.pretend_to_press(key)?;
    }
    tray.click("Check now").await?;
    tray.see("Open inbox (1)").await?;
    ensure!(
        site.status(&asked).await? == ChallengeStatus::Pending,
        "somebody else on the bus answered"
    );

    desktop.press("Deny")?;
    tray.see("Open inbox").await?;
    ensure!(
        site.status(&asked).await? == ChallengeStatus::Denied,
        "the server has no denial"
    );
    notifications.wait_for("Denied · Acme").await?;
    let said = notifications.all();
    ensure!(
        said.len() == 4 && !said[3].contains("Approved"),
        "notifications said something else than happened: {said:?}"
    );
    desktop.close(window).await
}

#[tokio::test(flavor = "multi_thread")]
async fn review_in_the_tray_and_in_a_notification_leads_to_that_very_request() -> Result<()> {
    let site = Site::open().await?;
    let mut desktop = Desktop::start(Keyring::Open).await?;
    let tray = desktop.start_tray().await?;
    let window = desktop.open_window(&[]).await?;
    enrol_by_pasting(&site, &window).await?;
    window.see("No requests").await?;
    let first = site.ask("Pay 900 €?").await?;
    window.see("Pay 900 €?").await?;
    desktop.minimise_window()?;
    let second = site.ask("Sign in to Acme?").await?;
    desktop.wait_for_notifications(1).await?;
    desktop.press("Review")?;
    desktop.wait_for_window()?;
    // The list has both; the page has the one that was chosen.
    window.see_open("Sign in to Acme?").await?;
    window.click("Deny").await?;
    window.see("Nothing was approved.").await?;
    ensure!(
        site.status(&second).await? == ChallengeStatus::Denied
            && site.status(&first).await? == ChallengeStatus::Pending,
        "another request was opened than the one that was chosen"
    );

    desktop.minimise_window()?;
    tray.see("Open inbox (1)").await?;
    tray.click("Review").await?;
    desktop.wait_for_window()?;
    window.see_open("Pay 900 €?").await?;
    window.click("Deny").await?;
    tray.see("Open inbox").await?;
    ensure!(
        site.status(&first).await? == ChallengeStatus::Denied,
        "the request that the tray led to was not opened"
    );
    desktop.close(window).await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_stored_while_the_app_did_not_run_rings_once_over_restarts() -> Result<()> {
    let site = Site::open().await?;
    let mut desktop = Desktop::start(Keyring::Open).await?;
    let notifications = desktop.overhear().await?;
    let window = desktop.open_window(&[]).await?;
    enrol_by_pasting(&site, &window).await?;
    desktop.close(window).await?;
    site.ask("Sign in to Acme?").await?;
    // A terminal stores it, and rings for nothing.
    desktop.run_command_line(&["check"])?;
    let _tray = desktop.start_tray().await?;

    let app = desktop.start_app_with(&["--hidden"])?;
    notifications.wait_for("Sign in to Acme?").await?;
    desktop.terminate(&app)?;
    desktop.wait_for_the_last_instance_to_end().await?;

    let app = desktop.start_app_with(&["--hidden"])?;
    // What comes now is rung for after what was there.
    site.ask("Pay 900 €?").await?;
    notifications.wait_for("Pay 900 €?").await?;
    let said = notifications.all();
    ensure!(
        said.len() == 2 && said[0].contains("Sign in to Acme?"),
        "notifications said: {said:?}"
    );
    desktop.terminate(&app)?;
    desktop.wait_for_the_last_instance_to_end().await
}
