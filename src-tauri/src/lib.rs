//! The desktop shell of Countersign: a window, its commands, its events, links, and a graceful end. Only wiring:
//! what may be asked, answered and signed is decided in `countersign-core`.
//!
//! Where to read: [`run`] below is the whole life of the program, `commands.rs` is all that the page can ask,
//! `desk.rs` holds the authenticator.

mod attention;
mod autostart;
mod badge;
mod bindings;
mod camera;
mod chosen;
mod closing;
mod command_error;
mod commands;
mod desk;
mod doorbell;
mod dropped;
mod events;
mod graphics;
mod health;
mod keychain;
mod landing;
mod link_handler;
mod links;
mod lock;
mod options;
mod pending;
mod presence;
mod screen;
mod signals;
mod surroundings;
mod tray;
mod tray_host;
mod views;
mod window;
mod words;

use std::{
    io::{self, IsTerminal, Write},
    path::Path,
    process::ExitCode,
};

use anyhow::{Context, Result};
use countersign_core::Profile;
use tauri::{App, AppHandle, Manager, RunEvent, WindowEvent, ipc::Invoke};
use tauri_plugin_deep_link::DeepLinkExt;
use tokio::{
    runtime::Runtime,
    time::{Instant, timeout_at},
};
use tracing_subscriber::EnvFilter;

use attention::Attention;
use camera::Camera;
use chosen::Chosen;
use command_error::{CommandError, ErrorCode};
use desk::{Desk, QUIT_LIMIT};
use doorbell::Doorbell;
use dropped::Dropped;
use keychain::KeychainChoice;
use landing::PendingRequest;
use link_handler::LinkHandler;
use links::PendingLink;
use lock::Lock;
use options::{Link, Options};

/// The life of the program, from its arguments to its exit code.
pub fn run() -> ExitCode {
    graphics::prepare();
    // Fails only if one is installed already, and there is only this one.
    drop(rustls::crypto::ring::default_provider().install_default());
    let (options, keychain) =
        match Options::of_this_process().and_then(|o| Ok((o, KeychainChoice::of_this_process()?))) {
            Ok(chosen) => chosen,
            Err(sentence) => return say(&mut io::stderr(), &format!("countersign-app: {sentence}\n"), 2),
        };
    if let Some(text) = options.print {
        return say(&mut io::stdout(), text, 0);
    }
    log_to_standard_error();
    match open_and_wait(options, keychain) {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            tracing::error!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Opens the window and returns when the program ends, with its exit code.
///
/// The window's loop runs outside the asynchronous runtime: several libraries on the message bus block, and would
/// panic inside one.
fn open_and_wait(options: Options, keychain: KeychainChoice) -> Result<u8> {
    let profile = Profile::find(options.home)?;
    let runtime = Runtime::new().context("the asynchronous runtime cannot be started")?;
    tauri::async_runtime::set(runtime.handle().clone());
    let commands = bindings::builder();
    let mut context = tauri::generate_context!();
    if let Some(suffix) = profile.instance_suffix() {
        context.config_mut().identifier.push_str(&suffix);
    }
    let app = tauri::Builder::default()
        // First: a second instance hands its link over and ends before it does anything else.
        .plugin(tauri_plugin_single_instance::init(|app, arguments, _| {
            let options = Options::parse(arguments.into_iter().skip(1).map(Into::into));
            let options = options.unwrap_or_default();
            // The system may start a program that a person has started before.
            if !options.hidden || options.link.is_some() {
                links::open(app, options.link);
            }
        }))
        .plugin(tauri_plugin_deep_link::init())
        .plugin(autostart::plugin())
        .invoke_handler(unless_locked(commands.invoke_handler()))
        .setup(move |app| {
            commands.mount_events(app);
            words::speak(app.handle(), None);
            let (started_here, link) = links::sort(options.link);
            let in_sight = !options.hidden || link.is_some();
            app.manage(PendingLink::starting_with(link));
            app.manage(Chosen::default());
            app.manage(Lock::of_profile(profile.home()));
            app.manage(PendingRequest::starting_with(None));
            app.manage(Dropped::starting_with(None));
            app.manage(Attention::default());
            app.manage(Doorbell::default());
            app.manage(Camera::default());
            accept_links(app, profile.home());
            app.manage(Desk::new(app.handle().clone(), profile, keychain));
            set_up(app, in_sight)?;
            if let Some(link) = started_here {
                links::started_here(app.handle(), link);
            }
            Ok(())
        })
        .build(context)
        .context("the window cannot be opened")?;
    let code = app.run_return(attend);
    // A keychain that hangs keeps its thread for ever; nobody waits for it.
    runtime.shutdown_background();
    Ok(u8::try_from(code).unwrap_or(1))
}

/// What happens to the window and to the program, as the system tells it.
fn attend(app: &AppHandle, event: RunEvent) {
    match event {
        RunEvent::WindowEvent {
            event: WindowEvent::Focused(focused),
            ..
        } => {
            app.state::<Attention>().look_again();
            if focused {
                app.state::<Desk>().expect_requests();
            }
        }
        RunEvent::WindowEvent {
            event: WindowEvent::CloseRequested { .. },
            ..
        } => window::keep_place(app),
        RunEvent::WindowEvent {
            event: WindowEvent::DragDrop(event),
            ..
        } => dropped::attend(app, event),
        // The last window is gone, and with it its webview.
        RunEvent::ExitRequested { code: None, api, .. } => {
            api.prevent_exit();
            closing::stay_or_end(app);
        }
        RunEvent::Exit => end(app),
        _ => {}
    }
}

/// Leaves everything in order, in the time that there is for it.
fn end(app: &AppHandle) {
    window::keep_place(app);
    let limit = Instant::now() + QUIT_LIMIT;
    // Before another instance for this profile can begin, and register the same.
    if let Some(handler) = app.try_state::<LinkHandler>() {
        within(limit, handler.withdraw(app));
    }
    within(limit, fall_silent(app));
    // Whoever opens the program anew while this one ends gets a window of their own. It blocks, as what talks to the
    // message bus does, and so cannot be waited for with the others.
    tauri_plugin_single_instance::destroy(app);
    within(limit, app.state::<Desk>().close());
}

fn within(limit: Instant, ending: impl Future<Output = ()>) {
    if tauri::async_runtime::block_on(async { timeout_at(limit, ending).await }).is_err() {
        tracing::warn!("the program ends before everything under way did");
    }
}

/// While it is locked, nearly every command is refused here, before it is run. It is the one place that does so.
fn unless_locked(handler: impl Fn(Invoke) -> bool + Send + Sync) -> impl Fn(Invoke) -> bool + Send + Sync {
    move |invoke| {
        let locked = invoke.message.webview_ref().state::<Lock>().is_locked();
        if locked && lock::refuses(invoke.message.command()) {
            invoke.resolver.reject(CommandError::new(ErrorCode::Locked));
            return true;
        }
        handler(invoke)
    }
}

fn set_up(app: &App, in_sight: bool) -> Result<()> {
    tauri::async_runtime::spawn(signals::attend(app.handle().clone()));
    tauri::async_runtime::spawn(surroundings::attend(app.handle().clone()));
    tray::place(app.handle());
    tauri::async_runtime::spawn(badge::attend(app.handle().clone()));
    if in_sight {
        app.state::<Desk>().expect_requests();
    }
    app.state::<Desk>().open_in_background();
    if in_sight {
        window::open(app.handle())?;
        #[cfg(target_os = "linux")]
        {
            let app = app.handle().clone();
            tauri::async_runtime::spawn(async move { closing::warn_without_tray(&app).await });
        }
    }
    Ok(())
}

/// Leaves nothing on the desktop that nobody would answer to. A desktop that hangs is not waited for.
async fn fall_silent(app: &AppHandle) {
    let doorbell = app.state::<Doorbell>();
    let silence = async { tokio::join!(doorbell.fall_silent(), badge::clear(app)) };
    drop(tokio::time::timeout(QUIT_LIMIT, silence).await);
}

/// On macOS links come as events of the system; elsewhere they are arguments, of this process or of a second one.
///
/// A package registers the scheme for everybody on the machine. A program that is started from where it was built
/// registers itself and its profile, for the person who works on it; a package must not, or its entry would be
/// shadowed by one that stays when the package is gone.
fn accept_links(app: &App, home: &Path) {
    if cfg!(target_os = "macos") {
        let handle = app.handle().clone();
        app.deep_link().on_open_url(move |event| {
            let newest = event.urls().last().and_then(|url| Link::new(url.as_str()));
            links::open(&handle, newest);
        });
    } else if cfg!(debug_assertions) {
        app.manage(LinkHandler::register(app.handle(), home));
    }
}

fn log_to_standard_error() {
    let filter = EnvFilter::try_from_env("COUNTERSIGN_LOG").unwrap_or_else(|_| EnvFilter::new("warn"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(io::stderr)
        .with_ansi(io::stderr().is_terminal())
        .init();
}

fn say(to: &mut dyn Write, text: &str, code: u8) -> ExitCode {
    // Nobody listening is no reason to fail.
    let _ = to.write_all(text.as_bytes());
    ExitCode::from(code)
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::*;

    const IS_CHILD: &str = "COUNTERSIGN_TEST_LOGS";

    #[test]
    fn a_log_that_nobody_sees_in_a_terminal_has_no_colours() {
        if std::env::var_os(IS_CHILD).is_some() {
            log_to_standard_error();
            tracing::error!("a line of the log");
            return;
        }
        let this = std::env::current_exe().unwrap();
        let name = std::thread::current().name().unwrap().to_owned();
        let child = Command::new(this)
            .args(["--exact", &name, "--nocapture"])
            .env(IS_CHILD, "1")
            .env_remove("NO_COLOR")
            .env_remove("COUNTERSIGN_LOG")
            .output()
            .unwrap();
        let log = String::from_utf8(child.stderr).unwrap();
        assert!(log.contains("a line of the log"), "{log:?}");
        assert!(!log.contains('\u{1b}'), "{log:?}");
    }
}
