//! The server's own pages, in a real browser over a real server.
//!
//! What is done with a page lies in `pages/`, a script for each, in the browser's own language.

use std::{path::Path, time::Duration};

use countersign_tests::World;
use tokio::process::Command;

/// How long a script may take before it is said to hang. On two busy cores it takes some seconds.
const LIMIT: Duration = Duration::from_secs(300);

#[tokio::test]
async fn a_developer_reads_the_api_and_tries_it_by_keyboard() {
    run("docs.mjs").await;
}

async fn run(script: &str) {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    assert!(
        package.join("../ui/node_modules/playwright-core").is_dir(),
        "the driver of the browser is not installed: run `cargo xtask test pages`, which installs it"
    );
    let world = World::start().await;
    let (account_sid, auth_token) = world.credentials();
    let mut node = Command::new("node");
    node.arg(package.join("pages").join(script))
        .env(
            "COUNTERSIGN_SERVER_URL",
            world.server_url().as_str().trim_end_matches('/'),
        )
        .env("COUNTERSIGN_ACCOUNT_SID", account_sid.as_str())
        .env("COUNTERSIGN_AUTH_TOKEN", auth_token)
        .kill_on_drop(true);
    let output = tokio::time::timeout(LIMIT, node.output())
        .await
        .unwrap_or_else(|_| panic!("{script} hangs"))
        .expect("node is installed");
    assert!(
        output.status.success(),
        "{script} failed:\n{}\n{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
}
