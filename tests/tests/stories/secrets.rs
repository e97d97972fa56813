//! Secrets stay where they belong: not in logs, not in files that do not need them.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::sync::{Arc, Mutex};

use countersign_tests::world::ada;
use countersign_tests::{Question, World};
use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::util::SubscriberInitExt;

/// Everything that is logged.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

/// All bytes of all files below a folder.
pub(super) fn bytes_below(folder: &Path) -> Vec<u8> {
    let mut bytes = Vec::new();
    for entry in fs::read_dir(folder).unwrap().flatten() {
        if entry.path().is_dir() {
            bytes.extend(bytes_below(&entry.path()));
        } else {
            bytes.extend(fs::read(entry.path()).unwrap());
        }
    }
    bytes
}

pub(super) fn contains(bytes: &[u8], secret: &str) -> bool {
    bytes
        .windows(secret.len())
        .any(|window| window == secret.as_bytes())
}

#[tokio::test]
async fn a_whole_session_leaves_no_secret_in_logs_or_files() {
    let log = Log::default();
    // While there is only one subscriber, a place in the code that another story's thread passes first is silenced
    // for all threads. This one makes it two.
    let _another = tracing_subscriber::registry().set_default();
    let logging = tracing_subscriber::fmt()
        .with_max_level(LevelFilter::TRACE)
        .with_writer(log.clone())
        .finish()
        .set_default();

    let world = World::start().await;
    let device = world.device().await;
    let enrolment = world.tenant.invite(&ada(), world.proxy.url()).await;
    let link = enrolment.to_link();
    let factor = device.authenticator.enrol(&link).await.unwrap();
    let question = Question::new("CANARY-message").with_hidden("transaction_id", "CANARY-hidden");
    let asked = world.ask(&factor.sid, &question).await;
    device.check().await;
    let shown = device.look_at(&asked.sid).await.digest;
    // Refusals and failures log the most.
    assert!(device.authenticator.enrol(&link).await.is_err());
    world.proxy.go_offline();
    assert!(device.authenticator.approve(&asked.sid, &shown).await.is_err());
    world.proxy.come_back();
    let answered = device.authenticator.approve(&asked.sid, &shown).await.unwrap();
    drop(logging);

    let logged = log.0.lock().unwrap().clone();
    assert!(
        contains(&logged, "/v2/Services/"),
        "the log holds what it may: which requests there were"
    );
    let (_, auth_token) = world.credentials();
    let signature = answered.signed_response.rsplit('.').next().unwrap();
    let secrets = [
        &enrolment.token,
        auth_token,
        signature,
        &question.message,
        "CANARY-hidden",
        "Basic ",
    ];
    for secret in secrets {
        assert!(!contains(&logged, secret), "{secret} is in the log");
    }
    let home = bytes_below(device.home());
    let database = bytes_below(world.folder());
    assert!(contains(&home, factor.sid.as_str()) && contains(&database, factor.sid.as_str()));
    for secret in [enrolment.token.as_str(), auth_token] {
        assert!(!contains(&home, secret), "{secret} is in the device's files");
        assert!(!contains(&database, secret), "{secret} is in the server's files");
    }
}
