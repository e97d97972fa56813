//! `countersign factors`: the factors of this computer. Nothing is asked of anybody for that.

use countersign_core::{Connection, Factor, FactorStatus};
use serde_json::json;

use crate::{failure::Failure, keychain::Use, plain, session::Session, views::FactorView, words};

/// Lists the factors.
pub(crate) async fn run(session: &Session) -> Result<(), Failure> {
    let factors = session.open(Use::Nothing).await?.factors().await?;
    let views: Vec<_> = factors.iter().map(FactorView::from).collect();
    session
        .output
        .result(&json!({ "factors": views }), || match factors.as_slice() {
            [] => {
                "This computer is not enrolled anywhere yet. To enrol it: countersign enrol LINK".to_owned()
            }
            factors => factors.iter().map(describe).collect::<Vec<_>>().join("\n\n"),
        })
}

fn describe(factor: &Factor) -> String {
    let issuer = factor
        .issuer
        .as_deref()
        .map_or_else(|| factor.server_host(), plain::line);
    let account = factor
        .account
        .as_deref()
        .map(|account| format!(" · {}", plain::line(account)));
    let mut text = format!("{}  {issuer}{}\n", factor.sid, account.unwrap_or_default());
    let mut fact =
        |label: &str, value: &str| text.push_str(&format!("  {label:<12}{}\n", plain::line(value)));
    fact("Server", &factor.server_host());
    fact("Identity", factor.identity.as_str());
    fact(
        "Enrolled",
        &format!("{} as {}", words::moment(factor.created_at), factor.friendly_name),
    );
    fact("Key", &format!("kept in {}", factor.key_location));
    fact("Connection", &connection(factor.connection));
    fact("Policy", &super::policy::in_short(factor));
    if factor.removing_since.is_some() {
        fact("Status", "removed here; its server will be told");
    } else if factor.status == FactorStatus::Unverified {
        fact("Status", "not verified yet; this is tried again with every check");
    }
    text.trim_end().to_owned()
}

/// The way to a server in words.
pub(crate) fn connection(connection: Connection) -> String {
    match connection {
        Connection::Online => "online".to_owned(),
        Connection::Offline { since } => format!("offline since {}", words::moment(since)),
        Connection::ClockSkewed { by } => {
            let direction = if by.is_negative() { "ahead of" } else { "behind" };
            format!(
                "online, but this computer's clock is {} {direction} the server's",
                words::length(by)
            )
        }
        Connection::SignedOut => "the server does not know this factor any more".to_owned(),
        Connection::NeverChecked => "not asked yet".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::*;

    #[test]
    fn a_skewed_clock_is_told_from_this_computers_side() {
        let by = SignedDuration::from_hours(2);
        let ahead = connection(Connection::ClockSkewed { by });
        assert_eq!(
            ahead,
            "online, but this computer's clock is 2 h 00 min behind the server's"
        );
        let behind = connection(Connection::ClockSkewed { by: -by });
        assert_eq!(
            behind,
            "online, but this computer's clock is 2 h 00 min ahead of the server's"
        );
    }
}
