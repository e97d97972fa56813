//! macOS: Touch ID, a watch, or the login password.
#![expect(
    unsafe_code,
    reason = "the bindings of LocalAuthentication have no safe calls"
)]

use std::sync::mpsc;

use block2::RcBlock;
use objc2::runtime::Bool;
use objc2_foundation::{NSError, NSString};
use objc2_local_authentication::{LAContext, LAError, LAPolicy};

use super::{PresenceError, UserPresence};

/// The owner of the device, by whatever they sign in with.
const OWNER: LAPolicy = LAPolicy::DeviceOwnerAuthentication;

/// LocalAuthentication.
pub(super) struct TouchId;

/// What asks here.
pub(super) fn system() -> TouchId {
    TouchId
}

impl UserPresence for TouchId {
    fn is_available(&self) -> bool {
        // SAFETY: a new context, and a question that has no conditions.
        unsafe { LAContext::new().canEvaluatePolicy_error(OWNER).is_ok() }
    }

    fn confirm(&self, reason: &str) -> Result<(), PresenceError> {
        // A context remembers that it was confirmed, so each question has one of its own.
        // SAFETY: a new context, and a question that has no conditions.
        let context = unsafe { LAContext::new() };
        // SAFETY: as above.
        if unsafe { context.canEvaluatePolicy_error(OWNER) }.is_err() {
            return Err(PresenceError::Unavailable);
        }
        let (answer, answered) = mpsc::channel();
        let reply = RcBlock::new(move |success: Bool, error: *mut NSError| {
            // SAFETY: the system passes no error, or one that lives as long as this call.
            let code = unsafe { error.as_ref() }.map(|error| LAError(error.code()));
            // Nobody listens if this comes too late.
            let _ = answer.send((success.as_bool(), code));
        });
        // SAFETY: the block takes what the method passes it, may run on any thread, and is kept by the system; the
        // context lives until the answer is here.
        unsafe {
            context.evaluatePolicy_localizedReason_reply(OWNER, &NSString::from_str(reason), &reply);
        }
        match answered.recv() {
            Ok((true, None)) => Ok(()),
            Ok((_, Some(LAError::PasscodeNotSet | LAError::NotInteractive))) => {
                Err(PresenceError::Unavailable)
            }
            Ok((
                _,
                Some(
                    LAError::AuthenticationFailed
                    | LAError::UserCancel
                    | LAError::UserFallback
                    | LAError::SystemCancel
                    | LAError::AppCancel,
                ),
            )) => Err(PresenceError::Declined),
            Ok((_, code)) => Err(PresenceError::Failed(
                format!("LocalAuthentication answered with {code:?}").into(),
            )),
            Err(_) => Err(PresenceError::Failed("LocalAuthentication gave no answer".into())),
        }
    }
}
