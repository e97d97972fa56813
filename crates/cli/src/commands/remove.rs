//! `countersign remove`: removes a factor from this computer and from its server.

use countersign_core::{Removal, RemoveError};
use countersign_protocol::sid::FactorSid;
use serde_json::json;

use crate::{arguments::Consent, failure::Failure, keychain::Use, output, plain, session::Session};

const UNCONFIRMED: &str = "Nothing was removed.";

/// Removes a factor. Where its server cannot be told now, it is told later.
pub(crate) async fn run(session: &Session, sid: &FactorSid, consent: Consent) -> Result<(), Failure> {
    if !consent.yes && !output::is_attended() {
        return Err(Failure::unattended(UNCONFIRMED));
    }
    let authenticator = session.open(Use::Sign).await?;
    let factors = authenticator.factors().await?;
    let factor = factors
        .iter()
        .find(|factor| factor.sid == *sid)
        .ok_or(RemoveError::NotFound)?;
    if !consent.yes {
        let account = factor.account.as_deref().unwrap_or(factor.identity.as_str());
        let (account, host) = (plain::line(account), factor.server_host());
        session.output.show(&format!(
            "This computer will not answer for {account} at {host} any more."
        ));
        session.output.confirm("Remove the factor?", UNCONFIRMED)?;
    }
    let removal = authenticator.remove(sid).await?;
    let value = json!({ "sid": sid, "server_told": removal == Removal::Removed });
    session.output.result(&value, || match removal {
        Removal::Removed => format!("Removed {sid}, here and at {}.", factor.server_host()),
        Removal::RemovedHereOnly => {
            format!(
                "Removed {sid} here. {} could not be told yet; that is tried again.",
                factor.server_host()
            )
        }
    })
}
