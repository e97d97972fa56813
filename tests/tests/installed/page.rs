//! What the page in the window is not allowed to do.

use anyhow::{Result, ensure};
use countersign_tests::desktop::{Desktop, Keyring};
use serde_json::{Value, json};

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
