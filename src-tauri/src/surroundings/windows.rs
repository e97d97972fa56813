//! Windows tells windows only, so that there is one that nobody sees: of the session's lock to whoever asks for it, of
//! sleep to every one.
#![expect(
    unsafe_code,
    reason = "windows and their messages are outside the safe bindings"
)]

use std::sync::OnceLock;

use tauri::AppHandle;
use tokio::sync::mpsc::UnboundedSender;
use windows::{
    Win32::{
        Foundation::{HWND, LPARAM, LRESULT, WPARAM},
        System::{
            LibraryLoader::GetModuleHandleW,
            RemoteDesktop::{NOTIFY_FOR_THIS_SESSION, WTSRegisterSessionNotification},
        },
        UI::WindowsAndMessaging::{
            CreateWindowExW, DefWindowProcW, DispatchMessageW, GetMessageW, MSG, PBT_APMRESUMEAUTOMATIC,
            PBT_APMSUSPEND, RegisterClassW, WINDOW_EX_STYLE, WINDOW_STYLE, WM_POWERBROADCAST,
            WM_WTSSESSION_CHANGE, WNDCLASSW, WTS_SESSION_LOCK, WTS_SESSION_UNLOCK,
        },
    },
    core::{Error, PCWSTR, Result, w},
};

use super::{News, SystemDid, screen};

/// Who is told. A message reaches a function, and nothing that the function could hold.
static TELL: OnceLock<UnboundedSender<News>> = OnceLock::new();

const CLASS: PCWSTR = w!("CountersignSurroundings");

#[expect(clippy::unused_async, reason = "the other systems wait here")]
pub(super) async fn attend(_: &AppHandle, tell: UnboundedSender<News>) {
    if TELL.set(tell).is_err() {
        return;
    }
    // A window's messages come to the thread that made it.
    let listening = std::thread::Builder::new()
        .name("surroundings".to_owned())
        .spawn(|| {
            if let Err(error) = listen() {
                tracing::warn!(%error, "nobody says when the computer sleeps or its screen is locked");
            }
        });
    if let Err(error) = listening {
        tracing::warn!(%error, "nobody says when the computer sleeps or its screen is locked");
    }
}

/// Hands messages over for as long as the program runs.
fn listen() -> Result<()> {
    // SAFETY: the name is that of no other library, and so means this program, which stays loaded.
    let program = unsafe { GetModuleHandleW(PCWSTR::null())? }.into();
    let class = WNDCLASSW {
        lpfnWndProc: Some(on_message),
        hInstance: program,
        lpszClassName: CLASS,
        ..WNDCLASSW::default()
    };
    // SAFETY: the class and its name are there for the call, which copies both.
    if unsafe { RegisterClassW(&raw const class) } == 0 {
        return Err(Error::from_thread());
    }
    let (unseen, plain) = (WINDOW_STYLE::default(), WINDOW_EX_STYLE::default());
    // SAFETY: the class is registered, and nothing is passed to its function.
    let window = unsafe {
        CreateWindowExW(
            plain,
            CLASS,
            PCWSTR::null(),
            unseen,
            0,
            0,
            0,
            0,
            None,
            None,
            Some(program),
            None,
        )?
    };
    // SAFETY: the window is this thread's, and lives as long as it.
    if let Err(error) = unsafe { WTSRegisterSessionNotification(window, NOTIFY_FOR_THIS_SESSION) } {
        // Sleep is told all the same.
        tracing::warn!(%error, "nobody says when the screen is locked");
    }
    let mut message = MSG::default();
    // SAFETY: the message is written before it is read.
    while unsafe { GetMessageW(&raw mut message, None, 0, 0) }.0 > 0 {
        // SAFETY: it is a message that came.
        unsafe { DispatchMessageW(&raw const message) };
    }
    Ok(())
}

extern "system" fn on_message(window: HWND, message: u32, what: WPARAM, with: LPARAM) -> LRESULT {
    if let (Some(tell), Some(news)) = (TELL.get(), news(message, what)) {
        // Whoever listens does so as long as the program runs.
        let _ = tell.send(news);
    }
    // SAFETY: this is what the function was called with.
    unsafe { DefWindowProcW(window, message, what, with) }
}

fn news(message: u32, WPARAM(what): WPARAM) -> Option<News> {
    match (message, u32::try_from(what).ok()?) {
        (WM_WTSSESSION_CHANGE, WTS_SESSION_LOCK) => Some(screen(true)),
        (WM_WTSSESSION_CHANGE, WTS_SESSION_UNLOCK) => Some(screen(false)),
        (WM_POWERBROADCAST, PBT_APMSUSPEND) => Some(News::System(SystemDid::Sleep { asleep: true })),
        (WM_POWERBROADCAST, PBT_APMRESUMEAUTOMATIC) => Some(News::System(SystemDid::Sleep { asleep: false })),
        _ => None,
    }
}
