//! The app's PIN: from a file that only its owner can read, or from the person.

use countersign_core::NotConfirmed;
use secrecy::{ExposeSecret, SecretString};

use crate::{exit::Exit, failure::Failure, output, passphrase::Secret, session::Session};

/// Where it is kept for whoever cannot be asked.
const PIN: Secret = Secret {
    what: "PIN",
    variable: "COUNTERSIGN_PIN_FILE",
    exit: Exit::NotConfirmed,
    code: "pin_needed",
};

/// Does what may need the PIN: without it at first, and then with that in the file or with what the person types, as
/// long as there are tries.
///
/// # Errors
/// Whatever `act` fails with in the end.
pub(crate) async fn with_pin<T, E>(
    session: &Session,
    act: impl AsyncFn(Option<&SecretString>) -> Result<T, E>,
    not_confirmed: fn(&E) -> Option<&NotConfirmed>,
) -> Result<T, Failure>
where
    Failure: From<E>,
{
    let mut pin = None;
    loop {
        let error = match act(pin.as_ref()).await {
            Ok(done) => return Ok(done),
            Err(error) => error,
        };
        let asked_again = match not_confirmed(&error) {
            Some(NotConfirmed::PinNeeded) => false,
            Some(NotConfirmed::PinWrong { wait: None, .. }) => true,
            _ => return Err(error.into()),
        };
        let (in_file, attended) = (PIN.file().is_some(), output::is_attended());
        // What is in a file is wrong again.
        let give_up = if asked_again {
            in_file || !attended
        } else {
            !in_file && !attended
        };
        if give_up {
            return Err(error.into());
        }
        if asked_again {
            session.output.show(&Failure::from(error).words());
        }
        pin = Some(PIN.recall("Your Countersign PIN: ")?);
    }
}

/// The PIN that there is.
///
/// # Errors
/// If there is neither a file nor a terminal.
pub(crate) fn recall() -> Result<SecretString, Failure> {
    PIN.recall("Your Countersign PIN: ")
}

/// A new PIN: from the file if it is the first one, or typed twice.
///
/// # Errors
/// If there is no terminal, or the two differ.
pub(crate) fn choose(is_first: bool) -> Result<SecretString, Failure> {
    if is_first && PIN.file().is_some() {
        return recall();
    }
    let first = PIN.ask("Choose a PIN of at least six characters: ")?;
    let second = PIN.ask("The same once more: ")?;
    if first.expose_secret() == second.expose_secret() {
        Ok(first)
    } else {
        Err(
            Failure::new(Exit::NotConfirmed, "The two PINs differ. Nothing was changed.")
                .with_code("pin_differs"),
        )
    }
}
