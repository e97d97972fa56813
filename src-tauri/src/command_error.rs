//! What a command answers when it fails: a code, for which the page has the sentences in the person's language.

mod from_core;
mod not_confirmed;

use serde::Serialize;
use specta::Type;

/// A failure. What happened, whether anything was approved or added, and what to do stands in `ui/src/locales` under
/// the code; `ui/src/text/errors.ts` finds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct CommandError {
    /// What the page acts on, and tells the person.
    pub(crate) code: ErrorCode,
    /// How many wrong numbers may still be typed, if that is what went wrong.
    pub(crate) tries_left: Option<u32>,
    /// For how many seconds no PIN is taken, if that is what went wrong.
    pub(crate) wait_seconds: Option<u32>,
    /// For whoever helps: codes and causes, without anything secret.
    pub(crate) detail: Option<String>,
}

/// The failures of which a person is told different things.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) enum ErrorCode {
    /// The text is not an enrolment link.
    LinkInvalid,
    /// The link sets up one-time codes.
    LinkOneTimeCode,
    /// The link enrols something else than a device that approves.
    LinkOtherKind,
    /// The link is of a later version than this program.
    LinkTooNew,
    /// The link leads to an address that is not protected.
    LinkInsecure,
    /// There is no QR code in the picture.
    CodeMissing,
    /// There is a QR code in the picture, with something else in it.
    CodeOther,
    /// The picture is too large.
    PictureTooLarge,
    /// The file is no picture in a known format.
    PictureUnknown,
    /// The picture cannot be read.
    PictureDamaged,
    /// There is nothing on the clipboard that a code or a link could be in.
    ClipboardEmpty,
    /// This desktop shows the program nothing of the screen.
    ScreenUnavailable,
    /// The link was used before, or is too old.
    LinkUsedOrExpired,
    /// There is no such request, or no such factor.
    NotFound,
    /// The request's time is over.
    Expired,
    /// The request was answered before.
    AlreadyAnswered,
    /// The request is no longer what was shown.
    ChangedSinceShown,
    /// The request is approved with a number, and none was typed.
    NumberNeeded,
    /// That was not the number. It may be tried again.
    WrongNumber,
    /// That was not the number, for the last time: the request is denied.
    WrongNumberDenied,
    /// After too many wrong numbers, the server takes none from this computer for now.
    NumberLocked,
    /// The system asked who is there, and it was not confirmed.
    PresenceRefused,
    /// The system cannot ask who is there, and there is no PIN.
    PresenceUnavailable,
    /// The app's PIN has to be typed.
    PinNeeded,
    /// That was not the PIN, or it was too soon to try one.
    PinWrong,
    /// The new PIN is too short or too long.
    PinLength,
    /// The PIN cannot go while an account asks for confirmation.
    PinStillNeeded,
    /// The server cannot be reached.
    Offline,
    /// An answer was sent, and whether the server took it is not known.
    Unconfirmed,
    /// This computer's clock is too far off.
    Clock,
    /// There is no keychain.
    KeychainMissing,
    /// The keychain is locked.
    KeychainLocked,
    /// The keychain said no.
    KeychainRefused,
    /// The key is gone.
    KeyLost,
    /// The server said no.
    Refused,
    /// The server does not know the factor any more.
    FactorRevoked,
    /// The keychain holds more than one key where one is looked for, or something that is none.
    KeyUnclear,
    /// The vault's passphrase is missing or wrong.
    VaultLocked,
    /// The vault was chosen in the window, and its passphrase was not typed yet.
    PassphraseNeeded,
    /// What was typed is not the vault's passphrase.
    PassphraseWrong,
    /// A passphrase that is too short for a new vault.
    PassphraseShort,
    /// The vault's file is not there.
    VaultMissing,
    /// The vault's file cannot be used by this person alone.
    VaultUnusable,
    /// The vault's file is damaged.
    VaultDamaged,
    /// The vault holds as many keys as it can.
    VaultFull,
    /// It is locked.
    Locked,
    /// This computer has no means to find out who is there, so that it could not be unlocked.
    LockUnavailable,
    /// A setting, or a length of time, that makes no sense.
    ChoiceInvalid,
    /// The system does not start this program by itself.
    AutostartRefused,
    /// The profile cannot be read or written.
    Storage,
    /// The profile was written by a later version.
    StorageTooNew,
    /// What is in the profile makes no sense.
    StorageDamaged,
    /// The program runs with a database library that is too old.
    StorageOutdated,
    /// None of these: a fault of this program.
    Internal,
}

impl CommandError {
    /// A failure of which there is no more to say than its code.
    pub(crate) fn new(code: ErrorCode) -> Self {
        Self {
            code,
            tries_left: None,
            wait_seconds: None,
            detail: None,
        }
    }

    /// The same, with something for whoever helps.
    pub(crate) fn with_detail(self, detail: impl ToString) -> Self {
        Self {
            detail: Some(detail.to_string()),
            ..self
        }
    }

    /// The page sent something that it cannot have been shown.
    pub(crate) fn not_ours(what: &str) -> Self {
        Self::new(ErrorCode::Internal).with_detail(what)
    }
}

/// An error and everything that caused it, on one line.
fn chain(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(error.source(), |cause| cause.source());
    causes.fold(error.to_string(), |line, cause| {
        let cause = cause.to_string();
        // Many errors repeat their cause in their own words.
        if line.ends_with(&cause) {
            line
        } else {
            format!("{line}: {cause}")
        }
    })
}
