//! Links: what anybody can make a person open.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use axum::Router;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::get;
use countersign_core::{EnrolError, PreviewKind};
use countersign_protocol::link::Enrolment;
use countersign_tests::world::{ada, within_limit};
use countersign_tests::{Device, Question, World};
use serde_json::json;
use tokio::net::TcpListener;
use url::Url;

#[tokio::test]
async fn a_malformed_or_hostile_link_changes_nothing_and_asks_nobody() {
    let world = World::start().await;
    let (device, _) = world.enrolled(&ada()).await;
    let good = world.tenant.invite(&ada(), world.proxy.url()).await.to_link();
    world.proxy.forget();
    let port = world.proxy.url().port().unwrap();
    let mut links = vec![
        String::new(),
        "nonsense".to_owned(),
        "countersign:".to_owned(),
        "countersign://enrol".to_owned(),
        "countersign://enrol?v=1".to_owned(),
        "{".to_owned(),
        "{}".to_owned(),
        "null".to_owned(),
        "https://example.com/".to_owned(),
        format!("https://127.0.0.1:{port}/enrol?v=1"),
        "otpauth://totp/Acme:ada?secret=JBSWY3DPEHPK3PXP&issuer=Acme".to_owned(),
        "javascript:alert(1)".to_owned(),
        good.replace("v=1", "v=2"),
        good.replace("v=1&", ""),
        good.replace("token=", "tokn="),
        format!("{good}&approve=yes"),
        format!("{good}&identity=somebody-else"),
        format!("{good}#fragment"),
        format!("{good}\r\nHost: example.com"),
        format!("{good}\0"),
        good.replace("http%3A%2F%2F127.0.0.1", "http%3A%2F%2Fexample.com"),
        good.replace("http%3A%2F%2F127.0.0.1", "http%3A%2F%2Fuser:secret%40127.0.0.1"),
        good.replace("http%3A%2F%2F127.0.0.1", "ftp%3A%2F%2F127.0.0.1"),
        good.replace("service=VA", "service=AC"),
        good.replace("identity=ada-lovelace", "identity=..%2F..%2Fadmin"),
        good.replace("countersign://enrol", "countersign://approve"),
        format!("{good}{}", "x".repeat(8192)),
        "countersign://open?challenge=YC00000000000000000000000000000000".to_owned(),
        "countersign://confirm?challenge=YC00000000000000000000000000000000&transaction=1".to_owned(),
        "countersign://enrol?v=1&ticket=http://example.com/enrol/T1".to_owned(),
        "countersign://enrol?v=1&ticket=https://user@example.com/enrol/T1".to_owned(),
        "countersign://enrol?v=1&ticket=file:///etc/passwd".to_owned(),
    ];
    // Cut off anywhere, a link is either refused or carries a shorter name; a token that was cut is refused later.
    let token_starts = good.find("token=").unwrap();
    links.extend((0..token_starts).step_by(7).map(|end| good[..end].to_owned()));
    let (keys, factors) = (device.keys.ids(), device.authenticator.factors().await.unwrap());
    for link in &links {
        assert_ne!(link, &good, "a link that was meant to be broken is not");
        assert!(device.authenticator.preview(link).is_err(), "{link}");
        let refused = device.authenticator.enrol(link).await;
        assert!(matches!(refused, Err(EnrolError::Link(_))), "{link}: {refused:?}");
    }
    assert_eq!(device.keys.ids(), keys);
    assert_eq!(device.authenticator.factors().await.unwrap(), factors);
    assert!(world.proxy.seen().is_empty());
    device.authenticator.enrol(&good).await.unwrap();
}

#[tokio::test]
async fn the_answer_of_a_backend_enrols_when_it_is_pasted_as_it_is() {
    let world = World::start().await;
    let device = world.device().await;
    let Enrolment {
        server,
        service_sid,
        identity,
        token,
        ..
    } = world.tenant.invite(&ada(), world.proxy.url()).await;
    let pasted = json!({
        "token": token,
        "serviceSid": service_sid.as_str(),
        "identity": identity.as_str(),
        "factorType": "push",
        "server": server.as_str(),
        "issuer": "Acme",
    });
    let factor = device
        .authenticator
        .enrol(&format!("\n {pasted} \n"))
        .await
        .unwrap();
    assert_eq!(factor.issuer.as_deref(), Some("Acme"));
    let asked = world.ask(&factor.sid, &Question::new("Sign in?")).await;
    device.check().await;
    assert_eq!(device.waiting().await, [asked.sid]);
}

#[tokio::test]
async fn a_ticket_is_fetched_once_after_the_person_agreed() {
    let world = World::start().await;
    let device = world.device().await;
    let enrolment = world.tenant.invite(&ada(), world.proxy.url()).await;
    let answer = ticket_of(&enrolment);
    // The counter is at the server's own address, which is the one that the person agrees to.
    let ticket = "/enrol/T0123456789abcdef";
    let handed_out = AtomicBool::new(false);
    world.proxy.change(move |exchange, reply| {
        if exchange.path == ticket {
            let gone = handed_out.swap(true, Ordering::SeqCst);
            reply.status = if gone { StatusCode::GONE } else { StatusCode::OK };
            reply.body = answer.to_string().into_bytes();
        }
    });
    let asked = || {
        let seen = world.proxy.seen();
        seen.iter().filter(|exchange| exchange.path == ticket).count()
    };
    let address = world.proxy.url().join(ticket).unwrap();
    let link = format!("countersign://enrol?v=1&ticket={address}");
    let preview = device.authenticator.preview(&link).unwrap();
    assert_eq!(preview.kind, PreviewKind::Ticket);
    assert_eq!(preview.identity, None);
    assert_eq!(asked(), 0);

    let factor = device.authenticator.enrol(&link).await.unwrap();
    assert_eq!(factor.identity, ada());
    assert_eq!(asked(), 1);
    let again = device.authenticator.enrol(&link).await;
    assert!(matches!(again, Err(EnrolError::UsedOrExpired(_))), "{again:?}");
    assert_eq!(device.authenticator.factors().await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_ticket_that_leads_elsewhere_or_nowhere_changes_nothing() {
    let world = World::start().await;
    let device = world.device().await;
    let elsewhere = TicketCounter::open(|_| StatusCode::OK.into_response()).await;
    let target = elsewhere.url.to_string();
    let at_another_port = ticket_of(&world.tenant.invite(&ada(), world.proxy.url()).await);
    let counters = [
        TicketCounter::open(move |_| at_another_port.to_string().into_response()).await,
        TicketCounter::open(|_| StatusCode::NOT_FOUND.into_response()).await,
        TicketCounter::open(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response()).await,
        TicketCounter::open(|_| "<html>Sign in to the Wi-Fi</html>".into_response()).await,
        TicketCounter::open(|_| json!({ "token": "t" }).to_string().into_response()).await,
        TicketCounter::open(|_| "x".repeat(2 * 1024 * 1024).into_response()).await,
        TicketCounter::open(move |_| {
            (StatusCode::FOUND, [(header::LOCATION, target.clone())]).into_response()
        })
        .await,
    ];
    for counter in &counters {
        let refused = within_limit("a refusal", device.authenticator.enrol(&counter.link)).await;
        assert!(refused.is_err());
        assert_eq!(counter.asked(), 1, "once and not again");
        assert_nothing_changed(&device).await;
    }
    assert_eq!(elsewhere.asked(), 0, "redirects are not followed");
    assert!(world.proxy.seen().is_empty());
}

/// What a ticket is exchanged for.
fn ticket_of(enrolment: &Enrolment) -> serde_json::Value {
    json!({
        "token": enrolment.token,
        "serviceSid": enrolment.service_sid.as_str(),
        "identity": "ada-lovelace",
        "factorType": "push",
        "server": enrolment.server.as_str(),
        "issuer": "Acme",
    })
}

async fn assert_nothing_changed(device: &Device) {
    assert!(device.keys.ids().is_empty());
    assert!(device.authenticator.factors().await.unwrap().is_empty());
}

/// Where tickets are handed in.
struct TicketCounter {
    url: Url,
    link: String,
    asked: Arc<AtomicUsize>,
}

impl TicketCounter {
    /// A counter that answers with this, told how often it was asked before.
    async fn open(
        answer: impl Fn(usize) -> axum::response::Response + Clone + Send + Sync + 'static,
    ) -> Self {
        let asked = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&asked);
        let hand_in = move || {
            let answer = answer(count.fetch_add(1, Ordering::SeqCst));
            async move { answer }
        };
        let routes = Router::new().route("/enrol/{ticket}", get(hand_in));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!(
            "http://{}/enrol/T0123456789abcdef",
            listener.local_addr().unwrap()
        );
        tokio::spawn(async move { axum::serve(listener, routes).await });
        Self {
            link: format!("countersign://enrol?v=1&ticket={url}"),
            url: url.parse().unwrap(),
            asked,
        }
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }
}
