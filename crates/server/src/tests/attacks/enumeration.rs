//! S-12: what is there and what is not get the same answer. Their times are printed, and not judged here: the machine
//! that runs the tests has other things to do.

use std::time::{Duration, Instant};

use countersign_protocol::basic_auth::BasicAuth;

use super::times;
use crate::tests::{Reply, World};

/// What asks for something that is there, or that is not.
struct Probe {
    what: &'static str,
    auth: [String; 2],
    path: [String; 2],
}

async fn timed(world: &World, probe: &Probe, which: usize) -> (Duration, Reply) {
    let begun = Instant::now();
    let reply = world
        .send("GET", &probe.path[which], &probe.auth[which], "")
        .await;
    (begun.elapsed(), reply)
}

/// Welch's t of two samples.
fn welch(samples: &[Vec<f64>; 2]) -> f64 {
    let [first, second] = samples.each_ref().map(|sample| {
        let count = f64::from(u32::try_from(sample.len()).unwrap());
        let mean = sample.iter().sum::<f64>() / count;
        let squares: f64 = sample.iter().map(|value| (value - mean).powi(2)).sum();
        (mean, squares / (count - 1.0) / count)
    });
    (first.0 - second.0) / (first.1 + second.1).sqrt()
}

async fn probes(world: &World) -> Vec<Probe> {
    let phone = world.verified_device(1).await;
    let stranger = world.make_account(0xbb).await;
    let wrong = |user: &str| {
        BasicAuth {
            user: user.to_owned(),
            password: "wrong".to_owned(),
        }
        .to_header()
    };
    let mut nobody = phone.forger();
    nobody.factor["config"]["credential_sid"] = format!("CR{}", "0".repeat(32)).into();
    let factor = world.at(&format!("/Factors/{}", phone.sid()));
    let services = "/v2/Services".to_owned();
    let challenges = world.at("/Challenges");
    vec![
        Probe {
            what: "an account, with a wrong auth token",
            auth: [
                wrong(world.account.as_str()),
                wrong(&format!("AC{}", "0".repeat(32))),
            ],
            path: [services.clone(), services],
        },
        Probe {
            what: "a device, with a wrong signature",
            auth: [phone.forger().auth(world.now()), nobody.auth(world.now())],
            path: [challenges.clone(), challenges],
        },
        Probe {
            what: "a factor of another account",
            path: [
                factor.clone(),
                factor.replace(phone.sid(), &format!("YF{}", "0".repeat(32))),
            ],
            auth: [stranger.clone(), stranger],
        },
    ]
}

#[tokio::test]
async fn what_is_there_and_what_is_not_are_answered_alike() {
    let world = World::new().await;
    for probe in probes(&world).await {
        let mut samples = [Vec::new(), Vec::new()];
        for _ in 0..times(400) {
            let (there, is) = timed(&world, &probe, 0).await;
            let (not_there, is_not) = timed(&world, &probe, 1).await;
            let [there_is, there_is_not] = probe.path.each_ref().map(|path| path.rsplit('/').next().unwrap());
            let masked = is.text.replace(there_is, there_is_not);
            assert_eq!(
                (is.status, &is.headers, masked),
                (is_not.status, &is_not.headers, is_not.text)
            );
            samples[0].push(there.as_secs_f64());
            samples[1].push(not_there.as_secs_f64());
        }
        println!(
            "S-12 enumeration of {}: {} pairs, same status, headers and body; Welch's t is {:.1}",
            probe.what,
            samples[0].len(),
            welch(&samples)
        );
    }
}
