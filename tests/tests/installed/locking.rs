//! What nobody may read while it is locked, and what locks it.

use anyhow::{Result, ensure};
use countersign_protocol::resources::challenge::ChallengeStatus;
use countersign_tests::{
    Question,
    desktop::{Desktop, Keyring, Overheard, Tray, Window},
};

use super::site::{Site, enrol_by_pasting};

const PIN: &str = "471147";

/// What a request says, of which nothing may be found anywhere.
const SECRETS: [&str; 5] = ["Zanzibar", "900", "Mombasa", "Acme", "ada@example.com"];

#[tokio::test(flavor = "multi_thread")]
async fn while_it_is_locked_nothing_on_the_desktop_says_more_than_how_many_wait() -> Result<()> {
    let site = Site::open().await?;
    let mut desktop = Desktop::start(Keyring::Open).await?;
    let (tray, dock) = (desktop.start_tray().await?, desktop.start_dock().await?);
    let window = desktop.open_window(&[]).await?;
    enrol_by_pasting(&site, &window).await?;
    window
        .invoke("set_pin", &format!("{{ pin: '{PIN}', old: null }}"))
        .await?;
    secret(&site).await?;
    window.see("Send 900 to Zanzibar?").await?;
    let open = site.ask("Sign in to Zanzibar?").await?;
    window.open_request("Sign in to Zanzibar?").await?;
    window.see_open("Sign in to Zanzibar?").await?;
    // One more, whose notification is on the screen when it is locked.
    desktop.minimise_window()?;
    secret(&site).await?;
    desktop.wait_for_notifications(1).await?;

    let overheard = desktop.overhear().await?;
    tray.click("Lock").await?;
    desktop.wait_for_notifications(0).await?;
    tray.miss("Lock").await?;
    secret(&site).await?;
    overheard.wait_for("Unlock Countersign to see it.").await?;
    tray.see("Open inbox (4)").await?;
    dock.wait_for(4).await?;
    window.see("4 requests wait").await?;
    says_nothing(&desktop, &window, &tray, &overheard).await?;
    tray.click("Open inbox (4)").await?;
    desktop.wait_for_window_called(r"^\(4\) Countersign$")?;
    says_nothing(&desktop, &window, &tray, &overheard).await?;

    window.click("Unlock").await?;
    window.type_into("PIN", "000000").await?;
    window.click("Unlock").await?;
    window.see("4 tries are left").await?;
    desktop.screenshot("locked")?;
    says_nothing(&desktop, &window, &tray, &overheard).await?;
    window.type_into("PIN", PIN).await?;
    window.click("Unlock").await?;
    window.see_open("Sign in to Zanzibar?").await?;
    ensure!(
        site.status(&open).await? == ChallengeStatus::Pending,
        "unlocking answered"
    );

    window.go_to("Settings").await?;
    window.click("Lock now").await?;
    window.see("Countersign is locked").await?;
    tray.click("Quit").await?;
    desktop.wait_for_the_last_instance_to_end().await
}

#[tokio::test(flavor = "multi_thread")]
async fn it_locks_with_the_screen_and_before_sleep_and_opens_by_itself_only_where_nothing_could_be_proven()
-> Result<()> {
    const LOCKED: &str = "Countersign is locked";
    let site = Site::open().await?;
    let mut desktop = Desktop::start(Keyring::Open).await?;
    let login = desktop.start_login().await?;
    let window = desktop.open_window(&[]).await?;
    enrol_by_pasting(&site, &window).await?;
    secret(&site).await?;
    window.see("Send 900 to Zanzibar?").await?;

    // There is no PIN and no polkit, so that the system's own lock is all that there is. That it is wanted, nobody may
    // ever take back: it would still be locked after the sleep.
    login.lock().await?;
    login.sleep(true).await?;
    window.see(LOCKED).await?;
    login.sleep(false).await?;
    window.see_open("Send 900 to Zanzibar?").await?;
    desktop.lock_screen(true)?;
    window.see(LOCKED).await?;
    desktop.lock_screen(false)?;
    window.see_open("Send 900 to Zanzibar?").await?;
    login.sleep(true).await?;
    window.see(LOCKED).await?;
    login.sleep(false).await?;
    window.see_open("Send 900 to Zanzibar?").await?;

    window
        .invoke("set_pin", &format!("{{ pin: '{PIN}', old: null }}"))
        .await?;
    login.sleep(true).await?;
    window.see(LOCKED).await?;
    login.sleep(false).await?;
    unlock(&window).await?;
    login.lock().await?;
    window.see(LOCKED).await?;
    login.unlock().await?;
    unlock(&window).await?;
    desktop.close(window).await
}

/// It is asked for although the system is open again.
async fn unlock(window: &Window) -> Result<()> {
    window.click("Unlock").await?;
    window.type_into("PIN", PIN).await?;
    window.click("Unlock").await?;
    window.see_open("Send 900 to Zanzibar?").await
}

async fn secret(site: &Site) -> Result<()> {
    let question = Question::new("Send 900 to Zanzibar?").with_field("Place", "Mombasa");
    site.ask_for(&question).await.map(drop)
}

/// Reads everything that can be read of the program, as it is now.
async fn says_nothing(desktop: &Desktop, window: &Window, tray: &Tray, overheard: &Overheard) -> Result<()> {
    let everything = [
        ("the window", window.source().await?),
        ("its title", window.title().await?),
        ("its frame", desktop.window_titles()?),
        ("the tray", tray.layout().await?),
        ("a notification", overheard.all().join("\n")),
    ];
    for (place, text) in everything {
        for secret in SECRETS {
            ensure!(!text.contains(secret), "{place} says “{secret}”: {text}");
        }
    }
    Ok(())
}
