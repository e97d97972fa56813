//! The issuer is told, whatever happens in between.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use countersign_protocol::form::Form;
use countersign_protocol::webhook_signature;
use countersign_tests::world::{ada, within_limit};
use countersign_tests::{Question, World};
use jiff::SignedDuration;
use reqwest::Method;
use tokio::net::TcpListener;
use tokio::sync::mpsc;

/// Where the issuer receives webhooks.
pub(super) struct Receiver {
    url: String,
    works: Arc<AtomicBool>,
    arrived: mpsc::UnboundedReceiver<(HeaderMap, Form)>,
}

type Door = (Arc<AtomicBool>, mpsc::UnboundedSender<(HeaderMap, Form)>);

impl Receiver {
    pub(super) async fn open() -> Self {
        let (sender, arrived) = mpsc::unbounded_channel();
        let works = Arc::new(AtomicBool::new(true));
        let routes = Router::new()
            .route("/hook", post(receive))
            .with_state((Arc::clone(&works), sender));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/hook?a=1&b=x%20y", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, routes).await });
        Self { url, works, arrived }
    }

    /// The next webhook, whose signature is right.
    pub(super) async fn next(&mut self, world: &World) -> Form {
        let (headers, form) = within_limit("a webhook", self.arrived.recv()).await.unwrap();
        let signature = headers[webhook_signature::HEADER].to_str().unwrap();
        assert!(webhook_signature::verify_form(
            world.credentials().1,
            &self.url,
            &form,
            signature
        ));
        form
    }
}

async fn receive(State((works, sender)): State<Door>, headers: HeaderMap, body: String) -> StatusCode {
    let works = works.load(Ordering::SeqCst);
    sender
        .send((headers, Form::parse(body.as_bytes()).unwrap()))
        .unwrap();
    if works {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    }
}

pub(super) async fn subscribe(world: &World, receiver: &Receiver, event: &str) {
    let form = [
        ("FriendlyName", "Approvals"),
        ("EventTypes", event),
        ("WebhookUrl", &receiver.url),
    ];
    let form = form
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    let path = world.tenant.path("/Webhooks");
    let _: serde_json::Value = world
        .tenant
        .account
        .send(Method::POST, &path, &form)
        .await
        .unwrap();
}

pub(super) fn text<'a>(form: &'a Form, name: &'static str) -> &'a str {
    form.one(name).unwrap().unwrap()
}

#[tokio::test]
async fn an_approval_is_told_again_after_the_receiver_and_the_server_were_down() {
    let mut world = World::start().await;
    let mut receiver = Receiver::open().await;
    subscribe(&world, &receiver, "challenge.approved").await;
    let (device, factor) = world.enrolled(&ada()).await;
    let approve = async |world: &World| {
        let asked = world.ask(&factor, &Question::new("Sign in?")).await;
        let shown = device.look_at(&asked.sid).await.digest;
        device.authenticator.approve(&asked.sid, &shown).await.unwrap();
        asked.sid
    };
    receiver.works.store(false, Ordering::SeqCst);
    let asked = approve(&world).await;
    let first = receiver.next(&world).await;
    assert_eq!(text(&first, "type"), "challenge.approved");
    assert_eq!(text(&first, "challenge_sid"), asked.as_str());

    world.stop_server().await;
    receiver.works.store(true, Ordering::SeqCst);
    world.advance(SignedDuration::from_mins(1));
    world.restart_server().await;
    let again = receiver.next(&world).await;
    assert_eq!(
        text(&again, "uuid"),
        text(&first, "uuid"),
        "the same event has the same name"
    );

    world.advance(SignedDuration::from_hours(7));
    let asked = approve(&world).await;
    let other = receiver.next(&world).await;
    assert_eq!(
        text(&other, "challenge_sid"),
        asked.as_str(),
        "what was received is not told again"
    );
    assert_ne!(text(&other, "uuid"), text(&first, "uuid"));
}
