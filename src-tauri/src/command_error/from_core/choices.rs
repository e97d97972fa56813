//! What went wrong with a choice of the person's.

use countersign_core::{MuteError, SettingsError};

use super::{CommandError, ErrorCode};

impl From<SettingsError> for CommandError {
    fn from(error: SettingsError) -> Self {
        match error {
            SettingsError::Store(error) => error.into(),
            SettingsError::Language | SettingsError::LockAfter | SettingsError::HistoryDays => {
                Self::new(ErrorCode::ChoiceInvalid).with_detail(error)
            }
        }
    }
}

impl From<MuteError> for CommandError {
    fn from(error: MuteError) -> Self {
        match error {
            MuteError::NotFound => Self::new(ErrorCode::NotFound).with_detail(error),
            MuteError::Length => Self::new(ErrorCode::ChoiceInvalid).with_detail(error),
            MuteError::Store(error) => error.into(),
        }
    }
}
