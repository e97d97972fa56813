//! Requests that wait until something has changed. Each test makes the change, so that none waits for time to pass
//! but the one that is about that.

use std::{sync::Arc, time::Duration};

use axum::{body::Body, http::Request};
use countersign_protocol::challenge_response::Decision;
use tokio::task::JoinHandle;

use super::{Device, Reply, World};
use crate::waiting::{SEATS_EACH, Seats};

/// Longer than any of these requests takes.
const TOO_LONG: Duration = Duration::from_secs(20);

fn pending(world: &World, device: &Device) -> String {
    world.at(&format!(
        "/Challenges?FactorSid={}&Status=pending&Order=desc&PageSize=20",
        device.sid()
    ))
}

async fn ask(world: &World, path: &str, authorization: &str, prefer: &str, known: &str) -> Reply {
    let mut request = Request::builder()
        .uri(path)
        .header("authorization", authorization);
    for (name, value) in [("prefer", prefer), ("if-none-match", known)] {
        if !value.is_empty() {
            request = request.header(name, value);
        }
    }
    world.send_request(request.body(Body::empty()).unwrap()).await
}

/// A request that is under way, and waits.
struct Held(JoinHandle<Reply>);

impl Held {
    /// Asks by what is known now, and returns once the request has taken its seat.
    async fn begin(world: &Arc<World>, path: &str, authorization: &str) -> Self {
        let known = tag(&ask(world, path, authorization, "", "").await);
        let taken = world.app.seats.count();
        let (world_too, path, authorization) = (world.clone(), path.to_owned(), authorization.to_owned());
        let asked = async move { ask(&world_too, &path, &authorization, "wait=60", &known).await };
        let held = Self(tokio::spawn(asked));
        until_taken(&world.app.seats, taken + 1).await;
        held
    }

    async fn answer(self) -> Reply {
        tokio::time::timeout(TOO_LONG, self.0).await.unwrap().unwrap()
    }
}

pub(crate) async fn until_taken(seats: &Seats, count: usize) {
    let taken = async {
        while seats.count() != count {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(TOO_LONG, taken).await.unwrap();
}

fn tag(reply: &Reply) -> String {
    reply.headers["etag"].to_str().unwrap().to_owned()
}

fn sids(reply: &Reply) -> Vec<String> {
    let list = reply.json();
    let sids = list["challenges"].as_array().unwrap().iter();
    sids.map(|challenge| challenge["sid"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn without_the_preference_a_list_is_answered_at_once_and_named() {
    let world = World::new().await;
    let phone = world.verified_device(1).await;
    let (path, auth) = (pending(&world, &phone), phone.auth(world.now()));
    let empty = ask(&world, &path, &auth, "", "").await;
    assert!(sids(&empty).is_empty());
    assert_eq!(tag(&ask(&world, &path, &auth, "", "").await), tag(&empty));
    assert!(!empty.headers.contains_key("preference-applied"));
    let same = ask(&world, &path, &auth, "", &tag(&empty)).await;
    assert_eq!((same.status.as_u16(), same.text.as_str()), (304, ""));
    assert_eq!(tag(&same), tag(&empty));
    assert!(same.headers.contains_key("date"));
    world.challenge(&phone).await;
    let one = ask(&world, &path, &auth, "", &tag(&empty)).await;
    assert_eq!((one.status.as_u16(), sids(&one).len()), (200, 1));
    assert_ne!(tag(&one), tag(&empty));
    // The tag names the list that was asked for, not only what is in it.
    let other = ask(&world, &path.replace("desc", "asc"), &auth, "", "").await;
    assert_ne!(tag(&other), tag(&one));
    for unnamed in [
        path.replace("Status=pending", "Status=denied"),
        world.at("/Challenges"),
    ] {
        let reply = ask(&world, &unnamed, &auth, "wait=25", "*").await;
        assert_eq!(reply.status, 200);
        assert!(!reply.headers.contains_key("etag"));
        assert!(!reply.headers.contains_key("preference-applied"));
    }
}

#[tokio::test]
async fn who_knows_nothing_or_something_old_is_told_at_once() {
    let world = World::new().await;
    let phone = world.verified_device(1).await;
    let (path, auth) = (pending(&world, &phone), phone.auth(world.now()));
    for known in ["", "\"0123\""] {
        let reply = ask(&world, &path, &auth, "wait=60", known).await;
        assert_eq!(reply.status, 200);
        assert_eq!(reply.headers["preference-applied"], "wait=25");
    }
    let reply = ask(&world, &path, &auth, "wait=0", "*").await;
    assert_eq!(reply.status, 304);
    assert_eq!(world.app.seats.count(), 0);
}

#[tokio::test]
async fn after_the_time_nothing_was_modified() {
    let world = World::new().await;
    let phone = world.verified_device(1).await;
    let (path, auth) = (pending(&world, &phone), phone.auth(world.now()));
    let known = tag(&ask(&world, &path, &auth, "", "").await);
    let reply = ask(&world, &path, &auth, "wait=1", &known).await;
    assert_eq!((reply.status.as_u16(), reply.text.as_str()), (304, ""));
    assert_eq!(reply.headers["preference-applied"], "wait=1");
    assert_eq!(tag(&reply), known);
    assert_eq!(world.app.seats.count(), 0);
}

#[tokio::test]
async fn a_device_is_told_of_what_is_new_and_of_what_was_answered() {
    let world = Arc::new(World::new().await);
    let phone = world.verified_device(1).await;
    let (path, auth) = (pending(&world, &phone), phone.auth(world.now()));

    let held = Held::begin(&world, &path, &auth).await;
    let challenge = world.challenge(&phone).await;
    let told = held.answer().await;
    assert_eq!(told.status, 200);
    assert_eq!(told.headers["preference-applied"], "wait=25");
    assert_eq!(sids(&told), [challenge.json()["sid"].as_str().unwrap()]);
    assert_eq!(tag(&told), tag(&ask(&world, &path, &auth, "", "").await));

    let held = Held::begin(&world, &path, &auth).await;
    world
        .answer(&phone, &challenge, Decision::Denied)
        .await
        .expect(200);
    assert!(sids(&held.answer().await).is_empty());
    assert_eq!(world.app.seats.count(), 0);
}

#[tokio::test]
async fn a_device_is_told_that_a_challenge_expires_without_anybody_doing_anything() {
    let world = Arc::new(World::new().await);
    let phone = world.verified_device(1).await;
    world.challenge(&phone).await;
    let (path, auth) = (pending(&world, &phone), phone.auth(world.now()));
    world.advance(299);
    let known = tag(&ask(&world, &path, &auth, "", "").await);
    // From here on the request looks again every few milliseconds, because this clock is about to strike.
    world.clock.advance(jiff::SignedDuration::from_millis(995));
    let strike = async {
        until_taken(&world.app.seats, 1).await;
        world.clock.advance(jiff::SignedDuration::from_millis(5));
    };
    let held = ask(&world, &path, &auth, "wait=25", &known);
    let (told, ()) = tokio::time::timeout(TOO_LONG, async { tokio::join!(held, strike) })
        .await
        .unwrap();
    assert_eq!(told.status, 200);
    assert!(sids(&told).is_empty());
}

#[tokio::test]
async fn the_news_of_another_device_ends_no_waiting() {
    let world = Arc::new(World::new().await);
    let (phone, laptop) = (world.verified_device(1).await, world.verified_device(2).await);
    let held = Held::begin(&world, &pending(&world, &phone), &phone.auth(world.now())).await;
    world.challenge(&laptop).await;
    let mine = world.challenge(&phone).await;
    assert_eq!(sids(&held.answer().await), [mine.json()["sid"].as_str().unwrap()]);
}

#[tokio::test]
async fn a_revoked_device_waits_no_more() {
    for revoke in ["factor", "entity", "service"] {
        let world = Arc::new(World::new().await);
        let phone = world.verified_device(1).await;
        let (path, auth) = (pending(&world, &phone), phone.auth(world.now()));
        let held = Held::begin(&world, &path, &auth).await;
        let what = match revoke {
            "factor" => world.at(&format!("/Factors/{}", phone.sid())),
            "entity" => world.at(""),
            _ => format!("/v2/Services/{}", world.service),
        };
        assert_eq!(world.delete(&what).await.status, 204);
        assert_eq!(held.answer().await.refusal(), (401, 20101), "{revoke}");
        assert_eq!(
            ask(&world, &path, &auth, "wait=25", "*").await.refusal(),
            (401, 20101)
        );
    }
}

#[tokio::test]
async fn only_so_many_wait_for_one_factor_and_who_goes_away_makes_room() {
    let world = Arc::new(World::new().await);
    let phone = world.verified_device(1).await;
    let (path, auth) = (pending(&world, &phone), phone.auth(world.now()));
    let mut held = Vec::new();
    for _ in 0..SEATS_EACH {
        held.push(Held::begin(&world, &path, &auth).await);
    }
    let known = tag(&ask(&world, &path, &auth, "", "").await);
    let refused = ask(&world, &path, &auth, "wait=25", &known).await;
    assert_eq!(refused.status, 304);
    assert!(!refused.headers.contains_key("preference-applied"));
    // Somebody else's device is not affected.
    let laptop = world.verified_device(2).await;
    held.push(Held::begin(&world, &pending(&world, &laptop), &laptop.auth(world.now())).await);

    held.remove(0).0.abort();
    until_taken(&world.app.seats, SEATS_EACH).await;
    held.push(Held::begin(&world, &path, &auth).await);
    world.challenge(&phone).await;
    world.challenge(&laptop).await;
    for held in held {
        assert_eq!(held.answer().await.status, 200);
    }
}

#[tokio::test]
async fn the_backend_waits_until_its_challenge_is_answered() {
    let world = Arc::new(World::new().await);
    let phone = world.verified_device(1).await;
    let challenge = world.challenge(&phone).await;
    let sid = challenge.json()["sid"].as_str().unwrap().to_owned();
    let path = world.at(&format!("/Challenges/{sid}"));
    let held = Held::begin(&world, &path, &world.backend()).await;
    world.challenge(&phone).await;
    world
        .answer(&phone, &challenge, Decision::Approved)
        .await
        .expect(200);
    let told = held.answer().await;
    assert_eq!(told.json()["status"], "approved");
    assert_eq!(told.headers["preference-applied"], "wait=25");
    assert!(told.headers.contains_key("twilio-verify-signature-fields"));

    let known = tag(&told);
    let same = ask(&world, &path, &world.backend(), "", &known).await;
    assert_eq!(same.status, 304);
    let held = Held::begin(&world, &path, &world.backend()).await;
    assert_eq!(world.delete(&world.at("")).await.status, 204);
    assert_eq!(held.answer().await.refusal(), (404, 20404));
}

#[tokio::test]
async fn at_the_end_all_who_wait_are_answered_and_nobody_waits_again() {
    let world = Arc::new(World::new().await);
    let phone = world.verified_device(1).await;
    let (path, auth) = (pending(&world, &phone), phone.auth(world.now()));
    let held = Held::begin(&world, &path, &auth).await;
    world.app.stopping.cancel();
    assert_eq!(held.answer().await.status, 304);
    assert_eq!(ask(&world, &path, &auth, "wait=25", "*").await.status, 304);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn no_change_falls_between_looking_and_waiting() {
    let world = Arc::new(World::on_disk().await);
    let phone = world.verified_device(1).await;
    let (path, auth) = (pending(&world, &phone), phone.auth(world.now()));
    let mut known = tag(&ask(&world, &path, &auth, "", "").await);
    for round in 1..=40 {
        let (asking, made) = (world.clone(), world.clone());
        let (path, auth, phone, before) = (path.clone(), auth.clone(), phone.clone(), known.clone());
        let asked = tokio::spawn(async move { ask(&asking, &path, &auth, "wait=25", &before).await });
        let made = tokio::spawn(async move { made.challenge(&phone).await });
        let told = tokio::time::timeout(TOO_LONG, asked).await.unwrap().unwrap();
        assert_eq!(told.status, 200, "round {round}");
        assert_eq!(sids(&told).len(), round.min(20));
        known = tag(&told);
        made.await.unwrap();
    }
}

#[tokio::test]
async fn discovery_names_exactly_what_is_offered() {
    let world = World::new().await;
    let found = world.send("GET", "/.well-known/countersign", "", "").await;
    assert_eq!(
        found.expect(200),
        serde_json::json!({"version": 1, "features": ["wait", "match", "reports", "tickets"], "date": "2026-11-20T05:00:00Z"})
    );
}
