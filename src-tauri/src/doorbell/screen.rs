//! The notifications of each system, all through one library but those of Windows.
//!
//! What a button is known by is a number that nobody can guess: on a shared message bus everybody can say that a
//! button was pressed.

#[cfg(target_os = "windows")]
#[path = "screen/windows.rs"]
mod imp;

use std::time::Duration;

use countersign_protocol::challenge_response::Decision;
use notify_rust::NotificationResponse;
#[cfg(not(windows))]
use notify_rust::{Notification, Timeout};
use rustls::crypto::ring;
use tokio::time::Instant;

#[cfg(not(windows))]
use super::PASSING;
use super::notice::Notice;
use crate::attention::wish::{Place, Wish};

pub(super) use imp::{Shown, clear, show, withdraw};

/// How long a new notification approves nothing: it may have come up under a pointer that was about to click on
/// something else.
const GUARD: Duration = Duration::from_secs(1);

/// The buttons of one notification.
struct Buttons {
    made_at: Instant,
    buttons: Vec<Button>,
    /// What a click beside them does.
    opens: Wish,
}

struct Button {
    key: String,
    label: String,
    wish: Wish,
}

impl Buttons {
    /// Those of a notice. Without randomness there is no button, rather than one that anybody can press.
    fn of(notice: &Notice) -> Self {
        let buttons = notice.offers.iter().filter_map(|(wish, label)| {
            Some(Button {
                key: unguessable()?,
                label: label.clone(),
                wish: wish.clone(),
            })
        });
        Self {
            made_at: Instant::now(),
            buttons: buttons.collect(),
            opens: notice.opens.clone(),
        }
    }

    #[cfg(not(windows))]
    fn add_to(&self, notification: &mut Notification) {
        for Button { key, label, .. } in &self.buttons {
            notification.action(key, label);
        }
    }

    /// What this response stands for, if it is one to this notification. What approves too soon only leads to the
    /// request.
    fn wish(&self, response: &NotificationResponse) -> Option<Wish> {
        self.wish_after(self.made_at.elapsed(), response)
    }

    fn wish_after(&self, shown: Duration, response: &NotificationResponse) -> Option<Wish> {
        match self.meant(response)? {
            Wish::Answer(Decision::Approved, sid, _) if shown < GUARD => Some(Wish::Review(sid)),
            wish => Some(wish),
        }
    }

    fn meant(&self, response: &NotificationResponse) -> Option<Wish> {
        match response {
            NotificationResponse::Default => Some(self.opens.clone()),
            NotificationResponse::Action(pressed) => {
                let button = self.buttons.iter().find(|button| button.key == *pressed);
                button.map(|button| button.wish.clone())
            }
            NotificationResponse::Reply(_) | NotificationResponse::Closed(_) => None,
        }
    }
}

fn unguessable() -> Option<String> {
    let mut random = [0_u8; 16];
    ring::default_provider().secure_random.fill(&mut random).ok()?;
    Some(random.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// A notification without buttons. How urgent it is, is for the person's own rules to say: none of ours breaks
/// through when they want quiet.
#[cfg(not(windows))]
fn notification(notice: &Notice, body: &str) -> Notification {
    let mut notification = Notification::new();
    notification
        .appname("Countersign")
        .summary(&notice.summary)
        .body(body);
    if notice.is_passing {
        notification.timeout(Timeout::from(PASSING));
    }
    notification
}

#[cfg(target_os = "linux")]
mod imp {
    use std::sync::Arc;

    use notify_rust::{Hint, NotificationHandle, NotificationResponse, Urgency};
    use tauri::AppHandle;

    use super::{Buttons, Notice, Place, notification};
    use crate::words::{language, t};

    /// Some desktops take a notification away with the connection that sent it, so that the handle is kept.
    pub(in crate::doorbell) type Shown = Arc<NotificationHandle>;

    /// What a desktop's notifications can do.
    #[derive(Debug, Clone, Copy)]
    struct Abilities {
        buttons: bool,
        markup: bool,
    }

    impl Abilities {
        /// Asked each time: another daemon may have taken over.
        async fn ask() -> Self {
            let asked = tauri::async_runtime::spawn_blocking(notify_rust::get_capabilities).await;
            let named = asked.ok().and_then(Result::ok).unwrap_or_default();
            let has = |name: &str| named.iter().any(|ability| ability == name);
            Self {
                buttons: has("actions"),
                markup: has("body-markup"),
            }
        }

        /// The body as this desktop shows it as plain text.
        fn body(self, lines: &[String]) -> String {
            let body = lines.join("\n");
            if self.markup { without_markup(&body) } else { body }
        }
    }

    /// Text in which a desktop that reads markup finds none.
    fn without_markup(text: &str) -> String {
        text.replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;")
    }

    pub(in crate::doorbell) async fn show(app: &AppHandle, mut notice: Notice) -> Option<Shown> {
        let abilities = Abilities::ask().await;
        let language = language(app);
        if !abilities.buttons && !notice.offers.is_empty() {
            notice.offers.clear();
            notice.body.push(t(language, "notify-see", &[]));
        }
        let buttons = Buttons::of(&notice);
        let mut notification = notification(&notice, &abilities.body(&notice.body));
        notification
            .icon("countersign-app")
            .urgency(Urgency::Normal)
            .hint(Hint::DesktopEntry("Countersign".to_owned()));
        if notice.is_passing {
            notification.hint(Hint::Transient(true));
        }
        if abilities.buttons {
            notification.action("default", &t(language, "notify-open", &[]));
            buttons.add_to(&mut notification);
        }
        let shown = notification
            .show_async()
            .await
            .inspect_err(|error| tracing::info!(%error, "no notification is shown"));
        let shown = Arc::new(shown.ok()?);
        tauri::async_runtime::spawn(listen(app.clone(), Arc::clone(&shown), buttons));
        Some(shown)
    }

    /// Waits for a person to choose something. Anybody on the bus can say that they did, but not name a button.
    async fn listen(app: AppHandle, shown: Shown, buttons: Buttons) {
        loop {
            let mut said = None;
            shown
                .wait_for_action_async(|response: &NotificationResponse| said = Some(response.clone()))
                .await;
            match said {
                None | Some(NotificationResponse::Closed(_)) => return,
                Some(response) => {
                    if let Some(wish) = buttons.wish(&response) {
                        return wish.grant(&app, Place::Bell);
                    }
                }
            }
        }
    }

    pub(in crate::doorbell) async fn withdraw(shown: Shown) {
        shown.close_async().await;
    }

    pub(in crate::doorbell) async fn clear(_: &AppHandle) {
        // What an earlier run showed can be named only by the connection that sent it, which is gone.
    }

    #[cfg(test)]
    mod tests {
        use super::*;
        use crate::attention::sight::testing::hostile;

        #[test]
        fn a_desktop_that_reads_markup_finds_none() {
            for hostile in hostile().take(1_000) {
                let body = without_markup(&hostile);
                assert!(!body.contains(['<', '>']), "{body:?}");
                let entities = ["&amp;", "&lt;", "&gt;"];
                for (at, _) in body.match_indices('&') {
                    assert!(
                        entities.iter().any(|entity| body[at..].starts_with(entity)),
                        "{body:?}"
                    );
                }
                let back = body
                    .replace("&lt;", "<")
                    .replace("&gt;", ">")
                    .replace("&amp;", "&");
                assert_eq!(back, hostile);
            }
            let plain = Abilities {
                buttons: true,
                markup: false,
            };
            assert_eq!(plain.body(&["Jack & Jill".to_owned()]), "Jack & Jill");
        }
    }
}

#[cfg(target_os = "macos")]
mod imp {
    use notify_rust::{NotificationId, NotificationResponse};
    use tauri::AppHandle;

    use super::{Buttons, Notice, Place, notification};

    /// What the system knows it by.
    pub(in crate::doorbell) type Shown = String;

    pub(in crate::doorbell) async fn show(app: &AppHandle, notice: Notice) -> Option<Shown> {
        let buttons = Buttons::of(&notice);
        let mut notification = notification(&notice, &notice.body.join("\n"));
        buttons.add_to(&mut notification);
        let shown = notification
            .show_async()
            .await
            .inspect_err(|error| tracing::info!(%error, "no notification is shown"));
        let shown = shown.ok()?;
        let NotificationId::Mac(id) = shown.id() else {
            return None;
        };
        let app = app.clone();
        drop(tauri::async_runtime::spawn_blocking(move || {
            let chosen = |response: &NotificationResponse| {
                if let Some(wish) = buttons.wish(response) {
                    wish.grant(&app, Place::Bell);
                }
            };
            if let Err(error) = shown.wait_for_response(chosen) {
                tracing::info!(%error, "what became of a notification is not known");
            }
        }));
        Some(id)
    }

    pub(in crate::doorbell) async fn withdraw(shown: Shown) {
        mac_usernotifications::close_delivered(&shown).await;
    }

    /// Takes back what an earlier run left that could not do so itself.
    pub(in crate::doorbell) async fn clear(_: &AppHandle) {
        for id in mac_usernotifications::get_delivered_notification_ids().await {
            mac_usernotifications::close_delivered(&id).await;
        }
    }
}

#[cfg(test)]
mod tests {
    use countersign_protocol::sid::ChallengeSid;

    use super::*;

    fn notice() -> Notice {
        let review = Wish::Review(ChallengeSid::from_random([7; 16]));
        Notice {
            summary: "Acme asks".to_owned(),
            body: Vec::new(),
            opens: Wish::Open,
            offers: vec![(review, "Review".to_owned()), (Wish::Quit, "Quit".to_owned())],
            is_passing: false,
        }
    }

    #[test]
    fn a_notification_that_has_just_come_up_approves_nothing() {
        let sid = ChallengeSid::from_random([7; 16]);
        let answer =
            |decision| Wish::Answer(decision, sid.clone(), Box::new("ab".repeat(32).parse().unwrap()));
        let offers = [Decision::Approved, Decision::Denied].map(|decision| (answer(decision), String::new()));
        let buttons = Buttons::of(&Notice {
            offers: offers.to_vec(),
            ..notice()
        });
        let press = |at: usize, shown| {
            let key = buttons.buttons[at].key.clone();
            buttons.wish_after(shown, &NotificationResponse::Action(key))
        };
        let soon = GUARD.saturating_sub(Duration::from_millis(1));
        assert_eq!(press(0, soon), Some(Wish::Review(sid.clone())));
        assert_eq!(press(1, Duration::ZERO), Some(answer(Decision::Denied)));
        assert_eq!(press(0, GUARD), Some(answer(Decision::Approved)));
    }

    #[test]
    fn only_this_notifications_own_buttons_mean_anything() {
        let (notice, buttons) = (notice(), Buttons::of(&notice()));
        let press = |key: &str| buttons.wish(&NotificationResponse::Action(key.to_owned()));
        for (button, (wish, _)) in buttons.buttons.iter().zip(&notice.offers) {
            assert_eq!(press(&button.key).as_ref(), Some(wish));
        }
        let other = Buttons::of(&notice);
        for pretended in ["", "review", "deny", "0", "Review", &other.buttons[0].key] {
            assert_eq!(press(pretended), None, "{pretended}");
        }
        assert_eq!(buttons.wish(&NotificationResponse::Default), Some(Wish::Open));
        assert_eq!(buttons.wish(&NotificationResponse::Reply("x".to_owned())), None);
    }
}
