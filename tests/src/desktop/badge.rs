//! A dock for the desktop of a story: it hears how much the app says is waiting.

use std::collections::HashMap;

use anyhow::{Context, Result, ensure};
use futures_util::StreamExt;
use tokio::sync::watch;
use zbus::{Connection, MatchRule, MessageStream, connection, message::Type, zvariant::OwnedValue};

use super::PATIENCE;

/// The file that the app's package installs, as docks name it.
const PROGRAM: &str = "application://Countersign.desktop";

/// What a dock shows on the app's icon. It ends with the value.
pub struct Badge {
    count: watch::Receiver<i64>,
    _connection: Connection,
}

impl Badge {
    pub(super) async fn listen(bus: &str) -> Result<Self> {
        let connection = connection::Builder::address(bus)?.build().await?;
        let rule = MatchRule::builder()
            .msg_type(Type::Signal)
            .interface("com.canonical.Unity.LauncherEntry")?
            .member("Update")?
            .build();
        let mut updates = MessageStream::for_match_rule(rule, &connection, None).await?;
        let (told, count) = watch::channel(0);
        tokio::spawn(async move {
            while let Some(Ok(update)) = updates.next().await {
                let read: Result<(String, HashMap<String, OwnedValue>), _> = update.body().deserialize();
                if let Some(count) = read.ok().and_then(|(program, said)| shown(&program, &said)) {
                    told.send_replace(count);
                }
            }
        });
        Ok(Self {
            count,
            _connection: connection,
        })
    }

    /// Waits until the count is this.
    ///
    /// # Errors
    /// With the count that there is instead.
    pub async fn wait_for(&self, wanted: i64) -> Result<()> {
        let mut count = self.count.clone();
        let waiting = tokio::time::timeout(PATIENCE, count.wait_for(|count| *count == wanted)).await;
        let shown = *self.count.borrow();
        ensure!(waiting.is_ok(), "the dock shows {shown} and not {wanted}");
        waiting
            .context("it was waited for")?
            .context("the bus is there")?;
        Ok(())
    }
}

/// The count that a dock shows for this; nothing is shown where it is not visible.
fn shown(program: &str, said: &HashMap<String, OwnedValue>) -> Option<i64> {
    let visible = said.get("count-visible")?.downcast_ref::<bool>().ok()?;
    let count = said.get("count")?.downcast_ref::<i64>().ok()?;
    (program == PROGRAM).then_some(if visible { count } else { 0 })
}
