//! The app's own PIN, for computers whose system cannot ask who is there.
//!
//! A try is spent on disk before anything is compared, and all are given back with the right PIN: ending the program,
//! or asking through several at once, wins nothing.

use std::time::Duration;

use argon2::{
    Argon2, Params,
    password_hash::{PasswordHasher, PasswordVerifier},
};
use jiff::SignedDuration;
use secrecy::{ExposeSecret, SecretString};

use crate::{
    device::Device,
    policy,
    presence::{self, NotConfirmed, Purpose},
    store::{PinTry, StoreError},
};

/// The fewest characters of a PIN.
pub const SHORTEST_PIN: usize = 6;

/// The most characters of a PIN.
pub const LONGEST_PIN: usize = 128;

/// How many wrong PINs may follow each other without a wait.
pub const PIN_TRIES: u32 = 5;

/// How long to wait after the last of [`PIN_TRIES`], and after each further one; the last wait goes on for ever.
const WAITS: [SignedDuration; 7] = [
    SignedDuration::from_secs(30),
    SignedDuration::from_mins(1),
    SignedDuration::from_mins(2),
    SignedDuration::from_mins(5),
    SignedDuration::from_mins(15),
    SignedDuration::from_mins(30),
    LONGEST_WAIT,
];

/// No wait is longer. What is stored beyond it was written by a clock that ran ahead.
pub(crate) const LONGEST_WAIT: SignedDuration = SignedDuration::from_hours(1);

/// What is known of the app's PIN without typing it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PinState {
    /// Whether there is one.
    pub is_set: bool,
    /// Whether the system says that it can ask who is there. If it can, the PIN is not asked for.
    pub system_asks: bool,
    /// Whether it has confirmed somebody here, and has not failed to ask since.
    pub system_confirmed: bool,
    /// How many wrong PINs may still be typed without a wait.
    pub tries_left: u32,
    /// How long nothing is tried any more.
    pub wait: Option<Duration>,
}

/// What guessing a PIN costs whoever has its hash: the parameters of Argon2id.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cost {
    memory_kib: u32,
    passes: u32,
}

impl Cost {
    /// 64 MiB, three passes: the second recommendation of RFC 9106, with one lane, as for the vault.
    pub(crate) const STRONG: Self = Self {
        memory_kib: 64 * 1024,
        passes: 3,
    };

    /// As cheap as the algorithm allows.
    #[cfg(test)]
    pub(crate) const CHEAP: Self = Self {
        memory_kib: 8,
        passes: 1,
    };
}

/// What is known of the PIN.
pub(crate) async fn state(device: &Device) -> Result<PinState, StoreError> {
    let stored = device.store.load_pin_tries().await?;
    let now = device.now();
    Ok(PinState {
        is_set: stored.is_some(),
        system_asks: device.presence.is_available().await,
        system_confirmed: device.store.load_system_confirmed().await?,
        tries_left: stored.map_or(PIN_TRIES, |(wrong, _)| PIN_TRIES.saturating_sub(wrong)),
        wait: stored.and_then(|(_, not_before)| whole_wait(not_before.duration_since(now))),
    })
}

/// Compares what was typed with the PIN.
pub(crate) async fn check(device: &Device, typed: Option<&SecretString>) -> Result<(), NotConfirmed> {
    if device.store.load_pin_tries().await?.is_none() {
        return Err(NotConfirmed::Unavailable);
    }
    let typed = typed.ok_or(NotConfirmed::PinNeeded)?.clone();
    let (wrong, hash) = match device.store.spend_pin_try(device.now(), wait_after).await? {
        PinTry::NoPin => return Err(NotConfirmed::Unavailable),
        PinTry::TooSoon { wait } => {
            return Err(NotConfirmed::PinWrong {
                tries_left: 0,
                wait: whole_wait(wait),
            });
        }
        PinTry::Spent { wrong, hash } => (wrong, hash),
    };
    if on_a_thread(move || is_it(&typed, &hash)).await? {
        device.store.return_pin_tries().await?;
        return Ok(());
    }
    Err(NotConfirmed::PinWrong {
        tries_left: PIN_TRIES.saturating_sub(wrong),
        wait: whole_wait(wait_after(wrong)),
    })
}

/// Chooses a PIN, or changes it with the old one.
pub(crate) async fn set(
    device: &Device,
    new: &SecretString,
    old: Option<&SecretString>,
    cost: Cost,
) -> Result<(), PinError> {
    let length = new.expose_secret().chars().count();
    if !(SHORTEST_PIN..=LONGEST_PIN).contains(&length) {
        return Err(PinError::Length);
    }
    if device.store.load_pin_tries().await?.is_some() {
        check(device, old).await?;
    } else if policy::asks_anywhere(device).await? {
        // Otherwise whoever finds the computer unlocked would choose a PIN, and pass with it.
        presence::ask_the_system(device, &Purpose::ChangePin).await?;
    }
    let new = new.clone();
    let hash = on_a_thread(move || make_hash(&new, cost)).await??;
    device.store.save_pin(&hash).await?;
    Ok(())
}

/// Removes the PIN. Where a factor asks for verification, the system has to take its place now.
pub(crate) async fn remove(device: &Device, old: &SecretString) -> Result<(), PinError> {
    if device.store.load_pin_tries().await?.is_none() {
        return Ok(());
    }
    check(device, Some(old)).await?;
    if policy::asks_anywhere(device).await? {
        presence::ask_the_system(device, &Purpose::TryOut)
            .await
            .map_err(|error| match error {
                NotConfirmed::Unavailable => PinError::StillNeeded,
                error => error.into(),
            })?;
    }
    device.store.delete_pin().await?;
    Ok(())
}

/// How long to wait after so many wrong PINs in a row.
fn wait_after(wrong: u32) -> SignedDuration {
    let Some(beyond) = wrong.checked_sub(PIN_TRIES) else {
        return SignedDuration::ZERO;
    };
    let at = usize::try_from(beyond).unwrap_or(usize::MAX);
    WAITS.get(at).copied().unwrap_or(LONGEST_WAIT)
}

fn whole_wait(wait: SignedDuration) -> Option<Duration> {
    let wait = Duration::try_from(wait.min(LONGEST_WAIT)).ok()?;
    (!wait.is_zero()).then_some(wait)
}

fn make_hash(pin: &SecretString, cost: Cost) -> Result<String, PinError> {
    let params =
        Params::new(cost.memory_kib, cost.passes, 1, None).map_err(|error| PinError::Hash(error.into()))?;
    let hash = Argon2::from(params).hash_password(pin.expose_secret().as_bytes());
    Ok(hash.map_err(|error| PinError::Hash(error.into()))?.to_string())
}

/// The comparison itself takes the same time wherever the two differ.
fn is_it(pin: &SecretString, hash: &str) -> bool {
    Argon2::default()
        .verify_password(pin.expose_secret().as_bytes(), hash)
        .is_ok()
}

/// Hashing takes a good part of a second, and must not hold up the others.
async fn on_a_thread<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, StoreError> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|_| StoreError::Damaged { what: "the PIN" })
}

/// Why the PIN stays what it was.
#[derive(Debug, thiserror::Error)]
pub enum PinError {
    /// Too short or too long.
    #[error("a PIN has {SHORTEST_PIN} to {LONGEST_PIN} characters; nothing was changed")]
    Length,
    /// Some factor asks for verification, and without the PIN nothing could be verified.
    #[error(
        "an account asks for verification, and this computer has nothing else for it; the PIN was not removed"
    )]
    StillNeeded,
    /// It was not confirmed that it is the person who may.
    #[error(transparent)]
    NotConfirmed(#[from] NotConfirmed),
    /// The PIN could not be hashed.
    #[error("the PIN could not be hashed; nothing was changed")]
    Hash(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The profile cannot be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_from_half_a_minute_to_an_hour() {
        for wrong in 0..PIN_TRIES {
            assert_eq!(wait_after(wrong), SignedDuration::ZERO);
        }
        assert_eq!(wait_after(PIN_TRIES), SignedDuration::from_secs(30));
        for wrong in PIN_TRIES..40 {
            assert!(wait_after(wrong) <= wait_after(wrong + 1));
        }
        assert_eq!(wait_after(u32::MAX), SignedDuration::from_hours(1));
    }

    #[test]
    fn a_hash_is_argon2id_at_full_cost() {
        let hash = make_hash(&SecretString::from("correct horse"), Cost::STRONG).unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=65536,t=3,p=1$"), "{hash}");
        assert!(is_it(&SecretString::from("correct horse"), &hash));
    }

    #[test]
    fn a_hash_is_salted_and_knows_its_pin_alone() {
        let pin = |text: &str| SecretString::from(text);
        let hash = make_hash(&pin("correct horse"), Cost::CHEAP).unwrap();
        assert!(is_it(&pin("correct horse"), &hash));
        for other in ["correct horses", "correct hors", "Correct horse", ""] {
            assert!(!is_it(&pin(other), &hash), "{other:?}");
        }
        assert!(!is_it(&pin("correct horse"), "not a hash"));
        assert_ne!(hash, make_hash(&pin("correct horse"), Cost::CHEAP).unwrap());
    }
}
