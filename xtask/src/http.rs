//! Just enough HTTP to talk to our own servers on this machine: JSON over HTTP/1.0, one request per connection.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use serde_json::Value;

const LIMIT: Duration = Duration::from_secs(20);

/// Sends a JSON body and returns the JSON answer.
pub(crate) fn post(url: &str, body: &Value) -> Result<Value> {
    exchange("POST", url, &body.to_string())
}

/// Returns the JSON that is at the URL.
pub(crate) fn fetch(url: &str) -> Result<Value> {
    exchange("GET", url, "")
}

fn exchange(method: &str, url: &str, body: &str) -> Result<Value> {
    let (address, path) = split(url)?;
    let answer =
        send(method, address, path, body).with_context(|| format!("{method} {url} got no answer"))?;
    let (status, text) =
        read(&answer).with_context(|| format!("{method} {url} got an answer that is not HTTP"))?;
    if !(200..300).contains(&status) {
        bail!("{method} {url} was answered {status}: {}", text.trim());
    }
    serde_json::from_str(text).with_context(|| format!("{method} {url} was answered with something not JSON"))
}

/// HTTP/1.0 keeps the answer simple: no chunks, and it ends where the connection ends.
fn send(method: &str, address: &str, path: &str, body: &str) -> Result<String> {
    let mut connection = TcpStream::connect(address)?;
    connection.set_read_timeout(Some(LIMIT))?;
    connection.set_write_timeout(Some(LIMIT))?;
    let length = body.len();
    write!(
        connection,
        "{method} {path} HTTP/1.0\r\nHost: {address}\r\nAccept: application/json\r\n\
         Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
    )?;
    let mut answer = String::new();
    connection.read_to_string(&mut answer)?;
    Ok(answer)
}

/// The address and the path of a plain HTTP URL.
fn split(url: &str) -> Result<(&str, &str)> {
    let rest = url
        .strip_prefix("http://")
        .with_context(|| format!("{url} is not a plain HTTP address"))?;
    let end = rest.find('/').unwrap_or(rest.len());
    Ok((&rest[..end], if end == rest.len() { "/" } else { &rest[end..] }))
}

/// The status and the body of an answer.
fn read(answer: &str) -> Result<(u16, &str)> {
    let (head, body) = answer.split_once("\r\n\r\n").context("the head has no end")?;
    let status = head.split(' ').nth(1).context("the first line has no status")?;
    Ok((
        status
            .parse()
            .with_context(|| format!("{status} is not a status"))?,
        body,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_without_a_path_asks_for_the_root() {
        assert_eq!(split("http://127.0.0.1:8080").unwrap(), ("127.0.0.1:8080", "/"));
        assert_eq!(
            split("http://127.0.0.1:8080/sign-in/1").unwrap(),
            ("127.0.0.1:8080", "/sign-in/1")
        );
        assert!(split("https://example.com/").is_err());
    }

    #[test]
    fn an_answer_is_its_status_and_its_body() {
        let answer = "HTTP/1.0 404 Not Found\r\ncontent-length: 2\r\n\r\n{}";
        assert_eq!(read(answer).unwrap(), (404, "{}"));
        assert!(read("nonsense").is_err());
        assert!(read("nonsense\r\n\r\n").is_err());
    }
}
