//! A double of polkit's authority on a message bus of its own. It asks nobody, and says what it is told to.

use std::{
    collections::HashMap,
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
    sync::{Arc, Mutex},
};

use tokio::runtime::Runtime;
use zbus::{Connection, connection::Builder, fdo, interface, zvariant::OwnedValue};

use super::{AUTHORITY, DISMISSED, PATH};

/// What the double says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Says {
    /// It is allowed.
    Yes,
    /// It would be, if the person were asked.
    Challenge,
    /// It is not.
    No,
    /// The person closed the dialogue.
    Dismissed,
    /// An error, as for an action that is not installed.
    Fails,
    /// Nothing, ever.
    Nothing,
}

/// One question that the double was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Question {
    pub(super) subject: String,
    pub(super) pid: u32,
    pub(super) action: String,
    pub(super) flags: u32,
}

/// A bus with nothing on it.
pub(super) struct Bus {
    daemon: Child,
    address: String,
}

/// A bus with the double on it.
pub(super) struct PolkitDouble {
    bus: Bus,
    noted: Arc<Mutex<Noted>>,
    _connection: Connection,
    /// In which the double answers.
    _runtime: Runtime,
}

#[derive(Default)]
struct Noted {
    asked: Vec<Question>,
    withdrawn: usize,
}

struct Authority {
    unasked: Says,
    asked: Says,
    noted: Arc<Mutex<Noted>>,
}

#[interface(name = "org.freedesktop.PolicyKit1.Authority")]
impl Authority {
    async fn check_authorization(
        &self,
        subject: (String, HashMap<String, OwnedValue>),
        action: String,
        details: HashMap<String, String>,
        flags: u32,
        _cancellation: String,
    ) -> fdo::Result<(bool, bool, HashMap<String, String>)> {
        // The real one refuses those of programs without privileges.
        assert!(details.is_empty());
        self.noted.lock().unwrap().asked.push(Question {
            pid: u32::try_from(&subject.1["pid"]).unwrap(),
            subject: subject.0,
            action,
            flags,
        });
        let says = if flags == 0 { self.unasked } else { self.asked };
        let none = HashMap::new();
        match says {
            Says::Yes => Ok((true, false, none)),
            Says::Challenge => Ok((false, true, none)),
            Says::No => Ok((false, false, none)),
            Says::Dismissed => Ok((
                false,
                true,
                HashMap::from([(DISMISSED.to_owned(), "true".to_owned())]),
            )),
            Says::Fails => Err(fdo::Error::Failed("Action is not registered".to_owned())),
            Says::Nothing => std::future::pending().await,
        }
    }

    fn cancel_check_authorization(&self, _cancellation: String) {
        self.noted.lock().unwrap().withdrawn += 1;
    }
}

impl PolkitDouble {
    /// Says `unasked` as long as it may not ask the person, and `asked` when it may.
    pub(super) fn start(unasked: Says, asked: Says) -> Self {
        let bus = empty_bus();
        let noted = Arc::<Mutex<Noted>>::default();
        let authority = Authority {
            unasked,
            asked,
            noted: Arc::clone(&noted),
        };
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap();
        let connection = runtime.block_on(async {
            let builder = Builder::address(bus.address.as_str()).unwrap();
            let builder = builder
                .serve_at(PATH, authority)
                .unwrap()
                .name(AUTHORITY)
                .unwrap();
            builder.build().await.unwrap()
        });
        Self {
            bus,
            noted,
            _connection: connection,
            _runtime: runtime,
        }
    }

    pub(super) fn address(&self) -> &str {
        self.bus.address()
    }

    pub(super) fn asked(&self) -> Vec<Question> {
        self.noted.lock().unwrap().asked.clone()
    }

    pub(super) fn withdrawn(&self) -> usize {
        self.noted.lock().unwrap().withdrawn
    }
}

/// Starts a bus. Nothing starts on it by itself.
pub(super) fn empty_bus() -> Bus {
    let mut daemon = Command::new("dbus-daemon")
        .args([
            "--session",
            "--nofork",
            "--print-address=1",
            "--address=unix:tmpdir=/tmp",
        ])
        .env("XDG_DATA_DIRS", "/nowhere")
        .env("XDG_DATA_HOME", "/nowhere")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("start dbus-daemon");
    let mut address = String::new();
    let output = daemon.stdout.take().expect("a pipe");
    BufReader::new(output)
        .read_line(&mut address)
        .expect("the bus prints its address");
    Bus {
        daemon,
        address: address.trim_end().to_owned(),
    }
}

impl Bus {
    pub(super) fn address(&self) -> &str {
        &self.address
    }
}

impl Drop for Bus {
    fn drop(&mut self) {
        let _ = self.daemon.kill();
        let _ = self.daemon.wait();
    }
}
