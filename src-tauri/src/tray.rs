//! The icon in the desktop's tray, where there is one: how much waits, and ways into the window.
//!
//! It tells nothing of what is asked, so that it needs no hiding while the screen is locked. It is never the only way
//! in: several desktops show no tray at all.

use std::panic::{AssertUnwindSafe, catch_unwind};

use countersign_core::Authenticator;
use tauri::{
    AppHandle, Manager, Wry,
    menu::{Menu, MenuEvent, MenuItem, PredefinedMenuItem},
    tray::TrayIconBuilder,
};
use tokio::sync::broadcast::error::RecvError;

use crate::{
    desk::Desk,
    links,
    words::{self, Language, t},
};

const OPEN: &str = "open";
const CHECK: &str = "check";
const QUIT: &str = "quit";

/// The entries, whose texts change.
pub(crate) struct Tray {
    open: MenuItem<Wry>,
    check: MenuItem<Wry>,
    quit: MenuItem<Wry>,
}

/// Puts the icon into the tray. On Linux the library for it may be missing, and says so by a panic: then there is no
/// tray, and everything else works.
pub(crate) fn place(app: &AppHandle) {
    match catch_unwind(AssertUnwindSafe(|| build(app))) {
        Ok(Ok(tray)) => {
            app.manage(tray);
        }
        Ok(Err(error)) => tracing::info!(%error, "there is no tray"),
        Err(_) => tracing::info!("there is no tray: its library is missing"),
    }
}

/// Keeps the count up to date.
pub(crate) async fn attend(app: AppHandle, authenticator: Authenticator) {
    let mut events = authenticator.subscribe();
    let mut spoken = words::changed(&app);
    let mut shown = (0, words::language(&app));
    loop {
        // A store that cannot be read says so in the window; here the old count stays.
        let count = authenticator
            .inbox()
            .await
            .map_or(shown.0, |inbox| inbox.requests.len());
        let language = *spoken.borrow_and_update();
        if let (Some(tray), true) = (app.try_state::<Tray>(), (count, language) != shown) {
            shown = (count, language);
            if let Err(error) = tray.write(language, count) {
                tracing::debug!(%error, "the tray's menu could not be changed");
            }
        }
        tokio::select! {
            event = events.recv() => if let Err(RecvError::Closed) = event {
                return;
            },
            _ = spoken.changed() => {}
        }
    }
}

impl Tray {
    fn write(&self, language: Language, count: usize) -> tauri::Result<()> {
        self.open.set_text(label(language, count))?;
        self.check.set_text(t(language, "tray-check-now", &[]))?;
        self.quit.set_text(t(language, "tray-quit", &[]))
    }
}

fn build(app: &AppHandle) -> tauri::Result<Tray> {
    let language = words::language(app);
    let item = |id, text: &str| MenuItem::with_id(app, id, text, true, None::<&str>);
    let (open, check, quit) = (
        item(OPEN, &label(language, 0))?,
        item(CHECK, &t(language, "tray-check-now", &[]))?,
        item(QUIT, &t(language, "tray-quit", &[]))?,
    );
    let menu = Menu::with_items(app, &[&open, &check, &PredefinedMenuItem::separator(app)?, &quit])?;
    let mut icon = TrayIconBuilder::with_id("countersign")
        .tooltip(t(language, "app-name", &[]))
        .menu(&menu)
        .on_menu_event(choose);
    if let Some(image) = app.default_window_icon() {
        icon = icon.icon(image.clone());
    }
    // The app keeps the icon by its name.
    drop(icon.build(app)?);
    Ok(Tray { open, check, quit })
}

fn label(language: Language, count: usize) -> String {
    t(language, "tray-open", &[("count", count.into())])
}

fn choose(app: &AppHandle, event: MenuEvent) {
    match event.id().as_ref() {
        OPEN => links::open(app, None),
        CHECK => {
            let desk = app.state::<Desk>().inner().clone();
            tauri::async_runtime::spawn(async move {
                if let Ok(open) = desk.open().await {
                    open.check_now().await;
                }
            });
        }
        QUIT => app.exit(0),
        _ => {}
    }
}
