//! Notifications: one for each request that arrives, as long as that is no nuisance, and taken back when there is
//! nothing to do about it any more. A request that nobody is told of waits in the inbox all the same.

mod notice;
mod patience;
mod rounds;
mod screen;

use std::{
    collections::{HashMap, HashSet},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use countersign_core::Authenticator;
use countersign_protocol::sid::ChallengeSid;
use tauri::{AppHandle, Manager, UserAttentionType};
use tokio::{
    sync::Mutex,
    time::{Instant, timeout},
};

use crate::{
    attention::{Attention, sight::Sight},
    command_error::CommandError,
    lock::Lock,
    window,
    words::language,
};
use notice::Notice;
pub(crate) use notice::Told;
use rounds::{Act, Bell, Rounds};
use screen::Shown;

/// How far back an answer is looked for that was just given.
const LATELY: u32 = 20;

/// How long a notification stays that only tells something.
const PASSING: Duration = Duration::from_secs(8);

/// The notifications on the screen. Some desktops take one away with the connection that sent it, so that each is
/// kept for as long as it should be seen.
#[derive(Default)]
pub(crate) struct Doorbell {
    shown: Mutex<HashMap<Bell, Shown>>,
    /// How many things were told.
    told: AtomicU64,
}

impl Doorbell {
    /// Takes everything back, before the program ends.
    pub(crate) async fn fall_silent(&self) {
        for (_, shown) in self.shown.lock().await.drain() {
            screen::withdraw(shown).await;
        }
    }

    async fn withdraw(&self, bell: &Bell) {
        let shown = self.shown.lock().await.remove(bell);
        if let Some(shown) = shown {
            screen::withdraw(shown).await;
        }
    }
}

/// Rings for what arrives, and for what waits since before this run. What is `known` was rung for by an earlier one,
/// seen in its window, or not wanted to be heard.
pub(crate) async fn attend(app: AppHandle, authenticator: Authenticator, known: HashSet<ChallengeSid>) {
    screen::clear(&app).await;
    let mut rounds = Rounds::knowing(known);
    let mut sights = app.state::<Attention>().follow();
    loop {
        let sight = Arc::clone(&sights.borrow_and_update());
        if rounds.something_settled(&sight) {
            rounds.note_answers(&authenticator.history(LATELY).await.unwrap_or_default());
        }
        let acts = rounds.make(&sight, Instant::now());
        let news = rounds.take_news();
        // Before it rings: a program that dies in between is silent about one, and does not ring for it twice.
        if !news.is_empty()
            && let Err(error) = authenticator.announced(&news).await
        {
            tracing::warn!(%error, "a program that is started anew would tell of a request again");
        }
        for act in acts {
            perform(&app, &sight, act).await;
        }
        if sights.changed().await.is_err() {
            return;
        }
    }
}

/// Tells what became of an answer that was given outside the window.
pub(crate) async fn tell(app: &AppHandle, told: &Told) {
    show_passing(app, |locked| Notice::of_outcome(told, locked, language(app))).await;
}

/// Shows a notification that asks for nothing. Whether the desktop took it.
pub(crate) async fn try_out(app: &AppHandle) -> bool {
    show_passing(app, |_| Notice::of_trial(language(app))).await
}

/// Tells that something was not done which was asked for in the tray.
pub(crate) async fn tell_failure(app: &AppHandle, error: &CommandError) {
    show_passing(app, |_| Notice::of_failure(error, language(app))).await;
}

/// Shows a notification that only tells something, whose words depend on whether it is locked. Whether the desktop
/// took it. It is taken back here, since some systems keep what has passed, behind every lock.
async fn show_passing(app: &AppHandle, notice: impl FnOnce(bool) -> Notice) -> bool {
    let lock = app.state::<Lock>();
    let closing = lock.closing();
    let Some(shown) = screen::show(app, notice(lock.is_locked())).await else {
        return false;
    };
    let doorbell = app.state::<Doorbell>();
    let bell = Bell::Told(doorbell.told.fetch_add(1, Ordering::Relaxed));
    doorbell.shown.lock().await.insert(bell.clone(), shown);
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        let _ = timeout(PASSING, closing).await;
        app.state::<Doorbell>().withdraw(&bell).await;
    });
    true
}

async fn perform(app: &AppHandle, sight: &Sight, act: Act) {
    let doorbell = app.state::<Doorbell>();
    // A lock may have closed since that was seen.
    let sight = &sight.as_seen(app.state::<Lock>().is_locked());
    let (bell, notice) = match act {
        Act::Withdraw(bell) => {
            doorbell.withdraw(&bell).await;
            return;
        }
        Act::Ring(sid) => {
            let Some(ask) = sight.asks.iter().find(|ask| ask.sid == sid) else {
                return;
            };
            let notice = Notice::of_request(ask, language(app));
            (Bell::Request(sid), notice)
        }
        Act::Collapse(factor) => {
            let notice = Notice::of_burst(sight, &factor, language(app));
            (Bell::Burst(factor), notice)
        }
    };
    if let Some(window) = app.get_webview_window(window::LABEL)
        && let Err(error) = window.request_user_attention(Some(UserAttentionType::Informational))
    {
        tracing::debug!(%error, "the window's button could not be made to flash");
    }
    if let Some(shown) = screen::show(app, notice).await {
        doorbell.shown.lock().await.insert(bell, shown);
    }
}
