//! The end that comes from outside: Ctrl-C in a terminal, or the system that ends the session.

use tauri::AppHandle;

/// Ends the program as if its window had been closed.
pub(crate) async fn attend(app: AppHandle) {
    imp::wait().await;
    app.exit(0);
}

#[cfg(unix)]
mod imp {
    use std::future::pending;

    use tokio::signal::unix::{SignalKind, signal};

    pub(super) async fn wait() {
        tokio::select! {
            () = receive(SignalKind::terminate()) => {}
            () = receive(SignalKind::interrupt()) => {}
            () = receive(SignalKind::hangup()) => {}
        }
    }

    async fn receive(kind: SignalKind) {
        match signal(kind) {
            Ok(mut signals) => {
                signals.recv().await;
            }
            Err(error) => {
                tracing::warn!(%error, "a signal cannot be listened for");
                pending().await
            }
        }
    }
}

#[cfg(not(unix))]
mod imp {
    pub(super) async fn wait() {
        if let Err(error) = tokio::signal::ctrl_c().await {
            tracing::warn!(%error, "Ctrl-C cannot be listened for");
            std::future::pending().await
        }
    }
}
