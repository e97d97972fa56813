//! What only shows on a real socket: letter case, dates, connections, starting and stopping.

use std::sync::Arc;

use countersign_protocol::{clock::SteerableClock, sid::AccountSid};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

use super::World;
use crate::{Bootstrap, Config, Running, StartError, start};

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
        Err(StartError::Key(_))
    ));
    let other = Config {
        server_key_file: Some(folder.path().join("other.key")),
        ..config("sqlite::memory:".to_owned())
    };
    start(other).await.unwrap().stop().await;
    let other = Config {
        server_key_file: Some(folder.path().join("other.key")),
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
