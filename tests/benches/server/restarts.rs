//! How long a server is away that was killed in the middle of things.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use anyhow::{Result, ensure};

use crate::{
    database::Database,
    machine::Usage,
    measure::Run,
    people::{Backend, Device},
    report::{Aims, Report, Row},
    under_test::UnderTest,
    wire::Connection,
};

/// How often it is killed.
const TIMES: usize = 10;

pub(crate) async fn measure(
    server: &Path,
    mut under_test: UnderTest,
    database: &Database,
    report: &mut Report,
) -> Result<()> {
    let backend = Backend::begin(under_test.address).await?;
    let mut connection = Connection::open(under_test.address).await?;
    let (device, _) = Device::enrol(&mut connection, &backend, "patient-person").await?;
    let before = Usage::now()?;
    let mut each = Vec::new();
    for _ in 0..TIMES {
        // The last thing that the server says before it is killed has to be true afterwards.
        let sid = backend.ask(&mut connection, &device).await?.text("/sid")?;
        let killed = Instant::now();
        under_test.kill();
        under_test = UnderTest::start(server, database).await?;
        connection = Connection::open(under_test.address).await?;
        let status = backend.status(&mut connection, &device, &sid).await?;
        each.push(killed.elapsed());
        ensure!(status == "pending", "a challenge was forgotten: it is {status}");
    }
    let strangers = before.strangers_until(&Usage::now()?);
    let run = Run::of(each, Duration::ZERO, strangers);
    report.add(Row::latency("first right answer after kill -9", &run).aims(Aims::times(150.0, 150.0)));
    under_test.kill();
    Ok(())
}
