//! Stories through the real window: the app as it is installed, on a desktop of its own with a real keyring, over
//! real sockets to the real server. What they claim is asked of the server, not of the window.

#![cfg(target_os = "linux")]

use std::{
    net::{Ipv4Addr, SocketAddr},
    time::Duration,
};

use anyhow::{Context, Result, ensure};
use countersign_protocol::{
    resources::{challenge::ChallengeStatus, factor::FactorStatus},
    sid::{AccountSid, ChallengeSid, FactorSid},
};
use countersign_server::{Bootstrap, Config, Running};
use countersign_tests::{
    Account, Question, Tenant,
    desktop::{Desktop, Keyring, Window},
    world::ada,
};
use serde_json::{Value, json};
use tempfile::TempDir;

/// A server that lives in real time, as the app does, and the issuer at it.
struct Site {
    server: Running,
    tenant: Tenant,
    _folder: TempDir,
}

impl Site {
    async fn open() -> Result<Self> {
        countersign_tests::world::use_ring();
        let folder = tempfile::tempdir()?;
        let database = format!("sqlite://{}", folder.path().join("server.db").display());
        let mut config = Config::new(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)), database);
        let (sid, token) = (
            AccountSid::from_random([0xac; 16]),
            "0123456789abcdef0123456789abcdef",
        );
        config.bootstrap = Some(Bootstrap {
            account_sid: sid.clone(),
            auth_token: token.into(),
        });
        let server = countersign_server::start(config).await?;
        let tenant = Account::new(server.url(), &sid, token)
            .create_service("Acme")
            .await;
        Ok(Self {
            server,
            tenant,
            _folder: folder,
        })
    }

    async fn link(&self) -> String {
        self.tenant.invite(&ada(), self.server.url()).await.to_link()
    }

    fn host(&self) -> String {
        format!("127.0.0.1:{}", self.server.url().port().unwrap_or_default())
    }

    /// The one factor that the window enrolled.
    async fn factor(&self) -> Result<FactorSid> {
        let factors = self.tenant.factors(&ada()).await;
        ensure!(factors.len() == 1, "there are {} factors", factors.len());
        let factor = factors.into_iter().next().context("there is one")?;
        ensure!(
            factor.status == FactorStatus::Verified,
            "the factor is not verified"
        );
        Ok(factor.sid)
    }

    async fn ask(&self, message: &str) -> Result<ChallengeSid> {
        let question = Question::new(message)
            .with_field("Place", "Lisbon")
            .with_hidden("order", "4711");
        self.ask_for(&question).await
    }

    async fn ask_for(&self, question: &Question) -> Result<ChallengeSid> {
        let factor = self.factor().await?;
        Ok(self.tenant.ask(&ada(), &factor, question).await?.sid)
    }

    async fn status(&self, sid: &ChallengeSid) -> Result<ChallengeStatus> {
        Ok(self.tenant.challenge(&ada(), sid).await?.status)
    }
}

async fn enrol_by_pasting(site: &Site, window: &Window) -> Result<()> {
    window.see("Approve sign-ins from this computer").await?;
    window.click("Add account").await?;
    window.type_into("Enrolment link", &site.link().await).await?;
    window.click("Continue").await?;
    window.see("Add this account?").await?;
    ensure!(
        site.tenant.factors(&ada()).await.is_empty(),
        "a factor was made before the person agreed"
    );
    window.click("Add account").await?;
    window.see("Acme was added").await?;
    window.click("Go to inbox").await
}

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

    window.go_to("History").await?;
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
async fn the_page_runs_no_foreign_script_and_goes_nowhere() -> Result<()> {
    let mut desktop = Desktop::start(Keyring::Open).await?;
    let window = desktop.open_window(&[]).await?;
    window.see("Approve sign-ins from this computer").await?;
    let address = window.address().await?;
    ensure!(
        address.starts_with("tauri://localhost"),
        "the page is at {address}"
    );

    let violated = window
        .run_async(
            "const done = arguments[0];
            document.addEventListener('securitypolicyviolation',
                (event) => done([event.effectiveDirective, window.ran === true]), { once: true });
            const script = document.createElement('script');
            script.textContent = 'window.ran = true';
            document.head.append(script);
            setTimeout(() => done(['nothing', window.ran === true]), 5000);",
        )
        .await?;
    assert_eq!(violated, json!(["script-src-elem", false]));

    let fetched = window
        .run_async("fetch('http://127.0.0.1:9/').then(() => arguments[0]('sent'), (error) => arguments[0](error.name))")
        .await?;
    assert_eq!(fetched, json!("TypeError"));
    assert_eq!(
        window.run("return Object.isFrozen(Object.prototype)").await?,
        Value::Bool(true)
    );
    assert_eq!(
        window.run("return '__TAURI__' in window").await?,
        Value::Bool(false)
    );

    let refused = window
        .run_async(
            "const done = arguments[0];
            window.__TAURI_INTERNALS__.invoke('plugin:window|set_title', { value: 'Bank' })
                .then(() => done('allowed'), (error) => done(String(error)));",
        )
        .await?;
    ensure!(
        refused.as_str().is_some_and(|said| said.contains("not allowed")),
        "the page may rename its window: {refused}"
    );

    for foreign in [
        "https://example.com/",
        "http://127.0.0.1:9/",
        "file:///etc/passwd",
        "data:text/html,x",
    ] {
        window
            .run(&format!("location.href = {foreign:?}; window.open({foreign:?})"))
            .await?;
        window.see("Approve sign-ins from this computer").await?;
        assert_eq!(window.address().await?, address, "{foreign}");
    }
    desktop.close(window).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_keyring_that_is_locked_is_a_page_with_a_way_on() -> Result<()> {
    let site = Site::open().await?;
    let mut desktop = Desktop::start(Keyring::Open).await?;
    let window = desktop.open_window(&[]).await?;
    enrol_by_pasting(&site, &window).await?;
    window.see("No requests").await?;
    desktop.lock_keyring()?;
    window.see("Your keychain is locked").await?;
    desktop.screenshot("keychain-locked")?;
    let asked = site.ask("Sign in to Acme?").await?;
    window.click("Try again").await?;
    window.see("Your keychain is locked").await?;
    ensure!(
        site.status(&asked).await? == ChallengeStatus::Pending,
        "something was answered"
    );
    desktop.close(window).await
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_keyring_the_window_says_so_and_makes_no_factor() -> Result<()> {
    let site = Site::open().await?;
    let mut desktop = Desktop::start(Keyring::Missing).await?;
    let window = desktop.open_window(&[&site.link().await]).await?;
    window.see("No keychain was found").await?;
    desktop.screenshot("keychain-missing")?;
    ensure!(
        site.tenant.factors(&ada()).await.is_empty(),
        "a factor was made without a place for its key"
    );
    desktop.close(window).await
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
async fn a_number_is_typed_in_the_window_and_a_strangers_request_is_reported() -> Result<()> {
    const LABEL: &str = "Type the number shown where you are signing in";
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

#[tokio::test(flavor = "multi_thread")]
async fn a_keyring_that_hangs_holds_up_neither_the_window_nor_the_end() -> Result<()> {
    let desktop = Desktop::start(Keyring::Open).await?;
    desktop.freeze_keyring()?;
    let mut app = desktop.start_app()?;
    desktop.wait_for_window()?;
    desktop.terminate(&app)?;
    let status = app.ended_within(Duration::from_secs(10)).await?;
    ensure!(
        status.success(),
        "the app ended with {status}: {}",
        desktop.log_of("countersign-app")
    );
    Ok(())
}
