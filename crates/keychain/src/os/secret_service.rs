//! Linux: the Secret Service on the session bus, such as GNOME Keyring or KDE Wallet.

use std::collections::HashMap;
use std::io::ErrorKind;
use std::sync::Arc;

use keyring_core::{CredentialStore, Entry, Error};
use secret_service::Error as ServiceError;
use zbus_secret_service_keyring_store::Store;

use crate::{KeyLocation, KeychainError};

pub(super) const LOCATION: KeyLocation = KeyLocation::SecretService;

/// What a person sees beside the key in the keyring's own window.
const LABEL: &str = "Countersign signing key";

pub(super) fn connect() -> Result<Arc<CredentialStore>, Error> {
    Ok(Store::new()?)
}

pub(super) fn entry(store: &Arc<CredentialStore>, service: &str, user: &str) -> Result<Entry, Error> {
    store.build(service, user, Some(&HashMap::from([("label", LABEL)])))
}

/// The store wraps its own errors, and those wrap the bus's: the reason is at the bottom.
pub(super) fn explain(error: Error) -> KeychainError {
    let (Error::PlatformFailure(cause) | Error::NoStorageAccess(cause)) = &error else {
        return KeychainError::Failed(error.into());
    };
    let reason = match cause.downcast_ref::<ServiceError>() {
        // A prompt is shown only to unlock; dismissed or without a prompter, the keyring stays locked.
        Some(ServiceError::Locked | ServiceError::Prompt) => Some(KeychainError::Locked),
        // No result means that there is no default collection to put a key into.
        Some(ServiceError::Unavailable | ServiceError::NoResult) => Some(KeychainError::Missing),
        Some(ServiceError::Zbus(error)) => explain_bus(error),
        Some(ServiceError::ZbusFdo(error)) => explain_name(zbus::DBusError::name(error).as_str()),
        _ => None,
    };
    reason.unwrap_or_else(|| KeychainError::Failed(error.into()))
}

fn explain_bus(error: &zbus::Error) -> Option<KeychainError> {
    match error {
        zbus::Error::MethodError(name, ..) => explain_name(name.as_str()),
        zbus::Error::FDO(error) => explain_name(zbus::DBusError::name(error.as_ref()).as_str()),
        zbus::Error::Address(_) => Some(KeychainError::Missing),
        zbus::Error::InputOutput(error) | zbus::Error::Connection(error, _) => {
            let no_bus = matches!(error.kind(), ErrorKind::NotFound | ErrorKind::ConnectionRefused);
            no_bus.then_some(KeychainError::Missing)
        }
        _ => None,
    }
}

/// Names from the D-Bus specification, "Standard errors", and the Secret Service specification, "Errors".
fn explain_name(name: &str) -> Option<KeychainError> {
    const BUS: &str = "org.freedesktop.DBus.Error.";
    match name.strip_prefix(BUS) {
        Some("ServiceUnknown" | "NameHasNoOwner" | "NoServer" | "FileNotFound" | "Disconnected") => {
            Some(KeychainError::Missing)
        }
        Some(spawn) if spawn.starts_with("Spawn.") => Some(KeychainError::Missing),
        Some("AccessDenied" | "AuthFailed") => Some(KeychainError::Refused),
        Some("NoReply" | "Timeout" | "TimedOut") => Some(KeychainError::TimedOut),
        _ if name == "org.freedesktop.Secret.Error.IsLocked" => Some(KeychainError::Locked),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::error::Error as _;

    use super::*;

    fn reason(error: ServiceError) -> KeychainError {
        explain(Error::PlatformFailure(Box::new(error)))
    }

    #[test]
    fn the_reason_at_the_bottom_is_found() {
        let unknown = zbus::fdo::Error::ServiceUnknown(String::new());
        assert!(matches!(
            reason(ServiceError::Zbus(unknown.into())),
            KeychainError::Missing
        ));
        let denied = zbus::fdo::Error::AccessDenied(String::new());
        assert!(matches!(
            reason(ServiceError::ZbusFdo(denied)),
            KeychainError::Refused
        ));
        assert!(matches!(
            reason(ServiceError::Unavailable),
            KeychainError::Missing
        ));
        assert!(matches!(reason(ServiceError::NoResult), KeychainError::Missing));
        assert!(matches!(reason(ServiceError::Prompt), KeychainError::Locked));
        assert!(matches!(
            explain_name("org.freedesktop.Secret.Error.IsLocked"),
            Some(KeychainError::Locked)
        ));
    }

    #[test]
    fn an_unknown_reason_keeps_its_cause_for_the_log() {
        let error = reason(ServiceError::Crypto("no such padding"));
        assert!(matches!(error, KeychainError::Failed(_)));
        assert!(error.source().unwrap().to_string().contains("no such padding"));
    }
}
