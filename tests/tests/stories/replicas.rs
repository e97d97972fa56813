//! Several servers over one PostgreSQL database: one is killed in the middle of the work, and the database is
//! started anew, and nobody's answer is lost or counted twice.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::routing::post;
use countersign_core::{AnswerError, Event, RequestError};
use countersign_protocol::clock::{Clock, SteerableClock, SystemClock};
use countersign_protocol::form::Form;
use countersign_protocol::identity::Identity;
use countersign_protocol::resources::challenge::{Challenge, ChallengeStatus, CreateChallenge};
use countersign_protocol::sid::{AccountSid, ChallengeSid, FactorSid};
use countersign_server::testing::Postgres;
use countersign_tests::balancer::Balancer;
use countersign_tests::programs::{Listening, program};
use countersign_tests::world::within;
use countersign_tests::{Account, Device, Tenant};
use reqwest::Method;
use serde::de::DeserializeOwned;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::watch;

const AUTH_TOKEN: &str = "0123456789abcdef0123456789abcdef";

/// How many people are asked at once, and how often each.
const PEOPLE: usize = 4;
const QUESTIONS: usize = 9;

/// How long the story waits for each of its steps. All of it is done by seven programs, and the database does not
/// answer for a part of it.
const LIMIT: Duration = Duration::from_secs(180);

/// How long somebody waits who was turned away or cut off.
const PAUSE: Duration = Duration::from_millis(100);

#[expect(
    clippy::disallowed_methods,
    reason = "programs of their own have the computer's clock, and their clients pause before they try again"
)]
async fn pause() {
    tokio::time::sleep(PAUSE).await;
}

/// Three servers over one database, behind one address.
struct Cluster {
    postgres: Postgres,
    replicas: Vec<Listening>,
    balancer: Balancer,
    tenant: Tenant,
    _folder: TempDir,
}

impl Cluster {
    async fn start() -> Self {
        let postgres = tokio::task::spawn_blocking(Postgres::start).await.unwrap();
        let database = postgres.make_database().await;
        let folder = tempfile::tempdir().unwrap();
        let mut balancer = Balancer::listen().await.unwrap();
        let account = AccountSid::from_random([0xac; 16]);
        // All start at once, over a database that is empty and without a server key.
        let starting: Vec<_> = (0..3)
            .map(|_| {
                let mut server = Command::new(program("countersign-server"));
                server
                    .args(["serve", "--listen", "127.0.0.1:0", "--allow-private-webhooks"])
                    .args(["--database", &database, "--public-url", balancer.url().as_str()])
                    .arg("--server-key-file")
                    .arg(folder.path().join("server.key"))
                    .env("COUNTERSIGN_BOOTSTRAP_ACCOUNT_SID", account.as_str())
                    .env("COUNTERSIGN_BOOTSTRAP_AUTH_TOKEN", AUTH_TOKEN);
                tokio::task::spawn_blocking(move || Listening::start(&mut server))
            })
            .collect();
        let mut replicas = Vec::new();
        for replica in starting {
            replicas.push(replica.await.unwrap());
        }
        let addresses = replicas.iter().map(|replica| {
            let addresses = replica.url().socket_addrs(|| None).unwrap();
            addresses[0]
        });
        balancer.balance(addresses.collect());
        let tenant = Account::new(balancer.url(), &account, AUTH_TOKEN)
            .create_service("Acme")
            .await;
        Self {
            postgres,
            replicas,
            balancer,
            tenant,
            _folder: folder,
        }
    }
}

/// Which events told of the approval of each challenge.
type Told = Arc<Mutex<BTreeMap<String, BTreeSet<String>>>>;

async fn receiver(tenant: &Tenant) -> Told {
    async fn receive(State(told): State<Told>, body: String) {
        let form = Form::parse(body.as_bytes()).unwrap();
        let said = |name| form.one(name).unwrap().unwrap().to_owned();
        let mut told = told.lock().unwrap();
        told.entry(said("challenge_sid"))
            .or_default()
            .insert(said("uuid"));
    }
    let told = Told::default();
    let routes = Router::new()
        .route("/", post(receive))
        .with_state(Arc::clone(&told));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, routes).await });
    let form = [
        ("FriendlyName", "Approvals"),
        ("EventTypes", "challenge.approved"),
        ("WebhookUrl", &url),
    ];
    let form = form.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let path = tenant.path("/Webhooks");
    let made: Result<serde_json::Value, _> = tenant
        .account
        .send(Method::POST, &path, &form.into_iter().collect())
        .await;
    made.unwrap();
    told
}

/// Sends a request until it is answered. Only a way that broke and a server that says so are reasons to try again.
async fn insist<T: DeserializeOwned>(account: &Account, method: Method, path: &str, form: &Form) -> T {
    loop {
        match account.attempt(method.clone(), path, form).await {
            Ok(Ok(answer)) => return answer,
            Ok(Err(error)) => assert_eq!(error.status, 503, "{error}"),
            Err(_) => {}
        }
        pause().await;
    }
}

/// Asks a person one question after the other, each when the one before was approved, and returns all that were
/// asked.
async fn ask(
    tenant: Tenant,
    identity: Identity,
    factor_sid: FactorSid,
    approved: watch::Sender<usize>,
) -> Vec<ChallengeSid> {
    let challenges = tenant.path(&format!("/Entities/{identity}/Challenges"));
    let mut asked = Vec::new();
    for number in 0..QUESTIONS {
        let question = CreateChallenge {
            factor_sid: factor_sid.clone(),
            expiration_date: None,
            message: Some(format!("Question {number}?")),
            fields: Vec::new(),
            hidden_details: None,
            code: None,
        };
        let made: Challenge = insist(&tenant.account, Method::POST, &challenges, &question.to_form()).await;
        let path = format!("{challenges}/{}", made.sid);
        loop {
            let now: Challenge = insist(&tenant.account, Method::GET, &path, &Form::default()).await;
            match now.status {
                ChallengeStatus::Approved => break,
                status => assert_eq!(status, ChallengeStatus::Pending),
            }
            pause().await;
        }
        asked.push(made.sid);
        approved.send_modify(|approved| *approved += 1);
    }
    asked
}

/// Approves whatever arrives at a device, until it is ended.
async fn approve_all(device: Device) {
    let mut events = device.authenticator.subscribe();
    let _polling = device.authenticator.poll().unwrap();
    loop {
        for sid in device.waiting().await {
            approve(&device, &sid).await;
        }
        // Whoever missed an event looks anyway.
        while !matches!(events.recv().await, Ok(Event::RequestArrived { .. }) | Err(_)) {}
    }
}

async fn approve(device: &Device, sid: &ChallengeSid) {
    loop {
        let shown = match device.authenticator.refresh(sid).await {
            Ok(request) => request.digest,
            Err(RequestError::NotFound) => return,
            Err(_) => {
                pause().await;
                continue;
            }
        };
        match device.authenticator.approve(sid, &shown).await {
            Ok(_) | Err(AnswerError::AlreadyAnswered { .. } | AnswerError::NotFound) => return,
            Err(_) => pause().await,
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_answer_is_lost_or_counted_twice_when_a_replica_is_killed_and_the_database_restarted() {
    let mut cluster = Cluster::start().await;
    let told = receiver(&cluster.tenant).await;
    let (approved, mut progress) = watch::channel(0);
    let mut asking = Vec::new();
    let mut approving = Vec::new();
    for person in 0..PEOPLE {
        let identity: Identity = format!("person-{person:04}").parse().unwrap();
        let device = Device::open(SteerableClock::at(SystemClock.now())).await;
        let invitation = cluster.tenant.invite(&identity, cluster.balancer.url()).await;
        let factor = device.authenticator.enrol(&invitation.to_link()).await.unwrap();
        approving.push(tokio::spawn(approve_all(device)));
        asking.push(tokio::spawn(ask(
            cluster.tenant.clone(),
            identity,
            factor.sid,
            approved.clone(),
        )));
    }
    within(
        LIMIT,
        "the first answers",
        progress.wait_for(|approved| *approved >= PEOPLE * 2),
    )
    .await
    .unwrap();
    cluster.replicas.remove(0).kill();
    within(
        LIMIT,
        "answers without the replica",
        progress.wait_for(|approved| *approved >= PEOPLE * 5),
    )
    .await
    .unwrap();
    let mut postgres = cluster.postgres;
    let postgres = tokio::task::spawn_blocking(move || {
        postgres.restart();
        postgres
    });
    let _postgres = postgres.await.unwrap();
    let mut asked = Vec::new();
    for asking in asking {
        asked.extend(within(LIMIT, "all answers", asking).await.unwrap());
    }
    approving.iter().for_each(tokio::task::JoinHandle::abort);
    assert_eq!(asked.len(), PEOPLE * QUESTIONS);
    let all_told = async {
        while told.lock().unwrap().len() < asked.len() {
            pause().await;
        }
    };
    within(LIMIT, "the last webhook", all_told).await;
    let told = told.lock().unwrap();
    for sid in &asked {
        assert_eq!(told[sid.as_str()].len(), 1, "one approval of {sid}");
    }
    // They would complain of a database that ends before them.
    drop(cluster.replicas);
    println!(
        "R-01 replicas: {} approvals over three, one killed, the database restarted: 0 lost, 0 doubled",
        asked.len()
    );
}

#[tokio::test]
async fn a_server_that_cannot_start_over_postgresql_says_why() {
    let postgres = tokio::task::spawn_blocking(Postgres::start).await.unwrap();
    let database = postgres.make_database().await;
    let folder = tempfile::tempdir().unwrap();
    let taken = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut server = Command::new(program("countersign-server"));
    server
        .args(["serve", "--database", &database, "--listen"])
        .arg(taken.local_addr().unwrap().to_string())
        .arg("--server-key-file")
        .arg(folder.path().join("server.key"))
        .env_remove("COUNTERSIGN_LOG");
    let ended = tokio::task::spawn_blocking(move || server.output())
        .await
        .unwrap()
        .unwrap();
    let log = String::from_utf8(ended.stderr).unwrap();
    assert_eq!(ended.status.code(), Some(1), "{log}");
    assert!(log.contains("cannot listen on 127.0.0.1"), "{log}");
}
