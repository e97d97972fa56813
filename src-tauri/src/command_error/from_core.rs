//! Every error of core, the keychain and the protocol that can reach the page. There is no catch-all arm: a new
//! variant does not compile until somebody has decided what a person is told.

mod choices;

use countersign_core::{
    AnswerError, EnrolError, RemoveError, ReportError, RequestError, StoreError, client::ClientError,
};
use countersign_keychain::{KeychainError, VaultError};
use countersign_protocol::{error::ApiError, link::LinkError};

use super::{CommandError, ErrorCode, chain};

impl From<LinkError> for CommandError {
    fn from(error: LinkError) -> Self {
        let code = match error {
            LinkError::Empty
            | LinkError::Malformed
            | LinkError::Scheme
            | LinkError::Action
            | LinkError::Repeated
            | LinkError::Unknown
            | LinkError::Missing { .. }
            | LinkError::Value { .. }
            | LinkError::Json
            | LinkError::TooLong => ErrorCode::LinkInvalid,
            LinkError::OneTimeCode => ErrorCode::LinkOneTimeCode,
            LinkError::FactorType => ErrorCode::LinkOtherKind,
            LinkError::Version => ErrorCode::LinkTooNew,
            LinkError::Server | LinkError::Insecure => ErrorCode::LinkInsecure,
        };
        Self::new(code).with_detail(error)
    }
}

impl From<EnrolError> for CommandError {
    fn from(error: EnrolError) -> Self {
        let detail = chain(&error);
        let code = match error {
            EnrolError::Link(error) => return error.into(),
            EnrolError::Keychain(error) => return error.into(),
            EnrolError::Store(error) => return error.into(),
            EnrolError::UsedOrExpired(error) => return told(ErrorCode::LinkUsedOrExpired, &error),
            EnrolError::Refused(error) => return told(ErrorCode::Refused, &error),
            EnrolError::Offline(_) => ErrorCode::Offline,
            EnrolError::ClockSkewed { .. } => ErrorCode::Clock,
            EnrolError::Malformed(_) => ErrorCode::Refused,
        };
        Self::new(code).with_detail(detail)
    }
}

impl From<AnswerError> for CommandError {
    fn from(error: AnswerError) -> Self {
        let detail = chain(&error);
        let code = match error {
            AnswerError::Keychain(error) => return error.into(),
            AnswerError::NotConfirmed(error) => return error.into(),
            AnswerError::Store(error) => return error.into(),
            AnswerError::Refused(error) => return told(ErrorCode::Refused, &error),
            AnswerError::NumberNotAsked => {
                return Self::not_ours("a number for a request that asks for none");
            }
            AnswerError::WrongNumber { tries_left } if tries_left > 0 => {
                return Self {
                    tries_left: Some(tries_left),
                    ..Self::new(ErrorCode::WrongNumber)
                };
            }
            AnswerError::WrongNumber { .. } => ErrorCode::WrongNumberDenied,
            AnswerError::NotFound => ErrorCode::NotFound,
            AnswerError::Expired { .. } => ErrorCode::Expired,
            AnswerError::AlreadyAnswered { .. } => ErrorCode::AlreadyAnswered,
            AnswerError::ChangedSinceShown { .. } => ErrorCode::ChangedSinceShown,
            AnswerError::NumberNeeded => ErrorCode::NumberNeeded,
            AnswerError::NumberLocked { .. } => ErrorCode::NumberLocked,
            AnswerError::Offline { sent: true, .. } | AnswerError::NotUpdated { .. } => {
                ErrorCode::Unconfirmed
            }
            AnswerError::Offline { sent: false, .. } => ErrorCode::Offline,
            AnswerError::ClockSkewed { .. } => ErrorCode::Clock,
            AnswerError::WrongFactor | AnswerError::SignatureFields(_) | AnswerError::Malformed(_) => {
                ErrorCode::Refused
            }
            AnswerError::FactorRevoked => ErrorCode::FactorRevoked,
        };
        Self::new(code).with_detail(detail)
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
            RequestError::NotFound => Self::new(ErrorCode::NotFound),
            RequestError::Client(error) => error.into(),
            RequestError::Store(error) => error.into(),
        }
    }
}

/// What went wrong while a request was fetched to be shown.
impl From<ClientError> for CommandError {
    fn from(error: ClientError) -> Self {
        let detail = chain(&error);
        let code = match error {
            ClientError::Store(error) => return error.into(),
            ClientError::Keychain(error) => return error.into(),
            ClientError::Refused { error, .. } => return told(ErrorCode::Refused, &error),
            ClientError::SignedOut(error) => return told(ErrorCode::FactorRevoked, &error),
            ClientError::Offline(_) => ErrorCode::Offline,
            ClientError::ClockSkewed { .. } => ErrorCode::Clock,
            ClientError::NoSuchFactor => ErrorCode::NotFound,
            ClientError::Malformed(_) | ClientError::WrongFactor | ClientError::Input { .. } => {
                ErrorCode::Refused
            }
        };
        Self::new(code).with_detail(detail)
    }
}

impl From<RemoveError> for CommandError {
    fn from(error: RemoveError) -> Self {
        match error {
            RemoveError::NotFound => Self::new(ErrorCode::NotFound),
            RemoveError::Store(error) => error.into(),
        }
    }
}

impl From<StoreError> for CommandError {
    fn from(error: StoreError) -> Self {
        let code = match &error {
            StoreError::Directory { .. } | StoreError::Database(_) => ErrorCode::Storage,
            StoreError::SqliteTooOld { .. } => ErrorCode::StorageOutdated,
            StoreError::Migrate(_) => ErrorCode::StorageTooNew,
            StoreError::Damaged { .. } => ErrorCode::StorageDamaged,
        };
        Self::new(code).with_detail(chain(&error))
    }
}

impl From<KeychainError> for CommandError {
    fn from(error: KeychainError) -> Self {
        let code = match error {
            KeychainError::Missing => ErrorCode::KeychainMissing,
            KeychainError::Locked | KeychainError::TimedOut => ErrorCode::KeychainLocked,
            KeychainError::Refused | KeychainError::Failed(_) => ErrorCode::KeychainRefused,
            KeychainError::Lost { .. } => ErrorCode::KeyLost,
            KeychainError::Ambiguous | KeychainError::Damaged => ErrorCode::KeyUnclear,
            KeychainError::AlreadyExists => ErrorCode::Internal,
        };
        Self::new(code).with_detail(chain(&error))
    }
}

impl From<VaultError> for CommandError {
    fn from(error: VaultError) -> Self {
        let code = match error {
            VaultError::WrongPassphrase | VaultError::EmptyPassphrase | VaultError::Replaced => {
                ErrorCode::VaultLocked
            }
            VaultError::NotFound { .. } => ErrorCode::VaultMissing,
            VaultError::TooOpen { .. } | VaultError::Io { .. } | VaultError::AlreadyExists { .. } => {
                ErrorCode::VaultUnusable
            }
            VaultError::Damaged { .. } => ErrorCode::VaultDamaged,
            VaultError::TooNew { .. } => ErrorCode::StorageTooNew,
            VaultError::Full => ErrorCode::VaultFull,
        };
        Self::new(code).with_detail(chain(&error))
    }
}

/// A failure that the API gave the reason of. Its message is the server's: untrusted text.
fn told(code: ErrorCode, error: &ApiError) -> CommandError {
    CommandError::new(code).with_detail(format!(
        "{} (HTTP {}): {}",
        error.code, error.status, error.message
    ))
}

#[cfg(test)]
mod tests;
