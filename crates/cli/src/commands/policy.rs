//! `countersign policy`: how a factor's requests may be approved.

use countersign_core::{Factor, Policy, PolicyError, Verification};
use countersign_protocol::sid::FactorSid;
use serde_json::json;

use crate::{
    arguments::PolicyChanges, failure::Failure, keychain::Use, pin::with_pin, session::Session,
    views::PolicyView,
};

/// Changes what was named, and shows what is so now.
pub(crate) async fn run(session: &Session, sid: &FactorSid, changes: PolicyChanges) -> Result<(), Failure> {
    let authenticator = session.open(Use::Nothing).await?;
    let factors = authenticator.factors().await?;
    let before = factors
        .iter()
        .find(|factor| factor.sid == *sid)
        .ok_or(PolicyError::NotFound)?
        .policy;
    let policy = changes.applied_to(before);
    if policy != before {
        with_pin(
            session,
            async |pin| authenticator.change_policy(sid, policy, pin).await,
            |error| match error {
                PolicyError::NotConfirmed(error) => Some(error),
                _ => None,
            },
        )
        .await?;
    }
    let value = json!({ "factor_sid": sid, "policy": PolicyView::from(policy) });
    session.output.result(&value, || describe(policy).join("\n"))
}

impl PolicyChanges {
    fn applied_to(self, before: Policy) -> Policy {
        let or = |switch: Option<crate::arguments::Switch>, before| switch.map_or(before, Into::into);
        Policy {
            verification: self.verification.unwrap_or(before.verification),
            answer_from_notification: or(self.notification_answer, before.answer_from_notification),
            answer_from_tray: or(self.tray_answer, before.answer_from_tray),
            silent_on_this_computer: or(self.silent_here, before.silent_on_this_computer),
        }
    }
}

/// A policy, line by line.
fn describe(policy: Policy) -> Vec<String> {
    let mut lines = vec![format!("Confirm that it is you  {}", asks(policy.verification))];
    let mut switch = |label: &str, on| lines.push(format!("{label:<24}{}", if on { "on" } else { "off" }));
    switch("Approve in notification", policy.answer_from_notification);
    switch("Approve in tray", policy.answer_from_tray);
    switch("Silent on this computer", policy.silent_on_this_computer);
    lines
}

/// When it asks, and what else is not as usual, in a line for the list of factors.
pub(crate) fn in_short(factor: &Factor) -> String {
    let policy = factor.policy;
    let mut text = format!("confirm that it is you {}", asks(policy.verification));
    for (on, words) in [
        (policy.answer_from_notification, "approve in notification"),
        (policy.answer_from_tray, "approve in tray"),
        (policy.silent_on_this_computer, "silent on this computer"),
    ] {
        if on {
            text.push_str(&format!("; {words}"));
        }
    }
    text
}

fn asks(verification: Verification) -> &'static str {
    match verification {
        Verification::Never => "never",
        Verification::Unusual => "when a request is new or unusual",
        Verification::Always => "before each approval",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arguments::Switch;

    #[test]
    fn what_is_not_named_stays_as_it_was() {
        let before = Policy {
            answer_from_tray: true,
            ..Policy::default()
        };
        assert_eq!(PolicyChanges::default().applied_to(before), before);
        let changes = PolicyChanges {
            verification: Some(Verification::Always),
            tray_answer: Some(Switch::Off),
            ..PolicyChanges::default()
        };
        let after = Policy {
            verification: Verification::Always,
            ..Policy::default()
        };
        assert_eq!(changes.applied_to(before), after);
    }
}
