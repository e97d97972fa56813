//! The program as a process of its own.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    path::Path,
    process::{Child, Command, Output, Stdio},
};

use countersign_protocol::basic_auth::BasicAuth;
use serde_json::Value;

/// The server as a process of its own.
pub(crate) struct Process {
    child: Child,
    /// Where it listens: address and port.
    pub(crate) address: String,
}

/// The program, and nothing of our own environment.
pub(crate) fn bare(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_countersign-server"));
    command
        .args(arguments)
        .env_clear()
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// The program with a database in this folder.
pub(crate) fn program(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = bare(arguments);
    command
        .arg("--database")
        .arg(format!("sqlite://{}/server.db", folder.display()));
    command
}

impl Process {
    pub(crate) fn start(mut command: Command) -> Self {
        let mut child = command.spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let address = line
            .trim_end()
            .strip_prefix("listening on http://")
            .expect("one line says where");
        Self {
            address: address.to_owned(),
            child,
        }
    }

    pub(crate) fn send(&self, method: &str, path: &str, credentials: &BasicAuth, body: &str) -> (u16, Value) {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nAuthorization: {}",
            self.address,
            credentials.to_header()
        );
        let length = body.len();
        write!(
            stream,
            "{head}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}"
        )
        .unwrap();
        let mut reply = String::new();
        stream.read_to_string(&mut reply).unwrap();
        let (head, body) = reply.split_once("\r\n\r\n").unwrap();
        (
            head[9..12].parse().unwrap(),
            serde_json::from_str(body).unwrap_or(Value::Null),
        )
    }

    /// Sends a signal, and waits until the process has ended.
    pub(crate) fn end(self, signal: &str) -> Output {
        let kill = Command::new("kill")
            .arg(signal)
            .arg(self.child.id().to_string())
            .status()
            .unwrap();
        assert!(kill.success());
        self.child.wait_with_output().unwrap()
    }
}

pub(crate) fn serve(folder: &Path) -> Command {
    program(folder, &["serve", "--listen", "127.0.0.1:0"])
}
