//! Pages that wait for news.

use std::{sync::Arc, time::Duration};

use countersign_protocol::{
    challenge_response::{Decision, Response},
    link::{Enrolment, Link},
};
use tokio::task::JoinHandle;

use super::{Browser, location, send};
use crate::tests::{Device, IDENTITY, Reply, World, waiting::until_taken};

/// Longer than any of these requests takes.
const TOO_LONG: Duration = Duration::from_secs(20);

/// The page as the script asks for it again: by what it knows.
async fn ask_again(world: &Arc<World>, cookie: &str, path: &str) -> JoinHandle<Reply> {
    let page = send(world, "GET", path, &[("cookie", cookie)], "").await;
    assert_eq!(page.status, 200, "{}", page.text);
    let tag = page.headers["etag"].to_str().unwrap().to_owned();
    let written = page.text.split("data-tag=\"").nth(1).unwrap();
    assert_eq!(written.split("\" ").next().unwrap().replace("&quot;", "\""), tag);
    let (world_too, cookie, path) = (world.clone(), cookie.to_owned(), path.to_owned());
    let asked = tokio::spawn(async move {
        let headers = [
            ("cookie", cookie.as_str()),
            ("prefer", "wait=25"),
            ("if-none-match", &tag),
        ];
        send(&world_too, "GET", &path, &headers, "").await
    });
    until_taken(&world.app.seats, 1).await;
    asked
}

async fn told(asked: JoinHandle<Reply>) -> Reply {
    let reply = tokio::time::timeout(TOO_LONG, asked).await.unwrap().unwrap();
    assert_eq!(reply.status, 200, "{}", reply.text);
    assert_eq!(reply.headers["preference-applied"], "wait=25");
    reply
}

async fn send_test(browser: &Browser<'_>, world: &World, phone: &Device) -> String {
    let path = format!("/console/services/{}/identities/{IDENTITY}/test", world.service);
    let fields = [
        ("FactorSid", phone.sid()),
        ("Details.Message", "Hi"),
        ("Life", "5"),
    ];
    location(&browser.post(&path, &fields).await).to_owned()
}

#[tokio::test]
async fn a_challenges_page_is_told_of_the_answer() {
    let world = Arc::new(World::new().await);
    let phone = world.verified_device(1).await;
    let browser = Browser::signed_in(&world).await;
    let path = send_test(&browser, &world, &phone).await;
    let asked = ask_again(&world, &browser.cookie, &path).await;
    let challenge = world.fetch(&phone, path.rsplit('/').next().unwrap()).await;
    world
        .answer(&phone, &challenge, Decision::Approved)
        .await
        .expect(200);
    let page = told(asked).await.text;
    assert!(
        page.contains("The challenge is approved.") && page.contains(">Approved</span>"),
        "{page}"
    );
    assert_eq!(world.app.seats.count(), 0);
}

#[tokio::test]
async fn the_lists_of_an_identity_are_told_of_a_new_challenge_and_of_a_revocation() {
    let world = Arc::new(World::new().await);
    let phone = world.verified_device(1).await;
    let browser = Browser::signed_in(&world).await;
    let path = format!("/console/services/{}/identities/{IDENTITY}", world.service);
    let asked = ask_again(&world, &browser.cookie, &path).await;
    let challenge = send_test(&browser, &world, &phone).await;
    assert!(told(asked).await.text.contains(&challenge));
    let asked = ask_again(&world, &browser.cookie, &path).await;
    world
        .delete(&world.at(&format!("/Factors/{}", phone.sid())))
        .await;
    assert!(told(asked).await.text.contains("No device is enrolled."));
}

#[tokio::test]
async fn pages_with_an_expired_challenge_wait_like_any_other() {
    let world = Arc::new(World::new().await);
    let phone = world.verified_device(1).await;
    let browser = Browser::signed_in(&world).await;
    let challenge = send_test(&browser, &world, &phone).await;
    world.advance(300);
    let list = format!("/console/services/{}/identities/{IDENTITY}", world.service);
    assert!(browser.get(&list).await.text.contains(">Expired</span>"));
    let asked = ask_again(&world, &browser.cookie, &list).await;
    world.challenge(&phone).await;
    assert!(told(asked).await.text.contains("Sign in?"));

    let asked = ask_again(&world, &browser.cookie, &challenge).await;
    world
        .delete(&world.at(&format!("/Factors/{}", phone.sid())))
        .await;
    let page = told(asked).await.text;
    assert!(page.contains("Nobody answered") && page.contains("The challenge is expired."));
}

#[tokio::test]
async fn an_enrolment_link_works_and_its_page_is_told_of_the_device() {
    let world = Arc::new(World::new().await);
    let browser = Browser::signed_in(&world).await;
    let enrol = format!("/console/services/{}/enrol", world.service);
    let path = location(&browser.post(&enrol, &[("identity", IDENTITY)]).await).to_owned();
    let page = browser.get(&path).await.text;
    let link = page
        .split("<code id=\"link\">")
        .nth(1)
        .unwrap()
        .split('<')
        .next()
        .unwrap()
        .replace("&amp;", "&");
    let Ok(Link::Ticket(address)) = Link::parse(&link) else {
        panic!("not a link with a ticket: {link}");
    };
    let address = address.expose().as_str().to_owned();
    assert!(
        page.contains(&format!("<code id=\"address\">{address}</code>")),
        "{page}"
    );
    assert!(page.contains("src=\"data:image/svg+xml;base64,"));
    let stranger = path.replace(
        world.service.as_str(),
        world.make_service("FriendlyName=B").await.as_str(),
    );
    assert_eq!(browser.get(&stranger).await.status, 404);

    let asked = ask_again(&world, &browser.cookie, &path).await;
    let ticket = address.strip_prefix("https://verify.example.com").unwrap();
    let opened = send(&world, "GET", ticket, &[("accept", "application/json")], "").await;
    let enrolment = Enrolment::from_json(opened.text.as_bytes()).unwrap();
    assert_eq!(
        (&enrolment.service_sid, enrolment.identity.as_str()),
        (&world.service, IDENTITY)
    );
    assert_eq!(enrolment.issuer.as_deref(), Some("Acme"));
    let page = told(asked).await.text;
    assert!(
        page.contains(">Opened</span>") && !page.contains("id=\"link\""),
        "a link that was used is shown no more"
    );

    let asked = ask_again(&world, &browser.cookie, &path).await;
    let token = countersign_protocol::basic_auth::BasicAuth::device(enrolment.token).to_header();
    let body = Device::new(7).creation();
    world
        .send("POST", &world.at("/Factors"), &token, &body)
        .await
        .expect(201);
    let page = told(asked).await.text;
    assert!(
        page.contains("A device is enrolling.") && page.contains(">Unverified</span>"),
        "{page}"
    );

    let late = location(&browser.post(&enrol, &[("identity", "user-0002")]).await).to_owned();
    world.advance(300);
    assert!(browser.get(&late).await.text.contains("This link has expired."));
}

#[tokio::test]
async fn the_challenges_of_everybody_are_listed_and_the_list_is_told_of_answers() {
    let world = Arc::new(World::new().await);
    let phone = world.verified_device(1).await;
    let browser = Browser::signed_in(&world).await;
    let list = format!("/console/services/{}/challenges", world.service);
    assert!(
        browser
            .get(&list)
            .await
            .text
            .contains("Nobody has been asked yet.")
    );
    let asked = ask_again(&world, &browser.cookie, &list).await;
    let challenge = world.challenge(&phone).await;
    let page = told(asked).await.text;
    let person = format!("/console/services/{}/identities/{IDENTITY}", world.service);
    assert!(
        page.contains(&format!("href=\"{person}\"")) && page.contains("Sign in?"),
        "{page}"
    );
    let pending = format!("{list}?Status=pending");
    let asked = ask_again(&world, &browser.cookie, &pending).await;
    world
        .answer(&phone, &challenge, Decision::Denied)
        .await
        .expect(200);
    assert!(told(asked).await.text.contains("No challenge is pending."));
    for (status, there) in [("denied", true), ("approved", false), ("expired", false)] {
        let page = browser.get(&format!("{list}?Status={status}")).await.text;
        assert_eq!(page.contains("Sign in?"), there, "{status}");
    }
    world.challenge(&phone).await;
    world.advance(300);
    assert!(
        browser
            .get(&format!("{list}?Status=expired"))
            .await
            .text
            .contains("Sign in?")
    );
    assert!(
        browser
            .get(&pending)
            .await
            .text
            .contains("No challenge is pending.")
    );
    // Another service has none of it.
    let other = world.make_service("FriendlyName=Other").await;
    let page = browser
        .get(&format!("/console/services/{other}/challenges"))
        .await;
    assert!(page.text.contains("Nobody has been asked yet."));
}

#[tokio::test]
async fn a_challenges_page_is_told_of_wrong_numbers() {
    let world = Arc::new(World::new().await);
    let phone = world.verified_device(1).await;
    let browser = Browser::signed_in(&world).await;
    let test = format!("/console/services/{}/identities/{IDENTITY}/test", world.service);
    let fields = [
        ("FactorSid", phone.sid()),
        ("Details.Message", "Hi"),
        ("Life", "5"),
        ("Number", "yes"),
    ];
    let path = location(&browser.post(&test, &fields).await).to_owned();
    let asked = ask_again(&world, &browser.cookie, &path).await;
    let challenge = world.fetch(&phone, path.rsplit('/').next().unwrap()).await;
    let wrong = Response {
        decision: Decision::Approved,
        number: Some("00".parse().unwrap()),
    };
    world.answer(&phone, &challenge, wrong).await;
    assert!(
        told(asked)
            .await
            .text
            .contains("1 wrong number was typed, of 3 that deny.")
    );
}
