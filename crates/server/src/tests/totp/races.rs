//! One code, brought by several at once: it counts once, whatever the scheduler does, and every step of the store may
//! fail.

use std::sync::Arc;

use super::{Authenticator, answer, subscribe};
use crate::tests::{World, faults::fail_at_every_step};

const RUNNERS: usize = 6;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_one_code_brought_several_times_at_once_exactly_one_counts() {
    let world = Arc::new(World::on_disk().await);
    let authenticator = Authenticator::verified(&world, "").await;
    for round in 0..7 {
        let code = authenticator.code(&world);
        let waiting = Arc::new(authenticator.challenge(&world).await.expect(201));
        let brought = (0..RUNNERS).map(|runner| {
            let (world, authenticator) = (world.clone(), authenticator.clone());
            let (code, waiting) = (code.clone(), waiting.clone());
            tokio::spawn(async move {
                if runner % 2 == 0 {
                    authenticator.sign_in(&world, &code).await
                } else {
                    answer(&world, &waiting, &code).await
                }
            })
        });
        let mut approved = 0;
        for reply in brought.collect::<Vec<_>>() {
            let reply = reply.await.unwrap();
            if reply.status.is_success() {
                approved += usize::from(reply.json()["status"] == "approved");
            } else {
                assert_eq!(reply.refusal(), (403, 60322));
            }
        }
        assert_eq!(approved, 1, "round {round}");
        world.advance(30);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn guesses_at_once_are_all_counted() {
    let world = Arc::new(World::on_disk().await);
    let authenticator = Authenticator::verified(&world, "").await;
    let challenge = Arc::new(authenticator.challenge(&world).await.expect(201));
    let wrong = authenticator.wrong_code(&world);
    let guesses = (0..20).map(|_| {
        let (world, challenge, wrong) = (world.clone(), challenge.clone(), wrong.clone());
        tokio::spawn(async move { answer(&world, &challenge, &wrong).await })
    });
    let mut looked_at = 0;
    for guess in guesses.collect::<Vec<_>>() {
        let reply = guess.await.unwrap();
        if reply.status == 200 {
            looked_at += 1;
        } else {
            assert_eq!(reply.refusal(), (429, 60308));
        }
    }
    assert_eq!(looked_at, 5);
}

#[tokio::test]
async fn everything_about_codes_survives_a_failure_at_every_step() {
    let world = World::new().await;
    subscribe(&world).await;
    let factors = world.at("/Factors");
    let body = "FactorType=totp&FriendlyName=Anna&Binding.Secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
    assert!(fail_at_every_step(&world, async || world.post(&factors, body).await).await >= 8);
    let listed = world.get(&factors).await.expect(200);
    assert_eq!(listed["factors"].as_array().unwrap().len(), 1);
    let factor = listed["factors"][0].clone();
    let authenticator = Authenticator {
        secret: countersign_protocol::totp::Secret::from_bytes(b"12345678901234567890").unwrap(),
        config: serde_json::from_value(factor["config"].clone()).unwrap(),
        factor,
    };

    let wrong = authenticator.wrong_code(&world);
    fail_at_every_step(&world, async || authenticator.verify(&world, &wrong).await).await;
    let code = authenticator.code(&world);
    let verify = async || authenticator.verify(&world, &code).await;
    assert!(fail_at_every_step(&world, verify).await >= 6);

    world.advance(30);
    let code = authenticator.code(&world);
    let sign_in = async || authenticator.sign_in(&world, &code).await;
    assert!(fail_at_every_step(&world, sign_in).await >= 8);
    let challenges = world.get(&world.at("/Challenges")).await.expect(200);
    assert_eq!(challenges["challenges"].as_array().unwrap().len(), 1);
    assert_eq!(challenges["challenges"][0]["status"], "approved");

    world.advance(30);
    let waiting = authenticator.challenge(&world).await.expect(201);
    let wrong = authenticator.wrong_code(&world);
    fail_at_every_step(&world, async || answer(&world, &waiting, &wrong).await).await;
    let code = authenticator.code(&world);
    assert!(fail_at_every_step(&world, async || answer(&world, &waiting, &code).await).await >= 6);
    let path = authenticator.path(&world);
    let rename = async || world.post(&path, "FriendlyName=Desk").await;
    assert!(fail_at_every_step(&world, rename).await >= 4);
}
