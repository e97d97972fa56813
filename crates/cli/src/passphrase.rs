//! The vault's passphrase: from a file that only its owner can read, or from the person.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use countersign_core::mode_open_to_others;
use secrecy::{ExposeSecret, SecretString};

use crate::{exit::Exit, failure::Failure};

/// Names the file.
const VARIABLE: &str = "COUNTERSIGN_VAULT_PASSPHRASE_FILE";

/// Longest passphrase file that is read, in bytes. Anything longer is another file.
const MAX_LEN: u64 = 4096;

/// The passphrase of a vault that is there.
pub(crate) fn recall() -> Result<SecretString, Failure> {
    match file() {
        Some(path) => read(&path),
        None => ask("Passphrase of the vault: "),
    }
}

/// A passphrase for a vault that is made now. A person types it twice, because nobody can tell it to them later.
pub(crate) fn choose() -> Result<SecretString, Failure> {
    if let Some(path) = file() {
        return read(&path);
    }
    let first = ask("Choose a passphrase for the new vault: ")?;
    let second = ask("The same once more: ")?;
    if first.expose_secret() == second.expose_secret() {
        Ok(first)
    } else {
        Err(Failure::new(
            Exit::NotConfirmed,
            "The two passphrases differ. No vault was made.",
        )
        .with_code("passphrase"))
    }
}

fn file() -> Option<PathBuf> {
    env::var_os(VARIABLE)
        .filter(|path| !path.is_empty())
        .map(PathBuf::from)
}

fn read(path: &Path) -> Result<SecretString, Failure> {
    let unusable = |why: &str, advice: &str| {
        Failure::new(
            Exit::Keychain,
            format!("The passphrase file {} {why}.", path.display()),
        )
        .with_code("passphrase")
        .with_advice(advice.replace("FILE", &path.display().to_string()))
    };
    if let Some(mode) = mode_open_to_others(path) {
        let why = format!("can be read by others (mode {mode:03o})");
        return Err(unusable(&why, "Make it private: chmod 600 FILE"));
    }
    let length = fs::metadata(path)
        .map_err(|error| unusable(&format!("cannot be read: {error}"), ""))?
        .len();
    if length > MAX_LEN {
        return Err(unusable("is too long for a passphrase", ""));
    }
    let text = fs::read_to_string(path).map_err(|error| unusable(&format!("cannot be read: {error}"), ""))?;
    let passphrase = text.trim_end_matches(['\r', '\n']);
    if passphrase.is_empty() {
        return Err(unusable("is empty", ""));
    }
    Ok(SecretString::from(passphrase))
}

fn ask(prompt: &str) -> Result<SecretString, Failure> {
    rpassword::prompt_password(prompt)
        .map(SecretString::from)
        .map_err(|_| {
            Failure::new(
                Exit::Keychain,
                "The vault needs its passphrase, and there is no terminal to ask for it.",
            )
            .with_code("passphrase")
            .with_advice(format!(
                "Put it into a file with mode 600 and name that file in {VARIABLE}."
            ))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str) -> tempfile::NamedTempFile {
        // Such files are private from the start.
        let file = tempfile::NamedTempFile::new().unwrap();
        fs::write(file.path(), text).unwrap();
        file
    }

    #[test]
    fn the_end_of_the_line_does_not_belong_to_the_passphrase() {
        for text in ["a pass phrase ", "a pass phrase \n", "a pass phrase \r\n"] {
            assert_eq!(
                read(written(text).path()).unwrap().expose_secret(),
                "a pass phrase "
            );
        }
    }

    #[test]
    fn a_file_that_is_empty_missing_or_far_too_long_is_refused() {
        for path in [
            written("\n").path(),
            Path::new("/nowhere"),
            written(&"a".repeat(5000)).path(),
        ] {
            assert_eq!(read(path).unwrap_err().exit, Exit::Keychain);
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_others_can_read_is_refused_with_the_way_to_mend_it() {
        use std::os::unix::fs::PermissionsExt;
        let file = written("secret");
        fs::set_permissions(file.path(), fs::Permissions::from_mode(0o640)).unwrap();
        let failure = read(file.path()).unwrap_err();
        assert!(failure.message.contains("mode 640"), "{}", failure.message);
        assert!(failure.advice.unwrap().contains("chmod 600"));
    }
}
