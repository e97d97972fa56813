//! Windows: Windows Hello, or whatever else the person signs in with.
#![expect(
    unsafe_code,
    reason = "the window that the dialogue belongs to is passed outside the safe bindings"
)]

use windows::{
    Security::Credentials::UI::{
        UserConsentVerificationResult as Verification, UserConsentVerifier, UserConsentVerifierAvailability,
    },
    Win32::{
        System::WinRT::IUserConsentVerifierInterop,
        UI::WindowsAndMessaging::{GetDesktopWindow, GetForegroundWindow},
    },
    core::{HSTRING, factory},
};
use windows_future::IAsyncOperation;

use super::{PresenceError, UserPresence};

/// Windows Hello.
pub(super) struct WindowsHello;

/// What asks here.
pub(super) fn system() -> WindowsHello {
    WindowsHello
}

impl UserPresence for WindowsHello {
    fn is_available(&self) -> bool {
        let availability = UserConsentVerifier::CheckAvailabilityAsync().and_then(|asked| asked.join());
        matches!(availability, Ok(UserConsentVerifierAvailability::Available))
    }

    fn confirm(&self, reason: &str) -> Result<(), PresenceError> {
        // Without a means to ask, some versions never answer at all.
        if !self.is_available() {
            return Err(PresenceError::Unavailable);
        }
        let verified = ask(&format!("Countersign wants to {reason}."));
        match verified.map_err(|error| PresenceError::Failed(error.into()))? {
            Verification::Verified => Ok(()),
            Verification::Canceled | Verification::RetriesExhausted => Err(PresenceError::Declined),
            Verification::DeviceNotPresent
            | Verification::NotConfiguredForUser
            | Verification::DisabledByPolicy => Err(PresenceError::Unavailable),
            _ => Err(PresenceError::Failed("Windows Hello is busy".into())),
        }
    }
}

/// Asks in front of the window that the person has just used: ours, or the terminal. Without a window to belong to,
/// the dialogue opens behind all others.
fn ask(message: &str) -> windows::core::Result<Verification> {
    let verifier = factory::<UserConsentVerifier, IUserConsentVerifierInterop>()?;
    // SAFETY: neither takes an argument nor has a condition; the handle may be gone by the time it is used, which is
    // an error of the call below and nothing worse.
    let window = unsafe {
        let front = GetForegroundWindow();
        if front.is_invalid() {
            GetDesktopWindow()
        } else {
            front
        }
    };
    // SAFETY: the interface is the one that the factory was asked for, and the message outlives the call.
    let asked: IAsyncOperation<Verification> =
        unsafe { verifier.RequestVerificationForWindowAsync(window, &HSTRING::from(message))? };
    asked.join()
}
