//! What only shows on a real socket: letter case, dates, connections, starting and stopping.

use std::sync::Arc;

use countersign_protocol::{clock::SteerableClock, sid::AccountSid};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

use super::World;
use crate::{Bootstrap, Config, Running, StartError, server_key::KeySource, start};

fn config(database: String) -> Config {
    Config {
        clock: Arc::new(SteerableClock::at("2026-11-20T05:00:00Z".parse().unwrap())),
        bootstrap: Some(Bootstrap {
            account_sid: AccountSid::from_random([0xaa; 16]),
            auth_token: "secret".into(),
        }),
        ..Config::new("127.0.0.1:0".parse().unwrap(), database)
    }
}

async fn exchange(running: &Running, request: &str) -> String {
    let mut stream = TcpStream::connect(running.address()).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut reply = String::new();
    stream.read_to_string(&mut reply).await.unwrap();
    reply
}

/// The account and its token, as they stand in an `Authorization` header.
const CREDENTIALS: &str = "QUNhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYTpzZWNyZXQ=";

#[tokio::test]
async fn headers_are_in_canonical_letter_case_and_connections_end_when_asked() {
    let running = start(config("sqlite::memory:".to_owned())).await.unwrap();
    for (request, status) in [
        (
            format!("GET /v2/Services HTTP/1.1\r\nAuthorization: Basic {CREDENTIALS}\r\n"),
            "200 OK",
        ),
        ("GET /v2/Services HTTP/1.1\r\n".to_owned(), "401 Unauthorized"),
        ("GET /nowhere HTTP/1.1\r\n".to_owned(), "404 Not Found"),
        (
            "PATCH /v2/Services HTTP/1.1\r\n".to_owned(),
            "405 Method Not Allowed",
        ),
    ] {
        let reply = exchange(
            &running,
            &format!("{request}Host: x\r\nConnection: close\r\n\r\n"),
        )
        .await;
        assert!(reply.starts_with(&format!("HTTP/1.1 {status}\r\n")), "{reply}");
        assert!(
            reply.contains("\r\nDate: Fri, 20 Nov 2026 05:00:00 GMT\r\n"),
            "{reply}"
        );
        assert!(
            reply.contains("\r\nContent-Type: application/json\r\n"),
            "{reply}"
        );
        assert!(reply.contains("\r\nConnection: close\r\n"), "{reply}");
        assert_eq!(reply.matches("Date:").count(), 1, "{reply}");
    }
    running.stop().await;
}

#[tokio::test]
async fn what_is_not_http_is_refused_and_others_are_served_meanwhile() {
    let running = start(config("sqlite::memory:".to_owned())).await.unwrap();
    let mut idle = Vec::new();
    for _ in 0..50 {
        let mut stream = TcpStream::connect(running.address()).await.unwrap();
        stream.write_all(b"GET /healthz HTTP/1.1\r\nHost:").await.unwrap();
        idle.push(stream);
    }
    let reply = exchange(&running, "\x16\x03\x01 this is not HTTP\r\n\r\n").await;
    assert!(reply.starts_with("HTTP/1.1 400"), "{reply}");
    let long = format!("GET /{} HTTP/1.1\r\nHost: x\r\n\r\n", "a".repeat(70_000));
    let reply = exchange(&running, &long).await;
    assert!(reply.starts_with("HTTP/1.1 4"), "{reply}");
    let reply = exchange(
        &running,
        "GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    )
    .await;
    assert!(reply.starts_with("HTTP/1.1 200"), "{reply}");
    drop(idle);
    running.stop().await;
}

#[tokio::test]
async fn stopping_closes_idle_connections_and_the_port() {
    let running = start(config("sqlite::memory:".to_owned())).await.unwrap();
    let address = running.address();
    let mut idle = TcpStream::connect(address).await.unwrap();
    idle.write_all(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        .await
        .unwrap();
    let mut first = [0; 15];
    idle.read_exact(&mut first).await.unwrap();
    assert_eq!(&first, b"HTTP/1.1 200 OK");
    running.stop().await;
    idle.read_to_end(&mut Vec::new()).await.unwrap();
    assert!(TcpStream::connect(address).await.is_err());
}

#[tokio::test]
async fn who_hangs_up_gives_the_seat_back_and_stopping_answers_who_waits() {
    let running = start(config("sqlite::memory:".to_owned())).await.unwrap();
    let post = async |path: &str, body: &str| {
        let request = format!(
            "POST {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Basic {CREDENTIALS}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
            body.len()
        );
        let reply = exchange(&running, &request).await;
        let (_, json) = reply.split_once("\r\n\r\n").unwrap();
        serde_json::from_str::<serde_json::Value>(json).unwrap()
    };
    let service = post("/v2/Services", "FriendlyName=Acme").await;
    let entity = format!(
        "/v2/Services/{}/Entities/user-0001",
        service["sid"].as_str().unwrap()
    );
    let key = super::Device::new(1);
    let mut device = key.clone();
    device.factor = post(&format!("{entity}/Factors"), &key.creation()).await;
    let now = running.app().now();
    post(&format!("{entity}/Factors/{}", device.sid()), &device.proof()).await;
    let mut held = TcpStream::connect(running.address()).await.unwrap();
    let request = format!(
        "GET {entity}/Challenges?FactorSid={}&Status=pending HTTP/1.1\r\nHost: x\r\nAuthorization: {}\r\nPrefer: wait=25\r\nIf-None-Match: *\r\n\r\n",
        device.sid(),
        device.auth(now)
    );
    let seats = running.app().seats.clone();
    let mut gone = TcpStream::connect(running.address()).await.unwrap();
    gone.write_all(request.as_bytes()).await.unwrap();
    super::waiting::until_taken(&seats, 1).await;
    drop(gone);
    super::waiting::until_taken(&seats, 0).await;
    held.write_all(request.as_bytes()).await.unwrap();
    super::waiting::until_taken(&seats, 1).await;
    running.stop().await;
    let mut reply = String::new();
    held.read_to_string(&mut reply).await.unwrap();
    assert!(reply.starts_with("HTTP/1.1 304 Not Modified\r\n"), "{reply}");
    assert!(reply.contains("\r\nPreference-Applied: wait=25\r\n"), "{reply}");
    assert!(
        reply.contains("\r\nEtag: \"") && reply.ends_with("\r\n\r\n"),
        "{reply}"
    );
}

#[tokio::test]
async fn a_restart_remembers_everything_and_needs_the_same_key() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("server.db");
    let database = format!("sqlite://{}", file.display());
    let request = |method: &str, body: &str| {
        format!(
            "{method} /v2/Services HTTP/1.1\r\nHost: x\r\nAuthorization: Basic {CREDENTIALS}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
            body.len()
        )
    };
    let running = start(config(database.clone())).await.unwrap();
    let created = exchange(&running, &request("POST", "FriendlyName=Kept")).await;
    assert!(created.starts_with("HTTP/1.1 201"), "{created}");
    running.stop().await;

    let again = Config {
        bootstrap: None,
        ..config(database.clone())
    };
    let running = start(again).await.unwrap();
    let listed = exchange(&running, &request("GET", "")).await;
    assert!(listed.contains("\"friendly_name\":\"Kept\""), "{listed}");
    running.stop().await;

    std::fs::remove_file(folder.path().join("server.db.key")).unwrap();
    assert!(matches!(
        start(config(database.clone())).await,
        Err(StartError::KeyGone { .. })
    ));
    let other = Config {
        server_key: Some(KeySource::File(folder.path().join("other.key"))),
        ..config("sqlite::memory:".to_owned())
    };
    start(other).await.unwrap().stop().await;
    let other = Config {
        server_key: Some(KeySource::File(folder.path().join("other.key"))),
        ..config(database)
    };
    assert!(matches!(start(other).await, Err(StartError::WrongKey)));
}

#[tokio::test]
async fn pages_name_the_public_address() {
    let public = "https://verify.example.com/".parse().unwrap();
    let running = start(Config {
        public_url: Some(public),
        ..config("sqlite::memory:".to_owned())
    })
    .await
    .unwrap();
    let request = format!(
        "GET /v2/Services HTTP/1.1\r\nHost: x\r\nAuthorization: Basic {CREDENTIALS}\r\nConnection: close\r\n\r\n"
    );
    let reply = exchange(&running, &request).await;
    assert!(
        reply.contains("\"url\":\"https://verify.example.com/v2/Services?PageSize=50&Page=0\""),
        "{reply}"
    );
    running.stop().await;
}

#[tokio::test]
async fn the_largest_body_is_read_and_a_larger_one_refused() {
    let world = World::new().await;
    let body = format!("FriendlyName=Acme&Unknown={}", "a".repeat(64 * 1024 - 26));
    world.post("/v2/Services", &body).await.expect(201);
    assert_eq!(
        world.post("/v2/Services", &format!("{body}a")).await.refusal(),
        (413, 20013)
    );
}
