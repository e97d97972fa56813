//! Records everything that is logged, at the most talkative level.

use std::sync::{Mutex, OnceLock};

/// What has been logged since recording began; `None` while nobody records.
static LINES: Mutex<Option<Vec<u8>>> = Mutex::new(None);
/// Two who record at once would take each other's lines.
static TURN: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());
static INSTALLED: OnceLock<()> = OnceLock::new();

/// Returns what is logged while `work` runs, by any thread of this process, with what `work` returns.
///
/// The subscriber is the process's own: what a test sets for its thread alone is lost on code that other tests reach
/// first.
pub(super) async fn record<T>(work: impl Future<Output = T>) -> (String, T) {
    INSTALLED.get_or_init(|| {
        let subscriber = tracing_subscriber::fmt()
            .with_max_level(tracing::Level::TRACE)
            .with_ansi(false)
            .with_writer(|| Lines)
            .finish();
        tracing::subscriber::set_global_default(subscriber).unwrap();
    });
    let _turn = TURN.lock().await;
    *LINES.lock().unwrap() = Some(Vec::new());
    let done = work.await;
    let lines = LINES.lock().unwrap().take().unwrap();
    (String::from_utf8(lines).unwrap(), done)
}

struct Lines;

impl std::io::Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if let Some(lines) = LINES.lock().unwrap().as_mut() {
            lines.extend_from_slice(bytes);
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
