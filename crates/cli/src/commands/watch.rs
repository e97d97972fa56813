//! `countersign watch`: prints requests as they arrive, until interrupted.

use std::{collections::HashMap, time::Duration};

use countersign_core::{Authenticator, PollError, Polling, Request, ShownDigest};
use countersign_protocol::sid::ChallengeSid;
use tokio::{sync::broadcast::error::RecvError, time::interval};

use crate::{failure::Failure, keychain::Use, request_text, session::Session, views::RequestView};

/// How often the store is read while another process of this profile asks the servers: the app, most often.
const LOOK_EVERY: Duration = Duration::from_secs(2);

/// Prints every request that waits, and then each new one.
pub(crate) async fn run(session: &Session) -> Result<(), Failure> {
    let authenticator = session.open(Use::Sign).await?;
    let interrupted = interruption()?;
    tokio::pin!(interrupted);
    let mut events = authenticator.subscribe();
    let mut looks = interval(LOOK_EVERY);
    let mut polling: Option<Polling> = None;
    let mut seen = Seen::default();
    session.output.say("Waiting for requests. Ctrl-C ends this.");
    // Who begins to watch expects something soon.
    authenticator.expect_requests();
    loop {
        if polling.is_none() {
            polling = poll(&authenticator)?;
        }
        for request in seen.new_ones(authenticator.inbox().await?.requests) {
            print(session, &request)?;
        }
        tokio::select! {
            () = &mut interrupted => break,
            event = events.recv() => if let Err(RecvError::Closed) = event { break },
            _ = looks.tick() => {}
        }
    }
    if let Some(polling) = polling {
        polling.stop().await;
    }
    Ok(())
}

/// Asks the servers from here on, unless another process of this profile does so already.
fn poll(authenticator: &Authenticator) -> Result<Option<Polling>, Failure> {
    match authenticator.poll() {
        Ok(polling) => Ok(Some(polling)),
        Err(PollError::AnotherProcess) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

fn print(session: &Session, request: &Request) -> Result<(), Failure> {
    session.output.result(&RequestView::from(request), || {
        format!("{}\n\n", request_text::in_full(request))
    })
}

/// What has been printed already. A request that has changed since is new again.
#[derive(Default)]
struct Seen(HashMap<ChallengeSid, ShownDigest>);

impl Seen {
    fn new_ones(&mut self, requests: Vec<Request>) -> Vec<Request> {
        let before = std::mem::take(&mut self.0);
        self.0 = requests
            .iter()
            .map(|request| (request.sid.clone(), request.digest))
            .collect();
        let mut new: Vec<_> = requests
            .into_iter()
            .filter(|request| before.get(&request.sid) != Some(&request.digest))
            .collect();
        // The inbox has the newest first; what is printed later stands lower.
        new.reverse();
        new
    }
}

/// Resolves when the person, or the system, wants this to end.
fn interruption() -> Result<impl Future<Output = ()>, Failure> {
    imp::interruption().map_err(|error| Failure::other(format!("Signals cannot be listened for: {error}.")))
}

#[cfg(unix)]
mod imp {
    use std::io;

    use tokio::signal::unix::{SignalKind, signal};

    pub(super) fn interruption() -> io::Result<impl Future<Output = ()>> {
        let mut interrupt = signal(SignalKind::interrupt())?;
        let mut terminate = signal(SignalKind::terminate())?;
        Ok(async move {
            tokio::select! {
                _ = interrupt.recv() => (),
                _ = terminate.recv() => (),
            }
        })
    }
}

#[cfg(windows)]
mod imp {
    use std::io;

    pub(super) fn interruption() -> io::Result<impl Future<Output = ()>> {
        let mut interrupt = tokio::signal::windows::ctrl_c()?;
        Ok(async move {
            interrupt.recv().await;
        })
    }
}
