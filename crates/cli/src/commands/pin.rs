//! `countersign pin`: the app's own PIN, which is asked for where the system cannot ask who is there.

use std::time::Duration;

use countersign_core::PinState;
use jiff::SignedDuration;
use serde_json::json;

use crate::{arguments::PinAction, failure::Failure, keychain::Use, pin, session::Session, words};

/// Sets or removes the PIN, or says what is known of it.
pub(crate) async fn run(session: &Session, action: PinAction) -> Result<(), Failure> {
    let authenticator = session.open(Use::Nothing).await?;
    let before = authenticator.pin_state().await?;
    match action {
        PinAction::Set => {
            let old = before.is_set.then(pin::recall).transpose()?;
            let new = pin::choose(!before.is_set)?;
            authenticator.set_pin(&new, old.as_ref()).await?;
        }
        PinAction::Remove if before.is_set => authenticator.remove_pin(&pin::recall()?).await?,
        PinAction::Remove | PinAction::Status => {}
    }
    let state = authenticator.pin_state().await?;
    let value = json!({
        "is_set": state.is_set,
        "system_asks": state.system_asks,
        "tries_left": state.tries_left,
        "wait_seconds": state.wait.map(|wait| wait.as_secs()),
    });
    session.output.result(&value, || describe(state))
}

fn describe(state: PinState) -> String {
    let mut text = if state.is_set {
        "A PIN is set."
    } else {
        "No PIN is set."
    }
    .to_owned();
    text.push_str(if state.system_asks {
        " It is not asked for: the system itself asks who is there."
    } else if state.is_set {
        " It is asked for where a factor's policy wants to know that it is you."
    } else {
        " This computer cannot confirm that it is you without one."
    });
    if let Some(wait) = state.wait {
        text.push_str(&format!(
            " After too many wrong ones, none is taken for {}.",
            minutes(wait)
        ));
    }
    text
}

fn minutes(wait: Duration) -> String {
    words::length(SignedDuration::try_from(wait).unwrap_or(SignedDuration::MAX))
}
