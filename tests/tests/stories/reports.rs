//! "It wasn't me": the request is denied, the issuer is told, and the person is told truthfully which of it happened.

use countersign_core::{ChallengeStatus, Reason, Reported, Request, Told};
use countersign_protocol::{discovery, report};
use countersign_tests::world::ada;
use countersign_tests::{Device, Fault, Question, World};
use serde_json::json;

use super::webhooks::{Receiver, subscribe, text};

async fn asked(world: &World, question: &Question) -> (Device, Request) {
    let (device, factor) = world.enrolled(&ada()).await;
    let sid = world.ask(&factor, question).await.sid;
    device.check().await;
    let shown = device.look_at(&sid).await;
    (device, shown)
}

async fn not_me(device: &Device, shown: &Request, note: Option<&str>) -> Reported {
    device
        .authenticator
        .report(&shown.sid, &shown.digest, Reason::NotMe, note)
        .await
        .unwrap()
}

#[tokio::test]
async fn the_issuer_is_told_who_it_was_not_in_the_persons_words() {
    let world = World::start().await;
    let mut receiver = Receiver::open().await;
    subscribe(&world, &receiver, "challenge.reported").await;
    let (device, shown) = asked(&world, &Question::new("Sign in?")).await;
    let reported = not_me(&device, &shown, Some("I was asleep")).await;
    assert!(
        reported.denied_now && matches!(reported.told, Told::Server),
        "{reported:?}"
    );
    assert_eq!(world.status(&shown.sid).await, ChallengeStatus::Denied);
    let told = receiver.next(&world).await;
    assert_eq!(text(&told, "type"), "challenge.reported");
    assert_eq!(text(&told, "challenge_sid"), shown.sid.as_str());
    assert_eq!(text(&told, "factor_sid"), shown.factor_sid.as_str());
    assert_eq!(text(&told, "report_reason"), "not_me");
    assert_eq!(text(&told, "report_note"), "I was asleep");
}

#[tokio::test]
async fn a_report_whose_answer_is_lost_is_known_to_have_arrived() {
    let world = World::start().await;
    let (device, shown) = asked(&world, &Question::new("Sign in?")).await;
    device
        .authenticator
        .deny(&shown.sid, &shown.digest)
        .await
        .unwrap();
    // Behind the question what the server takes.
    world.proxy.plan(1, Fault::AnswerLost);
    let reported = not_me(&device, &shown, None).await;
    assert!(
        !reported.denied_now && matches!(reported.told, Told::Server),
        "{reported:?}"
    );
}

#[tokio::test]
async fn a_report_that_is_not_taken_leaves_the_denial_and_can_be_made_again() {
    let world = World::start().await;
    let (device, shown) = asked(&world, &Question::new("Sign in?")).await;
    // Three requests deny, one asks what the server takes.
    world.proxy.plan(4, Fault::Answers(503));
    let reported = not_me(&device, &shown, None).await;
    assert!(
        reported.denied_now && matches!(reported.told, Told::Failed(_)),
        "{reported:?}"
    );
    assert_eq!(world.status(&shown.sid).await, ChallengeStatus::Denied);
    let again = not_me(&device, &shown, None).await;
    assert!(
        !again.denied_now && matches!(again.told, Told::Server),
        "{again:?}"
    );
}

#[tokio::test]
async fn a_server_without_reports_is_not_claimed_to_have_one() {
    let own = "https://127.0.0.1/wasnt-me";
    for (address, offered) in [
        (own, true),
        ("https://elsewhere.example/", false),
        ("http://127.0.0.1/", false),
    ] {
        let world = World::start().await;
        world.proxy.change_json(
            |exchange| exchange.path == discovery::PATH,
            |document| document["features"] = json!([discovery::WAIT]),
        );
        let question = Question::new("Sign in?").with_hidden(report::URL_KEY, address);
        let (device, shown) = asked(&world, &question).await;
        let reported = not_me(&device, &shown, None).await;
        assert!(reported.denied_now);
        match reported.told {
            Told::Address(url) => assert_eq!((url.as_str(), offered), (own, true)),
            Told::Nobody => assert!(!offered, "{address}"),
            told => panic!("{told:?}"),
        }
        assert_eq!(world.status(&shown.sid).await, ChallengeStatus::Denied);
    }
}
