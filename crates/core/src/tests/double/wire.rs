//! HTTP/1.1 as far as the double needs it: one request for each connection.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use countersign_protocol::{clock::Clock, date};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use super::{Asked, Said, State, hold};

/// Answers one request.
pub(super) async fn serve(mut stream: TcpStream, state: Arc<Mutex<State>>) {
    let Some(asked) = read(&mut stream).await else {
        return;
    };
    let (said, date) = {
        let mut state = state.lock().unwrap();
        state.log.push(asked.clone());
        let date = state.send_date.then(|| date::format_http(state.clock.now()));
        (state.answer(&asked), date)
    };
    let said = match said {
        Said::Held => hold::hold(&mut stream, &state, &asked).await,
        Said::Silence => {
            // Nothing follows a request, so that this ends with the connection.
            let _ = stream.read_u8().await;
            Said::Cut
        }
        said => said,
    };
    let Said::Reply {
        status,
        headers,
        body,
    } = said
    else {
        return;
    };
    let mut head = format!("HTTP/1.1 {status} Said\r\nConnection: close\r\n");
    if status != 204 {
        head += &format!("Content-Length: {}\r\n", body.len());
    }
    if let Some(date) = date.filter(|_| headers.iter().all(|(name, _)| *name != "Date")) {
        head += &format!("Date: {date}\r\n");
    }
    for (name, value) in headers {
        head += &format!("{name}: {value}\r\n");
    }
    let _ = stream.write_all(format!("{head}\r\n{body}").as_bytes()).await;
    let _ = stream.shutdown().await;
}

async fn read(stream: &mut TcpStream) -> Option<Asked> {
    let mut bytes = Vec::new();
    let mut chunk = [0; 4096];
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let mut lines = head.lines();
            let mut first = lines.next()?.split(' ');
            let headers: BTreeMap<_, _> = lines
                .filter_map(|line| line.split_once(": "))
                .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
                .collect();
            let length = headers
                .get("content-length")
                .map_or(0, |length| length.parse().unwrap());
            if body.len() >= length {
                let (method, target) = (first.next()?.to_owned(), first.next()?.to_owned());
                return Some(Asked {
                    method,
                    target,
                    headers,
                    body: body.to_owned(),
                });
            }
        }
        let read = stream.read(&mut chunk).await.ok()?;
        if read == 0 {
            return None;
        }
        bytes.extend_from_slice(&chunk[..read]);
    }
}
