//! The server that is measured: the program as it is shipped.

use std::{
    fs::File,
    net::{Ipv4Addr, SocketAddr, TcpListener},
    path::Path,
    process::Command,
    time::Duration,
};

use anyhow::{Context, Result};
use countersign_tests::programs::Listening;

use crate::{
    database::Database,
    people::{AUTH_TOKEN, account},
    wire::Connection,
};

/// A server that runs.
pub(crate) struct UnderTest {
    listening: Listening,
    pub(crate) address: SocketAddr,
    metrics: SocketAddr,
}

impl UnderTest {
    pub(crate) async fn start(server: &Path, database: &Database) -> Result<Self> {
        let metrics = free_address()?;
        let log = File::options()
            .create(true)
            .append(true)
            .open(database.folder.path().join("log"))?;
        let mut command = Command::new(server);
        command
            .args(["serve", "--listen", "127.0.0.1:0", "--database", &database.url])
            .args(["--metrics-listen", &metrics.to_string()])
            .arg("--server-key-file")
            .arg(database.folder.path().join("server.key"))
            // A client that asks as fast as it can is what the limits are there to stop.
            .args(["--rates", "off"])
            // As usual: a line for each request.
            .args(["--log", "info,sqlx=warn"])
            .stderr(log)
            .env("COUNTERSIGN_BOOTSTRAP_ACCOUNT_SID", account().as_str())
            .env("COUNTERSIGN_BOOTSTRAP_AUTH_TOKEN", AUTH_TOKEN);
        let listening = tokio::task::spawn_blocking(move || Listening::start(&mut command)).await?;
        let addresses = listening.url().socket_addrs(|| None)?;
        Ok(Self {
            address: *addresses.first().context("it has no address")?,
            listening,
            metrics,
        })
    }

    pub(crate) fn process(&self) -> u32 {
        self.listening.process_id()
    }

    /// Waits until this many requests wait at the server, which is not long: none of them waits longer itself.
    pub(crate) async fn until_waiting(&self, count: usize) -> Result<()> {
        let seen = tokio::time::timeout(Duration::from_secs(25), self.see_waiting(count)).await;
        seen.with_context(|| format!("{count} requests did not come to wait at once"))?
    }

    async fn see_waiting(&self, count: usize) -> Result<()> {
        let mut connection = Connection::open(self.metrics).await?;
        let line = format!("countersign_waiting_requests {count}");
        let mut looks = tokio::time::interval(Duration::from_millis(1));
        loop {
            let metrics = connection.get("/metrics", "").await?.expect(200)?;
            if String::from_utf8_lossy(&metrics.body)
                .lines()
                .any(|said| said == line)
            {
                return Ok(());
            }
            looks.tick().await;
        }
    }

    /// Ends it where it stands.
    pub(crate) fn kill(self) {
        self.listening.kill();
    }

    /// Asks it to end.
    pub(crate) fn terminate(self) -> Option<i32> {
        self.listening.terminate()
    }
}

/// An address that nobody listens at now.
fn free_address() -> Result<SocketAddr> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?)
}
