//! Tickets (docs/protocol.md, E1): a one-time address that one device opens, and a page for everybody else.

use axum::{body::Body, http::Request};
use countersign_protocol::{
    basic_auth::BasicAuth,
    link::{Enrolment, Link},
};
use serde_json::Value;

use super::{Device, IDENTITY, Reply, World, attacks::times};

const HTML: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

impl World {
    pub(super) async fn ticket(&self, more: &str) -> Value {
        let path = format!("/countersign/v1/Services/{}/Tickets", self.service);
        let body = format!("Identity={IDENTITY}&Issuer=Acme&Account=ada%40acme.example{more}");
        self.post(&path, &body).await.expect(201)
    }

    /// Fetches a ticket's address with these headers.
    async fn open(&self, method: &str, ticket: &Value, headers: &[(&str, &str)]) -> Reply {
        let url = ticket["url"].as_str().unwrap();
        let mut request = Request::builder()
            .method(method)
            .uri(url.strip_prefix("https://verify.example.com").unwrap());
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.send_request(request.body(Body::empty()).unwrap()).await
    }

    /// As the app does.
    pub(super) async fn redeem(&self, ticket: &Value) -> Reply {
        self.open("GET", ticket, &[("accept", "application/json")]).await
    }

    /// As a browser does.
    async fn page(&self, ticket: &Value) -> Reply {
        let headers = [("accept", HTML), ("sec-fetch-mode", "navigate")];
        self.open("GET", ticket, &headers).await
    }

    async fn enrol_with(&self, enrolment: &Enrolment, seed: u8) -> Reply {
        let auth = BasicAuth::device(enrolment.token.as_str()).to_header();
        let body = Device::new(seed).creation();
        self.send("POST", &self.at("/Factors"), &auth, &body).await
    }
}

#[tokio::test]
async fn a_ticket_hands_out_an_enrolment_once() {
    let world = World::new().await;
    let ticket = world.ticket("&Ttl=120").await;
    assert_eq!(
        (&ticket["ttl"], &ticket["expires_at"]),
        (&120.into(), &"2026-11-20T05:02:00Z".into())
    );
    let link = ticket["link"].as_str().unwrap();
    assert!(link.len() < 110, "{link}");
    let Ok(Link::Ticket(address)) = Link::parse(link) else {
        panic!("{link}");
    };
    assert_eq!(address.expose().as_str(), ticket["url"].as_str().unwrap());

    let opened = world.redeem(&ticket).await;
    assert_eq!(opened.headers["content-type"], "application/json");
    assert_eq!(opened.headers["cache-control"], "no-store");
    opened.expect(200);
    let enrolment = Enrolment::from_json(opened.text.as_bytes()).unwrap();
    assert_eq!(enrolment.server.as_str(), "https://verify.example.com");
    assert_eq!(enrolment.service_sid, world.service);
    assert_eq!(enrolment.identity.as_str(), IDENTITY);
    assert_eq!(enrolment.issuer.as_deref(), Some("Acme"));
    assert_eq!(enrolment.account.as_deref(), Some("ada@acme.example"));
    for _ in 0..2 {
        let again = world.redeem(&ticket).await;
        assert_eq!(again.refusal(), (410, 160_395));
        assert!(again.text.contains("used already"), "{}", again.text);
    }
    world.enrol_with(&enrolment, 1).await.expect(201);
    assert_eq!(world.enrol_with(&enrolment, 2).await.refusal(), (403, 60313));
}

#[tokio::test]
async fn whatever_fetches_addresses_by_itself_uses_nothing_up() {
    let world = World::new().await;
    let ticket = world.ticket("").await;
    let json = ("accept", "application/json");
    for (method, headers) in [
        ("GET", vec![]),
        ("GET", vec![("accept", HTML)]),
        ("GET", vec![("accept", "*/*")]),
        ("GET", vec![("accept", "application/json, text/plain, */*")]),
        ("GET", vec![json, ("accept", "text/html")]),
        ("GET", vec![json, ("sec-fetch-mode", "no-cors")]),
        ("GET", vec![json, ("sec-purpose", "prefetch")]),
        ("HEAD", vec![json]),
        ("HEAD", vec![("accept", HTML)]),
    ] {
        let reply = world.open(method, &ticket, &headers).await;
        assert_eq!(reply.status, 200, "{method} {headers:?}");
        assert!(!reply.text.contains("serviceSid"), "{method} {headers:?}");
    }
    for method in ["POST", "DELETE", "OPTIONS"] {
        assert_eq!(world.open(method, &ticket, &[json]).await.status, 405);
    }
    assert!(world.page(&ticket).await.text.contains("Waiting"));
    world.redeem(&ticket).await.expect(200);
}

#[tokio::test]
async fn the_page_shows_the_way_in_and_what_becomes_of_it() {
    let world = World::new().await;
    let ticket = world.ticket("").await;
    let page = world.page(&ticket).await;
    assert!(page.text.contains("Enrol a device at Acme"), "{}", page.text);
    assert!(page.text.contains("ada@acme.example") && page.text.contains("Waiting"));
    let link = ticket["link"].as_str().unwrap().replace('&', "&amp;");
    assert_eq!(page.text.matches(&link).count(), 2, "{}", page.text);
    assert!(page.text.contains("data:image/svg+xml;base64,"));
    assert!(page.text.contains("5:00 left") && page.text.contains("http-equiv=\"refresh\""));

    let opened = world.redeem(&ticket).await;
    let page = world.page(&ticket).await.text;
    assert!(page.contains("has opened the link") && !page.contains("countersign://"));
    let enrolment = Enrolment::from_json(opened.text.as_bytes()).unwrap();
    world.enrol_with(&enrolment, 1).await.expect(201);
    for _ in 0..2 {
        let page = world.page(&ticket).await.text;
        assert!(page.contains("the device is enrolled"), "{page}");
        assert!(!page.contains("countersign://") && !page.contains("http-equiv=\"refresh\""));
        world.advance(300);
    }
}

#[tokio::test]
async fn a_ticket_ends_with_its_time() {
    let world = World::new().await;
    let (ticket, opened) = (world.ticket("").await, world.ticket("").await);
    world.redeem(&opened).await.expect(200);
    world.advance(299);
    assert!(world.page(&ticket).await.text.contains("0:01 left"));
    world.advance(1);
    let late = world.redeem(&ticket).await;
    assert_eq!(late.refusal(), (410, 160_395));
    assert!(late.text.contains("has expired"), "{}", late.text);
    let page = world.page(&ticket).await.text;
    assert!(page.contains("Nothing was enrolled with it") && !page.contains("countersign://"));
    let page = world.page(&opened).await.text;
    assert!(page.contains("its time was over before"), "{page}");
    // A day later nothing is left of either.
    world.advance(24 * 3600);
    world.app.store.sweep(world.now()).await.unwrap();
    assert_eq!(world.redeem(&ticket).await.refusal(), (404, 20404));
}

#[tokio::test]
async fn what_is_no_ticket_is_not_there() {
    let world = World::new().await;
    let ticket = world.ticket("").await;
    let url = ticket["url"].as_str().unwrap();
    for url in [
        format!("{url}A"),
        url[..url.len() - 1].to_owned(),
        url.to_uppercase().replace(
            "HTTPS://VERIFY.EXAMPLE.COM/ENROL",
            "https://verify.example.com/enrol",
        ),
        "https://verify.example.com/enrol/%2e%2e".to_owned(),
        format!("https://verify.example.com/enrol/{}", "T".repeat(3000)),
    ] {
        let nothing = serde_json::json!({ "url": url });
        assert_eq!(world.redeem(&nothing).await.refusal(), (404, 20404));
        let page = world.page(&nothing).await;
        assert_eq!(page.status, 404);
        assert!(page.text.contains("There is nothing here"), "{}", page.text);
    }
    // With the entity its tickets go.
    world.verified_device(1).await;
    world.delete(&world.at("")).await;
    assert_eq!(world.redeem(&ticket).await.refusal(), (404, 20404));
}

#[tokio::test]
async fn the_address_leaks_nowhere() {
    let world = World::new().await;
    let ticket = world.ticket("").await;
    let secret = ticket["url"].as_str().unwrap().rsplit('/').next().unwrap();
    let rows = world.app.store.dump("SELECT * FROM tickets").await;
    assert_eq!(rows.len(), 1);
    assert!(!rows[0].columns().join(" ").contains(&secret[1..]));
    let nothing = serde_json::json!({ "url": "https://verify.example.com/enrol/T" });
    for reply in [
        world.page(&ticket).await,
        world.redeem(&ticket).await,
        world.page(&nothing).await,
    ] {
        assert_eq!(reply.headers["referrer-policy"], "no-referrer");
        assert_eq!(reply.headers["cache-control"], "no-store");
        assert_eq!(reply.headers["vary"], "Accept");
        let policy = reply.headers["content-security-policy"].to_str().unwrap();
        assert!(policy.starts_with("default-src 'none'; script-src 'self';") && !policy.contains("unsafe"));
    }
    // What an issuer or a person writes is text.
    let hostile = world.ticket("&FactorFriendlyName=x").await;
    assert!(!world.page(&hostile).await.text.contains("<script>"));
    let path = format!("/countersign/v1/Services/{}/Tickets", world.service);
    let body = format!("Identity={IDENTITY}&Issuer=%3Cscript%3Ealert(1)%3C%2Fscript%3E&Account=%3Cimg%3E");
    let hostile = world.post(&path, &body).await.expect(201);
    let page = world.page(&hostile).await.text;
    assert!(!page.contains("<script>") && !page.contains("<img>"), "{page}");
}

#[tokio::test]
async fn the_page_is_told_at_once() {
    let world = World::new().await;
    let ticket = world.ticket("").await;
    let page = world.page(&ticket).await;
    let tag = page.headers["etag"].to_str().unwrap().to_owned();
    let url = ticket["url"].as_str().unwrap();
    let request = Request::get(url.strip_prefix("https://verify.example.com").unwrap())
        .header("accept", HTML)
        .header("prefer", "wait=25")
        .header("if-none-match", &tag)
        .body(Body::empty())
        .unwrap();
    let wait = world.send_request(request);
    let open = async {
        while world.app.seats.count() == 0 {
            tokio::task::yield_now().await;
        }
        world.redeem(&ticket).await.expect(200);
    };
    let (told, ()) = tokio::join!(wait, open);
    assert_eq!(told.headers["preference-applied"], "wait=25");
    assert!(told.text.contains("has opened the link"), "{}", told.text);
}

/// S-05 of the security notes.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_devices_with_one_ticket_exactly_one_has_it() {
    let races = times(100);
    let world = std::sync::Arc::new(World::on_disk().await);
    let mut runners = 0;
    for race in 0..races {
        let ticket = std::sync::Arc::new(world.ticket("").await);
        let at_once = 2 + race % 7;
        runners += at_once;
        let opened = (0..at_once).map(|_| {
            let (world, ticket) = (world.clone(), ticket.clone());
            tokio::spawn(async move { world.redeem(&ticket).await })
        });
        let mut winners = 0;
        for opened in opened.collect::<Vec<_>>() {
            let reply = opened.await.unwrap();
            if reply.status == 200 {
                winners += 1;
            } else {
                assert_eq!(reply.refusal(), (410, 160_395));
            }
        }
        assert_eq!(winners, 1, "of {at_once} devices");
    }
    println!("S-05 one ticket, one device: {races} races of 2 to 8, {runners} devices, one success each");
}
