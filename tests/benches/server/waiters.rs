//! Devices that wait for news: how soon they are told, and what they cost meanwhile.

use std::{
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::{Context, Result};
use futures_util::future::try_join_all;
use tokio::task::JoinHandle;

use crate::{
    Options,
    database::Database,
    floors::Floors,
    machine::{self, Usage},
    measure::{Run, measure as measure_runs, milliseconds},
    people::{Backend, Device},
    report::{Aims, Report, Row},
    under_test::UnderTest,
    wire::Connection,
};

/// How many enrol and ask at once.
const WORKERS: usize = 8;

/// A device that is told, and when it was.
type Told = JoinHandle<Result<(Connection, Instant)>>;

pub(crate) async fn measure(
    server: &Path,
    options: &Options,
    database: &Database,
    floors: &Floors,
    report: &mut Report,
) -> Result<()> {
    let under_test = UnderTest::start(server, database).await?;
    let backend = Backend::begin(under_test.address).await?;
    one_device(&under_test, &backend, options.rounds / 8, floors, report).await?;
    let devices = enrol(&under_test, &backend, options.waiters).await?;
    let many = options.waiters;
    let before = machine::memory(under_test.process())?;
    let waiting = wait_all(&under_test, &devices).await?;
    under_test.until_waiting(many).await?;
    let meanwhile = machine::memory(under_test.process())?;
    let count = f64::from(u32::try_from(many)?);
    let each = (meanwhile - before) * 1024.0 / count;
    let all = Row::value(
        &format!("memory while {many} devices wait (PSS)"),
        meanwhile,
        "MiB",
    );
    report.add(all.aims(Aims::at_most(300.0)));
    let aims = Aims::at_most(300.0 * 1024.0 / 10_000.0);
    report.add(Row::value("– for each of them", each, "KiB").aims(aims));
    tell_each(&under_test, &backend, &devices, waiting, report).await?;
    let connections = wait_all(&under_test, &devices).await?;
    under_test.until_waiting(many).await?;
    wake_all(under_test, connections, report).await
}

/// One device waits, and is asked.
async fn one_device(
    under_test: &UnderTest,
    backend: &Backend,
    rounds: usize,
    floors: &Floors,
    report: &mut Report,
) -> Result<()> {
    let mut issuer = Connection::open(under_test.address).await?;
    let mut own = Connection::open(under_test.address).await?;
    let (device, _) = Device::enrol(&mut own, backend, "waiting-person").await?;
    let mut all = [(&mut issuer, &mut own)];
    let run = measure_runs(&mut all, rounds, async |(issuer, own)| {
        let tag = device.poll(own, None, false).await?.expect(200)?.tag()?;
        let wait = async {
            let told = device.poll(own, Some(&tag), true).await?.expect(200)?;
            anyhow::Ok((told, Instant::now()))
        };
        let ask = async {
            under_test.until_waiting(1).await?;
            let asked = Instant::now();
            let sid = backend.ask(issuer, &device).await?.text("/sid")?;
            Ok((sid, asked))
        };
        let ((told, at), (sid, asked)) = futures_util::try_join!(wait, ask)?;
        anyhow::ensure!(
            told.text("/challenges/0/sid")? == sid,
            "the device was told of something else"
        );
        device.approve(own, &sid).await?;
        Ok(at - asked)
    })
    .await?;
    let floor = floors.sum(1.0, 1.0, 0.0, 0.0);
    report.add(Row::latency("create, until a waiting device has it", &run).over(floor));
    Ok(())
}

async fn enrol(under_test: &UnderTest, backend: &Backend, count: usize) -> Result<Vec<Arc<Device>>> {
    let connections = Connection::open_all(under_test.address, WORKERS).await?;
    let each = connections
        .into_iter()
        .enumerate()
        .map(async |(worker, mut connection)| {
            let mut devices = Vec::new();
            for number in (worker..count).step_by(WORKERS) {
                let identity = format!("waiting-person-{number}");
                devices.push(Arc::new(
                    Device::enrol(&mut connection, backend, &identity).await?.0,
                ));
            }
            anyhow::Ok(devices)
        });
    Ok(try_join_all(each).await?.concat())
}

/// Lets every device wait, each over a connection of its own.
async fn wait_all(under_test: &UnderTest, devices: &[Arc<Device>]) -> Result<Vec<Told>> {
    let mut waiting = Vec::with_capacity(devices.len());
    for some in devices.chunks(WORKERS) {
        let begun = some.iter().map(async |device| {
            let mut connection = Connection::open(under_test.address).await?;
            let device = Arc::clone(device);
            let known = device
                .poll(&mut connection, None, false)
                .await?
                .expect(200)?
                .tag()?;
            let told = async move {
                device.poll(&mut connection, Some(&known), true).await?;
                Ok((connection, Instant::now()))
            };
            anyhow::Ok(tokio::spawn(told))
        });
        waiting.extend(try_join_all(begun).await?);
    }
    Ok(waiting)
}

/// Asks every device something, 8 at once, and sees when each has heard.
async fn tell_each(
    under_test: &UnderTest,
    backend: &Backend,
    devices: &[Arc<Device>],
    waiting: Vec<Told>,
    report: &mut Report,
) -> Result<()> {
    let before = Usage::now()?;
    let started = Instant::now();
    let connections = Connection::open_all(under_test.address, WORKERS).await?;
    let each = connections
        .into_iter()
        .enumerate()
        .map(async |(worker, mut connection)| {
            let mut asked = Vec::new();
            for number in (worker..devices.len()).step_by(WORKERS) {
                asked.push((number, Instant::now()));
                backend.ask(&mut connection, &devices[number]).await?;
            }
            anyhow::Ok(asked)
        });
    let mut asked = try_join_all(each).await?.concat();
    asked.sort_unstable_by_key(|(number, _)| *number);
    let mut each = Vec::new();
    for (told, (_, asked)) in waiting.into_iter().zip(asked) {
        let (_, at) = told.await??;
        each.push(at - asked);
    }
    let whole = started.elapsed();
    let run = Run::of(each, whole, before.strangers_until(&Usage::now()?));
    let name = format!(
        "create for {} waiting devices, 8 at once, until told",
        devices.len()
    );
    report.add(Row::run(&name, &run));
    Ok(())
}

/// Ends the server, which answers everybody who waits.
async fn wake_all(under_test: UnderTest, waiting: Vec<Told>, report: &mut Report) -> Result<()> {
    let before = Usage::now()?;
    let started = Instant::now();
    let ended = tokio::task::spawn_blocking(|| under_test.terminate());
    let mut last = Duration::ZERO;
    let count = waiting.len();
    for told in waiting {
        let (_, at) = told.await?.context("a waiting device was not answered")?;
        last = last.max(at - started);
    }
    anyhow::ensure!(ended.await? == Some(0), "the server did not end well");
    let strangers = before.strangers_until(&Usage::now()?);
    let row = Row::value(
        &format!("all {count} answered, from the signal to the last"),
        milliseconds(last),
        "ms",
    );
    report.add(row.among(strangers).aims(Aims::at_most(200.0)));
    Ok(())
}
