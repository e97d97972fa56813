//! S-05 and S-06: of several at once exactly one wins, whatever the scheduler does, and never another later.

use std::sync::Arc;

use countersign_protocol::challenge_response::Decision;

use super::times;
use crate::tests::{Device, IDENTITY, Reply, World, subscribe};

/// As many as answer at once.
const RUNNERS: usize = 6;

const WINNER: &str = "user-0002";

/// Where the devices of these races enrol.
fn factors(world: &World) -> String {
    world.at("/Factors").replace(IDENTITY, WINNER)
}

fn device(number: usize) -> Device {
    Device::new(u8::try_from(1 + number % 250).unwrap())
}

/// Runs this many at once and returns what came back.
async fn race<F: Future<Output = Reply> + Send + 'static>(runners: impl Iterator<Item = F>) -> Vec<Reply> {
    let running: Vec<_> = runners.map(tokio::spawn).collect();
    let mut replies = Vec::new();
    for runner in running {
        replies.push(runner.await.unwrap());
    }
    replies
}

/// Of devices with one permission exactly one enrols; the others are refused with the code of its being used.
async fn race_to_enrol(world: &Arc<World>, token: &str, runners: usize) {
    let enrolments = (0..runners).map(|runner| {
        let (world, token) = (world.clone(), token.to_owned());
        async move {
            let body = device(runner).creation();
            world.send("POST", &factors(&world), &token, &body).await
        }
    });
    let replies = race(enrolments).await;
    let (won, lost): (Vec<_>, Vec<_>) = replies.into_iter().partition(|reply| reply.status == 201);
    assert_eq!(won.len(), 1);
    for reply in lost {
        assert_eq!(reply.refusal(), (403, 60313));
    }
    // Room and keys for the next.
    let entity = world.at("").replace(IDENTITY, WINNER);
    assert_eq!(world.delete(&entity).await.status, 204);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_devices_with_one_link_exactly_one_enrols() {
    let world = Arc::new(World::on_disk().await);
    let rounds = times(42);
    for round in 0..rounds {
        let token = world.access_token(WINNER).await;
        race_to_enrol(&world, &token, 2 + round % 7).await;
        let again = device(20).creation();
        let used = world.send("POST", &factors(&world), &token, &again).await;
        assert_eq!(used.refusal(), (403, 60313), "it is used up for ever");
    }
    println!("S-05 one link, one device: {rounds} races of 2 to 8 devices, one success each, 0 used again");
}

#[tokio::test]
async fn a_link_is_good_for_its_own_identity_and_time_alone() {
    let world = World::new().await;
    let other_service = world.make_service("FriendlyName=Other").await;
    let stranger = world.make_account(0xbb).await;
    let made = world
        .send("POST", "/v2/Services", &stranger, "FriendlyName=Theirs")
        .await;
    let theirs = made.expect(201)["sid"].as_str().unwrap().to_owned();
    let own = factors(&world);
    let elsewhere = [
        own.replace(WINNER, "user-0003"),
        own.replace(world.service.as_str(), other_service.as_str()),
        own.replace(world.service.as_str(), &theirs),
    ];
    let mut tried = 0;
    for round in 0..times(20) {
        let token = world.access_token(WINNER).await;
        for path in &elsewhere {
            let reply = world.send("POST", path, &token, &device(round).creation()).await;
            assert!(
                matches!(reply.status.as_u16(), 401..=404),
                "{path}: {}",
                reply.text
            );
            tried += 1;
        }
        let late = world.access_token(WINNER).await;
        let good = world.send("POST", &own, &token, &device(round).creation()).await;
        good.expect(201);
        world.advance(60);
        let reply = world
            .send("POST", &own, &late, &device(round + 1).creation())
            .await;
        assert!(matches!(reply.status.as_u16(), 401 | 403), "{}", reply.text);
        tried += 1;
        assert_eq!(world.delete(&own.replace("/Factors", "")).await.status, 204);
    }
    println!(
        "S-05 links used elsewhere or late: {tried} tries, 0 successes, the right use succeeds after them"
    );
}

/// How many events of this kind there are about a challenge.
async fn events(world: &World, kind: &str, challenge: &str) -> usize {
    let rows = world
        .app
        .store
        .dump("SELECT event_type, body FROM deliveries")
        .await;
    let told = rows.iter().filter(|row| {
        let body: String = row.get("body").unwrap();
        row.get::<String>("event_type").unwrap() == kind && body.contains(challenge)
    });
    told.count()
}

/// Sends these decisions at once and returns those that were taken, after a look at everything else.
async fn race_to_answer(world: &Arc<World>, phone: &Device, decisions: [Decision; RUNNERS]) -> Vec<Decision> {
    let challenge = Arc::new(world.challenge(phone).await);
    let answers = decisions.into_iter().map(|decision| {
        let (world, phone, challenge) = (world.clone(), phone.clone(), challenge.clone());
        async move { world.answer(&phone, &challenge, decision).await }
    });
    let replies = race(answers).await;
    let mut taken = Vec::new();
    for (decision, reply) in decisions.into_iter().zip(replies) {
        if reply.status == 200 {
            assert_eq!(reply.json()["status"], decision.as_str());
            taken.push(decision);
        } else {
            assert_eq!(reply.refusal(), (403, 60322));
        }
    }
    let sid = challenge.json()["sid"].as_str().unwrap().to_owned();
    let stored = world.fetch(phone, &sid).await.json();
    assert_eq!(
        stored["status"],
        taken.first().expect("one answer is taken").as_str()
    );
    let told =
        events(world, "challenge.approved", &sid).await + events(world, "challenge.denied", &sid).await;
    assert_eq!(told, 1, "one event tells of it");
    taken
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_answers_at_once_exactly_one_counts() {
    let world = Arc::new(World::on_disk().await);
    let phone = world.verified_device(1).await;
    subscribe(
        &world,
        "https://acme.example/",
        &["challenge.approved", "challenge.denied"],
    )
    .await;
    let mut mixed = [Decision::Approved; RUNNERS];
    mixed
        .iter_mut()
        .skip(1)
        .step_by(2)
        .for_each(|decision| *decision = Decision::Denied);
    let (contrary, equal) = (times(30), times(15));
    for _ in 0..contrary {
        assert_eq!(race_to_answer(&world, &phone, mixed).await.len(), 1);
    }
    for _ in 0..equal {
        assert_eq!(
            race_to_answer(&world, &phone, [Decision::Approved; RUNNERS])
                .await
                .len(),
            1
        );
    }
    println!(
        "S-06 one outcome: {contrary} races of three approvals and three denials, {equal} of six approvals, \
         one success and one event each"
    );
}
