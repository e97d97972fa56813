//! What is asked all the time: challenges, polls, answers, enrolments and lists.

use std::{net::SocketAddr, path::Path, time::Duration};

use anyhow::{Context, Result, ensure};
use url::Url;

use crate::{
    Options,
    database::Database,
    floors::Floors,
    machine,
    measure::{Run, measure, timed},
    people::{Backend, Device},
    report::{Aims, Report, Row},
    under_test::UnderTest,
    wire::Connection,
};

/// How many do the same at once where it is not one.
const WORKERS: usize = 8;

/// Somebody with a device, and connections for both sides.
struct Worker {
    address: SocketAddr,
    backend: Backend,
    device: Device,
    issuer: Connection,
    own: Connection,
    /// How many people they have been.
    people: usize,
    name: String,
}

impl Worker {
    async fn begin(address: SocketAddr, backend: &Backend, name: String) -> Result<Self> {
        let mut own = Connection::open(address).await?;
        Ok(Self {
            address,
            device: Device::enrol(&mut own, backend, &name).await?.0,
            backend: backend.clone(),
            issuer: Connection::open(address).await?,
            own,
            people: 0,
            name,
        })
    }

    /// The server ends connections over which nothing has come for a while.
    async fn reconnect(&mut self) -> Result<()> {
        self.issuer = Connection::open(self.address).await?;
        self.own = Connection::open(self.address).await?;
        Ok(())
    }

    async fn create(&mut self) -> Result<Duration> {
        timed(self.backend.ask(&mut self.issuer, &self.device)).await
    }

    async fn poll(&mut self) -> Result<Duration> {
        timed(async { self.device.poll(&mut self.own, None, false).await?.expect(200) }).await
    }

    async fn poll_what_is_known(&mut self, tag: &str) -> Result<Duration> {
        timed(async {
            self.device
                .poll(&mut self.own, Some(tag), false)
                .await?
                .expect(304)
        })
        .await
    }

    async fn poll_over_a_new_connection(&mut self) -> Result<Duration> {
        timed(async {
            let mut connection = Connection::open(self.address).await?;
            self.device.poll(&mut connection, None, false).await?.expect(200)
        })
        .await
    }

    /// The backend asks, the device finds, fetches and answers, the backend reads the answer.
    async fn round_trip(&mut self) -> Result<Duration> {
        timed(async {
            let made = self.backend.ask(&mut self.issuer, &self.device).await?;
            let pending = self.device.poll(&mut self.own, None, false).await?.expect(200)?;
            let sid = pending.text("/challenges/0/sid")?;
            ensure!(made.text("/sid")? == sid, "another challenge is pending");
            self.device.approve(&mut self.own, &sid).await?;
            let status = self.backend.status(&mut self.issuer, &self.device, &sid).await?;
            ensure!(status == "approved", "the challenge is {status}");
            Ok(())
        })
        .await
    }

    async fn enrol_another(&mut self) -> Result<Duration> {
        self.people += 1;
        let identity = format!("{}-{}", self.name, self.people);
        Ok(Device::enrol(&mut self.own, &self.backend, &identity).await?.1)
    }

    async fn list(&mut self, path: &str) -> Result<Duration> {
        timed(async {
            self.issuer
                .get(path, &self.backend.authorization)
                .await?
                .expect(200)
        })
        .await
    }
}

async fn workers(address: SocketAddr, backend: &Backend, name: &str) -> Result<Vec<Worker>> {
    let mut all = Vec::new();
    for number in 0..WORKERS {
        all.push(Worker::begin(address, backend, format!("{name}-{number}")).await?);
    }
    Ok(all)
}

/// Measures all of it, and leaves the server running.
pub(crate) async fn measure_all(
    server: &Path,
    options: &Options,
    database: &Database,
    floors: &Floors,
    report: &mut Report,
) -> Result<UnderTest> {
    let under_test = UnderTest::start(server, database).await?;
    let process = under_test.process();
    let at_start = machine::memory(process)?;
    report.add(Row::value("memory at start (PSS)", at_start, "MiB").aims(Aims::at_most(15.0)));
    let backend = Backend::begin(under_test.address).await?;
    let begin = async |name| workers(under_test.address, &backend, name).await;
    creations(
        &mut begin("asked-person").await?,
        process,
        options.rounds,
        floors,
        report,
    )
    .await?;
    round_trips(
        &mut begin("person").await?,
        process,
        options.rounds,
        floors,
        report,
    )
    .await?;
    enrolments(&mut begin("newcomer").await?, options.rounds, floors, report).await?;
    polls(
        &mut begin("quiet-person").await?,
        process,
        options.rounds,
        floors,
        report,
    )
    .await?;
    let after = machine::memory(process)?;
    report.add(Row::value("memory after this load (PSS)", after, "MiB").aims(Aims::at_most(40.0)));
    lists(&mut begin("old-customer").await?, options, database, report).await?;
    Ok(under_test)
}

/// Lets all of them work at once. Says too what each time took of the processors on the server's side, in milliseconds,
/// which others do not make longer.
async fn at_once(
    all: &mut [Worker],
    process: u32,
    rounds: usize,
    work: impl AsyncFn(&mut Worker) -> Result<Duration>,
) -> Result<(Run, f64)> {
    let before = machine::processor_seconds(process)?;
    let run = measure(all, rounds, work).await?;
    let used = machine::processor_seconds(process)? - before;
    // The tenth that is done before all others counts here.
    let each = used * 1000.0 / (run.count() * 1.1);
    Ok((run, each))
}

async fn creations(
    all: &mut [Worker],
    process: u32,
    rounds: usize,
    floors: &Floors,
    report: &mut Report,
) -> Result<()> {
    let one = measure(&mut all[..1], rounds, Worker::create).await?;
    let aims = Aims::times(1.0, 2.5).per_second(900.0);
    report.add(
        Row::run("create a challenge", &one)
            .over(floors.sum(1.0, 1.0, 0.0, 0.0))
            .aims(aims),
    );
    let (eight, each) = at_once(all, process, rounds / 4, Worker::create).await?;
    report.add(Row::run("– 8 at once", &eight).aims(Aims::rate(1_500.0)));
    report.add(Row::value("– processor time of the server", each, "ms"));
    Ok(())
}

async fn round_trips(
    all: &mut [Worker],
    process: u32,
    rounds: usize,
    floors: &Floors,
    report: &mut Report,
) -> Result<()> {
    let one = measure(&mut all[..1], rounds / 2, Worker::round_trip).await?;
    let floor = floors.sum(5.0, 2.0, 4.0, 4.0);
    report.add(
        Row::run("full round trip", &one)
            .over(floor)
            .aims(Aims::times(3.0, 8.0)),
    );
    let (eight, each) = at_once(all, process, rounds / 4, Worker::round_trip).await?;
    report.add(Row::run("– 8 at once", &eight).aims(Aims::times(16.0, 30.0).per_second(700.0)));
    report.add(Row::value("– processor time of the server", each, "ms").aims(Aims::at_most(2.5)));
    Ok(())
}

async fn enrolments(all: &mut [Worker], rounds: usize, floors: &Floors, report: &mut Report) -> Result<()> {
    let one = measure(&mut all[..1], rounds / 8, Worker::enrol_another).await?;
    let floor = floors.sum(2.0, 2.0, 2.0, 2.0);
    report.add(
        Row::latency("enrol: both steps of the device", &one)
            .over(floor)
            .aims(Aims::p50(5.0)),
    );
    Ok(())
}

async fn polls(
    all: &mut [Worker],
    process: u32,
    rounds: usize,
    floors: &Floors,
    report: &mut Report,
) -> Result<()> {
    let floor = floors.sum(1.0, 0.0, 1.0, 1.0);
    let one = measure(&mut all[..1], rounds, Worker::poll).await?;
    report.add(
        Row::run("poll, nothing pending", &one)
            .over(floor)
            .aims(Aims::times(0.7, 1.5)),
    );
    let (eight, each) = at_once(all, process, rounds, Worker::poll).await?;
    report.add(Row::run("– over 8 kept connections", &eight).aims(Aims::rate(8_000.0)));
    report.add(Row::value("– processor time of the server", each, "ms"));
    let eight = measure(all, rounds / 8, Worker::poll_over_a_new_connection).await?;
    report.add(Row::run("– 8 at once, a new connection for each", &eight).aims(Aims::rate(2_500.0)));
    polls_of_many(all, rounds, floor, report).await
}

/// Polls of somebody who was asked a lot and of somebody who was asked nothing, side by side, in turn.
async fn polls_of_many(all: &mut [Worker], rounds: usize, floor: f64, report: &mut Report) -> Result<()> {
    let [quiet, asked, ..] = all else { return Ok(()) };
    for _ in 0..20 {
        asked.create().await?;
    }
    let tag = asked
        .device
        .poll(&mut asked.own, None, false)
        .await?
        .expect(200)?
        .tag()?;
    let mut without = Vec::new();
    let mut pair = [(quiet, asked, &mut without)];
    let with = measure(&mut pair, rounds, async |(quiet, asked, without)| {
        without.push(quiet.poll().await?);
        asked.poll().await
    })
    .await?;
    let [(_, asked, _)] = pair;
    let known = measure(&mut [asked], rounds, async |asked| {
        asked.poll_what_is_known(&tag).await
    })
    .await?;
    let without = Run::of(without, Duration::ZERO, 0.0);
    report.add(
        Row::latency("poll, 20 pending", &with)
            .over(floor)
            .aims(Aims::p50(0.9)),
    );
    let ratio = with.p50() / without.p50();
    report.add(Row::value("– to nothing pending, in turn", ratio, "×").aims(Aims::at_most(1.2)));
    report.add(Row::latency("– when the device knows them (304)", &known).over(floor));
    Ok(())
}

/// Pages of 50, of a person with few challenges and of one with many, in turn.
async fn lists(
    all: &mut [Worker],
    options: &Options,
    database: &Database,
    report: &mut Report,
) -> Result<()> {
    const FEW: u32 = 1_000;
    let [few, many, ..] = all else { return Ok(()) };
    fill(few, database, 1, FEW).await?;
    fill(many, database, FEW + 1, options.challenges).await?;
    let mut paths = Vec::new();
    for person in [&mut *few, &mut *many] {
        person.reconnect().await?;
        let first = person.device.path("/Challenges?PageSize=50");
        let page = person
            .issuer
            .get(&first, &person.backend.authorization)
            .await?
            .expect(200)?;
        let second: Url = page.text("/meta/next_page_url")?.parse()?;
        let query = second.query().context("the next page has a query")?;
        paths.push([first, format!("{}?{query}", second.path())]);
    }
    let [of_few, of_many] = paths.as_slice() else {
        return Ok(());
    };
    for (name, page) in [("list: the first 50", 0), ("list: the next 50", 1)] {
        let mut short = Vec::new();
        let mut pair = [(&mut *few, &mut *many, &mut short)];
        let long = measure(&mut pair, options.rounds / 4, async |(few, many, short)| {
            short.push(few.list(&of_few[page]).await?);
            many.list(&of_many[page]).await
        })
        .await?;
        let short = Run::of(short, Duration::ZERO, long.strangers);
        let [challenges, thousand] = [&long, &short].map(Run::p50);
        report.add(Row::latency(&format!("{name} of {FEW}"), &short));
        report.add(Row::latency(&format!("– of {}", options.challenges), &long));
        let ratio = challenges / thousand;
        report.add(Row::value("– the one to the other", ratio, "×").aims(Aims::at_most(1.2)));
    }
    let poll = measure(std::slice::from_mut(many), options.rounds / 4, Worker::poll).await?;
    let name = format!("poll, nothing pending and {} answered", options.challenges);
    report.add(Row::latency(&name, &poll).aims(Aims::times(0.7, 1.5)));
    Ok(())
}

/// Gives a person this many answered challenges.
async fn fill(worker: &mut Worker, database: &Database, first: u32, count: u32) -> Result<()> {
    let made = worker
        .backend
        .ask(&mut worker.issuer, &worker.device)
        .await?
        .text("/sid")?;
    worker.device.approve(&mut worker.own, &made).await?;
    database.copy_challenge(&made, first, count - 1).await
}
