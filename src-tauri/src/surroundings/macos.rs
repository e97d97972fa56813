//! macOS tells of sleep by the workspace's notifications, and of the screen's lock by ones that every program gets.
#![expect(unsafe_code, reason = "observers are outside the safe bindings")]

use std::ptr::NonNull;

use block2::RcBlock;
use objc2_app_kit::{NSWorkspace, NSWorkspaceDidWakeNotification, NSWorkspaceWillSleepNotification};
use objc2_foundation::{NSDistributedNotificationCenter, NSNotification, NSNotificationCenter, NSString};
use tauri::AppHandle;
use tokio::sync::mpsc::UnboundedSender;

use super::{News, SystemDid, screen};

#[expect(clippy::unused_async, reason = "on Linux it waits for signals")]
pub(super) async fn attend(app: &AppHandle, tell: UnboundedSender<News>) {
    // They come to the loop of the main thread.
    if let Err(error) = app.run_on_main_thread(move || observe(&tell)) {
        tracing::warn!(%error, "nobody says when the computer sleeps or its screen is locked");
    }
}

fn observe(tell: &UnboundedSender<News>) {
    let everybodys = NSDistributedNotificationCenter::defaultCenter();
    for (name, locked) in [
        ("com.apple.screenIsLocked", true),
        ("com.apple.screenIsUnlocked", false),
    ] {
        tell_of(&everybodys, &NSString::from_str(name), tell, screen(locked));
    }
    let workspaces = NSWorkspace::sharedWorkspace().notificationCenter();
    // SAFETY: both are constants of a library that is loaded before the program begins.
    let (sleeps, wakes) = unsafe { (NSWorkspaceWillSleepNotification, NSWorkspaceDidWakeNotification) };
    for (name, asleep) in [(sleeps, true), (wakes, false)] {
        tell_of(&workspaces, name, tell, News::System(SystemDid::Sleep { asleep }));
    }
}

/// Has this told whenever a notification of this name comes, for as long as the program runs: the centre keeps the
/// observer.
fn tell_of(center: &NSNotificationCenter, name: &NSString, tell: &UnboundedSender<News>, news: News) {
    let tell = tell.clone();
    let told = RcBlock::new(move |_: NonNull<NSNotification>| {
        // Whoever listens does so as long as the program runs.
        let _ = tell.send(news);
    });
    // SAFETY: neither an object nor a queue is named, and what the block holds may be used on any thread.
    drop(unsafe { center.addObserverForName_object_queue_usingBlock(Some(name), None, None, &told) });
}
