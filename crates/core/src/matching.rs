//! Number matching (E5), this device's half: what a request asks of whoever approves it, and the comparison where the
//! service leaves it to the app.

use countersign_protocol::{
    challenge_response::{Decision, Response},
    matching::{Matching, TRIES},
    resources::challenge::DeviceChallenge,
};

use crate::{
    device::Device,
    request::{FetchedChallenge, Malformed},
    respond::AnswerError,
    store::{Asked, StoreError},
};

/// Who compares the number that is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckedBy {
    /// The server, which keeps it to itself.
    Server,
    /// This app: the service delivered the number, and does not look at what is typed. Weaker, because whoever has
    /// the device's key could answer without the number.
    App,
}

/// A number that has to be typed to approve. The number itself does not get this far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NumberAsked {
    /// Who compares it.
    pub checked_by: CheckedBy,
    /// How many digits it has, where that is known here. From 2 to 8 otherwise.
    pub digits: Option<usize>,
    /// How many wrong numbers may still be typed; the last of them denies the request.
    pub tries_left: u32,
}

impl NumberAsked {
    pub(crate) fn of(challenge: &FetchedChallenge, wrong_numbers: u32) -> Option<Self> {
        let matching = challenge.matching.as_ref()?;
        Some(Self {
            checked_by: CheckedBy::of(matching),
            digits: match matching {
                Matching::ByServer => None,
                Matching::ByApp(number) => Some(number.count()),
            },
            tries_left: CheckedBy::of(matching).tries_left(wrong_numbers),
        })
    }
}

impl CheckedBy {
    pub(crate) fn of(matching: &Matching) -> Self {
        match matching {
            Matching::ByServer => Self::Server,
            Matching::ByApp(_) => Self::App,
        }
    }

    /// How many tries there are after so many wrong numbers. As long as the server asks there is one, whatever has
    /// been counted here.
    fn tries_left(self, wrong_numbers: u32) -> u32 {
        let left = TRIES.saturating_sub(wrong_numbers);
        match self {
            Self::Server => left.max(1),
            Self::App => left,
        }
    }
}

/// What a challenge asks for.
pub(crate) fn read(challenge: &DeviceChallenge) -> Result<Option<Matching>, Malformed> {
    challenge
        .hidden_details
        .as_ref()
        .map_or(Ok(None), Matching::of)
        .map_err(|_| Malformed {
            what: "the number that it asks for is not one of 2 to 8 digits",
        })
}

/// What is to be signed, after the number was looked at.
pub(crate) enum Verdict {
    /// This, which is what the person wants.
    Sign(Response),
    /// No: the last wrong number has been typed.
    Deny,
}

/// Looks at what was typed for a challenge that is open.
///
/// A try is spent on disk before anything is compared, and given back if the number is right, so that ending the
/// program in between wins nothing.
pub(crate) async fn look_at(
    device: &Device,
    of: Asked<'_>,
    challenge: &FetchedChallenge,
    response: &Response,
) -> Result<Verdict, AnswerError> {
    if response.decision == Decision::Denied {
        return Ok(Verdict::Sign(Decision::Denied.into()));
    }
    let expected = match (&challenge.matching, &response.number) {
        (None, None) => return Ok(Verdict::Sign(response.clone())),
        (None, Some(_)) => return Err(AnswerError::NumberNotAsked),
        (Some(Matching::ByServer), Some(_)) => return Ok(Verdict::Sign(response.clone())),
        (Some(Matching::ByApp(expected)), Some(typed)) => expected == typed,
        (Some(_), None) => return Err(AnswerError::NumberNeeded),
    };
    let Some(spent) = device.store.spend_try(of, TRIES).await? else {
        return Ok(Verdict::Deny);
    };
    if expected {
        device.store.return_try(of).await?;
        // What was typed has done its work, and stays here.
        return Ok(Verdict::Sign(Decision::Approved.into()));
    }
    match CheckedBy::App.tries_left(spent) {
        0 => Ok(Verdict::Deny),
        tries_left => Err(AnswerError::WrongNumber { tries_left }),
    }
}

/// Notes that the server found a number wrong. Returns how many tries are left if it goes on asking.
pub(crate) async fn note_refusal(device: &Device, of: Asked<'_>) -> Result<u32, StoreError> {
    let spent = device.store.spend_try(of, TRIES).await?;
    Ok(CheckedBy::Server.tries_left(spent.unwrap_or(TRIES)))
}
