//! What reaches a person who is not looking at the window: the tray, the count on the program's icon, notifications.
//!
//! One task reads what there is whenever something changed, and puts it into a [`Sight`]; the three show that, each at
//! its own speed, so that a desktop whose notifications hang still has a tray. Whatever they offer is a [`Wish`], and
//! an answer among them names exactly the text that it was offered for.

pub(crate) mod quiet;
pub(crate) mod sight;
pub(crate) mod wish;

use std::{sync::Arc, time::Duration};

use countersign_core::{
    Authenticator, Connection, Factor, Inbox, Mute, MuteScope, Request, Settings, StoreError,
};
use countersign_protocol::clock::{Clock, SystemClock};
use jiff::SignedDuration;
use tauri::{AppHandle, Manager};
use tokio::{
    sync::{Notify, watch},
    time::MissedTickBehavior,
};

use crate::{desk::Desk, keychain::KeychainWatch, lock::Lock, views::AppState, window, words};
use sight::{Health, Rules, Sight};

/// News that come faster than this are read together: a menu that changes all the time cannot be used.
const PACE: Duration = Duration::from_millis(100);

/// How often it is looked whether something is still held back. That it is not any more, nobody tells.
const HELD_BACK: SignedDuration = SignedDuration::from_millis(500);

/// What is seen now, for everybody who shows a part of it.
#[derive(Default)]
pub(crate) struct Attention {
    sight: watch::Sender<Arc<Sight>>,
    again: Notify,
}

impl Attention {
    /// Has everything read again: something that is shown outside the window may have changed.
    pub(crate) fn look_again(&self) {
        self.again.notify_one();
    }

    /// What is seen, from now on.
    pub(crate) fn follow(&self) -> watch::Receiver<Arc<Sight>> {
        self.sight.subscribe()
    }

    /// What is seen.
    pub(crate) fn sight(&self) -> Arc<Sight> {
        Arc::clone(&self.sight.borrow())
    }

    fn show(&self, seen: Sight) {
        self.sight.send_if_modified(|sight| {
            let other = **sight != seen;
            if other {
                *sight = Arc::new(seen);
            }
            other
        });
    }

    /// The profile cannot be opened, so that nothing is known but that.
    pub(crate) fn give_up(&self) {
        let health = Health::Trouble;
        self.show(Sight {
            health,
            ..Sight::default()
        });
    }
}

/// Reads again whenever something changed, for as long as the program runs.
pub(crate) async fn attend(app: AppHandle, authenticator: Authenticator, keychain: KeychainWatch) {
    let attention = app.state::<Attention>();
    let mut language = words::changed(&app);
    let mut lock = app.state::<Lock>().changes();
    let mut pace = tokio::time::interval(PACE);
    pace.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        pace.tick().await;
        if app.state::<Desk>().is_ending() {
            return;
        }
        let known = Known::load(&authenticator).await;
        // Nobody tells when the time of a request or of a mute is over.
        let next = known.as_ref().ok().and_then(Known::next_end);
        let seen = match known {
            Ok(known) => known.sight(&app, keychain.state()),
            Err(error) => {
                tracing::warn!(%error, "what waits could not be read");
                attention.sight().in_trouble(app.state::<Lock>().is_locked())
            }
        };
        attention.show(seen);
        let change = async {
            tokio::select! {
                () = attention.again.notified() => {}
                Ok(()) = language.changed() => {}
                Ok(()) = lock.changed() => {}
            }
        };
        match next {
            // Whichever comes first, everything is read again.
            Some(next) => drop(tokio::time::timeout(next, change).await),
            None => change.await,
        }
    }
}

/// What the store has of all that matters outside the window.
struct Known {
    inbox: Inbox,
    factors: Vec<Factor>,
    mutes: Vec<Mute>,
    settings: Settings,
}

impl Known {
    async fn load(authenticator: &Authenticator) -> Result<Self, StoreError> {
        Ok(Self {
            inbox: authenticator.inbox().await?,
            factors: authenticator.factors().await?,
            mutes: authenticator.mutes().await?,
            settings: authenticator.settings().await?,
        })
    }

    fn sight(&self, app: &AppHandle, keychain: AppState) -> Sight {
        let locked = app.state::<Lock>().is_locked();
        let rules = Rules {
            factors: &self.factors,
            mutes: &self.mutes,
            notifications: self.settings.notifications,
            locked,
        };
        let everything = |mute: &Mute| mute.scope == MuteScope::Everything;
        Sight {
            asks: answerable(&self.inbox)
                .map(|request| rules.ask(request))
                .collect(),
            locked,
            muted: self.mutes.iter().any(everything),
            looked_at: is_looked_at(app),
            health: health(&self.inbox, keychain),
        }
    }

    /// How long it is until something here is over.
    fn next_end(&self) -> Option<Duration> {
        let now = SystemClock.now();
        let mutes = self.mutes.iter().map(|mute| mute.until.duration_since(now));
        let requests = self.inbox.requests.iter().map(next_look);
        let next = mutes.chain(requests).min()?;
        // A moment later, so that it is over then.
        Some(Duration::try_from(next).unwrap_or_default() + PACE)
    }
}

/// What still can be answered: a server that no longer knows the key takes nothing from it. The window goes on showing
/// such a request, and says so.
pub(crate) fn answerable(inbox: &Inbox) -> impl Iterator<Item = &Request> {
    let is_gone = |request: &Request| {
        inbox
            .connections
            .iter()
            .any(|it| it.factor_sid == request.factor_sid && it.connection == Connection::SignedOut)
    };
    inbox.requests.iter().filter(move |request| !is_gone(request))
}

/// When a request has to be looked at again.
fn next_look(request: &Request) -> SignedDuration {
    if request.held_back {
        request.expires_in.min(HELD_BACK)
    } else {
        request.expires_in
    }
}

fn health(inbox: &Inbox, keychain: AppState) -> Health {
    let connections = inbox.connections.iter().map(|factor| factor.connection);
    if keychain != AppState::Ready
        || connections
            .clone()
            .any(|connection| matches!(connection, Connection::SignedOut | Connection::ClockSkewed { .. }))
    {
        return Health::Trouble;
    }
    let mut lost = connections.map(|connection| matches!(connection, Connection::Offline { .. }));
    if !inbox.connections.is_empty() && lost.all(|lost| lost) {
        Health::Offline
    } else {
        Health::Well
    }
}

/// Somebody who has the window in front of them sees there what waits.
fn is_looked_at(app: &AppHandle) -> bool {
    app.get_webview_window(window::LABEL)
        .is_some_and(|window| window.is_focused().unwrap_or(false))
}

#[cfg(test)]
mod tests {
    use countersign_core::FactorConnection;

    use super::*;

    #[test]
    fn what_a_factor_is_asked_that_was_revoked_meanwhile_reaches_nobody_any_more() {
        let request = sight::testing::request("Acme", "Sign in?");
        let answerable = |connection| {
            let inbox = Inbox {
                connections: vec![FactorConnection {
                    factor_sid: request.factor_sid.clone(),
                    connection,
                    last_contact: None,
                }],
                requests: vec![request.clone()],
                last_checked: None,
            };
            super::answerable(&inbox).count()
        };
        assert_eq!(answerable(Connection::Online), 1);
        assert_eq!(answerable(Connection::SignedOut), 0);
    }

    #[test]
    fn what_is_held_back_is_looked_at_again_soon_and_anything_else_when_its_time_is_over() {
        let mut request = sight::testing::request("Acme", "Sign in?");
        assert_eq!(next_look(&request), request.expires_in);
        request.held_back = true;
        assert_eq!(next_look(&request), HELD_BACK);
        request.expires_in = SignedDuration::ZERO;
        assert_eq!(next_look(&request), SignedDuration::ZERO);
    }
}
