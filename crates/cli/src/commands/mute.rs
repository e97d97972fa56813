//! `countersign mute` and `countersign unmute`: no notifications for a while. Requests wait in the inbox all the same.

use countersign_core::{Mute, MuteReason, MuteScope};
use countersign_protocol::sid::FactorSid;
use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::{failure::Failure, keychain::Use, session::Session, views::Moment, words};

/// Mutes one factor, or all; without a length of time it only lists what is muted.
pub(crate) async fn mute(
    session: &Session,
    factor: Option<FactorSid>,
    lasting: Option<SignedDuration>,
) -> Result<(), Failure> {
    let authenticator = session.open(Use::Nothing).await?;
    if let Some(lasting) = lasting {
        authenticator.mute(scope(factor), lasting).await?;
    }
    say(session, &authenticator.mutes().await?)
}

/// Ends the quiet of one factor, or the one of all.
pub(crate) async fn unmute(session: &Session, factor: Option<FactorSid>) -> Result<(), Failure> {
    let authenticator = session.open(Use::Nothing).await?;
    authenticator.unmute(&scope(factor)).await?;
    say(session, &authenticator.mutes().await?)
}

fn scope(factor: Option<FactorSid>) -> MuteScope {
    factor.map_or(MuteScope::Everything, MuteScope::Factor)
}

fn say(session: &Session, mutes: &[Mute]) -> Result<(), Failure> {
    let views: Vec<_> = mutes.iter().map(view).collect();
    session.output.result(&json!({ "mutes": views }), || match mutes {
        [] => "Nothing is muted.".to_owned(),
        mutes => mutes.iter().map(line).collect::<Vec<_>>().join("\n"),
    })
}

fn view(mute: &Mute) -> Value {
    let factor = match &mute.scope {
        MuteScope::Everything => None,
        MuteScope::Factor(sid) => Some(sid.to_string()),
    };
    json!({
        "factor_sid": factor,
        "until": Moment(mute.until),
        "reported": mute.reason == MuteReason::Reported,
    })
}

fn line(mute: &Mute) -> String {
    let what = match &mute.scope {
        MuteScope::Everything => "Everything".to_owned(),
        MuteScope::Factor(sid) => sid.to_string(),
    };
    let why = match mute.reason {
        MuteReason::Asked => "",
        MuteReason::Reported => ", because a request was reported",
    };
    format!("{what} is muted until {}{why}", words::moment(mute.until))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mute_says_of_what_until_when_and_why() {
        let mut mute = Mute {
            scope: MuteScope::Everything,
            until: "2026-11-20T13:05:09Z".parse().unwrap(),
            reason: MuteReason::Asked,
        };
        assert!(line(&mute).starts_with("Everything is muted until 2026-11-20"));
        assert_eq!(view(&mute)["factor_sid"], Value::Null);
        mute.scope = MuteScope::Factor("YF0123456789abcdef0123456789abcdef".parse().unwrap());
        mute.reason = MuteReason::Reported;
        assert!(line(&mute).ends_with(", because a request was reported"));
        assert_eq!(view(&mute)["reported"], true);
    }
}
