//! A page that turned against its person, and issuers that write markup: nothing is signed by either.

use anyhow::{Context, Result, ensure};
use countersign_protocol::resources::challenge::ChallengeStatus;
use countersign_tests::{
    Question,
    desktop::{Desktop, Keyring, Window},
};
use serde_json::{Value, json};

use super::site::{Site, enrol_by_pasting};

/// Every way in which text has become script somewhere.
const MARKUP: &str = "<script>window.ran = 1</script><img src=x onerror=\"window.ran = 1\">\
    <svg onload=\"window.ran = 1\"> javascript:window.ran=1 {window.ran = 1} ${window.ran = 1} {{window.ran = 1}}";

/// How many calls are made in one go, which has to fit into the patience of the driver, and how many goes there are.
const CALLS: u32 = 500;
const GOES: u32 = 10;

/// Calls commands with arguments of all kinds. What a person may do by a click is left out: locking, choosing the
/// first PIN, and asking the server, which each time waits for the keyring. The request's SID never meets its digest,
/// and the factor's SID is not known.
const HOSTILE: &str = r"
    const [sid, calls, seed, done] = arguments;
    const { invoke } = window.__TAURI_INTERNALS__;
    let state = seed;
    const below = (limit) => {
        state = Math.imul(state ^ (state >>> 15), 2246822519) + 374761393 | 0;
        return ((state ^ (state >>> 13)) >>> 0) % limit;
    };
    const one = (list) => list[below(list.length)];
    const commands = ['approve', 'deny', 'report_not_me', 'show_request', 'change_policy', 'change_settings', 'enrol',
        'preview_link', 'remove_factor', 'mute', 'unmute', 'unlock', 'verify_presence', 'remove_pin', 'pin_state',
        'history', 'snapshot', 'pending_link', 'pending_request', 'read_qr_image', 'read_qr_luma',
        'settings', 'language', 'still_here', 'use_camera', 'approve_with', 'plugin:window|destroy',
        'plugin:shell|execute', 'plugin:event|emit', 'plugin:path|resolve_directory', '__proto__', ''];
    const names = ['sid', 'digest', 'number', 'pin', 'note', 'policy', 'settings', 'text', 'factor', 'minutes', 'old',
        'purpose', 'open', 'event', 'payload', '__proto__', 'constructor'];
    const values = [sid, sid, sid.slice(0, -1) + '0', sid.toLowerCase(), 'YC' + '0'.repeat(32), 'YF' + 'f'.repeat(32),
        '0'.repeat(64), 'f'.repeat(43), 'x'.repeat(100000), '', ' ', '\0', '\u202e', '../../x', '%00', null, true, 0, -1, 1e308,
        12, [], [sid], {}, { sid }, { toString: sid }, { verification: 'never' }, { verification: 'never',
            answerFromTray: true, answerFromNotification: true, silentOnThisComputer: true }, 'unlock', '042137',
        'countersign://enrol?v=1', 'https://example.com/', new Uint8Array(64)];
    const call = async () => {
        const command = one(commands);
        if (below(8) === 0) {
            // What are no arguments at all is often not even answered.
            invoke(command, one(values)).catch(() => {});
            return 0;
        }
        const given = Object.fromEntries(
            names.filter(() => below(3) > 0).map((name) => [name, one(values)]));
        try {
            await invoke(command, given);
            return ['approve', 'deny', 'report_not_me', 'remove_factor', 'change_policy', 'enrol'].includes(command)
                ? 1 : 0;
        } catch {
            return 0;
        }
    };
    let did = 0;
    const caller = async () => {
        for (let made = 0; made < calls / 10; made += 1) did += await call();
    };
    Promise.all(Array.from({ length: 10 }, caller)).then(() => done(did), (error) => done(String(error)));
";

/// Speaks to the program without the key that its own page was given, with a right digest.
const FORGED: &str = r"
    const [sid, done] = arguments;
    const forge = async () => {
        const { digest } = await window.__TAURI_INTERNALS__.invoke('show_request', { sid });
        const headers = (key) => ({ 'Content-Type': 'application/json', 'Tauri-Callback': '1', 'Tauri-Error': '2',
            ...key });
        let refused = 0;
        for (const key of [{}, { 'Tauri-Invoke-Key': '' }, { 'Tauri-Invoke-Key': digest.slice(0, 20) }]) {
            const answer = fetch('ipc://localhost/approve',
                { method: 'POST', headers: headers(key), body: JSON.stringify({ sid, digest, number: null, pin: null }) });
            // Most are not answered at all.
            const silence = new Promise((tell) => setTimeout(tell, 1000, { ok: false }));
            if (!(await Promise.race([answer, silence])).ok) refused += 1;
        }
        return refused;
    };
    forge().then(done, (error) => done(JSON.stringify(error)));
";

#[tokio::test(flavor = "multi_thread")]
async fn no_markup_is_run_and_no_call_of_a_hostile_page_signs_anything() -> Result<()> {
    let site = Site::open().await?;
    let mut desktop = Desktop::start(Keyring::Open).await?;
    let window = desktop.open_window(&[]).await?;
    enrol_by_pasting(&site, &window).await?;
    window.see("No requests").await?;
    let question = Question::new(MARKUP)
        .with_field(
            "<b onclick=\"window.ran=1\">Place</b>",
            "<svg onload=\"window.ran = 1\"> javascript:window.ran=1",
        )
        .with_hidden("order", MARKUP);
    let asked = site.ask_for(&question).await?;
    window.see("<script>window.ran = 1</script>").await?;
    desktop.screenshot("hostile-request")?;
    nothing_ran(&window).await?;

    for go in 0..GOES {
        let did = window
            .run_with(HOSTILE, vec![json!(asked), json!(CALLS), json!(go + 1)])
            .await?;
        ensure!(did == json!(0), "of {CALLS} hostile calls {did} did something");
    }
    let refused = window.run_with(FORGED, vec![json!(asked)]).await?;
    ensure!(refused == json!(3), "forged approvals refused: {refused} of 3");
    ensure!(
        site.status(&asked).await? == ChallengeStatus::Pending,
        "something was answered"
    );
    site.factor().await?;
    nothing_ran(&window).await?;

    // The person is still asked, and only they approve.
    window.click("Approve").await?;
    window.see("signed with this computer’s key").await?;
    ensure!(
        site.status(&asked).await? == ChallengeStatus::Approved,
        "the server has no approval"
    );
    window.see("No requests").await?;
    window.click("History").await?;
    window.see("<script>window.ran = 1</script>").await?;
    nothing_ran(&window).await?;
    desktop.close(window).await
}

async fn nothing_ran(window: &Window) -> Result<()> {
    let found = window
        .run("return [window.ran === undefined, document.querySelectorAll('main script, main img[src=x], main b, main svg[onload]').length]")
        .await
        .context("the page does not answer any more")?;
    ensure!(
        found == json!([Value::Bool(true), 0]),
        "what an issuer wrote became part of the page: {found}"
    );
    Ok(())
}
