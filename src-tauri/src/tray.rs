//! The icon in the desktop's tray, where there is one: what waits, and a way to everything that can be done about it.
//!
//! It is never the only way in: several desktops show no tray at all. What it shows is decided in `tray/plan.rs`; here
//! that is drawn.

mod icon;
mod plan;

use std::panic::{AssertUnwindSafe, catch_unwind};

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

/// Puts the icon into the tray, and keeps it up to date. On Linux the library for it may be missing, and says so by a
/// panic: then there is no tray, and everything else works.
pub(crate) fn place(app: &AppHandle) {
    let plan = Plan::of(&app.state::<Attention>().sight(), words::language(app));
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
        tray.set_menu(Some(menu(app, &plan.entries)?))?;
    }
    Ok(())
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
        Ok(wish) => wish.grant(app, Place::Tray),
        Err(_) => tracing::warn!("the tray offered something that there is not"),
    }
}
