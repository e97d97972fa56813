//! Every call may fail: an enrolment that does not succeed leaves nothing behind.

use countersign_core::FactorStatus as Status;
use countersign_keychain::faulty::Fault as KeychainFault;
use countersign_protocol::identity::Identity;
use countersign_protocol::resources::factor::FactorStatus;
use countersign_tests::{Device, Fault, World};

/// What is left of an enrolment that failed, or stands after one that succeeded, once everything works again.
async fn assert_whole(world: &World, device: Device, identity: &Identity, succeeded: bool, what: &str) {
    // A program that starts again and asks once finishes whatever could not be finished before.
    let device = device.restarted().await;
    device.check().await;
    let here = device.authenticator.factors().await.unwrap();
    let there = world.tenant.factors(identity).await;
    if succeeded {
        assert_eq!(
            (here.len(), there.len(), device.keys.ids().len()),
            (1, 1, 1),
            "{what}"
        );
        assert_eq!(here[0].sid, there[0].sid, "{what}");
        assert_eq!(
            (here[0].status, there[0].status),
            (Status::Verified, FactorStatus::Verified),
            "{what}"
        );
    } else {
        assert!(here.is_empty(), "{what}: a factor is left here");
        assert!(device.keys.ids().is_empty(), "{what}: a key is left");
        // Where the answer to the creation was lost, nobody knows the factor's name; unverified, it can do nothing.
        let unknown = what.starts_with("AnswerLost at request 0");
        assert!(there.is_empty() || unknown, "{what}: a factor is left there");
        assert!(
            there
                .iter()
                .all(|factor| factor.status == FactorStatus::Unverified),
            "{what}"
        );
    }
}

fn person(number: usize) -> Identity {
    format!("person-number-{number}").parse().unwrap()
}

#[tokio::test]
async fn whichever_request_of_an_enrolment_fails_neither_a_key_nor_a_factor_is_left() {
    let world = World::start().await;
    let mut number = 0;
    let faults = [
        Fault::NeverArrives,
        Fault::AnswerLost,
        Fault::Answers(400),
        Fault::Answers(429),
        Fault::Answers(503),
    ];
    for fault in faults {
        for n in 0.. {
            assert!(n < 10, "an enrolment takes few requests");
            number += 1;
            let (identity, device) = (person(number), world.device().await);
            let link = world.tenant.invite(&identity, world.proxy.url()).await.to_link();
            world.proxy.calm_down();
            world.proxy.plan(n, fault);
            let enrolled = device.authenticator.enrol(&link).await;
            let is_over = world.proxy.seen().len() <= n;
            world.proxy.calm_down();
            let what = format!("{fault:?} at request {n}: {enrolled:?}");
            assert_whole(&world, device, &identity, enrolled.is_ok(), &what).await;
            if is_over {
                assert!(enrolled.is_ok(), "{what}");
                break;
            }
        }
    }
}

#[tokio::test]
async fn a_creation_whose_answer_cannot_be_read_is_taken_back_as_far_as_it_can_be_reached() {
    let world = World::start().await;
    let changes: [(&str, serde_json::Value, bool); 5] = [
        ("/date_created", "yesterday".into(), true),
        ("/status", "half-verified".into(), true),
        ("/friendly_name", serde_json::Value::Null, true),
        // Without these nobody can make a token that the server believes.
        ("/config/credential_sid", serde_json::Value::Null, false),
        ("/sid", "nonsense".into(), false),
    ];
    for (number, (pointer, value, can_be_reached)) in changes.into_iter().enumerate() {
        let (identity, device) = (person(number), world.device().await);
        let link = world.tenant.invite(&identity, world.proxy.url()).await.to_link();
        world.proxy.change_json(
            |exchange| exchange.path.ends_with("/Factors"),
            move |created| *created.pointer_mut(pointer).unwrap() = value.clone(),
        );
        let enrolled = device.authenticator.enrol(&link).await;
        world.proxy.calm_down();
        assert!(enrolled.is_err(), "{pointer}: {enrolled:?}");
        assert!(device.keys.ids().is_empty(), "{pointer}: a key is left");
        assert!(
            device.authenticator.factors().await.unwrap().is_empty(),
            "{pointer}: a factor is left here"
        );
        let there = world.tenant.factors(&identity).await;
        assert_eq!(there.is_empty(), can_be_reached, "{pointer}: {there:?}");
        assert!(
            there
                .iter()
                .all(|factor| factor.status == FactorStatus::Unverified),
            "{pointer}"
        );
    }
}

#[tokio::test]
async fn whichever_call_of_the_keychain_fails_neither_a_key_nor_a_factor_is_left() {
    let world = World::start().await;
    let mut number = 0;
    for fault in [
        KeychainFault::Fails,
        KeychainFault::AnswerLost,
        KeychainFault::Locked,
        KeychainFault::Missing,
    ] {
        for n in 0.. {
            assert!(n < 10, "an enrolment takes few calls");
            number += 1;
            let (identity, device) = (person(number), world.device().await);
            let link = world.tenant.invite(&identity, world.proxy.url()).await.to_link();
            device.faults.plan(n, fault);
            let enrolled = device.authenticator.enrol(&link).await;
            let is_over = device.faults.calls() <= n;
            device.faults.clear();
            let what = format!("{fault:?} at call {n}: {enrolled:?}");
            assert_whole(&world, device, &identity, enrolled.is_ok(), &what).await;
            if is_over {
                assert!(enrolled.is_ok(), "{what}");
                break;
            }
        }
    }
}

#[tokio::test]
async fn a_network_that_goes_away_in_an_enrolment_and_stays_away_leaves_nothing_when_it_is_back() {
    let world = World::start().await;
    for n in 0..3 {
        let (identity, device) = (person(n), world.device().await);
        let link = world.tenant.invite(&identity, world.proxy.url()).await.to_link();
        for later in n..20 {
            world.proxy.plan(later, Fault::NeverArrives);
        }
        let enrolled = device.authenticator.enrol(&link).await;
        world.proxy.calm_down();
        let what = format!("nothing from request {n} on: {enrolled:?}");
        assert_whole(&world, device, &identity, enrolled.is_ok(), &what).await;
    }
}
