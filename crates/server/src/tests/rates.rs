//! Who asks for too much is told when to come again, and nobody else is.

use axum::http::{StatusCode, header};
use countersign_protocol::basic_auth::BasicAuth;

use super::{Device, Reply, World};
use crate::rates::Profile;

/// After how many seconds a refused request may come again.
fn again(reply: &Reply) -> u64 {
    assert_eq!(reply.refusal(), (429, 20429), "{}", reply.text);
    reply.headers[header::RETRY_AFTER]
        .to_str()
        .unwrap()
        .parse()
        .unwrap()
}

/// Asks until it is refused, and says how often it was not.
async fn ask_until_refused(world: &World, path: &str, body: &str) -> (usize, u64) {
    for asked in 0.. {
        let reply = world.post(path, body).await;
        if reply.status != StatusCode::CREATED {
            return (asked, again(&reply));
        }
    }
    unreachable!("each one is counted")
}

/// The credentials of an account with an auth token that is wrong.
fn credentials(account: &str) -> String {
    let password = "a wrong auth token".to_owned();
    BasicAuth {
        user: account.to_owned(),
        password,
    }
    .to_header()
}

fn question(device: &Device) -> String {
    format!("FactorSid={}&Details.Message=Sign+in%3F", device.sid())
}

#[tokio::test]
async fn a_person_is_asked_only_so_often_on_all_devices_together_and_others_all_the_same() {
    let world = World::with_rates(Profile::Strict).await;
    let (phone, laptop) = (world.verified_device(1).await, world.verified_device(2).await);
    let path = world.at("/Challenges");
    world.post(&path, &question(&laptop)).await.expect(201);
    world.advance(20);
    assert_eq!(ask_until_refused(&world, &path, &question(&phone)).await, (9, 40));
    assert_eq!(again(&world.post(&path, &question(&laptop)).await), 40);
    let refused = world.get(&path).await.expect(200);
    assert_eq!(
        refused["challenges"].as_array().unwrap().len(),
        10,
        "nothing was made"
    );
    world.advance(39);
    assert_eq!(again(&world.post(&path, &question(&phone)).await), 1);
    world.advance(1);
    assert_eq!(ask_until_refused(&world, &path, &question(&phone)).await.0, 1);

    let others = format!("/v2/Services/{}/Entities/somebody-else", world.service);
    let mut other = Device::new(3);
    let factors = format!("{others}/Factors");
    other.factor = world.post(&factors, &other.creation()).await.expect(201);
    let path = format!("{factors}/{}", other.sid());
    world.post(&path, &other.proof()).await.expect(200);
    let path = format!("{others}/Challenges");
    assert_eq!(ask_until_refused(&world, &path, &question(&other)).await.0, 10);
}

#[tokio::test]
async fn the_limits_of_an_hour_and_of_a_day_hold_and_end() {
    let world = World::with_rates(Profile::Strict).await;
    let phone = world.verified_device(1).await;
    let path = world.at("/Challenges");
    let mut asked = 0;
    let mut refused = Vec::new();
    for _ in 0..24 * 60 {
        let (more, again) = ask_until_refused(&world, &path, &question(&phone)).await;
        asked += more;
        refused.push(again);
        world.advance(i64::try_from(again).unwrap());
        if asked >= 100 {
            break;
        }
    }
    assert_eq!(asked, 100);
    assert!(
        refused.contains(&60) && refused.iter().any(|again| *again > 3000),
        "{refused:?}"
    );
    let (_, again) = ask_until_refused(&world, &path, &question(&phone)).await;
    assert!(again > 10 * 3600, "{again}");
}

#[tokio::test]
async fn a_device_that_asks_too_often_waits_and_no_other_does() {
    let world = World::with_rates(Profile::Usual).await;
    let (phone, laptop) = (world.verified_device(1).await, world.verified_device(2).await);
    let path = world.at("/Challenges");
    let poll = async |device: &Device| world.send("GET", &path, &device.auth(world.now()), "").await;
    let mut polls = 0;
    let refused = loop {
        let reply = poll(&phone).await;
        if reply.status != StatusCode::OK {
            break reply;
        }
        polls += 1;
    };
    // Its verification was a request as well.
    assert_eq!((polls, again(&refused)), (59, 1));
    poll(&laptop).await.expect(200);
    world.advance(1);
    poll(&phone).await.expect(200);
}

#[tokio::test]
async fn whoever_tries_auth_tokens_is_told_to_wait_and_the_right_one_is_heard() {
    let world = World::with_rates(Profile::Usual).await;
    let path = world.at("/Challenges");
    let wrong = credentials(world.account.as_str());
    let mut tries = 0;
    let refused = loop {
        let reply = world.send("GET", &path, &wrong, "").await;
        if reply.status != StatusCode::UNAUTHORIZED {
            break reply;
        }
        tries += 1;
    };
    assert_eq!((tries, again(&refused)), (20, 3));
    world.verified_device(1).await;
    let other = world
        .send(
            "GET",
            &path,
            &credentials("ACffffffffffffffffffffffffffffffff"),
            "",
        )
        .await;
    assert_eq!(again(&other), 3);
    world.advance(3);
    let reply = world.send("GET", &path, &wrong, "").await;
    assert_eq!(reply.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn forged_signatures_never_hold_up_the_device_they_imitate() {
    let world = World::with_rates(Profile::Usual).await;
    let phone = world.verified_device(1).await;
    let path = world.at("/Challenges");
    let forged = phone.forger().auth(world.now());
    let mut forgeries = 0;
    loop {
        let reply = world.send("GET", &path, &forged, "").await;
        if reply.status != StatusCode::UNAUTHORIZED {
            assert_eq!(again(&reply), 1);
            break;
        }
        forgeries += 1;
    }
    assert_eq!(forgeries, 60);
    world
        .send("GET", &path, &phone.auth(world.now()), "")
        .await
        .expect(200);
}
