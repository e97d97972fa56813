//! The program as a process of its own.

use std::{
    io::{self, BufRead as _, BufReader, Read, Write},
    net::TcpStream,
    path::Path,
    process::{Child, Command, ExitStatus, Stdio},
    sync::{
        Mutex,
        mpsc::{Receiver, channel},
    },
    thread,
};

use countersign_protocol::basic_auth::BasicAuth;
use serde_json::Value;

/// The server as a process of its own.
pub(crate) struct Process {
    child: Child,
    /// Its log, line by line, as it comes.
    log: Mutex<Receiver<String>>,
    /// What of the log was read.
    read: String,
    /// Where it listens: address and port.
    pub(crate) address: String,
}

/// How a process ended.
pub(crate) struct Ended {
    pub(crate) status: ExitStatus,
    pub(crate) log: String,
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

/// Makes an empty database with its server key, as the first start of a server does.
pub(crate) fn make(folder: &Path) {
    assert!(Process::start(serve(folder)).end("-TERM").status.success());
}

impl Process {
    pub(crate) fn start(mut command: Command) -> Self {
        let mut child = command.spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let (sender, log) = channel();
        let stderr = BufReader::new(child.stderr.take().unwrap());
        // Somebody has to read it all the time, or the process stands still with a full pipe.
        thread::spawn(move || {
            stderr
                .lines()
                .map_while(Result::ok)
                .try_for_each(|line| sender.send(line))
        });
        let Some((_, address)) = line.trim_end().split_once("://") else {
            panic!(
                "no line says where: {}",
                log.iter().collect::<Vec<_>>().join("\n")
            );
        };
        Self {
            address: address.to_owned(),
            read: String::new(),
            child,
            log: Mutex::new(log),
        }
    }

    pub(crate) fn send(&self, method: &str, path: &str, credentials: &BasicAuth, body: &str) -> (u16, Value) {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let (head, body) = exchange(&mut stream, method, path, credentials, body);
        (
            head[9..12].parse().unwrap(),
            serde_json::from_str(&body).unwrap_or(Value::Null),
        )
    }

    /// Waits until a line with this text is in the log, and returns the line.
    pub(crate) fn wait_for(&mut self, text: &str) -> String {
        loop {
            let line = self
                .log
                .get_mut()
                .unwrap()
                .recv()
                .unwrap_or_else(|_| panic!("{text} is not in {}", self.read));
            self.read.push_str(&line);
            self.read.push('\n');
            if line.contains(text) {
                return line;
            }
        }
    }

    /// Sends a signal.
    pub(crate) fn signal(&self, signal: &str) {
        let kill = Command::new("kill")
            .arg(signal)
            .arg(self.child.id().to_string())
            .status()
            .unwrap();
        assert!(kill.success());
    }

    /// Sends a signal, and waits until the process has ended.
    pub(crate) fn end(mut self, signal: &str) -> Ended {
        self.signal(signal);
        let mut log = std::mem::take(&mut self.read);
        log.extend(self.log.get_mut().unwrap().iter().map(|line| line + "\n"));
        Ended {
            status: self.child.wait().unwrap(),
            log,
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It has ended already, unless a test failed.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Sends a request that ends the connection, and returns head and body of the answer.
pub(crate) fn exchange(
    stream: &mut (impl Read + Write),
    method: &str,
    path: &str,
    credentials: &BasicAuth,
    body: &str,
) -> (String, String) {
    try_exchange(stream, method, path, credentials, body).unwrap()
}

/// The same with a server that may go away meanwhile.
pub(crate) fn try_exchange(
    stream: &mut (impl Read + Write),
    method: &str,
    path: &str,
    credentials: &BasicAuth,
    body: &str,
) -> io::Result<(String, String)> {
    let authorization = credentials.to_header();
    let length = body.len();
    let head = format!("{method} {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: {authorization}");
    let tail = format!("Content-Length: {length}\r\nConnection: close\r\n\r\n{body}");
    write!(stream, "{head}\r\n{tail}")?;
    stream.flush()?;
    let mut reply = String::new();
    stream.read_to_string(&mut reply)?;
    let (head, body) = reply.split_once("\r\n\r\n").ok_or(io::ErrorKind::UnexpectedEof)?;
    Ok((head.to_owned(), body.to_owned()))
}

pub(crate) fn serve(folder: &Path) -> Command {
    program(folder, &["serve", "--listen", "127.0.0.1:0"])
}
