//! S-09: whoever holds the credentials of a backend can ask a person only so often.

use jiff::SignedDuration;

use super::times;
use crate::{
    rates::Profile,
    tests::{Device, IDENTITY, World},
};

/// How long the attack lasts, in seconds.
const TEN_MINUTES: usize = 600;

/// Somebody else at the same service.
const OTHER: &str = "somebody-else";

async fn other_device(world: &World) -> Device {
    let factors = world.at("/Factors").replace(IDENTITY, OTHER);
    let mut device = Device::new(3);
    device.factor = world.post(&factors, &device.creation()).await.expect(201);
    let path = format!("{factors}/{}", device.sid());
    world.post(&path, &device.proof()).await.expect(200);
    device
}

/// Asks one person this often in ten minutes, and another one once in each, and returns how often each was asked.
async fn bomb(rates: Profile, creates: usize) -> (usize, usize) {
    let world = World::with_rates(rates).await;
    let (phone, other) = (world.verified_device(1).await, other_device(&world).await);
    let question = |device: &Device| format!("FactorSid={}&Details.Message=Sign+in%3F", device.sid());
    let (mut asked, mut others) = (0, 0);
    let (path, begun) = (world.at("/Challenges"), world.now());
    let mut next = 0;
    for number in 0..creates {
        let second = number * TEN_MINUTES / creates;
        world
            .clock
            .set(begun + SignedDuration::from_secs(i64::try_from(second).unwrap()));
        if second >= next {
            let reply = world
                .post(&path.replace(IDENTITY, OTHER), &question(&other))
                .await;
            others += usize::from(reply.status == 201);
            next += 60;
        }
        let reply = world.post(&path, &question(&phone)).await;
        if reply.status == 201 {
            asked += 1;
        } else {
            assert_eq!(reply.refusal(), (429, 20429));
            assert!(reply.headers.contains_key("retry-after"));
        }
    }
    (asked, others)
}

#[tokio::test]
async fn bombing_is_bounded_and_does_not_touch_anybody_else() {
    let creates = times(1200);
    for (rates, name, most) in [(Profile::Usual, "usual", 600), (Profile::Strict, "strict", 30)] {
        let (asked, others) = bomb(rates, creates).await;
        println!(
            "S-09 bombing, {name} rates: {creates} creates in ten minutes, {asked} of them asked, {} refused; another \
             person was asked {others} of 10 times",
            creates - asked
        );
        assert!(asked <= most && asked > 0, "{asked}");
        assert_eq!(others, 10);
    }
}
