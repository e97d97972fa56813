//! The icon in the desktop's tray, where there is one: what waits, and a way to everything that can be done about it.
//!
//! It is never the only way in: several desktops show no tray at all. What it shows is decided in `tray/plan.rs`; here
//! that is drawn.

mod icon;
mod plan;

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Mutex,
    time::{Duration, Instant},
};

use countersign_protocol::challenge_response::Decision;

use tauri::{
    AppHandle, Manager, Wry,
    menu::{IsMenuItem, Menu, MenuEvent, MenuItem, PredefinedMenuItem, Submenu},
    tray::{TrayIcon, TrayIconBuilder},
};

use crate::{
    attention::{
        Attention,
        wish::{Place, Wish},
    },
    words,
};
use plan::{Entry, Plan};

/// The icon is in the tray, or would be if the desktop had one.
pub(crate) struct Tray;

/// When the menu was last drawn.
type Drawn = Mutex<Instant>;

/// How long an entry has to have stood where it is before it approves: a press that was on its way was for another.
const STANDS: Duration = Duration::from_millis(600);

/// Puts the icon into the tray, and keeps it up to date. On Linux the library for it may be missing, and says so by a
/// panic: then there is no tray, and everything else works.
pub(crate) fn place(app: &AppHandle) {
    let plan = Plan::of(&app.state::<Attention>().sight(), words::language(app));
    app.manage(Drawn::new(Instant::now()));
    match catch_unwind(AssertUnwindSafe(|| build(app, &plan))) {
        Ok(Ok(tray)) => {
            app.manage(Tray);
            tauri::async_runtime::spawn(attend(app.clone(), tray, plan));
        }
        Ok(Err(error)) => tracing::info!(%error, "there is no tray"),
        Err(_) => tracing::info!("there is no tray: its library is missing"),
    }
}

/// Draws what is new, and nothing else: a menu that somebody has open closes when it is drawn anew.
async fn attend(app: AppHandle, tray: TrayIcon, mut shown: Plan) {
    let attention = app.state::<Attention>();
    let mut sights = attention.follow();
    let mut language = words::changed(&app);
    loop {
        let plan = Plan::of(&sights.borrow_and_update(), *language.borrow_and_update());
        if let Err(error) = draw(&app, &tray, &plan, &shown) {
            tracing::warn!(%error, "the tray could not be brought up to date");
        }
        shown = plan;
        tokio::select! {
            Ok(()) = sights.changed() => {}
            Ok(()) = language.changed() => {}
            else => return,
        }
    }
}

fn build(app: &AppHandle, plan: &Plan) -> tauri::Result<TrayIcon> {
    TrayIconBuilder::with_id("countersign")
        .tooltip(&plan.tooltip)
        .icon(plan.icon.image())
        .icon_as_template(true)
        .menu(&menu(app, &plan.entries)?)
        .on_menu_event(choose)
        .build(app)
}

fn draw(app: &AppHandle, tray: &TrayIcon, plan: &Plan, shown: &Plan) -> tauri::Result<()> {
    if plan.icon != shown.icon {
        tray.set_icon_with_as_template(Some(plan.icon.image()), true)?;
    }
    if plan.title != shown.title {
        tray.set_title(plan.title.as_ref())?;
    }
    if plan.tooltip != shown.tooltip {
        tray.set_tooltip(Some(&plan.tooltip))?;
    }
    if plan.entries != shown.entries {
        let menu = menu(app, &plan.entries)?;
        // Before and after: it is another from somewhere in between.
        note_drawn(app);
        tray.set_menu(Some(menu))?;
        note_drawn(app);
    }
    Ok(())
}

fn note_drawn(app: &AppHandle) {
    if let Ok(mut at) = app.state::<Drawn>().lock() {
        *at = Instant::now();
    }
}

fn menu(app: &AppHandle, entries: &[Entry]) -> tauri::Result<Menu<Wry>> {
    let menu = Menu::new(app)?;
    for entry in entries {
        menu.append(&*item(app, entry)?)?;
    }
    Ok(menu)
}

fn item(app: &AppHandle, entry: &Entry) -> tauri::Result<Box<dyn IsMenuItem<Wry>>> {
    Ok(match entry {
        Entry::Item(wish, text) => {
            let id = wish.to_string();
            Box::new(MenuItem::with_id(app, id, as_it_is(text), true, None::<&str>)?)
        }
        Entry::Note(text) => Box::new(MenuItem::new(app, as_it_is(text), false, None::<&str>)?),
        Entry::Line => Box::new(PredefinedMenuItem::separator(app)?),
        Entry::Menu(text, entries) => {
            let menu = Submenu::new(app, as_it_is(text), true)?;
            for entry in entries {
                menu.append(&*item(app, entry)?)?;
            }
            Box::new(menu)
        }
    })
}

/// A menu takes an ampersand for the mark of a letter that is pressed for the entry.
fn as_it_is(text: &str) -> String {
    text.replace('&', "&&")
}

fn choose(app: &AppHandle, event: MenuEvent) {
    match event.id().as_ref().parse::<Wish>() {
        Ok(wish) => {
            let standing = app
                .state::<Drawn>()
                .lock()
                .map_or(Duration::ZERO, |at| at.elapsed());
            guarded(wish, standing).grant(app, Place::Tray);
        }
        Err(_) => tracing::warn!("the tray offered something that there is not"),
    }
}

/// What a press on an entry wishes for that has stood there for so long. What came under the pointer only now is opened
/// in the window instead of being approved.
fn guarded(wish: Wish, standing: Duration) -> Wish {
    match wish {
        Wish::Answer(Decision::Approved, sid, _) if standing < STANDS => Wish::Review(sid),
        wish => wish,
    }
}

#[cfg(test)]
mod tests {
    use countersign_protocol::sid::ChallengeSid;

    use super::*;

    #[test]
    fn an_entry_that_came_under_the_pointer_just_now_approves_nothing() {
        let sid = ChallengeSid::from_random([7; 16]);
        let answer = |decision| {
            let shown = "ab".repeat(32).parse().unwrap();
            Wish::Answer(decision, sid.clone(), Box::new(shown))
        };
        let (approve, deny) = (answer(Decision::Approved), answer(Decision::Denied));
        let early = STANDS - Duration::from_millis(1);
        assert_eq!(guarded(approve.clone(), early), Wish::Review(sid.clone()));
        assert_eq!(guarded(approve.clone(), STANDS), approve);
        assert_eq!(guarded(deny.clone(), Duration::ZERO), deny);
    }
}
