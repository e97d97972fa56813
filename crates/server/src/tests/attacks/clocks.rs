//! S-13: clocks that are wrong, jump, or reach the dates at which programs fail.

use countersign_protocol::{challenge_response::Decision, date};
use jiff::{SignedDuration, Timestamp};

use super::{Dice, times};
use crate::tests::World;

/// As far as a device's clock is ever corrected, and the farthest that is tried here.
const FARTHEST: i64 = 26 * 3600;

/// How far behind a device's clock may be: its token lives ten minutes, and two more are overlooked.
const BEHIND: i64 = -720;

/// How far ahead.
const AHEAD: i64 = 120;

#[tokio::test]
async fn a_wrong_clock_is_told_so_and_approves_nothing_that_has_expired() {
    let world = World::new().await;
    let phone = world.verified_device(1).await;
    let mut dice = Dice(13);
    let mut skews: Vec<i64> = vec![-FARTHEST, BEHIND - 1, BEHIND, -120, 0, AHEAD, AHEAD + 1, FARTHEST];
    while skews.len() < times(200) {
        // Half of them where it matters.
        let farthest = if skews.len() % 4 < 2 { FARTHEST } else { 900 };
        let skew = dice.below(usize::try_from(2 * farthest).unwrap());
        skews.push(i64::try_from(skew).unwrap() - farthest);
    }
    let (mut heard, mut told, mut late) = (0, 0, 0);
    for (number, skew) in skews.iter().copied().enumerate() {
        let challenge = world.challenge(&phone).await;
        let expired = number % 2 == 1;
        if expired {
            world.advance(300);
        }
        let auth = phone.auth(world.now() + SignedDuration::from_secs(skew));
        let sid = challenge.json()["sid"].as_str().unwrap().to_owned();
        let path = world.at(&format!("/Challenges/{sid}"));
        let body = phone.answer(&challenge, Decision::Approved);
        let reply = world.send("POST", &path, &auth, &body).await;
        if !(BEHIND..=AHEAD).contains(&skew) {
            let code = if skew < 0 { 20104 } else { 20105 };
            assert_eq!(reply.refusal(), (401, code), "{skew}");
            assert!(reply.headers.contains_key("date"), "it can be corrected");
            told += 1;
        } else if expired {
            assert_eq!(reply.refusal(), (403, 60323), "{skew}");
            late += 1;
        } else {
            assert_eq!(reply.expect(200)["status"], "approved");
            heard += 1;
        }
    }
    println!(
        "S-13 clocks: {} devices between -26 h and +26 h, {told} told of their clock, {heard} heard within {BEHIND} s \
         and +{AHEAD} s, {late} approvals that came too late refused, 0 accepted",
        skews.len()
    );
    assert!(heard > 10 && late > 10);
}

#[tokio::test]
async fn a_server_whose_clock_jumps_accepts_nothing_that_has_expired_by_it() {
    let world = World::new().await;
    let phone = world.verified_device(1).await;
    let mut dice = Dice(14);
    let (jumps, mut refused) = (times(100), 0);
    for _ in 0..jumps {
        let challenge = world.challenge(&phone).await;
        let made = world.now();
        let jump = i64::try_from(dice.below(usize::try_from(2 * FARTHEST).unwrap())).unwrap() - FARTHEST;
        world.advance(jump);
        let reply = world.answer(&phone, &challenge, Decision::Approved).await;
        if jump >= 300 {
            assert_eq!(reply.refusal(), (403, 60323), "{jump}");
            refused += 1;
        } else {
            reply.expect(200);
        }
        world.clock.set(made + SignedDuration::from_mins(10));
    }
    println!("S-13 jumps of the server's clock: {jumps}, {refused} past the expiry and refused, 0 accepted");
}

#[tokio::test]
async fn the_dates_at_which_programs_fail_are_days_like_others() {
    for (name, now) in [
        ("the end of 32 bits", "2038-01-19T03:14:00Z"),
        ("after it", "2038-01-19T03:14:08Z"),
        ("the end of 32 bits without a sign", "2106-02-07T06:28:10Z"),
        ("a leap second", "2026-12-31T23:59:59Z"),
        ("a leap day", "2028-02-29T23:59:30Z"),
    ] {
        let world = World::new().await;
        world.clock.set(now.parse::<Timestamp>().unwrap());
        let phone = world.verified_device(1).await;
        let challenge = world.challenge(&phone).await;
        let expires = world.now() + SignedDuration::from_mins(5);
        assert_eq!(
            challenge.json()["expiration_date"],
            date::format(expires),
            "{name}"
        );
        world.advance(299);
        let answered = world.answer(&phone, &challenge, Decision::Approved).await;
        assert_eq!(answered.expect(200)["status"], "approved", "{name}");
        let late = world.challenge(&phone).await;
        world.advance(300);
        let refused = world.answer(&phone, &late, Decision::Approved).await;
        assert_eq!(refused.refusal(), (403, 60323), "{name}");
    }
    let world = World::new().await;
    world
        .clock
        .set("2026-12-31T23:59:30Z".parse::<Timestamp>().unwrap());
    let phone = world.verified_device(1).await;
    let question = format!(
        "FactorSid={}&Details.Message=Hi&ExpirationDate=2026-12-31T23:59:60Z",
        phone.sid()
    );
    let reply = world.post(&world.at("/Challenges"), &question).await;
    println!(
        "S-13 dates: 2038, 2106 and a leap day pass; a leap second as the end of a challenge: {}",
        reply.status
    );
    assert!(
        reply.status.is_success() || reply.refusal() == (400, 60306),
        "{}",
        reply.text
    );
}
