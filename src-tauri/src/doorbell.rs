//! The notification that says that somebody asks. It is a doorbell: it tells who rings, never what they want, because
//! a screen may be locked or seen by others; and it answers nothing, it only leads to the window.

mod patience;

use countersign_core::{Authenticator, Event, HistoryEntry, Inbox};
use countersign_protocol::{plain, sid::ChallengeSid};
use tauri::{AppHandle, Manager};
use tokio::{sync::broadcast::error::RecvError, time::Instant};

use crate::{
    window,
    words::{Language, language, t},
};
use patience::Patience;

/// The longest name that is shown.
const NAME: usize = 48;

/// How far back an answer is looked for that was just given.
const LATELY: u32 = 20;

/// Rings for requests that arrive, as long as that is no nuisance, and takes the notification back when nothing waits
/// any more. A request that nobody is told of waits in the inbox all the same.
pub(crate) async fn attend(app: AppHandle, authenticator: Authenticator) {
    let mut events = authenticator.subscribe();
    let mut shown = None;
    let mut patience = Patience::default();
    loop {
        let arrived = match events.recv().await {
            Ok(Event::RequestArrived { sid }) => Some(sid),
            Ok(Event::RequestSettled { sid }) => {
                if let Some(answered) = answered_here(&authenticator, &sid).await {
                    patience.restore(&answered.factor_sid);
                }
                None
            }
            Ok(Event::RequestChanged { .. }) | Err(RecvError::Lagged(_)) => None,
            Ok(_) => continue,
            Err(RecvError::Closed) => return,
        };
        let Ok(inbox) = authenticator.inbox().await else {
            continue;
        };
        let words = words(language(&app), &inbox);
        let asks = arrived.and_then(|sid| inbox.requests.iter().find(|request| request.sid == sid));
        let seen = is_looked_at(&app);
        let rings = asks.is_some_and(|by| !seen && patience.allows(&by.factor_sid, Instant::now()));
        if words.is_none() || rings || (seen && asks.is_some()) {
            imp::withdraw(shown.take()).await;
        }
        if let (Some(words), true) = (words, rings) {
            shown = imp::show(&words, &app).await;
        }
    }
}

/// The answer that this computer gave, if it did. What a server says about answers elsewhere is no reason to be loud.
async fn answered_here(authenticator: &Authenticator, sid: &ChallengeSid) -> Option<HistoryEntry> {
    let lately = authenticator.history(LATELY).await.ok()?;
    lately
        .into_iter()
        .find(|entry| entry.answered_here && entry.sid == *sid)
}

/// Somebody who has the window in front of them sees the request there.
fn is_looked_at(app: &AppHandle) -> bool {
    app.get_webview_window(window::LABEL)
        .is_some_and(|window| window.is_focused().unwrap_or(false))
}

/// What a notification says.
#[derive(Debug, PartialEq, Eq)]
struct Words {
    summary: String,
    body: String,
    open: String,
    review: String,
}

/// One notification for all that waits, however much it is: a burst does not bury the desktop.
fn words(language: Language, inbox: &Inbox) -> Option<Words> {
    let (newest, more) = inbox.requests.split_first()?;
    let host = newest.server_host();
    let name = plain(newest.issuer.as_deref().unwrap_or(&host));
    let summary = match more.len() {
        0 => t(language, "notify-asks", &[("requester", name.into())]),
        more => t(
            language,
            "notify-asks-more",
            &[("requester", name.into()), ("more", more.into())],
        ),
    };
    let say = |id| t(language, id, &[]);
    Some(Words {
        summary,
        body: say("notify-see"),
        open: say("notify-open"),
        review: say("notify-review"),
    })
}

/// The name with nothing hidden in it, cut to a length: it is the issuer's text.
fn plain(name: &str) -> String {
    let seen = plain::line(name);
    match seen.char_indices().nth(NAME) {
        Some((end, _)) => format!("{}…", &seen[..end]),
        None => seen,
    }
}

#[cfg(target_os = "linux")]
mod imp {
    use std::sync::Arc;

    use notify_rust::{Hint, Notification, NotificationHandle, NotificationResponse};

    use super::{AppHandle, Words};
    use crate::links;

    /// Some desktops take a notification away with the connection that sent it, so that the handle is kept.
    pub(super) type Shown = Arc<NotificationHandle>;

    pub(super) async fn show(words: &Words, app: &AppHandle) -> Option<Shown> {
        let mut notification = Notification::new();
        notification
            .appname("Countersign")
            .icon("countersign-app")
            .hint(Hint::DesktopEntry("Countersign".to_owned()))
            .summary(&words.summary)
            .body(&words.body)
            .action("default", &words.open)
            .action("review", &words.review);
        let handle = notification.show_async().await;
        let shown = Arc::new(
            handle
                .inspect_err(|error| tracing::info!(%error, "no notification is shown"))
                .ok()?,
        );
        let (waiting, app) = (Arc::clone(&shown), app.clone());
        tauri::async_runtime::spawn(async move {
            let clicked = |response: &NotificationResponse| {
                if matches!(
                    response,
                    NotificationResponse::Default | NotificationResponse::Action(_)
                ) {
                    links::open(&app, None);
                }
            };
            waiting.wait_for_action_async(clicked).await;
        });
        Some(shown)
    }

    pub(super) async fn withdraw(shown: Option<Shown>) {
        if let Some(shown) = shown {
            shown.close_async().await;
        }
    }
}

#[cfg(target_os = "macos")]
mod imp {
    use std::sync::Arc;

    use notify_rust::{Notification, NotificationHandle};

    use super::{AppHandle, Words};

    /// A click brings the app to the front by itself.
    pub(super) type Shown = Arc<NotificationHandle>;

    pub(super) async fn show(words: &Words, _: &AppHandle) -> Option<Shown> {
        let shown = Notification::new()
            .summary(&words.summary)
            .body(&words.body)
            .show_async()
            .await;
        shown
            .inspect_err(|error| tracing::info!(%error, "no notification is shown"))
            .ok()
            .map(Arc::new)
    }

    pub(super) async fn withdraw(shown: Option<Shown>) {
        if let Some(shown) = shown {
            shown.close_async().await;
        }
    }
}

#[cfg(target_os = "windows")]
mod imp {
    use notify_rust::{Notification, NotificationResponse};

    use super::{AppHandle, Words};
    use crate::links;

    /// A toast cannot be taken back with this library; it leaves the screen after some seconds.
    pub(super) type Shown = ();

    #[expect(clippy::unused_async, reason = "the other systems wait here")]
    pub(super) async fn show(words: &Words, app: &AppHandle) -> Option<Shown> {
        let mut notification = Notification::new();
        notification.summary(&words.summary).body(&words.body);
        // The name under which the installer registers the app; a build that is not installed has none, and a toast
        // under an unknown name is never shown.
        if !cfg!(debug_assertions) {
            notification.app_id(&app.config().identifier);
        }
        let app = app.clone();
        drop(tauri::async_runtime::spawn_blocking(move || {
            let clicked = |response: &NotificationResponse| {
                if matches!(
                    response,
                    NotificationResponse::Default | NotificationResponse::Action(_)
                ) {
                    links::open(&app, None);
                }
            };
            if let Err(error) = notification
                .show()
                .and_then(|shown| shown.wait_for_response(clicked))
            {
                tracing::info!(%error, "no notification is shown");
            }
        }));
        Some(())
    }

    #[expect(clippy::unused_async, reason = "the other systems wait here")]
    pub(super) async fn withdraw(_: Option<Shown>) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_turn_the_text_around_or_fill_the_screen() {
        assert_eq!(plain("Ac\u{202e}me\u{0}\n"), "Ac\u{fffd}me\u{fffd}");
        assert_eq!(plain(&"ä".repeat(100)), format!("{}…", "ä".repeat(NAME)));
        assert_eq!(plain("  Acme Ltd.  "), "Acme Ltd.");
    }

    #[test]
    fn a_name_with_letters_that_nobody_sees_is_not_the_name_without_them() {
        for unseen in [
            '\u{3164}',
            '\u{2800}',
            '\u{e0041}',
            '\u{1d159}',
            '\u{16fe4}',
            '\u{200b}',
        ] {
            assert_eq!(plain(&format!("Ac{unseen}me")), "Ac\u{fffd}me", "{unseen:?}");
        }
    }
}
