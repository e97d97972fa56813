//! What the page is given to show of policies and of showing who is there.

use countersign_core::{PinState, Policy, Unusual, Verification, VerifiedBy};
use serde::{Deserialize, Serialize};
use specta::Type;

/// How a factor's requests may be approved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct PolicyView {
    /// When the person has to show that it is them.
    pub(crate) verification: VerificationView,
    /// Whether a notification offers to approve.
    pub(crate) answer_from_notification: bool,
    /// Whether the tray's menu offers to approve.
    pub(crate) answer_from_tray: bool,
    /// Whether what was started on this computer is approved without a question.
    pub(crate) silent_on_this_computer: bool,
}

/// When a person has to show that it is them before an approval is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) enum VerificationView {
    /// Never.
    Never,
    /// When a request is new or unusual.
    Unusual,
    /// Before each approval.
    Always,
}

/// What is new or unusual about a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) enum UnusualView {
    /// A request of this factor was denied within the last 24 hours.
    RecentlyDenied,
    /// It is one of three or more within ten minutes.
    Burst,
    /// Nothing was ever approved with this factor.
    FirstApproval,
    /// Nothing with this message was approved before.
    NewMessage,
    /// This message was, but not with these fields.
    NewDetails,
}

/// Who confirmed, before an approval, that it was the right person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) enum VerifiedByView {
    /// The system asked.
    System,
    /// The PIN was typed.
    Pin,
    /// Nobody was asked.
    Nobody,
}

/// What is known of the app's PIN.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PinView {
    /// Whether there is one.
    pub(crate) is_set: bool,
    /// Whether the system says that it can ask who is there. If it can, the PIN is not asked for.
    pub(crate) system_asks: bool,
    /// How many wrong PINs may still be typed without a wait.
    pub(crate) tries_left: u32,
    /// For how many seconds no PIN is taken.
    pub(crate) wait_seconds: Option<u32>,
}

/// What a person shows for that it is them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) enum PurposeView {
    /// To see what is locked.
    Unlock,
    /// To change a policy.
    ChangePolicy,
}

impl From<Policy> for PolicyView {
    fn from(policy: Policy) -> Self {
        Self {
            verification: match policy.verification {
                Verification::Never => VerificationView::Never,
                Verification::Unusual => VerificationView::Unusual,
                Verification::Always => VerificationView::Always,
            },
            answer_from_notification: policy.answer_from_notification,
            answer_from_tray: policy.answer_from_tray,
            silent_on_this_computer: policy.silent_on_this_computer,
        }
    }
}

impl From<PolicyView> for Policy {
    fn from(policy: PolicyView) -> Self {
        Self {
            verification: match policy.verification {
                VerificationView::Never => Verification::Never,
                VerificationView::Unusual => Verification::Unusual,
                VerificationView::Always => Verification::Always,
            },
            answer_from_notification: policy.answer_from_notification,
            answer_from_tray: policy.answer_from_tray,
            silent_on_this_computer: policy.silent_on_this_computer,
        }
    }
}

impl From<Unusual> for UnusualView {
    fn from(unusual: Unusual) -> Self {
        match unusual {
            Unusual::RecentlyDenied => Self::RecentlyDenied,
            Unusual::Burst => Self::Burst,
            Unusual::FirstApproval => Self::FirstApproval,
            Unusual::NewMessage => Self::NewMessage,
            Unusual::NewDetails => Self::NewDetails,
        }
    }
}

impl From<VerifiedBy> for VerifiedByView {
    fn from(verified: VerifiedBy) -> Self {
        match verified {
            VerifiedBy::System => Self::System,
            VerifiedBy::Pin => Self::Pin,
            VerifiedBy::Nobody => Self::Nobody,
        }
    }
}

impl From<PinState> for PinView {
    fn from(state: PinState) -> Self {
        Self {
            is_set: state.is_set,
            system_asks: state.system_asks,
            tries_left: state.tries_left,
            wait_seconds: state.wait.map(seconds),
        }
    }
}

/// Whole seconds, never none: who waits less than one waits.
pub(crate) fn seconds(wait: std::time::Duration) -> u32 {
    u32::try_from(wait.as_secs()).unwrap_or(u32::MAX).max(1)
}
