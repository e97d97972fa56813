//! A double of polkit on the system bus of a story: it asks nobody, and says what the story tells it.

use std::collections::HashMap;

use anyhow::{Context, Result, ensure};
use futures_util::StreamExt;
use tokio::sync::watch;
use zbus::{Connection, Message, MessageStream, connection, message::Type, zvariant::OwnedValue};

use super::{Desktop, PATIENCE};

/// What is asked, and whether the person may be asked for it.
type Question = (
    (String, HashMap<String, OwnedValue>),
    String,
    HashMap<String, String>,
    u32,
    String,
);

/// What becomes of a question that the person may be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Says {
    /// The person showed that it is them.
    Yes,
    /// They were not recognised.
    No,
    /// They closed the dialogue.
    Dismissed,
    /// An answer of another shape than polkit's.
    Nonsense,
    /// None: polkit ends while it asks, and is gone.
    Ends,
}

/// polkit, as far as a story needs it.
pub struct Polkit {
    says: watch::Sender<Says>,
    asked: watch::Receiver<usize>,
}

impl Desktop {
    /// Gives the system a polkit.
    ///
    /// # Errors
    /// If it has one.
    pub async fn start_polkit(&self) -> Result<Polkit> {
        let connection = connection::Builder::address(self.system_bus()?)?
            .name("org.freedesktop.PolicyKit1")?
            .build()
            .await?;
        let (says, told) = watch::channel(Says::No);
        let (count, asked) = watch::channel(0);
        tokio::spawn(serve(MessageStream::from(&connection), connection, told, count));
        Ok(Polkit { says, asked })
    }
}

impl Polkit {
    /// What it says from now on.
    pub fn will_say(&self, says: Says) {
        self.says.send_replace(says);
    }

    /// Waits until it may have asked the person so often.
    ///
    /// # Errors
    /// If it is asked less or more often.
    pub async fn has_asked(&self, times: usize) -> Result<()> {
        let mut asked = self.asked.clone();
        // A polkit that ended has counted all the same.
        let waiting = async { while *asked.borrow_and_update() < times && asked.changed().await.is_ok() {} };
        tokio::time::timeout(PATIENCE, waiting)
            .await
            .context("nobody was asked")?;
        let asked = *self.asked.borrow();
        ensure!(
            asked == times,
            "the person was asked {asked} times and not {times}"
        );
        Ok(())
    }
}

async fn serve(
    mut messages: MessageStream,
    connection: Connection,
    told: watch::Receiver<Says>,
    count: watch::Sender<usize>,
) {
    while let Some(Ok(message)) = messages.next().await {
        let Some(asks) = asks_the_person(&message) else {
            continue;
        };
        let says = *told.borrow();
        if asks {
            count.send_modify(|count| *count += 1);
            if says == Says::Ends {
                break;
            }
        }
        // Whoever asked may be gone.
        drop(answer(&connection, &message, asks.then_some(says)).await);
    }
    drop(connection.close().await);
}

/// Whether the person may be asked; nothing if this is another message.
fn asks_the_person(message: &Message) -> Option<bool> {
    let header = message.header();
    if message.message_type() != Type::MethodCall || header.member()?.as_str() != "CheckAuthorization" {
        return None;
    }
    let (_, action, _, flags, _): Question = message.body().deserialize().ok()?;
    (action == "org.countersign.approve").then_some(flags != 0)
}

/// Allowed, allowed if the person were asked, and details.
async fn answer(bus: &Connection, question: &Message, says: Option<Says>) -> zbus::Result<()> {
    let header = question.header();
    let details = HashMap::from([("polkit.dismissed", "true")]);
    match says {
        None => {
            bus.reply(&header, &(false, true, HashMap::<&str, &str>::new()))
                .await
        }
        Some(Says::Yes) => {
            bus.reply(&header, &(true, false, HashMap::<&str, &str>::new()))
                .await
        }
        Some(Says::Dismissed) => bus.reply(&header, &(false, true, details)).await,
        Some(Says::Nonsense) => bus.reply(&header, &("yes", 1_u32)).await,
        Some(Says::No | Says::Ends) => {
            bus.reply(&header, &(false, false, HashMap::<&str, &str>::new()))
                .await
        }
    }
}
