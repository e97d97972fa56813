//! Whether it is the right person who wants something: the system's own question where there is one, the app's PIN
//! where there is none, and otherwise no. It fails closed: whatever is not a clear yes is none.

use std::time::Duration;

use countersign_keychain::PresenceError;
use secrecy::SecretString;

use crate::{
    app_pin,
    device::Device,
    same_computer,
    store::{StoreError, StoredChallenge},
    unusual::Pasts,
};

/// What a person is asked to confirm. Its words go on from "Countersign wants to".
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Purpose {
    /// To approve a request.
    Approve {
        /// The host that asks.
        host: String,
    },
    /// To show what is locked.
    Unlock,
    /// To let a factor's policy through more than before.
    ChangePolicy,
    /// To choose the app's first PIN although a factor asks for verification already.
    ChangePin,
    /// To find out whether the system would ask when that is wanted later on.
    TryOut,
}

impl std::fmt::Display for Purpose {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Approve { host } => write!(f, "approve a request from {host}"),
            Self::Unlock => f.write_str("show your requests"),
            Self::ChangePolicy => f.write_str("ask you less often before it approves"),
            Self::ChangePin => f.write_str("set a PIN"),
            Self::TryOut => f.write_str("make sure that this computer can ask for you"),
        }
    }
}

/// Why it is not confirmed that it is the right person. What they wanted was not done.
#[derive(Debug, thiserror::Error)]
pub enum NotConfirmed {
    /// The system asked, and the person cancelled, was not recognised, or did not answer; or the asking failed.
    #[error("it was not confirmed that it is you")]
    Refused(#[source] PresenceError),
    /// The system cannot ask, and there is no PIN.
    #[error("this computer cannot confirm that it is you, and no PIN is set")]
    Unavailable,
    /// The system cannot ask, and the PIN was not given.
    #[error("this needs the PIN")]
    PinNeeded,
    /// That was not the PIN, or it was too soon to try one.
    #[error("{}", wrong_pin(*.tries_left, *.wait))]
    PinWrong {
        /// How many more may be tried without a wait.
        tries_left: u32,
        /// How long nothing is tried.
        wait: Option<Duration>,
    },
    /// The profile cannot be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Who or what confirmed, before an approval, that it is the right person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VerifiedBy {
    /// The system asked.
    System,
    /// The app's PIN was typed.
    Pin,
    /// Nobody was asked: the factor's policy did not want it.
    Nobody,
}

impl VerifiedBy {
    /// The word for it, in the store and for programs.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Pin => "pin",
            Self::Nobody => "nobody",
        }
    }
}

impl std::str::FromStr for VerifiedBy {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        [Self::System, Self::Pin, Self::Nobody]
            .into_iter()
            .find(|verified| verified.as_str() == word)
            .ok_or(())
    }
}

fn wrong_pin(tries_left: u32, wait: Option<Duration>) -> String {
    match (tries_left, wait) {
        (_, Some(wait)) => format!(
            "after too many wrong PINs none is taken for {} seconds",
            wait.as_secs().max(1)
        ),
        (1, None) => "that is not the PIN, and one try is left".to_owned(),
        (left, None) => format!("that is not the PIN, and {left} tries are left"),
    }
}

/// Makes sure that it can be confirmed later on who is there, before anything is made to depend on it: with the PIN if
/// there is one, or else through the system, which is asked now. That it says it could ask is not enough: polkit says
/// so without anything that would show its question.
pub(crate) async fn make_sure(device: &Device) -> Result<(), NotConfirmed> {
    if device.store.load_pin_tries().await?.is_some() {
        return Ok(());
    }
    ask_the_system(device, &Purpose::TryOut).await
}

/// Has the person confirm that it is them: through the system, or where that cannot ask, with the PIN.
pub(crate) async fn confirm(
    device: &Device,
    purpose: &Purpose,
    pin: Option<&SecretString>,
) -> Result<VerifiedBy, NotConfirmed> {
    match ask_the_system(device, purpose).await {
        Err(NotConfirmed::Unavailable) => app_pin::check(device, pin).await.map(|()| VerifiedBy::Pin),
        answered => answered.map(|()| VerifiedBy::System),
    }
}

/// Has the system ask, and nobody else, and notes whether it can.
pub(crate) async fn ask_the_system(device: &Device, purpose: &Purpose) -> Result<(), NotConfirmed> {
    match device.presence.confirm(&purpose.to_string()).await {
        Ok(()) => Ok(device.store.save_system_confirmed(true).await?),
        Err(PresenceError::Unavailable) => {
            device.store.save_system_confirmed(false).await?;
            Err(NotConfirmed::Unavailable)
        }
        Err(error) => {
            tracing::info!(?error, "it was not confirmed who is there");
            Err(NotConfirmed::Refused(error))
        }
    }
}

/// What stands between an approval and its signature. One gate is for one answer: to one request as it was shown,
/// with the twins that were shown with it.
pub(crate) struct Gate<'a> {
    wanted: Wanted<'a>,
    twins: Vec<&'a StoredChallenge>,
    verified: VerifiedBy,
}

/// Who wants an approval.
enum Wanted<'a> {
    /// A person, who may have typed a PIN for it.
    ByPerson { pin: Option<&'a SecretString> },
    /// Nobody is asked: this computer started it, with this transaction.
    Silently {
        transaction: &'a str,
        still: &'a Still<'a>,
    },
}

/// Whether anything may be approved without a question now. What takes time may outlast it.
pub(crate) type Still<'a> = dyn Fn() -> bool + Send + Sync + 'a;

impl<'a> Gate<'a> {
    /// For what a person wants, who may have typed a PIN for it. What they confirm holds for the twins as well.
    pub(crate) fn new(pin: Option<&'a SecretString>, twins: Vec<&'a StoredChallenge>) -> Self {
        Self {
            wanted: Wanted::ByPerson { pin },
            twins,
            verified: VerifiedBy::Nobody,
        }
    }

    /// For what this computer started with this transaction. Where anybody would have to be asked, it stays shut, and
    /// once `still` says no it is shut again.
    pub(crate) fn silent(transaction: &'a str, still: &'a Still<'a>) -> Self {
        Self {
            wanted: Wanted::Silently { transaction, still },
            twins: Vec::new(),
            verified: VerifiedBy::Nobody,
        }
    }

    /// Whether nobody is asked.
    pub(crate) fn is_silent(&self) -> bool {
        matches!(self.wanted, Wanted::Silently { .. })
    }

    /// Who confirmed what was let through.
    pub(crate) fn verified(&self) -> VerifiedBy {
        self.verified
    }

    /// Whether what was let through may still go on: the keychain may have taken its time to sign.
    pub(crate) fn is_open(&self) -> Result<(), NotConfirmed> {
        match self.wanted {
            Wanted::Silently { still, .. } if !still() => Err(NotConfirmed::Unavailable),
            _ => Ok(()),
        }
    }

    /// Lets an approval through if nothing has to be confirmed for it or its twins, or if that has been confirmed
    /// through this gate before, or if it is now. `challenge` is as the store has it since it was compared.
    pub(crate) async fn pass(
        &mut self,
        device: &Device,
        challenge: &StoredChallenge,
    ) -> Result<(), NotConfirmed> {
        let pin = match self.wanted {
            Wanted::ByPerson { pin } => pin,
            Wanted::Silently { transaction, .. } => {
                let may = same_computer::may_be_silent(device, challenge, transaction).await?;
                return if may {
                    self.is_open()
                } else {
                    Err(NotConfirmed::Unavailable)
                };
            }
        };
        if self.verified != VerifiedBy::Nobody {
            return Ok(());
        }
        let all = [self.twins.as_slice(), &[challenge]].concat();
        let pasts = Pasts::load(device, &all).await?;
        if all.iter().any(|each| pasts.needs_presence(device, each)) {
            let purpose = Purpose::Approve {
                host: challenge.server.host(),
            };
            self.verified = confirm(device, &purpose, pin).await?;
        }
        Ok(())
    }
}
