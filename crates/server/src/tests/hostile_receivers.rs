//! Receivers that want to lead the server astray, or to wear it out (security, S-18).

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
};

use super::{World, receiver::Receiver, subscribe};
use crate::deliveries::{Courier, Targets, hostile};

/// What came of each delivery, in the order in which the webhooks were made.
async fn outcomes(world: &World) -> Vec<(String, String)> {
    let select = "SELECT d.status, d.outcome FROM deliveries d JOIN webhooks w ON w.sid = d.webhook_sid
                  ORDER BY w.id";
    let rows = world.app.store.dump(select).await;
    let outcome = |row: &crate::store::Row| (row.get("status").unwrap(), row.get("outcome").unwrap());
    rows.iter().map(outcome).collect()
}

#[tokio::test]
async fn no_url_leads_to_an_inner_address() {
    let world = World::new().await;
    let receiver = Receiver::new().await;
    let port = receiver.0.address.port();
    let mut hosts = hostile::hosts();
    hosts.push("localhost".to_owned());
    for host in &hosts {
        subscribe(&world, &format!("http://{host}:{port}/"), &["*"]).await;
    }
    world.unverified_device(1).await;
    let mut courier = Courier::new(world.app.clone(), Targets::Public).unwrap();
    assert_eq!(courier.deliver_due().await.unwrap(), hosts.len());
    for (host, (status, outcome)) in hosts.iter().zip(outcomes(&world).await) {
        assert_eq!(status, "pending", "{host}");
        assert!(
            outcome.ends_with("can allow it with --allow-private-webhooks"),
            "{host}: {outcome}"
        );
    }
    assert_eq!(receiver.0.connections.load(Ordering::SeqCst), 0);
    eprintln!(
        "S-18: {} webhooks with inner addresses, 0 connections",
        hosts.len()
    );
}

/// Listens, and does this with every connection after it has read some of the request.
async fn listen<F: Future<Output = ()> + Send>(answer: impl Fn(TcpStream) -> F + Send + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    tokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            let _ = stream.read(&mut [0; 1024]).await;
            answer(stream).await;
        }
    });
    url
}

/// Writes without end, and counts what was taken.
async fn pour(mut stream: TcpStream, head: &str, rest: &[u8], taken: &AtomicUsize) {
    let _ = stream.write_all(head.as_bytes()).await;
    while stream.write_all(rest).await.is_ok() {
        taken.fetch_add(rest.len(), Ordering::SeqCst);
    }
}

#[tokio::test]
async fn nobody_is_listened_to_for_long() {
    const OK: &str = "HTTP/1.1 200 OK\r\n";
    let world = World::new().await;
    let taken = Arc::new(AtomicUsize::new(0));
    let silent = listen(|stream| async move {
        let _held = stream;
        std::future::pending().await
    })
    .await;
    let half_a_head = listen(|mut stream| async move {
        let _ = stream.write_all(OK.as_bytes()).await;
        std::future::pending().await
    })
    .await;
    let counted = taken.clone();
    let head_without_end = listen(move |stream| {
        let counted = counted.clone();
        async move { pour(stream, OK, &b"x-more: of the same\r\n".repeat(50), &counted).await }
    })
    .await;
    let half_a_body = listen(|mut stream| async move {
        let body = format!("{OK}content-length: 9\r\n\r\nhalf");
        let _ = stream.write_all(body.as_bytes()).await;
        std::future::pending().await
    })
    .await;
    let counted = taken.clone();
    let hundred_mebibytes = listen(move |stream| {
        let (counted, head) = (
            counted.clone(),
            format!("{OK}content-length: {}\r\n\r\n", 100 << 20),
        );
        async move { pour(stream, &head, &[b'x'; 64 * 1024], &counted).await }
    })
    .await;
    let urls = [
        silent,
        half_a_head,
        head_without_end,
        half_a_body,
        hundred_mebibytes,
    ];
    for url in &urls {
        subscribe(&world, url, &["*"]).await;
    }
    world.unverified_device(1).await;
    let patience = Duration::from_secs(3);
    let mut courier = Courier::with_patience(world.app.clone(), Targets::Any, patience).unwrap();
    assert_eq!(courier.deliver_due().await.unwrap(), urls.len());
    let outcomes = outcomes(&world).await;
    let delivered: Vec<_> = outcomes.iter().map(|(status, _)| status == "delivered").collect();
    // Whoever has said that it has it, has it.
    assert_eq!(delivered, [false, false, false, true, true], "{outcomes:?}");
    for (_, outcome) in &outcomes[..2] {
        assert!(outcome.contains("timed out"), "{outcome}");
    }
    let taken = taken.load(Ordering::SeqCst);
    assert!(taken < 32 << 20, "{taken}");
    eprintln!("S-18: 5 receivers that never end, all attempts ended, {taken} bytes of their answers taken");
}
