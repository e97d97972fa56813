//! The library face against the real server: every operation of the mobile client libraries.

use std::collections::BTreeMap;

use countersign_core::client::{
    ChallengeListPayload, ClientError, FactorPayload, UpdateFactorPayload, VerifyClient,
};
use countersign_core::{AnswerError, ChallengeStatus, FactorStatus};
use countersign_protocol::challenge_response::Decision;
use countersign_protocol::clock::Clock;
use countersign_protocol::link::ServerUrl;
use countersign_protocol::resources::challenge::Order;
use countersign_protocol::sid::FactorSid;
use countersign_tests::world::ada;
use countersign_tests::{Device, Question, World};
use jiff::SignedDuration;

fn client(world: &World, device: &Device) -> VerifyClient {
    device
        .authenticator
        .client(ServerUrl::parse(world.proxy.url().as_str()).unwrap())
}

async fn payload(world: &World) -> FactorPayload {
    let token = world.tenant.create_token(&ada()).await.unwrap().token;
    FactorPayload {
        friendly_name: "Ada's laptop".to_owned(),
        service_sid: world.tenant.sid.clone(),
        identity: ada(),
        access_token: token.into(),
        metadata: Some(BTreeMap::from([("os".to_owned(), "Linux".to_owned())])),
        issuer: None,
        account: None,
    }
}

async fn verified(world: &World, client: &VerifyClient) -> FactorSid {
    let factor = client.create_factor(payload(world).await).await.unwrap();
    client.verify_factor(&factor.sid).await.unwrap().sid
}

#[tokio::test]
async fn a_factor_is_created_verified_renamed_and_deleted() {
    let world = World::start().await;
    let device = world.device().await;
    let client = client(&world, &device);
    let created = client.create_factor(payload(&world).await).await.unwrap();
    assert_eq!(created.status, FactorStatus::Unverified);
    assert_eq!(created.metadata.as_ref().unwrap()["os"], "Linux");
    let verified = client.verify_factor(&created.sid).await.unwrap();
    assert_eq!(verified.status, FactorStatus::Verified);
    assert_eq!(
        client.verify_factor(&created.sid).await.unwrap().status,
        FactorStatus::Verified,
        "again"
    );

    let renamed = UpdateFactorPayload {
        sid: created.sid.clone(),
        friendly_name: Some("A & B".to_owned()),
    };
    assert_eq!(
        client.update_factor(renamed).await.unwrap().friendly_name,
        "A & B"
    );
    let theirs = world.tenant.factor(&ada(), &created.sid).await.unwrap();
    assert_eq!(theirs.friendly_name, "A & B");
    assert_eq!(client.factors().await.unwrap()[0].friendly_name, "A & B");

    client.delete_factor(&created.sid).await.unwrap();
    assert!(client.factors().await.unwrap().is_empty());
    assert!(world.tenant.factors(&ada()).await.is_empty());
    assert!(device.keys.ids().is_empty());
    assert!(matches!(
        client.delete_factor(&created.sid).await,
        Err(ClientError::NoSuchFactor)
    ));
}

#[tokio::test]
async fn a_factor_that_the_server_has_deleted_can_be_deleted_here() {
    let world = World::start().await;
    let device = world.device().await;
    let client = client(&world, &device);
    let factor = verified(&world, &client).await;
    world.tenant.revoke(&ada(), &factor).await.unwrap();
    world.proxy.forget();
    client.delete_factor(&factor).await.unwrap();
    let statuses: Vec<_> = world
        .proxy
        .seen()
        .iter()
        .filter_map(|exchange| exchange.status)
        .collect();
    assert_eq!(statuses, [401, 401], "a second refusal means that it is gone");
    assert!(device.keys.ids().is_empty());
}

#[tokio::test]
async fn challenges_are_listed_in_pages_by_status_and_in_both_orders() {
    let world = World::start().await;
    let device = world.device().await;
    let client = client(&world, &device);
    let factor = verified(&world, &client).await;
    let mut asked = Vec::new();
    for number in 0..5 {
        let question =
            Question::new(&format!("Request {number}?")).with_hidden("number", &number.to_string());
        asked.push(world.ask(&factor, &question).await.sid);
        world.advance(SignedDuration::from_secs(1));
    }
    client
        .update_challenge(&factor, &asked[1], Decision::Denied)
        .await
        .unwrap();

    for order in [Order::Asc, Order::Desc] {
        for (status, mut expected) in [
            (None, asked.clone()),
            (Some(ChallengeStatus::Denied), vec![asked[1].clone()]),
            (
                Some(ChallengeStatus::Pending),
                asked.iter().filter(|sid| **sid != asked[1]).cloned().collect(),
            ),
        ] {
            if order == Order::Desc {
                expected.reverse();
            }
            let mut listed = Vec::new();
            let mut page_token = None;
            loop {
                let payload = ChallengeListPayload {
                    factor_sid: factor.clone(),
                    page_size: 2,
                    status,
                    order,
                    page_token: page_token.take(),
                };
                let page = client.challenges(&payload).await.unwrap();
                assert!(page.challenges.len() <= 2);
                assert_eq!(page.metadata.previous_page_token.is_none(), listed.is_empty());
                listed.extend(page.challenges.into_iter().map(|challenge| challenge.sid));
                page_token = page.metadata.next_page_token;
                if page_token.is_none() {
                    break;
                }
            }
            assert_eq!(listed, expected, "{status:?} {order:?}");
        }
    }
}

#[tokio::test]
async fn one_challenge_is_read_and_answered_once() {
    let world = World::start().await;
    let device = world.device().await;
    let client = client(&world, &device);
    let factor = verified(&world, &client).await;
    let other = verified(&world, &client).await;
    let question = Question::new("Sign in?")
        .with_field("Place", "Here")
        .with_hidden("ip", "203.0.113.7");
    let asked = world.ask(&factor, &question).await;
    let read = client.challenge(&asked.sid, &factor).await.unwrap();
    assert_eq!(read.message, "Sign in?");
    assert_eq!(read.fields, question.fields);
    assert_eq!(read.hidden_details, question.hidden_details);
    assert_eq!(read.created_at, world.clock.now());

    let through_another = client
        .update_challenge(&other, &asked.sid, Decision::Approved)
        .await;
    assert!(
        matches!(
            through_another,
            Err(AnswerError::WrongFactor | AnswerError::NotFound)
        ),
        "{through_another:?}"
    );
    client
        .update_challenge(&factor, &asked.sid, Decision::Approved)
        .await
        .unwrap();
    let again = client
        .update_challenge(&factor, &asked.sid, Decision::Denied)
        .await;
    assert!(
        matches!(again, Err(AnswerError::AlreadyAnswered { .. })),
        "{again:?}"
    );
    let late = world.ask(&factor, &question).await;
    world.advance(SignedDuration::from_secs(301));
    let late = client
        .update_challenge(&factor, &late.sid, Decision::Approved)
        .await;
    assert!(matches!(late, Err(AnswerError::Expired { .. })), "{late:?}");
}

#[tokio::test]
async fn clearing_what_is_stored_here_tells_no_server() {
    let world = World::start().await;
    let device = world.device().await;
    let client = client(&world, &device);
    verified(&world, &client).await;
    verified(&world, &client).await;
    world.proxy.forget();
    client.clear_local_storage().await.unwrap();
    assert!(client.factors().await.unwrap().is_empty());
    assert!(device.keys.ids().is_empty());
    assert!(world.proxy.seen().is_empty());
    assert_eq!(world.tenant.factors(&ada()).await.len(), 2);
}
