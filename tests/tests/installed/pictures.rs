//! Accounts out of pictures: dropped, pasted, and seen on the screen.

use anyhow::{Result, ensure};
use countersign_tests::{
    desktop::{Desktop, Keyring, Shot, Window},
    world::ada,
};

use super::site::Site;

/// What other apps show for one-time passwords.
const ONE_TIME_CODE: &str = "otpauth://totp/Acme:ada?secret=GEZDGNBVGY3TQOJQ&issuer=Acme";

#[tokio::test(flavor = "multi_thread")]
async fn pictures_that_are_dropped_and_pasted_lead_to_the_confirmation_and_are_not_kept() -> Result<()> {
    let (site, other) = (Site::open().await?, Site::open().await?);
    let mut desktop = Desktop::start(Keyring::Open).await?;
    let window = desktop.open_window(&[]).await?;
    open_ways_in(&window).await?;

    let one_time = desktop.draw_codes("one-time.png", &[ONE_TIME_CODE])?;
    desktop.drag_in(&one_time).await?;
    window.see("This is a code for one-time passwords").await?;
    desktop.screenshot("picture-one-time-code")?;
    let dropped = desktop.draw_codes("dropped.png", &[&site.link().await])?;
    desktop.drag_in(&dropped).await?;
    confirm(&site, &window).await?;
    window.click("Add another").await?;

    let links = [site.link().await, other.link().await];
    let both = desktop.draw_codes("both.png", &[&links[0], ONE_TIME_CODE, &links[1]])?;
    let copied = desktop.copy_picture(&both)?;
    window.click("Paste a picture or a link").await?;
    window.see("2 enrolment codes were found").await?;
    desktop.screenshot("picture-of-several-codes")?;
    window.choose(&other.host()).await?;
    window.see("Add this account?").await?;
    window.click("Cancel").await?;
    // The field for links has the focus.
    desktop.press_keys("ctrl+v")?;
    window.see("2 enrolment codes were found").await?;
    window.choose(&other.host()).await?;
    confirm(&other, &window).await?;
    drop(copied);

    ensure!(
        site.tenant.factors(&ada()).await.len() == 1,
        "a code that was not chosen enrolled"
    );
    let mut own = [one_time, dropped, both];
    own.sort();
    let kept = desktop.picture_files()?;
    ensure!(kept == own, "pictures were kept: {kept:?}");
    desktop.close(window).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_on_the_screen_is_read_through_the_portal_or_without_one_and_the_shot_is_deleted() -> Result<()>
{
    const SCREEN: &str = "Select an area of the screen";
    let site = Site::open().await?;
    let mut desktop = Desktop::start(Keyring::Open).await?;
    let window = desktop.open_window(&[]).await?;
    open_ways_in(&window).await?;
    // It has been looked for in vain, and no button leads nowhere.
    window.see("This computer has no camera").await?;

    // Here is no portal yet, and nothing but the window on the screen.
    window.click(SCREEN).await?;
    window.see("No QR code was found").await?;
    let picture = desktop.draw_codes("shown.png", &[&site.link().await])?;
    let viewer = desktop.show_picture(&picture)?;
    window.click(SCREEN).await?;
    confirm(&site, &window).await?;
    desktop.screenshot("screen-without-portal")?;
    drop(viewer);
    window.click("Add another").await?;

    let portal = desktop.start_portal().await?;
    portal.expect(Shot::Refused).await?;
    window.click(SCREEN).await?;
    window
        .see("This desktop does not let Countersign see the screen")
        .await?;
    window.see("Take a screenshot of the code yourself").await?;
    desktop.screenshot("screen-refused")?;
    portal.expect(Shot::Cancelled).await?;
    window.click(SCREEN).await?;
    window.miss("This desktop does not let Countersign").await?;
    window.miss("Reading…").await?;
    let alerts = window
        .run("return document.querySelectorAll('main [role=alert]').length")
        .await?;
    ensure!(
        alerts == 0,
        "who thought better of it is told something: {}",
        window.text().await?
    );

    let other = Site::open().await?;
    let shot = desktop.draw_codes("Bildschirmfoto vom 1.png", &[&other.link().await])?;
    portal.expect(Shot::Taken(shot.clone())).await?;
    window.click(SCREEN).await?;
    window.see("Add this account?").await?;
    ensure!(!shot.exists(), "the portal's picture is still there");
    confirm(&other, &window).await?;
    let empty = desktop.draw_codes("empty.png", &["nothing of ours"])?;
    portal.expect(Shot::Taken(empty.clone())).await?;
    window.click("Add another").await?;
    window.click(SCREEN).await?;
    window.see("This QR code is not an enrolment").await?;
    ensure!(!empty.exists(), "a picture without a link is still there");
    desktop.close(window).await
}

async fn open_ways_in(window: &Window) -> Result<()> {
    window.see("Approve sign-ins from this computer").await?;
    window.click("Add account").await?;
    window.see("Drop a picture anywhere on this page").await
}

/// Adds the account on the page that asks, which a picture alone does not.
async fn confirm(site: &Site, window: &Window) -> Result<()> {
    window.see("Add this account?").await?;
    window.see(&site.host()).await?;
    ensure!(
        site.tenant.factors(&ada()).await.is_empty(),
        "a picture alone enrolled"
    );
    window.click("Add account").await?;
    window.see("Acme was added").await?;
    site.factor().await?;
    Ok(())
}
