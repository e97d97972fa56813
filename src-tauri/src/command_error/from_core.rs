//! Every error of core, the keychain and the protocol that can reach the page. There is no catch-all arm: a new
//! variant does not compile until somebody has decided what a person is told.

use countersign_core::{
    AnswerError, EnrolError, RemoveError, ReportError, RequestError, StoreError, client::ClientError,
};
use countersign_keychain::{KeychainError, VaultError};
use countersign_protocol::{error::ApiError, link::LinkError};

use super::{CommandError, ErrorCode, chain};

impl From<LinkError> for CommandError {
    fn from(error: LinkError) -> Self {
        let advice = match error {
            LinkError::Empty
            | LinkError::Malformed
            | LinkError::Scheme
            | LinkError::Action
            | LinkError::Repeated
            | LinkError::Unknown
            | LinkError::Missing { .. }
            | LinkError::Value { .. }
            | LinkError::Json
            | LinkError::TooLong => {
                "Copy the whole link from the site, from countersign:// to its end, and paste it again."
            }
            LinkError::OneTimeCode => {
                "Use an app for one-time codes for this one, or ask the site for a push approval."
            }
            LinkError::FactorType => "Ask the site for an enrolment that approves by push.",
            LinkError::Version => "Update Countersign, then try again.",
            LinkError::Server | LinkError::Insecure => {
                "Do not use this link. Ask the site for one whose address begins with https."
            }
        };
        let what = error.to_string();
        Self::new(
            ErrorCode::LinkInvalid,
            &format!("{}. Nothing was added and nothing was sent.", sentence(&what)),
            advice,
        )
        .with_detail(what)
    }
}

impl From<EnrolError> for CommandError {
    fn from(error: EnrolError) -> Self {
        let detail = chain(&error);
        match error {
            EnrolError::Link(error) => error.into(),
            EnrolError::UsedOrExpired(error) => Self::new(
                ErrorCode::LinkUsedOrExpired,
                "This link was already used or has expired. The account was not added.",
                "Get a new link from the site. If you did not use the old one yourself, tell the site that somebody else did.",
            )
            .with_detail(api(&error)),
            EnrolError::Offline(_) => offline("The account was not added.").with_detail(detail),
            EnrolError::Refused(error) => refused("The account was not added.").with_detail(api(&error)),
            EnrolError::ClockSkewed { .. } => clock("The account was not added.").with_detail(detail),
            EnrolError::Malformed(_) => refused("The account was not added.").with_detail(detail),
            EnrolError::Keychain(error) => error.into(),
            EnrolError::Store(error) => error.into(),
        }
    }
}

impl From<AnswerError> for CommandError {
    fn from(error: AnswerError) -> Self {
        const NOTHING: &str = "Nothing was answered.";
        let detail = chain(&error);
        match error {
            AnswerError::NotFound => not_found().with_detail(detail),
            AnswerError::Expired { at } => expired().with_detail(format!("expired at {at}")),
            AnswerError::AlreadyAnswered { status, at } => {
                answered().with_detail(format!("{status} at {at}"))
            }
            AnswerError::ChangedSinceShown { .. } => Self::new(
                ErrorCode::ChangedSinceShown,
                "This request changed after it was shown to you. Nothing was signed.",
                "Read it again before you answer.",
            ),
            AnswerError::NumberNeeded => Self::new(
                ErrorCode::NumberNeeded,
                "This request is approved with a number. Nothing was approved.",
                "Type the number shown where you started it.",
            ),
            AnswerError::NumberNotAsked => Self::not_ours("a number for a request that asks for none"),
            AnswerError::WrongNumber { tries_left: 0 } => Self::new(
                ErrorCode::WrongNumberDenied,
                "That was not the number, three times. The request is denied. Nothing was approved.",
                "If you still want this, ask the site to send it again.",
            ),
            AnswerError::WrongNumber { tries_left } => Self {
                tries_left: Some(tries_left),
                ..Self::new(
                    ErrorCode::WrongNumber,
                    "That is not the number. Nothing was approved.",
                    "Look at it again where you started the request.",
                )
            },
            AnswerError::NumberLocked { .. } => Self::new(
                ErrorCode::NumberLocked,
                "After too many wrong numbers the server takes none from this computer for now. Nothing was approved.",
                "Try again tomorrow, or sign in another way. You can still deny.",
            )
            .with_detail(detail),
            AnswerError::Offline { sent: false, .. } => offline(NOTHING).with_detail(detail),
            AnswerError::Offline { sent: true, .. } => Self::new(
                ErrorCode::Offline,
                "Your answer was sent, but whether it arrived is not known. It is not kept for later.",
                "Check the connection, then look at the request again.",
            )
            .with_detail(detail),
            AnswerError::ClockSkewed { .. } => clock(NOTHING).with_detail(detail),
            AnswerError::Keychain(error) => error.into(),
            AnswerError::Refused(error) => refused(NOTHING).with_detail(api(&error)),
            AnswerError::WrongFactor
            | AnswerError::SignatureFields(_)
            | AnswerError::NotUpdated { .. }
            | AnswerError::Malformed(_) => refused("Nothing is confirmed as answered.").with_detail(detail),
            AnswerError::FactorRevoked => revoked().with_detail(detail),
            AnswerError::Store(error) => error.into(),
        }
    }
}

impl From<ReportError> for CommandError {
    fn from(error: ReportError) -> Self {
        match error {
            ReportError::Note => Self::not_ours("a note that is too long"),
            ReportError::Answer(error) => error.into(),
        }
    }
}

impl From<RequestError> for CommandError {
    fn from(error: RequestError) -> Self {
        match error {
            RequestError::NotFound => not_found(),
            RequestError::Client(error) => error.into(),
            RequestError::Store(error) => error.into(),
        }
    }
}

/// What went wrong while a request was fetched to be shown.
impl From<ClientError> for CommandError {
    fn from(error: ClientError) -> Self {
        const NOTHING: &str = "Nothing was approved.";
        let detail = chain(&error);
        match error {
            ClientError::Offline(_) => offline(NOTHING).with_detail(detail),
            ClientError::Refused { error, .. } => refused(NOTHING).with_detail(api(&error)),
            ClientError::SignedOut(error) => revoked().with_detail(api(&error)),
            ClientError::ClockSkewed { .. } => clock(NOTHING).with_detail(detail),
            ClientError::Store(error) => error.into(),
            ClientError::Keychain(error) => error.into(),
            ClientError::NoSuchFactor => not_found().with_detail(detail),
            ClientError::Malformed(_) | ClientError::WrongFactor | ClientError::Input { .. } => {
                refused(NOTHING).with_detail(detail)
            }
        }
    }
}

impl From<RemoveError> for CommandError {
    fn from(error: RemoveError) -> Self {
        match error {
            RemoveError::NotFound => Self::new(
                ErrorCode::NotFound,
                "This account is no longer on this computer. There was nothing to remove.",
                "Nothing more needs to be done.",
            ),
            RemoveError::Store(error) => error.into(),
        }
    }
}

impl From<StoreError> for CommandError {
    fn from(error: StoreError) -> Self {
        let advice = match &error {
            StoreError::Directory { .. } | StoreError::Database(_) => {
                "Check that the disk is not full and that the files belong to you, then try again."
            }
            StoreError::SqliteTooOld { .. } => "Install Countersign again from its own package.",
            StoreError::Migrate(_) => {
                "Use the newest version of Countersign; an older one cannot read its data."
            }
            StoreError::Damaged { .. } => {
                "Restore the profile from a copy, or remove it and add your accounts again."
            }
        };
        Self::new(
            ErrorCode::Storage,
            "Countersign cannot read or write its own data. Nothing was approved.",
            advice,
        )
        .with_detail(chain(&error))
    }
}

impl From<KeychainError> for CommandError {
    fn from(error: KeychainError) -> Self {
        let detail = chain(&error);
        let (code, message, advice) = match error {
            KeychainError::Missing => (
                ErrorCode::KeychainMissing,
                "This computer has no keychain to keep keys in.",
                "Install and start a keyring, such as GNOME Keyring or KWallet, then try again.",
            ),
            KeychainError::Locked | KeychainError::TimedOut => (
                ErrorCode::KeychainLocked,
                "The keychain is locked.",
                "Unlock it, then try again.",
            ),
            KeychainError::Refused | KeychainError::Failed(_) => (
                ErrorCode::KeychainRefused,
                "The keychain did not let Countersign use the key.",
                "Allow Countersign when the system asks, then try again.",
            ),
            KeychainError::Lost { .. } => (
                ErrorCode::KeyLost,
                "The key for this account is gone from this computer, and it cannot be brought back.",
                "Remove the account under Factors, then add it again from the site.",
            ),
            KeychainError::Ambiguous | KeychainError::Damaged => (
                ErrorCode::KeyLost,
                "The key for this account cannot be told from what else the keychain holds.",
                "Remove the account under Factors, then add it again from the site.",
            ),
            KeychainError::AlreadyExists => (
                ErrorCode::Internal,
                "A new key had the name of an old one.",
                "Try again. If it goes on, restart Countersign.",
            ),
        };
        Self::new(
            code,
            &format!("{message} Nothing was approved and nothing was added."),
            advice,
        )
        .with_detail(detail)
    }
}

impl From<VaultError> for CommandError {
    fn from(error: VaultError) -> Self {
        let detail = chain(&error);
        let (code, advice) = match error {
            VaultError::WrongPassphrase | VaultError::EmptyPassphrase | VaultError::Replaced => (
                ErrorCode::KeychainLocked,
                "Put the right passphrase into the file that COUNTERSIGN_VAULT_PASSPHRASE_FILE names, then try again.",
            ),
            VaultError::NotFound { .. } => (
                ErrorCode::KeychainMissing,
                "Bring the vault's file back to its place, then try again.",
            ),
            VaultError::TooOpen { .. } | VaultError::Io { .. } | VaultError::AlreadyExists { .. } => (
                ErrorCode::Storage,
                "Check that the vault's file belongs to you alone and can be read and written, then try again.",
            ),
            VaultError::Damaged { .. } => (
                ErrorCode::Storage,
                "Restore the vault's file from a copy, or remove it and add your accounts again.",
            ),
            VaultError::TooNew { .. } => (ErrorCode::Storage, "Update Countersign, then try again."),
            VaultError::Full => (ErrorCode::Storage, "Remove an account that you no longer need."),
        };
        let what = sentence(&detail);
        Self::new(
            code,
            &format!("The vault cannot be used: {what}. Nothing was approved."),
            advice,
        )
        .with_detail(detail)
    }
}

fn offline(so: &str) -> CommandError {
    CommandError::new(
        ErrorCode::Offline,
        &format!("The server cannot be reached. {so}"),
        "Check the connection, then try again.",
    )
}

fn clock(so: &str) -> CommandError {
    CommandError::new(
        ErrorCode::Clock,
        &format!("This computer’s clock and the server’s differ by too much. {so}"),
        "Set this computer’s date and time to automatic in the system settings, then try again.",
    )
}

fn refused(so: &str) -> CommandError {
    CommandError::new(
        ErrorCode::Refused,
        &format!("The server refused this. {so}"),
        "Try again. If it goes on, tell the site and name the code below.",
    )
}

fn revoked() -> CommandError {
    CommandError::new(
        ErrorCode::FactorRevoked,
        "The site no longer accepts this computer’s key. Nothing was answered.",
        "Remove the account under Factors. If you still need it, add it again from the site.",
    )
}

fn not_found() -> CommandError {
    CommandError::new(
        ErrorCode::NotFound,
        "This request no longer exists. Nothing was approved.",
        "If you still want this, ask the site to send it again.",
    )
}

fn answered() -> CommandError {
    CommandError::new(
        ErrorCode::AlreadyAnswered,
        "This request was already answered. Nothing was sent from this computer.",
        "See the history for the answer.",
    )
}

fn expired() -> CommandError {
    CommandError::new(
        ErrorCode::Expired,
        "This request expired. Nothing was approved.",
        "If you still want this, ask the site to send it again.",
    )
}

/// What the API said, for whoever helps. The message is the server's: untrusted text.
fn api(error: &ApiError) -> String {
    format!("{} (HTTP {}): {}", error.code, error.status, error.message)
}

/// The text with a capital letter, as a sentence begins.
fn sentence(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(characters).collect()
    })
}

#[cfg(test)]
mod tests;
