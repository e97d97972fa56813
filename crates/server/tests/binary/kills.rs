//! the server is killed while devices answer, again and again, and nothing that it acknowledged is lost.

use std::{
    collections::BTreeMap,
    path::Path,
    sync::mpsc::{Sender, channel},
    thread,
    time::{Duration, Instant},
};

use countersign_protocol::{basic_auth::BasicAuth, challenge_response::Decision};
use sqlx::{Connection as _, Row as _, SqliteConnection};

use crate::{
    device::{Device, form},
    process::{Process, serve},
};

/// How many devices answer at once.
const DEVICES: u8 = 8;

/// How many challenges each of them has to answer before a kill.
const CHALLENGES: usize = 2;

/// How often the server is killed, unless COUNTERSIGN_ATTACK_SCALE says how many times that.
const KILLS: usize = 20;

fn credentials() -> BasicAuth {
    BasicAuth {
        user: format!("AC{}", "f".repeat(32)),
        password: "from-the-environment".to_owned(),
    }
}

fn start(folder: &Path) -> Process {
    let mut command = serve(folder);
    command.env("COUNTERSIGN_BOOTSTRAP_ACCOUNT_SID", credentials().user);
    command.env("COUNTERSIGN_BOOTSTRAP_AUTH_TOKEN", credentials().password);
    command.args(["--rates", "off"]);
    Process::start(command)
}

/// Makes a challenge and returns its path.
fn ask(server: &Process, entity: &str, device: &Device) -> String {
    let question = form(&[("FactorSid", device.sid()), ("Details.Message", "Sign in?")]);
    let challenges = format!("{entity}/Challenges");
    let (status, made) = server.send("POST", &challenges, &credentials(), &question);
    assert_eq!(status, 201, "{made}");
    format!("{challenges}/{}", made["sid"].as_str().unwrap())
}

fn status(server: &Process, challenge: &str) -> String {
    let (status, found) = server.send("GET", challenge, &credentials(), "");
    assert_eq!(status, 200, "{found}");
    found["status"].as_str().unwrap().to_owned()
}

/// Answers challenges until the server is gone, and tells of each answer that was acknowledged.
fn answer(
    server: &Process,
    device: &Device,
    challenges: &[(String, Decision)],
    acknowledged: &Sender<(String, Decision)>,
) {
    for (challenge, decision) in challenges {
        match device.answer(&server.address, challenge, *decision) {
            Some(200) => acknowledged.send((challenge.clone(), *decision)).unwrap(),
            Some(status) => panic!("an answer is taken or not heard of, and this was {status}"),
            None => return,
        }
    }
}

/// Lets all devices answer at once, kills the server after some answers were acknowledged, and returns these.
fn kill_while_answering(
    server: Process,
    devices: &[Device],
    asked: &[Vec<(String, Decision)>],
    after: usize,
) -> Vec<(String, Decision)> {
    let (sender, acknowledged) = channel();
    let mut all = Vec::new();
    thread::scope(|scope| {
        let server = &server;
        for (device, challenges) in devices.iter().zip(asked) {
            let sender = sender.clone();
            scope.spawn(move || answer(server, device, challenges, &sender));
        }
        drop(sender);
        all.extend(acknowledged.iter().take(after));
        server.signal("-KILL");
        all.extend(acknowledged.iter());
    });
    server.end("-KILL");
    all
}

/// What SQLite says of the file, and how many events there are about each challenge.
fn look_inside(folder: &Path) -> (String, BTreeMap<String, i64>) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let url = format!("sqlite://{}/server.db", folder.display());
        let mut database = SqliteConnection::connect(&url).await.unwrap();
        let check = sqlx::query("PRAGMA integrity_check")
            .fetch_one(&mut database)
            .await
            .unwrap();
        let rows = sqlx::query(
            "SELECT body FROM deliveries WHERE event_type IN ('challenge.approved', 'challenge.denied')",
        );
        let mut events = BTreeMap::new();
        for row in rows.fetch_all(&mut database).await.unwrap() {
            let body: String = row.get("body");
            let at = body.find("challenge_sid=").unwrap() + "challenge_sid=".len();
            *events.entry(body[at..at + 34].to_owned()).or_default() += 1;
        }
        database.close().await.unwrap();
        (check.get(0), events)
    })
}

/// Makes an identity with all devices, at a service whose webhook is told of answers.
fn enrol_all(server: &Process) -> (String, Vec<Device>) {
    let (_, service) = server.send("POST", "/v2/Services", &credentials(), "FriendlyName=Acme");
    let service = format!("/v2/Services/{}", service["sid"].as_str().unwrap());
    let hook = form(&[
        ("FriendlyName", "Hook"),
        ("EventTypes", "*"),
        ("WebhookUrl", "https://receiver.invalid/"),
    ]);
    let hooks = format!("{service}/Webhooks");
    assert_eq!(server.send("POST", &hooks, &credentials(), &hook).0, 201);
    let entity = format!("{service}/Entities/user-0001");
    let devices = (1..=DEVICES)
        .map(|seed| Device::enrol_with(server, &credentials(), &entity, seed))
        .collect();
    (entity, devices)
}

/// What each device is asked, and what it is going to answer.
fn ask_all(server: &Process, entity: &str, devices: &[Device]) -> Vec<Vec<(String, Decision)>> {
    let all = devices.iter().enumerate().map(|(number, device)| {
        let decision = if number % 2 == 0 {
            Decision::Approved
        } else {
            Decision::Denied
        };
        (0..CHALLENGES)
            .map(|_| (ask(server, entity, device), decision))
            .collect()
    });
    all.collect()
}

#[test]
fn no_acknowledged_answer_is_lost_or_doubled_however_often_the_server_is_killed() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let scale = std::env::var("COUNTERSIGN_ATTACK_SCALE").map_or(1, |scale| scale.parse().unwrap());
    let kills = KILLS * scale;
    let mut server = start(folder);
    let (entity, devices) = enrol_all(&server);
    let (mut answers, mut unheard, mut slowest) = (0, 0, Duration::ZERO);
    for kill in 0..kills {
        let asked = ask_all(&server, &entity, &devices);
        // Any number of answers but all of them, in an order that looks random.
        let after = kill * 7 % (usize::from(DEVICES) * CHALLENGES);
        let acknowledged = kill_while_answering(server, &devices, &asked, after);
        let acknowledged: BTreeMap<_, _> = acknowledged.into_iter().collect();
        let (check, events) = look_inside(folder);
        assert_eq!(check, "ok", "after kill {kill}");
        let begun = Instant::now();
        server = start(folder);
        status(&server, &asked[0][0].0);
        slowest = slowest.max(begun.elapsed());
        for (challenge, decision) in asked.iter().flatten() {
            let stored = status(&server, challenge);
            let (answered, known) = (stored == decision.as_str(), acknowledged.contains_key(challenge));
            assert!(answered || stored == "pending", "{challenge} is {stored}");
            assert!(answered || !known, "an acknowledged answer was lost");
            let told = events
                .get(&challenge[challenge.len() - 34..])
                .copied()
                .unwrap_or(0);
            assert_eq!(told, i64::from(answered), "one event tells of each answer");
            answers += usize::from(known);
            unheard += usize::from(answered && !known);
        }
    }
    println!(
        "R-01 kills: {kills} while {DEVICES} devices answered, {answers} acknowledged answers, 0 lost, 0 doubled, \
         {unheard} taken and not acknowledged, integrity_check ok {kills}/{kills}"
    );
    println!("R-09 restart: from the start after a kill to the first right answer {slowest:?} at most");
}
