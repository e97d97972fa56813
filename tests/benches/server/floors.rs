//! What each part of the work costs at least on this machine.

use std::{
    fs::File,
    hint::black_box,
    io::{Seek as _, Write as _},
    net::SocketAddr,
    path::Path,
    process::Command,
    time::Duration,
};

use anyhow::{Context, Result, ensure};
use countersign_tests::programs::Listening;
use p256::ecdsa::signature::{Signer as _, Verifier as _};

use crate::{
    database::{Database, Direct, Kind},
    key::Key,
    measure::{Run, measure, timed},
    wire::Connection,
};

/// As long as a device's credentials, before they are signed.
const MESSAGE: &[u8] = &[b'-'; 300];

/// The floors, measured before and after what stands on them.
pub(crate) struct Floors {
    pub(crate) runs: Vec<(&'static str, Run)>,
}

const FDATASYNC: &str = "fdatasync of 4 KiB";
const COMMIT: &str = "commit of one insert";
const COMMITS: &str = "commit of one insert, 8 clients";
const RING_SIGN: &str = "ES256 signature, ring";
const RING_VERIFY: &str = "ES256 verification, ring";
const P256_SIGN: &str = "ES256 signature, p256";
const P256_VERIFY: &str = "ES256 verification, p256";
const GET: &str = "bare axum GET, kept connection";
const GETS: &str = "bare axum GET, 8 kept connections";

impl Floors {
    pub(crate) async fn measure(database: &Database) -> Result<Self> {
        let mut runs = vec![(FDATASYNC, fdatasync(database.folder.path()).await?)];
        runs.extend(commits(database).await?);
        runs.extend(signatures().await?);
        runs.extend(bare_server().await?);
        Ok(Self { runs })
    }

    /// Measures all of them once more. What stood between is compared with both.
    pub(crate) async fn measure_again(&mut self, database: &Database) -> Result<()> {
        let again = Self::measure(database).await?;
        for ((_, run), (_, again)) in self.runs.iter_mut().zip(&again.runs) {
            *run = run.and(again);
        }
        Ok(())
    }

    /// What a request costs at least that is this many exchanges, commits, verifications and signatures.
    pub(crate) fn sum(&self, exchanges: f64, commits: f64, verifications: f64, signatures: f64) -> f64 {
        exchanges * self.p50(GET)
            + commits * self.p50(COMMIT)
            + verifications * self.p50(RING_VERIFY)
            + signatures * self.p50(RING_SIGN)
    }

    fn p50(&self, name: &str) -> f64 {
        let run = self.runs.iter().find(|(named, _)| *named == name);
        run.map_or(f64::NAN, |(_, run)| run.p50())
    }
}

async fn fdatasync(folder: &Path) -> Result<Run> {
    let mut file = File::create(folder.join("floor"))?;
    let page = [0x5a; 4096];
    let work = async |file: &mut File| {
        timed(async {
            file.rewind()?;
            file.write_all(&page)?;
            Ok(file.sync_data()?)
        })
        .await
    };
    // Beyond the first time the file has its length, as a database's log has.
    work(&mut file).await?;
    measure(std::slice::from_mut(&mut file), 500, work).await
}

async fn commits(database: &Database) -> Result<Vec<(&'static str, Run)>> {
    let (url, clients) = match database.kind {
        Kind::Sqlite => (
            format!(
                "sqlite://{}?mode=rwc",
                database.folder.path().join("floor.db").display()
            ),
            1,
        ),
        Kind::Postgres => (database.url.clone(), 8),
    };
    let mut all = Vec::new();
    for _ in 0..clients {
        all.push(Direct::to(&url).await?);
    }
    let first = all.first_mut().context("there is one")?;
    if database.kind == Kind::Sqlite {
        first
            .run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL".to_owned())
            .await?;
    }
    first
        .run("CREATE TABLE IF NOT EXISTS floor (words TEXT NOT NULL)".to_owned())
        .await?;
    let work = async |direct: &mut Direct| timed(direct.commit_one_row()).await;
    let mut runs = vec![(COMMIT, measure(&mut all[..1], 1_000, work).await?)];
    if clients > 1 {
        runs.push((COMMITS, measure(&mut all, 500, work).await?));
    }
    Ok(runs)
}

async fn signatures() -> Result<Vec<(&'static str, Run)>> {
    let (ring, p256) = (Key::make()?, p256::ecdsa::SigningKey::from_slice(&[7; 32])?);
    let (ring_public, p256_public) = (ring.public()?, p256.verifying_key());
    let ring_signature = ring.sign(MESSAGE)?;
    let p256_signature: p256::ecdsa::Signature = p256.sign(MESSAGE);
    let ring_sign = || ring.sign(black_box(MESSAGE)).map(|_| ());
    let p256_sign = || {
        let signature: p256::ecdsa::Signature = p256.sign(black_box(MESSAGE));
        black_box(signature);
        Ok(())
    };
    let ring_verify = || {
        ensure!(ring_public.verify(black_box(MESSAGE), &ring_signature));
        Ok(())
    };
    let p256_verify = || Ok(p256_public.verify(black_box(MESSAGE), &p256_signature)?);
    Ok(vec![
        (RING_SIGN, many(ring_sign).await?),
        (RING_VERIFY, many(ring_verify).await?),
        (P256_SIGN, many(p256_sign).await?),
        (P256_VERIFY, many(p256_verify).await?),
    ])
}

async fn many(work: impl Fn() -> Result<()>) -> Result<Run> {
    measure(&mut [()], 2_000, async |()| -> Result<Duration> {
        timed(async { work() }).await
    })
    .await
}

async fn bare_server() -> Result<Vec<(&'static str, Run)>> {
    let mut command = Command::new(std::env::current_exe()?);
    command.arg("--bare");
    let bare = tokio::task::spawn_blocking(move || Listening::start(&mut command)).await?;
    let addresses = bare.url().socket_addrs(|| None)?;
    let address: SocketAddr = *addresses.first().context("it has no address")?;
    let mut all = Connection::open_all(address, 8).await?;
    let work =
        async |connection: &mut Connection| timed(async { connection.get("/", "").await?.expect(200) }).await;
    let one = measure(&mut all[..1], 5_000, work).await?;
    Ok(vec![(GET, one), (GETS, measure(&mut all, 2_500, work).await?)])
}
