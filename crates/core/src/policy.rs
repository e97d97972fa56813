//! What a person wants to be asked before this computer approves, factor by factor.

use countersign_protocol::sid::FactorSid;

use secrecy::SecretString;

use crate::{
    device::Device,
    event::Event,
    presence::{self, NotConfirmed, Purpose},
    store::StoreError,
};

/// How one factor's requests may be approved. Denying is never held up by any of it.
///
/// A new factor has [`Policy::default`]: no verification, every answer in the window. Verification is off until
/// somebody turns it on, because what a computer can ask with differs, and a factor that asks for what a computer
/// cannot do is one that cannot approve.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Policy {
    /// When the person has to show that it is them before an approval is signed.
    pub verification: Verification,
    /// Whether a notification offers to approve as well. Otherwise it offers to look and to deny.
    pub answer_from_notification: bool,
    /// Whether the tray's menu offers to approve as well. Otherwise it offers to look and to deny.
    pub answer_from_tray: bool,
    /// Whether what was started on this very computer is approved without a question (E6). Never a request that asks
    /// for a number, nor one that is new or unusual, nor one that has to be verified.
    pub silent_on_this_computer: bool,
}

/// When a person has to show that it is them. In order: each asks at least as often as the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Verification {
    /// Never.
    #[default]
    Never,
    /// When a request is new or unusual, as [`Unusual`](crate::Unusual) says.
    Unusual,
    /// Before each approval.
    Always,
}

impl Policy {
    /// Whether this lets anything through that `before` did not. Being stricter in one respect does not make up for
    /// being looser in another.
    pub fn is_looser_than(self, before: Self) -> bool {
        self.verification < before.verification
            || (self.answer_from_notification && !before.answer_from_notification)
            || (self.answer_from_tray && !before.answer_from_tray)
            || (self.silent_on_this_computer && !before.silent_on_this_computer)
    }
}

impl Verification {
    /// The word for it, in the store and on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Never => "never",
            Self::Unusual => "unusual",
            Self::Always => "always",
        }
    }
}

impl std::str::FromStr for Verification {
    type Err = UnknownVerification;

    fn from_str(word: &str) -> Result<Self, UnknownVerification> {
        [Self::Never, Self::Unusual, Self::Always]
            .into_iter()
            .find(|verification| verification.as_str() == word)
            .ok_or(UnknownVerification)
    }
}

/// Not one of `never`, `unusual` and `always`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("verification is never, unusual or always")]
pub struct UnknownVerification;

/// Gives a factor another policy. One that is looser in any respect needs the person who may; where nothing was
/// guarded before and nobody can be asked, it does not. One that begins to ask needs something that can.
pub(crate) async fn change(
    device: &Device,
    sid: &FactorSid,
    policy: Policy,
    pin: Option<&SecretString>,
) -> Result<(), PolicyError> {
    let factor = device.store.load_factor(sid).await?;
    let before = factor
        .filter(|factor| factor.removing_since.is_none())
        .ok_or(PolicyError::NotFound)?
        .policy;
    if before == policy {
        return Ok(());
    }
    let asks_now = policy.verification != Verification::Never;
    let asked_before = before.verification != Verification::Never;
    let mut sure = asked_before || !asks_now;
    if policy.is_looser_than(before) {
        match presence::confirm(device, &Purpose::ChangePolicy, pin).await {
            Err(NotConfirmed::Unavailable) if !asked_before => {}
            confirmed => {
                confirmed?;
                sure = true;
            }
        }
    }
    if !sure {
        presence::make_sure(device).await.map_err(|error| match error {
            NotConfirmed::Unavailable => PolicyError::NothingToVerifyWith,
            error => error.into(),
        })?;
    }
    device.store.save_policy(sid, policy).await?;
    device.tell(Event::FactorsChanged);
    Ok(())
}

/// Whether any factor asks for verification.
pub(crate) async fn asks_anywhere(device: &Device) -> Result<bool, StoreError> {
    let factors = device.store.load_factors().await?;
    Ok(factors
        .iter()
        .any(|factor| factor.removing_since.is_none() && factor.policy.verification != Verification::Never))
}

/// Why a factor's policy stays what it was.
#[derive(Debug, thiserror::Error)]
pub enum PolicyError {
    /// There is no such factor.
    #[error("there is no such factor on this computer; nothing was changed")]
    NotFound,
    /// It asks for verification, and this computer has nothing to verify with: nothing could be approved any more.
    #[error("this computer cannot confirm that it is you, and no PIN is set; nothing was changed")]
    NothingToVerifyWith,
    /// It lets more through than before, and it was not confirmed that it is the person who may.
    #[error(transparent)]
    NotConfirmed(#[from] NotConfirmed),
    /// The profile cannot be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_policy_is_looser_if_it_is_in_any_respect() {
        let strict = Policy {
            verification: Verification::Always,
            ..Policy::default()
        };
        let looser = [
            Policy {
                verification: Verification::Unusual,
                ..strict
            },
            Policy {
                answer_from_notification: true,
                ..strict
            },
            Policy {
                answer_from_tray: true,
                ..strict
            },
            Policy {
                silent_on_this_computer: true,
                ..strict
            },
        ];
        for policy in looser {
            assert!(policy.is_looser_than(strict), "{policy:?}");
            assert!(!strict.is_looser_than(policy), "{policy:?}");
        }
        assert!(!strict.is_looser_than(strict));
        let mixed = Policy {
            answer_from_tray: true,
            ..strict
        };
        assert!(mixed.is_looser_than(Policy::default()), "stricter elsewhere");
    }

    #[test]
    fn words_read_back() {
        for verification in [Verification::Never, Verification::Unusual, Verification::Always] {
            assert_eq!(verification.as_str().parse(), Ok(verification));
        }
        assert_eq!("Always".parse::<Verification>(), Err(UnknownVerification));
    }
}
