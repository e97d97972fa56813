//! The main job: somebody asks, a person decides, and the issuer knows.

use countersign_core::{AnswerError, ChallengeStatus};
use countersign_keychain::Keychain;
use countersign_protocol::clock::Clock;
use countersign_protocol::jws::CompactJws;
use countersign_tests::world::ada;
use countersign_tests::{Question, World};

#[tokio::test]
async fn an_approved_request_is_approved_for_the_issuer_and_the_proof_is_kept() {
    let world = World::start().await;
    let (device, factor) = world.enrolled(&ada()).await;
    let question = Question::new("Pay 12,50 € to Müller & Söhne?")
        .with_field("Amount", "12,50 €")
        .with_field("To", "Müller & Söhne")
        .with_hidden("transaction_id", "a/b+c");
    let asked = world.ask(&factor, &question).await;

    device.check().await;
    assert_eq!(device.waiting().await, std::slice::from_ref(&asked.sid));
    let request = device.look_at(&asked.sid).await;
    assert_eq!(request.message, question.message);
    assert_eq!(request.fields, question.fields);
    assert_eq!(request.hidden, 1);
    assert_eq!(request.issuer.as_deref(), Some("Acme"));
    assert!(request.signed.details && request.signed.hidden_details);
    assert_eq!(request.expires_in.as_secs(), 300);

    world.proxy.forget();
    let answered = device
        .authenticator
        .approve(&asked.sid, &request.digest)
        .await
        .unwrap();
    assert_eq!(answered.status, ChallengeStatus::Approved);
    let methods: Vec<_> = world
        .proxy
        .seen()
        .iter()
        .map(|exchange| exchange.method.to_string())
        .collect();
    assert_eq!(methods, ["GET", "POST", "GET"], "what an approval costs");

    let theirs = world.tenant.challenge(&ada(), &asked.sid).await.unwrap();
    assert_eq!(theirs.status, ChallengeStatus::Approved);
    assert_eq!(theirs.date_responded, Some(world.clock.now()));
    assert_eq!(answered.at, world.clock.now());

    let proof = CompactJws::parse(&answered.signed_response).unwrap();
    let key = device.keys.public_key(&device.keys.ids()[0]).unwrap();
    proof.verify(&key).unwrap();
    assert_eq!(proof.payload.text("sid"), Some(asked.sid.to_string()));
    assert_eq!(proof.payload.text("status").as_deref(), Some("approved"));
    assert!(
        proof
            .payload
            .get("details")
            .unwrap()
            .get()
            .contains("Müller & Söhne")
    );

    assert!(device.waiting().await.is_empty());
    let history = device.authenticator.history(10).await.unwrap();
    assert_eq!(history.len(), 1);
    assert_eq!(history[0].status, ChallengeStatus::Approved);
    assert!(history[0].answered_here);
    assert_eq!(
        history[0].signed_response.as_ref(),
        Some(&answered.signed_response)
    );
}

#[tokio::test]
async fn a_denied_request_is_denied_for_the_issuer() {
    let world = World::start().await;
    let (device, factor) = world.enrolled(&ada()).await;
    let asked = world.ask(&factor, &Question::new("Sign in?")).await;
    let request = device.look_at(&asked.sid).await;
    let answered = device
        .authenticator
        .deny(&asked.sid, &request.digest)
        .await
        .unwrap();
    assert_eq!(answered.status, ChallengeStatus::Denied);
    assert_eq!(world.status(&asked.sid).await, ChallengeStatus::Denied);
}

#[tokio::test]
async fn a_denied_request_cannot_be_approved() {
    let world = World::start().await;
    let (device, factor) = world.enrolled(&ada()).await;
    let asked = world.ask(&factor, &Question::new("Sign in?")).await;
    let shown = device.look_at(&asked.sid).await.digest;
    device.authenticator.deny(&asked.sid, &shown).await.unwrap();
    world.proxy.forget();
    let again = device.authenticator.approve(&asked.sid, &shown).await;
    assert!(
        matches!(
            again,
            Err(AnswerError::AlreadyAnswered {
                status: ChallengeStatus::Denied,
                ..
            })
        ),
        "{again:?}"
    );
    assert!(
        !world
            .proxy
            .seen()
            .iter()
            .any(|exchange| exchange.answers_challenge())
    );
    assert_eq!(world.status(&asked.sid).await, ChallengeStatus::Denied);
}

#[tokio::test]
async fn a_request_that_nobody_sent_is_not_found() {
    let world = World::start().await;
    let (device, factor) = world.enrolled(&ada()).await;
    let asked = world.ask(&factor, &Question::new("Sign in?")).await;
    let shown = device.look_at(&asked.sid).await.digest;
    let nobody_s = "YC00000000000000000000000000000000".parse().unwrap();
    assert!(matches!(
        device.authenticator.approve(&nobody_s, &shown).await,
        Err(AnswerError::NotFound)
    ));
    assert_eq!(world.status(&asked.sid).await, ChallengeStatus::Pending);
}

#[tokio::test]
async fn the_newest_of_many_requests_comes_first_and_all_of_them_come() {
    let world = World::start().await;
    let (device, factor) = world.enrolled(&ada()).await;
    let mut asked = Vec::new();
    for number in 0..45 {
        let question = Question::new(&format!("Request {number}?"));
        asked.push(world.ask(&factor, &question).await.sid);
        world.advance(jiff::SignedDuration::from_secs(2));
    }
    device.check().await;
    asked.reverse();
    assert_eq!(device.waiting().await, asked);
}
