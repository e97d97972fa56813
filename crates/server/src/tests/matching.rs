//! Number matching (docs/protocol.md, E5): what is typed is compared here, and seldom wrong.

use countersign_protocol::{
    challenge_response::{Decision, Response},
    matching::TRIES,
};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{Device, IDENTITY, Reply, World, totp::Authenticator};
use crate::store::challenges::answering::{AnswerChallengeError, NewAnswer};

mod resent;

const NUMBER: &str = "042137";

impl World {
    /// Asks the device, and for this number.
    async fn ask(&self, device: &Device, number: &str) -> Reply {
        let body = format!(
            "FactorSid={}&Details.Message=Sign%20in%3F&HiddenDetails={{\"countersign.match\":\"{number}\",\"ip\":\"192.0.2.1\"}}",
            device.sid()
        );
        self.post(&self.at("/Challenges"), &body).await
    }

    /// The same, as the device fetches it.
    async fn matched(&self, device: &Device, number: &str) -> Reply {
        let made = self.ask(device, number).await.expect(201);
        self.fetch(device, made["sid"].as_str().unwrap()).await
    }

    async fn status(&self, challenge: &Reply) -> Value {
        let path = self.at(&format!("/Challenges/{}", sid(challenge)));
        self.get(&path).await.expect(200)["status"].clone()
    }
}

fn sid(challenge: &Reply) -> String {
    challenge.json()["sid"].as_str().unwrap().to_owned()
}

/// An approval with what was typed.
pub(super) fn typed(number: &str) -> Response {
    Response {
        decision: Decision::Approved,
        number: Some(number.parse().unwrap()),
    }
}

/// One of many wrong numbers.
fn another(at: u32) -> Response {
    typed(&format!("9{at:07}"))
}

#[tokio::test]
async fn the_digits_reach_nobody() {
    let world = World::new().await;
    let phone = world.verified_device(1).await;
    let made = world.ask(&phone, NUMBER).await;
    let challenge = world.fetch(&phone, &sid(&made)).await;
    let one = world.at(&format!("/Challenges/{}", sid(&made)));
    let list = world.at(&format!("/Challenges?FactorSid={}&Status=pending", phone.sid()));
    for reply in [
        &made,
        &challenge,
        &world.get(&one).await,
        &world.get(&list).await,
        &world.send("GET", &list, &phone.auth(world.now()), "").await,
        &world.answer(&phone, &challenge, typed(NUMBER)).await,
    ] {
        assert!(reply.status.is_success(), "{}", reply.text);
        assert!(!reply.text.contains(NUMBER), "{}", reply.text);
        assert!(
            reply
                .text
                .contains(r#""hidden_details":{"countersign.match":"?","ip":"192.0.2.1"}"#),
            "{}",
            reply.text
        );
    }
}

#[tokio::test]
async fn a_stolen_database_does_not_hold_the_digits() {
    let world = World::new().await;
    let phone = world.verified_device(1).await;
    world.ask(&phone, NUMBER).await.expect(201);
    let rows = world.app.store.dump("SELECT * FROM challenges").await;
    let sealed: Vec<u8> = rows[0].get("number_sealed").unwrap();
    assert!(!rows[0].columns().join(" ").contains(NUMBER));
    assert!(!sealed.windows(6).any(|window| window == NUMBER.as_bytes()));
}

#[tokio::test]
async fn only_the_number_that_is_shown_approves() {
    let world = World::new().await;
    let phone = world.verified_device(1).await;
    for number in ["00", "042", "12345678"] {
        let challenge = world.matched(&phone, number).await;
        let answered = world.answer(&phone, &challenge, typed(number)).await.expect(200);
        assert_eq!(answered["status"], "approved");
    }
    let challenge = world.matched(&phone, NUMBER).await;
    // Its beginning, its digits and more, and nothing at all.
    for wrong in [typed("04213"), typed("0421370")] {
        let reply = world.answer(&phone, &challenge, wrong).await;
        assert_eq!(reply.refusal(), (400, 160_390));
        assert_eq!(world.status(&challenge).await, "pending");
    }
    let answered = world.answer(&phone, &challenge, typed(NUMBER)).await.expect(200);
    assert_eq!(answered["status"], "approved");
}

#[tokio::test]
async fn an_approval_without_a_number_is_a_wrong_one() {
    let world = World::new().await;
    let phone = world.verified_device(1).await;
    let challenge = world.matched(&phone, NUMBER).await;
    let answers = [Decision::Approved.into(), typed("111111"), typed("222222")];
    let lefts = ["2 tries are left", "1 try is left", "is denied"];
    for (answer, left) in answers.into_iter().zip(lefts) {
        let reply = world.answer(&phone, &challenge, answer).await;
        assert_eq!(reply.refusal(), (400, 160_390));
        assert!(reply.text.contains(left), "{}", reply.text);
    }
    assert_eq!(world.status(&challenge).await, "denied");
}

#[tokio::test]
async fn a_denial_needs_no_number() {
    let world = World::new().await;
    let phone = world.verified_device(1).await;
    let challenge = world.matched(&phone, NUMBER).await;
    let denied = world
        .answer(&phone, &challenge, Decision::Denied)
        .await
        .expect(200);
    assert_eq!(denied["status"], "denied");
    // A number in it does not matter, wrong as it is.
    let challenge = world.matched(&phone, NUMBER).await;
    let denial = Response {
        decision: Decision::Denied,
        ..typed("11")
    };
    world.answer(&phone, &challenge, denial).await.expect(200);
    let counted = world.app.store.dump("SELECT * FROM wrong_numbers").await;
    assert_eq!(counted.len(), 0);
}

#[tokio::test]
async fn the_third_wrong_number_denies_and_the_answer_is_kept_as_proof() {
    let world = World::new().await;
    let phone = world.verified_device(1).await;
    let hooks = format!("/v2/Services/{}/Webhooks", world.service);
    let hook = "FriendlyName=Hook&EventTypes=*&WebhookUrl=https%3A%2F%2Facme.example";
    world.post(&hooks, hook).await.expect(201);
    let challenge = world.matched(&phone, NUMBER).await;
    for wrong in ["111111", "222222"] {
        world.answer(&phone, &challenge, typed(wrong)).await;
    }
    let told = "SELECT event_type FROM deliveries";
    assert_eq!(world.app.store.dump(told).await.len(), 0);
    world.advance(5);
    let last = phone.answer(&challenge, typed("333333"));
    let path = world.at(&format!("/Challenges/{}", sid(&challenge)));
    let reply = world.send("POST", &path, &phone.auth(world.now()), &last).await;
    assert_eq!(reply.refusal(), (400, 160_390));
    let denied = world.get(&path).await.expect(200);
    assert_eq!(denied["status"], "denied");
    assert_eq!(denied["date_responded"], "2026-11-20T05:00:05Z");
    let told = world.app.store.dump(told).await;
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].get::<String>("event_type").unwrap(), "challenge.denied");
    let kept = world.app.store.dump("SELECT answer FROM challenges").await;
    let kept: String = kept[0].get("answer").unwrap();
    assert_eq!(super::payload(&kept), last);
    // Now the right one comes too late, and counts for nothing.
    for late in [typed(NUMBER), typed("444444")] {
        let reply = world.answer(&phone, &challenge, late).await;
        assert_eq!(reply.refusal(), (403, 60322));
    }
}

#[tokio::test]
async fn a_wrong_number_that_comes_too_late_or_is_not_signed_counts_for_nothing() {
    let world = World::new().await;
    let phone = world.verified_device(1).await;
    let challenge = world.matched(&phone, NUMBER).await;
    let path = world.at(&format!("/Challenges/{}", sid(&challenge)));
    let forged = phone.forger().answer(&challenge, typed("111111"));
    assert_eq!(world.post(&path, &forged).await.refusal(), (403, 60324));
    world.advance(300);
    let reply = world.answer(&phone, &challenge, typed("111111")).await;
    assert_eq!(reply.refusal(), (403, 60323));
    world
        .delete(&world.at(&format!("/Factors/{}", phone.sid())))
        .await;
    let late = phone.answer(&challenge, typed("111111"));
    assert_eq!(world.post(&path, &late).await.refusal(), (404, 20404));
    assert_eq!(world.app.store.dump("SELECT * FROM wrong_numbers").await.len(), 0);
}

#[tokio::test]
async fn what_is_typed_has_the_form_of_a_number() {
    let world = World::new().await;
    let phone = world.verified_device(1).await;
    let challenge = world.matched(&phone, NUMBER).await;
    let path = world.at(&format!("/Challenges/{}", sid(&challenge)));
    for number in [
        json!("4"),
        json!("123456789"),
        json!("?"),
        json!(42_137),
        json!(null),
    ] {
        let mut signed = challenge.json();
        signed["status"] = "approved".into();
        signed["countersign.match"] = number;
        let input =
            countersign_protocol::jws::signing_input(r#"{"typ":"JWT","alg":"ES256"}"#, &signed.to_string());
        let body = super::payload(&phone.seal(&input));
        let reply = world.send("POST", &path, &phone.auth(world.now()), &body).await;
        assert_eq!(reply.refusal(), (403, 60324));
    }
    assert_eq!(world.status(&challenge).await, "pending");
}

#[tokio::test]
async fn a_number_that_cannot_be_typed_is_refused_with_its_name() {
    let world = World::new().await;
    let phone = world.verified_device(1).await;
    for number in ["", "1", "123456789", "12a4", "?", " 12", "١٢"] {
        let reply = world.ask(&phone, number).await;
        assert_eq!(reply.refusal(), (400, 60368), "{number}");
        assert!(
            reply.text.contains("HiddenDetails: countersign.match"),
            "{}",
            reply.text
        );
    }
    let body = format!(
        "FactorSid={}&Details.Message=Hi&HiddenDetails={{\"countersign.match\":42}}",
        phone.sid()
    );
    assert_eq!(
        world.post(&world.at("/Challenges"), &body).await.refusal(),
        (400, 60368)
    );
    let none = world.app.store.dump("SELECT * FROM challenges").await;
    assert_eq!(none.len(), 0);
}

#[tokio::test]
async fn an_authenticator_is_not_asked_for_a_number() {
    let world = World::new().await;
    let authenticator = Authenticator::verified(&world, "").await;
    let body = format!(
        "FactorSid={}&HiddenDetails={{\"countersign.match\":\"42\"}}",
        authenticator.sid()
    );
    let reply = world.post(&world.at("/Challenges"), &body).await;
    assert_eq!(reply.refusal(), (400, 60368));
}

#[tokio::test]
async fn ten_wrong_numbers_in_a_day_lock_what_asks_for_one() {
    let world = World::new().await;
    let (phone, laptop) = (world.verified_device(1).await, world.verified_device(2).await);
    let held = world.matched(&phone, NUMBER).await;
    let plain = world.challenge(&phone).await;
    // A wrong number each twenty seconds.
    let mut wrong = 0;
    while wrong < 10 {
        let challenge = world.matched(&phone, NUMBER).await;
        for _ in 0..TRIES.min(10 - wrong) {
            world.advance(20);
            let reply = world.answer(&phone, &challenge, another(wrong)).await;
            assert_eq!(reply.refusal(), (400, 160_390));
            wrong += 1;
        }
    }
    for right in [NUMBER, "111111"] {
        let reply = world.answer(&phone, &held, typed(right)).await;
        assert_eq!(reply.refusal(), (429, 160_391));
        // Until the first of the ten is a day old.
        assert_eq!(reply.headers["retry-after"], "86220");
    }
    let reply = world.ask(&phone, NUMBER).await;
    assert_eq!(reply.refusal(), (429, 160_391));
    assert_eq!(reply.headers["retry-after"], "86220");
    // What asks for none goes on, and so do denials and other factors.
    world.answer(&phone, &plain, Decision::Approved).await.expect(200);
    world.answer(&phone, &held, Decision::Denied).await.expect(200);
    let other = world.matched(&laptop, NUMBER).await;
    world.answer(&laptop, &other, typed(NUMBER)).await.expect(200);

    world.advance(86_219);
    assert_eq!(world.ask(&phone, NUMBER).await.refusal(), (429, 160_391));
    world.advance(1);
    let challenge = world.matched(&phone, NUMBER).await;
    // One of the ten has gone, so one more locks it again.
    let reply = world.answer(&phone, &challenge, typed("111111")).await;
    assert_eq!(reply.refusal(), (400, 160_390));
    let reply = world.answer(&phone, &challenge, typed(NUMBER)).await;
    assert_eq!(
        (reply.refusal(), &reply.headers["retry-after"]),
        ((429, 160_391), &"20".parse().unwrap())
    );
}

#[tokio::test]
async fn wrong_numbers_are_forgotten_when_they_do_not_count_any_more() {
    let world = World::new().await;
    let phone = world.verified_device(1).await;
    let challenge = world.matched(&phone, NUMBER).await;
    world.answer(&phone, &challenge, typed("111111")).await;
    let counted = async || world.app.store.dump("SELECT * FROM wrong_numbers").await.len();
    world.advance(24 * 3600 - 1);
    world.app.store.sweep(world.now()).await.unwrap();
    assert_eq!(counted().await, 1);
    world.advance(1);
    world.app.store.sweep(world.now()).await.unwrap();
    assert_eq!(counted().await, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn wrong_numbers_at_once_all_count() {
    let world = std::sync::Arc::new(World::on_disk().await);
    for (seed, at_once) in [(1, 2), (2, 6), (3, 6)] {
        let phone = world.verified_device(seed).await;
        let challenge = std::sync::Arc::new(world.matched(&phone, NUMBER).await);
        let answers = (0..at_once).map(|at| {
            let (world, phone, challenge) = (world.clone(), phone.clone(), challenge.clone());
            tokio::spawn(async move { world.answer(&phone, &challenge, another(at)).await })
        });
        let mut wrong = 0;
        for answer in answers.collect::<Vec<_>>() {
            let reply = answer.await.unwrap();
            match reply.refusal() {
                (400, 160_390) => wrong += 1,
                refusal => assert_eq!(refusal, (403, 60322)),
            }
        }
        assert_eq!(wrong, at_once.min(TRIES));
        let status = if at_once < TRIES { "pending" } else { "denied" };
        assert_eq!(world.status(&challenge).await, status);
    }
}

/// S-08 of the security notes: whoever has the device but not the number tries as often as they can. The store is asked
/// directly, because it alone decides.
#[tokio::test]
async fn ten_thousand_wrong_numbers_approve_nothing() {
    const ATTACKS: u32 = 10_000;
    let world = World::new().await;
    let phone = world.verified_device(1).await;
    let (mut sent, mut counted, mut days, mut most_of_challenge, mut most_of_day) = (0, 0, 0, 0, 0);
    while sent < ATTACKS {
        let mut of_day = 0;
        // The attacker asks anew until that is refused as well.
        loop {
            let asked = world.ask(&phone, NUMBER).await;
            if asked.status != 201 {
                assert_eq!(asked.refusal(), (429, 160_391));
                break;
            }
            let of_challenge = try_a_hundred_times(&world, &asked).await;
            sent += 100;
            of_day += of_challenge;
            most_of_challenge = most_of_challenge.max(of_challenge);
        }
        most_of_day = most_of_day.max(of_day);
        counted += of_day;
        days += 1;
        world.advance(24 * 3600);
    }
    let approved = world
        .get(&world.at("/Challenges?Status=approved"))
        .await
        .expect(200);
    let approved = approved["challenges"].as_array().unwrap().len();
    println!(
        "S-08 wrong numbers: {sent} in {days} days: {counted} were tries, at most {most_of_challenge} of a challenge and \
         {most_of_day} of a day, {approved} approved"
    );
    assert_eq!((most_of_challenge, most_of_day, approved), (TRIES, 10, 0));
}

/// How many of a hundred wrong numbers are tries.
async fn try_a_hundred_times(world: &World, asked: &Reply) -> u32 {
    let (identity, sid) = (IDENTITY.parse().unwrap(), sid(asked).parse().unwrap());
    let store = &world.app.store;
    let challenge = store
        .load_challenge(&world.account, &world.service, &identity, &sid)
        .await;
    let challenge = challenge.unwrap().unwrap();
    let mut tries = 0;
    for at in 0..100 {
        let answer = NewAnswer {
            decision: Decision::Approved,
            number_is_right: false,
            signed: &at.to_string(),
            metadata: None,
        };
        match store
            .answer_challenge(&challenge, answer, world.now())
            .await
            .unwrap_err()
        {
            AnswerChallengeError::WrongNumber { .. } => tries += 1,
            AnswerChallengeError::Locked { .. } | AnswerChallengeError::Answered => {}
            error => panic!("{error}"),
        }
    }
    tries
}

#[derive(Debug, Clone, Copy)]
enum Step {
    Ask,
    Answer(usize, Answer),
    Advance(u16),
}

#[derive(Debug, Clone, Copy)]
enum Answer {
    Right,
    Wrong(u32),
    Missing,
    Deny,
}

impl Answer {
    fn response(self) -> Response {
        match self {
            Self::Right => typed(NUMBER),
            Self::Wrong(which) => another(which),
            Self::Missing => Decision::Approved.into(),
            Self::Deny => Decision::Denied.into(),
        }
    }
}

fn step() -> impl Strategy<Value = Step> {
    let answer = prop_oneof![
        1 => Just(Answer::Right),
        // Of so few, some come again.
        6 => (0_u32..5).prop_map(Answer::Wrong),
        2 => Just(Answer::Missing),
        1 => Just(Answer::Deny),
    ];
    prop_oneof![
        3 => Just(Step::Ask),
        10 => (any::<usize>(), answer).prop_map(|(at, answer)| Step::Answer(at, answer)),
        1 => (0_u16..20_000).prop_map(Step::Advance),
    ]
}

/// What a challenge should be like.
struct Expected {
    challenge: Reply,
    /// The wrong answers that were counted.
    tries: Vec<Response>,
    answered: bool,
    expires_at: i64,
}

impl Expected {
    /// Whether this is a wrong answer that was counted, of a challenge that nobody else has ended.
    fn comes_again(&self, response: &Response, now: i64) -> bool {
        let over = self.tries.len() == TRIES as usize;
        self.tries.contains(response) && (over || (!self.answered && now < self.expires_at))
    }
}

async fn hold_to_the_rules(steps: Vec<Step>) {
    let world = World::new().await;
    let phone = world.verified_device(1).await;
    let mut all: Vec<Expected> = Vec::new();
    let mut wrong_at: Vec<i64> = Vec::new();
    for step in steps {
        let now = world.now().as_second();
        let locked = wrong_at.iter().filter(|at| **at > now - 24 * 3600).count() >= 10;
        let (at, response) = match step {
            Step::Advance(seconds) => {
                world.advance(seconds.into());
                continue;
            }
            Step::Ask => {
                let asked = world.ask(&phone, NUMBER).await;
                if locked {
                    assert_eq!(asked.refusal(), (429, 160_391));
                    continue;
                }
                all.push(Expected {
                    challenge: world.fetch(&phone, &sid(&asked)).await,
                    tries: Vec::new(),
                    answered: false,
                    expires_at: now + 300,
                });
                continue;
            }
            Step::Answer(at, answer) => (at, answer.response()),
        };
        if all.is_empty() {
            continue;
        }
        let at = at % all.len();
        let expected = &mut all[at];
        let reply = world.answer(&phone, &expected.challenge, response.clone()).await;
        if expected.comes_again(&response, now) {
            assert_eq!(reply.refusal(), (400, 160_390));
        } else if expected.answered {
            assert_eq!(reply.refusal(), (403, 60322));
        } else if now >= expected.expires_at {
            assert_eq!(reply.refusal(), (403, 60323));
        } else if response.decision == Decision::Denied {
            reply.expect(200);
            expected.answered = true;
        } else if locked {
            assert_eq!(reply.refusal(), (429, 160_391));
        } else if matches!(step, Step::Answer(_, Answer::Right)) {
            assert_eq!(reply.expect(200)["status"], "approved");
            expected.answered = true;
        } else {
            assert_eq!(reply.refusal(), (400, 160_390));
            wrong_at.push(now);
            expected.tries.push(response);
            expected.answered = expected.tries.len() == TRIES as usize;
        }
        assert!(expected.tries.len() <= TRIES as usize);
    }
    assert!(!world.get(&world.at("/Challenges")).await.text.contains(NUMBER));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]
    #[test]
    fn no_challenge_has_more_than_three_tries(steps in prop::collection::vec(step(), 1..60)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(hold_to_the_rules(steps));
    }
}
