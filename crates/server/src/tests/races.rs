//! Two at once: exactly one wins, whatever the scheduler does.

use countersign_protocol::challenge_response::Decision;

use super::{Device, World};

/// As many as take part in each race.
const RUNNERS: usize = 6;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_approvals_and_denials_at_once_exactly_one_counts() {
    let world = std::sync::Arc::new(World::on_disk().await);
    let phone = world.verified_device(1).await;
    for _ in 0..20 {
        let challenge = std::sync::Arc::new(world.challenge(&phone).await);
        let answers = (0..RUNNERS).map(|runner| {
            let (world, phone, challenge) = (world.clone(), phone.clone(), challenge.clone());
            let decision = if runner % 2 == 0 {
                Decision::Approved
            } else {
                Decision::Denied
            };
            tokio::spawn(async move { (decision, world.answer(&phone, &challenge, decision).await) })
        });
        let mut winner = None;
        for answer in answers.collect::<Vec<_>>() {
            let (decision, reply) = answer.await.unwrap();
            if reply.status == 200 {
                assert_eq!(winner.replace(decision), None, "two answers were taken");
                assert_eq!(reply.json()["status"], decision.as_str());
            } else {
                assert_eq!(reply.refusal(), (403, 60322));
            }
        }
        let sid = challenge.json()["sid"].as_str().unwrap().to_owned();
        let stored = world.fetch(&phone, &sid).await.json();
        assert_eq!(stored["status"], winner.expect("one answer is taken").as_str());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_devices_with_one_access_token_exactly_one_enrols() {
    let world = std::sync::Arc::new(World::on_disk().await);
    for round in 0..10_u8 {
        let token = world.access_token("user-0002").await;
        let path = world.at("/Factors").replace(super::IDENTITY, "user-0002");
        let enrolments = (0..RUNNERS).map(|runner| {
            let (world, token, path) = (world.clone(), token.clone(), path.clone());
            let seed = 1 + round * 10 + u8::try_from(runner).unwrap();
            tokio::spawn(async move {
                world
                    .send("POST", &path, &token, &Device::new(seed).creation())
                    .await
            })
        });
        let mut enrolled = 0;
        for enrolment in enrolments.collect::<Vec<_>>() {
            let reply = enrolment.await.unwrap();
            if reply.status == 201 {
                enrolled += 1;
            } else {
                assert_eq!(reply.refusal(), (403, 60313));
            }
        }
        assert_eq!(enrolled, 1);
    }
}
