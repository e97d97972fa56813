//! Whether the desktop shows what programs put into its tray. On Linux several do not.

#[cfg(target_os = "linux")]
pub(crate) async fn is_there() -> bool {
    use std::time::Duration;

    /// A desktop that does not answer has no tray that would be of use.
    const PATIENCE: Duration = Duration::from_secs(1);

    const WATCHER: &str = "org.kde.StatusNotifierWatcher";

    let asked = async {
        let bus = zbus::Connection::session().await?;
        let watcher = zbus::Proxy::new(&bus, WATCHER, "/StatusNotifierWatcher", WATCHER).await?;
        watcher.get_property("IsStatusNotifierHostRegistered").await
    };
    matches!(tokio::time::timeout(PATIENCE, asked).await, Ok(Ok(true)))
}

/// Windows and macOS have one.
#[cfg(not(target_os = "linux"))]
#[expect(clippy::unused_async, reason = "on Linux it asks the desktop")]
pub(crate) async fn is_there() -> bool {
    true
}
