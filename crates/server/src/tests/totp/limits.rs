//! How often anybody may guess, and how much there may be.

use super::{Authenticator, answer};
use crate::tests::{Device, World};

#[tokio::test]
async fn five_wrong_codes_end_the_chance_to_verify() {
    let world = World::new().await;
    let authenticator = Authenticator::unverified(&world, "").await;
    for _ in 0..5 {
        let wrong = authenticator.wrong_code(&world);
        let reply = authenticator.verify(&world, &wrong).await.expect(200);
        assert_eq!(reply["status"], "unverified");
    }
    let code = authenticator.code(&world);
    assert_eq!(authenticator.verify(&world, &code).await.refusal(), (429, 60310));
    world.advance(12 * 3600);
    let code = authenticator.code(&world);
    assert_eq!(authenticator.verify(&world, &code).await.refusal(), (429, 60310));
    // What is no code is not counted.
    let other = Authenticator::unverified(&world, "").await;
    for _ in 0..10 {
        assert_eq!(other.verify(&world, "12345x").await.refusal(), (400, 60306));
    }
    let code = other.code(&world);
    assert_eq!(
        other.verify(&world, &code).await.expect(200)["status"],
        "verified"
    );
}

#[tokio::test]
async fn five_wrong_codes_end_a_challenge_and_the_next_begins_anew() {
    let world = World::new().await;
    let authenticator = Authenticator::verified(&world, "").await;
    let wrong = authenticator.wrong_code(&world);
    // The one that came with it counts as well.
    let challenge = authenticator.sign_in(&world, &wrong).await.expect(201);
    for _ in 0..4 {
        let reply = answer(&world, &challenge, &wrong).await.expect(200);
        assert_eq!(reply["status"], "pending");
    }
    let code = authenticator.code(&world);
    assert_eq!(answer(&world, &challenge, &code).await.refusal(), (429, 60308));
    let path = world.at(&format!("/Challenges/{}", challenge["sid"].as_str().unwrap()));
    assert_eq!(world.get(&path).await.expect(200)["status"], "pending");
    let next = authenticator.challenge(&world).await.expect(201);
    assert_eq!(
        answer(&world, &next, &code).await.expect(200)["status"],
        "approved"
    );
}

#[tokio::test]
async fn a_hundred_wrong_codes_in_a_row_end_a_factor_and_a_right_one_between_saves_it() {
    let world = World::new().await;
    let authenticator = Authenticator::verified(&world, "").await;
    let guess = async |challenges: usize| {
        for _ in 0..challenges {
            let wrong = authenticator.wrong_code(&world);
            let challenge = authenticator.sign_in(&world, &wrong).await.expect(201);
            for _ in 0..4 {
                answer(&world, &challenge, &wrong).await.expect(200);
            }
        }
    };
    guess(19).await;
    let code = authenticator.code(&world);
    assert_eq!(
        authenticator.sign_in(&world, &code).await.expect(201)["status"],
        "approved"
    );
    guess(19).await;
    let waiting = authenticator.challenge(&world).await.expect(201);
    guess(1).await;
    world.advance(2 * 3600);
    let code = authenticator.code(&world);
    assert_eq!(authenticator.sign_in(&world, &code).await.refusal(), (429, 60310));
    let refused = authenticator.challenge(&world).await;
    assert_eq!(refused.refusal(), (429, 60310));
    assert!(!refused.headers.contains_key("retry-after"), "this has no end");
    assert_eq!(authenticator.verify(&world, &code).await.refusal(), (429, 60310));
    assert_eq!(answer(&world, &waiting, &code).await.refusal(), (403, 60323));
    // Others of the same person are as they were.
    let other = Authenticator::verified(&world, "").await;
    let code = other.code(&world);
    assert_eq!(
        other.sign_in(&world, &code).await.expect(201)["status"],
        "approved"
    );
}

#[tokio::test]
async fn a_factor_is_given_fifty_challenges_an_hour_and_a_hundred_a_day() {
    let world = World::new().await;
    let authenticator = Authenticator::verified(&world, "Config.CodeLength=5").await;
    let other = Authenticator::verified(&world, "").await;
    let make = async |count: usize| {
        for _ in 0..count {
            authenticator.challenge(&world).await.expect(201);
        }
        let refused = authenticator.challenge(&world).await;
        assert_eq!(refused.refusal(), (429, 60312));
        refused.headers["retry-after"].to_str().unwrap().to_owned()
    };
    assert_eq!(make(50).await, "3600");
    world.advance(3599);
    assert_eq!(make(0).await, "1");
    world.advance(1);
    // The hour and the day are both full, and the day lasts longer.
    assert_eq!(make(50).await, "82800");
    world.advance(3600);
    // The code of a challenge that is not made is not used up.
    let code = authenticator.code(&world);
    assert_eq!(authenticator.sign_in(&world, &code).await.refusal(), (429, 60312));
    other.challenge(&world).await.expect(201);
    world.advance(22 * 3600);
    authenticator.challenge(&world).await.expect(201);
}

#[tokio::test]
async fn short_codes_are_asked_for_ten_times_a_day() {
    let world = World::new().await;
    let authenticator = Authenticator::verified(&world, "Config.CodeLength=4").await;
    for _ in 0..10 {
        authenticator.challenge(&world).await.expect(201);
    }
    assert_eq!(authenticator.challenge(&world).await.refusal(), (429, 60312));
    world.advance(23 * 3600);
    let refused = authenticator.challenge(&world).await;
    assert_eq!(refused.refusal(), (429, 60312));
    assert_eq!(refused.headers["retry-after"], "3600");
    world.advance(3600);
    authenticator.challenge(&world).await.expect(201);
}

#[tokio::test]
async fn an_entity_has_at_most_a_hundred_authenticators_beside_its_devices() {
    let world = World::new().await;
    let path = world.at("/Factors");
    let totp = "FactorType=totp&FriendlyName=Anna";
    for _ in 0..2 {
        for _ in 0..50 {
            Authenticator::verified(&world, "").await;
        }
        world.advance(24 * 3600);
    }
    assert_eq!(world.post(&path, totp).await.refusal(), (400, 60315));
    for seed in 1..=20 {
        world.post(&path, &Device::new(seed).creation()).await.expect(201);
    }
    assert_eq!(
        world.post(&path, &Device::new(21).creation()).await.refusal(),
        (400, 60315)
    );
}

#[tokio::test]
async fn authenticators_count_for_the_hundred_factors_a_day_as_well() {
    let world = World::new().await;
    let path = world.at("/Factors");
    let totp = "FactorType=totp&FriendlyName=Anna";
    for _ in 0..100 {
        let made = world.post(&path, totp).await.expect(201);
        world
            .delete(&format!("{path}/{}", made["sid"].as_str().unwrap()))
            .await;
    }
    assert_eq!(world.post(&path, totp).await.refusal(), (429, 60326));
    world.advance(24 * 3600);
    world.post(&path, totp).await.expect(201);
}
